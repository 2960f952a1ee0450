"""A network as circles and lines: width is the size of a weight, colour and dashes its sign, the fill is the bias."""

from itertools import product

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from .axes import array, canvas, short
from .style import BLUE, GREY, INK, ORANGE, PAPER

HALO = {"facecolor": (PAPER, 0.85), "edgecolor": "none", "pad": 0.8}
DASHES = (0, (3, 1.6))


def layers_of(network):
    """Return [(W, b), …] of a `Network`, or of a list of such pairs; W (D, M), b (M,), zeros where there is no bias."""
    if hasattr(network, "layers"):
        pairs = [(layer.weight, layer.bias) for layer in network.layers if hasattr(layer, "weight")]
        pairs = [(w.value, None if b is None else b.value) for w, b in pairs]
    else:
        pairs = list(network)
    if not pairs:
        raise ValueError("network must have at least one layer with weights.")
    layers = []
    for i, pair in enumerate(pairs):
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise TypeError("network must be a Network or a list of (W, b) pairs.")
        weight = array(f"W of layer {i + 1}", pair[0], 2)
        bias = np.zeros(weight.shape[1]) if pair[1] is None else array(f"b of layer {i + 1}", pair[1]).reshape(-1)
        if bias.shape != (weight.shape[1],):
            raise ValueError(f"b of layer {i + 1} must have {weight.shape[1]} entries, got {bias.size}.")
        if layers and layers[-1][0].shape[1] != weight.shape[0]:
            raise ValueError(
                f"W of layer {i + 1} takes {weight.shape[0]} inputs, but layer {i} gives {layers[-1][0].shape[1]}."
            )
        layers.append((weight, bias))
    return layers


def network_diagram(
    ax,
    network,
    values=None,
    *,
    input_labels=None,
    output_labels=None,
    layer_labels=None,
    show_weights=False,
    show_biases=False,
    scale=None,
    max_width=7.0,
    max_nodes=8,
):
    """Draw a fully connected network; returns two `LineCollection`s, of the positive and of the negative weights.

    `network` is a `Network` or a list of (W, b) with W (D, M), b (M,). A line is |w| / `scale` × `max_width` points
    wide, blue and solid for w > 0, orange and dashed for w < 0; `scale` defaults to the largest |w| or |b|: pass a
    number to keep it fixed while weights move. A circle's outline and fill say the same of its bias, and a + or −
    stands in it.
    `values` is a list of arrays, inputs first, one per layer of circles: they are written inside. `show_weights`,
    `show_biases` write the numbers. Of a layer with more than `max_nodes` only the first and last ones are drawn.
    """
    layers = layers_of(network)
    sizes = [layers[0][0].shape[0]] + [w.shape[1] for w, _ in layers]
    values = _values(values, sizes)
    sides = [labels if labels is None else list(labels) for labels in (input_labels, output_labels)]
    for k, labels in zip((0, len(sizes) - 1), sides, strict=True):
        if labels is not None and len(labels) != sizes[k]:
            raise ValueError(f"layer {k} has {sizes[k]} circles but {len(labels)} labels.")
    if layer_labels and len(layer_labels) != len(sizes):
        raise ValueError(f"layer_labels must have {len(sizes)} texts, got {len(layer_labels)}.")
    scale = float(scale or max(max(np.abs(w).max(), np.abs(b).max()) for w, b in layers) or 1.0)

    circles, radius = _circles(canvas(ax), sizes, max_nodes, sides, 0.1 if layer_labels else 0.0)
    collections = _lines(ax, layers, circles, radius, max_width / scale, 1.5 * max_width, show_weights)
    for k, layer in enumerate(circles):
        for i, (x, y) in layer:
            if i is None:
                ax.text(x, y, "⋮", ha="center", va="center", size=16)
                continue
            bias = None if k == 0 else layers[k - 1][1][i]
            _node(ax, x, y, radius, bias, scale, show_biases, None if values is None else values[k][i])
        _side_labels(ax, layer, radius, sides[0] if k == 0 else sides[1] if k == len(sizes) - 1 else None, k == 0)
    for layer, text in zip(circles, layer_labels or [], strict=False):
        ax.text(layer[0][1][0], 1.0, text, ha="center", va="center", color=GREY)
    return collections


def _values(values, sizes):
    if values is None:
        return None
    values = [array("values", v).reshape(-1) for v in values]
    if [len(v) for v in values] != sizes:
        raise ValueError(f"values must hold {sizes} numbers, layer by layer, got {[len(v) for v in values]}.")
    return values


def _circles(width, sizes, most, sides, top):
    """Where everything goes: `[(number, or None for what is left out, (x, y)), …]` of each layer, and the radius."""
    shown = [_shown(size, most) for size in sizes]
    rows = max(map(len, shown))
    radius = min(0.095, 0.4 / rows)
    left, right = (radius + 0.06 + (0.04 * max(map(len, labels)) + 0.05 if labels else 0) for labels in sides)
    columns = np.linspace(left, width - right, len(sizes))
    places = [_places(layer, rows, 1 - top) for layer in shown]
    return [
        [(i, (x, y)) for i, y in zip(layer, ys, strict=True)]
        for x, layer, ys in zip(columns, shown, places, strict=True)
    ], radius


def _lines(ax, layers, circles, radius, points, widest, written):
    """One line a weight, `points` wide for each unit of it: the collections of the positive and the negative ones."""
    signs = {1: ([], []), -1: ([], [])}
    for (weight, _), before, after in zip(layers, circles, circles[1:], strict=False):
        for (i, start), (j, end) in product(before, after):
            if i is None or j is None:
                continue
            segment = _between(start, end, radius)
            segments, widths = signs[1 if weight[i, j] >= 0 else -1]
            segments.append(segment)
            widths.append(min(points * abs(weight[i, j]), widest))
            if written:
                # a third or two thirds along, in turn: numbers on crossing lines keep clear of each other
                x, y = segment[0] + (0.3 if (i + j) % 2 else 0.62) * (segment[1] - segment[0])
                ax.text(x, y, short(weight[i, j]), ha="center", va="center", size=11, zorder=3, bbox=HALO)
    collections = []
    for sign, color, style in ((1, BLUE, "-"), (-1, ORANGE, DASHES)):
        segments, widths = signs[sign]
        lines = LineCollection(segments, linewidths=widths, colors=color, linestyles=[style], zorder=1, alpha=0.85)
        lines.set_capstyle("butt")
        collections.append(ax.add_collection(lines, autolim=False))
    return collections


def _side_labels(ax, layer, radius, labels, first):
    """The labels beside the first or the last layer's circles."""
    for i, (x, y) in layer if labels is not None else []:
        if i is not None:
            aside, align = (-radius - 0.04, "right") if first else (radius + 0.04, "left")
            ax.text(x + aside, y, labels[i], ha=align, va="center_baseline")


def _shown(size, most):
    if size <= most:
        return list(range(size))
    head = (most - 1) // 2 + (most - 1) % 2
    return [*range(head), None, *range(size - (most - 1 - head), size)]


def _places(shown, rows, height):
    gap = min(height / rows, 0.36)
    return height / 2 + gap * (np.arange(len(shown))[::-1] - (len(shown) - 1) / 2)


def _between(start, end, radius):
    start, end = np.array(start), np.array(end)
    unit = (end - start) / np.hypot(*(end - start))
    return np.array([start + radius * unit, end - radius * unit])


def _node(ax, x, y, radius, bias, scale, show_bias, value):
    if bias is None:
        face, edge, dash = "none", INK, "-"
    else:
        edge, dash = (BLUE, "-") if bias >= 0 else (ORANGE, DASHES)
        face = (edge, 0.5 * min(abs(bias) / scale, 1.0))
    ax.add_artist(Circle((x, y), radius, facecolor=face, edgecolor=edge, linestyle=dash, linewidth=1.8, zorder=2))
    sign = "" if bias is None or bias == 0 else "+" if bias > 0 else "−"
    if value is not None:
        ax.text(x, y, short(value), ha="center", va="center_baseline", size=11, zorder=3)
    elif sign and not show_bias:
        ax.text(x, y, sign, ha="center", va="center_baseline", size=13, zorder=3)
    if bias is None:
        return
    if show_bias:
        where = (x, y) if value is None else (x, y - radius - 0.012)
        ax.text(
            *where,
            short(bias, sign=True),
            ha="center",
            va="center_baseline" if value is None else "top",
            size=11,
            zorder=3,
        )
    elif value is not None and sign:
        ax.text(x + 0.8 * radius, y - 0.8 * radius, sign, ha="left", va="top", size=12, zorder=3)
