"""What chapter 11 says about ten layers, recomputed: what is idle, what is taken out, which networks learn."""

import numpy as np
import pytest

from nnlib import SGD, LayerNorm, Linear, Network, ReLU, Residual, SoftmaxCrossEntropy, digits, fit, stratified_split

X_train, y_train, X_test, y_test = stratified_split(*digits(), seed=0)


def hidden(rng, inputs, width, both):
    layers = [Linear(inputs, width, rng=rng), *([LayerNorm(width)] if both else []), ReLU()]
    return [Residual(layers)] if both and inputs == width else layers


def share_right(seed, both, width=32, layers=10, epochs=10):
    rng = np.random.default_rng(seed)
    stack = hidden(rng, 64, width, both)
    for _ in range(layers - 1):
        stack += hidden(rng, width, width, both)
    net = Network([*stack, Linear(width, 10, rng=rng)])
    fit(net, SoftmaxCrossEntropy(), SGD(net.parameters(), 0.1), X_train, y_train, epochs, rng=rng, progress=False)
    return np.mean(net.predict(X_test) == y_test)


@pytest.mark.parametrize("seed", range(5, 10))
def test_five_more_starts_learn_with_both(seed):
    assert share_right(seed, both=True) > 0.9


def test_ten_plain_layers_learn_worse_than_two_and_less_evenly():
    ten, two = ([share_right(seed, both=False, layers=layers) for seed in range(5)] for layers in (10, 2))
    assert np.mean(ten) < 0.8 < 0.9 < min(two)
    assert np.std(ten) > 3 * np.std(two)


@pytest.mark.parametrize("bias, changed", [(np.full(8, 5.0), False), (np.eye(8)[0], True)])
def test_before_a_layer_normalization_only_a_common_bias_is_idle(bias, changed):
    linear, norm = Linear(64, 8, rng=0), LayerNorm(8)
    before = norm.forward(linear.forward(X_train))
    linear.bias.value = bias
    assert np.allclose(norm.forward(linear.forward(X_train)), before) != changed


def test_before_a_batch_normalization_every_bias_is_idle():
    linear = Linear(64, 8, rng=0)
    before = linear.forward(X_train)
    linear.bias.value = np.arange(8.0)
    after = linear.forward(X_train)
    assert np.allclose(after - after.mean(axis=0), before - before.mean(axis=0))


def test_blame_asks_for_no_shift_and_no_stretch_of_a_row():
    rng, norm = np.random.default_rng(0), LayerNorm(6, epsilon=1e-12)
    X = rng.normal(size=(3, 6))
    norm.forward(X)
    dX = norm.backward(rng.normal(size=(3, 6)))
    assert np.allclose(dX.sum(axis=1), 0)
    assert np.allclose((dX * X).sum(axis=1), 0)


def test_skip_connections_alone_double_the_mean_square_and_a_normalization_inside_does_not():
    growth = {}
    for both in (False, True):
        rng = np.random.default_rng(0)
        A, sizes = np.maximum(rng.normal(size=(200, 32)), 0), []
        for _ in range(9):
            inside = [Linear(32, 32, rng=rng), *([LayerNorm(32)] if both else []), ReLU()]
            A = Residual(inside).forward(A)
            sizes.append(np.mean(A**2))
        growth[both] = sizes[-1] / sizes[0]
    assert growth[False] > 2**8 and growth[True] < 60
