"""What chapter 11 says about ten layers, recomputed: what is idle, what is taken out, which networks learn."""

import numpy as np
import pytest

from nnlib import (
    SGD,
    LayerNorm,
    Linear,
    Network,
    ReLU,
    Residual,
    Sigmoid,
    SoftmaxCrossEntropy,
    digits,
    fit,
    stratified_split,
)

X_train, y_train, X_test, y_test = stratified_split(*digits(), seed=0)


def factors(seed):
    """By how much each layer multiplies the root mean square of the blame, from the last layer to the first."""
    rng, stack = np.random.default_rng(seed), []
    for _ in range(9):
        stack += [Linear(20, 20, initializer="glorot", rng=rng), Sigmoid()]
    network, loss = Network([*stack, Linear(20, 2, initializer="glorot", rng=rng)]), SoftmaxCrossEntropy()
    loss.forward(network.forward(rng.normal(size=(50, 20))), rng.integers(0, 2, 50))
    sizes, grad = [], loss.backward()
    for layer in [None, *reversed(network.layers)]:
        grad = grad if layer is None else layer.backward(grad)
        sizes.append(np.sqrt(np.mean(grad**2)))
    return np.array(sizes[1:]) / sizes[:-1]


def test_sigmoids_take_the_blame_and_the_square_matrices_nothing():
    runs = np.array([factors(seed) for seed in range(20)])
    last, sigmoids, matrices = runs[:, 0], runs[:, 1::2], runs[:, 2::2]
    assert sigmoids.shape[1] == 9
    assert (sigmoids < 0.25).all() and sigmoids.mean() > 0.22
    assert np.prod(sigmoids, axis=1).max() < 0.25**9, "¼ nine times is what they leave at most"
    assert np.all(np.abs(matrices.mean(axis=0) - 1) < 0.06)
    assert 0.35 < last.mean() < 0.55


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
