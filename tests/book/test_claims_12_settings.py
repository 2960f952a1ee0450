"""What chapter 12 says without printing it: a coin, a standard error, what clipping and dropout keep."""

import math

import numpy as np
import pytest

from classroom.exercises import registry
from nnlib import SGD, Linear, Network, ReLU, SoftmaxCrossEntropy, digits, fit, stratified_split

SEEN, LABELS = stratified_split(*digits(), seed=0)[:2]
X, Y = stratified_split(SEEN, LABELS, seed=0)[:2]


def test_a_coin_gives_five_or_more_of_seven_to_one_side_in_45_of_100_tries():
    assert 2 * sum(math.comb(7, k) for k in (5, 6, 7)) / 2**7 == pytest.approx(0.45, abs=0.005)


def test_with_100_digits_and_90_percent_one_run_in_three_is_off_by_more_than_a_standard_error():
    error = registry.get("standard_error").oracle(90, 100)
    assert error == pytest.approx(0.03)
    right = np.random.default_rng(0).binomial(100, 0.9, 100_000) / 100
    assert 0.2 < np.mean(np.abs(right - 0.9) > error + 1e-9) < 0.35


def test_training_asks_for_no_weight_decay_and_for_the_wider_layer():
    """Why the training set can't choose: on it, more width and less decay win."""
    loss, ends = SoftmaxCrossEntropy(), {}
    for width, decay in [(8, 0.0), (64, 0.0), (64, 0.03)]:
        values = []
        for seed in range(5):
            rng = np.random.default_rng(seed)
            net = Network([Linear(64, width, rng=rng), ReLU(), Linear(width, 10, rng=rng)])
            sgd = SGD(net.parameters(), 0.3, weight_decay=decay)
            values.append(fit(net, loss, sgd, X[:200], Y[:200], 30, 20, rng, progress=False).loss[-1])
        ends[width, decay] = np.mean(values)
    assert ends[64, 0.0] < ends[8, 0.0]
    assert ends[64, 0.0] < ends[64, 0.03]


def test_the_network_on_twenty_digits_has_2368_weights_and_42_biases():
    net = Network([Linear(64, 32), ReLU(), Linear(32, 10)])
    sizes = [p.value.size for p in net.parameters()]
    assert (sum(sizes[::2]), sum(sizes[1::2])) == (2368, 42)


def test_clipping_by_norm_keeps_the_direction_and_by_entry_does_not():
    gradients = {"weight": np.array([3.0, 0.0]), "bias": np.array([4.0])}
    exercise = registry.get("clip_by_norm")
    clipped = exercise.run(exercise.solution)(gradients, 1.0)
    assert np.allclose(clipped["weight"], [0.6, 0.0])
    assert np.allclose(clipped["bias"], 0.8)


def test_dropout_keeps_the_mean_of_an_activation():
    exercise = registry.get("dropout")
    A = np.full((400, 400), 2.0)
    dropped = exercise.run(exercise.solution)(A, 0.5, np.random.default_rng(0))
    assert dropped.mean() == pytest.approx(2.0, abs=0.03)
