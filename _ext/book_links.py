"""Plain Markdown links become checked references: to a term, a source, or a name of nnlib.

Chapters are notebooks that must also read well in JupyterLab, so they hold ordinary links only:
`[bias](../glossary.md#bias)`, `[Nielsen (2015)](../bibliography.md#nielsen2015)`,
`[Linear](../reference.md#nnlib.Linear)`. Here each is resolved, and an unknown one fails the build.
"""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

log = logging.getLogger(__name__)


def slug(term):
    """A term as a link writes it: `learning rate` is `learning-rate`."""
    return re.sub(r"[^\w]+", "-", term.lower()).strip("-")


def find_term(env, target):
    for name, kind, docname, anchor in ((o[0], o[2], o[3], o[4]) for o in env.domains["std"].get_objects()):
        if kind == "term" and slug(name) == target:
            return docname, anchor


def find_source(env, target):
    for citation in env.get_domain("cite").citations:
        if citation.key == target:
            return citation.bibliography_key.docname, citation.citation_id


def find_name(env, target):
    entry = env.domains["py"].objects.get(target)
    return (entry.docname, entry.node_id) if entry else None


FINDERS = {
    "glossary": ("term", "a term of the glossary", find_term),
    "bibliography": ("source", "a key of the bibliography", find_source),
    "reference": ("api", "a name in the nnlib reference", find_name),
}


class ResolveLinks(SphinxPostTransform):
    default_priority = 8  # just before MyST, which would look for a heading of that name

    def run(self, **kwargs):
        for node in list(self.document.findall(addnodes.pending_xref)):
            target = node.get("reftargetid")
            if node["reftype"] != "myst" or node.get("refdomain") != "doc" or not target:
                continue
            if node["reftarget"] not in FINDERS:
                continue
            css, what, find = FINDERS[node["reftarget"]]
            found = find(self.env, target)
            if found is None:
                log.warning("“%s” is not %s", target, what, location=node, type="book", subtype="link")
                node.replace_self(node.children)
                continue
            label = nodes.inline("", "", *[child.deepcopy() for child in node.children], classes=[css])
            node.replace_self(make_refnode(self.app.builder, self.env.docname, found[0], found[1], label))

        if self.env.docname == "glossary":
            self.link_chapters()

    def link_chapters(self):
        """“Chapter 3.” or “Front page.” at the end of a definition leads there."""
        for place in list(self.document.findall(nodes.emphasis)):
            match = re.fullmatch(r"Chapter (\d+)\.", place.astext())
            names = [n for n in self.env.found_docs if match and n.startswith(f"chapters/{int(match[1]):02}_")]
            if place.astext() == "Front page.":
                names = [self.app.config.root_doc]
            if names:
                label = nodes.inline("", place.astext(), classes=["book-place"])
                place.replace_self(make_refnode(self.app.builder, self.env.docname, names[0], "", label))


def setup(app):
    app.add_post_transform(ResolveLinks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
