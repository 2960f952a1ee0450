"""A release says one version everywhere, and is the same bytes whenever it is made."""

import os
import shutil
import time

import book_downloads
import pytest
import release
import whole

FILES = ("CHANGELOG.md", "CITATION.cff", "nnlib/__init__.py")


@pytest.fixture
def book(tmp_path):
    """What says a version, ready to be released as 1.2.3."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(release.ROOT / name, tmp_path / name)
    change(tmp_path / "nnlib/__init__.py", f'"{release.version()}"', '"1.2.3"')
    change(tmp_path / "CHANGELOG.md", "\n## ", "\n## 1.2.3 · 2026-12-01\n\n- All of it.\n\n## ")
    change(tmp_path / "CITATION.cff", f'"{release.version()}"', '"1.2.3"\ndate-released: 2026-12-01')
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_release_that_is_ready(book):
    assert release.disagreements("v1.2.3", book) == []
    assert release.entry("1.2.3", book) == ("2026-12-01", "- All of it.")


FAULTS = {
    "another tag": (None, "", "", "The tag is v1.2.4"),
    "no entry": ("CHANGELOG.md", "## 1.2.3 · 2026-12-01", "## Not yet released", "CHANGELOG.md has no entry"),
    "an empty entry": ("CHANGELOG.md", "- All of it.\n", "", "CHANGELOG.md says nothing"),
    "another version cited": ("CITATION.cff", "1.2.3", "1.2.2", "CITATION.cff cites version 1.2.2"),
    "another date": ("CITATION.cff", "2026-12-01", "2026-12-02", "CITATION.cff gives the date 2026-12-02"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_agree_is_said(book, fault):
    name, old, new, sentence = FAULTS[fault]
    if name:
        change(book / name, old, new)
    said = release.disagreements("v1.2.3" if name else "v1.2.4", book)
    assert any(line.startswith(sentence) for line in said), said


def test_today_the_citation_and_the_package_agree():
    said = release.disagreements(f"v{release.version()}")
    assert not [line for line in said if "cites version" in line or line.startswith("The tag")]


def test_two_wheels_are_the_same_bytes_whoever_may_read_them(tmp_path):
    before = os.umask(0o077)
    try:
        book_downloads.build_wheel(tmp_path / "private")
    finally:
        os.umask(before)
    book_downloads.build_wheel(tmp_path / "open")
    assert release.differences(tmp_path / "private", tmp_path / "open") == []


def test_a_zip_does_not_know_when_it_was_made(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>A book</h1>")
    release.packed(tmp_path / "site", tmp_path / "first.zip", "book")
    os.utime(tmp_path / "site" / "index.html", (time.time() - 1e7,) * 2)
    release.packed(tmp_path / "site", tmp_path / "second.zip", "book")
    assert release.checksum(tmp_path / "first.zip") == release.checksum(tmp_path / "second.zip")


def test_sites_that_differ_are_told_apart(tmp_path):
    for name, text in (("first", "a"), ("second", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
        (tmp_path / name / "same.css").write_text("")
    (tmp_path / "first" / "more.html").write_text("")
    assert release.differences(tmp_path / "first", tmp_path / "second") == ["more.html", "page.html"]


def test_nothing_is_not_compared_with_nothing(tmp_path):
    with pytest.raises(ValueError, match="holds no files"):
        release.differences(tmp_path, tmp_path)


def test_no_release_of_half_a_book(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "SITE", tmp_path)
    with pytest.raises(SystemExit, match="not the whole book"):
        release.make()


def small_site(folder):
    """A site of two pages, and the contents it was made from."""
    toc = folder / "_toc.yml"
    toc.write_text("root: index\nparts:\n  - chapters:\n      - file: chapters/01_page\n")
    for name in ("index.html", "chapters/01_page.html", "404.html", "search.html", ".nojekyll"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("<h1>A page</h1>")
    for name in ("_static/styles/lean.css", "downloads/01_page.ipynb", "downloads/book.whl"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return toc


@pytest.mark.parametrize(
    "lost",
    ["index.html", "chapters/01_page.html", "404.html", "search.html", ".nojekyll"]
    + ["_static/styles/lean.css", "downloads/01_page.ipynb", "downloads/book.whl"],
)
def test_what_a_site_lacks_is_said(tmp_path, lost):
    toc = small_site(tmp_path)
    assert whole.missing(tmp_path, toc) == []
    (tmp_path / lost).unlink()
    assert len(whole.missing(tmp_path, toc)) == 1


def test_an_empty_page_is_no_page(tmp_path):
    toc = small_site(tmp_path)
    (tmp_path / "index.html").write_text("")  # what `touch` makes of a build without HTML
    assert whole.missing(tmp_path, toc) == ["index.html is missing, or has no title."]


def test_contents_without_pages_are_no_contents(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\n")
    with pytest.raises(ValueError, match="names no pages"):
        whole.pages(tmp_path / "_toc.yml")
