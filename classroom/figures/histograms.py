"""How the activations of a deep network are spread, layer by layer: saturated, vanished, or alive."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .axes import array, frame, magnitude
from .style import BLUE


def activation_histograms(ax, activations, *, ylim=(-1.1, 1.1), bins=22, labels=None, spread=True, color=BLUE):
    """Draw one histogram per layer, on its side, all on one axis of activation values; returns counts (L, bins).

    `activations` is a list of arrays of any shape, one per layer. Every histogram is as wide as its fullest bin needs;
    values outside `ylim` are counted in the end bins, so each row of counts sums to that layer's number of
    activations. `spread=True` writes each layer's standard deviation above it.
    """
    layers = [array("activations", a).ravel() for a in activations]
    if not layers or not all(a.size for a in layers):
        raise ValueError("activations must be a list of arrays, one for each layer, none of them empty.")
    if labels is not None and len(labels) != len(layers):
        raise ValueError(f"labels must have one text for each of the {len(layers)} layers, got {len(labels)}.")
    labels = [str(i + 1) for i in range(len(layers))] if labels is None else labels
    every = 1 if len(layers) <= 12 else 5 if len(layers) <= 60 else 10
    ticks = {i: text for i, text in enumerate(labels) if every == 1 or (i + 1) % every == 0 or i == 0}
    frame(ax, (-0.15, len(layers)), ylim, "layer", "activation", xticks=ticks)
    edges = np.linspace(*ylim, bins + 1)
    counts = np.empty((len(layers), bins), dtype=int)
    for i, values in enumerate(layers):
        if np.isnan(values).any():
            raise ValueError(f"the activations of layer {labels[i]} hold NaN.")
        counts[i] = np.histogram(np.clip(values, *ylim), edges)[0]
        ax.add_artist(_outline(i, edges, 0.85 * counts[i] / counts[i].max(), color))
        if spread and len(layers) <= 10:
            ax.text(
                i, 1.01, magnitude(values.std()), transform=ax.get_xaxis_transform(), ha="left", va="bottom", size=11
            )
    if spread and len(layers) <= 10:
        ax.text(-0.02, 1.01, "std", transform=ax.transAxes, ha="right", va="bottom", size=11)
    return counts


def _outline(x, edges, widths, color):
    """A histogram on its side as one path: from the axis at `x` out to each bar's width and back."""
    heights = np.repeat(edges, 2)
    reach = np.concatenate([[0], np.repeat(widths, 2), [0]])
    return PathPatch(Path(np.column_stack([x + reach, heights])), facecolor=(color, 0.4), edgecolor=color, linewidth=1)
