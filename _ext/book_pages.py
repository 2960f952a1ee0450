"""The frame around a page: only buttons that do something, and only files that the page uses.

The theme's icons come from a script of 1.5 MB; the dozen that the book shows are drawn in `_static/book.css` instead.
"""

import re
from pathlib import Path

ICONS = re.compile(r"\s*<script defer src=\"[^\"]*fontawesome\.js[^\"]*\"></script>")
UNUSED = ("_static/scripts/*.map", "_static/scripts/fontawesome.js*", "_static/vendor/fontawesome/webfonts/*")


def frame(app, pagename, templatename, context, doctree):
    context["notebook_url"] = ""
    if context.get("page_source_suffix") == ".ipynb":
        context["notebook_url"] = f"{context['pathto']('_sources', 1)}/{context['sourcename']}"
    if pagename == app.config.root_doc:
        context["docstitle"] = ""  # or the front page names the book twice


def written_pages(app):
    """The files of this book's own pages (a folder beside them may hold pages of other programs)."""
    for name in sorted(set(app.env.found_docs) | {"search", "genindex", "py-modindex"}):
        path = Path(app.outdir) / f"{name}.html"
        if path.exists():
            yield path


def tidy(html):
    html = ICONS.sub("", html, count=1)
    # With JavaScript off nothing turns "auto" into a scheme, and boxes would lose their colours.
    return html.replace('data-theme="auto"', 'data-theme="light"', 1)


def finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    for path in written_pages(app):
        before = path.read_text(encoding="utf-8")
        after = tidy(before)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
    for pattern in UNUSED:
        for path in Path(app.outdir).glob(pattern):
            path.unlink()


def setup(app):
    app.connect("html-page-context", frame, priority=900)
    app.connect("build-finished", finish, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
