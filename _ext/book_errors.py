"""A traceback on a page fails the build, also one that IPython swallows, such as a figure that cannot draw itself."""

from docutils import nodes
from sphinx.util import logging

log = logging.getLogger(__name__)


def expected(node):
    """True inside a cell tagged `raises-exception`: there the error is what the chapter shows."""
    while node is not None:
        if "tag_raises-exception" in node.get("classes", []):
            return True
        node = node.parent
    return False


def look(app, doctree):
    for block in doctree.findall(nodes.literal_block):
        if block.get("language") == "ipythontb" and not expected(block):
            last = block.astext().strip().splitlines()[-1]
            log.warning("a cell shows an error: %s", last, location=block, type="book", subtype="error")


def setup(app):
    app.connect("doctree-read", look)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
