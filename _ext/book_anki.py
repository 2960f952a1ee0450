"""Every quick question as a card for Anki: one text file that its *Import* reads, made while the book is built.

The question's name is the card's own, so a later edition, imported again, renews the cards and keeps their dates.
"""

import csv
import io
import re
from functools import partial
from html import escape
from pathlib import Path

from book_chapters import number
from book_found import address
from book_questions import Asked
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

FILE = "downloads/weights-and-biases-anki.txt"
MATHS = re.compile(r'<span class="question-maths"[^>]*>(\$\$?)(.*?)\1</span>', re.S)
HEAD = """\
#separator:tab
#html:true
#notetype:Basic
#deck:{deck}
#guid column:1
#columns:Guid\tFront\tBack\tTags
#tags column:4
"""


class AnkiCards(SphinxDirective):
    """`{anki-cards} words`: a link to the file."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        html = f'<p><a href="{FILE}" download>{escape(self.arguments[0])}</a></p>\n'
        return [nodes.raw("", html, format="html")]


def side(html, macros):
    r"""Maths as Anki's MathJax reads it, `\(…\)`; the book's own commands are written out."""

    def marked(match):
        tex = match[2]
        for name, meaning in macros.items():
            tex = re.sub(re.escape(name) + r"(?![a-zA-Z])", lambda _, meaning=meaning: meaning, tex)
        return rf"\[{tex}\]" if match[1] == "$$" else rf"\({tex}\)"

    return f'<div style="text-align: left">{MATHS.sub(marked, html)}</div>'  # Anki centres what says nothing


def front(question):
    from classroom.questions.page import block_html, inline_html

    html = block_html(question.text)
    if question.kind == "several":
        html += "<p>More than one may be right.</p>"
    if question.kind != "number":
        html += "<ul>" + "".join(f"<li>{inline_html(part.text)}</li>" for part in question.shown) + "</ul>"
    return html


def back(question):
    """What is right and why, then the explanation, then why the rest is not."""
    from classroom.questions.page import WRONG, answers, block_html, inline_html

    told = [(mark, f"<b>{inline_html(said)}</b>: {inline_html(why)}") for _, mark, said, why in answers(question)]
    right = [line for mark, line in told if mark != WRONG]
    wrong = [line for mark, line in told if mark == WRONG]
    kind = "ol" if question.kind == "order" else "ul"
    html = f"<{kind}>{items(right)}</{kind}>" if len(right) > 1 else f"<p>{right[0]}</p>"
    html += block_html(question.explanation)
    return html + (f"<p>Not right:</p><ul>{items(wrong)}</ul>" if wrong else "")


def items(lines):
    return "".join(f"<li>{line}</li>" for line in lines)


def cards(asked, deck, macros, known=None):
    """The file's text, from `[(page, question), …]`; `known(page)` is a page's address, if the book has one."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    for page, question in asked:
        more = f'<p><a href="{known(page)}#question-{question.id}">In the book</a></p>' if known else ""
        sides = (side(html, macros) for html in (front(question), back(question) + more))
        chapter = number(page)
        writer.writerow([f"weights-and-biases-{question.id}", *sides, f"chapter-{chapter:02}" if chapter else ""])
    return HEAD.format(deck=deck) + file.getvalue()


def write(app, exception):
    from classroom import ask

    asked = [(page, ask(name)) for page, names in sorted(Asked.of(app.env).items()) for name, _ in names]
    if exception is not None or app.builder.format != "html" or not asked:
        return
    path = Path(app.outdir) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    known = partial(address, app) if app.config.html_baseurl else None
    text = cards(asked, app.config.html_title, app.config.katex_macros, known)
    path.write_text(text, encoding="utf-8", newline="\n")


def setup(app):
    app.add_directive("anki-cards", AnkiCards)
    app.connect("build-finished", write, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
