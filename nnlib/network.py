"""A network: layers in a row, run forward to predict and backward to share out the blame."""

import math
import os

import numpy as np

from .layers import Layer, Sigmoid


class Network(Layer):
    """Layers in a row: the output of each is the input of the next.

    Shapes: X (N, D) in, (N, M) out, where D and M are the first and last layers' widths.
    A layer may appear more than once: its parameters are then shared, and their gradients add up.

    Raises ValueError for no layers, for things that are not layers, for widths that do not meet, and for
    inputs of another shape or with NaN or infinite entries; RuntimeError for backward before forward.
    """

    def __init__(self, layers):
        if isinstance(layers, Layer):
            raise ValueError(f"a Network is made from a list of layers: Network([{layers}]).")
        self.layers = list(layers)
        if not self.layers:
            raise ValueError("a Network needs at least one layer.")
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise ValueError(f"{layer!r} is not a Layer: pass objects such as Linear(2, 3) or ReLU().")
        self._check_widths()
        self._parameters = {}
        self._runs = []  # what is run: a repeated layer as a copy with a memory of its own and the same parameters
        for i, layer in enumerate(self.layers):
            repeated = any(layer is earlier for earlier in self.layers[:i])
            self._runs.append(layer.shared_copy() if repeated else layer)
            known = {id(p) for p in self._parameters.values()}
            self._parameters |= {f"{i}.{name}": p for name, p in layer.named_parameters().items() if id(p) not in known}
        self._reversed, later = [], set()
        for run in reversed(self._runs):
            shared = [p for p in run.parameters() if id(p) in later]
            self._reversed.append(_Adding(run, shared) if shared else run)
            later |= {id(p) for p in run.parameters()}
        self._dtype = np.result_type(*(p.value for p in self._parameters.values())) if self._parameters else None

    def _check_widths(self):
        width, before = None, None
        for layer in self.layers:
            weight = getattr(getattr(layer, "weight", None), "value", None)
            if weight is None:
                continue
            if width is not None and weight.shape[0] != width:
                raise ValueError(f"{layer} takes {weight.shape[0]} inputs, but {before} before it gives {width}.")
            width, before = weight.shape[1], layer

    def forward(self, x):
        """The output (N, M) for X (N, D)."""
        try:
            x = np.asarray(x, self._dtype)
        except (TypeError, ValueError):
            raise ValueError(f"{self.layers[0]}: the input must be an array of numbers, one row an example.") from None
        if x.ndim < 2 or len(x) == 0:
            raise ValueError(f"{self.layers[0]}: expected a batch of shape (N, D) with N ≥ 1, got {x.shape}.")
        # a NaN or infinite entry spoils the sum of squares, which is quick; if that is spoilt, look at each entry
        if not math.isfinite(np.vdot(x, x)) and not np.isfinite(x).all():
            raise ValueError(f"{self.layers[0]}: the input of shape {x.shape} has NaN or infinite entries.")
        for layer in self._runs:
            x = layer.forward(x)
        return x

    def backward(self, grad, input_gradient=True):
        """∂L/∂X (N, D), given grad = ∂L/∂output (N, M); sets the gradient of every parameter.

        Without `input_gradient` the first layer's ∂L/∂X, which training never uses, is skipped and None returned.
        """
        *later, first = self._reversed
        for layer in later:
            grad = layer.backward(grad)
        return first.backward(grad) if input_gradient else first.backward_parameters(grad)

    def parameters(self):
        """Every `Parameter`, in order from the first layer to the last, each once."""
        return list(self._parameters.values())

    def named_parameters(self):
        """The same by name: {"0.weight": …, "0.bias": …, "2.weight": …}, the number being the layer's place."""
        return dict(self._parameters)

    def shared_copy(self):
        """A network with the same parameters, but a memory of its own between forward and backward."""
        return Network([layer.shared_copy() for layer in self._runs])

    def predict(self, X):
        """The class of each row, shape (N,): the largest of M ≥ 2 outputs, or 1 where a single output says yes.

        A single output says yes above ½ after a sigmoid, above 0 otherwise. For regression use `forward`.
        Does not disturb a backward pass under way.
        """
        output = self.shared_copy().forward(X)
        if output.ndim == 2 and output.shape[1] > 1:
            return np.argmax(output, axis=1)
        return (output[:, 0] > (0.5 if isinstance(self.layers[-1], Sigmoid) else 0)).astype(int)

    def save(self, path):
        """Write all parameters to an .npz file, whole or not at all."""
        path = os.fspath(path)
        temporary = f"{path}.part"
        # write beside the target, then rename: a crash midway leaves the old file as it was
        try:
            with open(temporary, "wb") as file:
                np.savez(file, **{name: p.value for name, p in self._parameters.items()})
            os.replace(temporary, path)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)

    def load(self, path):
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
        mine = {name: p.value.shape for name, p in self._parameters.items()}
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
        for name, parameter in self._parameters.items():
            parameter.value = loaded[name]
        return self

    def __repr__(self):
        rows, counts = [], {}
        for i, layer in enumerate(self.layers):
            own = [p for name, p in self._parameters.items() if name.startswith(f"{i}.")]
            shapes = " + ".join(f"{p.name} {p.value.shape}" for p in own)
            counts[i] = sum(p.value.size for p in own)
            rows.append(f"  {i}  {layer!r:<24}" + (f"{counts[i]:>10,}  {shapes}" if own else ""))
        return "\n".join(["Network", *(row.rstrip() for row in rows), f"  {sum(counts.values()):,} parameters"])


class _Adding(Layer):
    """The backward of a layer that shares parameters with a later one, which has set their gradients before it."""

    def __init__(self, layer, shared):
        self.layer, self.shared = layer, shared

    def backward(self, grad):
        return self._added(self.layer.backward, grad)

    def backward_parameters(self, grad):
        return self._added(self.layer.backward_parameters, grad)

    def _added(self, backward, grad):
        before = [p.grad.copy() for p in self.shared]
        grad = backward(grad)
        for parameter, other in zip(self.shared, before, strict=True):
            parameter.grad += other
        return grad
