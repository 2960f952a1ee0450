"""Two inputs make a plane: points on it, the line a neuron draws, and the field of any predict function."""

import numpy as np
from contourpy import contour_generator
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .axes import array, frame
from .style import BLUE, GREEN, INK, ORANGE, PAPER, PURPLE

# Class 0, 1, 2, …: a colour and a shape each, so that colour is never the only signal.
CLASS_COLORS = (ORANGE, BLUE, GREEN, PURPLE)
CLASS_MARKERS = ("s", "o", "^", "D")
CERTAIN = 12.0  # log-odds beyond ±12 (probability 0.999994) all look the same


def plane(ax, xlim=(-4, 4), ylim=(-2.5, 2.5), *, xlabel="x₁", ylabel="x₂", equal=True, title=""):
    """Set up the plane of two inputs with fixed limits; right angles look right. Returns `ax`."""
    return frame(ax, xlim, ylim, xlabel, ylabel, title, equal=equal)


def points(ax, X, y=None, *, size=7, alpha=1.0):
    """Draw labelled points, each class with its own colour and marker; returns one line of markers per class.

    `X` is (N, 2); `y` (N,) or (N, 1) holds classes 0, 1, 2, 3, or −1 and +1. Without `y` all points are grey discs.
    """
    X = array("X", X, 2, columns=2)
    if y is None:
        return ax.plot(X[:, 0], X[:, 1], "o", color=INK, markersize=size, alpha=0.6, zorder=3)
    y = array("y", y).reshape(-1)
    if len(y) != len(X):
        raise ValueError(f"X has {len(X)} points but y has {len(y)} labels.")
    if np.isin(y, (-1, 1)).all() and (y < 0).any():
        y = (y + 1) / 2
    if not np.isin(y, range(len(CLASS_COLORS))).all():
        raise ValueError(
            f"y must hold classes 0 to {len(CLASS_COLORS) - 1}, or −1 and +1; it holds {np.unique(y)[:6]}."
        )
    lines = []
    for k in np.unique(y).astype(int):
        lines += ax.plot(
            *X[y == k].T,
            CLASS_MARKERS[k],
            color=CLASS_COLORS[k],
            markeredgecolor=PAPER,
            markeredgewidth=0.8,
            markersize=size,
            alpha=alpha,
            zorder=3,
        )
    return lines


def decision_line(ax, w, b, *, normal=True, label=None, color=INK, dash="-", at=None):
    """Draw the line w·x + b = 0 across the view, with the weight vector as an arrow that stands on it.

    `w` is (2,), `b` a number. The arrow points to the side where w·x + b > 0 and is as long as ‖w‖; it starts at the
    point of the line nearest to `at` (default: the middle of the view). Returns the line, or None when w is zero.
    """
    w, b = array("w", w).reshape(-1), float(b)
    if w.shape != (2,):
        raise ValueError(f"w must have two weights, got {w.size}.")
    length = np.hypot(*w)
    if length == 0:
        return None
    xlim, ylim = ax.get_xlim(), ax.get_ylim()
    middle = np.array([np.mean(xlim), np.mean(ylim)]) if at is None else array("at", at, 1)
    foot = middle - (w @ middle + b) / length**2 * w
    along = np.array([-w[1], w[0]]) / length
    reach = 2 * np.hypot(xlim[1] - xlim[0], ylim[1] - ylim[0])
    (line,) = ax.plot(
        *np.column_stack([foot - reach * along, foot + reach * along]),
        color=color,
        linestyle=dash,
        linewidth=2.2,
        zorder=4,
    )
    inside = xlim[0] <= foot[0] <= xlim[1] and ylim[0] <= foot[1] <= ylim[1]
    if normal and inside:
        arrow(ax, foot, foot + w, label=label)
    return line


def arrow(ax, start, end, *, label=None, color=INK, width=2.2, head=9, zorder=5):
    """Draw an arrow between two points of the plane; its head keeps its size. Returns the arrow."""
    drawn = ax.annotate(
        "",
        end,
        start,
        zorder=zorder,
        arrowprops={
            "arrowstyle": f"-|>,head_length={head / 20},head_width={head / 36}",
            "mutation_scale": 20,
            "color": color,
            "linewidth": width,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )
    if label:
        away = np.sign(np.subtract(end, start))
        ax.annotate(
            label,
            end,
            5 * away,
            textcoords="offset points",
            color=color,
            zorder=6,
            ha="left" if away[0] >= 0 else "right",
            va="bottom" if away[1] >= 0 else "top",
            bbox={"facecolor": (PAPER, 0.8), "edgecolor": "none", "pad": 1},
        )
    return drawn


def _grid(ax, n):
    x, y = np.linspace(*ax.get_xlim(), n), np.linspace(*ax.get_ylim(), n)
    return x, y, np.column_stack([np.tile(x, n), np.repeat(y, n)])


def _thin(vertices, codes):
    """Drop the points that lie on a straight line between their neighbours: most of a contour of a ReLU network."""
    again = np.append(False, (np.abs(np.diff(vertices, axis=0)) < 1e-9).all(axis=1)) & (codes == Path.LINETO)
    vertices, codes = vertices[~again], codes[~again]  # contourpy repeats a corner that the grid hits exactly
    before, after = np.roll(vertices, 1, 0), np.roll(vertices, -1, 0)
    a, b = vertices - before, after - vertices
    bend = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
    straight = bend < 1e-3 * (np.hypot(*a.T) * np.hypot(*b.T) + 1e-300)
    corner = (codes != Path.LINETO) | (np.roll(codes, -1) == Path.CLOSEPOLY)
    last = np.append(codes[1:] == Path.MOVETO, True)
    keep = ~straight | corner | last
    return vertices[keep], codes[keep]


def region(ax, contours, low, color, *, high=np.inf, alpha=0.14, zorder=0.5):
    """Fill where low ≤ z ≤ high with see-through colour, as one path; returns the patch, or None where nothing is."""
    vertices, codes = contours.filled(low, high)
    if vertices[0] is None:
        return None
    patch = PathPatch(Path(*_thin(vertices[0], codes[0])), facecolor=(color, alpha), edgecolor="none", zorder=zorder)
    ax.add_artist(patch)
    return patch


def level_line(ax, contours, level, *, color=INK, width=2.2, dash="-", zorder=2):
    """Draw where z equals `level`, as one path; returns the patch, or None where there is no such place."""
    vertices, codes = contours.lines(level)
    if vertices[0] is None:
        return None
    patch = PathPatch(
        Path(*_thin(vertices[0], codes[0])),
        facecolor="none",
        edgecolor=color,
        linewidth=width,
        linestyle=dash,
        zorder=zorder,
    )
    ax.add_artist(patch)
    return patch


def contours_of(x, y, z):
    """Return contourpy's generator for heights z (len(y), len(x)), set to give one Matplotlib path per level."""
    return contour_generator(x, y, z, fill_type="ChunkCombinedCode", line_type="ChunkCombinedCode")


def probability_field(ax, predict, *, scores=False, levels=(0.5, 0.7, 0.9, 0.97), n=41, line=True):
    """Colour the plane by the answer of any predict function; returns the boundary's patch (None if there is none).

    `predict` takes points (N, 2) and returns probabilities (N,) or (N, 1); with `scores=True` it returns log-odds
    (the boundary is at 0). Blue, deeper with confidence, where the answer is class 1, orange where it is class 0, and
    a dark line where it is ½. Set the view first, with `plane`. The grid is `n` × `n`; contours are drawn between
    log-odds, which keeps straight boundaries straight on a coarse grid.
    """
    x, y, grid = _grid(ax, n)
    answer = np.asarray(predict(grid), dtype=float)
    if answer.size != len(grid):
        raise ValueError(
            f"predict must return one number for each point: it got {grid.shape} and returned {answer.shape}."
        )
    if np.isnan(answer).any():
        raise ValueError("predict returned NaN: check the network's weights.")
    z = answer.reshape(n, n)
    if not scores:
        if np.nanmin(z) < -1e-9 or np.nanmax(z) > 1 + 1e-9:
            raise ValueError(
                "predict returned numbers outside 0 to 1: for scores instead of probabilities, pass scores=True."
            )
        with np.errstate(divide="ignore"):
            z = np.log(z) - np.log1p(-z)
    z = np.clip(z, -CERTAIN, CERTAIN)
    up, down = contours_of(x, y, z), contours_of(x, y, -z)
    for level in levels:
        odds = np.log(level / (1 - level))
        region(ax, up, odds, BLUE)
        region(ax, down, odds, ORANGE)
    return level_line(ax, up, 0.0) if line else None


def class_regions(ax, predict, *, n=61):
    """Colour the plane by the class with the highest score; returns one patch per class (None where it never wins).

    `predict` takes points (N, 2) and returns scores or probabilities (N, K), K ≤ 4. Set the view first, with `plane`.
    """
    x, y, grid = _grid(ax, n)
    scores = np.asarray(predict(grid), dtype=float)
    if scores.ndim != 2 or len(scores) != len(grid) or not 2 <= scores.shape[1] <= len(CLASS_COLORS):
        raise ValueError(
            f"predict must return (N, K) scores with K from 2 to 4: it got {grid.shape} and returned {scores.shape}."
        )
    patches = []
    for k in range(scores.shape[1]):
        lead = scores[:, k] - np.delete(scores, k, axis=1).max(axis=1)
        contours = contours_of(x, y, lead.reshape(n, n))
        patches.append(region(ax, contours, 0.0, CLASS_COLORS[k], alpha=0.25))
        level_line(ax, contours, 0.0, width=1.4)
    return patches


def decision_boundary(ax, predict, X, y, *, xlim=(-4, 4), ylim=(-2.5, 2.5), scores=False, n=41, title=""):
    """Draw the field of a predict function, its boundary and the labelled points in one go; see the parts above.

    `predict` answers (N,) probabilities of class 1 (log-odds with `scores=True`), or (N, K) scores for K classes.
    Returns the boundary's patch, or the list of class regions.
    """
    plane(ax, xlim, ylim, title=title)
    probe = np.asarray(predict(np.zeros((2, 2))))
    many = probe.ndim == 2 and probe.shape[1] > 1
    drawn = class_regions(ax, predict, n=n) if many else probability_field(ax, predict, scores=scores, n=n)
    points(ax, X, y)
    return drawn
