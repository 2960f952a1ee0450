"""Gradients by trial: nudge one number at a time, watch the loss, and compare with what backpropagation says."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from .activations import as_floats
from .losses import Loss
from .network import Network
from .training import check_parts


def numerical_gradient(f: Callable, x: np.ndarray, h: float = 1e-5, grad: ArrayLike | None = None) -> np.ndarray:
    """∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h for every entry i: the centred difference, with an error of order h².

    Shapes: x of any shape, floats; f takes such an array and returns a number; the result is shaped like x.
    Where f returns an array, pass grad = ∂L/∂f of its shape, and the result is ∂L/∂x.
    x is nudged in place, entry by entry, and is afterwards exactly as it was.

    Raises ValueError for an x that is not an array of floats, an h that is not above 0, and an f that returns
    something else than a number (or than an array shaped like grad).
    """
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        raise ValueError("numerical_gradient: x must be a NumPy array of floats, so that it can be nudged.")
    if not h > 0:
        raise ValueError(f"numerical_gradient: h must be above 0, got {h!r}.")
    grad = as_floats(1.0 if grad is None else grad)
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        above, below = _either_side(f, x, i, h)
        change = as_floats(above) - as_floats(below)
        if change.shape != grad.shape and change.size > 1:
            wanted = f"an array of shape {grad.shape}, like grad" if grad.ndim else "one number (or pass grad)"
            raise ValueError(f"numerical_gradient: f must return {wanted}, got shape {change.shape}.")
        gradient[i] = np.sum(change * grad) / (2 * h)
    return gradient


def _either_side(f, x, i, h):
    """f with entry i of x nudged up by h, and down by h."""
    old = x[i]
    try:
        x[i] = old + h
        above = f(x)
        x[i] = old - h
        return above, f(x)
    finally:
        x[i] = old


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """max |a - b| / max(|a|, |b|), the maxima over all entries; 0 where both are all 0. Shapes: alike.

    The largest entries decide: an error in a small one goes under. `check_gradients` looks at each by itself.
    """
    a, b = as_floats(a), as_floats(b)
    scale = np.max(np.abs([a, b]))
    return 0.0 if scale == 0 else float(np.max(np.abs(a - b)) / scale)


def check_gradients(network: Network, loss: Loss, X: ArrayLike, y: ArrayLike, h: float = 1e-5) -> dict[str, float]:
    """How far backpropagation is from centred differences: for every parameter by name, its worst entry's error.

    Each entry counts by itself, |a - b| / max(|a|, |b|), however small it is next to the others: 1 means that
    its gradient was forgotten. Below 1e-7 is right; 1e-2 is a bug; in between look for a kink (a ReLU within h of 0).
    Where a nudge of h is lost in the rounding of the loss a larger one is tried, up to 1; and what a difference
    leaves open, because a nudge of h/10 says something else, is not held against backpropagation.

    Shapes: X (N, D), y as the loss wants it. The parameters are afterwards as they were; their gradients are those
    of this batch.

    Raises ValueError for float32 parameters, whose rounding hides any bug of interest, TypeError for a class, or
    anything else, in the place of the network or the loss.
    """
    check_parts(network, loss)
    named = network.named_parameters()
    for name, parameter in named.items():
        if parameter.value.dtype != np.float64:
            raise ValueError(
                f"check_gradients: {name} is {parameter.value.dtype}; build the network with dtype=float to check it."
            )

    def value(_=None):
        return loss.forward(network.forward(X), y)

    value()
    network.backward(loss.backward())
    exact = {name: p.grad.copy() for name, p in named.items()}
    return {
        name: float(np.max([_error(exact[name][i], value, p.value, i, h) for i in np.ndindex(p.value.shape)]))
        for name, p in named.items()
    }


def _error(exact, f, x, i, h):
    """How far `exact` is from ∂f/∂xᵢ, as a share of the larger of the two, less what the difference leaves open."""

    def slope(h):
        above, below = _either_side(f, x, i, h)
        return (above - below) / (2 * h), 1e-14 * max(abs(above), abs(below), 1) / h  # and what rounding may add

    trial, rounding = slope(h)
    while abs(trial) < 10 * rounding and h < 1:
        h *= 10
        trial, rounding = slope(h)
    off = abs(exact - trial)
    if off > 1e-7 * abs(trial):
        off = max(off - 2 * abs(trial - slope(h / 10)[0]) - rounding, 0.0)
    return 0.0 if off == 0 else off / max(abs(exact), abs(trial))
