"""Two arrows: the shadow that one casts on the other is their product, and it is 0 at a right angle."""

import numpy as np

from .axes import array
from .boundary import arrow
from .style import BLUE, GREY, INK, ORANGE


def right_angle(ax, corner, first, second, *, size=0.22, color=INK):
    """Draw the small square at `corner` that says: the directions `first` and `second` (2,) are at right angles.

    Its side is `size` units of the plane. Returns the line; raises ValueError for another angle.
    """
    corner, first, second = (array("corner and directions", v, 1) for v in (corner, first, second))
    lengths = np.hypot(*first), np.hypot(*second)
    if min(lengths) == 0 or abs(first @ second) > 1e-9 * lengths[0] * lengths[1]:
        raise ValueError(f"{first} and {second} are not two directions at a right angle.")
    first, second = size * first / lengths[0], size * second / lengths[1]
    path = np.array([corner + first, corner + first + second, corner + second])
    (line,) = ax.plot(*path.T, color=color, linewidth=1.4, solid_joinstyle="miter", zorder=4)
    return line


def dot_product(ax, w, x):
    """Draw the arrows w and x (2,) from the origin and x's shadow on the line along w; returns w·x.

    The shadow is w·x / ‖w‖ long, blue where w·x > 0 and orange where w·x < 0. The dashed line holds all arrows at
    right angles to w, for which w·x = 0. Set the view first, with `plane`.
    """
    w, x = array("w", w, 1), array("x", x, 1)
    if w.shape != (2,) or x.shape != (2,) or not w.any():
        raise ValueError(f"w and x must have two entries, and w not only zeros, got {w} and {x}.")
    product, across = float(w @ x), np.array([-w[1], w[0]])
    foot = product / (w @ w) * w
    reach = 2 * np.hypot(*np.subtract(*zip(ax.get_xlim(), ax.get_ylim(), strict=True))) / np.hypot(*w)
    ax.plot(*np.column_stack([-reach * across, reach * across]), color=GREY, linestyle=(0, (4, 3)), linewidth=1.4)
    ax.plot(*np.column_stack([-reach * w, reach * w]), color=GREY, linewidth=0.7, zorder=1)
    if product:
        color = BLUE if product > 0 else ORANGE
        ax.plot(*np.column_stack([(0, 0), foot]), color=color, linewidth=9, alpha=0.45, solid_capstyle="butt", zorder=2)
    if not np.allclose(x, foot):
        ax.plot(*np.column_stack([x, foot]), color=INK, linestyle=":", linewidth=1.5, zorder=2)
        right_angle(ax, foot, w, x - foot)
    arrow(ax, (0, 0), w)
    beside = (-1 if across @ x > 0 else 1) * 11 * across / np.hypot(*w)  # in points, on the side where x is not
    ax.annotate("w", w, beside, textcoords="offset points", ha="center", va="center")
    if x.any():
        arrow(ax, (0, 0), x, label="x", color=BLUE if product > 0 else ORANGE if product < 0 else INK)
    return product
