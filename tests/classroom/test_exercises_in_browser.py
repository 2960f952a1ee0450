"""The browser's Python gives the same verdicts as this one, hostile answers included."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest
from exercise_answers.verdicts import verdicts

REPOSITORY = pathlib.Path(__file__).parents[2]


def pyodide_folder():
    """The folder named by PYODIDE, or one beside the repository; None where there is none."""
    if os.environ.get("PYODIDE"):
        return pathlib.Path(os.environ["PYODIDE"])
    found = sorted(REPOSITORY.parent.glob("*/pyodide/pyodide-lock.json"))
    return found[0].parent if found else None


def test_same_verdicts_in_the_browsers_python():
    folder, node = pyodide_folder(), shutil.which("node")
    if folder is None:
        pytest.skip("no Pyodide folder: set PYODIDE to one to compare the verdicts")
    assert node, "Pyodide is here but node is not: install Node.js 20 or later to compare the verdicts"
    script = REPOSITORY / "tests" / "classroom" / "pyodide_verdicts.mjs"
    command = [node, str(script), str(folder), str(REPOSITORY)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    browser = json.loads(done.stdout.splitlines()[-1])
    assert browser["platform"] == "emscripten"
    here = verdicts()
    assert len(here) > 500
    assert {name: kind for name, kind in browser["verdicts"].items() if here.get(name) != kind} == {}
    assert set(here) == set(browser["verdicts"])
    assert {kind for name, kind in here.items() if name.startswith("hostile")} == {"allowed"}
