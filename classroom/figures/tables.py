"""Numbers in a grid, deeper where they are larger: confusion matrices, and sweeps over two settings."""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from .axes import array, frame, number
from .style import BLUE, FAINT, INK, ORANGE

DEEPEST = 0.5  # the ink on the deepest cell still has contrast, light and dark


def number_table(
    ax, values, rows, columns, *, xlabel="", ylabel="", digits=2, scale=None, texts=None, color=BLUE, frame_cell=None
):
    """Draw `values` (R, C) as a grid of cells with the numbers in them; returns the texts (R, C) as lists.

    `rows`, `columns` are the names of the R rows and C columns; full depth is `scale` (default: the largest value);
    `texts` (R, C) replaces the numbers; `frame_cell` = (row, column) frames one. Values that are not finite stay empty
    and are written as "diverged".
    """
    values = array("values", values, 2)
    if values.shape != (len(rows), len(columns)):
        raise ValueError(f"values must have shape {(len(rows), len(columns))} to fit the names, got {values.shape}.")
    r, c = values.shape
    finite = np.isfinite(values)
    scale = float(scale or (values[finite].max() if finite.any() else 1.0) or 1.0)
    frame(
        ax,
        (0, c),
        (0, r),
        xlabel,
        ylabel,
        xticks={j + 0.5: str(t) for j, t in enumerate(columns)},
        yticks={i + 0.5: str(t) for i, t in enumerate(rows)},
        marks=False,
    )
    ax.invert_yaxis()
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    written = [["" for _ in range(c)] for _ in range(r)]
    cells, shades = [], []
    for i in range(r):
        for j in range(c):
            if finite[i, j]:
                depth = DEEPEST * min(max(values[i, j] / scale, 0.0), 1.0)
                shade = ORANGE if color is None and i != j else color or BLUE
                if depth > 0.004:
                    cells.append([(j, i), (j + 1, i), (j + 1, i + 1), (j, i + 1)])
                    shades.append((shade, depth))
            text = number(values[i, j], digits) if finite[i, j] else "diverged"
            text = text if texts is None else str(texts[i][j])
            written[i][j] = text
            if text:
                ax.text(j + 0.5, i + 0.5, text, ha="center", va="center_baseline", size=11)
    ax.add_collection(PolyCollection(cells, facecolors=shades, edgecolors="none", zorder=1), autolim=False)
    lines = [((0, i), (c, i)) for i in range(r + 1)] + [((j, 0), (j, r)) for j in range(c + 1)]
    grid = Path(np.reshape(lines, (-1, 2)), [Path.MOVETO, Path.LINETO] * len(lines))
    ax.add_artist(PathPatch(grid, facecolor="none", edgecolor=FAINT, linewidth=0.8, clip_on=False))
    if frame_cell is not None:
        i, j = frame_cell
        ax.add_artist(Rectangle((j, i), 1, 1, facecolor="none", edgecolor=INK, linewidth=2.4, clip_on=False, zorder=4))
    return written


def confusion_matrix(ax, true, predicted, classes=10, *, frame_cell=None):
    """Draw how often each true class (rows) was taken for each class (columns); returns the counts (K, K).

    `true`, `predicted` (N,) are whole numbers from 0 to K − 1; `classes` is K, or a list of K names. Right answers, on
    the diagonal, are blue; mistakes are orange, deeper on a scale of their own so that a few still show; 0 is empty.
    """
    names = [str(k) for k in range(classes)] if isinstance(classes, (int, np.integer)) else [str(k) for k in classes]
    true, predicted = np.asarray(true).reshape(-1), np.asarray(predicted).reshape(-1)
    if len(true) != len(predicted):
        raise ValueError(f"true has {len(true)} labels and predicted has {len(predicted)}.")
    both = np.concatenate([true, predicted])
    if not np.isin(both, range(len(names))).all():
        raise ValueError(f"labels must be whole numbers from 0 to {len(names) - 1}.")
    counts = np.zeros((len(names), len(names)), dtype=int)
    np.add.at(counts, (true.astype(int), predicted.astype(int)), 1)
    right = np.eye(len(names), dtype=bool)
    depth = np.where(right, counts / max(counts[right].max(), 1), counts / max(counts[~right].max(initial=0), 5))
    texts = [[str(n) if n else "" for n in row] for row in counts]
    number_table(
        ax,
        depth,
        names,
        names,
        xlabel="predicted",
        ylabel="true",
        scale=1.0,
        texts=texts,
        color=None,
        frame_cell=frame_cell,
    )
    return counts
