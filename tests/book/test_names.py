"""An exercise that the reader writes must not pull the rug from under the chapter's other cells."""

import ast
import json
from pathlib import Path

import pytest

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))


def names_in(source):
    """The names that a cell uses, in its functions and arguments too, and those it imports."""
    nodes = list(ast.walk(ast.parse(source)))
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    imports = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    return used, {alias.asname or alias.name for alias in imports}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_cell_uses_a_name_that_an_exercise_redefines(path):
    """`def softmax(Z): ...` hides nnlib's: a figure that calls it by that name breaks under the reader's hand."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    written, used, imported = set(), set(), set()
    for cell in cells:
        source = "".join(cell["source"])
        if "exercise" in cell["metadata"]:
            written |= {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
        else:
            uses, brings = names_in(source)
            used, imported = used | uses, imported | brings
    hidden = written & used & imported
    assert not hidden, f"{path.name} should say {', '.join(f'nnlib.{name}' for name in sorted(hidden))}"
