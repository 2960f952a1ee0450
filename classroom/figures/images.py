"""Pictures made of numbers: digits in ink, weights in blue and orange, in rows and columns with a line below each."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .axes import array, canvas
from .style import BLUE, INK, ORANGE, PAPER, VERMILION

STRENGTHS = 8  # how many depths of colour: enough for a digit, few enough for small paths


def weight_images(ax, weights, *, shape=(8, 8), titles=None, columns=5, scale=None):
    """Draw each column of `weights` (D, M) as an image of `shape`, all on one scale; returns the scale.

    Blue tiles are positive, orange ones negative and marked with a dash, paper is 0; full colour is ±`scale`
    (default: the largest |weight|). Pass `scale` to keep it fixed while weights change.
    """
    weights = array("weights", weights, 2)
    return image_grid(ax, weights.T, shape=shape, titles=titles, columns=columns, scale=scale, signed=True)


def digit_images(ax, X, *, shape=(8, 8), titles=None, columns=5, scale=None):
    """Draw rows of `X` (N, D) as images in ink, a line of text below each; returns the scale (its darkest value)."""
    return image_grid(ax, array("X", X, 2), shape=shape, titles=titles, columns=columns, scale=scale)


def misclassified(ax, X, true, predicted, *, shape=(8, 8), columns=6, rows=2, scale=None):
    """Draw the first digits whose prediction is wrong, with what they are and what they were taken for.

    `X` (N, D); `true`, `predicted` (N,). At most `columns` × `rows` are drawn. Returns the indices of those drawn.
    """
    X, true, predicted = array("X", X, 2), np.asarray(true), np.asarray(predicted)
    if not len(X) == len(true) == len(predicted):
        raise ValueError(f"X, true and predicted must be equally long, got {len(X)}, {len(true)}, {len(predicted)}.")
    wrong = np.flatnonzero(true != predicted)[: columns * rows]
    if not len(wrong):
        width = canvas(ax)
        ax.text(width / 2, 0.5, "no mistakes", ha="center", va="center")
        return wrong
    titles = [f"{true[i]}, read {predicted[i]}" for i in wrong]
    scale = scale or np.abs(X).max()
    image_grid(ax, X[wrong], shape=shape, titles=titles, columns=columns, rows=rows, scale=scale)
    return wrong


def image_grid(ax, images, *, shape=(8, 8), titles=None, columns=5, rows=None, scale=None, signed=False, frame=None):
    """Draw images (K, H·W) or (K, H, W) in a grid of tiles, all on one scale; returns the scale.

    `signed=True` draws positive in blue and negative in orange with a dash, otherwise everything in ink.
    `titles` are K texts below the images; `frame` is the index of one image to frame.
    """
    images = array("images", images)
    if images.ndim == 2:
        if images.shape[1] != shape[0] * shape[1]:
            raise ValueError(f"images of shape {shape} have {shape[0] * shape[1]} numbers, got {images.shape[1]}.")
        images = images.reshape(-1, *shape)
    if images.ndim != 3 or not len(images):
        raise ValueError(f"images must be (K, H·W) or (K, H, W) with K ≥ 1, got an array of shape {images.shape}.")
    if titles is not None and len(titles) != len(images):
        raise ValueError(f"titles must have one text for each of the {len(images)} images, got {len(titles)}.")
    count, tall, wide = images.shape
    columns = min(columns, count)
    rows = rows or -(-count // columns)
    scale = float(scale or np.abs(images).max() or 1.0)

    width = canvas(ax)
    line = 0.085 if titles is not None else 0.0
    gap = 0.03
    cell = min((1 - rows * (line + gap)) / (rows * tall), (width / columns - gap) / wide)
    step = np.array([min(width / columns, cell * wide + 0.14), cell * tall + line + gap])
    left, top = (width - columns * step[0]) / 2, 0.5 + rows * step[1] / 2
    corners = []
    for k in range(count):
        x = left + (k % columns) * step[0] + (step[0] - cell * wide) / 2
        y = top - (k // columns) * step[1] - gap / 2
        corners.append((x, y))
        if titles is not None:
            ax.text(x + cell * wide / 2, y - cell * tall - 0.015, titles[k], ha="center", va="top", size=11)
    for value, color in ((images, BLUE if signed else INK), (-images, ORANGE)):
        _tiles(ax, value / scale, corners, cell, color, dashed=color is ORANGE if signed else None)
        if not signed:
            break
    if frame is not None:
        x, y = corners[frame]
        g = 0.012
        box = [(x - g, y + g), (x + cell * wide + g, y + g), (x + cell * wide + g, y - cell * tall - g)]
        box += [(x - g, y - cell * tall - g), (x - g, y + g)]
        ax.add_artist(PathPatch(Path(box), facecolor="none", edgecolor=VERMILION, linewidth=2.4))
    outlines = []
    for x, y in corners:
        outlines += [(x, y), (x + cell * wide, y), (x + cell * wide, y - cell * tall), (x, y - cell * tall), (x, y)]
    codes = [Path.MOVETO, *[Path.LINETO] * 4] * count
    ax.add_artist(PathPatch(Path(outlines, codes), facecolor="none", edgecolor=INK, linewidth=0.5, alpha=0.5))
    return scale


def _tiles(ax, values, corners, cell, color, dashed):
    """Fill the tiles where `values` (K, H, W) is positive: one path for each depth of colour, all images together."""
    depth = np.ceil(np.clip(values, 0, 1) * STRENGTHS - 0.5).astype(int)
    corners = np.array(corners)
    for level in range(1, STRENGTHS + 1):
        k, i, j = np.nonzero(depth == level)
        if not len(k):
            continue
        x, y = corners[k, 0] + j * cell, corners[k, 1] - i * cell
        gap = (0.04 if dashed is not None else 0.015) * cell
        a, b, c, d = x + gap, x + cell - gap, y - gap, y - cell + gap
        vertices = np.stack([np.stack(p, 1) for p in ((a, c), (b, c), (b, d), (a, d), (a, c))], 1).reshape(-1, 2)
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(k)
        ax.add_artist(PathPatch(Path(vertices, codes), facecolor=(color, level / STRENGTHS), edgecolor="none"))
        if dashed:
            middle = y - cell / 2
            dashes = np.stack([x + 0.3 * cell, middle, x + 0.7 * cell, middle], 1).reshape(-1, 2)
            codes = [Path.MOVETO, Path.LINETO] * len(k)
            ink = INK if level <= STRENGTHS / 2 else PAPER  # whichever is seen on a tile of this depth
            ax.add_artist(PathPatch(Path(dashes, codes), facecolor="none", edgecolor=ink, linewidth=0.9))
