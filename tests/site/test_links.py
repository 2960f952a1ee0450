"""Every link inside the site leads somewhere, to the very place on the page; every picture has words."""

from functools import cache
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


@cache
def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def places(path):
    return {tag["id"] for tag in soup(path).find_all(id=True)}


def test_internal_links(site, page_path):
    page = site / page_path
    broken = []
    for tag in soup(page).find_all(["a", "link", "script", "img", "source"]):
        target = tag.get("href") or tag.get("src")
        parts = urlsplit(target or "")
        if not target or parts.scheme or ":" in parts.fragment:  # `#figure:w=3` is a figure's setting, no place
            continue
        file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not file.is_file():
            broken.append(target)
        elif parts.fragment and file.suffix == ".html" and unquote(parts.fragment) not in places(file):
            broken.append(target)
    assert broken == []


def test_links_elsewhere_are_links_only(site, page_path):
    """Other hosts are named only where a reader may click."""
    for tag in soup(site / page_path).find_all(["link", "script", "img", "iframe", "source", "form", "object"]):
        target = tag.get("href") or tag.get("src") or tag.get("action") or ""
        if tag.get("rel") == ["canonical"]:  # the page's own address, where the book knows it
            continue
        assert urlsplit(target).scheme in ("", "data"), tag


def test_pictures_have_words(site, page_path):
    for picture in soup(site / page_path).find_all("img"):
        assert picture.get("alt", "").strip(), picture
    for picture in soup(site / page_path).select("main svg"):
        named = picture.get("aria-label") or picture.get("aria-labelledby") or picture.find("title")
        hidden = picture.find_parent(attrs={"aria-hidden": "true"}) or picture.get("aria-hidden") == "true"
        labelled = picture.find_parent(attrs={"role": "img"})
        assert named or hidden or labelled, str(picture)[:200]
