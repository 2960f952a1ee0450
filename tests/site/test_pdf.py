"""The book on paper: one file with a cover, contents whose numbers are right, bookmarks, and links that lead on."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT
from pypdf import PdfReader

NAMES = ["index", "chapters/01_neuron", "glossary"]


def printed(site, out, *options):
    command = [sys.executable, str(ROOT / "tools" / "pdf.py"), "--site", str(site), str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return PdfReader(out)


@pytest.fixture(scope="module")
def book(site, tmp_path_factory):
    return printed(site, tmp_path_factory.mktemp("paper") / "book.pdf", "--only", *NAMES)


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


def test_with_solutions_each_chapter_is_followed_by_its_own(site, tmp_path):
    book = printed(site, tmp_path / "book.pdf", "--solutions", "--only", "chapters/01_neuron", "glossary")
    text = "".join(page.extract_text() for page in book.pages)
    after = text.split("Hints, solutions and answers")[1]
    for words in ("Hint 3", "A solution", "return x @ w + b", "✓ right"):
        assert words in re.sub(" +", " ", after)
    (_, glossary) = bookmarks(book)[1:]
    assert "A solution" not in book.pages[book.get_destination_page_number(glossary)].extract_text()


def test_a_chapter_is_printed_with_its_solutions_by_choice(visit):
    page = visit("chapters/01_neuron.html")
    page.evaluate("window.print = () => { printed = document.querySelectorAll('.book-appendix').length; }; 0")
    for _ in range(2):  # a browser that does not say when it has printed
        page.get_by_role("button", name="Print this chapter with hints").click()
        assert page.evaluate("printed") == 1
    appendix = page.locator(".book-appendix")
    assert appendix.is_hidden()  # on the screen
    page.emulate_media(media="print")
    assert appendix.is_visible() and "return x @ w + b" in appendix.inner_text()
    assert page.locator(".book-appendix > section").count() == page.locator("nn-exercise, nn-question").count()
    assert not page.locator(".book-appendix :is([id], button, input)").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert appendix.count() == 0
