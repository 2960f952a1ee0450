"""The ground every picture stands on: fixed limits, few ticks, plain numbers, no boxes.

Limits never follow the data: in an interactive figure the frame has to stand still while the picture moves.
"""

from weakref import WeakKeyDictionary

import numpy as np
from matplotlib import rcParams
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator

from .style import INK

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def number(value, digits=2, sign=False):
    """Return `value` as text with a real minus sign and without a negative zero; `sign=True` also writes the plus."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    elif sign and value > 0:
        text = "+" + text
    return text.replace("-", "−")


def short(value, digits=2, sign=False):
    """Return `value` as `number` does, with as few decimals as it needs, at most `digits`: `short(2.0)` is `2`."""
    text = number(value, digits, sign)
    return text.rstrip("0").rstrip(".") if "." in text else text


def power_of_ten(exponent):
    """Return 10 to an integer power as text: `power_of_ten(-3)` is `10⁻³`."""
    return "10" + str(int(exponent)).translate(SUPERSCRIPTS)


def scientific(value, digits=0):
    """Return `value` as text with a power of ten: `scientific(0.0021)` is `2 · 10⁻³`."""
    mantissa, _, exponent = f"{value:.{digits}e}".partition("e")
    return f"{mantissa}\u00a0·\u00a0{power_of_ten(exponent)}".replace("-", "−")  # a line may not break there


def magnitude(value):
    """Return a size as short text: `0.25`, `34` with two digits, `10⁻⁸` where it lies far from 1, and `0`."""
    exponent = np.log10(abs(value)) if value else 0
    if not -2 <= exponent < 3:
        return power_of_ten(np.round(exponent))
    return f"{float(f'{value:.2g}'):g}".replace("-", "−")


def array(name, values, ndim=None, columns=None):
    """Return `values` as a float array, or raise one sentence that says what `name` should have been."""
    try:
        values = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be numbers, got {type(values).__name__}.") from None
    if ndim is not None and values.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} axes, got an array of shape {values.shape}.")
    if columns is not None and values.shape[-1] != columns:
        raise ValueError(f"{name} must have {columns} columns, got an array of shape {values.shape}.")
    return values


def limits(name, pair):
    """Return `pair` as two floats, low before high, or raise one sentence."""
    try:
        low, high = (float(v) for v in pair)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a pair (low, high), got {pair!r}.") from None
    if not (np.isfinite([low, high]).all() and low < high):
        raise ValueError(f"{name} must be a pair (low, high) with low < high, got {pair!r}.")
    return low, high


def frame(ax, xlim, ylim, xlabel="", ylabel="", title="", xticks=None, yticks=None, ticks=5, equal=False, marks=True):
    """Give `ax` its limits, labels and ticks, and nothing else.

    `xlim`, `ylim` are pairs; `xticks`, `yticks` are positions, or a dict {position: text}, or `()` for none, or
    None for about `ticks` round numbers. `equal=True` makes one unit as long across as up, so right angles look right;
    `marks=False` leaves the small strokes at the ticks out.
    Returns `ax`.
    """
    ax.set_xlim(limits("xlim", xlim))
    ax.set_ylim(limits("ylim", ylim))
    ax.set_aspect("equal" if equal else "auto")
    _settle(ax)
    # what clearing an Axes does not undo; every tick is told, so only where it is new to them
    usual = rcParams["xtick.major.size"]
    length = usual if marks else 0
    if any(axis.get_tick_params().get("length", usual) != length for axis in (ax.xaxis, ax.yaxis)):
        ax.tick_params(length=length)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(True)
    for axis, places in ((ax.xaxis, xticks), (ax.yaxis, yticks)):
        if places is None:
            axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
        else:
            axis.set_major_locator(FixedLocator(list(places)))
            if isinstance(places, dict):
                axis.set_major_formatter(FixedFormatter(list(places.values())))
    if xlabel:
        ax.set_xlabel(xlabel)
    if ylabel:
        ax.set_ylabel(ylabel)
    if title:
        ax.set_title(title)
    return ax


def canvas(ax, height=1.0):
    """Turn `ax` into an empty sheet `height` units tall whose units are square; returns its width in the same units.

    For diagrams: circles stay circles, whatever the shape of the figure.
    """
    if height <= 0:
        raise ValueError(f"height must be positive, got {height}.")
    ax.set_aspect("auto")
    _settle(ax)
    box = ax.get_window_extent()
    width = height * box.width / box.height
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_axis_off()
    return width


def _settle(ax):
    """Let `ax` take its place now, not when it is drawn: pictures measure it."""
    locator = ax.get_axes_locator()
    ax.apply_aspect(locator(ax, None) if locator else None)


_panels = WeakKeyDictionary()


def panels(ax, columns=2, rows=1, gap=0.2, row_gap=0.4, widths=None):
    """Split `ax` into `columns` × `rows` smaller Axes, returned in reading order as a flat list.

    `gap` and `row_gap` are the spaces between them as shares of one panel; `widths` gives the columns' relative widths.
    The same small Axes come back, emptied, each time: making new ones is what would cost. A list of
    `columns` × `rows` Axes (from a `Layout`) is passed through, so that a picture with several panels takes one Axes or
    as many as it needs.
    """
    if isinstance(ax, (list, tuple, np.ndarray)):
        axes = list(np.ravel(np.array(ax, dtype=object)))
        if len(axes) != columns * rows:
            raise ValueError(f"this picture needs 1 or {columns * rows} Axes, got {len(axes)}.")
        return axes
    if columns < 1 or rows < 1:
        raise ValueError(f"panels needs at least one column and one row, got {columns} × {rows}.")
    ax.set_axis_off()
    ax.set_aspect("auto")
    widths = np.ones(columns) if widths is None else array("widths", widths, 1)
    if len(widths) != columns:
        raise ValueError(f"widths must have one number for each of the {columns} columns, got {len(widths)}.")
    widths = widths / (widths.sum() + gap * widths.mean() * (columns - 1))
    space = gap * widths.mean()
    height = 1 / (rows + row_gap * (rows - 1))
    kept = _panels.setdefault(ax, {})
    key = (columns, rows, gap, row_gap, tuple(widths))
    if key not in kept:
        left = np.concatenate([[0], np.cumsum(widths[:-1] + space)])
        kept[key] = [
            ax.inset_axes((left[c], (rows - 1 - r) * height * (1 + row_gap), widths[c], height))
            for r in range(rows)
            for c in range(columns)
        ]
    else:
        for child in kept[key]:
            child.clear()
            if child not in ax.child_axes:
                ax.add_child_axes(child)
    _settle(ax)
    for child in kept[key]:
        _settle(child)
    return kept[key]


def heading(ax, text):
    """Write a short bold line above the left end of `ax`."""
    return ax.text(0, 1.03, text, transform=ax.transAxes, ha="left", va="bottom", color=INK, weight="bold")


def key(ax, entries):
    """Write one row above `ax` that says which line is which.

    `entries` is a list of (label, colour, dash) with dash such as `"-"` or `"--"`, or (label, colour, marker) with a
    marker such as `"o"`. Returns the texts.
    """
    entries = list(entries)
    box = ax.get_window_extent()
    point = ax.figure.dpi / 72 / box.width  # one typographic point as a share of the Axes' width
    size = rcParams["font.size"]
    x, texts = 0.0, []
    for label, color, kind in entries:
        line = kind in ("-", "--", ":", "-.") or isinstance(kind, tuple)
        length = (22 if line else 8) * point
        style = (
            {"linestyle": kind, "linewidth": 2.5} if line else {"linestyle": "none", "marker": kind, "markersize": 8}
        )
        xs = [x, x + length] if line else [x + length / 2]
        ax.plot(
            xs, [1.06] * len(xs), color=color, transform=ax.transAxes, clip_on=False, solid_capstyle="butt", **style
        )
        x += length + 5 * point
        texts.append(ax.text(x, 1.06, label, transform=ax.transAxes, ha="left", va="center_baseline"))
        x += (0.56 * size * len(label) + 14) * point  # 0.56 em: the mean width of a letter
    return texts
