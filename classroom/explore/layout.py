"""How big a picture is and into which panels it is divided: what an author says, and nothing that drawing changes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, init=False)
class Layout:
    """Several panels, or another size: `@explore(Layout(1, 2, width=8, height=3.4), w=...)`.

    The drawing function then gets the panels as one flat list: `def f(axes, w=1.0): left, right = axes`.
    `width` and `height` are in inches of 96 pixels; the rest goes to `Figure.subplots` (`width_ratios`, `sharex`, …),
    or with `mosaic="ab;cc"` to `Figure.subplot_mosaic`: two panels above, a wide one below.
    """

    rows: int
    columns: int
    width: float
    height: float
    subplots: Mapping

    def __init__(self, rows=1, columns=1, width=6.0, height=None, **subplots):
        if "mosaic" in subplots:
            mosaic = subplots["mosaic"]
            rows = len(mosaic.split(";") if isinstance(mosaic, str) else mosaic)
        height = height or (3.6 if rows == 1 else 2.9 * rows)
        for name, value in (("rows", rows), ("columns", columns), ("width", width), ("height", height)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "subplots", subplots)
