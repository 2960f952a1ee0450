"""On a page: the first picture as SVG in the text, native controls, and every other picture as what differs."""

import html
import json
import re
from functools import cache
from pathlib import Path

from .frames import draw_all
from .render import markup, prefixed
from .words import inline, plain

_first = []  # which figure this process has baked first


@cache
def stylesheet():
    """The figure's style sheet, for where no page brings it."""
    return Path(__file__).with_name("explore.css").read_text(encoding="utf-8")


def picture(explored, tree, prefix=True):
    """A tree as an SVG element that says what it is, its ids made the figure's own unless they are already."""
    tag, attributes, text, children = prefixed(tree, f"{explored.id}-") if prefix else tree
    named = {"viewBox": attributes["viewBox"], "role": "img", "aria-label": plain(explored.title)}
    return markup([tag, named, text, children])


def caption(explored):
    """The docstring: its first line as the title, then what to try."""
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", explored.text) if p.strip()]
    first = f"<p><strong>{inline(explored.title)}</strong>{' ' + inline(paragraphs[0]) if paragraphs else ''}</p>"
    return first + "".join(f"<p>{inline(p)}</p>" for p in paragraphs[1:])


def _controls(explored):
    """The panel; its controls wait in a template for the script that gives them life, once a reader is near."""
    rows = "".join(p.row(explored.id) for p in explored.parameters)
    foot = (
        f'<div class="nn-foot"><a class="nn-link" href="#{explored.id}:" data-act="link">Link to this view</a>'
        '<button type="button" data-act="reset">Reset</button></div>'
    )
    room = f"--nn-lines:{rows.count('nn-row') + rows.count('nn-play') + 1}"
    return (
        f'<div class="nn-controls" role="group" aria-label="Controls" style="{room}">'
        f"<template>{rows}{foot}</template></div>"
    )


def shown(explored, svg, said, after=""):
    """The parts that every life of a figure has: the picture, the sentence, what the script adds."""
    width = f"--nn-width:{round(explored.layout.width * 72, 1):g}"
    return (
        f'<div class="nn-picture"><div class="nn-frame" style="{width}">{svg}</div></div>'
        f'<p class="nn-says">{html.escape(said)}</p>{after}'
    )


def still(explored, tree, said):
    """A picture without controls that needs no script."""
    return (
        f'<div class="nn-explore">{shown(explored, picture(explored, tree), said)}</div>'
        f'<div class="nn-caption">{caption(explored)}</div>'
    )


def element(explored, svg, said, packed):
    """The picture with its controls; `packed` is what explore.js shows the other pictures from."""
    controls = json.dumps([p.for_page() for p in explored.parameters], ensure_ascii=False, separators=(",", ":"))
    asked = explored.guess.for_page(explored.id) if explored.guess else ""
    values = html.escape(", ".join(p.in_words(p.start) for p in explored.parameters))
    after = (
        f'{asked}<p class="nn-values">{values}</p>{_controls(explored)}<p class="nn-live" aria-live="polite"></p>'
        f'<script type="application/x-explore">{packed}</script>'
    )
    return (
        f'<nn-explore id="explore-{explored.id}" class="nn-explore" data-name="{explored.id}" '
        f'data-controls="{html.escape(controls)}">{shown(explored, svg, said, after)}</nn-explore>'
    )


def bake(explored):
    """The whole figure as HTML that needs nothing but explore.js, guess.js and explore.css."""
    tree, said, packed = draw_all(explored)
    return whole(explored, picture(explored, tree, prefix=False), said, packed)


def preview(explored):
    """The first figure of a chapter as a PNG too, for the picture that a link to the chapter shows."""
    _first[:] = _first or [explored.id]
    return {"image/png": explored.canvas.png(explored.function, explored.start)} if _first == [explored.id] else {}


def whole(explored, svg, said, packed):
    """The picture, with controls where it has any, and its caption below."""
    if explored.parameters:
        inner = element(explored, svg, said, packed)
    else:
        inner = f'<div id="explore-{explored.id}" class="nn-explore">{shown(explored, svg, said)}</div>'
    name, below = html.escape(plain(explored.title)), caption(explored)
    return (
        f'<figure class="nn-figure" aria-label="{name}">{inner}'
        f'<figcaption class="nn-caption">{below}</figcaption></figure>'
    )
