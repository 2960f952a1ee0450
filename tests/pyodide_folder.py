"""Where the tests find a Pyodide, the browser's Python: nothing here fetches it."""

import os
import pathlib

import pytest

REPOSITORY = pathlib.Path(__file__).parents[1]
ABSENT = "no Pyodide folder: set PYODIDE to one that holds pyodide-lock.json, to test the browser's Python"


def find():
    """The folder named by PYODIDE, or one beside the repository; None where there is none."""
    named = os.environ.get("PYODIDE")
    lock = "pyodide-lock.json"
    found = [pathlib.Path(named) / lock] if named else sorted(REPOSITORY.parent.glob(f"*/pyodide/{lock}"))
    return next((path.parent for path in found if path.is_file()), None)


def pyodide_folder():
    """As `find`; where there is none, a skip, and in CI, or where PYODIDE names one, a failure."""
    folder = find()
    if folder is None:
        wanted = os.environ.get("PYODIDE") or os.environ.get("CI") == "true"
        pytest.fail(ABSENT) if wanted else pytest.skip(ABSENT)
    return folder
