"""What chapter 9 says about its figures, measured again."""

import numpy as np
import pytest

from nnlib import SGD, Parameter


def test_nesterov_is_stable_in_the_valley_for_every_beta():
    for beta in (0.5, 0.8, 0.9, 0.95):
        theta = Parameter(np.array([-3.5, 1.2]))
        optimizer = SGD([theta], 0.03, momentum=beta, nesterov=True)
        for _ in range(300):
            theta.grad = theta.value * np.array([1.0, 40.0])
            optimizer.step()
        assert np.hypot(*theta.value) < 0.05


def away(batch, looked, runs=200, eta=0.1):
    """How far from the lowest point one stands after `looked` examples, `batch` a step: the median of many runs."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, 1000)
    y = 1.5 * x + 1.0 + rng.normal(0, 1.0, 1000)
    w, b = np.full(runs, -1.0), np.full(runs, 3.0)
    for _ in range(looked // batch):
        rows = rng.integers(0, 1000, (runs, batch))
        r = w[:, None] * x[rows] + b[:, None] - y[rows]
        w, b = w - eta * np.mean(2 * r * x[rows], axis=1), b - eta * np.mean(2 * r, axis=1)
    best = np.polyfit(x, y, 1)
    return np.median(np.hypot(w - best[0], b - best[1]))


def test_one_a_step_comes_near_first_and_ten_a_step_comes_nearer():
    assert away(1, 60) == pytest.approx(0.43, abs=0.07)
    assert away(10, 60) == pytest.approx(0.72, abs=0.07)
    assert away(1, 200) > 2 * away(10, 200)


def test_a_batch_scatters_by_the_root_of_its_size_unless_it_is_all_there_is():
    rng = np.random.default_rng(0)
    slopes = rng.normal(0, 3 * np.sqrt(10), 1_000_000)
    scatter = [np.std(rng.choice(slopes, (4000, n)).mean(axis=1)) for n in (10, 1000)]
    assert scatter == pytest.approx([3, 0.3], rel=0.05)
    assert np.std([rng.permutation(slopes[:1000]).mean() for _ in range(50)]) < 1e-12
