"""Blame on its way back through a network: values in blue as they came forward, gradients in orange below them."""

import numpy as np
from matplotlib.patches import FancyBboxPatch

from .axes import SUBSCRIPTS, array, canvas, short
from .boundary import arrow
from .style import BLUE, GREY, INK, ORANGE, PAPER

STEPS = ("input", "sums", "activations", "output", "loss", "start", "settle", "pass on", "go through", "settle again")
HALF, TALL = 0.19, 0.058  # of a hidden neuron's box, in heights of the sheet
HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}


def walk_back(network, loss, x, target):
    """Every value and gradient of one example x (D,) in a `Network` of Linear, an activation, Linear with one output.

    Returns {name: array}: x, W1, b1, z, a, W2, b2, y and L, and the same with a d before it; computed by the layers.
    """
    first, activation, last = network.layers
    values = {"x": array("x", x, 1)[None]}
    values["z"] = first.forward(values["x"])
    values["a"] = activation.forward(values["z"])
    values["y"] = last.forward(values["a"])
    values["L"] = np.array([loss.forward(values["y"], np.full((1, 1), float(target)))])
    values |= {"dL": np.ones(1), "dy": loss.backward()}
    values["da"] = last.backward(values["dy"])
    values["dz"] = activation.backward(values["da"])
    values["dx"] = first.backward(values["dz"])
    for number, layer in (("1", first), ("2", last)):
        for name, parameter in (("W", layer.weight), ("b", layer.bias)):
            values |= {name + number: parameter.value, "d" + name + number: parameter.grad}
    return {name: np.array(value, dtype=float) for name, value in values.items()}


def blame_network(ax, network, loss, x, target, step=None):
    """Draw one example's way through a network with one hidden layer and one output, and the blame's way back.

    `step` is a place in `blame_network.steps`: values appear until the loss, then gradients from the loss to the first
    layer's weights and biases; None shows everything. A weight and its gradient stand on its line, a bias and its
    gradient above its neuron. A bar in a neuron's box is an activation of slope 0, which lets no blame through.
    Returns {name: [text, …]} of all that was written, with the names of `walk_back`.
    """
    step = len(STEPS) - 1 if step is None else step
    if not 0 <= step < len(STEPS):
        raise ValueError(f"step must be from 0 to {len(STEPS) - 1}, got {step}.")
    values = walk_back(network, loss, x, target)
    if values["y"].shape != (1, 1):
        raise ValueError(f"the network must have one output, got {values['y'].size}.")
    done = {name for at, names in _APPEARS.items() if step >= STEPS.index(at) for name in names}
    written = {}

    def write(name, index, at, **options):
        """One number in its colour, if its step has come."""
        if name in done:
            text = short(values[name].reshape(-1)[index])
            written.setdefault(name, []).append(text)
            color = ORANGE if name[0] == "d" else BLUE
            ax.text(*at, text, va="center_baseline", size=11.5, color=color, **({"ha": "center"} | options))

    width = canvas(ax)
    inputs, hidden = values["x"].size, values["z"].size
    left = [np.array([0.16, y]) for y in _heights(inputs)]
    middle = [np.array([0.445 * width, y]) for y in _heights(hidden)]
    out, end = np.array([width - 0.45, 0.46]), np.array([width - 0.12, 0.46])

    def line(start, stop, weight, index, at, back):
        arrow(ax, start, stop, color=ORANGE if back else INK, width=1.4, head=8, zorder=1)
        here = start + at * (stop - start)
        write(weight, index, here + [0, 0.038], bbox=HALO, zorder=3)
        write("d" + weight, index, here - [0, 0.038], bbox=HALO, zorder=3)

    for i, start in enumerate(left):
        for j, stop in enumerate(middle):
            line(start + [TALL, 0], stop - [HALF, 0], "W1", i * hidden + j, 0.3 if i == j else 0.34, "dW1" in done)
    for j, start in enumerate(middle):
        line(start + [HALF, 0], out - [TALL + 0.01, 0], "W2", j, 0.42, "da" in done)
    arrow(ax, out + [TALL + 0.01, 0], end - [TALL + 0.01, 0], color=ORANGE if "dy" in done else INK, width=1.4, head=8)

    for i, here in enumerate(left):
        _box(ax, here, TALL, GREY)
        write("x", i, here)
        _name(ax, f"x{i + 1}".translate(SUBSCRIPTS), here - [TALL + 0.03, 0], ha="right")
    for j, here in enumerate(middle):
        _box(ax, here, HALF, INK)
        closed = "z" in done and values["a"][0, j] == 0 and values["z"][0, j] <= 0
        bar = {"linewidth": 5, "color": INK} if closed else {"linewidth": 0.9, "color": GREY, "linestyle": ":"}
        ax.plot([here[0]] * 2, [here[1] - 0.8 * TALL, here[1] + 0.8 * TALL], solid_capstyle="butt", **bar)
        for k, side in (("z", -0.5), ("a", 0.5)):
            cell = here + [side * HALF, 0]
            write(k, j, cell)
            _name(ax, f"{k}{j + 1}".translate(SUBSCRIPTS), cell + [0, TALL + 0.04])
            write("d" + k, j, cell - [0, TALL + 0.045])
        _bias(ax, write, "b1", j, here)
    for here, name, label in ((out, "y", "ŷ"), (end, "L", "L")):
        _box(ax, here, TALL + 0.01, INK)
        write(name, 0, here)
        _name(ax, label, here + [0, TALL + 0.04])
        write("d" + name, 0, here - [0, TALL + 0.045])
    _bias(ax, write, "b2", 0, out)
    _name(ax, f"target {short(target)}", end - [0, TALL + 0.115])
    return written


blame_network.steps = STEPS
_APPEARS = {
    "input": ("x", "W1", "b1", "W2", "b2"),
    "sums": ("z",),
    "activations": ("a",),
    "output": ("y",),
    "loss": ("L",),
    "start": ("dL", "dy"),
    "settle": ("dW2", "db2"),
    "pass on": ("da",),
    "go through": ("dz",),
    "settle again": ("dW1", "db1"),
}


def _heights(count):
    return [0.45] if count == 1 else list(np.linspace(0.72, 0.2, count))


def _box(ax, here, half, color):
    ax.add_artist(
        FancyBboxPatch(
            here - [half, TALL],
            2 * half,
            2 * TALL,
            boxstyle=f"round,pad=0,rounding_size={TALL}",
            facecolor=PAPER,
            edgecolor=color,
            linewidth=1.3,
            zorder=2,
        )
    )


def _name(ax, text, at, **options):
    ax.text(*at, text, va="center_baseline", size=11, color=GREY, **({"ha": "center"} | options))


def _bias(ax, write, name, index, here):
    """The word, the bias and its gradient in one row above a neuron."""
    row = here + [0, TALL + 0.115]
    _name(ax, "bias", row - [0.05, 0], ha="right")
    write(name, index, row - [0.025, 0], ha="left")
    write("d" + name, index, row + [0.095, 0], ha="left")
