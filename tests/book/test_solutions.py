"""Every chapter with all solutions filled in: each check says ok, and the cells still match their one source."""

import copy
import json
import pathlib
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from notebooks import printed

from classroom.exercises import get

TOOLS = pathlib.Path(__file__).parents[2] / "tools"


def solved(notebook):
    """The notebook with each starter replaced by a solution, and the ids of its exercises."""
    notebook, ids = copy.deepcopy(notebook), []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "exercise" in cell["metadata"]:
            exercise = get(cell["metadata"]["exercise"])
            source = "".join(cell["source"])
            assert exercise.starter in source, f"{exercise.id}: the cell is not the starter"
            cell["source"] = source.replace(exercise.starter, exercise.solution)
            ids.append(exercise.id)
    return notebook, ids


def test_every_check_says_ok(chapter, notebook):
    filled, ids = solved(notebook)
    if not ids:
        pytest.skip("no code exercise in this chapter")
    ran = nbformat.reads(json.dumps(filled), as_version=4)
    here = {"metadata": {"path": str(chapter.parent)}}
    NotebookClient(ran, timeout=300, kernel_name="python3", resources=here).execute()
    for cell in ran.cells:
        if cell.cell_type == "code" and "exercise" in cell.metadata:
            id = cell.metadata["exercise"]
            assert f"{id}: right." in printed(cell), printed(cell)


def test_starters_say_missing(notebook):
    """What is committed under an untouched exercise is the verdict `missing`."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "exercise" in cell["metadata"]:
            exercise = get(cell["metadata"]["exercise"])
            word = "repaired" if exercise.is_repair else "written"
            assert f"{exercise.id}: not {word} yet." in printed(cell)


def test_cells_are_written_from_their_source(chapter):
    command = [sys.executable, str(TOOLS / "write_exercises.py"), "--check", str(chapter)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
