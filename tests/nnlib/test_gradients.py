"""Gradients by trial: the checker finds right gradients right, and planted bugs wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import (
    BinaryCrossEntropy,
    Hinge,
    LeakyReLU,
    Linear,
    MeanSquaredError,
    Network,
    ReLU,
    Sigmoid,
    Softmax,
    SoftmaxCrossEntropy,
    Tanh,
    check_gradients,
    numerical_gradient,
)

LOSSES = [MeanSquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy, Hinge]


def with_random_biases(net, rng):
    """With zero biases, a row that is silent in one ReLU layer puts the next exactly at its kink."""
    for name, parameter in net.named_parameters().items():
        if name.endswith("bias"):
            parameter.value = rng.normal(0, 0.5, parameter.value.shape)
    return net


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", [Sigmoid, Tanh, ReLU, LeakyReLU, Softmax])
def test_every_layer_with_every_loss(activation, loss, rng):
    net = Network([Linear(4, 6, rng=rng), activation(), Linear(6, 5, rng=rng), activation(), Linear(5, 3, rng=rng)])
    with_random_biases(net, rng)
    X = rng.normal(size=(8, 4))
    y = {
        MeanSquaredError: rng.normal(size=(8, 3)),
        BinaryCrossEntropy: rng.random((8, 3)),
        SoftmaxCrossEntropy: rng.integers(0, 3, 8),
        Hinge: rng.choice([-1, 1], (8, 3)),
    }[loss]
    errors = check_gradients(net, loss(), X, y)
    assert set(errors) == {f"{i}.{what}" for i in (0, 2, 4) for what in ("weight", "bias")}
    assert max(errors.values()) < 1e-7, errors


@given(seed=st.integers(0, 10_000))
def test_random_networks(seed):
    rng = np.random.default_rng(seed)
    widths = rng.integers(1, 5, rng.integers(2, 5))
    layers = []
    for i, o in zip(widths, widths[1:], strict=False):
        layers += [Linear(int(i), int(o), bias=bool(rng.random() < 0.8), initializer="glorot", rng=rng), Tanh()]
    net = with_random_biases(Network(layers), rng)
    X, y = rng.normal(size=(5, widths[0])), rng.normal(size=(5, widths[-1]))
    assert max(check_gradients(net, MeanSquaredError(), X, y).values()) < 1e-6


def test_a_planted_bug_is_found_and_named(rng):
    class NoBatchSum(Linear):
        def backward_parameters(self, grad):
            super().backward_parameters(grad)
            self.bias.grad = grad.mean(axis=0)

    net = Network([NoBatchSum(3, 2, rng=rng), Tanh(), Linear(2, 1, rng=rng)])
    errors = check_gradients(net, MeanSquaredError(), rng.normal(size=(5, 3)), rng.normal(size=5))
    assert errors.pop("0.bias") > 0.1 and max(errors.values()) < 1e-7


def test_not_a_number_is_not_right():
    class Broken(Linear):
        def backward_parameters(self, grad):
            super().backward_parameters(grad)
            self.weight.grad = np.full_like(self.weight.grad, np.nan)

    errors = check_gradients(Network([Broken(2, 1, rng=0)]), MeanSquaredError(), np.ones((3, 2)), np.ones(3))
    assert not errors["0.weight"] < 1e-7


def test_checking_changes_no_parameter(rng):
    net = Network([Linear(3, 2, rng=rng)])
    before = [p.value.copy() for p in net.parameters()]
    check_gradients(net, MeanSquaredError(), rng.normal(size=(4, 3)), rng.normal(size=(4, 2)))
    assert all((b == p.value).all() for b, p in zip(before, net.parameters(), strict=True))


def test_numerical_gradient_of_a_known_function():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    np.testing.assert_allclose(numerical_gradient(lambda v: np.sum(v**3), x), 3 * x**2, rtol=1e-9)
    assert x.tolist() == [[1.0, -2.0], [0.5, 3.0]]
    point = np.array(2.0)
    assert numerical_gradient(lambda v: v**2, point) == pytest.approx(4)


def test_a_function_that_raises_leaves_x_as_it_was():
    x = np.array([1.0, 2.0])
    with pytest.raises(ZeroDivisionError):
        numerical_gradient(lambda v: 1 / 0, x)
    assert x.tolist() == [1.0, 2.0]


def test_relative_error():
    assert nnlib.relative_error(np.zeros(3), np.zeros(3)) == 0.0
    assert nnlib.relative_error(np.array([1.0, 2.0]), np.array([1.0, 1.0])) == 0.5
    assert nnlib.relative_error(np.array([-4.0]), np.array([-2.0])) == 0.5
    assert np.isnan(nnlib.relative_error(np.array([1.0, np.nan]), np.array([1.0, 2.0])))


def test_errors():
    single = Network([Linear(2, 1, dtype=np.float32)])
    with pytest.raises(ValueError, match="0.weight is float32; build the network with dtype=float"):
        check_gradients(single, MeanSquaredError(), np.ones((1, 2)), np.ones(1))
    for x in ([1.0, 2.0], np.array([1, 2])):
        with pytest.raises(ValueError, match="x must be a NumPy array of floats"):
            numerical_gradient(np.sum, x)
    with pytest.raises(ValueError, match="h must be above 0, got 0"):
        numerical_gradient(np.sum, np.ones(2), h=0)
