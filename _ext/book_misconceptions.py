"""A blockquote that opens with **A common misconception: "…"** becomes a box, and an index lists every box.

The index may say in a sentence what is true instead: a definition list, each term a claim as its box has it. A box
without a sentence and a sentence without a box each fail the build.
"""

from book_pagedata import PageData
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

log = logging.getLogger(__name__)
OPENING = "A common misconception"


class Claims(PageData):
    """{page: [(claim, id of its box), …]}, in the page's order."""

    name = "book_misconceptions"


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
            claim = plain(opening.astext()[len(OPENING) :])
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
        Claims.of(self.env)[self.env.docname] = found


def plain(claim):
    return claim.replace("’", "'").strip(" :.").strip("\"“”'.")


class misconception_list(nodes.General, nodes.Element):
    """Stands where the list of misconceptions goes, until every chapter is read."""


class Misconceptions(SphinxDirective):
    """`{misconceptions}`: every misconception by chapter, linked to its box; the content gives the truths."""

    has_content = True

    def run(self):
        place = misconception_list("")
        self.set_source_info(place)
        self.state.nested_parse(self.content, self.content_offset, place)
        return [place]


def fill(app, doctree, docname):
    for place in list(doctree.findall(misconception_list)):
        truths = {plain(item[0].astext()): item[1] for item in place.findall(nodes.definition_list_item)}
        wanted, lists = bool(truths), []
        for chapter in app.env.toctree_includes.get(app.config.root_doc, []) or sorted(Claims.of(app.env)):
            claims = Claims.of(app.env).get(chapter)
            if not claims:
                continue
            items = nodes.definition_list()
            for claim, identifier in claims:
                link = make_refnode(app.builder, docname, chapter, identifier, nodes.Text(f"“{claim}”"))
                truth = truths.pop(claim, None)
                if wanted and truth is None:
                    warn(f"“{claim}” has a box in {chapter}, but no sentence here", place)
                items.append(nodes.definition_list_item("", nodes.term("", "", link), *([truth] if truth else [])))
            lists += [nodes.rubric("", app.env.titles[chapter].astext()), items]
        for claim in truths:
            warn(f"no chapter has a box for “{claim}”", place)
        place.replace_self(lists or [nodes.paragraph("", "None yet.")])


def warn(message, place):
    log.warning("%s", message, location=place, type="book", subtype="misconception")


def refresh(app, env):
    """The page with the index is written again whenever a chapter was read."""
    return [name for name in env.found_docs if name == "misconceptions"]


def setup(app):
    app.add_env_collector(Claims)
    app.add_transform(Boxes)
    app.add_node(misconception_list)
    app.add_directive("misconceptions", Misconceptions)
    app.connect("doctree-resolved", fill)
    app.connect("env-updated", refresh)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
