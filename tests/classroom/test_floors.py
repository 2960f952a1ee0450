"""The house keeps its floors: no arrow up, no circle, and `nnlib` knows of nothing that stands on it."""

import ast
import pathlib
from graphlib import CycleError, TopologicalSorter

import pytest

import classroom
import nnlib

ROOT = pathlib.Path(nnlib.__file__).parents[1]
assert pathlib.Path(classroom.__file__).parents[1] == ROOT

# From the ground up. What stands on one floor does not know its neighbours; `classroom` alone is the roof.
FLOORS = [
    {"nnlib", "classroom.sentence"},
    {"classroom.figures"},
    {"classroom.explore"},
    {"classroom.draw", "classroom.exercises", "classroom.questions"},
    {"classroom.chapters"},
    {"classroom.inpage"},
    {"classroom"},
]
# Which rooms of the classroom use the network: those that show readers what it does.
USES_NNLIB = {"classroom.chapters", "classroom.draw", "classroom.inpage"}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("nnlib", "classroom")
    for path in sorted((ROOT / package).rglob("*.py"))
}


def room(module):
    """`classroom.figures` for `classroom.figures.axes`; `nnlib` for all of nnlib."""
    return "nnlib" if module.startswith("nnlib") else ".".join(module.split(".")[:2])


def statements(tree, later):
    """The import statements that run when the module is imported; with `later` also those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif later or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from statements(node, later)


def imported(module, later=False):
    """The modules of this house that a module imports."""
    path, found = MODULES[module], set()
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in statements(ast.parse(path.read_text("utf8")), later):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            start = ".".join(filter(None, [start, node.module]))
            # `from . import page` names a module, `from .page import bake` something inside one
            names = [f"{start}.{a.name}" if f"{start}.{a.name}" in MODULES else start for a in node.names]
        found |= {name for name in names if name in MODULES}
    return found - {module}


def test_no_circle_among_the_modules():
    try:
        TopologicalSorter({module: imported(module, later=True) for module in MODULES}).prepare()
    except CycleError as circle:
        pytest.fail(f"a circle of imports: {' -> '.join(circle.args[1])}")


@pytest.mark.parametrize("module", MODULES)
def test_no_arrow_up(module):
    floor = {name: height for height, names in enumerate(FLOORS) for name in names}
    here = room(module)
    assert here in floor, f"{here} has no floor yet: give it one in FLOORS"
    for other in imported(module, later=True):
        there = room(other)
        below = there == here or floor[there] < floor[here]
        assert below, f"{module} imports {other}: {there} does not stand below {here}"
        if there == "nnlib" and here != "nnlib":
            assert here in USES_NNLIB, f"{module} imports {other}: {here} does without the network"
