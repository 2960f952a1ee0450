"""The book on paper: one file with a cover, contents whose numbers are right, bookmarks, and links that lead on."""

import subprocess
import sys

import pytest
from conftest import ROOT
from pypdf import PdfReader

NAMES = ["index", "chapters/01_neuron", "glossary"]


@pytest.fixture(scope="module")
def book(site, tmp_path_factory):
    out = tmp_path_factory.mktemp("paper") / "book.pdf"
    command = [sys.executable, str(ROOT / "tools" / "pdf.py"), "--site", str(site), str(out), "--only", *NAMES]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return PdfReader(out)


def bookmarks(book):
    return [mark for mark in book.outline if not isinstance(mark, list)]


def test_contents_say_the_page_that_each_part_begins_on(book):
    said = book.pages[1].extract_text()
    for mark in bookmarks(book)[1:]:
        page = book.get_destination_page_number(mark)
        assert mark.title in book.pages[page].extract_text().replace("\n", " ")
        assert f"{page + 1}" in said.split(mark.title)[1].split()[:1], said


def test_sections_are_bookmarks_too(book):
    place = [getattr(mark, "title", "") for mark in book.outline].index(bookmarks(book)[2].title)
    assert len(book.outline[place + 1]) > 0


def test_every_page_but_the_cover_has_its_number(book):
    for number, page in list(enumerate(book.pages, start=1))[1:]:
        assert page.extract_text().strip().endswith(str(number))


def test_no_link_leads_to_the_computer_that_printed_it(book):
    inside = 0
    for page in book.pages:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            assert "localhost" not in str(link.get("/A", {}).get("/URI", ""))
            inside += "/Dest" in link
    assert inside > 20


def test_what_is_shut_and_what_is_pressed_is_not_printed(book):
    text = "".join(page.extract_text() for page in book.pages)
    assert "What does one neuron compute?" in text
    for word in ("Show the code", "Hint 1", "Link to this view"):
        assert word not in text
