"""The field to draw in, as HTML: an example stands in it until a reader draws, with a script or without one."""

import json
from html import escape

import numpy as np

from .hand import write
from .recipe import FINE, PEN, bitmap, normalise

EXAMPLE = 3, "other forms"
NO_SCRIPT = "With JavaScript on, you draw in this field and the network answers."
WAYS = (
    "Draw with a finger, a pen or a mouse. With a keyboard: arrow keys move the pen (with Shift by a quarter), "
    "Space sets it down and lifts it, Backspace takes the last stroke back."
)


def whole(strokes):
    """Strokes in whole numbers from 0 to FINE, [[x, y, x, y, …], …], as pages keep them."""
    return [np.floor(np.asarray(stroke) * FINE + 0.5).astype(int).ravel().tolist() for stroke in strokes]


def examples():
    """One drawing of each digit by a script's hand, all of them in different styles: [[x, y, …], …] each."""
    styles = ["small", "plain", "slanted", "off centre", "other forms", "wide", "leaning back", "other forms"]
    styles += ["narrow", "other forms"]
    return [whole(write(digit, style, np.random.default_rng(digit))[0]) for digit, style in enumerate(styles)]


def field(strokes):
    lines = "".join(f'<polyline points="{" ".join(map(str, stroke))}"/>' for stroke in strokes)
    return (
        f'<svg class="draw-field" viewBox="0 0 {FINE} {FINE}" role="img" aria-label="A digit, drawn by a script">'
        f'<g class="draw-ink" stroke-width="{round(PEN * FINE)}">{lines}</g>'
        '<path class="draw-cross" transform="translate(512 512)" d="M-60 0H60M0-60V60"/></svg>'
    )


def picture(seen):
    cells = "".join(
        f'<rect x="{k % 8}" y="{k // 8}" width="1.02" height="1.02" fill-opacity="{value:.4g}"/>'
        for k, value in enumerate(seen)
    )
    words = "What the network sees: 8 by 8 pixels"
    return f'<svg class="draw-seen" viewBox="0 0 8 8" role="img" aria-label="{words}"><g>{cells}</g></svg>'


def bars(said):
    rows = "".join(
        f'<li style="--share: {share:.3f}"><b>{digit}</b> <i></i> <span>{100 * share:.0f} %</span></li>'
        for digit, share in enumerate(said)
    )
    return f'<ol class="draw-bars" aria-label="How probable the network thinks each digit">{rows}</ol>'


def markup(said, small=False):
    """The whole element. `said`: what the network gives the example, ten probabilities."""
    digit, style = EXAMPLE
    strokes, _ = write(digit, style)
    seen = normalise(bitmap(strokes))
    best = int(np.argmax(said))
    answer = f"A script drew this {digit}, and the network reads {best}. Draw over it."
    name = "draw-small" if small else "draw-whole"
    meant = "".join(f'<button type="button" value="{k}">{k}</button>' for k in range(10))
    menu = "".join(f'<option value="{k}">{"an" if k == 8 else "a"} {k}</option>' for k in range(10))
    hands = (
        '<div class="draw-controls">'
        '<label class="draw-switch"><input type="checkbox" checked data-act="recipe"> '
        "preprocessed like the book’s digits</label>"
        '<label class="draw-menu">Show one by a script <select data-act="show"><option value="">choose</option>'
        f"{menu}</select></label>"
        "</div>"
        f'<fieldset class="draw-meant"><legend>Which digit did you draw?</legend>{meant}</fieldset>'
        '<p class="draw-tally" role="status"></p>'
        '<p class="draw-back"><button type="button" data-act="back" hidden>Take the last one back</button></p>'
    )
    return (
        f'<nn-draw class="{name}" data-pen="{PEN}">'
        f'<div class="draw-row"><div class="draw-left">{field(whole(strokes))}'
        '<div class="draw-strokes"><button type="button" data-act="undo">Undo stroke</button>'
        '<button type="button" data-act="clear">Clear</button></div></div>'
        f'<div class="draw-right">{picture(seen)}{"" if small else bars(said)}</div></div>'
        f'<p class="draw-answer" role="status">{escape(answer)}</p>'
        f'<p class="draw-ways">{escape(WAYS)}</p>{"" if small else hands}'
        f"<noscript><p>{escape(NO_SCRIPT)}</p></noscript></nn-draw>\n"
    )


def reading(net):
    """What `net` says of the example: ten probabilities."""
    from nnlib import softmax

    digit, style = EXAMPLE
    return softmax(net.forward(normalise(bitmap(write(digit, style)[0]))[None]))[0]


def script(net):
    """What comes with the first touch, after `recipe.js`: the network and a drawing of each digit."""
    from .reader import packed

    return f"nnDigits.layers = {packed(net)};\nnnDigits.examples = {json.dumps(examples(), separators=(',', ':'))};\n"
