"""Maths is typeset while the book is built: a page shows it with JavaScript off, and bad TeX fails the build."""

import json
import re
from functools import lru_cache
from pathlib import Path

import quickjs
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

log = logging.getLogger(__name__)
CLOSING = re.compile(r"[,.;:?!)\]’”]+")
KATEX = Path(__file__).parent.parent / "_vendor" / "katex"


@lru_cache(1)
def engine():
    """KaTeX in a small JavaScript engine."""
    context = quickjs.Context()
    context.eval((KATEX / "katex.min.js").read_text(encoding="utf-8") + "\n;0")
    # JSON.stringify flattens the string: quickjs-ng 0.17 cannot hand a rope string to Python.
    context.eval(
        "function render(tex, options) { return JSON.stringify(katex.renderToString(tex, JSON.parse(options))) };0"
    )
    return context.get("render")


@lru_cache(None)
def render(tex, display, macros):
    """TeX to HTML for the eye and MathML for screen readers; raises `quickjs.JSException` on bad TeX."""
    options = {"displayMode": display, "throwOnError": True, "strict": "ignore", "output": "htmlAndMathml"}
    return json.loads(engine()(tex, json.dumps(options | {"macros": json.loads(macros)})))


class Glue(SphinxPostTransform):
    """A formula and the comma after it in one element: book.css keeps them on one line, if they are short."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options):
        for math in list(self.document.findall(nodes.math)):
            after = math.next_node(descend=False, siblings=True)
            if not (isinstance(after, nodes.Text) and (sign := CLOSING.match(after))):
                continue
            parent, together = math.parent, nodes.inline(classes=["book-together"])
            parent.replace(after, nodes.Text(after[sign.end() :]))
            parent.replace(math, together)
            together += [math, nodes.Text(sign[0])]


def typeset(translator, node, display):
    tex = node.astext()
    if display and "\\begin" not in tex and ("&" in tex or "\\\\" in tex):
        tex = r"\begin{aligned}" + tex + r"\end{aligned}"
    try:
        return render(tex, display, json.dumps(translator.config.katex_macros))
    except quickjs.JSException as error:
        log.warning("bad TeX: %s", str(error).splitlines()[0], location=node, type="katex")
        return '<code class="katex-error">' + translator.encode(tex) + "</code>"


def visit_inline(translator, node):
    html = typeset(translator, node, display=False)
    translator.body.append(translator.starttag(node, "span", "", CLASS="math") + html + "</span>")
    raise nodes.SkipNode


def visit_block(translator, node):
    # A wide formula scrolls inside its own box; tabindex lets the keyboard scroll it (explore.js: only if it must).
    named = {"role": "group", "aria-label": "formula"}
    translator.body.append(translator.starttag(node, "div", "", CLASS="math nn-wide", tabindex="0", **named))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append(typeset(translator, node, display=True) + "</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_config_value("katex_macros", {}, "env")
    app.add_post_transform(Glue)
    app.add_html_math_renderer("katex", inline_renderers=(visit_inline, None), block_renderers=(visit_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
