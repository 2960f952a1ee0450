"""How training went: loss and accuracy against epochs, and the size of every layer's gradient."""

import numpy as np

from .axes import array, frame, key, limits, panels, power_of_ten
from .curves import step_position
from .style import BLUE, GREEN, GREY, ORANGE, PAPER, PURPLE, VERMILION

# Each line has its own colour, dash and marker.
STYLES = ((BLUE, "-", "o"), (ORANGE, "--", "s"), (GREEN, ":", "^"), (PURPLE, "-.", "D"))


def learning_curves(
    ax, curves, *, ylabel="loss", xlabel="epoch", ylim=None, log=False, epoch=None, best=None, start=1, legend=True
):
    """Draw one or more quantities against epochs, each with its own colour and dash; returns {label: line}.

    `curves` is a `History` (its loss, and its validation loss if it has one) or a dict {label: list of numbers}.
    `epoch` marks an epoch on every curve; `best` draws an upright line where a curve with that label is lowest (loss)
    or highest (`ylabel="accuracy"`). `start` is the number of the first entry. `log=True` gives powers of ten.
    """
    curves = _curves(curves, ylabel)
    longest = max(len(v) for v in curves.values())
    finite = np.concatenate([v[np.isfinite(v)] for v in curves.values()])
    if log:
        curves = {k: _log10(v) for k, v in curves.items()}
        finite = _log10(finite[finite > 0])
    if ylim is None:
        low, high = (finite.min(), finite.max()) if len(finite) else (0.0, 1.0)
        ylim = (np.floor(low), max(np.ceil(high), np.floor(low) + 1)) if log else (min(low, 0.0), 1.05 * high or 1.0)
        if ylabel == "accuracy" and not log:
            ylim = (0.0, 1.02)
    elif log:
        ylim = tuple(np.log10(limits("ylim", ylim)))
    frame(ax, (start, max(longest - 1 + start, start + 1)), ylim, xlabel, ylabel, yticks=_powers(ylim) if log else None)
    lines = {}
    for (label, values), (color, dash, marker) in zip(curves.items(), _styles(len(curves)), strict=True):
        xs = np.arange(start, start + len(values))
        (lines[label],) = ax.plot(xs, values, color=color, linestyle=dash, linewidth=2.2, label=label)
        if epoch is not None and start <= epoch < start + len(values):
            ax.plot(
                [epoch],
                [values[int(epoch) - start]],
                marker,
                color=color,
                markeredgecolor=PAPER,
                markersize=10,
                zorder=4,
                clip_on=False,
            )
        if best == label:
            at = start + int(np.nanargmax(values) if ylabel == "accuracy" else np.nanargmin(values))
            step_position(ax, at, f"best: {at}")
    if legend and len(curves) > 1:
        _key(ax, curves)
    return lines


def history_panels(ax, history, *, epoch=None, loss_ylim=None):
    """Draw a `History` as two pictures side by side: loss, and accuracy, training and validation in each.

    Returns the two small Axes. Needs a history with accuracies: `fit` with `validation=`.
    """
    accuracy = {"training": history.accuracy, "validation": history.validation_accuracy}
    accuracy = {k: v for k, v in accuracy.items() if len(v)}
    if not accuracy:
        raise ValueError("the history has no accuracies: give fit a validation set, and a loss that knows classes.")
    left, right = panels(ax, 2, gap=0.25)
    learning_curves(left, history, epoch=epoch, ylim=loss_ylim)
    learning_curves(right, accuracy, ylabel="accuracy", epoch=epoch, legend=False)
    return left, right


def gradient_sizes(ax, sizes, labels=None, *, ylim=(1e-8, 1e1), xlabel="layer", ylabel="size of the gradient"):
    """Draw the size of the gradient in every layer on powers of ten, one line per network; returns the lines.

    `sizes` is (L,), or a dict {name: (L,)} to compare networks. `labels` are the L layers' names (default 1, 2, …).
    A size of 0 is drawn on the lower edge.
    """
    networks = sizes if isinstance(sizes, dict) else {"": sizes}
    networks = {k: array("sizes", v, 1) for k, v in networks.items()}
    count = max(len(v) for v in networks.values())
    labels = [str(i + 1) for i in range(count)] if labels is None else list(labels)
    if len(labels) != count:
        raise ValueError(f"labels must have one text for each of the {count} layers, got {len(labels)}.")
    low, high = np.log10(limits("ylim", ylim))
    every = max(1, count // 10)
    last = count - 1  # it has its label, and none so near that the two would be read as one
    ticks = {i: text for i, text in enumerate(labels) if i == last or i % every == 0 and last - i >= every}
    frame(ax, (-0.4, count - 0.6), (low, high), xlabel, ylabel, xticks=ticks, yticks=_powers((low, high)))
    lines = []
    for values, (color, dash, marker) in zip(networks.values(), _styles(len(networks)), strict=True):
        heights = np.clip(_log10(values), low, high)
        lines += ax.plot(
            heights, color=color, linestyle=dash, marker=marker, markersize=8, markeredgecolor=PAPER, clip_on=False
        )
    if len(networks) > 1:
        _key(ax, networks)
    return lines


def check_errors(ax, steps, errors, *, xlabel="step h", ylabel="relative error", marked=None, ylim=(1e-12, 1e1)):
    """Draw gradient-check errors against the step h, both on powers of ten: the V; returns {label: line}.

    `steps` (K,) are positive; `errors` is (K,) or a dict {label: (K,)}; `marked` is one step to mark with its error.
    """
    steps = array("steps", steps, 1)
    if not (steps > 0).all():
        raise ValueError("steps must all be positive.")
    curves = errors if isinstance(errors, dict) else {"": errors}
    curves = {k: array("errors", v, 1) for k, v in curves.items()}
    if any(len(v) != len(steps) for v in curves.values()):
        raise ValueError(f"errors must have one number for each of the {len(steps)} steps.")
    xlim, bounds = np.log10([steps.min(), steps.max()]), np.log10(limits("ylim", ylim))
    frame(ax, xlim, bounds, xlabel, ylabel, xticks=_powers(xlim), yticks=_powers(bounds))
    lines = {}
    for (label, values), (color, dash, marker) in zip(curves.items(), _styles(len(curves)), strict=True):
        heights = np.clip(_log10(values), *bounds)
        (lines[label],) = ax.plot(np.log10(steps), heights, color=color, linestyle=dash, label=label)
        if marked is not None:
            i = int(np.argmin(np.abs(np.log(steps / marked))))
            place, look = (np.log10(steps[i]), heights[i]), {"markeredgecolor": PAPER, "markersize": 10}
            ax.plot(*place, marker, color=color, zorder=4, clip_on=False, **look)
    if len(curves) > 1:
        _key(ax, curves)
    return lines


def parameter_errors(ax, errors, *, limit=1e-6, xlim=(1e-12, 1e1), xlabel="relative error"):
    """Draw a gradient check's verdict, {parameter: error}, one row each on powers of ten; returns {name: line}.

    An error beyond `limit` is drawn thick and in another colour, with a filled marker. An error of 0 lies on the edge.
    """
    low, high = np.log10(limits("xlim", xlim))
    names = list(errors)
    ticks = {len(names) - 1 - i: name for i, name in enumerate(names)}
    frame(ax, (low, high), (-0.6, len(names) - 0.4), xlabel, xticks=_powers((low, high)), yticks=ticks)
    ax.axvline(np.log10(limit), color=GREY, linestyle="--", linewidth=1.2)
    lines = {}
    for row, name in ticks.items():
        at, wrong = float(np.clip(_log10(errors[name]), low, high)), errors[name] > limit
        look = {"color": VERMILION, "linewidth": 6} if wrong else {"color": BLUE, "linewidth": 2.2}
        (lines[name],) = ax.plot([low, at], [row, row], solid_capstyle="butt", clip_on=False, **look)
        marker = {"color": look["color"], "markerfacecolor": look["color"] if wrong else PAPER, "markersize": 9}
        ax.plot([at], [row], "s" if wrong else "o", clip_on=False, zorder=4, **marker)
    return lines


def _curves(curves, ylabel):
    if hasattr(curves, "loss") and hasattr(curves, "validation_loss"):
        name = "accuracy" if ylabel == "accuracy" else "loss"
        curves = {"training": getattr(curves, name), "validation": getattr(curves, "validation_" + name)}
    elif not isinstance(curves, dict):
        curves = {"": curves}
    curves = {k: array(f"curve {k!r}", v, 1) for k, v in curves.items() if len(v)}
    if not curves:
        raise ValueError("curves must hold at least one list with at least one number.")
    return curves


def _styles(count):
    if count > len(STYLES):
        raise ValueError(f"a picture can tell {len(STYLES)} lines apart, got {count}.")
    return STYLES[:count]


def _key(ax, curves):
    key(ax, [(label, color, dash) for label, (color, dash, _) in zip(curves, STYLES, strict=False)])


def _log10(values):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log10(values)


def _powers(bounds):
    low, high = int(np.ceil(bounds[0] - 1e-9)), int(np.floor(bounds[1] + 1e-9))
    every = max(1, -(-(high - low) // 5))
    return {p: power_of_ten(p) for p in range(low, high + 1, every)}
