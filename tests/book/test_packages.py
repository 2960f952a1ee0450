"""Every package that the book asks for has a line that says what for, and what would replace it."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").split("## What it stands on")[1]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("| ")]


def asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    return {re.match(r"[\w-]+", name)[0] for name in wanted} - {project["name"]}


def test_each_has_its_line_and_no_line_is_of_another():
    named = {name for row in ROWS[1:] for name in re.findall(r"[\w-]+(?= \(|,|$)", row[0])}
    assert named == asked_for()


def test_each_line_says_what_for_and_what_instead():
    assert ROWS[0] == ["package", "for", "if it ends"]
    assert all(len(row) == 3 and all(row) for row in ROWS)


def test_the_floors_of_the_design_are_those_that_are_tested():
    """A room of the classroom that the page does not know has been built without it."""
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in ROOT.glob("classroom/*/__init__.py")}
    assert rooms and [room for room in rooms if f"`classroom/{room}`" not in page] == []
