"""A whole class: each submission is one run of `python -m grading one`, on this machine or on a Dask cluster.

A worker gets a notebook's bytes and gives a result's bytes, so that it needs no folder in common with this process,
which alone writes. What is written is whole and stays: a run that was killed goes on where it was.
"""

import concurrent.futures
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from tqdm import tqdm

from classroom.exercises import by_chapter
from classroom.sentence import Sentence

from . import one

ROOT = Path(__file__).parent.parent
LONGEST = 1800  # seconds for one submission, far beyond what its exercises may take together
ATTEMPTS = 3


class Failed(Exception):
    """The grader could not do its work on a submission; that says nothing of the submission."""


def submissions(folder):
    """[(student, chapter, path or None)]: every student of the folder with every chapter that any of them handed in."""
    folder = Path(folder)
    students = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    known = by_chapter()
    chapters = sorted({path.name for path in folder.glob("*/*") if path.is_dir() and path.name in known})
    return [(student, chapter, handed_in(folder / student / chapter)) for student in students for chapter in chapters]


def handed_in(folder):
    """The notebook of a submission's folder: the newest, where a student has left more than one."""
    found = [path for path in folder.glob("*.ipynb") if path.is_file() and not path.is_symlink()]
    return max(found, key=lambda path: (path.stat().st_mtime, path.name), default=None)


def run_one(notebook, student, chapter, options):
    """The bytes of a result, from a process of its own."""
    command = [sys.executable, "-m", "grading", "one", "-", "-", "--student", student, "--chapter", chapter, *options]
    done = subprocess.run(
        command,
        input=notebook,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        timeout=LONGEST,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Failed(f"{student}, {chapter}: {said[-1] if said else f'ended with {done.returncode}'}")
    return done.stdout


def is_done(path, notebook, words):
    """Is there a result of this very notebook?"""
    try:
        return json.loads(path.read_bytes())["made_from"] == one.made_from(notebook, words)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def grade_all(folder, out, words="", options=(), jobs=2, scheduler=None):
    """Grade what is not graded yet; returns the sentences of those on which the grader failed."""
    waiting, kept = [], 0
    for student, chapter, path in submissions(folder):
        place = Path(out) / student / f"{chapter}.json"
        notebook = path.read_bytes() if path else None
        if is_done(place, notebook, words):
            kept += 1
        elif notebook is None:
            one.write(place, one.dump(one.grade(None, student, chapter, words)))
        else:
            waiting.append((place, path, student, chapter))
    failed = []
    with workers(jobs, scheduler) as running:
        places = {
            running.submit(run_one, path.read_bytes(), student, chapter, list(options)): place
            for place, path, student, chapter in waiting
        }
        done = concurrent.futures.as_completed(places)
        for future in tqdm(done, total=len(places), unit="notebook", disable=None):
            try:
                one.write(places[future], future.result())
            except Exception as error:  # the others go on
                failed.append(str(error) or type(error).__name__)
    for sentence in sorted(failed):
        print(sentence, file=sys.stderr)
    print(f"{len(places) - len(failed)} graded, {kept} kept from before, {len(failed)} failed")
    return failed


@contextlib.contextmanager
def workers(jobs, scheduler):
    """What runs them, with `submit`: threads that wait for processes here, or the workers of a cluster."""
    if not scheduler:
        threads = concurrent.futures.ThreadPoolExecutor(jobs)
        try:
            yield threads
        finally:
            threads.shutdown(cancel_futures=True)  # Ctrl-C ends what runs, not all that waits
        return
    try:
        from distributed import Client
    except ImportError:
        raise Sentence("--scheduler needs dask.distributed: pip install -r grading/requirements.txt") from None
    with Client(scheduler, set_as_default=False) as client:
        with client.get_executor(retries=ATTEMPTS, pure=False) as cluster:
            yield cluster
