"""The loss as a landscape over two parameters, and the paths that optimisers take across it."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .axes import array, frame, limits
from .boundary import contours_of, level_line, region
from .style import BLUE, GREY, INK, ORANGE, PAPER


def loss_surface(ax, loss, xlim, ylim, *, levels=9, n=41, xlabel="w", ylabel="b", equal=False, minimum=None):
    """Draw the loss over two parameters as contour lines, deeper blue where it is lower; returns the heights (n, n).

    `loss` is a function of two arrays (n, n), across and up, that returns as many losses, or those losses themselves
    (row i at the i-th place up). `levels` is how many contours (closer together near the bottom), or their heights:
    pass heights to keep them fixed while the surface changes. `minimum` is a point to mark with a cross.
    """
    x, y = np.linspace(*limits("xlim", xlim), n), np.linspace(*limits("ylim", ylim), n)
    if callable(loss):
        z = np.asarray(loss(*np.meshgrid(x, y)), dtype=float)
        if z.shape != (n, n):
            raise ValueError(f"loss must return one number for each pair: it got {(n, n)} and returned {z.shape}.")
    else:
        z = array("loss", loss, 2)
        x, y = np.linspace(*xlim, z.shape[1]), np.linspace(*ylim, z.shape[0])
    frame(ax, xlim, ylim, xlabel, ylabel, equal=equal)
    if np.ndim(levels) == 0:
        low, high = np.nanmin(z), np.nanmax(z)
        levels = low + (high - low) * (np.arange(1, levels + 1) / (levels + 0.5)) ** 2
    contours = contours_of(x, y, z)
    for level in levels:
        region(ax, contours, -np.inf, BLUE, high=level, alpha=0.075)
        level_line(ax, contours, level, color=GREY, width=0.8, zorder=1)
    if minimum is not None:
        ax.plot(*array("minimum", minimum, 1), marker="+", color=INK, markersize=13, markeredgewidth=2, zorder=3)
    return z


def descent_path(ax, path, *, color=ORANGE, dash="-", marker="o", label=None, arrows=4, dots=True):
    """Draw an optimiser's path (T, 2) on a surface: from a square to a large marker; returns its line.

    The first `arrows` steps long enough to show one get an arrowhead. Tell several paths apart by `color`, `dash` *and*
    `marker`; `label` is written at the end. What lies outside the view is cut off.
    """
    path = array("path", path, 2, columns=2)
    if not len(path):
        raise ValueError("path must hold at least the starting point.")
    path = path[np.isfinite(path).all(axis=1)]
    span = np.array([np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())])
    path = np.clip(path, -50 * span, 50 * span)
    small = 4 if dots and len(path) <= 60 else 0
    (line,) = ax.plot(
        *path.T,
        color=color,
        linestyle=dash,
        linewidth=1.8,
        marker=marker if small else "",
        zorder=4,
        markersize=small,
        markeredgecolor=PAPER,
        markeredgewidth=0.5,
    )
    if arrows and len(path) > 1:
        _heads(ax, path, arrows, color)
    ax.plot(*path[0], "s", color=color, markeredgecolor=PAPER, markersize=9, zorder=5)
    ax.plot(*path[-1], marker, color=color, markeredgecolor=PAPER, markersize=10, zorder=5)
    if label:
        ax.annotate(label, path[-1], (8, 8), textcoords="offset points", color=color, zorder=6, annotation_clip=True)
    return line


def _heads(ax, path, most, color, size=9.0):
    """One path of up to `most` arrowheads, all of one size on paper, in the middle of the first long steps."""
    ax.apply_aspect()
    to_paper = ax.transData
    points = to_paper.transform(path)
    steps = np.diff(points, axis=0)
    length = np.hypot(*steps.T)
    pixels = size * ax.figure.dpi / 72
    vertices, codes = [], []
    for i in np.flatnonzero(length > 1.8 * pixels)[:most]:
        unit = steps[i] / length[i]
        side = 0.45 * np.array([-unit[1], unit[0]])
        tip = points[i] + 0.5 * steps[i] + 0.5 * pixels * unit
        back = tip - pixels * unit
        vertices += [tip, back + pixels * side, back - pixels * side, tip]
        codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    if vertices:
        shape = Path(to_paper.inverted().transform(vertices), codes)
        ax.add_artist(PathPatch(shape, facecolor=color, edgecolor="none", zorder=4))
