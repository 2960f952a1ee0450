"""Many numbers on one line: each a dot on a heap, each class a shape, and the cut between two answers."""

import numpy as np

from .axes import array, frame
from .boundary import CLASS_COLORS, CLASS_MARKERS
from .style import BLUE, INK, ORANGE, PAPER


def dot_heap(ax, values, y, cut, *, xlim=(-5, 5), width=0.25, ylim=(0, 17), xlabel="", size=5):
    """Stack one dot for each number over a line, and cut the line in two; returns the heights of the dots (N,).

    `values` (N,) are the numbers and `y` (N,) their classes 0 to 3, each with a colour and a marker of its own. A dot
    stands over the middle of its bin, `width` wide; bins are counted from 0. A number on the border of two belongs to
    the left one, since it does not exceed a cut there. Right of `cut` the ground is blue, left of it orange.
    """
    values, y = array("values", values, 1), array("y", y, 1).astype(int)
    if len(values) != len(y):
        raise ValueError(f"values and y must be equally long, got {len(values)} and {len(y)}.")
    frame(ax, xlim, ylim, xlabel, yticks=())
    ax.spines["left"].set_visible(False)
    bins = np.ceil(values / width - 1e-9).astype(int) - 1
    heights = np.empty(len(values), dtype=int)
    for place in np.unique(bins):
        members = np.flatnonzero(bins == place)
        heights[members[np.argsort(y[members], kind="stable")]] = np.arange(len(members))
    ax.axvspan(xlim[0], min(max(cut, xlim[0]), xlim[1]), color=ORANGE, alpha=0.1, linewidth=0, zorder=0)
    ax.axvspan(min(max(cut, xlim[0]), xlim[1]), xlim[1], color=BLUE, alpha=0.1, linewidth=0, zorder=0)
    ax.axvline(cut, color=INK, linewidth=2.2, zorder=2)
    for k in np.unique(y):
        ax.plot(
            (bins[y == k] + 0.5) * width,
            heights[y == k] + 0.7,
            CLASS_MARKERS[k],
            color=CLASS_COLORS[k],
            markeredgecolor=PAPER,
            markeredgewidth=0.4,
            markersize=size,
            zorder=3,
        )
    return heights
