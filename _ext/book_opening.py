"""A chapter opens with what it asks of a reader: about how long to read, how long to practise, and what is in it."""

import math

from book_chapters import number, warn
from book_python import Exercises
from book_questions import Asked
from docutils import nodes

WORDS_A_MINUTE = 200  # of explanatory prose
# Minutes that each takes besides its words; rough, and said to be.
FIGURE, LISTING, QUESTION, EXERCISE = 0.75, 0.35, 1.0, 4.0
AS_LINE = '<p class="book-opening">{parts}<span class="book-state" hidden></span></p>\n'


def rounded(minutes):
    return max(5, 5 * math.ceil(minutes / 5))


def words(doctree):
    """The words that are read: text and lists, not listings, outputs or what stands in a box to be opened."""
    return sum(len(node.astext().split()) for node in doctree.findall(nodes.paragraph))


def add_line(app, doctree):
    page = app.env.docname
    if not number(page):
        return
    title = next(doctree.findall(nodes.title), None)
    if title is None:
        warn("a chapter opens with its title, and this one has none", page)
        return
    asked, tasks = len(Asked.of(app.env).get(page, ())), len(Exercises.of(app.env).get(page, ()))
    listings = len(list(doctree.findall(nodes.literal_block)))
    figures = sum('class="nn-figure"' in node.astext() for node in doctree.findall(nodes.raw))
    reading = rounded(words(doctree) / WORDS_A_MINUTE + figures * FIGURE + listings * LISTING)
    practice = rounded(asked * QUESTION + tasks * EXERCISE)
    parts = [f"About {reading} minutes to read", f"{practice} to practise"]
    parts += [f"{n} {word}{'s' * (n != 1)}" for n, word in ((tasks, "exercise"), (asked, "question")) if n]
    line = nodes.raw("", AS_LINE.format(parts="".join(f"<span>{part}</span>" for part in parts)), format="html")
    title.parent.insert(title.parent.index(title) + 1, line)


def setup(app):
    app.connect("doctree-read", add_line)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
