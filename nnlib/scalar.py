"""A number that remembers how it was made, and so can say how everything before it should have been different."""

import itertools
import math

_made = itertools.count()


class Scalar:
    """One number in a computation graph: its value, its gradient, and the numbers it was made from.

    For every number it was made from, a Scalar keeps the local derivative ∂self/∂parent. `backward` multiplies
    these along every path back and adds the paths up: the chain rule, and that is all of backpropagation.
    The operators are those of micrograd (Karpathy 2020). Numbers mix freely: 2 * Scalar(3.0) is a Scalar.
    """

    __slots__ = ("value", "grad", "parents", "local", "op", "label", "_order", "__weakref__")

    def __init__(self, value, parents=(), local=(), op="", label=""):
        if not isinstance(value, (int, float)):
            try:
                value = float(value)
            except (TypeError, ValueError):
                raise TypeError(f"Scalar holds one number, got {value!r}.") from None
        self.value = value
        self.grad = 0.0
        self.parents = parents
        self.local = local
        self.op = op
        self.label = label
        self._order = next(_made)

    def __add__(self, other):
        other = _scalar(other)
        return Scalar(self.value + other.value, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other):
        other = _scalar(other)
        return Scalar(self.value * other.value, (self, other), (other.value, self.value), "×")

    def __pow__(self, power):
        if not isinstance(power, (int, float)):
            raise TypeError(f"Scalar: the power must be a plain number, got {power!r}.")
        slope = power * self.value ** (power - 1) if power else 0.0
        return Scalar(self.value**power, (self,), (slope,), f"^{power}")

    def exp(self):
        """eˣ; its derivative is itself."""
        out = math.exp(self.value)
        return Scalar(out, (self,), (out,), "exp")

    def log(self):
        """The natural logarithm; its derivative is 1/x. Raises ValueError unless x > 0."""
        if not self.value > 0:
            raise ValueError(f"Scalar: log needs a number above 0, got {self.value}.")
        return Scalar(math.log(self.value), (self,), (1 / self.value,), "log")

    def relu(self):
        """max(0, x)."""
        return Scalar(self.value if self.value > 0 else 0.0, (self,), (1.0 if self.value > 0 else 0.0,), "ReLU")

    def tanh(self):
        """tanh x; its derivative is 1 - tanh² x."""
        out = math.tanh(self.value)
        return Scalar(out, (self,), (1 - out * out,), "tanh")

    def sigmoid(self):
        """σ(x) = 1 / (1 + e⁻ˣ); its derivative is σ (1 - σ)."""
        small = math.exp(-abs(self.value))
        out = (1 if self.value >= 0 else small) / (1 + small)
        return Scalar(out, (self,), (out * (1 - out),), "σ")

    def graph(self):
        """Every Scalar this one was made from, itself included, each before the ones made from it."""
        found, stack = {self}, [self]
        while stack:
            for parent in stack.pop().parents:
                if parent not in found:
                    found.add(parent)
                    stack.append(parent)
        # a number is made after the numbers it is made from, so the order of making is a right order
        return sorted(found, key=lambda node: node._order)

    def backward(self):
        """Set `grad` to ∂self/∂node for every node of the graph. A second call gives the same, not the double."""
        nodes = self.graph()
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):
            grad = node.grad
            for parent, local in zip(node.parents, node.local):  # noqa: B905 (strict costs a tenth of the pass)
                parent.grad += local * grad

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -_scalar(other)

    def __truediv__(self, other):
        return self * _scalar(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return _scalar(other) + -self

    def __rtruediv__(self, other):
        return _scalar(other) * self**-1

    def __float__(self):
        return float(self.value)

    def __repr__(self):
        name = f"{self.label}: " if self.label else ""
        return f"Scalar({name}value={self.value:.6g}, grad={self.grad:.6g})"


def _scalar(x):
    return x if isinstance(x, Scalar) else Scalar(x)
