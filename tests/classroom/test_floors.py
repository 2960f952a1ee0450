"""The rooms of the classroom stand on each other one way: no two files need each other, not even inside a function."""

import ast
import pathlib
from graphlib import TopologicalSorter

import pytest

import classroom

ROOT = pathlib.Path(classroom.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in ROOT.rglob("*.py")
}
# A room, and those below it that it may use.
ROOMS = {
    "figures": {"sentence"},
    "explore": {"sentence", "figures"},
}


def needed(name, path):
    """The modules of the classroom that a file imports, at its top or later."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            inside = [f"{module}.{alias.name}" for alias in node.names if f"{module}.{alias.name}" in MODULES]
            yield from inside or ([module] if module in MODULES else [])


def test_no_two_files_need_each_other():
    arrows = {name: {other for other in needed(name, path) if other != name} for name, path in MODULES.items()}
    assert sum(map(len, arrows.values())) > 50
    tuple(TopologicalSorter(arrows).static_order())  # raises CycleError, which names the circle


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_rooms_below_it(room):
    for name, path in MODULES.items():
        if name.split(".")[1:2] == [room]:
            used = {other.split(".")[1] for other in needed(name, path) if other != "classroom"}
            assert used <= ROOMS[room] | {room}, name
