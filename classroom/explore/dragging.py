"""In a live notebook: from where a reader drags a handle to the values whose handle stands nearest."""

from functools import cache
from pathlib import Path

from .handles import numbered
from .slips import ExploreError
from .widgets import any_widget

HERE = Path(__file__).parent


@cache
def usable_picture():
    """The picture as a widget that tells Python where its handles are dragged; None where there is no anywidget."""
    code = "".join((HERE / name).read_text(encoding="utf-8") for name in ("drag.js", "live.mjs"))
    return any_widget(
        code, value="", handles={}, shut=False
    )  # HTML; as `keyed` gives them; whether a guess comes first


def keyed(handles):
    """Handles by a word that stays theirs from frame to frame, `"w1,w2 0"`: a frame may lack some."""
    return {f"{','.join(names)} {number}": handle for (names, number), handle in numbered(handles).items()}


def nearest(far, places, counts, moved):
    """The places at which the handle stands nearest, as `far(places)` measures it.

    places: the place of each parameter's value among its `counts` values; `moved` are the numbers of those that may
    change. All values of the first are compared, then all of the next, and so on until none leads nearer: a page
    compares all pairs too, which are drawn already; here each frame has to be drawn.
    """
    best, before = tuple(places), None
    while best != before:
        before = best
        for number in moved:
            trials = [(*best[:number], place, *best[number + 1 :]) for place in range(counts[number])]
            best = min([best, *trials], key=far)
    return best


class Drag:
    """What a picture's messages do: they move the controls of the parameters that a handle moves."""

    def __init__(self, explored, inputs, picture):
        self.explored, self.inputs, self.picture = explored, inputs, picture
        self.standing = cache(self._standing)  # a frame is drawn once
        picture.on_msg(self.heard)

    def heard(self, picture, message, buffers):
        """A message from the picture, `{"handle": key, "at": [x, y]}`; an answer lets it send the next one."""
        try:
            self.move(message["handle"], message["at"])
        finally:
            picture.send({})

    def move(self, key, at):
        """Set the controls so that a handle stands as near to `at`, in points, as it can."""
        parameters = self.explored.parameters
        if self.picture.shut or key not in self.picture.handles:
            return
        names = self.picture.handles[key][0]
        moved = [number for number, p in enumerate(parameters) if p.name in names]
        before = [p.values.index(self.inputs[p.name].value) for p in parameters]
        after = nearest(lambda places: self.far(places, key, at), before, [len(p.values) for p in parameters], moved)
        for p, old, new in zip(parameters, before, after, strict=True):
            if new != old:
                self.inputs[p.name].value = p.values[new]

    def far(self, places, key, at):
        """The square of the distance from a handle to `at`; infinite where there is nothing to hold."""
        _, x, y, _ = self.standing(places).get(key, (None, None, None, None))
        if x is None and y is None:
            return float("inf")
        return (0 if x is None else (x - at[0]) ** 2) + (0 if y is None else (y - at[1]) ** 2)

    def _standing(self, places):
        values = {p.name: p.values[place] for p, place in zip(self.explored.parameters, places, strict=True)}
        try:
            return keyed(self.explored.handles(values))
        except ExploreError:
            return {}  # its slider leads there too, and then the picture says what is wrong
