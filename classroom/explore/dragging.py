"""In a live notebook: from where a reader drags a handle to the values whose handle stands nearest."""

from functools import cache, partial
from itertools import product
from pathlib import Path

HERE = Path(__file__).parent


@cache
def usable_anywidget():
    """The picture as a widget that tells Python where its handles are dragged; None where there is no anywidget."""
    try:
        import anywidget
        import traitlets
    except ImportError:
        return None

    class Picture(anywidget.AnyWidget):
        _esm = "".join((HERE / name).read_text(encoding="utf-8") for name in ("drag.js", "live.mjs"))
        value = traitlets.Unicode().tag(sync=True)  # as HTML
        handles = traitlets.List().tag(sync=True)  # as `Handle.place` gives them
        shut = traitlets.Bool(False).tag(sync=True)  # a guess comes first

    return Picture


class Places:
    """Where one handle stands at a setting; a setting is drawn once, without its picture."""

    def __init__(self, explored, handle):
        self.explored, self.handle, self.known = explored, handle, {}

    def far(self, setting, at):
        """The square of the distance to `at`, in points; infinite where there is nothing to hold."""
        if setting not in self.known:
            values = {p.name: p.values[place] for p, place in zip(self.explored.parameters, setting, strict=True)}
            handles = self.explored.handles(values)
            self.known[setting] = handles[self.handle][1:3] if self.handle < len(handles) else (None, None)
        x, y = self.known[setting]
        if x is None and y is None:
            return float("inf")
        return (0 if x is None else (x - at[0]) ** 2) + (0 if y is None else (y - at[1]) ** 2)


def nearest(places, setting, moved, at):
    """The setting, near the one there is, whose handle stands nearest to `at`.

    setting: the place of each parameter's value among its values; `moved` are the numbers of those that may change.
    A page compares all of them; a kernel would have to draw all, so here the way leads downhill: in steps of
    eight values, of four, of two and of one, as long as one of them leads nearer.
    """
    counts = [len(p.values) for p in places.explored.parameters]
    best, far = tuple(setting), places.far(tuple(setting), at)
    for stride in (8, 4, 2, 1):
        better = True
        while better:
            better = False
            for steps in product((-stride, 0, stride), repeat=len(moved)):
                there = list(best)
                for number, step in zip(moved, steps, strict=True):
                    there[number] = min(max(there[number] + step, 0), counts[number] - 1)
                if (away := places.far(tuple(there), at)) < far - 0.01:
                    best, far, better = tuple(there), away, True
    return best


class Drag:
    """What a picture's messages do: they move the controls of the parameters that a handle moves."""

    def __init__(self, explored, inputs, picture):
        self.explored, self.inputs, self.picture = explored, inputs, picture
        self.place = cache(partial(Places, explored))
        picture.on_msg(self.heard)

    def heard(self, picture, message, buffers):
        try:
            self.move(message["handle"], message["at"])
        finally:
            picture.send({})  # the next one

    def move(self, handle, at):
        """Set the controls so that handle number `handle` stands as near to `at`, in points, as it can."""
        parameters = self.explored.parameters
        if self.picture.shut or handle >= len(self.picture.handles):  # it was moved away meanwhile
            return
        setting = [p.values.index(self.inputs[p.name].value) for p in parameters]
        names = self.picture.handles[handle][0]
        moved = [number for number, p in enumerate(parameters) if p.name in names]
        for number, place in enumerate(nearest(self.place(handle), setting, moved, at)):
            if place != setting[number]:
                self.inputs[parameters[number].name].value = parameters[number].values[place]
