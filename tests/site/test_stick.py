"""The book on a stick: one zip that reads, runs Python and can be checked with no network, the same bytes each time."""

import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.request
import zipfile

import pytest
from conftest import ROOT
from hosts import some_pages
from inpage import exercise
from pyodide_folder import pyodide_folder

TOOL = [sys.executable, str(ROOT / "tools" / "offline.py")]


@pytest.fixture(scope="module")
def made(site, tmp_path_factory):
    """Two zips of the same few pages, made one after the other."""
    folder = tmp_path_factory.mktemp("stick")
    few = some_pages(site, folder / "html", ("index", "about", "chapters/01_neuron"))
    zips = [folder / "one.zip", folder / "two.zip"]
    for target in zips:
        command = [*TOOL, "--site", few, "--pyodide", pyodide_folder(), target]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return zips


@pytest.fixture(scope="module")
def stick(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(made[0]) as archive:
        archive.extractall(folder)
    (book,) = folder.iterdir()
    return book


def test_the_same_site_makes_the_same_bytes(made):
    one, two = (hashlib.sha256(path.read_bytes()).hexdigest() for path in made)
    assert one == two


def test_every_file_is_in_the_list_of_checksums_and_is_as_it_says(stick):
    said = dict(line.split("  ")[::-1] for line in (stick / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {path.relative_to(stick).as_posix(): path for path in stick.rglob("*") if path.is_file()}
    files.pop("SHA256SUMS")
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == said


def test_all_notebooks_are_there_and_find_their_wheel_beside_them(stick):
    taken = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in stick.glob("site/downloads/*.ipynb")}
    assert set(taken) == {path.name for path in ROOT.glob("chapters/*.ipynb")}
    (wheel,) = stick.glob("site/downloads/*.whl")
    assert all(f"./{wheel.name}" in notebook["cells"][1]["source"] for notebook in taken.values())
    assert wheel.name in (stick / "READ-ME-FIRST.txt").read_text(encoding="utf-8")


def test_its_pages_open_as_files(visit, stick):
    page = visit("site/index.html", base=stick.as_uri() + "/")
    page.locator("nav a", has_text="What does one neuron compute?").first.click()
    page.wait_for_url("**/01_neuron.html")
    said = exercise(page, "relu").check("def relu(z):\n    return z")["message"]
    assert said == page.locator(".nn-fetches:visible").first.inner_text()
    assert "opened as a file" in said and "python serve.py" in said


def test_its_own_server_runs_its_python(browser, stick, tmp_path):
    server = subprocess.Popen(
        [sys.executable, "serve.py", "--port", "8400"],
        cwd=stick,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    try:
        address = None
        while not address:
            address = re.search(r"http://localhost:\d+/", server.stdout.readline())
        answer = urllib.request.urlopen(address[0] + "sw.js")
        assert answer.headers["Content-Type"] == "text/javascript" and answer.headers["Cache-Control"] == "no-cache"
        page = browser.new_page()
        page.goto(address[0] + "chapters/01_neuron.html", wait_until="load")
        assert "from this site" in page.locator(".nn-fetches:visible").first.inner_text()
        assert exercise(page, "relu").check("def relu(z):\n    return np.maximum(z, 0)")["ok"]
        page.close()
    finally:
        server.terminate()
        server.wait()


def test_without_a_pyodide_one_sentence_says_how(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "PYODIDE"}
    done = subprocess.run([*TOOL, tmp_path / "x.zip"], capture_output=True, text=True, env=environment)
    assert done.returncode and not (tmp_path / "x.zip").exists()
    assert "PYODIDE=folder make offline" in done.stderr and len(done.stderr.strip().splitlines()) == 1
