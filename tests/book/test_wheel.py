"""What a reader takes away runs in an empty environment: the wheel, and a chapter's notebook that installs it."""

import json
import os
import subprocess
import sys
import zipfile
from email.parser import Parser

import book_downloads
import notebooks
import pytest

CHAPTER = notebooks.CHAPTERS / "01_neuron.ipynb"
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return book_downloads.wheel(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_is_what_it_says(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        about = Parser().parsestr(packed.read(next(n for n in names if n.endswith("/METADATA"))).decode())
    assert {name.split("/")[0].split("-")[0] for name in names} == {"nnlib", "classroom", "nnlib_book"}
    assert not [name for name in names if "__pycache__" in name]
    for path in book_downloads.packaged():
        name = path.relative_to(book_downloads.ROOT).as_posix()
        assert name in names or not name.startswith(("nnlib/", "classroom/")), f"{name} is not in the wheel"
    assert about["License-Expression"] == "MIT AND CC-BY-4.0"
    assert set(about.get_all("License-File")) == {"LICENSE", "LICENSE-text"}


def test_a_wheel_is_built_once_and_again_when_something_is_newer(wheel):
    built = wheel.stat().st_mtime_ns
    assert book_downloads.wheel(wheel.parent).stat().st_mtime_ns == built
    os.utime(wheel, (0, 0))
    assert book_downloads.wheel(wheel.parent).stat().st_mtime > 0


def test_a_site_with_an_address_names_it():
    made = book_downloads.to_take_away({"cells": []}, "nnlib_book-1-py3-none-any.whl", "https://example.org/book/")
    address = "https://example.org/book/downloads/nnlib_book-1-py3-none-any.whl"
    assert f"]({address})" in made["cells"][0]["source"]
    assert made["cells"][1]["source"] == f'%pip install -q "nnlib-book[classroom] @ {address}"'


def test_a_chapter_runs_where_nothing_of_the_book_is_installed(wheel, tmp_path):
    """As a reader does it: an empty environment with Jupyter's kernel, the notebook, and the wheel beside it."""
    (tmp_path / wheel.name).write_bytes(wheel.read_bytes())
    taken = tmp_path / CHAPTER.name
    taken.write_text(
        json.dumps(book_downloads.to_take_away(json.loads(CHAPTER.read_text(encoding="utf-8")), wheel.name)),
        encoding="utf-8",
    )
    venv = tmp_path / "venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv = [sys.executable, "-m", "uv", "-q"]
    subprocess.run([*uv, "venv", "--seed", "--python", sys.executable, venv], check=True)
    subprocess.run([*uv, "pip", "install", "--python", python, "nbclient", "ipykernel"], check=True)
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    ran = subprocess.run([python, "-c", RUN, taken.name], cwd=tmp_path, env=bare, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    done = notebooks.normal(json.loads(taken.read_text(encoding="utf-8")))
    printed = [cell["outputs"] for cell in done["cells"] if cell["cell_type"] == "code"][1:]
    committed = [c["outputs"] for c in json.loads(CHAPTER.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    assert printed == committed
