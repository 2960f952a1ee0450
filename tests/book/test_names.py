"""What a later cell or the reader names must not pull the rug from under the chapter's other cells."""

import ast
import json
import symtable
from pathlib import Path

import pytest

from classroom.exercises import by_chapter

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
    written, used, imported = set(), set(), set()
    for source, metadata in code_cells(path):
        if "exercise" in metadata:
            written |= {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
        else:
            uses, brings = names_in(source)
            used, imported = used | uses, imported | brings
    hidden = written & used & imported
    assert not hidden, f"{path.name} should say {', '.join(f'nnlib.{name}' for name in sorted(hidden))}"


def code_cells(path):
    """The code cells of a chapter, each as its code and its metadata."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [("".join(cell["source"]), cell["metadata"]) for cell in cells if cell["cell_type"] == "code"]


def taken_from_outside(table):
    """The global names that a function and the functions within it use."""
    names = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return names.union(*map(taken_from_outside, table.get_children()))


def bound_by(source):
    """The names that a cell gives a value or a function to; an import brings the same thing every time."""
    symbols = symtable.symtable(source, "cell", "exec").get_symbols()
    return {name.get_name() for name in symbols if name.is_namespace() or name.is_assigned() and not name.is_imported()}


def figures_in(source):
    """The drawing functions of a cell, each with the names it takes from outside."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and any("explore" in ast.unparse(mark) for mark in node.decorator_list):
            (table,) = (
                t for t in symtable.symtable(source, "cell", "exec").get_children() if t.get_name() == node.name
            )
            yield node.name, taken_from_outside(table)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_later_cell_gives_a_new_meaning_to_a_name_that_a_figure_draws_with(path):
    """A figure of a live notebook is drawn again whenever its slider moves, after all other cells have run."""
    drawn_with = {}
    for source, _ in code_cells(path):
        for figure, names in drawn_with.items():
            assert not (again := names & bound_by(source)), (
                f"{path.name}: {figure} draws with {again}, bound anew later"
            )
        drawn_with |= figures_in(source)
    assert drawn_with


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_exercises_are_listed_in_the_order_in_which_they_are_met(path):
    met = [metadata["exercise"] for _, metadata in code_cells(path) if "exercise" in metadata]
    assert met == [exercise.id for exercise in by_chapter().get(path.stem, [])]
