"""In a live kernel: ipywidgets, and the same picture as on the page, redrawn by Python at each change."""

import asyncio
import html

from .dragging import Drag, keyed, usable_picture
from .page import still, stylesheet
from .slips import ExploreError

DRAG = "<p>Points can be dragged on the book's pages; here after <code>pip install anywidget</code> and a restart.</p>"
INSTALL = 'To move its sliders here, install ipywidgets (`pip install "ipywidgets>=8"`) and run the cell again.'


def bundle(explored, widgets=True):
    """What a notebook shows: widgets, or the first picture where there are none or a file keeps it; and plain text."""
    tree, said, handles = explored.draw_first()  # raises here, where the reader looks
    look, first = f"<style>{stylesheet()}</style>", still(explored, tree, said)
    asked = explored.guess.as_text() if explored.guess else ""
    shown = {
        "text/plain": explored.describe() + (f"\n{said}" if said else ""),
        "text/html": look + first + asked,  # what a saved notebook shows to whoever has no kernel
    }
    if not explored.parameters or not widgets:
        return shown
    ipywidgets = usable_ipywidgets()
    if ipywidgets is None:
        return shown | {"text/html": f"{shown['text/html']}<p>{INSTALL}</p>"}
    last = {p.name: p.values[-1] for p in explored.parameters}
    explored.panel = Panel(ipywidgets, explored, look, first, handles, handles or explored.handles(last))  # kept alive
    return explored.panel.box._repr_mimebundle_() | shown


def usable_ipywidgets():
    """The module ipywidgets from version 8 on; None where there is none, or an older one (Colab has 7.7)."""
    try:
        import ipywidgets
    except ImportError:
        return None
    return ipywidgets if hasattr(ipywidgets.VBox, "_repr_mimebundle_") else None


class Panel:
    """The controls and the picture of one figure; rapid changes are drawn once, the last one always.

    `movable` says whether the figure has anything to drag. Only then the picture is a widget of our own, which needs
    anywidget beside the notebook's pages as well as in the kernel.
    """

    def __init__(self, widgets, explored, look, first, handles, movable):
        self.explored, self.waiting, self.drag = explored, None, None
        draggable = usable_picture() if movable else None
        self.picture = draggable(value=first, handles=keyed(handles)) if draggable else widgets.HTML(first)
        self.inputs, self.movable, rows = {}, [], []
        for p in explored.parameters:
            made = p.control.widget(
                widgets,
                p,
                description=p.label,
                style={"description_width": "9em"},
                layout=widgets.Layout(width="min(34em, 100%)"),
            )
            made[0].observe(self._changed, "index" if hasattr(made[0], "index") else "value")
            self.inputs[p.name] = made[0]
            self.movable += made
            rows.append(made[0] if len(made) == 1 else widgets.HBox(made))
        if draggable:
            self.drag = Drag(explored, self.inputs, self.picture)
        if explored.guess:
            self._shut(True)
            rows.insert(0, explored.guess.live(widgets, opened=lambda: self._shut(False)))
        self.box = widgets.VBox([*rows, self.picture, widgets.HTML(look + (DRAG if movable and not draggable else ""))])

    def _shut(self, shut):
        for control in self.movable:
            control.disabled = shut
        if self.drag:
            self.picture.shut = shut

    def _changed(self, change):
        if self.waiting is not None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.redraw()
        else:  # let the changes that already stand in the queue arrive, then draw once
            self.waiting = loop.call_later(0.004, self.redraw)

    def redraw(self):
        """Draw the picture for the controls' values now."""
        self.waiting = None
        try:
            tree, said, handles = self.explored.draw({name: control.value for name, control in self.inputs.items()})
        except ExploreError as error:
            self.picture.value = f'<p class="nn-says" role="alert"><strong>{html.escape(str(error))}</strong></p>'
        else:
            self.picture.value = still(self.explored, tree, said)
            if self.drag:
                self.picture.handles = keyed(handles)
