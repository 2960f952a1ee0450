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


class ForgetsOneInput(Linear):
    """Leaves out the gradients of its first input's weights."""

    def backward_parameters(self, grad):
        super().backward_parameters(grad)
        self.weight.grad[0] = 0


@pytest.mark.parametrize("size", [1, 1e-5, 1e-8, 1e-10])
@pytest.mark.parametrize("activation", [Sigmoid, Tanh, ReLU, LeakyReLU, Softmax])
def test_a_forgotten_weight_is_a_bug_however_small_its_input(size, activation, rng):
    X, y = rng.normal(size=(20, 4)), rng.integers(0, 3, 20)
    X[:, 0] *= size
    for first, found in [(Linear, False), (ForgetsOneInput, True)]:
        net = with_random_biases(Network([first(4, 8, rng=rng), activation(), Linear(8, 3, rng=rng)]), rng)
        errors = check_gradients(net, SoftmaxCrossEntropy(), X, y)
        assert (errors.pop("0.weight") > 0.1) == found
        assert max(errors.values()) < 1e-7


@pytest.mark.parametrize("factor", [0.99, 1.01, -1.0, 2.0])
def test_one_slightly_wrong_entry_among_many_is_a_bug(factor, rng):
    class Off(Linear):
        def backward_parameters(self, grad):
            super().backward_parameters(grad)
            smallest = np.unravel_index(np.argmin(np.abs(self.weight.grad)), self.weight.grad.shape)
            self.weight.grad[smallest] *= factor

    net = Network([Off(4, 8, rng=rng), Tanh(), Linear(8, 3, rng=rng)])
    errors = check_gradients(net, SoftmaxCrossEntropy(), rng.normal(size=(20, 4)), rng.integers(0, 3, 20))
    assert errors.pop("0.weight") > 5e-3 and max(errors.values()) < 1e-7


def test_silent_neurons_and_gradients_that_cancel_are_no_bugs():
    """Half of the ReLUs never speak; and at a minimum, by symmetry, every gradient is nothing but rounding."""
    silent = Network([Linear(3, 6, rng=0), ReLU(), Linear(6, 2, rng=1)])
    silent.layers[0].bias.value = [-0.3, -1, -3, -5, -10, -50]
    X = np.random.default_rng(2).normal(size=(10, 3))
    assert max(check_gradients(silent, SoftmaxCrossEntropy(), X, np.arange(10) % 2).values()) < 1e-7
    even = Network([Linear(2, 3, rng=0), Tanh(), Linear(3, 1, rng=1)])
    for parameter in even.parameters():
        parameter.value = 0 * parameter.value
    X = np.array([[1.0, 2.0], [-1.0, -2.0]])
    assert max(check_gradients(even, MeanSquaredError(), X, np.zeros(2)).values()) < 1e-7


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


def test_numerical_gradient_of_an_array_given_the_gradient_from_above(rng):
    layer, x, above = Linear(3, 2, rng=rng), rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    layer.forward(x)
    np.testing.assert_allclose(numerical_gradient(layer.forward, x, grad=above), layer.backward(above), rtol=1e-8)


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
    with pytest.raises(ValueError, match=r"f must return one number \(or pass grad\), got shape \(2,\)"):
        numerical_gradient(np.sin, np.ones(2))
    with pytest.raises(ValueError, match=r"f must return an array of shape \(3,\), like grad, got shape \(2,\)"):
        numerical_gradient(np.sin, np.ones(2), grad=np.ones(3))
    with pytest.raises(ValueError, match="h must be above 0, got 0"):
        numerical_gradient(np.sum, np.ones(2), h=0)
