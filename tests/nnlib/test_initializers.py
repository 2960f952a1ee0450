"""Initializers: their spread is PyTorch's, their seed decides, and they keep signals alive through 50 layers."""

import numpy as np
import pytest

import nnlib
from nnlib.initializers import INITIALIZERS, initial_weights


@pytest.mark.parametrize("name", ["he", "glorot", "normal"])
def test_spread_is_pytorchs(name, torch_says):
    fans = (int(n) for n in torch_says["initializer/fans"])
    weights = getattr(nnlib, name)(*fans, rng=0)
    # the standard error of a standard deviation of n numbers is 1/√(2n) of it; five of them, for each of the two
    tolerance = 10 / np.sqrt(2 * weights.size)
    assert weights.std() == pytest.approx(float(torch_says[f"initializer/{name}/std"]), rel=tolerance)
    assert abs(weights.mean()) < 5 * weights.std() / np.sqrt(weights.size)
    assert np.mean(((weights - weights.mean()) / weights.std()) ** 4) == pytest.approx(3, abs=0.05)  # a normal's


def test_fan_in_and_fan_out_are_not_mixed_up():
    assert nnlib.he(2000, 50, rng=0).std() == pytest.approx(np.sqrt(2 / 2000), rel=0.02)
    assert nnlib.he(50, 2000, rng=0).std() == pytest.approx(np.sqrt(2 / 50), rel=0.02)
    assert nnlib.glorot(50, 2000, rng=0).std() == pytest.approx(np.sqrt(2 / 2050), rel=0.02)


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_shape_seed_and_generator(name):
    f = INITIALIZERS[name]
    assert f(3, 4, rng=5).shape == (3, 4)
    np.testing.assert_array_equal(f(3, 4, rng=5), f(3, 4, rng=np.random.default_rng(5)))
    if name in ("normal", "he", "glorot"):
        assert (f(3, 4, rng=5) != f(3, 4, rng=6)).all()
        rng = np.random.default_rng(5)
        assert (f(3, 4, rng=rng) != f(3, 4, rng=rng)).all(), "a shared generator moves on"


def test_zeros_and_constant():
    assert (nnlib.zeros(2, 3) == 0).all() and (nnlib.constant(2, 3, value=0.3) == 0.3).all()


@pytest.mark.parametrize(
    "initializer, activation, kept",
    [
        ("glorot", nnlib.Tanh, True),
        ("he", nnlib.ReLU, True),
        ("glorot", nnlib.ReLU, False),
        ("normal", nnlib.Tanh, False),
    ],
)
def test_signals_through_50_layers(initializer, activation, kept, rng):
    """Glorot and Bengio (2010), He et al. (2015): the right variance keeps a signal alive, a wrong one kills it."""
    layers = []
    for _ in range(50):
        layers += [nnlib.Linear(100, 100, initializer=initializer, rng=rng), activation()]
    last = nnlib.Network(layers).forward(rng.normal(size=(200, 100)))
    assert (last.std() > 0.05) == kept
    assert last.std() < 5


def test_signals_explode_when_weights_are_too_large(rng):
    wide = [
        nnlib.Linear(100, 100, initializer=lambda i, o, g: nnlib.normal(i, o, g, std=1.0), rng=rng) for _ in range(50)
    ]
    assert nnlib.Network(wide).forward(rng.normal(size=(10, 100))).std() > 1e40


def test_he_keeps_the_second_moment_linearly():
    """The second moment stays near its start: averaged over 20 networks within a factor of 2 after 50 layers."""
    ratios = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(100, 100))
        net = nnlib.Network([layer for _ in range(50) for layer in (nnlib.Linear(100, 100, rng=rng), nnlib.ReLU())])
        ratios.append(2 * np.mean(net.forward(x) ** 2) / np.mean(x**2))
    assert 0.5 < np.mean(ratios) < 2


def test_errors():
    with pytest.raises(
        ValueError, match="unknown initializer 'hee': choose one of zeros, constant, normal, glorot, he"
    ):
        initial_weights("hee", 2, 3)
    with pytest.raises(ValueError, match=r"returned shape \(3, 2\), expected \(2, 3\)"):
        initial_weights(lambda i, o, rng: np.zeros((o, i)), 2, 3)
    with pytest.raises(ValueError, match="std must be 0 or more, got -1"):
        nnlib.normal(2, 3, std=-1)
