"""Inserting, moving and removing a chapter: files, links, modules and numbers follow, and nothing else changes."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (
    "_toc.yml",
    "chapters",
    "classroom/chapters",
    "tools",
    "glossary.md",
    "index.md",
    "instructors.md",
    "notation.md",
)


@pytest.fixture
def book(tmp_path):
    """A copy of what the command touches, under git as the book is."""
    for part in PARTS:
        source, target = ROOT / part, tmp_path / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, target)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


def run(book, *arguments):
    command = [sys.executable, str(book / "tools" / "chapters.py"), *arguments]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def content(book):
    paths = [path for path in book.rglob("*") if path.is_file() and ".git" not in path.parts]
    paths = [path for path in paths if "__pycache__" not in path.parts]
    return {str(path.relative_to(book)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def at(place, short):
    """A chapter's file name; put together here, since the command renumbers every whole name in the book's files."""
    return f"{place:02}_{short}"


def test_moved_there_and_back_every_file_is_as_it_was(book):
    before = content(book)
    run(book, "move", "loss", "2")
    assert content(book).keys() != before.keys()
    run(book, "move", "loss", "5")
    assert content(book) == before


def test_links_numbers_and_modules_follow_a_move(book):
    names = run(book, "move", "backprop", "3")
    assert names.index(at(3, "backprop")) == 2 and at(4, "biases") in names
    assert (book / "chapters" / f"{at(3, 'backprop')}.ipynb").exists()
    assert (book / "classroom" / "chapters" / f"ch{at(4, 'biases')}.py").exists()
    assert (book / "classroom" / "chapters" / f"{at(4, 'biases')}.toml").exists()
    assert f"({at(7, 'backprop')}.ipynb)" not in (book / "index.md").read_text("utf-8")
    everything = "".join(path.read_text("utf-8") for path in (book / "chapters").glob("*.ipynb"))
    assert f"[chapter 4]({at(4, 'biases')}.ipynb)" in everything.lower()
    assert f"[chapter 3]({at(3, 'biases')}.ipynb)" not in everything.lower()
    assert "*Chapter 3.*" in (book / "glossary.md").read_text("utf-8")
    exercises = (book / "classroom" / "chapters" / f"ch{at(3, 'backprop')}.py").read_text("utf-8")
    assert "chapter 3" in exercises.splitlines()[0]


def test_inserted_and_removed_again_every_file_is_as_it_was(book):
    before = content(book)
    names = run(book, "insert", "4", "pruning", "Which weights can go?")
    assert at(4, "pruning") in names and at(5, "networks") in names
    assert "Which weights can go?" in (book / "chapters" / f"{at(4, 'pruning')}.ipynb").read_text("utf-8")
    run(book, "remove", "pruning")
    assert content(book) == before


def test_an_unknown_chapter_is_one_sentence(book):
    command = [sys.executable, str(book / "tools" / "chapters.py"), "move", "prunning", "2"]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1 and done.stderr.startswith("There is no chapter 'prunning'")
