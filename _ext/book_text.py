"""What a page says, as plain text by place: each formula once and in words; no code, no answers, no furniture.

A place is somewhere a link can lead: a section, a term, a misconception, a name of the library, a source.
"""

import re

from book_words import in_words
from docutils import nodes
from sphinx import addnodes

# Code is looked up in the reference; an answer, a hint or a solution would be given away.
LEFT_OUT = (
    nodes.literal_block,
    nodes.comment,
    nodes.raw,
    nodes.system_message,
    nodes.target,
    nodes.image,
    nodes.thead,
    addnodes.index,
    addnodes.toctree,
)
CELL, QUESTION = "cell", "question"
END = "\x1e"  # of a paragraph


def left_out(node):
    if isinstance(node, LEFT_OUT) or type(node).__name__ == QUESTION:
        return True
    return isinstance(node, nodes.container) and CELL in node.get("classes", ())


def plain(node):
    """The text of a node and all below it, in one line."""
    return re.sub(rf"[\s{END}]+", " ", "".join(pieces(node))).strip()


def blocks(node):
    """The same, a line for each paragraph, item or row of a table: no sentence runs on from one into the next."""
    lines = "".join(pieces(node)).split(END)
    return "\n".join(line for line in (re.sub(r"\s+", " ", line).strip() for line in lines) if line)


def pieces(node):
    if isinstance(node, nodes.math):
        yield in_words(node.astext())
    elif isinstance(node, nodes.math_block):
        yield f" {in_words(node.astext())} "
    elif isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, nodes.row):
        yield ": ".join(filter(None, map(plain, node.children))) + END
    elif not left_out(node):
        for child in shown(node.children):
            yield from pieces(child)
        if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
            yield END


def shown(children):
    """Without what lies between `<details>` and `</details>`: hints and solutions, closed until a reader opens them."""
    depth = 0
    for child in children:
        if isinstance(child, nodes.raw):
            depth += child.astext().count("<details") - child.astext().count("</details")
        elif depth <= 0:
            yield child


def place(kind, anchor, title, text):
    return {"kind": kind, "anchor": anchor, "title": title, "text": text}


def places(page):
    """Every place of a page (a doctree as read), the page itself first, in its order."""
    for section in page.findall(nodes.section):
        yield from of_section(section, top=section.parent is page)


def of_section(section, top):
    said, below = [], []
    for child in shown(section.children):
        found = list(own_places(child))
        below += found
        if not (found or isinstance(child, nodes.title | nodes.section)):
            said.append(blocks(child))
    title = next(section.findall(nodes.title), None)
    title = plain(title) if title is not None else ""
    yield place("page" if top else "section", "" if top else section["ids"][0], title, "\n".join(filter(None, said)))
    yield from below


def own_places(node):
    """What is a place of its own inside a section: terms, misconceptions, names of the library."""
    if isinstance(node, addnodes.glossary):
        for item in node.findall(nodes.definition_list_item):
            terms = list(item.findall(nodes.term))
            text = "\n".join(blocks(part) for part in item.findall(nodes.definition))
            yield place("term", terms[0]["ids"][0], " · ".join(plain(term) for term in terms), text)
    elif isinstance(node, nodes.Admonition) and "misconception" in node.get("classes", ()):
        title, *rest = node.children
        yield place("misconception", node["ids"][0] if node["ids"] else "", plain(title), "\n".join(map(blocks, rest)))
    elif isinstance(node, addnodes.desc):
        for desc in [node, *(inner for inner in node.findall(addnodes.desc) if inner is not node)]:
            signature = next(desc.findall(addnodes.desc_signature))
            text = "\n".join(
                blocks(part)
                for content in desc.children
                if isinstance(content, addnodes.desc_content)
                for part in content.children
                if not isinstance(part, addnodes.desc)
            )
            if signature["ids"]:
                yield place("name", signature["ids"][0], signature["ids"][0], text)
