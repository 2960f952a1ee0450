"""Scores, probabilities, norms: a few numbers as bars with the numbers written on them."""

import numpy as np
from matplotlib.patches import Rectangle

from .axes import array, frame, number, panels
from .style import BLUE, GREY, INK, ORANGE


def bars(ax, values, labels=None, *, ylim=(0, 1), ylabel="", xlabel="", title="", highlight=None, digits=2, color=BLUE):
    """Draw `values` (K,) as upright bars with their numbers; returns the bars.

    Positive bars are blue and stand on the zero line, negative ones are orange and hang from it. `highlight` is the
    index of a bar (the right class, the largest) to outline in ink and name in bold. Bars are cut at `ylim`; the number
    is still the true one.
    """
    values = array("values", values, 1)
    labels = [str(i) for i in range(len(values))] if labels is None else [str(t) for t in labels]
    if len(labels) != len(values):
        raise ValueError(f"labels must have one text for each of the {len(values)} bars, got {len(labels)}.")
    frame(ax, (-0.6, len(values) - 0.4), ylim, xlabel, ylabel, title, xticks=dict(enumerate(labels)), marks=False)
    if ylim[0] < 0:
        ax.axhline(0, color=GREY, linewidth=1, zorder=3)
        ax.spines["bottom"].set_visible(False)
    drawn = []
    for i, value in enumerate(values):
        shown = np.clip(value, *ylim)
        hue = color if value >= 0 else ORANGE
        chosen = i == highlight
        bar = Rectangle(
            (i - 0.36, 0),
            0.72,
            shown,
            facecolor=(hue, 0.55),
            edgecolor=INK if chosen else hue,
            linewidth=2.4 if chosen else 1.0,
            zorder=2,
        )
        drawn.append(ax.add_artist(bar))
        ax.annotate(
            number(value, digits),
            (i, shown),
            (0, 3 if value >= 0 else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if value >= 0 else "top",
            size=11,
            annotation_clip=False,
            weight="bold" if chosen else "normal",
        )
    return drawn


def scores_and_probabilities(
    ax, scores, probabilities, labels=None, probability_labels=None, *, highlight=None, ylim=(-5, 5)
):
    """Draw scores and the probabilities made of them as bars side by side; returns the two small Axes.

    `labels` name the bars on the left and, unless `probability_labels` do, those on the right.
    """
    probability_labels = labels if probability_labels is None else probability_labels
    left, right = panels(ax, 2, gap=0.22)
    bars(left, scores, labels, ylim=ylim, title="scores", highlight=highlight, digits=1)
    bars(right, probabilities, probability_labels, ylim=(0, 1.1), title="probabilities", highlight=highlight)
    return left, right
