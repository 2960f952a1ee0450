"""Where a ReLU network is one straight piece: the pattern of neurons that are on, over the plane."""

import numpy as np

from .axes import limits
from .boundary import contours_of, level_line, region
from .diagram import layers_of
from .style import BLUE, GREEN, INK, ORANGE, PURPLE

HUES = (BLUE, ORANGE, GREEN, PURPLE)
DASHES = ("-", "--", ":", "-.")


def linear_regions(ax, network, *, n=82, fine=400, fill=True):
    """Draw where each ReLU of a network switches, and return how many linear regions the view shows.

    `network` is a `Network` (its last linear layer is the output and has no ReLU), or the list of (W, b) of its hidden
    layers. Set the view first, with `plane`. One line per neuron, with a colour and a dash for each layer; the sides
    where neurons are on are shaded, so that every pattern of neurons has its own depth. The lines are drawn on a grid
    of `n` × `n` points, and the regions counted by `count_regions` on one of `fine` × `fine`.
    """
    hidden = _hidden(network)
    x, y, sums = _sums(hidden, ax.get_xlim(), ax.get_ylim(), n)
    for k, z in enumerate(sums):
        for neuron in z.T:
            contours = contours_of(x, y, neuron.reshape(n, n))
            if fill:
                region(ax, contours, 0.0, BLUE, alpha=min(0.12, 0.7 / z.shape[1]))
            level_line(ax, contours, 0.0, color=HUES[k % 4] if len(hidden) > 1 else INK, dash=DASHES[k % 4], width=1.6)
    return count_regions(network, ax.get_xlim(), ax.get_ylim(), n=fine)


def count_regions(network, xlim=(-3, 3), ylim=(-2, 2), *, n=400):
    """Return how many patterns of switched-on ReLUs a grid of `n` × `n` points meets: linear regions in a view.

    `network` as for `linear_regions`. A lower bound: a sliver thinner than a square of the grid can be missed. `n` is
    even, so that no point of a view round the origin is the origin, where neurons without bias are neither on nor off.
    """
    if n % 2:
        raise ValueError(f"n must be even, got {n}.")
    _, _, sums = _sums(_hidden(network), xlim, ylim, n)
    patterns = np.packbits(np.concatenate([z > 0 for z in sums], axis=1), axis=1)
    return len(np.unique(patterns.view(f"V{patterns.shape[1]}")))


def _hidden(network):
    """The (W, b) of the hidden layers, the first with two inputs."""
    hidden = layers_of(network)
    if hasattr(network, "layers"):
        hidden = hidden[:-1]
    if not hidden or hidden[0][0].shape[0] != 2:
        raise ValueError("network must have two inputs and at least one hidden layer.")
    return hidden


def _sums(hidden, xlim, ylim, n):
    """The grid's x (n,) and y (n,), and each hidden layer's sums Z (n·n, M) over it."""
    x, y = np.linspace(*limits("xlim", xlim), n), np.linspace(*limits("ylim", ylim), n)
    a, sums = np.column_stack([np.tile(x, n), np.repeat(y, n)]), []
    for weight, bias in hidden:
        sums.append(a @ weight + bias)
        a = np.maximum(sums[-1], 0)
    return x, y, sums
