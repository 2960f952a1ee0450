"""The controls an author can ask for: each knows its values, their words, its row on a page and its widget in a kernel.

Another kind is one more class here and, on a page, one more line in explore.js (`READING`).
"""

import html
from dataclasses import dataclass, field
from decimal import Decimal

from .slips import ExploreError

FRAME_LIMIT = 2000


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


class Control:
    """What every kind has in common; one that is not a row of numbers needs `all_values` and `row` and `widget`."""

    numeric = False  # whether it reads "w = 3" rather than "kind: tanh"
    label = None

    @classmethod
    def short_for(cls, name, spec):
        """The control that plain Python, such as `(low, high, step)`, is short for, or None."""

    def all_values(self, name):
        """Every value of the parameter `name`, in order; raises ExploreError."""
        raise NotImplementedError

    def place(self, values, default):
        """The place of a value among all of them, or None."""
        places = [i for i, value in enumerate(values) if type(value) is type(default) and value == default]
        return places[0] if places else None

    def keys(self, values):
        """How each value is written in a link: plain ASCII for numbers."""
        return tuple(map(str, values))

    def texts(self, values):
        """How each value reads."""
        return self.keys(values)

    def range(self, p):
        """The values in words, for readers of plain text."""
        return f"{p.name}: {', '.join(p.keys)}"

    def for_page(self):
        """What the page's script needs to know besides the values."""
        return {}

    def row(self, p, key, head):
        """The row on a page: HTML, with `head` as its label and `key` as its control's id."""
        raise NotImplementedError

    def widget(self, widgets, p, **common):
        """The widgets of a live kernel; the first has the value as `.value`, and `.index` where it has a list."""
        raise NotImplementedError


@dataclass(frozen=True)
class Switch(Control):
    """On or off; `True` or `False` is short for it."""

    label: str = None

    @classmethod
    def short_for(cls, name, spec):
        return cls() if isinstance(spec, bool) else None

    def all_values(self, name):
        return False, True

    def keys(self, values):
        return "off", "on"

    def range(self, p):
        return f"{p.name}: on or off"

    def row(self, p, key, head):
        checked = " checked" if p.start else ""
        tick = f'<span class="nn-tick"><input type="checkbox" id="{key}"{checked}></span>'
        return f'<div class="nn-row">{head}{tick}</div>'

    def widget(self, widgets, p, **common):
        return [widgets.Checkbox(value=bool(p.start), indent=True, **common)]


@dataclass(frozen=True)
class Choice(Control):
    """One of several named values; a list of strings is short for it."""

    values: tuple
    label: str = None

    @classmethod
    def short_for(cls, name, spec):
        return cls(tuple(spec)) if isinstance(spec, list) and not all(map(is_number, spec)) else None

    def all_values(self, name):
        values = tuple(self.values)
        if not values or len(set(map(str, values))) < len(values):
            raise ExploreError(
                f"the choices of {name} must be different from each other, and there must be one at least."
            )
        return values

    def row(self, p, key, head):
        options = "".join(
            f"<option{' selected' if i == p.start else ''}>{html.escape(text)}</option>"
            for i, text in enumerate(p.texts)
        )
        return f'<div class="nn-row">{head}<select id="{key}">{options}</select></div>'

    def widget(self, widgets, p, **common):
        return [widgets.Dropdown(options=list(zip(p.texts, p.values, strict=True)), index=p.start, **common)]


@dataclass(frozen=True)
class Slider(Control):
    """A slider from `low` to `high` in steps; `(low, high, step)` is short for it, `[0.01, 0.1, 1.0]` for `stops`."""

    low: float = None
    high: float = None
    step: float = None
    label: str = None
    stops: tuple = field(default=(), kw_only=True)
    numeric = True

    @classmethod
    def short_for(cls, name, spec):
        if isinstance(spec, range):
            return cls(spec.start, spec[-1] if len(spec) else spec.start - 1, spec.step)
        if isinstance(spec, tuple):
            if len(spec) not in (2, 3) or not all(map(is_number, spec)):
                raise ExploreError(
                    f"{name}={spec!r} is no range: write {name}=(low, high, step), or a list of choices."
                )
            return cls(*spec)
        if spec == []:
            raise ExploreError(f"{name}=[] leaves nothing to choose from: list at least one value.")
        return cls(stops=tuple(spec)) if isinstance(spec, list) and all(map(is_number, spec)) else None

    def all_values(self, name):
        values = tuple(self.stops) or self._steps(name)
        if list(values) != sorted(set(values)):
            raise ExploreError(f"the stops of {name} must rise from the first to the last.")
        return values

    def _steps(self, name):
        low, high, step = self.low, self.high, self.step
        if not is_number(low) or not is_number(high):
            raise ExploreError(f"the ends of {name} must be two finite numbers.")
        whole = isinstance(low, int) and isinstance(high, int) and isinstance(step, int | None)
        if step is None:
            step = 1 if whole else (high - low) / 20
        if high <= low:
            raise ExploreError(f"the range of {name} is empty: it goes from {low!r} to {high!r}.")
        if not is_number(step) or step <= 0:
            raise ExploreError(f"the step of {name} is {step!r}: it must be more than 0.")
        count = int((high - low) / step + 1e-9) + 1
        if count > FRAME_LIMIT:
            raise ExploreError(
                f"{name} has {count:,} values, more than the {FRAME_LIMIT:,} pictures a figure can hold: "
                f"make its step larger than {step!r}."
            )
        if whole:
            return tuple(range(low, high + 1, step))
        return tuple(round(low + i * step, 10) + 0.0 for i in range(count))

    def place(self, values, default):
        places = [i for i, value in enumerate(values) if is_number(default) and abs(value - default) < 1e-9]
        return places[0] if places else None

    def keys(self, values):
        texts = [format(Decimal(f"{value:.10g}"), "f") for value in values]
        even = len({round(b - a, 9) for a, b in zip(values, values[1:], strict=False)}) <= 1
        if not even:  # 0.001, 0.01, 0.1: no padding
            return tuple(texts)
        decimals = max(len(text.partition(".")[2]) for text in texts)
        return tuple(f"{value:.{decimals}f}" for value in values)

    def texts(self, values):
        """One number of decimals for all, a true minus sign."""
        return tuple(text.replace("-", "−") for text in self.keys(values))

    def range(self, p):
        return f"{p.name} from {p.values[0]:g} to {p.values[-1]:g}"

    def row(self, p, key, head):
        return (
            f'<div class="nn-row" style="--nn-characters:{max(map(len, p.texts))}ch">{head}'
            f'<input type="range" id="{key}" min="0" max="{len(p.values) - 1}" value="{p.start}">'
            f'<output for="{key}" aria-live="off">{p.texts[p.start]}</output></div>'
        )

    def widget(self, widgets, p, **common):
        options = list(zip(p.texts, p.values, strict=True))
        return [widgets.SelectionSlider(options=options, index=p.start, continuous_update=True, **common)]


ICONS = {
    "back": "M12 2v12L3 8zM2 2h1.6v12H2z",
    "forward": "M4 2l9 6-9 6zM12.4 2H14v12h-1.6z",
    "go": "M4 2l10 6-10 6z",
    "stop": "M3 2h3.5v12H3zM9.500 2H13v12H9.5z",
}


@dataclass(frozen=True)
class Play(Slider):
    """A slider for something like time: it can also play, one step each `interval` milliseconds."""

    step: float = 1
    interval: int = 150

    def for_page(self):
        return {"interval": self.interval}

    def row(self, p, key, head):
        def button(act, words, *icons, more=""):
            drawn = "".join(
                f'<svg class="nn-{icon}" viewBox="0 0 16 16" aria-hidden="true"><path d="{ICONS[icon]}"/></svg>'
                for icon in icons
            )
            named = f'data-act="{act}" aria-controls="{key}" aria-label="{words}"{more}'
            return f'<button type="button" {named}>{drawn}</button>'

        label = html.escape(p.label)
        return (
            super().row(p, key, head)
            + '<div class="nn-play">'
            + button("back", f"{label}: one step back", "back")
            + button("play", f"Play {label}", "go", "stop", more=' aria-pressed="false"')
            + button("forward", f"{label}: one step forward", "forward")
            + "</div>"
        )

    def widget(self, widgets, p, **common):
        (slider,) = super().widget(widgets, p, **common)
        player = widgets.Play(min=0, max=len(p.values) - 1, value=p.start, interval=max(self.interval, 60))
        widgets.link((player, "value"), (slider, "index"))
        return [slider, player]


SHORT = (Switch, Choice, Slider)  # the kinds that plain Python can be short for


def control_of(name, spec):
    """The control that `name=spec` of `@explore` asks for; raises ExploreError."""
    if isinstance(spec, Control):
        return spec
    for kind in SHORT:
        if (control := kind.short_for(name, spec)) is not None:
            return control
    raise ExploreError(f"{name}={spec!r} is not understood: write a range (low, high, step), a list, or True or False.")
