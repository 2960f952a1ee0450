"""A section that nobody is near is not laid out (`book.css`, content-visibility): how tall it will be is guessed here.

The scrollbar tells by these guesses how long a page is, and a browser's checks of what lies upon what believe them. The
pixels below are fitted to all sections of the book as Chromium lays them out, 412 and 1,280 pixels wide.
"""

import html
import re

from book_pages import written_pages

SECTION = re.compile(r'<section id="([^"]*)"(?: style="--narrow[^"]*")?>(?=\s*(?:<span[^>]*></span>\s*)*<h2)')
HIDDEN = re.compile(r"<(template|script|svg|math|style)\b.*?</\1>", re.S)
FOLDED = re.compile(  # a box that is shut and has none in it
    r"<details\b(?![^>]*\bopen\b)[^>]*>\s*(<summary.*?</summary>)(?:(?!<details\b).)*?</details>", re.S
)
CODE = re.compile(r"<pre\b.*?</pre>", re.S)
TAG, SPACE = re.compile(r"<[^>]*>"), re.compile(r"\s+")
# (what is counted, pixels on a narrow page, on a wide one); letters of text and lines of code are counted apart.
LETTER, LINE = (0.9, 0.5), (21.5, 20.5)
PARTS = (
    (r"<(?:p|li|dt|dd|h3|summary|blockquote|pre)\b", 14, 12),
    (r"<nn-explore\b", 300, 255),
    (r"<nn-question\b", 115, 155),
    (r"<nn-cell\b", 120, 135),
    (r"<nn-draw\b", 450, 250),
    (r"\bkatex-display\b", 95, 120),
)
MORE = 1.1  # rather too tall: parts of a section that is taller than said would seem to lie upon the next


def heights(section):
    """(on a narrow page, on a wide one), in pixels, for the HTML of a section."""
    shown, more = HIDDEN.sub("", section), 1
    while more:
        shown, more = FOLDED.subn(r"\1", shown)
    lines = sum(code.count("\n") for code in CODE.findall(shown))
    letters = len(SPACE.sub(" ", html.unescape(TAG.sub("", CODE.sub("", shown)))))
    counted = [(letters, *LETTER), (lines, *LINE)]
    counted += [(len(re.findall(pattern, shown)), *pixels) for pattern, *pixels in PARTS]
    return [round(MORE * sum(count * pixels[at] for count, *pixels in counted)) for at in (0, 1)]


def with_heights(page):
    """A page whose sections say how tall they will be."""
    text, end, rest = page.partition("</article>")
    said, *sections = SECTION.split(text)
    for name, section in zip(sections[::2], sections[1::2], strict=True):
        narrow, wide = heights(section)
        said += f'<section id="{name}" style="--narrow: {narrow}px; --wide: {wide}px">{section}'
    return said + end + rest


def finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    for path in written_pages(app):
        before = path.read_text(encoding="utf-8")
        if (after := with_heights(before)) != before:
            path.write_text(after, encoding="utf-8", newline="\n")


def setup(app):
    app.connect("build-finished", finish, priority=810)  # when pages say what they will
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
