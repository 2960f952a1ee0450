"""An exercise that the reader writes must not pull the rug from under the chapter's other cells."""

import ast
import json
from pathlib import Path

import pytest

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))


def names_in(source):
    """The names that a cell uses, in its functions and arguments too."""
    tree = ast.parse(source)
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_cell_uses_a_name_that_an_exercise_redefines(path):
    """`def softmax(Z): ...` hides nnlib's: a figure that calls it by that name breaks under the reader's hand."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    written = {
        node.name
        for cell in cells
        if "exercise" in cell["metadata"]
        for node in ast.parse("".join(cell["source"])).body
        if isinstance(node, ast.FunctionDef)
    }
    for cell in cells:
        if "exercise" not in cell["metadata"]:
            source = "".join(cell["source"])
            assert not (used := written & names_in(source)), f"write nnlib.{used.pop()} in the cell:\n{source}"
