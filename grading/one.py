"""One submission in, one result file out: its cells run in the student's process, and what they return is judged here.

The same bytes come out each time: cases are drawn by a seed made from the student's name, and a verdict names no time.
"""

import functools
import hashlib
import json
import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from classroom.exercises import by_chapter
from classroom.exercises.engine import judge
from classroom.exercises.sandbox import Session
from classroom.exercises.values import Opaque
from classroom.sentence import Sentence

from . import notebook
from .sandbox import LIMITS, Ended, Student, late
from .wire import Garbled, unpack

UNJUDGED = ("missing file", "unreadable", "died", "timeout")  # nobody's 0: somebody has to look
CHANGES = "Two calls with the same input gave two results. Does it keep something, or draw random numbers of its own?"


class Away(Session):
    """A Session whose function runs in the student's process; the listed wrong answers run here, as always."""

    def __init__(self, student, function, seconds):
        super().__init__(function, seconds)
        self.student, self.full = student, None

    def call(self, function, arguments):
        if function is not self.function:
            return super().call(function, arguments)
        if self.full:  # what has filled the memory once is not given it again
            return replace(self.full, arguments=arguments)
        outcome = self.student.call(arguments)
        self.full = outcome if outcome.error == "MemoryError" else None
        return outcome

    def first_call(self):
        super().first_call()
        self.student.first_call()


def grade(data, student, chapter, words="", unsafe=False, limits=LIMITS):
    """The result (a dict) of a notebook's bytes, or of None where there is no file. `words` are the course's own."""
    exercises = by_chapter().get(chapter)
    if exercises is None:
        raise Sentence(f"There is no chapter {chapter!r} with exercises; there are {', '.join(by_chapter())}.")
    entries = []
    if data is None:
        status = "missing file"
    else:
        try:
            cells = notebook.read(data)
            entries = list(verdicts(cells, exercises, seed(student, chapter, words), unsafe, limits))
            status = next((kind for kind in UNJUDGED if kind in [entry["kind"] for entry in entries]), "graded")
        except notebook.Unreadable:
            status = "unreadable"
    return {
        "student": student,
        "chapter": chapter,
        "status": status,
        "score": sum(entry["points"] for entry in entries) if status == "graded" else None,
        "of": len(exercises),
        "exercises": entries,
        "made_from": made_from(data, words),
    }


def named(path):
    """(student, chapter) of a submission's path: …/STUDENT/CHAPTER/any name.ipynb, or STUDENT/CHAPTER.ipynb."""
    path = Path(path).absolute()
    known = by_chapter()
    if path.parent.name in known:
        return path.parent.parent.name, path.parent.name
    chapter = re.match(r"\d\d_[a-z_]+", path.stem)  # a browser saves a second copy as "09_sgd (1).ipynb"
    return path.parent.name, chapter[0].rstrip("_") if chapter else ""


def seed(student, chapter, words):
    digest = hashlib.sha256(f"{words}\n{student}\n{chapter}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def made_from(data, words):
    """What a result was made from: where it is still the same, a second run keeps the result."""
    return hashlib.sha256(words.encode() + b"\n" + (b"no file" if data is None else data)).hexdigest()


def verdicts(cells, exercises, seed, unsafe, limits):
    """An entry for each exercise. A process that did not end as it should takes no other exercise with it."""
    process = None
    try:
        for exercise in exercises:
            sources = notebook.answering(cells, exercise)
            if not sources:
                yield entry(exercise, "missing", f"{exercise.id}: the notebook has no cell that answers it.")
                continue
            process = process or Student(unsafe, limits)
            try:
                kind, message = verdict(process, exercise, sources, seed)
                sound = process.end()
            except Ended as ended:
                kind, message = ended.kind, f"{exercise.id}: not judged, {ended.sentence}."
                sound = False
            yield entry(exercise, kind, message)
            if not sound:
                process.close()
                process = None
    finally:
        if process:
            process.close()


def entry(exercise, kind, message):
    points = None if kind in UNJUDGED else int(kind == "ok")
    return {"exercise": exercise.id, "kind": kind, "points": points, "message": message}


def verdict(process, exercise, sources, seed):
    """(kind, sentence) of one exercise: the engine's own, with the calls made in the student's process."""
    name = "answer" if exercise.is_value else exercise.id
    found = process.begin(name, not exercise.is_value, exercise.setup, sources)
    if found.get("defined") is not True:
        said = str(found.get("said") or "")[:300]
        if said:
            return "raised", f"{exercise.id}: not yet. Its cell stops with {tidy(said)}"
        return "missing", f"{exercise.id}: not written yet. The notebook gives nothing the name `{name}`."
    if exercise.is_value:
        try:
            answer = unpack(found.get("value"))
        except Garbled:
            raise Ended("died", "what its process sent back is no result") from None
    elif found.get("callable") is True:
        answer = notebook.written([source for _, source in sources], name)
    else:
        answer = Opaque(None)  # not a function: the engine says so
    away = functools.partial(Away, process)
    result = judge(exercise, answer, seconds=60, session=away)
    if result.ok and not exercise.is_value:  # as strict as the book, and then on cases that nobody has seen
        result = judge(exercise, answer, seconds=60, session=away, seed=seed)
    if result.kind == "unstable":  # the two results may be two others the next time
        return result.kind, f"{exercise.id}: not yet. {CHANGES}"
    if result.kind == "timeout":
        raise late()
    return result.kind, tidy(result.message)


def tidy(text):
    """Without what differs from run to run, an address, and without what no page can hold."""
    text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
    return text.encode("utf-8", "replace").decode()


def dump(result):
    return (json.dumps(result, indent=1, ensure_ascii=False) + "\n").encode()


def write(path, data):
    """All or nothing: a file that is there is whole."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
