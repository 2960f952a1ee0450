"""Chapter 3 on gates without a bias, and on a bias added after the activation function, beyond its own cells."""

import numpy as np
import pytest

from nnlib import tanh

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
GATES = {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0]}


def found(answers, bias):
    """Whether any of 200,000 random neurons, with a bias or without, fires at just these corners."""
    rng = np.random.default_rng(1)
    w, b = rng.uniform(-3, 3, (2, 200_000)), bias * rng.uniform(-3, 3, 200_000)
    return ((CORNERS @ w + b > 0).T == answers).all(axis=1).any()


@pytest.mark.parametrize("gate, without", [("OR", True), ("AND", False), ("NAND", False)])
def test_or_needs_no_bias_and_the_others_do(gate, without):
    assert found(GATES[gate], bias=0) == without
    assert found(GATES[gate], bias=1)


def test_a_bias_after_the_activation_could_as_well_be_part_of_the_next_one():
    rng = np.random.default_rng(2)
    X, W1, b1, W2, b2 = (rng.normal(size=s) for s in [(50, 3), (3, 8), 8, (8, 2), 2])
    assert np.allclose((tanh(X @ W1) + b1) @ W2 + b2, tanh(X @ W1) @ W2 + (b1 @ W2 + b2))
    assert not np.allclose(tanh(X @ W1 + b1) @ W2 + b2, tanh(X @ W1) @ W2 + (b1 @ W2 + b2))
