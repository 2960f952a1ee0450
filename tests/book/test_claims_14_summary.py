"""What chapter 14 says for every network: biases behind the activation are one output bias, and keys need none."""

import numpy as np

from nnlib import softmax


def test_hidden_biases_behind_the_activation_are_one_output_bias():
    rng = np.random.default_rng(0)
    X, W1, b1 = rng.normal(size=(50, 2)), rng.normal(size=(2, 8)), rng.normal(size=8)
    W2, b2 = rng.normal(size=(8, 1)), rng.normal(size=1)
    after = (np.tanh(X @ W1) + b1) @ W2 + b2
    assert np.allclose(after, np.tanh(X @ W1) @ W2 + (b1 @ W2 + b2))
    before = np.tanh(X @ W1 + b1) @ W2 + b2
    assert np.ptp(before - np.tanh(X @ W1) @ W2) > 0.1  # there they do more than lift


def test_a_bias_on_the_keys_is_idle_and_one_on_the_queries_is_not():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        queries, keys, bias = rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=3)
        attention = softmax(queries @ keys.T)
        assert np.allclose(softmax(queries @ (keys + bias).T), attention, atol=1e-12)
        assert np.abs(softmax((queries + bias) @ keys.T) - attention).max() > 0.01
