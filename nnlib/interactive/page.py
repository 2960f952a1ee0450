"""On a page: the first picture as SVG in the text, native controls, and every other picture as what differs."""

import html
import re
from functools import cache
from pathlib import Path

from nnlib.interactive import frames as drawing
from nnlib.interactive.render import markup, prefixed


@cache
def stylesheet():
    """The figure's style sheet, for where no page brings it."""
    return Path(__file__).with_name("explore.css").read_text(encoding="utf-8")


def picture(figure, tree):
    """A tree as an SVG element that says what it is."""
    width, height = (round(v * 72, 1) for v in (figure.layout.width, figure.layout.height))
    tag, attributes, text, children = prefixed(tree, f"{figure.id}-")
    named = {"viewBox": attributes["viewBox"], "role": "img", "aria-label": plain(figure.title),
             "style": f"--nn-width:{width:g};--nn-height:{height:g}"}
    return markup([tag, named, text, children])


def plain(text):
    """Docstring text without its marks."""
    return re.sub(r"[`*]", "", text)


def _inline(text):
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)


def caption(figure):
    """The docstring: its first line as the title, then what to try."""
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", figure.text) if p.strip()]
    first = f"<p><strong>{_inline(figure.title)}</strong>{' ' + _inline(paragraphs[0]) if paragraphs else ''}</p>"
    return first + "".join(f"<p>{_inline(p)}</p>" for p in paragraphs[1:])


def bake(figure):
    """The whole figure as HTML that needs nothing but explore.js and explore.css."""
    drawn = drawing.frames(figure)
    first = drawn["first"]
    values = ", ".join(f"{p.label} = {p.texts[p.start]}" if p.kind in ("slider", "play") else
                       f"{p.label}: {p.texts[p.start]}" for p in figure.parameters)
    says = html.escape(drawn["said"])
    inner = f'<div class="nn-picture">{first}</div>'
    if figure.parameters:
        title = html.escape(plain(figure.title))
        inner += (f'<div class="nn-controls" role="group" aria-label="{title}" hidden></div>'
                  f'<p class="nn-says">{says}</p>'
                  f'<p class="nn-values">{html.escape(values)}</p>'
                  f'<script type="application/x-explore">{drawn["packed"]}</script>')
        inner = f'<nn-explore id="explore-{figure.id}" data-name="{figure.id}" class="nn-explore">{inner}</nn-explore>'
    else:
        inner = (f'<div id="explore-{figure.id}" class="nn-explore">{inner}'
                 + (f'<p class="nn-says">{says}</p>' if says else "") + "</div>")
    return f'<figure class="nn-figure">{inner}<figcaption class="nn-caption">{caption(figure)}</figcaption></figure>'
