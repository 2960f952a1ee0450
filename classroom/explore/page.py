"""On a page: the first picture as SVG in the text, native controls, and every other picture as what differs."""

import html
import json
import re
from functools import cache
from pathlib import Path

from . import frames as drawing
from .render import markup, prefixed
from .words import inline, plain


@cache
def stylesheet():
    """The figure's style sheet, for where no page brings it."""
    return Path(__file__).with_name("explore.css").read_text(encoding="utf-8")


def picture(figure, tree, prefix=True):
    """A tree as an SVG element that says what it is."""
    tag, attributes, text, children = prefixed(tree, f"{figure.id}-") if prefix else tree
    named = {"viewBox": attributes["viewBox"], "role": "img", "aria-label": plain(figure.title)}
    return markup([tag, named, text, children])


def caption(figure):
    """The docstring: its first line as the title, then what to try."""
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", figure.text) if p.strip()]
    first = f"<p><strong>{inline(figure.title)}</strong>{' ' + inline(paragraphs[0]) if paragraphs else ''}</p>"
    return first + "".join(f"<p>{inline(p)}</p>" for p in paragraphs[1:])


ICONS = {
    "back": "M12 2v12L3 8zM2 2h1.6v12H2z",
    "forward": "M4 2l9 6-9 6zM12.4 2H14v12h-1.6z",
    "go": "M4 2l10 6-10 6z",
    "stop": "M3 2h3.5v12H3zM9.500 2H13v12H9.5z",
}


def _icon(name, kind=""):
    return f'<svg class="nn-{kind or name}" viewBox="0 0 16 16" aria-hidden="true"><path d="{ICONS[name]}"/></svg>'


def _row(figure, p):
    """One parameter's label, native control and value."""
    key, label = f"{figure.id}-{p.name}", html.escape(p.label)
    head = f'<label for="{key}">{label}</label>'
    if p.kind == "switch":
        checked = " checked" if p.start else ""
        tick = f'<span class="nn-tick"><input type="checkbox" id="{key}" autocomplete="off"{checked}></span>'
        return f'<div class="nn-row">{head}{tick}</div>'
    if p.kind == "choice":
        options = "".join(
            f"<option{' selected' if i == p.start else ''}>{html.escape(t)}</option>" for i, t in enumerate(p.texts)
        )
        return f'<div class="nn-row">{head}<select id="{key}" autocomplete="off">{options}</select></div>'
    row = (
        f'<div class="nn-row" style="--nn-characters:{max(map(len, p.texts))}ch">{head}'
        f'<input type="range" id="{key}" min="0" max="{len(p.values) - 1}" value="{p.start}" autocomplete="off">'
        f'<output for="{key}" aria-live="off">{p.texts[p.start]}</output></div>'
    )
    if p.kind == "play":

        def button(act, words, icon, more=""):
            return (
                f'<button type="button" data-act="{act}" aria-controls="{key}" aria-label="{words}"{more}>'
                f"{icon}</button>"
            )

        row += (
            '<div class="nn-play">'
            + button("back", f"{label}: one step back", _icon("back"))
            + button("play", f"Play {label}", _icon("go") + _icon("stop"), ' aria-pressed="false"')
            + button("forward", f"{label}: one step forward", _icon("forward"))
            + "</div>"
        )
    return row


def _controls(figure):
    """The panel, as it stands before any script: CSS keeps it unseen until the script is there."""
    rows = "".join(_row(figure, p) for p in figure.parameters)
    foot = (
        f'<div class="nn-foot"><a class="nn-link" href="#{figure.id}:" data-act="link">Link to this view</a>'
        '<button type="button" data-act="reset">Reset</button></div>'
    )
    name = f"Controls: {html.escape(plain(figure.title))}"
    return f'<div class="nn-controls" role="group" aria-label="{name}">{rows}{foot}</div>'


def values_text(figure):
    """The first picture's values in words."""
    return ", ".join(p.label + (" = " if p.numeric else ": ") + p.texts[p.start] for p in figure.parameters)


def shown(figure, svg, said, after=""):
    """The parts that every life of a figure has: the picture, the sentence, what the script adds."""
    width = f"--nn-width:{round(figure.layout.width * 72, 1):g}"
    return (
        f'<div class="nn-picture"><div class="nn-frame" style="{width}">{svg}</div></div>'
        f'<p class="nn-says">{html.escape(said)}</p>{after}'
    )


def still(figure, tree, said):
    """A picture without controls that needs no script."""
    return (
        f'<div class="nn-explore">{shown(figure, picture(figure, tree), said)}</div>'
        f'<div class="nn-caption">{caption(figure)}</div>'
    )


def bake(figure):
    """The whole figure as HTML that needs nothing but explore.js and explore.css."""
    drawn = drawing.frames(figure)
    where = f'id="explore-{figure.id}" class="nn-explore"'
    if figure.parameters:
        controls = json.dumps([p.for_page() for p in figure.parameters], ensure_ascii=False, separators=(",", ":"))
        asked = figure.guess.for_page(figure.id) if figure.guess else ""
        after = (
            f'{asked}<p class="nn-values">{html.escape(values_text(figure))}</p>{_controls(figure)}'
            '<p class="nn-live" aria-live="polite"></p>'
            f'<script type="application/x-explore">{drawn["packed"]}</script>'
        )
        inner = (
            f'<nn-explore {where} data-name="{figure.id}" data-controls="{html.escape(controls)}">'
            f"{shown(figure, drawn['first'], drawn['said'], after)}</nn-explore>"
        )
    else:
        inner = f"<div {where}>{shown(figure, drawn['first'], drawn['said'])}</div>"
    return f'<figure class="nn-figure">{inner}<figcaption class="nn-caption">{caption(figure)}</figcaption></figure>'
