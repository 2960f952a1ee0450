"""The browser's Python gives the same verdicts as this one, hostile answers included."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest
from exercise_answers.verdicts import verdicts
from pyodide_folder import pyodide_folder

REPOSITORY = pathlib.Path(__file__).parents[2]
SCRIPT = REPOSITORY / "tests" / "classroom" / "pyodide_verdicts.mjs"


def all_memory():
    """What a check allows a learner's code is no limit for Node, which reserves far more than it uses."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def in_browser(folder, seconds=1500):
    """What the script prints, as a dict; a failure says how far it came and shows the end of what it said."""
    node = shutil.which("node")
    assert node, "Pyodide is here but node is not: install Node.js 20 or later to compare the verdicts"
    command = [node, str(SCRIPT), str(folder), str(REPOSITORY)]
    try:
        unlimited = {} if os.name == "nt" else {"preexec_fn": all_memory}
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, **unlimited)
    except subprocess.TimeoutExpired as late:
        said = (late.stderr or b"").decode(errors="replace")
        pytest.fail(f"The browser's Python had not finished after {seconds} s:\n{said[-3000:]}")
    if done.returncode != 0 or not done.stdout.strip():
        pytest.fail(
            f"The browser's Python stopped, exit code {done.returncode}:\n{done.stderr[-6000:]}{done.stdout[-2000:]}"
        )
    return json.loads(done.stdout.splitlines()[-1])


def test_same_verdicts_in_the_browsers_python():
    browser = in_browser(pyodide_folder())
    assert browser["platform"] == "emscripten"
    here = verdicts()
    assert len(here) > 500
    assert {name: kind for name, kind in browser["verdicts"].items() if here.get(name) != kind} == {}
    assert set(here) == set(browser["verdicts"])
    assert {kind for name, kind in here.items() if name.startswith("hostile")} == {"allowed"}


def test_an_absent_folder_fails_in_ci_and_skips_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr("pyodide_folder.REPOSITORY", tmp_path / "alone")
    monkeypatch.delenv("PYODIDE", raising=False)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="set PYODIDE"):
        pyodide_folder()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="set PYODIDE"):
        pyodide_folder()
    monkeypatch.setenv("PYODIDE", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match="set PYODIDE"):
        pyodide_folder()


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_a_start_that_fails_shows_its_error(tmp_path):
    (tmp_path / "pyodide.mjs").write_text("export const loadPyodide = () => { throw new Error('no memory left'); };")
    with pytest.raises(pytest.fail.Exception, match="While starting Pyodide(.|\n)*no memory left"):
        in_browser(tmp_path)
