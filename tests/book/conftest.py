"""Chapters are run by nbval, which compares what they print; pictures and pages are looked at by the site tests."""

import json

import notebooks
import pytest


def pytest_collectstart(collector):
    """nbval's own way to leave out kinds of output: a live figure has HTML beside its text, and text is committed."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html", "image/svg+xml")


def pytest_itemcollected(item):
    """The book keeps no numbers of cells, and nbval takes a cell without one for never run."""
    if hasattr(item, "cell"):
        item.cell.execution_count = 1


def pytest_generate_tests(metafunc):
    """A test that asks for `chapter` runs once for each."""
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", sorted(notebooks.CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)


@pytest.fixture
def notebook(chapter):
    return json.loads(chapter.read_text(encoding="utf-8"))
