"""Chapters are run by nbval, which compares what they print; pictures and pages are looked at by the site tests."""

import json

import notebooks
import pytest
from nbval import plugin

# A live figure has HTML or SVG beside its text; only the text is committed, so only the text is compared.
original = plugin.IPyNbFile.__init__


def skip_pictures(self, *arguments, **options):
    original(self, *arguments, **options)
    self.skip_compare += ("text/html", "image/svg+xml")


plugin.IPyNbFile.__init__ = skip_pictures

# A cell without its number counts as never run, and its outputs would not be compared; the book keeps no numbers.
run = plugin.IPyNbCell.runtest


def run_and_compare(self):
    self.cell.execution_count = 1
    run(self)


plugin.IPyNbCell.runtest = run_and_compare


def pytest_generate_tests(metafunc):
    """A test that asks for `chapter` runs once for each."""
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", sorted(notebooks.CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)


@pytest.fixture
def notebook(chapter):
    return json.loads(chapter.read_text(encoding="utf-8"))
