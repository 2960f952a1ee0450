"""What guards the years to come fails loudly: a theme edit that matches nothing, an oracle that is not there."""

import os
import subprocess
import sys
from pathlib import Path

import book_lean
import book_missing
import book_pages
import book_policy
import book_python
import pytest

ROOT = Path(__file__).parents[2]
PAGE = '<html><head><link rel="stylesheet" href="{}" /></head></html>'


def test_a_block_that_the_theme_lost_is_named():
    ours = ["{% extends '!layout.html' %}{%- block css %}{% endblock %}{% block docs_toc %}{% endblock %}"]
    assert book_pages.lost_blocks(ours, ["{%- block css %}{%- endblock %}", "{%- block docs_toc -%}"]) == []
    assert book_pages.lost_blocks(ours, ["{%- block styles %}{%- endblock %}{% block docs_toc %}"]) == ["css"]


def test_every_edit_that_found_nothing_is_known():
    unused = {pattern for pattern, _ in book_pages.EDITS}
    book_pages.tidy('<html lang="en" data-theme="auto"><a href="#main-content">Skip</a>', unused)
    assert len(unused) == len(book_pages.EDITS) - 2


def theme(site):
    """The files of a theme that the book takes away again."""
    icons, words = (
        ("scripts/fontawesome.js", "vendor/fontawesome/webfonts/a.woff2"),
        ("locales/de/a.po", "a-webpack-macros.html"),
    )
    unread = ("images/logo_a.svg", "searchtools.js", "language_data.js")
    for name in (*icons, *words, *unread, "scripts/a.map", "styles/a.map", "styles/theme.css"):
        path = site / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("@font-face{src:url(a)}p{color:red}")


def test_files_that_the_theme_no_longer_brings_are_named(tmp_path):
    theme(tmp_path)
    assert book_pages.drop(tmp_path) == []
    assert [path.name for path in tmp_path.rglob("*.*")] == ["theme.css"]
    assert (tmp_path / "_static/styles/theme.css").read_text() == "p{color:red}"
    assert set(book_pages.drop(tmp_path)) == {*book_pages.UNUSED, book_pages.FONTS.pattern}


def test_a_script_of_the_theme_that_measures_nothing_is_named(tmp_path):
    script = tmp_path / book_pages.SCRIPT
    assert book_pages.calm(tmp_path) == [book_pages.MEASURES.pattern]
    script.parent.mkdir(parents=True)
    script.write_text('document.querySelectorAll(["pre",".a"].join(", ")).forEach(f)')
    assert book_pages.calm(tmp_path) == [] and script.read_text() == "[].forEach(f)"
    assert book_pages.calm(tmp_path) == [book_pages.MEASURES.pattern]


def test_a_chapter_that_is_gone_leaves_no_page(tmp_path):
    (tmp_path / "chapters").mkdir()
    for name in ("index", "genindex", "old", "chapters/01_new", "chapters/01_old"):
        (tmp_path / f"{name}.html").write_text(name)
    book_pages.forget(tmp_path, {"index", "chapters/01_new"})
    assert {path.stem for path in tmp_path.rglob("*.html")} == {"index", "genindex", "01_new"}


@pytest.mark.parametrize("sheet", ["_static/styles/theme.css", "_static/pygments.css?v=1", "_static/book.css?v=1"])
def test_a_page_with_the_theme_s_own_sheet_does_not_pass(sheet):
    lean = PAGE.format("../_static/lean-0123456789ab.css")
    book_lean.lean_everywhere({Path("right.html"): lean})
    for html in (PAGE.format(sheet), lean + PAGE.format(sheet)):
        with pytest.raises(ValueError, match="page.html does not have the lean style sheet"):
            book_lean.lean_everywhere({Path("page.html"): html})


def test_a_404_page_without_addresses_does_not_pass():
    assert 'href="/book/a.css"' in book_missing.from_root('<link href="a.css">', "/book/")
    with pytest.raises(ValueError, match="no relative address"):
        book_missing.from_root("<link href=/a.css>", "/book/")


def test_the_pages_that_got_python_s_settings_are_known(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01_page.html").write_text('<script type="application/json" id="nn-python">{}</script>')
    (tmp_path / "chapters" / "02_page.html").write_text('<script id="nn-python" type="application/json">{}</script>')
    (tmp_path / "chapters" / "03_page.html").write_text('<script data-id="nn-python">{}</script>')
    assert "chapters/01_page" not in book_python.settle(tmp_path, {"host": "x"})
    assert book_python.settle(tmp_path, {"host": "x"}) == {"chapters/02_page"}


def test_a_page_that_does_not_say_its_encoding_gets_no_policy_in_silence(tmp_path):
    (tmp_path / "page.html").write_text("<html><head><title>A page</title></head></html>")
    with pytest.raises(ValueError, match="does not say its encoding"):
        book_policy.secure(tmp_path / "page.html")


ORACLE = "import pytest\n\ndef test_oracle():\n    pytest.importorskip('no_such_oracle')\n"


@pytest.mark.parametrize("ci, result", [("true", "1 failed"), ("", "1 skipped")])
def test_an_oracle_that_is_not_installed_fails_in_ci(tmp_path, ci, result):
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "test_oracle.py").write_text(ORACLE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ran = subprocess.run(command, cwd=tmp_path, env=os.environ | {"CI": ci}, capture_output=True, text=True)
    assert result in ran.stdout and (not ci or "In CI this must be installed" in ran.stdout), ran.stdout


def test_site_tests_don_t_pass_for_want_of_pages(tmp_path):
    """A test that runs once for each page would run for none."""
    (tmp_path / "index.html").write_text("")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/site/test_links.py"]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | {"SITE": str(tmp_path)}, capture_output=True, text=True)
    assert ran.returncode and "is not the whole book" in ran.stdout + ran.stderr, ran.stdout
