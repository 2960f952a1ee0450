"""The frame around a page: only buttons that do something, and only files that the page uses.

The theme's icons come from a script of 1.5 MB and fonts of 1 MB; the dozen that the book shows are drawn in
`_static/book.css` instead.
"""

import re
import time
from pathlib import Path

from sphinx.util import logging

log = logging.getLogger(__name__)
# (pattern, replacement): what the theme writes and this book does not want.
EDITS = [
    # Its icons' script.
    (r"\s*<script defer src=\"[^\"]*fontawesome\.js[^\"]*\"></script>", ""),
    # Its own script, for a right sidebar and buttons that the book has not.
    (r'\s*<script src="[^"]*sphinx-book-theme\.js[^"]*"></script>', ""),
    # No script holds up the text; they still run in their order. (The options are a line, and lines after it use them.)
    (r'<script (src="[^"]*_static/(?!documentation_options)(?:scripts/)?[\w.-]+\.js)', r"<script defer \1"),
    # With JavaScript off nothing turns "auto" into a scheme, and boxes would lose their colours.
    (r'(<html[^>]*) data-theme="auto"', r'\1 data-theme="light"'),
    # The front page names the book twice.
    (r"<title>(.*?) &#8212; \1</title>", r"<title>\1</title>"),
    # A label that hides the words on the button or the box it labels.
    (r'(<button class="btn search-button-field[^>]*?) title="[^"]*" aria-label="[^"]*"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # Parts that no landmark holds, and a role that is no longer one.
    (r'<div id="pst-primary-sidebar"', '<div role="complementary" aria-label="The book" id="pst-primary-sidebar"'),
    (r'role="doc-biblioentry"', 'role="listitem"'),
]
FONTS = re.compile(r"@font-face\{[^}]*\}")
UNUSED = ("_static/scripts/*.map", "_static/scripts/fontawesome.js*", "_static/vendor/fontawesome/webfonts/*")


def written_pages(app):
    """The files of this book's own pages (a folder beside them may hold pages of other programs)."""
    for name in sorted(set(app.env.found_docs) | {"search", "genindex", "py-modindex", "404"}):
        path = Path(app.outdir) / f"{name}.html"
        if path.exists():
            yield path


def tidy(html, unused):
    """The page as the book wants it; an edit that found something leaves `unused`, a set of patterns."""
    for pattern, replacement in EDITS:
        html, found = re.subn(pattern, replacement, html)
        if found:
            unused.discard(pattern)
    return html


def note_start(app):
    app.book_started = time.time()


def finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    pages, unused = list(written_pages(app)), {pattern for pattern, _ in EDITS}
    whole_book = all(path.stat().st_mtime >= app.book_started for path in pages)
    for path in pages:
        before = path.read_text(encoding="utf-8")
        after = tidy(before, unused)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
    if whole_book:  # another release of the theme may write the same thing in other words
        for pattern in sorted(unused):
            log.warning("book_pages.py: no page has what this edit is for: %s", pattern, type="book", subtype="edit")
    for path in Path(app.outdir).glob("_static/styles/*.css"):
        css = path.read_text(encoding="utf-8")
        if FONTS.search(css):
            path.write_text(FONTS.sub("", css), encoding="utf-8", newline="\n")
    for pattern in UNUSED:
        for path in Path(app.outdir).glob(pattern):
            path.unlink()


def setup(app):
    app.connect("builder-inited", note_start)
    app.connect("build-finished", finish, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
