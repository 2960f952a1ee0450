"""Chapter 10's claims about starts that tie, fade and saturate, recomputed."""

from functools import partial

import numpy as np
import pytest

from nnlib import (
    SGD,
    BinaryCrossEntropy,
    LayerNorm,
    Linear,
    MeanSquaredError,
    Network,
    ReLU,
    Sigmoid,
    SoftmaxCrossEntropy,
    constant,
    digits,
    evaluate,
    fit,
    normal,
    stratified_split,
)


def hidden_neurons(hidden, output):
    """How many of ten hidden neurons differ after a hundred steps on the digits."""
    X, y = digits()
    rng = np.random.default_rng(0)
    net = Network([Linear(64, 10, rng=rng), ReLU(), Linear(10, 10, rng=rng)])
    for layer, value in ((net.layers[0], hidden), (net.layers[2], output)):
        if value is not None:
            layer.weight.value = np.full(layer.weight.value.shape, value)
    fit(net, SoftmaxCrossEntropy(), SGD(net.parameters(), 0.1), X[:800], y[:800], 4, rng=rng, progress=False)
    return len(np.unique(np.round(net.layers[0].weight.value.T, 6), axis=0))


@pytest.mark.parametrize("hidden, output, different", [(0.37, 0.37, 1), (0.0, 0.0, 1), (0.37, None, 10)])
def test_only_neurons_that_are_read_alike_stay_alike(hidden, output, different):
    assert hidden_neurons(hidden, output) == different


def test_a_lone_layer_of_one_constant_is_no_tie():
    """Each of its neurons has a target of its own: what the look back at chapter 2 says of zeros, for any constant."""
    X, y, X_new, y_new = stratified_split(*digits(), seed=0)
    layer = Linear(64, 10, initializer=partial(constant, value=0.37))
    fit(Network([layer]), SoftmaxCrossEntropy(), SGD(layer.parameters(), 0.1), X, y, epochs=24, rng=0, progress=False)
    assert len(np.unique(np.round(layer.weight.value.T, 6), axis=0)) == 10
    assert np.mean(np.argmax(layer.forward(X_new), axis=1) == y_new) > 0.9


@pytest.mark.parametrize("rate, after_100, after_300", [(0.15, 0.80, 0.08), (0.075, 0.96, 0.20)])
def test_half_the_square_is_the_square_at_half_the_rate(rate, after_100, after_300):
    neuron = Linear(1, 1)
    neuron.weight.value, neuron.bias.value = np.array([[2.0]]), np.array([2.0])
    net, loss, x, y = Network([neuron, Sigmoid()]), MeanSquaredError(), np.ones((1, 1)), np.zeros((1, 1))
    sgd, answers = SGD(net.parameters(), rate), []
    for _ in range(301):
        answers.append(net.forward(x).item())
        loss.forward(net.forward(x), y)
        net.backward(loss.backward())
        sgd.step()
    assert answers[100] == pytest.approx(after_100, abs=0.005)
    assert answers[300] == pytest.approx(after_300, abs=0.005)


@pytest.fixture(scope="module")
def trained():
    X, y = digits()
    rng = np.random.default_rng(0)
    net, loss = Network([Linear(64, 10, rng=rng), ReLU(), Linear(10, 10, rng=rng)]), SoftmaxCrossEntropy()
    fit(net, loss, SGD(net.parameters(), 0.1), X[:800], y[:800], 4, rng=rng, progress=False)
    return net, loss, X[800:], y[800:]


def test_ten_output_biases_do_the_work_of_nine(trained):
    net, loss, X, y = trained
    bias = net.layers[2].bias
    assert np.abs(bias.value).max() > 0.01 and abs(bias.value.sum()) < 1e-12, "their sum stays where it began"
    before, own = loss.forward(net.forward(X), y), bias.value
    net.backward(loss.backward())
    assert abs(bias.grad.sum()) < 1e-12
    bias.value = own - own[9]
    assert loss.forward(net.forward(X), y) == pytest.approx(before, abs=1e-12)
    bias.value = own + 3 * np.eye(10)[0]
    assert loss.forward(net.forward(X), y) > before + 0.1, "one of them alone is not idle"
    bias.value = own


@pytest.mark.parametrize("axis, alike, of_their_own", [(0, True, True), (1, True, False)])
def test_a_mean_over_the_batch_takes_all_of_a_bias_and_one_over_the_neurons_what_is_common(axis, alike, of_their_own):
    rng = np.random.default_rng(1)
    Z, bias = rng.normal(size=(20, 6)), rng.normal(size=6)
    for added, idle in ((np.full(6, 2.0), alike), (bias, of_their_own)):
        change = (Z + added - (Z + added).mean(axis=axis, keepdims=True)) - (Z - Z.mean(axis=axis, keepdims=True))
        assert (np.abs(change).max() < 1e-12) == idle
    layer = LayerNorm(6)  # divides by the spread as well, which makes no difference to what is idle
    assert layer.forward(Z + 2.0) == pytest.approx(layer.forward(Z))
    assert layer.forward(Z + bias - bias.mean()) == pytest.approx(layer.forward(Z + bias))
    assert np.abs(layer.forward(Z + bias) - layer.forward(Z)).max() > 0.1


def rare_class(bias, seed):
    """The losses of a rare class's network before training, after each of 20 epochs, and on new examples."""

    def examples(seed):
        y = (np.arange(2000) < 20).astype(float)[:, None]
        return np.random.default_rng(seed).normal(size=(2000, 2)) + 2 * y, y

    rng, (X, y) = np.random.default_rng(seed), examples(100 + seed)
    last = Linear(16, 1, initializer=partial(normal, std=0.01), rng=rng)
    net, loss = Network([Linear(2, 16, rng=rng), ReLU(), last]), BinaryCrossEntropy()
    last.bias.value = np.array([bias])
    sgd, losses = SGD(net.parameters(), 0.2), [evaluate(net, loss, X, y)[0]]
    for _ in range(20):
        fit(net, loss, sgd, X, y, 1, rng=rng, progress=False)
        losses.append(evaluate(net, loss, X, y)[0])
    return [*losses, evaluate(net, loss, *examples(2000 + seed))[0]]


def test_the_usual_start_saves_the_first_epochs_and_nothing_in_the_end():
    zero, usual = (np.array([rare_class(b, seed) for seed in range(5)]) for b in (0.0, np.log(0.01 / 0.99)))
    entropy = -0.01 * np.log(0.01) - 0.99 * np.log(0.99)
    assert zero[:, 0].mean() == pytest.approx(np.log(2), abs=0.02)
    assert usual[:, 0].mean() == pytest.approx(entropy, abs=0.002)
    assert zero[:, 3].mean() > usual[:, 0].mean()
    for end in (-2, -1):  # on the training examples and on new ones
        assert abs(zero[:, end].mean() - usual[:, end].mean()) < zero[:, end].std() + usual[:, end].std()
