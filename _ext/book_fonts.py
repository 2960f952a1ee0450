"""Of each of KaTeX's fonts the site carries the characters that it uses: those that pages fetch weigh about half.

A browser waits for these fonts before it paints. Kept is every character of the pages and of what their scripts read,
in whatever font it is set: that keeps too much rather than too little.
"""

import html
import logging
import re
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = "_static/katex/fonts/*.woff2"
READ = ("**/*.html", "**/*.json", "_static/**/*.js", "_static/**/*.mjs")
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells each table
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")  # as JSON and scripts may write a character


def characters(site):
    """Every character that the texts of a site name, as code points."""
    found = set()
    for path in {path for pattern in READ for path in site.glob(pattern)}:
        text = path.read_text(encoding="utf-8")
        found.update(text, html.unescape(" ".join(set(re.findall(r"&#?\w+;", text)))))
        found.update(chr(int(code, 16)) for code in set(ESCAPED.findall(text)))
    return sorted(map(ord, found))


def subsetted(font, points):
    """A font's bytes with the glyphs of these code points alone; the same each time."""
    options = subset.Options(layout_features=["*"], recalc_timestamp=False)
    made, written = TTFont(font, recalcTimestamp=False), BytesIO()
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(made)
    made.save(written)
    return written.getvalue()


def finish(app, exception):
    if exception is None and app.builder.format == "html":
        points = characters(Path(app.outdir))
        for path in Path(app.outdir).glob(FONTS):
            path.write_bytes(subsetted(path, points))


def setup(app):
    app.connect("build-finished", finish, priority=840)  # when pages say what they will, before the sheet names fonts
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
