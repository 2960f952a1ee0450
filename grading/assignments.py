"""What students are given: each chapter's exercises as a notebook of their own, marked as nbgrader marks a release.

It is written from the one source of the exercises and holds their statements and starters: no solution, no case.
"""

import hashlib
import json
import re
from pathlib import Path

from classroom.exercises import by_chapter
from classroom.sentence import Sentence

from . import one

CHAPTERS = Path(__file__).parent.parent / "chapters"
INTRODUCTION = """\
# Exercises: {title}

Write your code in place of each `...` and run the cell; `check` says what is right and what is not yet, and
`hint("…")` helps. `check` is for you: for marks, other numbers are tried as well. An answer may use NumPy, `nnlib` and
what the cells of this notebook define. Hand in this file under its own name."""


def write(folder, chapters=()):
    """FOLDER/CHAPTER/CHAPTER.ipynb for the chapters named, or for all that have exercises."""
    known = {chapter: exercises for chapter, exercises in by_chapter().items() if exercises}
    for chapter in chapters or known:
        if chapter not in known:
            raise Sentence(f"There is no chapter {chapter!r} with exercises; there are {', '.join(known)}.")
        path = Path(folder) / chapter / f"{chapter}.ipynb"
        text = json.dumps(release(chapter, known[chapter]), indent=1, ensure_ascii=False) + "\n"
        one.write(path, text.encode())
        print(path)


def release(chapter, exercises):
    """The notebook (a dict) of a chapter's exercises."""
    setup = ["import numpy as np", "import nnlib", "from classroom import check, hint"]
    setup += sorted({line for exercise in exercises for line in exercise.setup.splitlines()})
    cells = [
        cell("markdown", "introduction", INTRODUCTION.format(title=title(chapter)), locked=True),
        cell("code", "setup", "\n".join(setup), locked=True),
    ]
    for exercise in exercises:
        code = exercise.cell.removesuffix(f'\n# solution("{exercise.id}")')
        cells.append(cell("markdown", f"{exercise.id}-text", unlinked(exercise.text), locked=True))
        cells.append(cell("code", exercise.id, code, points=1, exercise=exercise.id))
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def unlinked(text):
    """Without links to the book's own pages, which do not lie beside this notebook."""
    return re.sub(r"\[([^\]]*)\]\(\.\./[^)]*\)", r"\1", text)


def title(chapter):
    """The chapter's own title: the question it asks."""
    notebook = json.loads((CHAPTERS / f"{chapter}.ipynb").read_text(encoding="utf-8"))
    return "".join(notebook["cells"][0]["source"]).splitlines()[0].removeprefix("# ")


def cell(kind, name, source, locked=False, points=None, exercise=None):
    """A cell with nbgrader's metadata, schema 3: either locked, or one that a student fills and that earns points."""
    answer = points is not None
    marks = {
        "schema_version": 3, "grade_id": name, "cell_type": kind,
        "grade": answer, "solution": answer, "locked": locked, "task": False,
    }  # fmt: skip
    if answer:
        marks["points"] = points
    marks["checksum"] = checksum(kind, source, marks)
    metadata = {"nbgrader": marks} | ({"exercise": exercise, "tags": ["exercise"]} if exercise else {})
    made = {"cell_type": kind, "id": name, "metadata": metadata, "source": source.splitlines(keepends=True)}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def checksum(kind, source, marks):
    """nbgrader's own: by it nbgrader knows a cell that was left as it was."""
    parts = [source, kind, str(marks["grade"]), str(marks["solution"]), str(marks["locked"]), marks["grade_id"]]
    parts += [str(float(marks["points"]))] if marks["grade"] else []
    return hashlib.md5("".join(parts).encode()).hexdigest()
