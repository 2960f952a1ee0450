"""Where the tests find a Pyodide, the browser's Python: nothing here fetches it."""

import os
import pathlib

import pytest

REPOSITORY = pathlib.Path(__file__).parents[1]
ABSENT = "no Pyodide folder: set PYODIDE to one that holds pyodide-lock.json, to test the browser's Python"


def pyodide_folder():
    """The folder named by PYODIDE, or one beside the repository; where there is none, a skip, and in CI a failure."""
    named = os.environ.get("PYODIDE")
    found = (
        [pathlib.Path(named) / "pyodide-lock.json"] if named else REPOSITORY.parent.glob("*/pyodide/pyodide-lock.json")
    )
    folders = sorted(path.parent for path in found if path.is_file())
    if folders:
        return folders[0]
    if named or os.environ.get("CI") == "true":
        pytest.fail(ABSENT)
    pytest.skip(ABSENT)
