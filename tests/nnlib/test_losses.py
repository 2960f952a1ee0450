"""Losses against PyTorch, by trial, and with the mistakes a beginner makes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import nnlib

LOSSES = ["MeanSquaredError", "BinaryCrossEntropy", "SoftmaxCrossEntropy", "Hinge"]


def targets(name, rng, n, k):
    """Scores and targets of the right kind for a loss."""
    if name == "SoftmaxCrossEntropy":
        return rng.integers(0, k, n)
    if name == "Hinge":
        return rng.choice([-1.0, 1.0], (n, k))
    return rng.random((n, k))


@pytest.mark.parametrize("name", LOSSES)
def test_value_and_gradient_are_pytorchs(name, torch_says):
    loss = getattr(nnlib, name)()
    given = {part: torch_says[f"loss/{name}/{part}"] for part in ("prediction", "target", "value", "grad")}
    value = loss.forward(given["prediction"], given["target"])
    assert type(value) is float
    assert value == pytest.approx(float(given["value"]), rel=1e-10)
    np.testing.assert_allclose(loss.backward(), given["grad"], rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("name", LOSSES)
@given(seed=st.integers(0, 1000), n=st.integers(1, 6), k=st.integers(1, 5))
def test_gradient_by_trial(name, seed, n, k):
    rng = np.random.default_rng(seed)
    scores, y, loss = rng.normal(0, 2, (n, k)), targets(name, rng, n, k), getattr(nnlib, name)()
    if name == "Hinge":  # keep away from the kink
        scores += 1e-3 * np.sign(1 - y * scores) * -y
    loss.forward(scores, y)
    exact = loss.backward()
    trial = nnlib.numerical_gradient(lambda s: loss.forward(s, y), scores)
    np.testing.assert_allclose(exact, trial, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_gradient_keeps_the_type_and_inputs_are_untouched(name, dtype, rng):
    scores, y = rng.normal(size=(5, 3)).astype(dtype), targets(name, rng, 5, 3)
    loss, before = getattr(nnlib, name)(), (scores.copy(), y.copy())
    loss.forward(scores, y)
    first, second = loss.backward(), loss.backward()
    assert first.dtype == dtype and first.shape == scores.shape
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(scores, before[0])
    np.testing.assert_array_equal(y, before[1])


@given(z=hnp.arrays(float, (3, 4), elements=st.floats(-1e5, 1e5)))
def test_large_logits_give_finite_losses(z):
    for loss, y in [(nnlib.SoftmaxCrossEntropy(), [0, 1, 2]), (nnlib.BinaryCrossEntropy(), np.ones((3, 4)))]:
        assert 0 <= loss.forward(z, y) < math.inf
        assert np.isfinite(loss.backward()).all()


def test_integer_predictions_do_not_round_the_targets():
    assert nnlib.MeanSquaredError().forward([1, 2], [1.5, 2.5]) == 0.25
    assert nnlib.BinaryCrossEntropy().forward([0, 0], [0.5, 0.5]) == pytest.approx(math.log(2))
    assert nnlib.Hinge().forward([0, 2], [1, -1]) == 2.0


@pytest.mark.parametrize("name", ["MeanSquaredError", "BinaryCrossEntropy", "Hinge"])
def test_targets_without_a_second_axis_fit_one_output(name):
    loss, z = getattr(nnlib, name)(), np.array([[0.5], [-0.2], [3.0]])
    column = loss.forward(z, [[1], [1], [1]]), loss.backward()
    row = loss.forward(z, [1, 1, 1]), loss.backward()
    assert row[0] == column[0] and row[1].shape == (3, 1)
    np.testing.assert_array_equal(row[1], column[1])


def test_targets_in_a_column_fit_predictions_in_a_row():
    loss = nnlib.MeanSquaredError()
    assert loss.forward(np.ones(3), np.zeros((3, 1))) == 1.0
    assert loss.backward().shape == (3,)


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_can_be_called_and_none_is_no_number(name, rng):
    loss, scores, y = getattr(nnlib, name)(), rng.normal(size=(5, 3)), targets(name, rng, 5, 3)
    assert loss(scores, y) == loss.forward(scores, y)
    with pytest.raises(TypeError, match="expected numbers, got None"):
        loss.forward([None, 1.0], [0.0, 1.0])
    with pytest.raises((TypeError, ValueError), match="expected numbers, got None|labels must be integers, got object"):
        loss.forward(scores[:2, :1], [None, 1.0])


def test_chance_loss_is_the_logarithm_of_the_number_of_classes():
    z = np.zeros((20, 10))
    assert nnlib.SoftmaxCrossEntropy().forward(z, np.arange(20) % 10) == pytest.approx(-math.log(0.1))


def test_labels():
    z = np.array([[0.2], [-0.1], [0.0]])
    assert nnlib.BinaryCrossEntropy().labels(z).tolist() == [1, 0, 0]
    assert nnlib.Hinge().labels(z).tolist() == [1, -1, -1]
    assert nnlib.SoftmaxCrossEntropy().labels([[1, 3, 2], [5, 0, 0]]).tolist() == [1, 0]
    assert nnlib.MeanSquaredError().labels(z) is None
    for loss in (nnlib.BinaryCrossEntropy(), nnlib.Hinge()):
        assert loss.labels(np.zeros((3, 2))) is None, "two outputs per example are not one class"
        assert loss.labels([0.5, -1.0]).shape == (2,)


Z, EMPTY = np.zeros((4, 3)), np.zeros((0, 3))


@pytest.mark.parametrize(
    "name, prediction, target, message",
    [
        ("MeanSquaredError", Z, np.zeros((4, 2)), r"prediction has shape \(4, 3\), target \(4, 2\)"),
        ("MeanSquaredError", Z, np.zeros(4), r"prediction has shape \(4, 3\), target \(4,\)"),
        ("MeanSquaredError", EMPTY, EMPTY, "the batch is empty"),
        ("BinaryCrossEntropy", Z, Z + 1.5, "between 0 and 1, got 1.5 to 1.5"),
        ("BinaryCrossEntropy", Z, Z - 1, "between 0 and 1, got -1 to -1"),
        ("BinaryCrossEntropy", Z, Z * np.nan, "between 0 and 1, got nan"),
        ("SoftmaxCrossEntropy", Z, [0, 1, 2, 3], "labels must be 0 to 2 for 3 logits, got 0 to 3"),
        ("SoftmaxCrossEntropy", Z, [0, -1, 2, 1], "labels must be 0 to 2 for 3 logits, got -1 to 2"),
        ("SoftmaxCrossEntropy", Z, [0.0, 1.0, 2.0, 1.0], r"must be integers, got float64; pass y.astype\(int\)"),
        ("SoftmaxCrossEntropy", Z, list("abca"), "must be integers, got <U1"),
        ("SoftmaxCrossEntropy", Z, np.eye(4, 3), r"one-hot targets pass y.argmax\(axis=1\)"),
        ("SoftmaxCrossEntropy", Z, [[0], [1], [2], [0]], r"got \(4, 3\) and \(4, 1\); pass y\[:, 0\]"),
        ("SoftmaxCrossEntropy", Z, [0, 1], r"got \(4, 3\) and \(2,\)"),
        ("SoftmaxCrossEntropy", Z[0], [0, 1, 2], r"got \(3,\) and \(3,\)"),
        ("SoftmaxCrossEntropy", EMPTY, np.zeros(0, int), "the batch is empty"),
        ("SoftmaxCrossEntropy", Z[:, :1], [0, 1, 1, 0], "for 1 logits, got 0 to 1; with one output use BinaryCross"),
        ("SoftmaxCrossEntropy", Z, np.array([0, 1, 2, 3], np.uint8), "labels must be 0 to 2 for 3 logits, got 0 to 3"),
        ("SoftmaxCrossEntropy", Z, np.array([0, -1, 2, 1], np.int8), "got -1 to 2"),
        ("Hinge", Z, Z, r"must be -1 or \+1; turn 0 and 1 into them with 2 \* y - 1"),
        ("Hinge", Z, Z[:2], r"prediction has shape \(4, 3\), target \(2, 3\)"),
    ],
)
def test_errors_name_the_loss_and_the_shapes(name, prediction, target, message):
    with pytest.raises(ValueError, match=message) as caught:
        getattr(nnlib, name)().forward(prediction, target)
    assert str(caught.value).startswith(f"{name}(): ") and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", LOSSES)
def test_backward_before_forward(name):
    with pytest.raises(RuntimeError, match=f"{name}.*backward before forward"):
        getattr(nnlib, name)().backward()


def test_an_own_loss_must_say_how():
    with pytest.raises(NotImplementedError, match="MyLoss has no forward"):
        type("MyLoss", (nnlib.Loss,), {})().forward([1.0], [1.0])
