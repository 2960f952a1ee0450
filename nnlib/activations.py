"""Activation functions: what a neuron does to its weighted sum z, and how fast that changes."""

import numpy as np


def _floats(z):
    """An array of floats: float32 stays float32, integers become float64."""
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)


def step(z):
    """1 where z > 0, else 0: the all-or-nothing neuron of McCulloch and Pitts (1943).

    Shapes: z of any shape; the result has the same.
    """
    z = _floats(z)
    return (z > 0).astype(z.dtype)[()]


def step_derivative(z):
    """0 everywhere (at z = 0, where the slope is infinite, too): nothing to learn from."""
    return np.zeros_like(_floats(z))[()]


def sigmoid(z):
    """σ(z) = 1 / (1 + e⁻ᶻ): a step with a soft edge, between 0 and 1.

    Shapes: z of any shape; the result has the same. Never overflows: the exponent is -|z|.
    """
    z = _floats(z)
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def sigmoid_derivative(z):
    """σ′(z) = σ(z) (1 - σ(z)), at most 1/4 (at z = 0)."""
    s = sigmoid(z)
    return s * (1 - s)


def tanh(z):
    """tanh(z) = 2σ(2z) - 1: the sigmoid stretched to lie between -1 and 1."""
    return np.tanh(_floats(z))


def tanh_derivative(z):
    """tanh′(z) = 1 - tanh(z)², at most 1 (at z = 0)."""
    return 1 - tanh(z) ** 2


def relu(z):
    """max(0, z): silent below 0, the identity above (Nair and Hinton 2010)."""
    return np.maximum(_floats(z), 0)


def relu_derivative(z):
    """1 where z > 0, else 0 (at the kink itself we choose 0, as PyTorch does)."""
    return step(z)


def leaky_relu(z, alpha=0.01):
    """z where z ≥ 0, alpha·z below (Maas et al. 2013): a ReLU that never goes quite silent.

    Shapes: z of any shape; the result has the same. alpha: the slope below 0, any number.
    """
    z = _floats(z)
    return np.where(z >= 0, z, z * z.dtype.type(alpha))[()]


def leaky_relu_derivative(z, alpha=0.01):
    """1 where z > 0, else alpha."""
    z = _floats(z)
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(alpha))[()]


def softmax(z):
    """eᶻ / Σ eᶻ along the last axis: scores become probabilities that add up to 1.

    Shapes: (K,) or (N, K), one distribution a row; the result has the same.
    The largest score of each row is subtracted first, which changes nothing but keeps eᶻ finite.
    """
    z = _floats(z)
    exponentials = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


def softmax_derivative(z):
    """The Jacobian ∂pᵢ/∂zⱼ = pᵢ (δᵢⱼ - pⱼ): each probability depends on every score.

    Shapes: z (..., K); the result (..., K, K).
    """
    p = softmax(z)
    return p[..., :, None] * (np.eye(p.shape[-1], dtype=p.dtype) - p[..., None, :])
