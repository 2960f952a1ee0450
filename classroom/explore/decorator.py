"""One drawing function, two lives: sliders run by Python in a notebook, a self-contained figure on a page."""

import inspect
import os
import traceback
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from functools import cached_property
from itertools import product

from .guess import Guess
from .layout import Layout
from .parameters import frame_count, resolve
from .slips import ExploreError

_collected = ContextVar("collected", default=None)
_names = {}


@contextmanager
def collecting():
    """Collect every `Explore` made inside the block, in order; nothing is displayed there."""
    found, before = [], dict(_names)
    token = _collected.set(found)
    _names.clear()
    try:
        yield found
    finally:
        _collected.reset(token)
        _names.clear()
        _names.update(before)


def explore(*options, guess=None, **parameters):
    """Make a drawing function answer the reader's hand: `@explore(w=(-6, 6, 0.5), kind=["tanh", "relu"], grid=True)`.

    The function draws on the matplotlib Axes it is given, `f(ax, w=1.0, kind="tanh", grid=True)`, from the same start
    every time. Its defaults are the first picture; the first line of its docstring is the title, the rest says what to
    try; a string that it returns is the sentence below the picture, and changes with it.

    Each parameter is a range `(low, high, step)`, a list of choices, a list of numbers (a slider with those stops),
    True or False (a checkbox), or a `Slider`, `Play`, `Choice` or `Switch`, which also take a `label`. With no
    parameters the picture is a still. A `Layout` before them gives several panels or another size.

    `guess="Where does the step go?"` keeps the controls shut until the reader has written down a guess, or skips;
    `guess=("Where does the step go?", ["left", "right"])` lets them pick one. The guess stays beside the answer and is
    never marked. Ask where the first picture does not yet show the answer.

    Raises ExploreError, in one sentence, for anything that cannot work.
    """
    if len(options) == 1 and not parameters and inspect.isfunction(options[0]):
        return Explore(options[0], Layout(), {}).show()
    layout = Layout()
    for option in options:
        if not isinstance(option, Layout):
            raise ExploreError(f"explore: {option!r} has no name; write it as parameter=(low, high, step).")
        layout = option

    def decorate(function):
        return Explore(function, layout, parameters, guess).show()

    return decorate


class Explore:
    """A drawing function with the values its parameters may take; call it to draw on an Axes of your own."""

    def __init__(self, function, layout, specs, guess=None):
        if isinstance(function, Explore):
            function = function.function
        if not callable(function):
            raise ExploreError(
                "explore goes above a drawing function: `@explore(w=(-6, 6, 0.5))`, then `def f(ax, w=1.0):`."
            )
        self.function, self.layout = function, layout
        self.name = function.__name__
        try:
            self.parameters = self._resolve(specs)
            self.count = frame_count(self.parameters)
            self.guess = None if guess is None else Guess.of(guess)
            if self.guess and not self.parameters:
                raise ExploreError("a guess needs something to move: give it a parameter.")
        except ExploreError as error:
            raise ExploreError(f"{self.name}: {error}") from None
        document = inspect.getdoc(function) or self.name.replace("_", " ")
        self.title, _, rest = document.partition("\n")
        self.text = rest.strip()
        _names[self.name] = repeat = _names.get(self.name, 0) + 1
        self.id = self.name if repeat == 1 else f"{self.name}-{repeat}"
        if (found := _collected.get()) is not None:
            found.append(self)

    def _resolve(self, specs):
        given = list(inspect.signature(self.function).parameters.values())
        if not given:
            raise ExploreError(f"the drawing function needs an Axes to draw on, `def {self.name}(ax, ...)`.")
        known = {p.name: p.default for p in given[1:] if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)}
        if "guess" in known:
            raise ExploreError("`guess` is what is asked first; give that parameter another name.")
        for name in specs:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(known) or 'none'}."
                raise ExploreError(f"there is no parameter {name!r} in the function; {hint}")
        for name, default in known.items():
            if default is inspect.Parameter.empty:
                raise ExploreError(f"give {name} a default, `{name}=...`: the value of the first picture.")
        return [resolve(name, spec, known[name]) for name, spec in specs.items()]

    def __call__(self, ax, *args, **values):
        return self.function(ax, *args, **values)

    @cached_property
    def canvas(self):
        """Where this figure is drawn; matplotlib is first needed here."""
        try:
            from .canvas import Canvas
        except ModuleNotFoundError as missing:
            raise ExploreError(f"{self.name}: a picture needs {missing.name}: `pip install {missing.name}`.") from None
        return Canvas(self.layout)

    @property
    def start(self):
        """The values of the first picture."""
        return {p.name: p.values[p.start] for p in self.parameters}

    def settings(self):
        """Every combination of values, the last parameter changing fastest: the order of the frames."""
        names = [p.name for p in self.parameters]
        return [dict(zip(names, values, strict=True)) for values in product(*(p.values for p in self.parameters))]

    def draw(self, values=None, renewed=True):
        """Draw one frame: `(tree, sentence, handles)`; raises ExploreError that names the values.

        By default on a figure that is made new again, which is quicker than a new one, `renewed=False`.
        """
        values = self.start if values is None else values
        with self._told(values):
            tree, said, handles = self.canvas.draw(self.function, values, self.start, renewed)
        if said is not None and not isinstance(said, str):
            raise ExploreError(f"{self.name} returned {type(said).__name__}: return a sentence (a string), or nothing.")
        return tree, said or "", self._of_parameters(handles)

    def handles(self, values):
        """Where the handles of one frame stand, as `draw` says, without its picture; raises what `draw` raises."""
        with self._told(values):
            handles = self.canvas.handles(self.function, values, self.start)
        return self._of_parameters(handles)

    @contextmanager
    def _told(self, values):
        """Whatever goes wrong in the drawing function is told in one sentence, with the values."""
        before = _open_figures()
        try:
            yield
        except ExploreError:
            raise
        except Exception as error:
            raise ExploreError(self._what_happened(values, error)) from error
        if _open_figures() > before:
            raise ExploreError(
                f"{self.name} drew with plt, on a figure of its own: "
                f"draw on the Axes it is given (`ax.plot(...)` in place of `plt.plot(...)`)."
            )

    def _of_parameters(self, handles):
        for name in (name for handle in handles for name in handle[0]):
            if self.parameters and name not in self.start:  # in a still there is nothing to move
                raise ExploreError(f"{self.name}: drag(...) moves {name!r}, which is not one of its parameters.")
        return handles

    def draw_first(self):
        """The first picture; from here on every frame is drawn in a way that was seen to give the right one.

        A figure made new again after another frame must give the picture that a new figure gives. Where it does not
        (another matplotlib may keep something where nobody looks), every frame gets a new figure.
        """
        self.draw({p.name: p.values[-1] for p in self.parameters})
        renewed, new = self.draw(), self.draw(renewed=False)
        if renewed == new:
            return renewed
        if new != self.draw(renewed=False):
            raise ExploreError(
                f"{self.name} draws another picture each time: make its random numbers inside the "
                f"function, from a fixed seed: `np.random.default_rng(0)`."
            )
        self.canvas.renews = False
        return new

    def _what_happened(self, values, error):
        at = ", ".join(f"{k} = {v}" for k, v in values.items())
        where = [
            f
            for f in traceback.extract_tb(error.__traceback__)
            if f.name == self.name and f.filename == self.function.__code__.co_filename
        ]
        line = f" in its line {where[-1].line!r}" if where and where[-1].line else ""
        return (
            f"{self.name} could not draw{' at ' + at if at else ''}: "
            f"{type(error).__name__}{': ' + str(error) if str(error) else ''}{line}."
        )

    def describe(self):
        """For readers of plain text: the title, what can be changed, and what to guess first."""
        ranges = "; ".join(p.describe() for p in self.parameters)
        asked = f"\n{self.guess.describe()}" if self.guess else ""
        return f"{self.name}: {self.title}" + (f" ({ranges})" if ranges else "") + asked

    def __repr__(self):
        try:
            said = self.draw()[1]
        except ExploreError as error:
            said = str(error)
        return self.describe() + (f"\n{said}" if said else "")

    def show(self):
        """Display the figure where there is something to display it on; returns itself."""
        if _collected.get() is None and _in_ipython():
            from IPython.display import display

            display(self)
        return self

    def _repr_mimebundle_(self, include=None, exclude=None):
        """What is shown: on a page (`CLASSROOM_BAKE=1`) all frames, in a file (`still`) the first, else widgets."""
        wanted = os.environ.get("CLASSROOM_BAKE")
        self.canvas  # noqa: B018 - a missing matplotlib is told here, before anything else needs it
        if wanted == "1":
            from .page import bake, preview

            return {"text/plain": repr(self), "text/html": bake(self)} | preview(self)
        from .live import bundle

        return bundle(self, widgets=wanted != "still")


def _in_ipython():
    import sys

    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return get_ipython() is not None


def _open_figures():
    import sys

    pyplot = sys.modules.get("matplotlib.pyplot")
    return len(pyplot.get_fignums()) if pyplot else 0
