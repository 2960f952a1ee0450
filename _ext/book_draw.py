"""On the site a cell `draw_a_digit()` is the field itself; the network that reads it is trained by the build."""

import hashlib
import json
import re
import shutil
from pathlib import Path

from book_pagedata import PageData
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

DRAW = Path(__file__).parent.parent / "classroom" / "draw"
CELL = re.compile(r"\s*draw_a_digit\(\)\s*")


class Fields(PageData):
    """{page: True} for the pages that have a field."""

    name = "book_draw"


def replace_cells(app, docname, source):
    """Work on the notebook's text as read; the file that readers download stays as it is."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and CELL.fullmatch("".join(cell["source"])):
            cell |= {"cell_type": "markdown", "metadata": {}, "source": "```{draw-a-digit}\n```"}
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    source[0] = json.dumps(notebook)


class Field(SphinxDirective):
    """`{draw-a-digit}`, or `{draw-a-digit} small`: the field, at this place."""

    optional_arguments = 1

    def run(self):
        from classroom.draw.element import markup

        config = self.env.app.book_draw
        Fields.of(self.env)[self.env.docname] = True
        small = self.arguments == ["small"]
        html = markup(config["said"], small).replace("<nn-draw ", f'<nn-draw data-reader="{config["reader"]}" ', 1)
        return [nodes.raw("", html, format="html")]


def bring(app):
    """The network is trained, and goes into the site with the recipe under an address that changes with its content."""
    from classroom.draw.element import reading, script
    from classroom.draw.reader import reader

    net = reader()
    text = (DRAW / "touch" / "recipe.js").read_text(encoding="utf-8") + script(net)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    app.book_draw = {"said": reading(net), "reader": f"draw/{version}/reader.js"}
    if app.builder.format == "html":
        shutil.rmtree(Path(app.outdir) / "_static" / "draw", ignore_errors=True)
        folder = Path(app.outdir) / "_static" / "draw" / version
        folder.mkdir(parents=True)
        (folder / "reader.js").write_text(text, encoding="utf-8", newline="\n")
        shutil.copyfile(DRAW / "draw.js", Path(app.outdir) / "_static" / "draw.js")


def add(app, pagename, templatename, context, doctree):
    """The script on the pages that have a field, and on no other."""
    if pagename in Fields.of(app.env):
        app.add_js_file("draw.js", loading_method="defer")


def reread(app, env, added, changed, removed):
    """Pages name the network's address and what it says: when that changes they are read again."""
    before, env.book_drawn_by = getattr(env, "book_drawn_by", None), app.book_draw["reader"]
    return [] if before == env.book_drawn_by else list(Fields.of(env))


def setup(app):
    app.add_env_collector(Fields)
    app.add_directive("draw-a-digit", Field)
    app.connect("source-read", replace_cells, priority=300)
    app.connect("builder-inited", bring)
    app.connect("env-get-outdated", reread)
    app.connect("html-page-context", add)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
