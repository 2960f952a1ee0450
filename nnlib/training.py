"""Training: show the network one small batch after another, and keep a record of how it goes."""

import copy
import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from tqdm import tqdm

from .activations import all_finite
from .initializers import Seed
from .layers import Sigmoid, Softmax
from .losses import Loss
from .network import Network, without_trace
from .optimizers import Optimizer

# While a whole data set is smaller than this it stays in the processor's cache, and putting it into a new
# order once an epoch beats picking the rows of each batch from all over it.
_SMALL = 1 << 20


class DivergenceWarning(RuntimeWarning):
    """Training was stopped because the loss, or a parameter, was no longer a finite number."""


@dataclass
class History:
    """What happened in `fit`. Lists with one entry an epoch, except `step_loss` with one a step.

    loss: mean over the epoch's examples, each measured just before the step that used it (a penalty such as an
    optimizer's weight decay is not in it).
    accuracy, validation_loss, validation_accuracy: at the end of the epoch, where `fit` was given validation
    data (the accuracies: where the loss knows classes).
    stopped: why training ended early, or None.
    """

    loss: list[float] = field(default_factory=list)
    step_loss: list[float] = field(default_factory=list)
    learning_rate: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    stopped: str | None = None

    def __repr__(self):  # in ASCII, so that it can be printed anywhere
        last = f", loss {self.loss[0]:.4g} -> {self.loss[-1]:.4g}" if self.loss else ""
        stopped = f", stopped: {self.stopped}" if self.stopped else ""
        return f"History({len(self.loss)} epochs, {len(self.step_loss)} steps{last}{stopped})"


def minibatches(
    X: ArrayLike, y: ArrayLike, batch_size: int, rng: Seed = None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The examples in a new random order, `batch_size` at a time: pairs (X_batch, y_batch), the last maybe smaller.

    Shapes: X (N, …), y (N, …), row by row together. rng: a NumPy Generator, a seed, or None.

    Raises ValueError for an empty set, lengths that differ, and a batch size below 1.
    """
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim == 0 or len(X) == 0:
        raise ValueError("minibatches: there are no examples.")
    if y.ndim == 0 or len(X) != len(y):
        raise ValueError(f"minibatches: X and y must have one row an example, got shapes {X.shape} and {y.shape}.")
    if not isinstance(batch_size, (int, np.integer)) or batch_size < 1:
        raise ValueError(f"minibatches: batch_size must be a whole number of 1 or more, got {batch_size!r}.")
    return _batches(X, y, batch_size, np.random.default_rng(rng))


def _batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    if X.nbytes < _SMALL:
        X, y = X[order], y[order]
        for start in range(0, len(X), batch_size):
            yield X[start : start + batch_size], y[start : start + batch_size]
    else:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            yield X.take(rows, axis=0), y.take(rows, axis=0)  # as X[rows], but quicker


def evaluate(network: Network, loss: Loss, X: ArrayLike, y: ArrayLike) -> tuple[float, float | None]:
    """The loss (a float) and the accuracy (a float, or None where the loss knows no classes) on X (N, D) and y.

    No penalty, such as an optimizer's weight decay, is in the loss. Does not disturb a backward pass under way.

    Raises ValueError for a network that ends in a sigmoid or softmax under a loss that takes logits or scores,
    TypeError for a class, or anything else, in the place of the network or the loss.
    """
    check_parts(network, loss)
    _check_ending(network, loss)
    output = without_trace(network, X)
    value = copy.copy(loss).forward(output, y)  # a copy, since the loss, too, remembers what its backward needs
    return value, loss.accuracy(output, y)


def check_parts(*parts: object):
    """Raises TypeError unless these are a network, a loss and an optimizer, in this order; the last may be left out."""
    for thing, kind in zip(parts, (Network, Loss, Optimizer), strict=False):
        what = kind.__name__.lower()
        if isinstance(thing, type):
            raise TypeError(f"pass the {what} itself, {thing.__name__}(...), not its class.")
        if not isinstance(thing, kind):
            raise TypeError(f"the {what} must be an nnlib.{kind.__name__}, got {thing!r}.")


def _check_ending(network, loss):
    last = network.last_layer()
    if loss.takes != "values" and isinstance(last, (Sigmoid, Softmax)):
        raise ValueError(f"{loss} takes {loss.takes}, which may be any numbers: leave out the last layer, {last}.")


def _checked(X, y, network, name):
    """X in the network's dtype, and y; refused where training could only fail later and less clearly."""
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim < 2 or len(X) == 0:
        raise ValueError(f"fit: {name} must have shape (N, D) with N >= 1, got {X.shape}.")
    if y.ndim == 0 or len(y) != len(X):
        raise ValueError(f"fit: {name} has {len(X)} examples, but its targets have shape {y.shape}.")
    for what, values in (("inputs", X), ("targets", y)):
        if values.dtype.kind not in "fiub":
            hint = "; of a DataFrame pass df.to_numpy(float)" if values.dtype.kind == "O" else ""
            raise ValueError(f"fit: the {what} of {name} must be numbers, got {values.dtype}{hint}.")
        if not all_finite(values):
            raise ValueError(f"fit: the {what} of {name} have NaN or infinite entries.")
    parameters = network.parameters()
    return X.astype(parameters[0].value.dtype if parameters else float, copy=False), y


def fit(
    network: Network,
    loss: Loss,
    optimizer: Optimizer,
    X: ArrayLike,
    y: ArrayLike,
    epochs: int = 20,
    batch_size: int = 32,
    rng: Seed = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    callback: Callable[[int, Network, History], object] | None = None,
    progress: bool = True,
) -> History:
    """Train by mini-batch gradient descent: forward, loss, backward, step; returns a `History`.

    Shapes: X (N, D); y as the loss wants it. rng: a NumPy Generator or a seed, for the order of the examples, which
    is a new one every epoch. validation: a pair (X, y) to measure after every epoch. callback(epoch, network,
    history) runs after every epoch, and stops training by returning True. progress: show a bar.

    When the loss or a parameter is no longer finite, training stops with a `DivergenceWarning`; when it is
    interrupted (Ctrl-C, or the notebook's stop button), with a warning. The history so far is returned, and its
    `stopped` says why. An infinite validation loss ends nothing: the history holds it.
    Raises ValueError for empty, unequal or non-finite data, for epochs or batch_size out of range, and for a network
    that ends in a sigmoid or softmax under a loss that takes logits or scores; TypeError for a class, or anything
    else, in the place of the network, the loss or the optimizer.
    """
    check_parts(network, loss, optimizer)
    _check_ending(network, loss)
    if not {id(p) for p in optimizer.parameters} & {id(p) for p in network.parameters()}:
        raise ValueError("fit: the optimizer moves none of this network's parameters; make it from net.parameters().")
    X, y = _checked(X, y, network, "the training set")
    if validation is not None:
        if not isinstance(validation, (tuple, list)) or len(validation) != 2:
            raise ValueError("fit: validation must be a pair (X, y).")
        validation = _checked(*validation, network, "the validation set")
    if not isinstance(epochs, (int, np.integer)) or epochs < 0:
        raise ValueError(f"fit: epochs must be a whole number of 0 or more, got {epochs!r}.")
    rng, history, epoch = np.random.default_rng(rng), History(), 0
    bar = tqdm(range(1, epochs + 1), desc="epochs", disable=not progress)
    try:
        for epoch in bar:
            rate = optimizer.learning_rate
            not_finite = _epoch(network, loss, optimizer, minibatches(X, y, batch_size, rng), history)
            if not_finite:
                history.stopped = (
                    f"diverged in epoch {epoch}, step {len(history.step_loss)}: {not_finite}; "
                    f"try a learning rate below {rate:g}"
                )
                warnings.warn(history.stopped, DivergenceWarning, stacklevel=2)
                break
            history.learning_rate.append(rate)
            if validation is not None:
                _validate(network, loss, (X, y), validation, history)
            bar.set_postfix(loss=f"{history.loss[-1]:.4g}", refresh=False)
            if callback is not None and callback(epoch, network, history):
                history.stopped = f"by the callback after epoch {epoch}"
                break
    except KeyboardInterrupt:
        history.stopped = f"interrupted in epoch {epoch}"
        warnings.warn(f"fit was {history.stopped}; the history so far is returned.", stacklevel=2)
    finally:
        bar.close()
    return history


# where numbers overflow, training says so once: NumPy need not, at every step
_quietly = np.errstate(over="ignore", invalid="ignore", divide="ignore")


@_quietly
def _epoch(network, loss, optimizer, batches, history):
    """One pass over the batches; what is no longer a finite number, or None."""
    total = count = 0
    for X, y in batches:
        value = loss.forward(network.forward(X, check=False), y)
        history.step_loss.append(value)
        if not math.isfinite(value):
            return f"the loss became {value}"
        network.backward(loss.backward(), input_gradient=False)
        optimizer.step()
        total += value * len(X)
        count += len(X)
    history.loss.append(total / count)
    return None if all(all_finite(p.value) for p in network.parameters()) else "a parameter became infinite"


@_quietly
def _validate(network, loss, training, validation, history):
    _, accuracy = evaluate(network, loss, *training)
    validation_loss, validation_accuracy = evaluate(network, loss, *validation)
    history.validation_loss.append(validation_loss)
    if accuracy is not None:
        history.accuracy.append(accuracy)
        history.validation_accuracy.append(validation_accuracy)
