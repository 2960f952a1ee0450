"""Gradients by trial: nudge one number at a time, watch the loss, and compare with what backpropagation says."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    """∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h for every entry i: the centred difference, with an error of order h².

    Shapes: x of any shape, floats; f takes such an array and returns a number; the result is shaped like x.
    x is nudged in place, entry by entry, and is afterwards exactly as it was.

    Raises ValueError for an x that is not an array of floats, and for an h that is not above 0.
    """
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        raise ValueError("numerical_gradient: x must be a NumPy array of floats, so that it can be nudged.")
    if not h > 0:
        raise ValueError(f"numerical_gradient: h must be above 0, got {h!r}.")
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        try:
            x[i] = old + h
            above = f(x)
            x[i] = old - h
            below = f(x)
        finally:
            x[i] = old
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    """max |a - b| / max(|a|, |b|), the maxima over all entries; 0 where both are all 0. Shapes: alike."""
    scale = np.max(np.abs([a, b]))
    return 0.0 if scale == 0 else float(np.max(np.abs(a - b)) / scale)


def check_gradients(network, loss, X, y, h=1e-5):
    """The largest relative error of backpropagation against centred differences, for every parameter by name.

    Shapes: X (N, D), y as the loss wants it. Below 1e-7 is right; 1e-2 is a bug; in between look for a kink
    (a ReLU within h of 0). The parameters are afterwards as they were; their gradients are those of this batch.

    Raises ValueError for float32 parameters, whose rounding hides any bug of interest.
    """
    for name, parameter in network.named_parameters().items():
        if parameter.value.dtype != np.float64:
            raise ValueError(
                f"check_gradients: {name} is {parameter.value.dtype}; build the network with dtype=float to check it."
            )
    loss.forward(network.forward(X), y)
    network.backward(loss.backward())
    exact = {name: p.grad.copy() for name, p in network.named_parameters().items()}
    return {
        name: relative_error(exact[name], numerical_gradient(lambda _: loss.forward(network.forward(X), y), p.value, h))
        for name, p in network.named_parameters().items()
    }
