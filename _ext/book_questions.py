"""On the site a cell `ask("id")` is the question itself: typeset while the book is built, answered with no kernel."""

import json
import re
from pathlib import Path

from book_pagedata import PageData
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

log = logging.getLogger(__name__)
CHAPTERS = Path(__file__).parent.parent / "classroom" / "chapters"
ASK = re.compile(r"""\s*ask\(\s*(["'])(?P<id>[\w-]+)\1\s*\)\s*""")


def replace_cells(app, docname, source):
    """Work on the notebook's text as read; the file that readers download stays as it is."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        found = ASK.fullmatch(text)
        if found:
            cell["cell_type"] = "markdown"
            cell["metadata"] = {}
            cell["source"] = f"```{{question}} {found['id']}\n```"
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
        elif "question" in cell["metadata"].get("tags", []):
            warn(f'a cell tagged “question” must hold ask("…") and nothing else, not: {text}', docname)
    source[0] = json.dumps(notebook)


def warn(message, location):
    log.warning("%s", message, location=location, type="book", subtype="question")


class Asked(PageData):
    """{page: [(id, misconception), …]}, in the page's order."""

    name = "book_questions"


class question(nodes.General, nodes.Element):
    """The element that `question.js` turns into a form."""


def visit(translator, node):
    translator.body.append(translator.starttag(node, "nn-question", **node["page"]))


def depart(translator, node):
    translator.body.append("</nn-question>\n")


def skip(translator, node):
    pass


class QuestionDirective(SphinxDirective):
    """`{question} id`: one quick question, at this place."""

    required_arguments = 1

    def run(self):
        from classroom import ask
        from classroom.questions import QuestionError
        from classroom.questions.page import attributes, pieces

        try:
            asked = ask(self.arguments[0])
        except QuestionError as error:
            warn(error.args[0], self.get_location())
            return []
        self.env.note_dependency(str(CHAPTERS / f"{asked.chapter}.toml"))
        page = attributes(asked)
        name = page.pop("id")
        node = question("", ids=[name], names=[name], page=page)
        self.set_source_info(node)
        self.state.document.note_explicit_target(node)
        for kind, text in pieces(asked):
            if kind == "html":
                node += nodes.raw("", text, format="html")
                continue
            parsed = nodes.container()
            self.state.nested_parse(StringList(text.splitlines(), asked.id), 0, parsed)
            if kind == "block":
                node += parsed.children
            else:
                node += nodes.inline("", "", *[part for child in parsed.children for part in child.children])
        here = Asked.of(self.env).setdefault(self.env.docname, [])
        here.append((asked.id, asked.misconception))
        return [node]


class about(nodes.General, nodes.Element):
    """Stands where links to questions go, until every chapter is read."""


class QuestionsOn(SphinxDirective):
    """`{questions-on} slug`: links to the quick questions about one misconception."""

    required_arguments = 1

    def run(self):
        node = about("", slug=self.arguments[0])
        self.set_source_info(node)
        return [node]


def fill(app, doctree, docname):
    from classroom.questions import all_questions
    from classroom.questions.page import plain

    for place in list(doctree.findall(about)):
        line = nodes.paragraph("", "Quick question: ", classes=["questions-on"])
        for page, asked in Asked.of(app.env).items():
            for identifier, misconception in asked:
                if misconception == place["slug"]:
                    text = nodes.Text(plain(all_questions()[identifier].text).split("\n")[0])
                    line += [] if len(line) == 1 else nodes.Text("; ")
                    line += make_refnode(app.builder, docname, page, f"question-{identifier}", text)
        if len(line) == 1:
            warn(f"no question names the misconception “{place['slug']}”", place)
        place.replace_self(line if len(line) > 1 else [])


def check_once(app, env):
    """Each question is asked once: twice on the site would be two anchors and one answer."""
    seen = {}
    for page, asked in Asked.of(env).items():
        for identifier, *_ in asked:
            if identifier in seen:
                warn(f"question “{identifier}” is asked here and in {seen[identifier]}", page)
            seen[identifier] = page


def setup(app):
    app.add_env_collector(Asked)
    app.add_node(question, html=(visit, depart), latex=(skip, skip), text=(skip, skip), man=(skip, skip))
    app.add_node(about)
    app.add_directive("question", QuestionDirective)
    app.add_directive("questions-on", QuestionsOn)
    app.connect("source-read", replace_cells, priority=300)  # before the tags of what is left are looked at
    app.connect("doctree-resolved", fill)
    app.connect("env-check-consistency", check_once)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
