"""Chapter 10's claims about starts that tie, fade and saturate, recomputed."""

import numpy as np
import pytest

from nnlib import SGD, Linear, MeanSquaredError, Network, ReLU, Sigmoid, SoftmaxCrossEntropy, digits, fit


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
