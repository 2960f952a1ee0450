"""The diagnosis lab of chapter 13: one training loop with five parts, and five networks with one broken part each."""

from dataclasses import dataclass, field

import numpy as np

from nnlib import Softmax, SoftmaxCrossEntropy, relu

from ..exercises import registry

PARTS = {1: "step", 2: "batches", 3: "forward", 4: "start", 5: "gradient"}  # which part repair_1 … repair_5 is
HIDDEN, CLASSES, BATCH, RATE = 64, 10, 32, 0.2


@dataclass
class Record:
    """What one run shows: numbers before training and after every epoch, and the network at the end."""

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    validation_loss: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    hidden_weights: np.ndarray | None = None
    silent: int = 0  # hidden ReLUs that answer 0 to every training example

    @property
    def healthy(self):
        """Does it reach a low loss on the training set?"""
        return bool(self.loss[-1] < 0.5)


def run_network(number, training, validation, repair=None, epochs=30):
    """Train network 1 … 5 as it is, or with your `repair` in place of its broken part; 0 is one with no bug.

    training, validation: pairs (X, y) with X (N, D) and labels y (N,). Returns a `Record`.

    Raises ValueError for a number that is not 0 … 5.
    """
    if number not in (0, *PARTS):
        raise ValueError(f"there are networks 0 to {len(PARTS)}, got {number!r}.")
    parts = {name: _part(k, "solution") for k, name in PARTS.items()}
    if number:
        parts[PARTS[number]] = repair or _part(number, "starter")
    with np.errstate(all="ignore"):  # a network that diverges is one of the cases
        return _train(parts, training, validation, epochs)


def _part(number, which):
    exercise = registry.get(f"repair_{number}")
    return exercise.run(getattr(exercise, which))


def _train(parts, training, validation, epochs):
    rng, record = np.random.default_rng(0), Record()
    X, y = training
    first, second = parts["start"](X.shape[1], HIDDEN, rng), parts["start"](HIDDEN, CLASSES, rng)
    _note(record, parts["forward"], (*first, *second), training, validation)
    for _ in range(epochs):
        for X_batch, y_batch in parts["batches"](X, y, BATCH, rng):
            hidden = relu(X_batch @ first[0] + first[1])
            dscores = _through_output(
                parts["forward"](X_batch, *first, *second),
                hidden @ second[0] + second[1],
                parts["gradient"],
                y_batch,
            )
            dhidden = dscores @ second[0].T * (hidden > 0)
            second = parts["step"](*second, hidden.T @ dscores, dscores.sum(axis=0), RATE)
            first = parts["step"](*first, X_batch.T @ dhidden, dhidden.sum(axis=0), RATE)
        _note(record, parts["forward"], (*first, *second), training, validation)
        if not np.isfinite(first[0]).all():
            break
        record.hidden_weights = first[0]
        record.silent = int(np.sum(~np.any(X @ first[0] + first[1] > 0, axis=0)))
    return record


def _through_output(output, scores, gradient, y):
    """The gradient with respect to the scores, through a softmax too if the forward pass ends in one."""
    doutput = gradient(output, y)
    ending = Softmax()
    return ending.backward(doutput) if np.allclose(ending.forward(scores), output) else doutput


def _note(record, forward, parameters, training, validation):
    for name, (X, y) in (("", training), ("validation_", validation)):
        output = forward(X, *parameters)
        getattr(record, name + "loss").append(SoftmaxCrossEntropy().forward(output, y))
        getattr(record, name + "accuracy").append(float(np.mean(np.argmax(output, axis=1) == y)))
