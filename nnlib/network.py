"""A network: layers in a row, run forward to predict and backward to share out the blame."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from .activations import all_finite, as_floats
from .layers import Layer, Parameter, Sigmoid


class Network(Layer):
    """Layers in a row: the output of each is the input of the next.

    Shapes: X (N, D) in, (N, M) out, where D and M are the first and last layers' widths.
    A layer may appear more than once: its parameters are then shared, and their gradients add up.

    Raises ValueError for no layers, for things that are not layers, for widths that do not meet, and for
    inputs of another shape or with NaN or infinite entries; RuntimeError for backward before forward.
    """

    def __init__(self, layers: Sequence[Layer], *more: Layer):
        self._layers = tuple(layers) if isinstance(layers, Iterable) else (layers,)
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise ValueError(f"{layer!r} is not a Layer: pass objects such as Linear(2, 3) or ReLU().")
        if more or not isinstance(layers, Iterable):
            raise ValueError(f"a Network is made from a list of layers: Network({[*self.layers, *more]}).")
        if not self.layers:
            raise ValueError("a Network needs at least one layer.")
        self._check_widths()
        self._reversed, set_by_later = [], set()
        places = Counter(inner for layer in self.layers for inner in _layers_within(layer))
        for layer in reversed(self.layers):
            adds_to = [p for p in layer.parameters() if p in set_by_later]
            again = adds_to or any(places[inner] > 1 for inner in _layers_within(layer))
            self._reversed.append(_Shared(layer, adds_to) if again else layer)
            set_by_later |= set(layer.parameters())
        values = [p.value for p in self.parameters()]
        self._dtype = np.result_type(*values) if values else None

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers as they run. They stay the same: for other layers make another network."""
        return self._layers

    def _check_widths(self):
        width, before = None, None
        for layer in self.layers:
            weight = getattr(getattr(layer, "weight", None), "value", None)
            if weight is None:
                continue
            if width is not None and weight.shape[0] != width:
                raise ValueError(f"{layer} takes {weight.shape[0]} inputs, but {before} before it gives {width}.")
            width, before = weight.shape[1], layer

    def forward(self, x: ArrayLike, check: bool = True) -> np.ndarray:
        """The output (N, M) for X (N, D). check: look for NaN and infinite entries first (`fit` has looked already)."""
        try:
            x = as_floats(x, self._dtype)
        except (TypeError, ValueError) as error:
            why = f"; {error}" if isinstance(error, TypeError) else "."
            what = f"{self.layers[0]}: the input must be an array of numbers, one row an example"
            raise ValueError(what + why) from None
        if x.ndim < 2 or len(x) == 0:
            raise ValueError(f"{self.layers[0]}: expected a batch of shape (N, D) with N >= 1, got {x.shape}.")
        if check and not all_finite(x):
            raise ValueError(f"{self.layers[0]}: the input of shape {x.shape} has NaN or infinite entries.")
        for layer in reversed(self._reversed):
            x = layer.forward(x)
        return x

    def backward(self, grad: ArrayLike, input_gradient: bool = True) -> np.ndarray | None:
        """∂L/∂X (N, D), given grad = ∂L/∂output (N, M); sets the gradient of every parameter.

        Without `input_gradient` the first layer's ∂L/∂X, which training never uses, is skipped and None returned.
        """
        *later, first = self._reversed
        for layer in later:
            grad = layer.backward(grad)
        return first.backward(grad) if input_gradient else first.backward_parameters(grad)

    def parameters(self) -> list[Parameter]:
        """Every `Parameter`, in order from the first layer to the last, each once."""
        return list(self.named_parameters().values())

    def named_parameters(self) -> dict[str, Parameter]:
        """The same by name: {"0.weight": …, "0.bias": …, "2.weight": …}, the number being the layer's place."""
        named = {}
        for i, layer in enumerate(self.layers):
            known = set(named.values())
            named |= {f"{i}.{name}": p for name, p in layer.named_parameters().items() if p not in known}
        return named

    def predict(self, X: ArrayLike) -> np.ndarray:
        """The class of each row, shape (N,): the largest of M ≥ 2 outputs, or 1 where a single output says yes.

        A single output says yes above ½ after a sigmoid, above 0 otherwise; so labels -1 and +1 (`Hinge`) come out
        as 0 and 1. For regression use `forward`.
        Does not disturb a backward pass under way.
        """
        output = without_trace(self, X)
        if output.ndim == 2 and output.shape[1] > 1:
            return np.argmax(output, axis=1)
        return (output[:, 0] > (0.5 if isinstance(self.last_layer(), Sigmoid) else 0)).astype(int)

    def last_layer(self) -> Layer:
        """The layer that makes the output, also where the last one is a network in its turn."""
        last = self.layers[-1]
        return last.last_layer() if isinstance(last, Network) else last

    def save(self, path: str | os.PathLike):
        """Write all parameters to an .npz file, whole or not at all."""
        path = os.fspath(path)
        temporary = f"{path}.part"
        # write beside the target, then rename: a crash midway leaves the old file as it was
        try:
            with open(temporary, "wb") as file:
                np.savez(file, **{name: p.value for name, p in self.named_parameters().items()})
            os.replace(temporary, path)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)

    def load(self, path: str | os.PathLike) -> "Network":
        """Read the parameters that `save` wrote, all of them or none; returns the network.

        Raises ValueError, naming what differs, for a file that does not fit this network.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                loaded = {name: np.asarray(file[name]) for name in file.files}
        except FileNotFoundError:
            raise
        except Exception:  # a damaged file can make NumPy and zipfile stumble in many ways; all mean the same
            raise ValueError(f"{path} is not a file that Network.save wrote, or it is damaged.") from None
        mine = {name: p.value.shape for name, p in self.named_parameters().items()}
        theirs = {name: value.shape for name, value in loaded.items()}
        if mine != theirs:
            name = next(n for n in [*mine, *theirs] if mine.get(n) != theirs.get(n))
            raise ValueError(
                f"{path} does not fit this network: {name} has shape {mine.get(name, 'none')} here, "
                f"{theirs.get(name, 'none')} in the file."
            )
        for name, value in loaded.items():
            if value.dtype.kind != "f" or not np.isfinite(value).all():
                raise ValueError(f"{path} does not fit this network: {name} holds something other than finite numbers.")
        for name, parameter in self.named_parameters().items():
            parameter.value = loaded[name]
        return self

    def __repr__(self):
        rows, counts, named = [], {}, self.named_parameters()
        for i, layer in enumerate(self.layers):
            own = [p for name, p in named.items() if name.startswith(f"{i}.")]
            shapes = " + ".join(f"{p.name} {p.value.shape}" for p in own)
            counts[i] = sum(p.value.size for p in own)
            rows.append(f"  {i}  {layer!r:<24}" + (f"{counts[i]:>10,}  {shapes}" if own else ""))
        return "\n".join(["Network", *(row.rstrip() for row in rows), f"  {sum(counts.values()):,} parameters"])


class Residual(Network):
    """A = X + F(X): layers F with a skip connection around them, past which signal and blame run unchanged.

    Shapes: X, F(X) and A alike, (N, D). Backward: dX = dA + what comes back through F.
    Source: He et al. (2016).

    Raises ValueError for layers that give another shape than they take, and what `Network` raises.
    """

    def forward(self, x: ArrayLike, check: bool = False) -> np.ndarray:
        out = super().forward(x, check)
        if out.shape != np.shape(x):
            raise ValueError(f"Residual: what is added to an input {np.shape(x)} must have its shape, got {out.shape}.")
        return x + out

    def backward(self, grad: ArrayLike, input_gradient: bool = True) -> np.ndarray:
        return grad + super().backward(grad)

    def last_layer(self) -> Layer:
        return self  # a sum may be any number, whatever the last layer of F makes

    def __repr__(self):
        return f"Residual({list(self.layers)})"


class _Shared(Layer):
    """One place of a layer that shares parameters, or all of itself, with another place in the network.

    It has a memory of its own, and adds its gradients to those that the later places have set before it.
    """

    def __init__(self, layer, adds_to):
        self.layer, self.adds_to, self.memory = layer, adds_to, _memory(layer)

    def forward(self, x):
        out = self.layer.forward(x)
        self.memory = _memory(self.layer)
        return out

    def backward(self, grad):
        return self._added(self.layer.backward, grad)

    def backward_parameters(self, grad):
        return self._added(self.layer.backward_parameters, grad)

    def _added(self, backward, grad):
        _recall(self.memory)
        later = [p.grad.copy() for p in self.adds_to]
        grad = backward(grad)
        for parameter, other in zip(self.adds_to, later, strict=True):
            parameter.grad += other
        return grad


def _layers_within(thing) -> Iterator[Layer]:
    """A layer and all layers inside it, each once; or those in a list of layers."""
    found, waiting = set(), [thing]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, (list, tuple)):
            waiting += thing
        elif isinstance(thing, Layer) and thing not in found:
            found.add(thing)
            waiting += vars(thing).values()
            yield thing


def _memory(layer: Layer) -> list[tuple[Layer, dict]]:
    """What a layer, and every layer inside it, remembers of its last forward pass."""
    return [(inner, dict(vars(inner))) for inner in _layers_within(layer)]


def _recall(remembered: list[tuple[Layer, dict]]):
    """Bring back what `_memory` gave."""
    for layer, state in remembered:
        vars(layer).clear()
        vars(layer).update(state)


def without_trace(layer: Layer, x: ArrayLike) -> np.ndarray:
    """The output for the input x; the layer afterwards remembers what it remembered before."""
    before = _memory(layer)
    try:
        return layer.forward(x)
    finally:
        _recall(before)
