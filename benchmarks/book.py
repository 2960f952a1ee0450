"""Building the book: cold, warm and after a change; each chapter's run, each figure's frames."""

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from jupyter_book_command import BUILD

from . import ROOT
from .explore import DRAWING, drawn_at_build
from .timing import Table, verdict

COLD, WARM = 300, 30  # bounds, in seconds, for the whole book
CHAPTER = 60  # seconds for a chapter's cells, its figures drawn
NOT_SOURCES = shutil.ignore_patterns("_build", "lab", ".git", ".venv*", ".newest", ".pythons", ".*cache", "__pycache__")


def tables(repetitions=None):
    return [*builds(), drawn()]


def builds():
    """The whole book built in a copy of its sources, four times over."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(ROOT, copy, ignore=NOT_SOURCES)
        cold, log = build(copy)
        warm, _ = build(copy)
        chapter = copy / "chapters" / "02_weights.ipynb"
        edited = chapter.read_text("utf-8").replace("import numpy as np", "import numpy as np  # a change", 1)
        chapter.write_text(edited, "utf-8")
        changed, _ = build(copy)
        questions = copy / "classroom" / "chapters" / "02_weights.toml"
        questions.write_text(questions.read_text("utf-8").replace("text = '", "text = 'Well, ", 1), "utf-8")
        comma, _ = build(copy)
    rows = [
        ["cold: every chapter run, every frame drawn", f"{cold:.0f}", verdict(cold, COLD, False)],
        ["warm: nothing has changed", f"{warm:.1f}", verdict(warm, WARM, False)],
        [
            "one cell of a chapter changed: it runs again, and its frames are drawn again",
            f"{changed:.1f}",
            verdict(changed, WARM, False),
        ],
        ["one question changed: its page is read again", f"{comma:.1f}", verdict(comma, WARM, False)],
    ]
    ran = [
        (name, float(seconds))
        for name, seconds in re.findall(r"/(\w+)\.(?:ipynb|md): Executed notebook in ([\d.]+) seconds", log)
    ]
    chapters = [[name, f"{seconds:.1f}", verdict(seconds, CHAPTER, False)] for name, seconds in ran]
    whole = sum(seconds for _, seconds in ran)
    chapters.append(["all of them", f"{whole:.0f}", verdict(whole, COLD, False)])
    return [
        Table("Builds", ["what", "seconds", "bound"], rows),
        Table("Running the chapters, their figures drawn", ["page", "seconds", "bound"], chapters),
    ]


def build(folder):
    """Seconds that a build takes, and what it says."""
    start = time.perf_counter()
    done = subprocess.run(
        [*BUILD, ".", "-W", "-n"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"the book does not build:\n{done.stdout[-2000:]}")
    return seconds, done.stdout


def drawn():
    """Each figure's frames, and the mean over all frames of the book, which has the bound."""
    found = drawn_at_build()
    frames, seconds, worked = (sum(column) for column in list(zip(*found, strict=True))[2:])
    rows = [
        [page, figure, count, f"{each / count * 1000:.1f}", f"{work / count * 1000:.1f}", ""]
        for page, figure, count, each, work in found
    ]
    mean = seconds / frames * 1000
    rows.append(
        [
            "all",
            f"{len(found)} figures",
            f"{frames:,}",
            f"{mean:.1f}",
            f"{worked / frames * 1000:.1f}",
            verdict(mean, DRAWING, False),
        ]
    )
    return Table("Drawing at build", ["page", "figure", "frames", "ms a frame", "processor ms a frame", "bound"], rows)
