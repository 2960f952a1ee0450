"""A layer as matrices: blocks whose sides are the shapes, so that one sees which sides must match."""

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from .axes import canvas, number
from .style import BLUE, GREEN, GREY, ORANGE, PURPLE

COLORS = {"X": BLUE, "W": ORANGE, "b": PURPLE, "Z": GREEN}


def matrix_equation(ax, rows, *, digits=1):
    """Draw equations between matrices, one a row: blocks with their names above and their shapes below.

    `rows` is a list of equations; an equation is a list of terms; a term is a text such as `"+"` or `"="`, or a pair
    (name, matrix) with an array (R, C) whose numbers are written in the cells, or (name, (R, C)) for its shape alone.
    All cells have the same size. dX, dW, … have the colour of X, W, … and a dashed outline.
    Returns {name: Rectangle}, the blocks.
    """
    rows = [[_term(term) for term in row] for row in rows]
    if not rows or not all(rows):
        raise ValueError("rows must be a list of equations, each a list of terms.")
    # in cells: a text is one wide, a block its columns and a gap; above and below each block, room for two lines
    widths = [sum(0.9 if isinstance(t, str) else max(t[1][1], 1.2) + 0.3 for t in row) for row in rows]
    tallest = [max(t[1][0] for t in row if not isinstance(t, str)) for row in rows]
    width = canvas(ax)
    line = 0.085
    room = (1 - len(rows) * (2 * line + 0.04)) / sum(tallest)
    cell = min(width / max(widths), room, 0.16)
    used = cell * sum(tallest) + len(rows) * (2 * line + 0.04)
    y, blocks = 0.5 + used / 2, {}
    for row, total, tall in zip(rows, widths, tallest, strict=True):
        x, middle = (width - total * cell) / 2, y - line - tall * cell / 2
        for term in row:
            if isinstance(term, str):
                ax.text(x + 0.45 * cell, middle, term, ha="center", va="center_baseline", size=15)
                x += 0.9 * cell
                continue
            name, (r, c), values = term
            wide = max(c, 1.2) + 0.3
            left = x + (wide - c) * cell / 2
            blocks[name] = _block(ax, name, left, middle - r * cell / 2, r, c, cell, values, digits, line)
            x += wide * cell
        y -= tall * cell + 2 * line + 0.04
    return blocks


def _term(term):
    if isinstance(term, str):
        return term
    try:
        name, matrix = term
    except (TypeError, ValueError):
        raise ValueError(f"a term must be a text or a pair (name, matrix or shape), got {term!r}.") from None
    if isinstance(matrix, tuple) and len(matrix) == 2 and all(isinstance(n, (int, np.integer)) for n in matrix):
        return name, matrix, None
    values = np.atleast_2d(np.asarray(matrix, dtype=float))
    if values.ndim != 2:
        raise ValueError(f"{name} must have two axes, got an array of shape {values.shape}.")
    return name, values.shape, values


def _block(ax, name, left, bottom, r, c, cell, values, digits, line):
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
    ax.text(left + width / 2, bottom - 0.02, f"({r}, {c})", ha="center", va="top", size=11)
    if values is not None:
        for i in range(r):
            for j in range(c):
                ax.text(
                    left + (j + 0.5) * cell,
                    bottom + height - (i + 0.5) * cell,
                    number(values[i, j], digits),
                    ha="center",
                    va="center_baseline",
                    size=11,
                )
    return block


def _sizes(X, W):
    (n, d), (d2, m) = _term(("X", X))[1], _term(("W", W))[1]
    if d != d2:
        raise ValueError(f"X has {d} columns, so W must have {d} rows; it has {d2}.")
    return n, d, m


def linear_forward(ax, X=(4, 3), W=(3, 2), b=None, *, digits=1):
    """Draw Z = XW + b: X (N, D), W (D, M), b (M,), each an array or, to draw only its shape, a pair of sizes.

    Returns {name: Rectangle}.
    """
    n, _, m = _sizes(X, W)
    if isinstance(X, tuple) or isinstance(W, tuple):
        return matrix_equation(ax, [[("X", X), ("W", W), "+", ("b", (1, m)), "=", ("Z", (n, m))]])
    b = np.zeros(m) if b is None else np.asarray(b, dtype=float)
    Z = np.asarray(X) @ np.asarray(W) + b
    return matrix_equation(ax, [[("X", X), ("W", W), "+", ("b", b), "=", ("Z", Z)]], digits=digits)


def linear_backward(ax, X=(4, 3), W=(3, 2), dZ=None, *, which=("dX", "dW", "db"), digits=1):
    """Draw a linear layer's backward pass: dX = dZ Wᵀ, dW = Xᵀ dZ, db = the sum of dZ over the batch.

    `X` (N, D), `W` (D, M), `dZ` (N, M) are arrays, or pairs of sizes to draw only the shapes; `which` picks the rows.
    The sum over the batch is drawn as a product with a row of ones. Returns {name: Rectangle}.
    """
    n, d, m = _sizes(X, W)
    unknown = set(which) - {"dX", "dW", "db"}
    if unknown:
        raise ValueError(f"which must be among dX, dW, db, got {sorted(unknown)[0]!r}.")
    if dZ is None or isinstance(X, tuple) or isinstance(W, tuple):
        rows = {
            "dX": [("dZ", (n, m)), ("Wᵀ", (m, d)), "=", ("dX", (n, d))],
            "dW": [("Xᵀ", (d, n)), ("dZ", (n, m)), "=", ("dW", (d, m))],
            "db": [("1ᵀ", (1, n)), ("dZ", (n, m)), "=", ("db", (1, m))],
        }
    else:
        X, W, dZ = (np.asarray(a, dtype=float) for a in (X, W, dZ))
        if dZ.shape != (n, m):
            raise ValueError(f"dZ must have shape {(n, m)}, got {dZ.shape}.")
        rows = {
            "dX": [("dZ", dZ), ("Wᵀ", W.T), "=", ("dX", dZ @ W.T)],
            "dW": [("Xᵀ", X.T), ("dZ", dZ), "=", ("dW", X.T @ dZ)],
            "db": [("1ᵀ", np.ones((1, n))), ("dZ", dZ), "=", ("db", dZ.sum(axis=0))],
        }
    return matrix_equation(ax, [rows[w] for w in which], digits=digits)
