"""One neuron, drawn: inputs, weights and a bias run into a sum, and the sum picks its place on a curve."""

import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from .axes import SUBSCRIPTS, array, canvas, number
from .curves import evaluate
from .diagram import DASHES
from .style import BLUE, GREY, INK, ORANGE, PAPER

INPUT, SUM, BOX = 0.105, 0.15, 0.155  # radii of the circles of an input and of the sum; half a side of the curve's box
ROW = 0.56  # the height at which sum, curve and answer stand
HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2}


def neuron_diagram(ax, x, w, b, activation, *, digits=0, zlim=(-6, 6), alim=(-0.1, 1.1), scale=None):
    """Draw a neuron with its numbers: x (D,) times w (D,), the sum z with the bias b, and a = activation(z).

    An arrow is thick where |w| / `scale` is large (default: the largest |w|), blue and solid for w ≥ 0, orange and
    dashed for w < 0; on it stand the weight and, at its end, the product. `digits` are the decimals of everything but
    a. The small curve is drawn for z in `zlim` and a in `alim`; for a z beyond, its dot stays at the edge.
    Returns (z, a).
    """
    x, w = array("x", x, 1), array("w", w, 1)
    if x.shape != w.shape or not len(x):
        raise ValueError(f"x and w must be equally long, got {len(x)} inputs and {len(w)} weights.")
    z = float(x @ w + b)
    a = evaluate(activation, np.array([z]), "activation").item()
    scale = float(scale or np.abs(w).max() or 1.0)
    width = canvas(ax)
    left, middle, box = INPUT + 0.1, 0.53 * width, 0.77 * width
    heights = ROW + 0.31 * np.linspace(1, -1, len(x)) if len(x) > 1 else [ROW]
    for n, (value, weight, y) in enumerate(zip(x, w, heights, strict=True), start=1):
        index = str(n).translate(SUBSCRIPTS)
        _disc(ax, left, y, INPUT, number(value, digits))
        ax.text(left - INPUT - 0.03, y, f"x{index}", ha="right", va="center_baseline")
        start, end = _between((left, y), (middle, ROW), INPUT, SUM)
        _arrow(ax, start, end, weight, scale)
        _on(ax, start, end, 0.36, f"w{index} = {number(weight, digits)}")
        _on(ax, start, end, 0.76, number(value * weight, digits), weight="bold")
    _arrow(ax, (middle, 0.12), (middle, ROW - SUM), b, scale)
    ax.text(middle, 0.05, f"b = {number(b, digits)}", ha="center", va="center_baseline")
    _disc(ax, middle, ROW, SUM, f"z = {number(z, digits)}")
    _arrow(ax, (middle + SUM, ROW), (box - BOX, ROW))
    _small_curve(ax, box, ROW, activation, zlim, alim, z)
    _arrow(ax, (box + BOX, ROW), (box + BOX + 0.12, ROW))
    ax.text(box + BOX + 0.14, ROW, f"a = {number(a)}", ha="left", va="center_baseline", weight="bold")
    for at, text in ((middle, "sum"), (box, "curve")):
        ax.text(at, ROW + SUM + 0.05, text, ha="center", va="bottom", color=GREY)
    return z, a


def _disc(ax, x, y, radius, text):
    ax.add_artist(Circle((x, y), radius, facecolor=PAPER, edgecolor=INK, linewidth=1.8, zorder=2))
    ax.text(x, y, text, ha="center", va="center_baseline", zorder=3)


def _between(start, end, first, last):
    """The part of the way from one circle's middle to another's that lies outside both."""
    start, end = np.array(start), np.array(end)
    unit = (end - start) / np.hypot(*(end - start))
    return start + first * unit, end - last * unit


def _on(ax, start, end, share, text, **style):
    """Write on an arrow, that share of the way along."""
    ax.text(*(start + share * (end - start)), text, ha="center", va="center", zorder=4, bbox=HALO, **style)


def _arrow(ax, start, end, number=None, scale=1.0):
    """An arrow whose width, colour and dash show a number; thin and in ink where it carries none."""
    color, dash, width = INK, "-", 1.6
    if number is not None:
        color, dash = (BLUE, "-") if number >= 0 else (ORANGE, DASHES)
        width = 0.8 + 3.2 * min(abs(number) / scale, 1.0)
    style = {"shrinkA": 0, "color": color, "zorder": 1}
    body = FancyArrowPatch(start, end, arrowstyle="-", shrinkB=6, linewidth=width, linestyle=dash, **style)
    body.set_capstyle("butt")
    ax.add_artist(body)
    before = np.array(end) - 0.01 * np.subtract(end, start)  # the head alone, so that no dash cuts it
    head = "-|>,head_length=0.4,head_width=0.22"
    ax.add_artist(FancyArrowPatch(before, end, arrowstyle=head, shrinkB=0, mutation_scale=20, **style))


def _small_curve(ax, x, y, activation, zlim, alim, z):
    """The activation in a box, with a dot where the neuron is on it."""

    def place(sums):
        across = (sums - zlim[0]) / (zlim[1] - zlim[0])
        up = (evaluate(activation, sums, "activation") - alim[0]) / (alim[1] - alim[0])
        return x + BOX * (2 * across - 1), y + BOX * (2 * up - 1)

    corner, side = (x - BOX, y - BOX), 2 * BOX
    ax.add_artist(Rectangle(corner, side, side, facecolor=PAPER, edgecolor=INK, linewidth=1.8, zorder=2))
    ax.plot(*place(np.linspace(*zlim, 49)), color=BLUE, linewidth=2.2, zorder=3)
    ax.plot(*place(np.clip([z], *zlim)), "o", color=BLUE, markeredgecolor=PAPER, markersize=9, zorder=4)
