"""Review: the one page where questions that a reader has answered come back after days.

The page carries the script that says when; every question, as its chapter shows it, is one file that comes when a
sitting begins. What was answered on which day stays in the reader's browser (book_again.js).
"""

import hashlib
import json
import re
from html import escape
from pathlib import Path

from book_assets import small
from book_chapters import listed
from book_pagedata import PageData
from book_questions import Asked
from book_search import page_name
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
REVIEW = ROOT / "_ext" / "review"
SCRIPTS = (ROOT / "_vendor" / "ts-fsrs" / "schedule.min.js", REVIEW / "calendar.js", REVIEW / "review.js")
QUESTIONS = "_static/review-questions.js"
QUESTION = re.compile(r'<nn-question\b[^>]*\bdata-key="(?P<id>[\w-]+)".*?</nn-question>', re.S)
ADDRESS = re.compile(rf'(?<=data-questions="){re.escape(QUESTIONS)}[^"]*(?=")')


class Reviews(PageData):
    """{page: True} for the page that asks again."""

    name = "book_reviews"


class chapters(nodes.General, nodes.Element):
    """Stands where links to the chapters go, until all are read."""


class Review(SphinxDirective):
    """`{review}`: the sitting. What is written inside is for readers without scripts; links to the chapters follow."""

    has_content = True

    def run(self):
        Reviews.of(self.env)[self.env.docname] = True
        book = escape(self.config.html_title)
        opening = f'<div class="review" data-book="{book}" data-questions="{QUESTIONS}">\n<noscript>\n'
        words = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, words)
        raw = [nodes.raw("", html, format="html") for html in (opening, "</noscript>\n</div>\n")]
        return [raw[0], *words.children, chapters(), raw[1]]


def fill(app, doctree, docname):
    for place in list(doctree.findall(chapters)):
        items = [nodes.list_item("", nodes.paragraph("", "", link(app, docname, page))) for page in listed(app.env)]
        place.replace_self(nodes.bullet_list("", *items) if items else [])


def link(app, docname, page):
    return make_refnode(app.builder, docname, page, "", nodes.Text(page_name(app.env, page)))


def bring(app):
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "review.js").write_bytes(b"\n".join(small(path) for path in SCRIPTS))


def add(app, pagename, templatename, context, doctree):
    if pagename in Reviews.of(app.env):
        app.add_js_file("review.js", loading_method="defer")


def write(app, exception):
    """Every question as its written page has it, formulas typeset, and the file's checksum into the page that asks."""
    if exception is not None or app.builder.format != "html" or not Reviews.of(app.env):
        return
    found = {}
    for page, asked in sorted(Asked.of(app.env).items()):
        html = Path(app.builder.get_outfilename(page)).read_text(encoding="utf-8")
        here = {match["id"]: match[0] for match in QUESTION.finditer(html)}
        if list(here) != [name for name, _ in asked]:
            log.warning("its questions could not be read off the page", location=page, type="book", subtype="review")
        found |= here
    names = {page: page_name(app.env, page) for page in sorted(Asked.of(app.env))}
    data = json.dumps({"chapters": names, "questions": found}, ensure_ascii=False, separators=(",", ":"))
    text = f"window.nnQuestions = {data};\n"
    (Path(app.outdir) / QUESTIONS).write_text(text, encoding="utf-8", newline="\n")
    address = f"{QUESTIONS}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"
    for page in Reviews.of(app.env):
        path = Path(app.builder.get_outfilename(page))
        html = path.read_text(encoding="utf-8")
        path.write_text(ADDRESS.sub(address, html), encoding="utf-8", newline="\n")


def setup(app):
    app.add_env_collector(Reviews)
    app.add_node(chapters)
    app.add_directive("review", Review)
    app.connect("builder-inited", bring)
    app.connect("doctree-resolved", fill)
    app.connect("html-page-context", add)
    app.connect("build-finished", write, priority=600)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
