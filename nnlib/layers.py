"""Layers: each turns its input forward into its output, and the blame for its output back into blame for its input."""

from collections.abc import Callable
from operator import attrgetter

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from .activations import as_floats, leaky_relu, leaky_relu_derivative, sigmoid, softmax
from .initializers import Seed, initial_weights


class Parameter:
    """One array of numbers that training may change, and the gradient of the loss with respect to it.

    value, grad: arrays of the same shape. Assigning to either copies the numbers in, so that every
    holder of this parameter (layer, network, optimizer) goes on seeing the same memory.
    name: what errors, saved files and gradient checks call it.

    Raises ValueError when an assigned array has another shape.
    """

    __slots__ = ("_value", "_grad", "name")

    def __init__(self, value: ArrayLike, grad: ArrayLike | None = None, name: str = "parameter"):
        self._value = np.array(as_floats(value), order="C")
        self._grad = np.zeros_like(self._value)
        self.name = name
        if grad is not None:
            self.grad = grad

    @property
    def value(self) -> np.ndarray:
        return self._value

    @value.setter
    def value(self, new: ArrayLike):
        self._copy(self._value, new, "value")

    @property
    def grad(self) -> np.ndarray:
        return self._grad

    @grad.setter
    def grad(self, new: ArrayLike):
        self._copy(self._grad, new, "grad")

    def _copy(self, old, new, what):
        if new is old:  # after `p.value -= …`, which has changed the array in place already
            return
        if np.shape(new) != old.shape:
            raise ValueError(f"{self.name}: {what} has shape {old.shape}, got {np.shape(new)}.")
        old[...] = as_floats(new)

    def move(self, value: np.ndarray, grad: np.ndarray):
        """Keep the numbers in the given arrays from now on (an optimizer lays all parameters end to end)."""
        value[...], grad[...] = self._value, self._grad
        self._value, self._grad = value, grad

    def __repr__(self):
        return f"Parameter({self.name}, shape {self.value.shape}, {self.value.dtype})"


class Layer:
    """What every layer can do; a new one needs only `forward` and `backward`."""

    def forward(self, x: ArrayLike) -> np.ndarray:
        """The output for the input x (N, …), remembering what `backward` will need; `layer(x)` does the same."""
        raise NotImplementedError(f"{type(self).__name__} has no forward.")

    def __call__(self, x: ArrayLike) -> np.ndarray:
        return self.forward(x)

    def backward(self, grad: ArrayLike) -> np.ndarray:
        """∂L/∂input, given grad = ∂L/∂output; sets the gradient of every parameter on the way."""
        raise NotImplementedError(f"{type(self).__name__} has no backward.")

    def backward_parameters(self, grad: ArrayLike):
        """As `backward`, where nobody needs ∂L/∂input: a network's first layer while it trains."""
        self.backward(grad)

    def parameters(self) -> list[Parameter]:
        """The `Parameter`s of this layer, in a fixed order."""
        return []

    def named_parameters(self) -> dict[str, Parameter]:
        """The same by name, such as {"weight": …, "bias": …}. Raises ValueError for a name used twice."""
        named = {p.name: p for p in self.parameters()}
        if len(named) < len(self.parameters()):
            raise ValueError(f"{self}: two parameters have the same name; give each its own, Parameter(…, name=…).")
        return named

    def __repr__(self):
        return f"{type(self).__name__}()"


def _held(name):
    """A layer's attribute that holds a `Parameter`: an array in its place is refused, with a word on where it goes."""

    def hold(layer, new):
        if not (isinstance(new, Parameter) or new is None):
            raise TypeError(f"{type(layer).__name__}: to change the {name}, assign to layer.{name}.value.")
        setattr(layer, f"_{name}", new)

    return property(attrgetter(f"_{name}"), hold, doc=f"The {name}, a `Parameter`.")


class Linear(Layer):
    """Z = XW + b: every output is a weighted sum of all inputs, plus a bias.

    Shapes: X (N, in_features), W (in_features, out_features), b (out_features,), Z (N, out_features).
    Backward: dX = dZ Wᵀ, dW = Xᵀ dZ, db = the sum of dZ over the batch.
    The weights start as `initializer` says (a name or a function of fan_in, fan_out and rng), the biases at 0;
    PyTorch draws both uniformly from ±1/√in_features. rng: what the weights are drawn with, a NumPy Generator or a
    seed. Give one Generator to all layers of a network: layers with the same seed start with the same numbers.

    Raises ValueError for sizes below 1, an unknown initializer and an input of another width,
    TypeError for an input that is not numbers, RuntimeError for backward before forward.
    """

    weight, bias = _held("weight"), _held("bias")

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        initializer: str | Callable = "he",
        rng: Seed = None,
        dtype: DTypeLike = float,
    ):
        name = f"Linear({in_features}, {out_features})"
        for size in (in_features, out_features):
            if not isinstance(size, (int, np.integer)) or size < 1:
                raise ValueError(f"{name}: both sizes must be whole numbers of 1 or more.")
        if not isinstance(bias, (bool, np.bool_)):
            raise ValueError(f"{name}: bias must be True or False, got {bias!r}.")
        if np.dtype(dtype).kind != "f":
            raise ValueError(f"{name}: dtype must be a float type, got {np.dtype(dtype)}.")
        weights = initial_weights(initializer, in_features, out_features, rng)
        self.weight = Parameter(weights.astype(dtype), name="weight")
        self.bias = Parameter(np.zeros(out_features, dtype), name="bias") if bias else None
        self._x = None

    def forward(self, x):
        weight = self.weight.value
        x = as_floats(x, weight.dtype)
        if x.ndim != 2 or x.shape[1] != weight.shape[0]:
            raise ValueError(f"{self}: expected an input of shape (N, {weight.shape[0]}), got {x.shape}.")
        self._x = x
        z = np.dot(x, weight)  # for small matrices quicker than x @ weight, and the same
        if self.bias is not None:
            z += self.bias.value
        return z

    def backward(self, grad):
        self.backward_parameters(grad)
        return np.dot(grad, self.weight.value.T)

    def backward_parameters(self, grad):
        if self._x is None:
            raise RuntimeError(f"{self}: backward before forward; run forward on a batch first.")
        grad = as_floats(grad, self.weight.value.dtype)
        expected = (len(self._x), self.weight.value.shape[1])
        if grad.shape != expected:
            raise ValueError(f"{self}: expected a gradient of shape {expected}, got {grad.shape}.")
        np.dot(self._x.T, grad, out=self.weight.grad)
        if self.bias is not None:
            np.add.reduce(grad, axis=0, out=self.bias.grad)

    def parameters(self):
        return [self.weight] if self.bias is None else [self.weight, self.bias]

    def __repr__(self):
        sizes = ", ".join(str(n) for n in self.weight.value.shape)
        return f"Linear({sizes})" if self.bias is not None else f"Linear({sizes}, bias=False)"


class _Keeping(Layer):
    """A layer that keeps one array of its output's shape for `backward`."""

    _kept = None  # an activation keeps its input or its output, whichever makes f′ cheap

    def _remembered(self, grad):
        if self._kept is None:
            raise RuntimeError(f"{self}: backward before forward; run forward on a batch first.")
        if np.asarray(grad).shape != self._kept.shape:
            raise ValueError(f"{self}: expected a gradient of shape {self._kept.shape}, got {np.shape(grad)}.")
        return self._kept


class Sigmoid(_Keeping):
    """A = σ(Z); dZ = dA · A (1 - A). Shapes: any."""

    def forward(self, x):
        self._kept = sigmoid(x)
        return self._kept

    def backward(self, grad):
        a = self._remembered(grad)
        return grad * a * (1 - a)


class Tanh(_Keeping):
    """A = tanh(Z); dZ = dA · (1 - A²). Shapes: any."""

    def forward(self, x):
        self._kept = np.tanh(as_floats(x))
        return self._kept

    def backward(self, grad):
        a = self._remembered(grad)
        return grad * (1 - a * a)


class ReLU(_Keeping):
    """A = max(0, Z); dZ = dA where Z > 0, else 0. Shapes: any."""

    def forward(self, x):
        self._kept = np.maximum(as_floats(x), 0)
        return self._kept

    def backward(self, grad):
        a = self._remembered(grad)
        slope = (a > 0).astype(a.dtype)
        slope *= grad
        return slope


class LeakyReLU(_Keeping):
    """A = Z where Z ≥ 0, alpha·Z below; dZ = dA where Z > 0, else alpha·dA. Shapes: any."""

    def __init__(self, alpha: float = 0.01):
        self.alpha = alpha

    def forward(self, x):
        self._kept = as_floats(x)
        return leaky_relu(x, self.alpha)

    def backward(self, grad):
        return grad * leaky_relu_derivative(self._remembered(grad), self.alpha)

    def __repr__(self):
        return f"LeakyReLU({self.alpha})"


class Softmax(_Keeping):
    """P = softmax(Z), a distribution a row; dZ = P · (dP - Σ dP·P). Shapes: (N, K).

    For training use `SoftmaxCrossEntropy` on the logits instead: it contains this softmax.
    """

    def forward(self, x):
        self._kept = softmax(x)
        return self._kept

    def backward(self, grad):
        p = self._remembered(grad)
        return p * (grad - np.sum(grad * p, axis=-1, keepdims=True))


class LayerNorm(_Keeping):
    """A = gain · (X - μ) / √(σ² + epsilon) + bias, where μ and σ² are the mean and the variance of each row.

    Shapes: X and A (N, features), gain and bias (features,). Gains start at 1, biases at 0, as in PyTorch.
    Backward, with X̂ = (X - μ) / √(σ² + epsilon) and dX̂ = dA · gain, all means being over a row:
    dX = (dX̂ - mean(dX̂) - X̂ · mean(dX̂ · X̂)) / √(σ² + epsilon), dgain = Σ dA · X̂ and dbias = Σ dA over the batch.
    Source: Ba, Kiros and Hinton (2016).

    Raises ValueError for an input or a gradient of another shape, RuntimeError for backward before forward.
    """

    gain, bias = _held("gain"), _held("bias")

    def __init__(self, features: int, epsilon: float = 1e-5, dtype: DTypeLike = float):
        self.gain = Parameter(np.ones(features, dtype), name="gain")
        self.bias = Parameter(np.zeros(features, dtype), name="bias")
        self.epsilon = epsilon

    def forward(self, x):
        x = as_floats(x, self.gain.value.dtype)
        if x.ndim != 2 or x.shape[1:] != self.gain.value.shape:
            raise ValueError(f"{self}: expected an input of shape (N, {len(self.gain.value)}), got {x.shape}.")
        centred = x - x.mean(axis=1, keepdims=True)
        self._spread = np.sqrt(np.mean(centred * centred, axis=1, keepdims=True) + self.epsilon)
        self._kept = centred / self._spread
        return self.gain.value * self._kept + self.bias.value

    def backward(self, grad):
        x = self._remembered(grad)
        self.gain.grad, self.bias.grad = np.sum(grad * x, axis=0), np.sum(grad, axis=0)
        grad = grad * self.gain.value
        mean, along = grad.mean(axis=1, keepdims=True), np.mean(grad * x, axis=1, keepdims=True)
        return (grad - mean - x * along) / self._spread

    def parameters(self):
        return [self.gain, self.bias]
