"""Chapters are run by nbval, which compares what they print; pictures and pages are looked at by the site tests."""

import functools
import json
import warnings

import notebooks
import pytest


def pytest_collection_modifyitems(items):
    """How the book's notebooks are compared, told to the cells that nbval has collected.

    A live figure has HTML or SVG beside its text: only the text is committed, so only that is compared. And a cell
    without a number counts as never run, while the book keeps no numbers.
    """
    cells = [item for item in items if hasattr(item, "cell")]
    for notebook in {cell.parent for cell in cells}:
        notebook.skip_compare += ("text/html", "image/svg+xml")
        notebook.setup = functools.partial(started, notebook.setup)
    for cell in cells:
        cell.cell.execution_count = 1


def started(setup):
    """Start a notebook's kernel, a second time if the first never answers.

    Jupyter picks a kernel's ports before the kernel takes them, so one of another process can come between: such a
    kernel is never heard of. What a chapter prints has no part in that.
    """
    try:
        setup()
    except RuntimeError as silence:
        warnings.warn(f"a kernel is started again: {silence}", stacklevel=1)
        setup()


def pytest_generate_tests(metafunc):
    """A test that asks for `chapter` runs once for each."""
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", sorted(notebooks.CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)


@pytest.fixture
def notebook(chapter):
    return json.loads(chapter.read_text(encoding="utf-8"))
