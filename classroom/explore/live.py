"""In a live kernel: ipywidgets, and the same picture as on the page, redrawn by Python at each change."""

import asyncio
import html

from .page import still, stylesheet
from .parameters import ExploreError

DRAG = "<p>What can be dragged on the book's pages is moved by its slider here.</p>"


def bundle(figure):
    """What a notebook shows: widgets where there are any, else the first picture; always the same plain text."""
    tree, said, handles = figure.draw()  # raises here, where the reader looks
    shown = {"text/plain": figure.describe() + (f"\n{said}" if said else "")}
    look, first = f"<style>{stylesheet()}</style>", still(figure, tree, said)
    if not figure.parameters:
        return shown | {"text/html": look + first}
    try:
        import ipywidgets
    except ImportError:
        note = "To move its sliders here, install ipywidgets (`pip install ipywidgets`) and run the cell again."
        asked = figure.guess.as_text() if figure.guess else ""
        return shown | {"text/html": f"{look}{first}{asked}<p>{note}</p>"}
    note = DRAG if handles else ""
    figure.panel = Panel(ipywidgets, figure, look + note, first)  # keep a hold of it, or it stops answering
    return shown | figure.panel.box._repr_mimebundle_() | shown


class Panel:
    """The controls and the picture of one figure; rapid changes are drawn once, the last one always."""

    def __init__(self, widgets, figure, foot, first):
        self.figure, self.waiting = figure, None
        self.inputs = {p.name: self._control(widgets, p) for p in figure.parameters}
        self.picture = widgets.HTML(first)
        rows, self.players = [], []
        for parameter, control in zip(figure.parameters, self.inputs.values(), strict=True):
            control.observe(self._changed, "index" if hasattr(control, "index") else "value")
            if parameter.kind == "play":
                player = widgets.Play(
                    min=0, max=len(parameter.values) - 1, value=parameter.start, interval=max(parameter.interval, 60)
                )
                widgets.link((player, "value"), (control, "index"))
                self.players.append(player)
                rows.append(widgets.HBox([control, player]))
            else:
                rows.append(control)
        asked = []
        if figure.guess:
            self._shut(True)
            asked = [figure.guess.live(widgets, opened=lambda: self._shut(False))]
        self.box = widgets.VBox([*asked, *rows, self.picture, widgets.HTML(foot)])

    def _shut(self, shut):
        for control in (*self.inputs.values(), *self.players):
            control.disabled = shut

    @staticmethod
    def _control(widgets, p):
        common = {
            "description": p.label,
            "style": {"description_width": "9em"},
            "layout": widgets.Layout(width="min(34em, 100%)"),
        }
        if p.kind == "switch":
            return widgets.Checkbox(value=bool(p.start), indent=True, **common)
        options = list(zip(p.texts, p.values, strict=True))
        if p.kind == "choice":
            return widgets.Dropdown(options=options, index=p.start, **common)
        return widgets.SelectionSlider(options=options, index=p.start, continuous_update=True, **common)

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
            tree, said, _ = self.figure.draw({name: control.value for name, control in self.inputs.items()})
        except ExploreError as error:
            self.picture.value = f'<p class="nn-says" role="alert"><strong>{html.escape(str(error))}</strong></p>'
        else:
            self.picture.value = still(self.figure, tree, said)
