"""What a reader may change: each parameter of a drawing function is a short, finite row of values."""

from dataclasses import dataclass, field
from decimal import Decimal

from ..sentence import Sentence

FRAME_LIMIT = 2000


class ExploreError(Sentence):
    """One sentence about what to change in an `@explore(...)` line or in the drawing function."""


@dataclass(frozen=True)
class Slider:
    """A slider from `low` to `high` in steps; `(low, high, step)` is short for it, `[0.01, 0.1, 1.0]` for `stops`."""

    low: float = None
    high: float = None
    step: float = None
    label: str = None
    stops: tuple = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Play(Slider):
    """A slider for something like time: it can also play, one step each `interval` milliseconds."""

    step: float = 1
    interval: int = 150


@dataclass(frozen=True)
class Choice:
    """One of several named values; a list of strings is short for it."""

    values: tuple
    label: str = None


@dataclass(frozen=True)
class Switch:
    """On or off; `True` or `False` is short for it."""

    label: str = None


@dataclass(frozen=True)
class Parameter:
    """A resolved parameter: its values, their texts, and the place of the first frame's value among them."""

    name: str
    kind: str  # "slider", "play", "choice" or "switch"
    values: tuple
    start: int
    label: str
    interval: int = 0

    @property
    def texts(self):
        """How each value reads: one number of decimals for all, a true minus sign."""
        if self.kind == "switch":
            return ("off", "on")
        if self.kind == "choice":
            return tuple(str(v) for v in self.values)
        return tuple(t.replace("-", "−") for t in self.keys)

    @property
    def keys(self):
        """How each value is written in a link: plain ASCII for numbers."""
        if self.kind == "switch":
            return ("off", "on")
        if self.kind == "choice":
            return tuple(str(v) for v in self.values)
        texts = [format(Decimal(f"{v:.10g}"), "f") for v in self.values]
        even = len({round(b - a, 9) for a, b in zip(self.values, self.values[1:], strict=False)}) <= 1
        if not even:  # 0.001, 0.01, 0.1: no padding
            return tuple(texts)
        decimals = max(len(t.partition(".")[2]) for t in texts)
        return tuple(f"{v:.{decimals}f}" for v in self.values)

    @property
    def numeric(self):
        """Whether it reads "w = 3" rather than "kind: tanh"."""
        return self.kind in ("slider", "play")

    def for_page(self):
        """What the page's script needs to know of it."""
        return {
            "name": self.name,
            "label": self.label,
            "start": self.start,
            "numeric": self.numeric,
            "texts": self.texts,
            "keys": self.keys,
        } | ({"interval": self.interval} if self.kind == "play" else {})

    def describe(self):
        """For readers of plain text: "w from -6 to 6"."""
        if self.kind == "switch":
            return f"{self.name}: on or off"
        if self.kind == "choice":
            return f"{self.name}: {', '.join(self.keys)}"
        return f"{self.name} from {self.values[0]:g} to {self.values[-1]:g}"


GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "eta": "η", "theta": "θ", "mu": "μ", "sigma": "σ", "lambda_": "λ"}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def label_of(name):
    """`w1` reads w₁, `learning_rate` reads learning rate, `beta` reads β."""
    words = []
    for word in name.strip("_").split("_"):
        head = word.rstrip("0123456789")
        words.append(GREEK.get(head, head) + word[len(head) :].translate(SUBSCRIPTS))
    return " ".join(words)


def resolve(figure, name, spec, default):
    """The `Parameter` that `name=spec` of `@explore` on the function `figure` stands for; raises ExploreError."""

    def wrong(sentence):
        return ExploreError(f"{figure}: {sentence}")

    if isinstance(spec, bool):
        spec = Switch()
    if isinstance(spec, range):
        spec = Slider(spec.start, spec[-1] if len(spec) else spec.start - 1, spec.step)
    if isinstance(spec, tuple):
        if len(spec) not in (2, 3) or not all(_is_number(v) for v in spec):
            raise wrong(f"{name}={spec!r} is no range: write {name}=(low, high, step), or a list of choices.")
        spec = Slider(*spec)
    if isinstance(spec, list):
        if not spec:
            raise wrong(f"{name}=[] leaves nothing to choose from: list at least one value.")
        numbers = all(_is_number(v) for v in spec)
        spec = Slider(stops=tuple(spec)) if numbers else Choice(tuple(spec))

    interval = 0
    if isinstance(spec, Switch):
        kind, values = "switch", (False, True)
    elif isinstance(spec, Choice):
        kind, values = "choice", tuple(spec.values)
        if not values or len({str(v) for v in values}) < len(values):
            raise wrong(f"the choices of {name} must be different from each other, and there must be one at least.")
    elif isinstance(spec, Slider):
        kind, values = "slider", tuple(spec.stops) or _steps(wrong, name, spec)
        if isinstance(spec, Play):
            kind, interval = "play", spec.interval
        if list(values) != sorted(set(values)):
            raise wrong(f"the stops of {name} must rise from the first to the last.")
    else:
        raise wrong(f"{name}={spec!r} is not understood: write a range (low, high, step), a list, or True or False.")

    if kind in ("slider", "play"):
        near = [i for i, v in enumerate(values) if _is_number(default) and abs(v - default) < 1e-9]
    else:
        near = [i for i, v in enumerate(values) if type(v) is type(default) and v == default]
    if not near:
        shown = ", ".join(map(repr, values)) if len(values) < 7 else f"{values[0]!r}, {values[1]!r}, … {values[-1]!r}"
        raise wrong(f"{name} starts at {default!r}, which is not one of its values ({shown}).")
    return Parameter(name, kind, values, near[0], spec.label or label_of(name), interval)


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _steps(wrong, name, spec):
    low, high, step = spec.low, spec.high, spec.step
    if not _is_number(low) or not _is_number(high):
        raise wrong(f"the ends of {name} must be two finite numbers.")
    whole = isinstance(low, int) and isinstance(high, int) and isinstance(step, int | None)
    if step is None:
        step = 1 if whole else (high - low) / 20
    if high <= low:
        raise wrong(f"the range of {name} is empty: it goes from {low!r} to {high!r}.")
    if not _is_number(step) or step <= 0:
        raise wrong(f"the step of {name} is {step!r}: it must be more than 0.")
    count = int((high - low) / step + 1e-9) + 1
    if count > FRAME_LIMIT:
        raise wrong(
            f"{name} has {count:,} values, more than the {FRAME_LIMIT:,} pictures a figure can hold: "
            f"make its step larger than {step!r}."
        )
    if whole:
        return tuple(range(low, high + 1, step))
    return tuple(round(low + i * step, 10) + 0.0 for i in range(count))


def limit_frames(figure, parameters):
    """Raise ExploreError when all combinations together are more than a page can hold."""
    count = 1
    for parameter in parameters:
        count *= len(parameter.values)
    if count > FRAME_LIMIT:
        largest = max(parameters, key=lambda p: len(p.values))
        sizes = " × ".join(f"{len(p.values)} ({p.name})" for p in parameters)
        raise ExploreError(
            f"{figure}: {sizes} = {count:,} pictures, more than the {FRAME_LIMIT:,} a figure can hold: "
            f"take larger steps, first for {largest.name}."
        )
    return count
