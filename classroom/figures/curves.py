"""One number in, one number out: curves, the points on them, and the steps taken along them."""

import numpy as np

from .axes import array, frame, limits, number, panels
from .style import BLUE, FAINT, INK, ORANGE, PAPER

POINTS = 121  # enough for a smooth sigmoid, few enough for a small SVG
TINY = 1e-9  # how far beside a jump its two sides are evaluated


def evaluate(f, x, name="f"):
    """Return f(x) for an array `x` (N,), or raise one sentence that says what `f` should return."""
    y = np.asarray(f(x), dtype=float)
    if y.shape == ():
        y = np.full(x.shape, float(y))
    if y.shape != x.shape:
        raise ValueError(f"{name} must return one number for each x: it got {x.shape} and returned {y.shape}.")
    return y


def curve(
    ax,
    f,
    xlim=(-6, 6),
    ylim=(-0.15, 1.15),
    *,
    color=BLUE,
    dash="-",
    width=2.5,
    label=None,
    label_at=None,
    xlabel="x",
    ylabel="",
    xticks=None,
    yticks=None,
    jumps=(),
):
    """Draw y = f(x) and return the line.

    `f` takes an array (N,) and returns one. Call it again to draw several curves in one frame, with another `color`
    *and* another `dash`. `label` is written beside the curve at x = `label_at` (default: the right end). At the places
    `jumps` the line is cut, so that a step is drawn as two pieces and not as a steep slope.
    """
    x = np.linspace(*limits("xlim", xlim), POINTS)
    for jump in jumps:  # the last value before it, a gap, the first one after it
        x = np.concatenate([x[x < jump], [jump - TINY, np.nan, jump + TINY], x[x > jump]])
    y = evaluate(f, x)
    frame(ax, xlim, ylim, xlabel, ylabel, xticks=xticks, yticks=yticks)
    (line,) = ax.plot(x, y, color=color, linestyle=dash, linewidth=width, zorder=2)
    if label:
        at = xlim[1] if label_at is None else label_at
        height = np.clip(np.interp(at, x, y), *ylim)
        side = "right" if at > np.mean(xlim) else "left"
        ax.annotate(label, (at, height), (0, 6), textcoords="offset points", ha=side, va="bottom", color=color)
    return line


def mark_point(ax, x, y, label=None, *, drop=True, color=ORANGE, marker="o", size=9):
    """Mark the point (x, y), with dotted lines down to both axes unless `drop=False`; returns the marker's line."""
    x, y = float(x), float(y)
    if drop:
        low, left = ax.get_ylim()[0], ax.get_xlim()[0]
        ax.plot([x, x, left], [low, y, y], color=INK, linestyle=":", linewidth=1.2, zorder=1)
    (dot,) = ax.plot(
        [x], [y], marker=marker, color=color, markersize=size, markeredgecolor=PAPER, zorder=4, clip_on=False
    )
    if label:
        low, high = ax.get_xlim()
        right = x < low + 0.7 * (high - low)
        ax.annotate(
            label,
            (x, y),
            (9 if right else -9, 9),
            textcoords="offset points",
            ha="left" if right else "right",
            va="bottom",
            annotation_clip=False,
        )
    return dot


def step_position(ax, x, label=None, *, color=INK):
    """Draw an upright dashed line at `x` (where a neuron's step sits, −b/w); nothing if x is not finite or not in view.

    Returns the line, or None when there is nothing to draw.
    """
    low, high = ax.get_xlim()
    if not np.isfinite(x) or not low <= x <= high:
        return None
    line = ax.axvline(x, color=color, linestyle=(0, (4, 3)), linewidth=1.4, zorder=1)
    if label:
        right = x < (low + high) / 2
        ax.annotate(
            label,
            (x, 1),
            (5 if right else -5, -2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="left" if right else "right",
            va="top",
        )
    return line


def tangent(ax, x, y, slope, *, length=None, color=ORANGE, dash="--"):
    """Draw the tangent through (x, y) with the given slope, `length` units of x wide (default: a third of the view)."""
    length = (ax.get_xlim()[1] - ax.get_xlim()[0]) / 3 if length is None else length
    dx = np.array([-length / 2, length / 2])
    (line,) = ax.plot(x + dx, y + slope * dx, color=color, linestyle=dash, linewidth=2, zorder=3)
    return line


def activation_pair(
    ax, f, derivative, x=None, *, name="f", xlim=(-6, 6), ylim=(-1.25, 3.25), derivative_ylim=(-0.1, 1.15)
):
    """Draw an activation and its derivative side by side; returns the two small Axes.

    `f`, `derivative` take an array (N,); either may jump or bend at 0. With a number `x`, the point is marked in both,
    its two values stand above, and the tangent whose slope the right-hand picture plots is drawn in the left one.
    """
    left, right = panels(ax, 2, gap=0.22)
    curve(left, f, xlim, ylim, xlabel="z", color=BLUE, jumps=(0,))
    curve(right, derivative, xlim, derivative_ylim, xlabel="z", color=ORANGE, dash="-", jumps=(0,))
    if x is None:
        left.set_title(f"{name}(z)")
        right.set_title("its slope")
        return left, right
    at = np.array([float(x)])
    value, slope = evaluate(f, at).item(), evaluate(derivative, at, "derivative").item()
    left.set_title(f"{name}(z) = {number(value)}")
    right.set_title(f"its slope: {number(slope)}")
    tangent(left, x, value, slope)
    mark_point(left, x, value, color=BLUE)
    mark_point(right, x, slope, color=ORANGE, marker="s")
    return left, right


def neuron_stages(ax, w, b, activation, x=None, *, xlim=(-6, 6), zlim=(-6, 6), ylim=(-0.15, 1.15)):
    """Draw a neuron's two stages side by side: from the input to the sum z = wx + b, and from z to a = activation(z).

    The curve on the right stands over z, so it is the same for every w and b: they only decide where on it the dot
    lies. With a number `x`, z is a square on the line and on the right-hand axis. Returns the two small Axes.
    """
    left, right = panels(ax, 2, gap=0.22)
    curve(left, lambda t: w * t + b, xlim, zlim, color=ORANGE, dash="--")
    left.axhline(0, color=FAINT, linewidth=1, zorder=0)
    curve(right, activation, zlim, ylim, xlabel="z", yticks=(0, 0.5, 1))
    right.axvline(0, color=FAINT, linewidth=1, zorder=0)
    if x is None:
        left.set_title("z = wx + b")
        right.set_title("a = f(z)")
        return left, right
    z = w * x + b
    a = evaluate(activation, np.array([float(z)]), "activation").item()
    left.set_title(f"z = wx + b = {number(z)}")  # above: a label beside the point would lie on the line
    right.set_title(f"a = f(z) = {number(a)}")
    mark_point(left, x, z, color=ORANGE, marker="s")
    right.plot([z], [ylim[0]], "s", color=ORANGE, markeredgecolor=PAPER, markersize=9, zorder=4, clip_on=False)
    mark_point(right, z, a, color=BLUE)
    return left, right


def number_line(ax, points, labels=None, *, xlim=(-6, 6), colors=None, markers="osD^v"):
    """Draw a number line with a labelled marker at each of `points`; each has its own shape. Returns the markers.

    `points` is a list of numbers, `labels` a list of as many texts.
    """
    points = array("points", points, 1)
    labels = [number(p) for p in points] if labels is None else list(labels)
    if len(labels) != len(points):
        raise ValueError(f"labels must have one text for each of the {len(points)} points, got {len(labels)}.")
    colors = colors or [BLUE, ORANGE, INK]
    frame(ax, xlim, (0, 3), yticks=())
    ax.spines["left"].set_visible(False)
    dots = []
    for i, (point, label) in enumerate(zip(points, labels, strict=True)):
        color, marker = colors[i % len(colors)], markers[i % len(markers)]
        ax.plot([point, point], [0, 0.7 + 0.7 * (i % 2)], color=color, linewidth=1.5)
        dots += ax.plot([point], [0], marker=marker, color=color, markersize=11, markeredgecolor=PAPER, clip_on=False)
        ax.text(point, 0.75 + 0.7 * (i % 2), label, ha="center", va="bottom")
    return dots


def piecewise_linear(ax, f, joints, xlim=(-6, 6), ylim=(-1, 5), *, color=BLUE, xlabel="x", ylabel=""):
    """Draw a function made of straight pieces exactly, with a diamond at each joint in view; returns the line.

    `f` takes an array (N,); `joints` (J,) are the x where its slope changes.
    """
    low, high = limits("xlim", xlim)
    joints = array("joints", joints, 1)
    joints = np.unique(joints[(joints > low) & (joints < high)])
    frame(ax, xlim, ylim, xlabel, ylabel)
    x = np.concatenate([[low], joints, [high]])
    (line,) = ax.plot(x, evaluate(f, x), color=color, linewidth=2.5, zorder=2)
    if len(joints):
        y = evaluate(f, joints)
        ax.plot(joints, y, "D", color=ORANGE, markeredgecolor=PAPER, markersize=8, zorder=3, clip_on=True)
        bottom = np.full_like(joints, ylim[0])
        drops = np.column_stack([joints, joints, joints]).ravel()
        heights = np.column_stack([bottom, y, np.full_like(joints, np.nan)]).ravel()
        ax.plot(drops, heights, color=INK, linestyle=":", linewidth=1.2, zorder=1)
    return line


def descent_steps(ax, f, steps, xlim, ylim, *, xlabel="w", ylabel="loss", title="", color=ORANGE):
    """Draw a loss curve and gradient descent's path along it; returns the path's line.

    `f` takes an array (N,); `steps` (T,) are the places visited, first to last. The start is a square, the last place
    a larger disc. Places out of view are cut off: that is what divergence looks like.
    """
    steps = array("steps", steps, 1)
    if not len(steps):
        raise ValueError("steps must hold at least the starting point.")
    curve(ax, f, xlim, ylim, xlabel=xlabel, ylabel=ylabel)
    if title:
        ax.set_title(title)
    with np.errstate(all="ignore"):
        height = evaluate(f, steps)
    seen = np.isfinite(steps) & np.isfinite(height)
    steps, height = steps[seen], height[seen]
    (path,) = ax.plot(
        steps,
        height,
        "-o",
        color=color,
        linewidth=1.4,
        markersize=5,
        markeredgecolor=PAPER,
        markeredgewidth=0.6,
        zorder=3,
    )
    ax.plot(steps[:1], height[:1], "s", color=color, markeredgecolor=PAPER, markersize=9, zorder=4)
    ax.plot(steps[-1:], height[-1:], "o", color=color, markeredgecolor=PAPER, markersize=10, zorder=4)
    return path
