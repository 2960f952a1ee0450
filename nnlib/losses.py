"""Losses: one number that says how wrong a network is, and which way each prediction should have moved."""

import numpy as np
from numpy.typing import ArrayLike

from .activations import as_floats, sigmoid


class Loss:
    """What every loss can do. The value is always a mean, so it means the same for every batch size.

    takes: what the predictions are, "values", "logits" or "scores". The last two may be any numbers: a network
    that ends in a sigmoid or a softmax gives something else.
    """

    takes = "values"
    _grad = None

    def forward(self, prediction: ArrayLike, target: ArrayLike) -> float:
        """The loss, a float: how far the predictions are from the targets, on average; `loss(z, y)` is the same."""
        raise NotImplementedError(f"{type(self).__name__} has no forward.")

    def __call__(self, prediction: ArrayLike, target: ArrayLike) -> float:
        return self.forward(prediction, target)

    def backward(self) -> np.ndarray:
        """∂L/∂prediction of the last `forward`, shaped like the prediction."""
        if self._grad is None:
            raise RuntimeError(f"{self}: backward before forward; run forward on a prediction first.")
        return self._grad()

    def labels(self, prediction: ArrayLike) -> np.ndarray | None:
        """The class each prediction stands for, shape (N,); None where a prediction is not a class."""
        return None

    def accuracy(self, prediction: ArrayLike, target: ArrayLike) -> float | None:
        """The share of predictions whose class is the target's; None where a prediction is not a class."""
        labels = self.labels(prediction)
        return None if labels is None else float(np.mean(labels == self._target_labels(np.ravel(target))))

    def _target_labels(self, target):
        return target

    def _pair(self, prediction, target):
        """Both as float arrays of one shape; targets (N,) also fit predictions (N, 1), and the other way round."""
        prediction = as_floats(prediction)
        target = as_floats(target, prediction.dtype)
        if prediction.size == 0:
            raise ValueError(f"{self}: the batch is empty.")
        n = len(target) if target.ndim else 0
        if {prediction.shape, target.shape} == {(n,), (n, 1)}:
            target = target.reshape(prediction.shape)
        if prediction.shape != target.shape:
            raise ValueError(f"{self}: prediction has shape {prediction.shape}, target {target.shape}: unequal.")
        return prediction, target

    def __repr__(self):
        return f"{type(self).__name__}()"


class MeanSquaredError(Loss):
    """L = mean (ŷ - y)² over all entries; dŷ = 2 (ŷ - y) / size. Shapes: (N,) or (N, M), both alike.

    Half the sum over the M outputs, ½ Σ (ŷ - y)² (Nielsen 2015), is M/2 times this, and so is its gradient.

    Raises ValueError when the shapes differ or the batch is empty.
    """

    def forward(self, prediction: ArrayLike, target: ArrayLike) -> float:
        prediction, target = self._pair(prediction, target)
        residual = prediction - target
        self._grad = lambda: residual * (2 / residual.size)
        return float(np.vdot(residual, residual)) / residual.size


class BinaryCrossEntropy(Loss):
    """L = mean of -y log σ(z) - (1 - y) log(1 - σ(z)), from logits z, targets y in [0, 1].

    dz = (σ(z) - y) / size. Shapes: z (N,) or (N, 1), or any with y alike.
    Computed as max(z, 0) - z y + log(1 + e^-|z|), which stays exact for logits of any size.
    The network ends in a `Linear`: this loss contains the sigmoid. For the accuracy a target above ½ is class 1.

    Raises ValueError when the shapes differ, the batch is empty or a target lies outside [0, 1].
    """

    takes = "logits"

    def forward(self, prediction: ArrayLike, target: ArrayLike) -> float:
        z, y = self._pair(prediction, target)
        if not (np.min(y) >= 0 and np.max(y) <= 1):
            raise ValueError(f"{self}: targets must lie between 0 and 1, got {np.min(y):g} to {np.max(y):g}.")
        self._grad = lambda: (sigmoid(z) - y) / z.dtype.type(z.size)
        return float(np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))))

    def labels(self, prediction: ArrayLike) -> np.ndarray | None:
        score = _one_each(prediction)
        return None if score is None else (score > 0).astype(int)

    def _target_labels(self, target):
        return target > 0.5


class SoftmaxCrossEntropy(Loss):
    """L = mean over the N rows of -log softmax(z)[y], from logits z and integer labels y.

    dz = (softmax(z) - one-hot(y)) / N. Shapes: z (N, K), y (N,) with integers 0 … K-1.
    The network ends in a `Linear`: this loss contains the softmax.

    Raises ValueError for other shapes, labels that are not integers or out of range, and an empty batch.
    """

    takes = "logits"

    def forward(self, prediction: ArrayLike, target: ArrayLike) -> float:
        z, y = as_floats(prediction), np.asarray(target)
        if z.ndim != 2 or y.shape != z.shape[:1]:
            hint = ""
            if y.ndim == 2:
                hint = "; pass y[:, 0]" if y.shape[1] == 1 else "; for one-hot targets pass y.argmax(axis=1)"
            raise ValueError(f"{self}: expected logits (N, K) and labels (N,), got {z.shape} and {y.shape}{hint}.")
        if y.size == 0:
            raise ValueError(f"{self}: the batch is empty.")
        if y.dtype.kind not in "iu":
            hint = "; pass y.astype(int)" if y.dtype.kind in "fb" else ""
            raise ValueError(f"{self}: labels must be integers, got {y.dtype}{hint}.")
        (n, k), y = z.shape, y.astype(np.intp, copy=False)
        if np.maximum.reduce(y.view(np.uintp)) >= k:  # seen as unsigned, a negative label is a huge one: one look
            hint = "; with one output use BinaryCrossEntropy" if k == 1 else ""
            raise ValueError(f"{self}: labels must be 0 to {k - 1} for {k} logits, got {y.min()} to {y.max()}{hint}.")
        # p = softmax(z);  L = -mean(log p[rows, y]);  dz = (p - one-hot(y)) / N: the same, in a quicker order.
        # One row a class: NumPy adds up a few long rows quicker than many short ones.
        scores = np.array(z.T, order="C")  # (K, N)
        scores -= np.maximum.reduce(scores)  # minus each example's largest score, as in softmax
        exponentials = np.exp(scores)  # (K, N)
        totals = np.add.reduce(exponentials)  # (N,)
        own = y * n  # where each example's own class stands, counting along the rows of scores
        own += np.arange(n)

        def grad():
            dz = exponentials / (n * totals)  # (K, N)
            dz.put(own, dz.take(own) - 1 / n)
            return dz.T

        self._grad = grad
        return float(np.add.reduce(np.log(totals) - scores.take(own))) / n

    def labels(self, prediction: ArrayLike) -> np.ndarray:
        return np.argmax(prediction, axis=1)


class Hinge(Loss):
    """L = mean max(0, 1 - y s), from scores s and labels y in {-1, +1}: right by a margin of 1 costs nothing.

    ds = -y / size where 1 - y s > 0, else 0. Shapes: s (N,) or (N, 1), or any with y alike.
    Its labels are -1 and +1; those of `Network.predict` are 0 and 1: compare these with y > 0.

    Raises ValueError when the shapes differ, the batch is empty or a label is neither -1 nor +1.
    """

    takes = "scores"

    def forward(self, prediction: ArrayLike, target: ArrayLike) -> float:
        s, y = self._pair(prediction, target)
        if not np.all(np.abs(y) == 1):
            raise ValueError(f"{self}: labels must be -1 or +1; turn 0 and 1 into them with 2 * y - 1.")
        margin = 1 - y * s
        self._grad = lambda: -y * (margin > 0) / s.dtype.type(s.size)
        return float(np.mean(np.maximum(margin, 0)))

    def labels(self, prediction: ArrayLike) -> np.ndarray | None:
        score = _one_each(prediction)
        return None if score is None else np.where(score > 0, 1, -1)


def _one_each(prediction):
    """The one number per example, shape (N,), of predictions (N,) or (N, 1); None for any other shape."""
    prediction = np.asarray(prediction)
    return prediction.reshape(-1) if prediction.size == len(prediction) else None
