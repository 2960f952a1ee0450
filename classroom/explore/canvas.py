"""One figure's drawing place: it keeps the matplotlib figure, makes it new for every frame, and holds the margins."""

import gc
import io
from contextlib import contextmanager

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .handles import recording
from .pristine import Pristine
from .render import house_style, tree_of

MOST_TICKS = 8


class Canvas:
    """Where the frames of one `Explore` are drawn; every one of them with the margins that the first one needs."""

    def __init__(self, layout):
        self.layout = layout
        self.margins = self._kept = None
        self.renews = True  # whether a figure made new again draws what a new one draws

    def draw(self, function, values, first, renewed=True):
        """One frame: `(tree, what the function returned, handles)`; `first` are the values that decide the margins."""
        renewed = renewed and self.renews
        with house_style(), no_collecting():
            figure, said, handles = self._drawn(function, values, first, renewed)
            return tree_of(figure, renewed), said, [handle.placed(figure) for handle in handles]

    def handles(self, function, values, first):
        """Where a frame's handles stand; the picture itself, which takes most of the time, is not made."""
        with house_style(), no_collecting():
            figure, _, handles = self._drawn(function, values, first, self.renews)
            for panel in figure.axes:
                panel.get_xlim()  # limits that wait for whoever asks, and a shape that waits for the drawing
                panel.apply_aspect()
            return [handle.placed(figure) for handle in handles]

    def _drawn(self, function, values, first, renewed):
        """A figure with what the function draws on it, what it returned, and the handles that it set."""
        if self.margins is None:
            self._settle(function, first)
        figure, axes = self._renewed() if renewed else self.new()
        panels = list(figure.axes)
        with recording() as handles:
            said = function(axes, **values)
        if figure.axes != panels:  # it got axes of its own, which matplotlib ties to the first ones: start anew
            self._kept = None
        return figure, said, handles

    def png(self, function, values):
        """A frame as the bytes of a PNG in the light scheme's colours, twice as fine as on a page."""
        with house_style():
            figure, axes = self.new()
            with recording():
                function(axes, **values)
            written = io.BytesIO()
            figure.savefig(written, format="png", dpi=144, facecolor="white", transparent=False)
        return written.getvalue()

    def new(self):
        """A new figure and what the drawing function is given: one Axes, or a list of them."""
        layout = self.layout
        figure = Figure(figsize=(layout.width, layout.height), dpi=72)
        FigureCanvasSVG(figure)
        if self.margins:
            figure.subplots_adjust(**self.margins)
        if "mosaic" in layout.subplots:
            axes = list(figure.subplot_mosaic(**layout.subplots).values())
        else:
            axes = figure.subplots(layout.rows, layout.columns, squeeze=False, **layout.subplots).ravel().tolist()
        for panel in axes:  # few, round ticks: calmer to read, and each takes time to draw
            for axis, most in ((panel.xaxis, MOST_TICKS - 1), (panel.yaxis, 5)):
                if isinstance(locator := axis.get_major_locator(), MaxNLocator):
                    locator.set_params(nbins=most, steps=[1, 2, 5, 10])
        return figure, axes[0] if len(axes) == 1 else axes

    def _renewed(self):
        """The same as `new`, but one figure for all frames, made as new again for each."""
        if self._kept is None:
            figure, axes = self.new()
            for panel in figure.axes:
                for axis in (panel.xaxis, panel.yaxis):
                    axis.get_major_ticks(MOST_TICKS)  # what takes longest to make
            self._kept = Pristine(figure), axes
        pristine, axes = self._kept
        return pristine.restore(), axes

    def _settle(self, function, first):
        """Take the margins that the first frame needs; every other frame uses the same, so nothing jumps."""
        figure, axes = self.new()
        with recording():
            function(axes, **first)
        figure.tight_layout(pad=0.6)
        p = figure.subplotpars
        self.margins = {k: round(getattr(p, k), 4) for k in ("left", "right", "bottom", "top", "wspace", "hspace")}


@contextmanager
def no_collecting():
    """Let Python's garbage collector wait: a frame makes thousands of objects, and the next frame lets them all go."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
