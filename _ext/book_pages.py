"""The frame around a page: only buttons that do something, and only files that the page uses.

The theme's icons come from a script of 1.5 MB and fonts of 1 MB; the dozen that the book shows are drawn in
`_ext/book.css` instead.
"""

import re
import shutil
import time
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

log = logging.getLogger(__name__)
TEMPLATES = Path(__file__).parent.parent / "_templates"
# (pattern, replacement): what the theme writes and this book does not want.
EDITS = [
    # Its own script, for a right sidebar and buttons that the book has not.
    (r'\s*<script src="[^"]*sphinx-book-theme\.js[^"]*"></script>', ""),
    # Text, styles and fonts come first: scripts are asked for at a page's end (layout.html) and run in their order. Two
    # lines would have to wait for one of them: they say what a menu of versions and a search box that the book has not
    # would ask.
    (r'<script (?:defer(?:="defer")? )?src="([^"]*_static/(?:scripts/)?[\w.-]+\.js)', r'<script data-src="\1'),
    (r"\s*<script>DOCUMENTATION_OPTIONS\.(?:pagename|search_as_you_type) = [^;<]*;</script>", ""),
    # With JavaScript off nothing turns "auto" into a scheme, and boxes would lose their colours.
    (r'(<html[^>]*) data-theme="auto"', r'\1 data-theme="light"'),
    # Sphinx and the theme both say how wide a phone's page is.
    (r'(?s)(<meta name="viewport"[^>]*>)(.*?)\s*<meta name="viewport"[^>]*>', r"\1\2"),
    # Past the frame is the text: what the theme calls so begins with its buttons.
    (r'href="#main-content"', 'href="#book-text"'),
    # A label that hides the words on the button or the box it labels.
    (r'(<button class="btn search-button-field[^>]*?) title="[^"]*" aria-label="[^"]*"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # A paragraph may not stand in a button.
    (r'<p class="(collapsed|expanded) admonition-title">(.*?)</p>', r'<span class="\1 admonition-title">\2</span>'),
    # Names, brackets and spaces in code have the colour of the text around them: up to a third of all elements.
    (r'<span class="(?:n|nn|nx|p|w)">([^<]*)</span>', r"\1"),
    # Parts that no landmark holds, and a role that is no longer one.
    (r'<div id="pst-primary-sidebar"', '<div role="complementary" aria-label="The book" id="pst-primary-sidebar"'),
    (r'role="doc-biblioentry"', 'role="listitem"'),
]
FONTS = re.compile(r"@font-face\{[^}]*\}")
SCRIPT = "_static/scripts/pydata-sphinx-theme.js"
# It measures every box of code at once, for which all of a page must be laid out: explore.js waits to be told.
MEASURES = re.compile(r'document\.querySelectorAll\(\["pre",[^\]]*\]\.join\(", "\)\)')
BLOCK = re.compile(r"\{%-?\s*block (\w+)")
MADE = ("search", "genindex", "py-modindex", "404")  # pages without a source
UNUSED = (
    "_static/scripts/*.map",
    "_static/styles/*.map",
    "_static/scripts/fontawesome.js*",
    "_static/vendor/fontawesome/webfonts/*",
    "_static/*webpack-macros.html",
    "_static/locales",
    "_static/images/logo_*",
    "_static/searchtools.js",
    "_static/language_data.js",
)


class PictureFirst(SphinxPostTransform):
    """A figure comes before its folded code, for whoever goes through the page key by key as well."""

    default_priority = 200  # myst-nb has folded the code: its HideInputCells has 199
    formats = ("html",)

    def run(self, **options):
        for cell in self.document.findall(nodes.container):
            folded = [part for part in cell.children if isinstance(part, HideCodeCellNode)]
            if folded and len(cell.children) == 1:  # it shows nothing: its label says what it holds
                first = folded[0].astext().lstrip().startswith(("import ", "from "))
                folded[0]["prompt_show"] = "What this chapter imports" if first else "Code behind what follows"
            if folded and "above-input" in folded[0]["classes"]:
                cell.remove(folded[0])
                cell += folded[0]


def written_pages(app):
    """The files of this book's own pages (a folder beside them may hold pages of other programs)."""
    for name in sorted({*app.env.found_docs, *MADE}):
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


def lost_blocks(ours, theirs):
    """The blocks that our templates fill and no template of the theme has: what stands in them would never be seen."""
    return sorted({name for text in ours for name in BLOCK.findall(text)} - {*BLOCK.findall("\n".join(theirs))})


def note_start(app):
    app.book_started = time.time()
    if app.builder.format == "html":
        ours = [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))]
        folders = map(Path, app.builder.theme.get_theme_dirs())
        theirs = [path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.html")]
        for name in lost_blocks(ours, theirs):
            warn(f"the theme has no block “{name}”, which _templates fills")


def warn(message):
    log.warning("book_pages.py: %s", message, type="book", subtype="edit")


def finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    forget(Path(app.outdir), app.env.found_docs)
    pages, unused = list(written_pages(app)), {pattern for pattern, _ in EDITS}
    whole_book = all(path.stat().st_mtime >= app.book_started for path in pages)
    for path in pages:
        before = path.read_text(encoding="utf-8")
        after = tidy(before, unused)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
    if whole_book:  # another release of the theme may write the same thing in other words
        for pattern in sorted(unused):
            warn(f"no page has what this edit is for: {pattern}")
    for pattern in [*drop(Path(app.outdir)), *calm(Path(app.outdir))]:
        if whole_book:
            warn(f"the theme brings no file that this is for: {pattern}")


def forget(site, docs):
    """Take away the pages that have no source any more: Sphinx leaves what an earlier build wrote."""
    for path in [*site.glob("*.html"), *site.glob("chapters/*.html")]:
        if path.relative_to(site).with_suffix("").as_posix() not in {*docs, *MADE}:
            path.unlink()


def drop(site):
    """Take away the theme's files that no page uses, and its fonts' rules; returns what there was nothing of."""
    nothing = []
    for pattern in UNUSED:
        found = list(site.glob(pattern))
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        nothing += [] if found else [pattern]
    sheets = {path: path.read_text(encoding="utf-8") for path in site.glob("_static/styles/*.css")}
    with_fonts = [path for path, css in sheets.items() if FONTS.search(css)]
    for path in with_fonts:
        path.write_text(FONTS.sub("", sheets[path]), encoding="utf-8", newline="\n")
    return nothing if with_fonts else [*nothing, FONTS.pattern]


def calm(site):
    """Take from the theme's script what holds up a page; returns what there was nothing of."""
    path = site / SCRIPT
    text, found = MEASURES.subn("[]", path.read_text(encoding="utf-8")) if path.is_file() else ("", 0)
    if found:
        path.write_text(text, encoding="utf-8", newline="\n")
    return [] if found else [MEASURES.pattern]


def setup(app):
    app.add_post_transform(PictureFirst)
    app.connect("builder-inited", note_start)
    app.connect("build-finished", finish, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
