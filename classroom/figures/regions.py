"""Where a ReLU network is one straight piece: the pattern of units that are on, over the plane."""

import numpy as np

from .boundary import contours_of, level_line, region
from .diagram import layers_of
from .style import BLUE, GREEN, INK, ORANGE, PURPLE

HUES = (BLUE, ORANGE, GREEN, PURPLE)
DASHES = ("-", "--", ":", "-.")


def linear_regions(ax, network, *, n=81, fill=True):
    """Draw where each ReLU of a network switches, and return how many linear regions the view shows.

    `network` is a `Network` (its last linear layer is the output and has no ReLU), or the list of (W, b) of its hidden
    layers. Set the view first, with `plane`. One line per unit, with a colour and a dash for each layer; the sides
    where units are on are shaded, so that every pattern of units has its own depth. Regions are counted on a grid of
    `n` × `n`: slivers thinner than a grid square can be missed.
    """
    hidden = layers_of(network)
    if hasattr(network, "layers"):
        hidden = hidden[:-1]
    if not hidden or hidden[0][0].shape[0] != 2:
        raise ValueError("network must have two inputs and at least one hidden layer.")
    x, y = np.linspace(*ax.get_xlim(), n), np.linspace(*ax.get_ylim(), n)
    a = np.column_stack([np.tile(x, n), np.repeat(y, n)])
    patterns = []
    for k, (weight, bias) in enumerate(hidden):
        z = a @ weight + bias
        patterns.append(z > 0)
        for unit in z.T:
            contours = contours_of(x, y, unit.reshape(n, n))
            if fill:
                region(ax, contours, 0.0, BLUE, alpha=min(0.12, 0.7 / weight.shape[1]))
            level_line(ax, contours, 0.0, color=HUES[k % 4] if len(hidden) > 1 else INK, dash=DASHES[k % 4], width=1.6)
        a = np.maximum(z, 0)
    bits = np.concatenate(patterns, axis=1)
    return len(np.unique(np.packbits(bits, axis=1), axis=0))
