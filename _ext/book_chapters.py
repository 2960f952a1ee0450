"""A chapter's number stands in its file's name, in the contents and in the text: wherever two differ, the build fails.

In text the book names its own chapters by links, `[chapter 5](05_loss.ipynb)`, or as *Chapter 5.* in the glossary, and
`tools/chapters.py` renumbers both. A bare "chapter 5" may stand where the same paragraph has cited another book, and in
questions and exercises, which hold no links.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

log = logging.getLogger(__name__)
NAMED = re.compile(r"\b[Cc]hapters? (\d+)")
FILE = re.compile(r"(?:^|/)(\d\d)_\w+$")


def warn(message, location):
    log.warning("%s", message, location=location, type="book", subtype="chapter")


def number(docname):
    """The number in a chapter's file name, or None for a page that is no chapter."""
    match = FILE.search(docname or "")
    return int(match[1]) if match and docname.startswith("chapters/") else None


def listed(env):
    """The chapters in the order of the contents."""
    return [name for name in env.toctree_includes.get(env.config.root_doc, []) if number(name)]


def check_order(app, env):
    for place, name in enumerate(listed(env), start=1):
        if number(name) != place:
            warn(f"{name} stands at place {place} of the contents: tools/chapters.py moves a chapter", name)
    found = {path.stem for path in Path(app.srcdir, "chapters").glob("[0-9][0-9]_*.ipynb")}
    for name in sorted(found - {Path(name).name for name in listed(env)}):
        warn(f"chapters/{name} is not in _toc.yml", env.config.root_doc)


def check_numbers(app, doctree):
    """Every "chapter N" that is a link must lead to chapter N, and every other must be somebody else's."""
    for text in list(doctree.findall(nodes.Text)):
        found = NAMED.findall(text)
        if not found or inside(text, nodes.literal_block, nodes.literal, nodes.comment, nodes.raw):
            continue
        link = inside(text, addnodes.pending_xref, nodes.reference)
        if link is not None:
            target = number_of(link, app.env.docname)
            if target is not None and [target] != [int(n) for n in found]:
                warn(f"“{text.astext()}” leads to chapter {target}", link)
        elif not (in_question(text) or in_glossary(text, app.env) or after_a_source(text)):
            warn(f"“chapter {found[0]}” is no link: write [chapter {found[0]}](…ipynb)", text.parent)


def inside(node, *kinds):
    while node is not None and not isinstance(node, kinds):
        node = node.parent
    return node


def number_of(link, docname):
    target = link.get("reftarget") or link.get("refuri", "")
    match = re.search(r"(?:^|/)(\d\d)_\w+?(?:\.ipynb)?$", target)
    return int(match[1]) if match else None


def in_question(node):
    while node is not None:
        if type(node).__name__ == "question":
            return True
        node = node.parent
    return False


def in_glossary(text, env):
    """“*Chapter 3.*” after a definition; it must be a chapter that there is."""
    if not isinstance(text.parent, nodes.emphasis) or env.docname != "glossary":
        return False
    chapters = {number(name) for name in env.found_docs}
    if int(NAMED.search(text)[1]) not in chapters:
        warn(f"there is no chapter {NAMED.search(text)[1]}", text.parent)
    return True


def after_a_source(text):
    """Is a source cited before it in the same paragraph? Then it is a chapter of that book."""
    block = text.parent
    while isinstance(block, nodes.Inline | nodes.TextElement) and isinstance(block.parent, nodes.TextElement):
        block = block.parent
    for node in block.findall():
        if node is text:
            return False
        if isinstance(node, addnodes.pending_xref) and node.get("reftarget") == "bibliography":
            return True
    return False


def setup(app):
    app.connect("env-check-consistency", check_order)
    app.connect("doctree-read", check_numbers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
