"""A layer as matrices: blocks whose sides are the shapes, so that one sees which sides must match."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from .axes import canvas, number
from .style import BLUE, GREEN, GREY, INK, ORANGE, PURPLE

LINE, GAP, SIGN = 0.078, 0.045, 0.08  # a line of text, the space around a block, the room for a + or =
COLORS = {"X": BLUE, "W": ORANGE, "b": PURPLE, "Z": GREEN}


def matrix_equation(ax, rows, *, digits=1):
    """Draw equations between matrices, one or more a row: blocks with their names above and their shapes below.

    `rows` is a list of rows, a row is a list of terms; a term is a text such as `"+"`, `"="` or `""` (a wide gap), or a
    pair (name, matrix) with an array (R, C) or (C,) whose numbers are written in the cells, or (name, shape) for its
    shape alone. All cells have the same size; a whole number has no decimals, another one `digits`. dX, dW, …
    have the colour of X, W, … and a dashed outline.
    Returns {name: [Rectangle, …]}, the blocks.
    """
    rows = [[_term(term) for term in row] for row in rows]
    if not rows or not all(any(not isinstance(t, str) for t in row) for row in rows):
        raise ValueError("rows must be a list of rows, each a list with at least one (name, matrix).")
    width = canvas(ax)
    cells = max(sum(t.columns for t in row if not isinstance(t, str)) for row in rows)
    between = max(sum(SIGN * (1 + (t == "")) if isinstance(t, str) else GAP for t in row) for row in rows)
    tallest = [max(t.rows for t in row if not isinstance(t, str)) for row in rows]
    free = 1 - len(rows) * 2 * LINE - (len(rows) - 1) * GAP
    cell = min((width - between) / cells, free / sum(tallest), 0.15)
    if cell <= 0:
        raise ValueError("there is no room for so many matrices: draw fewer, or in a larger figure.")
    y = 0.5 + (1 - free + cell * sum(tallest)) / 2
    blocks = {}
    for row, tall in zip(rows, tallest, strict=True):
        sizes = [SIGN * (1 + (t == "")) if isinstance(t, str) else t.columns * cell + GAP for t in row]
        x, middle = (width - sum(sizes)) / 2, y - LINE - tall * cell / 2
        for term, size in zip(row, sizes, strict=True):
            if isinstance(term, str):
                ax.text(x + size / 2, middle, term, ha="center", va="center_baseline", size=15)
            else:
                corner = x + GAP / 2, middle - term.rows * cell / 2
                blocks.setdefault(term.name, []).append(_block(ax, term, *corner, cell, digits))
            x += size
        y -= tall * cell + 2 * LINE + GAP
    return blocks


class _Term(NamedTuple):
    name: str
    shape: tuple
    values: np.ndarray | None

    @property
    def rows(self):
        return self.shape[0] if len(self.shape) == 2 else 1

    @property
    def columns(self):
        return self.shape[-1]


def _term(term):
    if isinstance(term, str):
        return term
    try:
        name, matrix = term
    except (TypeError, ValueError):
        raise ValueError(f"a term must be a text or a pair (name, matrix or shape), got {term!r}.") from None
    if isinstance(matrix, tuple) and all(isinstance(n, (int, np.integer)) for n in matrix):
        shape, values = matrix, None
    else:
        values = np.asarray(matrix, dtype=float)
        shape = values.shape
    if len(shape) not in (1, 2) or min(shape) < 1:
        raise ValueError(f"{name} must have one or two axes, got the shape {shape}.")
    return _Term(name, shape, values)


def _block(ax, term, left, bottom, cell, digits):
    name, r, c = term.name, term.rows, term.columns
    base = name.lstrip("d∂").rstrip("ᵀ")
    color, dash = COLORS.get(base, GREY), (0, (3, 1.6)) if name[0] in "d∂" else "-"
    width, height = c * cell, r * cell
    block = Rectangle(
        (left, bottom), width, height, facecolor=(color, 0.2), edgecolor=color, linewidth=1.8, linestyle=dash
    )
    ax.add_artist(block)
    lines = [((left + i * cell, bottom), (left + i * cell, bottom + height)) for i in range(1, c)]
    lines += [((left, bottom + i * cell), (left + width, bottom + i * cell)) for i in range(1, r)]
    if lines:
        grid = Path(np.reshape(lines, (-1, 2)), [Path.MOVETO, Path.LINETO] * len(lines))
        ax.add_artist(PathPatch(grid, facecolor="none", edgecolor=color, linewidth=0.6))
    ax.text(left + width / 2, bottom + height + 0.02, name, ha="center", va="bottom", weight="bold")
    ax.text(left + width / 2, bottom - 0.02, str(term.shape), ha="center", va="top", size=11)
    if term.values is not None:
        for (i, j), value in np.ndenumerate(term.values.reshape(r, c)):
            x, y = left + (j + 0.5) * cell, bottom + height - (i + 0.5) * cell
            ax.text(x, y, number(value, digits if value % 1 else 0), ha="center", va="center_baseline", size=11)
    return block


def _frame(ax, block, cell, row, column, tall, wide):
    """A thick frame round `tall` × `wide` cells of a block, from one cell's row and column on."""
    corner = block.get_x() + column * cell, block.get_y() + block.get_height() - (row + tall) * cell
    ax.add_artist(Rectangle(corner, wide * cell, tall * cell, fill=False, edgecolor=INK, linewidth=2.6, zorder=3))


def _sizes(X, W):
    X, W = _term(("X", X)), _term(("W", W))
    if len(X.shape) != 2 or len(W.shape) != 2:
        raise ValueError(f"X and W must have two axes, got the shapes {X.shape} and {W.shape}.")
    if X.columns != W.rows:
        raise ValueError(f"X has {X.columns} columns, so W must have {X.columns} rows; it has {W.rows}.")
    return X.rows, X.columns, W.columns


def linear_forward(ax, X=(4, 3), W=(3, 2), b=None, *, entry=None, digits=1):
    """Draw Z = XW + b: X (N, D), W (D, M), b (M,), each an array or, to draw only the shapes, a tuple of sizes.

    `entry` (n, m) frames one entry of Z and all that it is made of: row n of X, column m of W, entry m of b.
    Returns {name: [Rectangle]}.
    """
    n, d, m = _sizes(X, W)
    if isinstance(X, tuple) or isinstance(W, tuple):
        b, Z = (m,), (n, m)
    else:
        b = np.zeros(m) if b is None else np.asarray(b, dtype=float)
        if b.shape != (m,):
            raise ValueError(f"b must have shape {(m,)}, got {b.shape}.")
        Z = np.asarray(X) @ np.asarray(W) + b
    blocks = matrix_equation(ax, [[("Z", Z), "=", ("X", X), ("W", W), "+", ("b", b)]], digits=digits)
    if entry is not None:
        cell, (row, column) = blocks["X"][0].get_width() / d, entry
        parts = {"Z": (row, column, 1, 1), "X": (row, 0, 1, d), "W": (0, column, d, 1), "b": (0, column, 1, 1)}
        for name, part in parts.items():
            _frame(ax, blocks[name][0], cell, *part)
    return blocks


def linear_backward(ax, X=(4, 3), W=(3, 2), dZ=None, *, which=("dX", "dW", "db"), digits=1):
    """Draw a linear layer's backward pass: dX = dZ Wᵀ, dW = Xᵀ dZ, db = the sum of dZ over the batch.

    `X` (N, D), `W` (D, M), `dZ` (N, M) are arrays, or tuples of sizes to draw only the shapes; `which` picks equations.
    The sum over the batch is drawn as a product with a row of ones. Returns {name: [Rectangle, …]}.
    """
    n, d, m = _sizes(X, W)
    unknown = set(which) - {"dX", "dW", "db"}
    if unknown or not which:
        raise ValueError(f"which must hold some of dX, dW, db, got {which!r}.")
    if dZ is None or isinstance(X, tuple) or isinstance(W, tuple):
        XT, WT, dZ, ones, dX, dW, db = (d, n), (m, d), (n, m), (n,), (n, d), (d, m), (m,)
    else:
        X, W, dZ = (np.asarray(a, dtype=float) for a in (X, W, dZ))
        if dZ.shape != (n, m):
            raise ValueError(f"dZ must have shape {(n, m)}, got {dZ.shape}.")
        XT, WT, ones, dX, dW, db = X.T, W.T, np.ones(n), dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)
    equations = {
        "dX": [("dX", dX), "=", ("dZ", dZ), ("Wᵀ", WT)],
        "dW": [("dW", dW), "=", ("Xᵀ", XT), ("dZ", dZ)],
        "db": [("db", db), "=", ("ones", ones), ("dZ", dZ)],
    }
    rows = [equations[name] for name in ("dX", "dW") if name in which]
    if "db" in which:  # beside dX, where there is room
        rows[:1] = [[*rows[0], "", *equations["db"]]] if rows else [equations["db"]]
    return matrix_equation(ax, rows, digits=digits)
