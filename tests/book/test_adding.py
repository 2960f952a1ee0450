"""The worked examples of docs/adding.md, done as they stand there, in a copy of the book."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.M | re.S)
COPIED = ("_ext", "chapters", "classroom", "docs", "nnlib", "tests", "tools")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the book, under git as the book is; the examples are done one after another."""
    folder = tmp_path_factory.mktemp("adding")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.yml"), ROOT / "pyproject.toml", ROOT / "references.bib"]:
        shutil.copy(path, folder)
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def run(book, command):
    """A command of the page; what it says is shown if it fails."""
    words = re.sub(r"^python\b", lambda _: f'"{sys.executable}"', command)
    there = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    there |= {"PYTHONPATH": str(book)}
    ran = subprocess.run(words, shell=True, cwd=book, env=there, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, f"{command}\n{ran.stdout[-3000:]}{ran.stderr[-2000:]}"


def add_cells(path, *cells):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for kind, source, metadata in cells:
        code = {"execution_count": None, "outputs": []} if kind == "code" else {}
        new = {"cell_type": kind, "id": f"new-{len(notebook['cells'])}", "metadata": metadata, "source": source}
        notebook["cells"].append(new | code)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def insert(path, text, pattern):
    """Put text after the first place that fits."""
    before = path.read_text(encoding="utf-8")
    found = re.search(pattern, before, re.M)
    assert found, f"{path.name} has no place for it: {pattern}"
    path.write_text(before[: found.end()] + text + before[found.end() :], encoding="utf-8", newline="\n")


def do(book, block, told):
    """One block of the page. Where it goes must be told to readers too."""
    _, how, text = block.groups()
    how = dict(part.split("=") for part in how.split())
    if not how:
        return [run(book, command) for command in text.splitlines()]
    (name,) = (how[way] for way in ("append", "entry", "row", "cell", "cells") if way in how)
    assert f"`{name}`" in told, f"a block goes to {name}, and the text does not say so"
    path = book / name
    if "append" in how:
        insert(path, f"\n{text}", r"\Z")
    elif "entry" in how:
        insert(path, text, r"^EXERCISES = \[\n(?:[^\]].*\n|\n)*(?=\]$)")
    elif "row" in how:
        insert(path, text, rf"^\|[^|]*\| `{how['below']}`.*\n")  # the table whose second column names exercises
    elif "cell" in how:
        assert f"`{how['tags']}`" in told
        add_cells(path, ("code", text.rstrip("\n"), {"tags": [how["tags"]]}))
    else:
        metadata = json.loads(text)
        add_cells(path, ("markdown", "", metadata), ("code", "", metadata))


def test_the_page_has_its_examples():
    assert list(SECTIONS) == ["A question", "An exercise", "A figure", "A chapter", "Leaving a chapter out"]


@pytest.mark.parametrize("section", list(SECTIONS)[:3])
def test_an_example_works_as_it_stands(book, section):
    text = SECTIONS[section]
    for block in BLOCK.finditer(text):
        do(book, block, text[: block.start()])


def state(book):
    files = [path for path in sorted(book.rglob("*")) if path.is_file() and ".git" not in path.parts]
    return {
        path.relative_to(book).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if "__pycache__" not in path.parts and ".pytest_cache" not in path.parts and ".hypothesis" not in path.parts
    }


def test_a_chapter_comes_and_goes_and_leaves_no_trace(book):
    before = state(book)
    for section in list(SECTIONS)[3:]:
        for block in BLOCK.finditer(SECTIONS[section]):
            do(book, block, "")
        if section == "A chapter":
            made = re.findall(r"`(c[\w/]+08_units\.\w+)`", SECTIONS[section])
            assert len(made) == 3 and all((book / name).is_file() for name in made)
            assert len(list(book.glob("chapters/*.ipynb"))) == 1 + len(list(ROOT.glob("chapters/*.ipynb")))
    assert state(book) == before


def test_an_example_that_is_wrong_does_not_pass(book):
    """The commands of the page see a slip: a feedback is taken away again."""
    path = book / "classroom" / "chapters" / "01_neuron.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("feedback = 'It is all that is left of the sum.'\n", ""), encoding="utf-8")
    (check,) = [line for line in SECTIONS["A question"].splitlines() if line.startswith("python -m pytest")]
    with pytest.raises(AssertionError, match="has no 'feedback'"):
        run(book, check)
    path.write_text(whole, encoding="utf-8")
