"""The page that stands where none is: in the book's look, with the contents, the search, and what may have been meant.

A server shows 404.html at whatever address was asked for, at any depth, so relative addresses would miss. With the
book's own address known (BOOK_URL) they are written from the host's root; without, the page finds the book's root by
looking for itself in the folders above, and goes there.
"""

import re
from urllib.parse import urlsplit

from book_pages import written_pages

RELATIVE = re.compile(r'\b(href|src|action|data-content_root)="(?![a-z]+:|/|#)(?:\./)?([^"]*)"')


def add_page(app):
    yield "404", {"title": "No such page", "find_root": not app.config.html_baseurl}, "404.html"


def from_root(html, root):
    """Every relative address, from the host's root."""
    html, found = RELATIVE.subn(lambda match: f'{match[1]}="{root}{match[2]}"', html)
    if not found:
        raise ValueError("404.html has no relative address: book_missing.py no longer knows what they look like")
    return html


def finish(app, exception):
    if exception is not None or app.builder.format != "html" or not app.config.html_baseurl:
        return
    root = urlsplit(app.config.html_baseurl).path
    for path in written_pages(app):
        if path.name == "404.html":
            html = path.read_text(encoding="utf-8")
            path.write_text(from_root(html, root), encoding="utf-8", newline="\n")


def setup(app):
    app.connect("html-collect-pages", add_page)
    app.connect("build-finished", finish, priority=850)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
