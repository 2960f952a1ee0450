"""Initializers: where the weights of a layer start, before the first example is seen."""

from collections.abc import Callable

import numpy as np

Seed = np.random.Generator | int | None


def zeros(fan_in: int, fan_out: int, rng: Seed = None) -> np.ndarray:
    """All weights 0, shape (fan_in, fan_out): every neuron of the layer starts the same.

    If the weights that read the layer are equal as well, its neurons get equal gradients and stay the same.
    """
    return np.zeros((fan_in, fan_out))


def constant(fan_in: int, fan_out: int, rng: Seed = None, value: float = 0.5) -> np.ndarray:
    """All weights `value`, shape (fan_in, fan_out): every neuron of the layer starts the same, as with zeros."""
    return np.full((fan_in, fan_out), float(value))


def normal(fan_in: int, fan_out: int, rng: Seed = None, std: float = 0.01) -> np.ndarray:
    """W ~ N(0, std²), shape (fan_in, fan_out).

    Raises ValueError for a negative std.
    """
    if not std >= 0:
        raise ValueError(f"normal: std must be 0 or more, got {std}.")
    return np.random.default_rng(rng).normal(0.0, std, (fan_in, fan_out))


def glorot(fan_in: int, fan_out: int, rng: Seed = None) -> np.ndarray:
    """W ~ N(0, 2 / (fan_in + fan_out)), shape (fan_in, fan_out): for tanh and sigmoid layers.

    Keeps the variance of signals and of gradients roughly equal from layer to layer, as long as tanh is nearly straight
    (Glorot and Bengio 2010, equation 12; the same variance, drawn from a normal distribution).
    """
    return normal(fan_in, fan_out, rng, std=np.sqrt(2.0 / (fan_in + fan_out)))


def he(fan_in: int, fan_out: int, rng: Seed = None) -> np.ndarray:
    """W ~ N(0, 2 / fan_in), shape (fan_in, fan_out): for ReLU layers.

    A ReLU silences half of its inputs; the 2 makes up for them (He et al. 2015, equation 10).
    """
    return normal(fan_in, fan_out, rng, std=np.sqrt(2.0 / fan_in))


INITIALIZERS = {f.__name__: f for f in (zeros, constant, normal, glorot, he)}


def initial_weights(initializer: str | Callable, fan_in: int, fan_out: int, rng: Seed = None) -> np.ndarray:
    """The weight matrix (fan_in, fan_out) that an initializer gives.

    initializer: a name from `INITIALIZERS`, or a function of (fan_in, fan_out, rng).
    Raises ValueError for an unknown name or a result of another shape.
    """
    if not callable(initializer):
        if initializer not in INITIALIZERS:
            raise ValueError(
                f"unknown initializer {initializer!r}: choose one of {', '.join(INITIALIZERS)}, "
                "or pass a function of (fan_in, fan_out, rng)."
            )
        initializer = INITIALIZERS[initializer]
    weights = np.asarray(initializer(fan_in, fan_out, rng))
    if weights.shape != (fan_in, fan_out):
        raise ValueError(f"the initializer returned shape {weights.shape}, expected ({fan_in}, {fan_out}).")
    return weights
