"""Chapter 4 on random networks and on the tent, counted anew: other draws, and exactly where that is possible."""

import numpy as np
import pytest

from classroom.figures import count_regions
from nnlib import Linear, Network, ReLU, relu


def random_network(width, hidden_layers, draw):
    rng, layers, inputs = np.random.default_rng(draw), [], 2
    for _ in range(hidden_layers):
        layers += [Linear(inputs, width, rng=rng), ReLU()]
        layers[-2].bias.value = rng.normal(0, 0.7, width)
        inputs = width
    return Network([*layers, Linear(width, 1, rng=rng)])


def mean_count(width, hidden_layers):
    return np.mean([count_regions(random_network(width, hidden_layers, draw), n=160) for draw in range(50, 74)])


def test_with_random_weights_depth_buys_nothing():
    one, two, three = mean_count(12, 1), mean_count(6, 2), mean_count(4, 3)
    assert three < two < 1.1 * one
    assert abs(mean_count(24, 1) / mean_count(12, 2) - 1) < 0.25


def test_regions_of_one_layer_are_counted_as_its_lines_cut_the_view():
    """In a convex view, n lines that enter it and c crossings inside make 1 + n + c pieces."""
    for draw in range(6):
        network = random_network(6, 1, draw)
        w, b = network.parameters()[0].value.T, network.parameters()[1].value
        box = np.array([[-3, -2], [-3, 2], [3, -2], [3, 2]])
        inside = [m for m in range(6) if np.ptp(np.sign(box @ w[m] + b[m])) == 2]
        crossings = 0
        for i in inside:
            for j in inside[: inside.index(i)]:
                x, y = np.linalg.solve(w[[i, j]], -b[[i, j]])
                crossings += abs(x) < 3 and abs(y) < 2
        exact = 1 + len(inside) + crossings
        assert exact - 2 <= count_regions(network, n=800) <= exact


@pytest.mark.parametrize("hidden_layers", [1, 3, 6])
def test_the_tent_doubles_its_pieces_with_every_layer_and_only_with_its_bias(hidden_layers):
    for bias, expected in ((-2.0, 2**hidden_layers), (0.0, 1)):
        x = np.linspace(0, 1, 2**12 + 1)
        for _ in range(hidden_layers):
            x = relu(2 * x) - relu(4 * x + bias)
        slopes = np.round(np.diff(x) * 2**12)
        assert 1 + np.count_nonzero(np.diff(slopes)) == expected


def test_no_hinges_of_one_layer_make_more_pieces_than_one_each():
    rng = np.random.default_rng(3)
    x = np.linspace(-4, 4, 400_001)
    for _ in range(5):
        w, b, v = rng.normal(size=(3, 12))
        slope = np.diff(relu(x[:, None] * w + b) @ v) / np.diff(x)
        bends = np.abs(np.diff(slope)) > 1e-6
        assert 1 + np.count_nonzero(bends & ~np.append(False, bends[:-1])) <= 13
