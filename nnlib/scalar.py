"""A number that remembers how it was made, and so can say how everything before it should have been different."""

import itertools
import math
import numbers
import operator

_made = itertools.count()


def _comparison(name):
    """A comparison of values; an array is left to NumPy, which compares entry by entry."""
    compare = getattr(operator, name)

    def method(self, other):
        value = other.value if isinstance(other, Scalar) else other
        return NotImplemented if getattr(other, "ndim", 0) else compare(self.value, value)

    return method


class Scalar:
    """One number in a computation graph: its value, its gradient, and the numbers it was made from.

    For every number it was made from, a Scalar keeps the local derivative ∂self/∂parent. `backward` multiplies
    these along every path back and adds the paths up: the chain rule, and that is all of backpropagation.
    The operators are those of micrograd (Karpathy 2020). Numbers mix freely: 2 * Scalar(3.0) is a Scalar, and
    an array times a Scalar an array of Scalars. Comparisons look at the values. Functions that know nothing of
    graphs, such as `math.exp`, refuse a Scalar: use its methods.
    """

    __slots__ = ("value", "grad", "parents", "local", "op", "label", "_order", "__weakref__")

    def __init__(
        self,
        value: float,
        parents: "tuple[Scalar, ...]" = (),
        local: tuple[float, ...] = (),
        op: str = "",
        label: str = "",
    ):
        self.value = value if type(value) is float else _number(value)
        self.grad = 0.0
        self.parents = parents
        self.local = local
        self.op = op
        self.label = label
        self._order = next(_made)

    def __add__(self, other: "Scalar | float") -> "Scalar":
        if (other := _scalar(other)) is NotImplemented:
            return other
        return Scalar(self.value + other.value, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other: "Scalar | float") -> "Scalar":
        if (other := _scalar(other)) is NotImplemented:
            return other
        return Scalar(self.value * other.value, (self, other), (other.value, self.value), "×")

    def __pow__(self, power: float) -> "Scalar":
        """xᵖ for a plain number p; its derivative is p xᵖ⁻¹, infinite at x = 0 for p between 0 and 1.

        Raises ZeroDivisionError for a negative power of 0, ValueError for a root of a negative number.
        """
        if isinstance(power, Scalar):
            raise TypeError(f"Scalar: the power must be a plain number, got {power!r}.")
        x, power = self.value, _number(power)
        if x == 0 and power < 0:
            raise ZeroDivisionError(f"Scalar: 0 to the power {power:g} is a division by 0.")
        if x < 0 and power % 1 != 0:
            raise ValueError(f"Scalar: the power {power:g} needs a number of 0 or more, got {x:g}.")
        try:
            out = x**power
            slope = 0.0 if power == 0 else math.inf if x == 0 and power < 1 else power * x ** (power - 1)
        except OverflowError:
            raise OverflowError(f"Scalar: {x:g} to the power {power:g} is too large for a float.") from None
        return Scalar(out, (self,), (slope,), f"^{power:g}")

    def exp(self) -> "Scalar":
        """eˣ; its derivative is itself. Raises OverflowError for x above 709."""
        try:
            out = math.exp(self.value)
        except OverflowError:
            raise OverflowError(f"Scalar: exp of {self.value:g} is too large for a float.") from None
        return Scalar(out, (self,), (out,), "exp")

    def log(self) -> "Scalar":
        """The natural logarithm; its derivative is 1/x. Raises ValueError unless x > 0."""
        if not self.value > 0:
            raise ValueError(f"Scalar: log needs a number above 0, got {self.value}.")
        return Scalar(math.log(self.value), (self,), (1 / self.value,), "log")

    def relu(self) -> "Scalar":
        """max(0, x); its derivative is 1 where x > 0, else 0."""
        silent = self.value <= 0  # nan is not: it goes through, as through `nnlib.relu`
        return Scalar(0.0 if silent else self.value, (self,), (0.0 if silent else 1.0,), "ReLU")

    def tanh(self) -> "Scalar":
        """tanh x; its derivative is 1 - tanh² x."""
        out = math.tanh(self.value)
        return Scalar(out, (self,), (1 - out * out,), "tanh")

    def sigmoid(self) -> "Scalar":
        """σ(x) = 1 / (1 + e⁻ˣ); its derivative is σ (1 - σ)."""
        small = math.exp(-abs(self.value))
        out = (1 if self.value >= 0 else small) / (1 + small)
        return Scalar(out, (self,), (out * (1 - out),), "σ")

    def graph(self) -> "list[Scalar]":
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
        """Set `grad` to ∂self/∂node for every node of the graph. A second call gives the same, not the double.

        micrograd and PyTorch add to the gradients that are there; here only the paths of one graph add up. So take
        the gradient of a sum of losses in one call. A number that is not in this graph keeps the gradient it had.
        """
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
        if (other := _scalar(other)) is NotImplemented:
            return other
        return self + -other

    def __truediv__(self, other):
        if (other := _scalar(other)) is NotImplemented:
            return other
        return self * other**-1

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return _scalar(other) + -self

    def __rtruediv__(self, other):
        return _scalar(other) * self**-1

    __lt__, __le__, __gt__, __ge__, __eq__ = map(_comparison, ("lt", "le", "gt", "ge", "eq"))

    def __bool__(self):
        return self.value != 0

    __hash__ = object.__hash__  # two Scalars of one value are two nodes of a graph

    def __repr__(self):
        name = f"{self.label}: " if self.label else ""
        return f"Scalar({name}value={self.value:.6g}, grad={self.grad:.6g})"


def _scalar(x):
    """x as a Scalar; NotImplemented for an array, which then takes the Scalar entry by entry."""
    if isinstance(x, Scalar):
        return x
    return NotImplemented if getattr(x, "ndim", 0) else Scalar(x)


def _number(x):
    """A plain number as a float, NumPy's kinds too."""
    try:
        if isinstance(x, numbers.Real) or getattr(x, "ndim", None) == 0:
            return float(x)
    except (TypeError, ValueError):
        pass
    raise TypeError(f"Scalar holds one number, got {x!r}.")
