"""A point of the picture that a reader can drag, and what it moves."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_handles = ContextVar("handles", default=None)


@dataclass
class Handle:
    """Where a handle stands in one frame: `x` or `y` is None where the handle is a whole line."""

    axes: object
    x: float | None
    y: float | None
    parameters: tuple

    def placed(self, figure):
        """`[parameters, x, y, box]` in points from the top left: None along a line, and where it is outside the box.

        The box is that of its Axes, `[left, top, right, bottom]`.
        """
        x, y = self.axes.transData.transform((0 if self.x is None else self.x, 0 if self.y is None else self.y))
        height = figure.get_size_inches()[1] * 72
        box = self.axes.get_window_extent()
        inside = (self.x is None or box.x0 - 1 <= x <= box.x1 + 1) and (self.y is None or box.y0 - 1 <= y <= box.y1 + 1)
        point = [
            None if self.x is None else round(float(x), 1),
            None if self.y is None else round(float(height - y), 1),
        ]
        return [
            list(self.parameters),
            *(point if inside else [None, None]),
            [round(float(v), 1) for v in (box.x0, height - box.y1, box.x1, height - box.y0)],
        ]


def numbered(handles):
    """A frame's handles by what they move, and a number where several move the same; a frame may lack some."""
    found = {}
    for handle in handles:
        names = tuple(handle[0])
        found[names, sum(key[0] == names for key in found)] = handle
    return found


@contextmanager
def recording():
    """Collect the handles that a drawing function sets."""
    handles = []
    token = _handles.set(handles)
    try:
        yield handles
    finally:
        _handles.reset(token)


def drag(ax, x, y, *parameters, color=None, marker=True):
    """Draw a dot at `(x, y)` that readers of the page can drag to change one or two parameters, by name.

    `drag(ax, -b / w, 0.5, "b")` moves b; `drag(ax, w1, w2, "w1", "w2")` moves both. With `x=None` or `y=None` the
    handle is a whole horizontal or vertical line. The picture answers with the nearest value it has; the sliders do
    the same from the keyboard. In a live notebook dragging takes anywidget; without it the dot is drawn, and the
    sliders move it.
    """
    if not parameters:
        raise TypeError('drag(ax, x, y, "b") needs the name of the parameter that the handle moves.')
    from ..figures import style  # here: `import classroom` brings no matplotlib

    color = color or style.BLUE
    if marker and x is not None and y is not None:
        ax.plot(
            [x],
            [y],
            "o",
            color=color,
            markeredgecolor=style.PAPER,
            markeredgewidth=1.6,
            markersize=11,
            zorder=10,
            clip_on=False,
        )
    elif marker and x is not None:
        ax.axvline(x, color=color, linewidth=1.8, linestyle=(0, (4, 2)), zorder=4)
    elif marker and y is not None:
        ax.axhline(y, color=color, linewidth=1.8, linestyle=(0, (4, 2)), zorder=4)
    handles = _handles.get()
    if handles is not None:
        handles.append(Handle(ax, x, y, parameters))
