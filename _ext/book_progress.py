"""How many questions and exercises a reader has done, beside each chapter in the contents; kept in the browser only."""

import json

from book_python import Exercises
from book_questions import Asked
from book_review import Reviews
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

CONTROL = """<div class="question-store">
<p>What you have answered, written, solved and drawn is kept in this browser and nowhere else: nothing is sent, and
nobody else can see it. A browser may forget it: Safari does after seven days of use in which you do not come here,
unless the book is on the home screen. A file that you save below does not.
<span class="question-store-off">With JavaScript off, nothing is kept.</span></p>
</div>
"""


class Control(SphinxDirective):
    """`{question-store}`: save, load and erase what this browser keeps."""

    def run(self):
        return [nodes.raw("", CONTROL, format="html")]


def add_line(app, doctree):
    """At the end of a chapter: how many of its questions are answered, and which are left."""
    if Asked.of(app.env).get(app.env.docname) or Exercises.of(app.env).get(app.env.docname):
        end = next(doctree.findall(nodes.section), doctree)
        end += nodes.raw("", '<div class="question-progress" hidden></div>\n', format="html")


def index(env):
    """{"questions": {page: [id, …]}, "exercises": {page: [id, …]}, "review": the page that asks again, or None}."""
    questions = {page: [name for name, _ in asked] for page, asked in sorted(Asked.of(env).items()) if asked}
    review = next(iter(Reviews.of(env)), None)
    return {"questions": questions, "exercises": dict(sorted(Exercises.of(env).items())), "review": review}


def add_index(app, pagename, templatename, context, doctree):
    """Data, not a script: which questions and exercises each page has."""
    data = json.dumps({"page": pagename} | index(app.env))
    app.add_js_file(None, body=data, type="application/json", id="question-index")


def refresh(app, env):
    """Every page knows every question and exercise: when one comes or goes, all are written again."""
    before, env.book_question_index = getattr(env, "book_question_index", None), index(env)
    return [] if before == env.book_question_index else list(env.found_docs)


def setup(app):
    app.add_directive("question-store", Control)
    app.connect("doctree-read", add_line)
    app.connect("html-page-context", add_index)
    app.connect("env-updated", refresh)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
