"""What a reader may change: each parameter of a drawing function is a short, finite row of values."""

import html
from dataclasses import dataclass
from functools import cached_property

from .controls import FRAME_LIMIT, Control, control_of
from .slips import ExploreError


@dataclass(frozen=True)
class Parameter:
    """A parameter with its control, its values, and the place of the first frame's value among them."""

    name: str
    control: Control
    values: tuple
    start: int

    @property
    def label(self):
        """What stands before the control."""
        return self.control.label or label_of(self.name)

    @cached_property
    def keys(self):
        """How each value is written in a link."""
        return self.control.keys(self.values)

    @cached_property
    def texts(self):
        """How each value reads."""
        return self.control.texts(self.values)

    @property
    def numeric(self):
        """Whether it reads "w = 3" rather than "kind: tanh"."""
        return self.control.numeric

    def in_words(self, place):
        """One value with its label: "w = 3", "kind: tanh"."""
        return self.label + (" = " if self.numeric else ": ") + self.texts[place]

    def for_page(self):
        """What the page's script needs to know of it."""
        about = {"name": self.name, "label": self.label, "start": self.start, "numeric": self.numeric}
        return about | {"texts": self.texts, "keys": self.keys} | self.control.for_page()

    def row(self, prefix):
        """Its label, native control and value on a page."""
        key = f"{prefix}-{self.name}"
        return self.control.row(self, key, f'<label for="{key}">{html.escape(self.label)}</label>')

    def describe(self):
        """For readers of plain text: "w from -6 to 6"."""
        return self.control.range(self)


def resolve(name, spec, default):
    """The `Parameter` that `name=spec` of `@explore` stands for, `default` its first value; raises ExploreError."""
    control = control_of(name, spec)
    values = control.all_values(name)
    start = control.place(values, default)
    if start is None:
        shown = ", ".join(map(repr, values)) if len(values) < 7 else f"{values[0]!r}, {values[1]!r}, … {values[-1]!r}"
        raise ExploreError(f"{name} starts at {default!r}, which is not one of its values ({shown}).")
    return Parameter(name, control, values, start)


GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "eta": "η", "theta": "θ", "mu": "μ", "sigma": "σ", "lambda": "λ"}
# as in figures/axes.py: rooms of one floor do not know each other
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def label_of(name):
    """`w1` reads w₁, `learning_rate` reads learning rate, `beta` reads β."""
    words = []
    for word in name.strip("_").split("_"):
        head = word.rstrip("0123456789")
        words.append(GREEK.get(head, head) + word[len(head) :].translate(SUBSCRIPTS))
    return " ".join(words)


def frame_count(parameters):
    """How many pictures all combinations make; raises ExploreError when that is more than a page can hold."""
    count = 1
    for parameter in parameters:
        count *= len(parameter.values)
    if count > FRAME_LIMIT:
        largest = max(parameters, key=lambda p: len(p.values))
        sizes = " × ".join(f"{len(p.values)} ({p.name})" for p in parameters)
        raise ExploreError(
            f"{sizes} = {count:,} pictures, more than the {FRAME_LIMIT:,} a figure can hold: "
            f"take larger steps, first for {largest.name}."
        )
    return count
