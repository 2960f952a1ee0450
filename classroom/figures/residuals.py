"""Squared error, drawn: every residual is the side of a square, and the loss is their mean area."""

import numpy as np
from matplotlib.patches import Rectangle

from .axes import array, frame
from .curves import evaluate
from .style import BLUE, INK, ORANGE, PAPER


def residual_squares(ax, f, x, y, *, xlim=(-3, 3), ylim=(-3, 3), xlabel="x", ylabel="y", squares=True):
    """Draw points, the prediction f(x) and each residual as the side of a square; returns the squares.

    `f` takes an array (N,), `x` and `y` are (N,). A square's height, in units of y, is |y − f(x)|, so its area there is
    the squared error; it is square on paper whatever the two axes' scales. `squares=False` draws the residuals alone.
    """
    x, y = array("x", x, 1), array("y", y, 1)
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} numbers and y has {len(y)}.")
    frame(ax, xlim, ylim, xlabel, ylabel)
    box = ax.get_window_extent()
    squeeze = (box.height / np.ptp(ylim)) / (box.width / np.ptp(xlim))  # units of x as long on paper as one of y
    prediction = evaluate(f, x)
    ends = np.linspace(*xlim, 61)
    ax.plot(ends, evaluate(f, ends), color=BLUE, linewidth=2.5, zorder=2)
    drawn = []
    for xi, yi, pi in zip(x, y, prediction, strict=True):
        side = abs(yi - pi)
        ax.plot([xi, xi], [yi, pi], color=ORANGE, linewidth=1.8, linestyle="-", zorder=2)
        if squares:
            # away from the line's slope, so that a square does not lie across its own line
            left = xi if (pi - yi) * (evaluate(f, np.array([xi + 1e-3])).item() - pi) >= 0 else xi - side * squeeze
            drawn.append(
                ax.add_artist(
                    Rectangle(
                        (left, min(yi, pi)),
                        side * squeeze,
                        side,
                        facecolor=(ORANGE, 0.18),
                        edgecolor=ORANGE,
                        linewidth=0.8,
                        zorder=1,
                    )
                )
            )
    ax.plot(x, y, "o", color=INK, markeredgecolor=PAPER, markersize=8, zorder=3)
    return drawn
