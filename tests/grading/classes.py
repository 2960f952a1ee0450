"""Notebooks that students hand in, made from the exercises' one source: nothing here was written by hand."""

import json

from classroom.exercises import by_chapter
from grading.assignments import release

CHAPTER = "14_summary"  # few exercises
EXERCISES = [exercise.id for exercise in by_chapter()[CHAPTER]]
TARGET = "convolution_parameters"
RIGHT = "def convolution_parameters(size, channels, neurons):\n    return neurons * (size * size * channels + 1)\n"
WRONG = RIGHT.replace(" + 1", "")


def handed_out(chapter=CHAPTER):
    return release(chapter, by_chapter()[chapter])


def fill(notebook, answers):
    """The assignment's notebook with other text in the cells of these exercises; None takes the cell out."""
    cells = []
    for cell in notebook["cells"]:
        name = cell["metadata"].get("exercise")
        if name not in answers:
            cells.append(cell)
        elif answers[name] is not None:
            cells.append(cell | {"source": answers[name]})
    return notebook | {"cells": cells}


def solved(chapter=CHAPTER, **others):
    """A notebook's bytes with every solution in it, but for the exercises named."""
    answers = {e.id: f"{e.solution}\n\n{e.cell.splitlines()[-3]}" for e in by_chapter()[chapter]} | others
    return as_file(fill(handed_out(chapter), answers))


def answered(chapter, answers):
    return as_file(fill(handed_out(chapter), answers))


def as_file(notebook):
    return json.dumps(notebook, indent=1).encode()


def kinds(result):
    return {entry["exercise"]: entry["kind"] for entry in result["exercises"]}


def points(result):
    return {entry["exercise"]: entry["points"] for entry in result["exercises"]}


def hand_in(folder, student, data, chapter=CHAPTER):
    path = folder / student / chapter / f"{chapter}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if data is not None:
        path.write_bytes(data)
    return path
