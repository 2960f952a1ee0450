"""LayerNorm and Residual: against PyTorch, by trial, and where they stand in a network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import LayerNorm, Linear, Network, ReLU, Residual, Sigmoid, SoftmaxCrossEntropy, Tanh

CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def block(width, rng=None):
    return Residual([Linear(width, width, rng=rng), LayerNorm(width), Tanh()])


@pytest.mark.parametrize("name, layer", [("LayerNorm", LayerNorm(5)), ("Residual", block(5))])
def test_forward_and_backward_are_pytorchs(name, layer, torch_says):
    said = {key.split("/")[2]: a for key, a in torch_says.items() if key.startswith(f"deep/{name}/")}
    named = layer.named_parameters()
    for what, parameter in named.items():
        parameter.value = said[what]
    np.testing.assert_allclose(layer.forward(said["x"]), said["out"], **CLOSE)
    np.testing.assert_allclose(layer.backward(said["above"]), said["dx"], **CLOSE)
    for what, parameter in named.items():
        np.testing.assert_allclose(parameter.grad, said[f"d{what}"], **CLOSE)


@given(seed=st.integers(0, 1000), n=st.integers(1, 5), d=st.integers(2, 5))
def test_every_gradient_by_trial(seed, n, d):
    rng = np.random.default_rng(seed)
    network = Network([block(d, rng), LayerNorm(d), block(d, rng), Linear(d, 3, rng=rng)])
    for parameter in network.parameters():
        parameter.value = parameter.value + rng.normal(0, 0.5, parameter.value.shape)
    X, y = rng.normal(0, 2, (n, d)), rng.integers(0, 3, n)
    assert max(nnlib.check_gradients(network, SoftmaxCrossEntropy(), X, y).values()) < 1e-5


def test_a_normed_row_has_mean_0_and_spread_1_until_gain_and_bias_say_otherwise():
    rng = np.random.default_rng(0)
    norm, X = LayerNorm(50), rng.normal(7, 3, (4, 50))
    rows = norm(X)
    np.testing.assert_allclose(rows.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(rows.std(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(norm(100 * X + 3), rows, atol=1e-5)
    norm.gain.value, norm.bias.value = np.full(50, 2.0), np.full(50, -1.0)
    np.testing.assert_allclose(norm(X), 2 * rows - 1)


def test_a_constant_row_is_no_division_by_zero():
    assert np.array_equal(LayerNorm(3)([[5.0, 5.0, 5.0]]), np.zeros((1, 3)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_float32_stays_float32(dtype):
    x = np.ones((2, 4), dtype)
    for layer in (LayerNorm(4, dtype=dtype), Residual([Linear(4, 4, dtype=dtype), ReLU()])):
        out = layer(x)
        assert out.dtype == layer.backward(out).dtype == dtype


def test_a_block_that_adds_nothing_lets_signal_and_blame_through_unchanged():
    silent = Residual([Linear(4, 4, initializer="zeros")])
    x = np.random.default_rng(0).normal(size=(3, 4))
    assert np.array_equal(silent(x), x) and np.array_equal(silent.backward(x), x)


def test_a_residual_block_at_the_end_of_a_network_is_no_sigmoid():
    network = Network([Residual([Sigmoid()])])
    assert network.predict([[-0.4]])[0] == 1  # -0.4 + σ(-0.4) = 0.0013, above 0
    nnlib.evaluate(network, nnlib.BinaryCrossEntropy(), [[-0.4]], [1])  # may be any number: no complaint


def test_a_block_used_twice_adds_its_gradients():
    rng = np.random.default_rng(0)
    shared = block(3, rng)
    network = Network([shared, shared, Linear(3, 2, rng=rng)])
    X, y = rng.normal(size=(4, 3)), [0, 1, 1, 0]
    assert max(nnlib.check_gradients(network, SoftmaxCrossEntropy(), X, y).values()) < 1e-6


def test_saved_and_loaded(tmp_path):
    first, second = (Network([block(3, np.random.default_rng(seed))]) for seed in (0, 1))
    first.save(tmp_path / "block.npz")
    x = np.eye(3)
    assert not np.allclose(first(x), second(x))
    assert np.array_equal(second.load(tmp_path / "block.npz")(x), first(x))


def test_they_are_shown_by_name():
    assert repr(LayerNorm(4)) == "LayerNorm()"
    assert repr(Residual([Linear(4, 4), ReLU()])) == "Residual([Linear(4, 4), ReLU()])"


@pytest.mark.parametrize(
    "wrong, error, words",
    [
        (lambda: LayerNorm(4)(np.ones((2, 3))), ValueError, r"input of shape \(N, 4\), got \(2, 3\)"),
        (lambda: LayerNorm(4)(np.ones(4)), ValueError, r"input of shape \(N, 4\), got \(4,\)"),
        (lambda: LayerNorm(4).backward(np.ones((2, 4))), RuntimeError, "backward before forward"),
        (lambda: Residual([Linear(4, 3)])(np.ones((2, 4))), ValueError, r"\(2, 4\) must have its shape, got \(2, 3\)"),
        (lambda: Residual([]), ValueError, "at least one layer"),
        (lambda: setattr(LayerNorm(4), "bias", np.zeros(4)), TypeError, "assign to layer.bias.value"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, error, words):
    with pytest.raises(error, match=words):
        wrong()


def test_a_gradient_of_another_shape_is_refused():
    norm = LayerNorm(4)
    norm(np.ones((2, 4)))
    with pytest.raises(ValueError, match=r"gradient of shape \(2, 4\), got \(4, 2\)"):
        norm.backward(np.ones((4, 2)))
