"""Activation functions against PyTorch, far from zero, and in every float type."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import nnlib

SMOOTH = ["sigmoid", "tanh", "softmax"]
ALL = ["step", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"]
any_floats = hnp.arrays(
    st.sampled_from([np.float32, np.float64]),
    hnp.array_shapes(min_dims=1, max_dims=3, max_side=5),
    elements=st.floats(-1000, 1000, width=32),
)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu", "softmax"])
def test_value_and_derivative_are_pytorchs(name, torch_says):
    z = torch_says["activation/z"]
    for what, f in [("value", getattr(nnlib, name)), ("derivative", getattr(nnlib, f"{name}_derivative"))]:
        np.testing.assert_allclose(f(z), torch_says[f"activation/{name}/{what}"], rtol=1e-10, atol=1e-10)


def test_step_is_one_above_zero_only():
    np.testing.assert_array_equal(nnlib.step([-1, 0, 1e-9, 5]), [0, 0, 1, 1])
    np.testing.assert_array_equal(nnlib.step_derivative([-1, 0, 1]), [0, 0, 0])


@pytest.mark.parametrize("name", ALL)
@given(z=any_floats)
def test_shape_and_type_are_kept_and_all_is_finite(name, z):
    before = z.copy()
    with np.errstate(all="raise", under="ignore"):
        value, slope = getattr(nnlib, name)(z), getattr(nnlib, f"{name}_derivative")(z)
    assert value.shape == z.shape and value.dtype == slope.dtype == z.dtype
    assert slope.shape == (z.shape if name != "softmax" else z.shape + z.shape[-1:])
    assert np.isfinite(value).all() and np.isfinite(slope).all()
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("name", [n for n in ALL if n != "softmax"])
def test_plain_numbers_integers_and_lists_are_welcome(name):
    f = getattr(nnlib, name)
    assert np.ndim(f(2)) == 0 and f(2) == f(2.0) == f(np.array([2]))[0] == f([2])[0]
    assert isinstance(f(2), float)


@given(z=st.floats(-700, 700))
def test_tanh_is_a_stretched_sigmoid(z):
    assert nnlib.tanh(z) == pytest.approx(2 * nnlib.sigmoid(2 * z) - 1, abs=1e-15)


@given(z=hnp.arrays(float, (4, 3), elements=st.floats(-500, 500)), c=st.floats(-500, 500))
def test_softmax_rows_are_distributions_that_a_common_shift_leaves_alone(z, c):
    p = nnlib.softmax(z)
    np.testing.assert_allclose(p.sum(axis=1), 1)
    np.testing.assert_allclose(nnlib.softmax(z + c), p, atol=1e-12)


@pytest.mark.parametrize("name", [*SMOOTH, "relu", "leaky_relu"])
def test_derivative_is_the_slope_by_trial(name):
    f, derivative = getattr(nnlib, name), getattr(nnlib, f"{name}_derivative")
    z = np.array([-2.3, -0.4, 0.7, 1.9])
    upstream = np.array([0.3, -1.2, 0.8, 0.5])
    trial = nnlib.numerical_gradient(lambda v: np.sum(f(v) * upstream), z)
    exact = upstream @ derivative(z) if name == "softmax" else upstream * derivative(z)
    np.testing.assert_allclose(exact, trial, atol=1e-9)


def test_leaky_relu_takes_its_slope():
    np.testing.assert_allclose(nnlib.leaky_relu([-2.0, 3.0], alpha=0.5), [-1, 3])
    np.testing.assert_allclose(nnlib.leaky_relu_derivative([-2.0, 3.0], alpha=0.5), [0.5, 1])


class Frame:
    """Stands for a pandas DataFrame with a yes/no column beside numbers."""

    def __array__(self, dtype=None, copy=None):
        return np.array([[True, 1.5]], dtype or object)

    def to_numpy(self, dtype):
        return np.array([[True, 1.5]], dtype)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (None, "got None"),
        ([1.0, None], "got None"),
        (nnlib.Scalar(1.0), r"got a Scalar: call its own method, such as z.sigmoid\(\), which keeps its graph"),
        ([nnlib.Scalar(1.0)], "got a Scalar"),
        ("1.5", "got <U3"),
        (1j, "got complex128"),
        ([1.0, "a", object], "got str 'a'"),
        (Frame(), r"got a Frame whose values NumPy sees as object: pass df.to_numpy\(float\)"),
        (np.array([1, 2.5], object), r"got an array of objects: pass X.astype\(float\)"),
    ],
)
@pytest.mark.parametrize("name", ALL)
def test_only_numbers_are_welcome(name, wrong, message):
    for function in (getattr(nnlib, name), getattr(nnlib, f"{name}_derivative")):
        with pytest.raises(TypeError, match=f"expected numbers, {message}"):
            function(wrong)
