"""Activation functions: what a neuron does to its sum z, and how fast that changes."""

import math

import numpy as np
from numpy.typing import ArrayLike, DTypeLike


def as_floats(z: ArrayLike, dtype: DTypeLike = None) -> np.ndarray:
    """An array of floats: float32 stays float32, integers become float64, unless `dtype` says which.

    Raises TypeError for anything but numbers: None, a Scalar (its graph would be lost), text, a column of objects.
    """
    array = np.asarray(z)
    if array.dtype == dtype or (dtype is None and array.dtype.kind == "f"):
        return array
    if array.dtype.kind not in "fiub":
        raise TypeError(f"expected numbers, got {_what(z, array)}.")
    return array.astype(float if dtype is None else dtype)


def all_finite(x: np.ndarray) -> bool:
    """Whether no entry is NaN or infinite: either spoils the sum of squares, which is quick; only then look at each."""
    return x.dtype.kind != "f" or math.isfinite(np.vdot(x, x)) or bool(np.isfinite(x).all())


def _what(z, array):
    """Names what was given in place of numbers, and what to do about it."""
    if hasattr(z, "to_numpy"):
        return f"a {type(z).__name__} whose values NumPy sees as {array.dtype}: pass df.to_numpy(float)"
    if array.dtype.kind != "O":
        return f"{array.dtype}"
    for entry in array.flat:
        if hasattr(entry, "backward"):
            return f"a {type(entry).__name__}: call its own method, such as z.sigmoid(), which keeps its graph"
        if not isinstance(entry, (int, float, np.number, np.bool_)):
            return "None" if entry is None else f"{type(entry).__name__} {entry!r}"
    return "an array of objects: pass X.astype(float)"


def step(z: ArrayLike) -> np.ndarray:
    """1 where z > 0, else 0: the all-or-nothing neuron of McCulloch and Pitts (1943).

    Shapes: z of any shape; the result has the same.
    """
    z = as_floats(z)
    return (z > 0).astype(z.dtype)[()]


def step_derivative(z: ArrayLike) -> np.ndarray:
    """0 everywhere (at z = 0, where the slope is infinite, too): nothing to learn from."""
    return np.zeros_like(as_floats(z))[()]


def sigmoid(z: ArrayLike) -> np.ndarray:
    """σ(z) = 1 / (1 + e⁻ᶻ): a step with a soft edge, between 0 and 1.

    Shapes: z of any shape; the result has the same. Never overflows: the exponent is -|z|.
    """
    z = as_floats(z)
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def sigmoid_derivative(z: ArrayLike) -> np.ndarray:
    """σ′(z) = σ(z) (1 - σ(z)), at most 1/4 (at z = 0)."""
    s = sigmoid(z)
    return s * (1 - s)


def tanh(z: ArrayLike) -> np.ndarray:
    """tanh(z) = 2σ(2z) - 1: the sigmoid stretched to lie between -1 and 1."""
    return np.tanh(as_floats(z))


def tanh_derivative(z: ArrayLike) -> np.ndarray:
    """tanh′(z) = 1 - tanh(z)², at most 1 (at z = 0)."""
    return 1 - tanh(z) ** 2


def relu(z: ArrayLike) -> np.ndarray:
    """max(0, z): silent below 0, the identity above (Nair and Hinton 2010)."""
    return np.maximum(as_floats(z), 0)


def relu_derivative(z: ArrayLike) -> np.ndarray:
    """1 where z > 0, else 0 (at the kink itself we choose 0, as PyTorch does)."""
    return step(z)


def leaky_relu(z: ArrayLike, alpha: float = 0.01) -> np.ndarray:
    """z where z ≥ 0, alpha·z below (Maas et al. 2013): a ReLU that never goes quite silent.

    Shapes: z of any shape; the result has the same. alpha: the slope below 0, any number.
    """
    z = as_floats(z)
    return np.where(z >= 0, z, z * z.dtype.type(alpha))[()]


def leaky_relu_derivative(z: ArrayLike, alpha: float = 0.01) -> np.ndarray:
    """1 where z > 0, else alpha."""
    z = as_floats(z)
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(alpha))[()]


def softmax(z: ArrayLike) -> np.ndarray:
    """eᶻ / Σ eᶻ along the last axis: scores become probabilities that add up to 1.

    Shapes: (K,) or (N, K), one distribution a row; the result has the same.
    The largest score of each row is subtracted first, which changes nothing but keeps eᶻ finite.
    """
    z = as_floats(z)
    exponentials = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


def softmax_derivative(z: ArrayLike) -> np.ndarray:
    """The Jacobian ∂pᵢ/∂zⱼ = pᵢ (δᵢⱼ - pⱼ): each probability depends on every score.

    Shapes: z (..., K); the result (..., K, K).
    """
    p = softmax(z)
    return p[..., :, None] * (np.eye(p.shape[-1], dtype=p.dtype) - p[..., None, :])
