"""What chapter 9 says about batches and about its own figure, measured again."""

import numpy as np

from nnlib import SGD, Hinge, Parameter


def test_the_scatter_of_a_mean_goes_with_the_root_of_the_size():
    rng = np.random.default_rng(1)
    values = rng.normal(size=100_000)
    scatter = [np.std([rng.choice(values, size).mean() for _ in range(4000)]) for size in (10, 1000)]
    assert abs(scatter[0] / scatter[1] - 10) < 0.5


def test_a_batch_of_all_examples_does_not_scatter():
    rng = np.random.default_rng(1)
    values = rng.normal(size=1000)
    assert np.std([rng.permutation(values).mean() for _ in range(50)]) < 1e-15


def test_nesterov_is_stable_in_the_valley_for_every_beta():
    for beta in (0.5, 0.8, 0.9, 0.95):
        theta = Parameter(np.array([-3.5, 1.2]))
        optimizer = SGD([theta], 0.03, momentum=beta, nesterov=True)
        for _ in range(300):
            theta.grad = theta.value * np.array([1.0, 40.0])
            optimizer.step()
        assert np.hypot(*theta.value) < 0.05


def test_the_hinge_costs_nothing_beyond_its_margin():
    assert Hinge()(np.array([1.0, -2.0]), np.array([1, -1])) == 0
