"""What chapter 9 says about its momentum figure, measured again."""

import numpy as np

from nnlib import SGD, Parameter


def test_nesterov_is_stable_in_the_valley_for_every_beta():
    for beta in (0.5, 0.8, 0.9, 0.95):
        theta = Parameter(np.array([-3.5, 1.2]))
        optimizer = SGD([theta], 0.03, momentum=beta, nesterov=True)
        for _ in range(300):
            theta.grad = theta.value * np.array([1.0, 40.0])
            optimizer.step()
        assert np.hypot(*theta.value) < 0.05
