"""A derivation in steps: a list beside its figure, which stays in view and shows the step that is being read.

A figure's cell with the tag `steps-5` goes with the next numbered list: its first item is the value at place 5 of the
figure's first control, its second the one at place 6. Where there is no room or no script, the list follows the figure.
"""

import re
from pathlib import Path

from book_assets import small
from book_pagedata import PageData
from docutils import nodes
from sphinx.util import logging

log = logging.getLogger(__name__)
FILES = Path(__file__).parent / "steps"
TAG = re.compile(r"tag_steps-(\d+)")


class Derivations(PageData):
    """{page: True} for the pages that have one."""

    name = "book_steps"


def first_value(node):
    """The value that the first step shows, where a node is a figure's cell with the tag; else None."""
    found = [TAG.fullmatch(name) for name in node.get("classes", ())] if isinstance(node, nodes.container) else []
    return next((int(match[1]) for match in found if match), None)


def frame(app, doctree):
    for cell in list(doctree.findall(nodes.container)):
        first = first_value(cell)
        if first is None:
            continue
        section = cell.parent
        start = section.index(cell)
        lists = [at for at in range(start, len(section)) if isinstance(section[at], nodes.enumerated_list)]
        if not lists:
            log.warning("no numbered list follows the figure whose steps it should show", location=cell, type="book")
            continue
        if start and "<nn-cell" in section[start - 1].astext():
            start -= 1
        section.insert(lists[0] + 1, nodes.raw("", "</div>", format="html"))
        section.insert(start, nodes.raw("", f'<div class="book-steps" data-first="{first}">', format="html"))
        Derivations.of(app.env)[app.env.docname] = True


def bring(app):
    if app.builder.format != "html":
        return
    for path in FILES.glob("*.js"):
        (Path(app.outdir) / "_static" / path.name).write_bytes(small(path))


def add(app, pagename, templatename, context, doctree):
    """The script on the pages that have a derivation, and on no other."""
    if pagename in Derivations.of(app.env):
        app.add_js_file("steps.js", loading_method="defer")


def setup(app):
    app.add_env_collector(Derivations)
    app.connect("builder-inited", bring)
    app.connect("doctree-read", frame)
    app.connect("html-page-context", add)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
