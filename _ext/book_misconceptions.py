"""A blockquote that opens with **A common misconception: "…"** becomes a box, and an index lists every box."""

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

OPENING = "A common misconception"


class Boxes(SphinxTransform):
    default_priority = 700

    def apply(self, **kwargs):
        found = []
        for quote in list(self.document.findall(nodes.block_quote)):
            first = quote.children[0] if quote.children else None
            words = [child for child in first.children if child.astext()] if isinstance(first, nodes.paragraph) else []
            opening = words[0] if words else None
            if not (isinstance(opening, nodes.strong) and opening.astext().startswith(OPENING)):
                continue
            claim = opening.astext()[len(OPENING) :].strip(" :.").strip("\"“”'.")
            identifier = f"misconception-{len(found) + 1}"
            if words[1:] and isinstance(words[1], nodes.Text):
                words[1] = nodes.Text(words[1].astext().lstrip(" .:"))
            first.children = []
            first.extend(words[1:])
            title = nodes.title("", "", nodes.Text("A common misconception: "), nodes.emphasis("", f"“{claim}”"))
            body = [child for child in quote.children if child is not first or first.astext().strip()]
            box = nodes.admonition("", title, *body, classes=["misconception"], ids=[identifier])
            box.source, box.line = quote.source, quote.line
            quote.replace_self(box)
            found.append((claim, identifier))
        store(self.env)[self.env.docname] = found


def store(env):
    if not hasattr(env, "book_misconceptions"):
        env.book_misconceptions = {}
    return env.book_misconceptions


class misconception_list(nodes.General, nodes.Element):
    """Stands where the list of misconceptions goes, until every chapter is read."""


class Misconceptions(SphinxDirective):
    """`{misconceptions}`: every misconception the book refutes, by chapter, each a link to its box."""

    def run(self):
        return [misconception_list("")]


def fill(app, doctree, docname):
    for place in list(doctree.findall(misconception_list)):
        lists = []
        for chapter in app.env.toctree_includes.get(app.config.root_doc, []) or sorted(store(app.env)):
            claims = store(app.env).get(chapter)
            if not claims:
                continue
            items = nodes.bullet_list()
            for claim, identifier in claims:
                link = make_refnode(app.builder, docname, chapter, identifier, nodes.Text(f"“{claim}”"))
                items.append(nodes.list_item("", nodes.paragraph("", "", link)))
            lists += [nodes.rubric("", app.env.titles[chapter].astext()), items]
        place.replace_self(lists or [nodes.paragraph("", "None yet.")])


def purge(app, env, docname):
    store(env).pop(docname, None)


def merge(app, env, docnames, other):
    store(env).update(store(other))


def refresh(app, env):
    """The page with the index is written again whenever a chapter was read."""
    return [name for name in env.found_docs if name == "misconceptions"]


def setup(app):
    app.add_transform(Boxes)
    app.add_node(misconception_list)
    app.add_directive("misconceptions", Misconceptions)
    app.connect("doctree-resolved", fill)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", refresh)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
