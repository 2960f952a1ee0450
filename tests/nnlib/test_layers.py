"""Layers against PyTorch, by trial, in every float type, shared between networks, and written by a learner."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import Layer, LeakyReLU, Linear, Network, Parameter, ReLU, Sigmoid, Softmax, Tanh

ACTIVATIONS = {
    "Sigmoid": Sigmoid,
    "Tanh": Tanh,
    "ReLU": ReLU,
    "LeakyReLU": lambda: LeakyReLU(0.2),
    "Softmax": Softmax,
}


class Scale(Layer):
    """A learner's own layer: every column times its own number."""

    def __init__(self, width):
        self.scale = Parameter(np.ones(width), name="scale")

    def forward(self, x):
        self.x = x
        return x * self.scale.value

    def backward(self, grad):
        self.scale.grad = (grad * self.x).sum(axis=0)
        return grad * self.scale.value

    def parameters(self):
        return [self.scale]


@pytest.mark.parametrize("name", ["Linear", *ACTIVATIONS])
def test_forward_and_backward_are_pytorchs(name, torch_says):
    said = {key.split("/")[2]: a for key, a in torch_says.items() if key.startswith(f"layer/{name}/")}
    layer = Linear(5, 3) if name == "Linear" else ACTIVATIONS[name]()
    if name == "Linear":
        layer.weight.value, layer.bias.value = said["weight"], said["bias"]
    close = {"rtol": 1e-10, "atol": 1e-12}
    np.testing.assert_allclose(layer.forward(said["x"]), said["out"], **close)
    np.testing.assert_allclose(layer.backward(said["above"]), said["dx"], **close)
    for parameter in layer.parameters():
        np.testing.assert_allclose(parameter.grad, said[f"d{parameter.name}"], **close)


@pytest.mark.parametrize("name", ["Linear", "no bias", *ACTIVATIONS])
@given(seed=st.integers(0, 1000), n=st.integers(1, 5), d=st.integers(1, 5))
def test_input_gradient_by_trial(name, seed, n, d):
    rng = np.random.default_rng(seed)
    layer = Linear(d, 3, bias=name == "Linear", rng=rng) if name in ("Linear", "no bias") else ACTIVATIONS[name]()
    x = rng.normal(size=(n, d))
    x += np.sign(x) * 1e-3  # away from the kinks
    above = rng.normal(size=layer.forward(x).shape)
    trial = nnlib.numerical_gradient(lambda v: np.sum(layer.forward(v) * above), x)
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(above), trial, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ["Linear", *ACTIVATIONS])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_float_type_is_kept_and_the_inputs_untouched(name, dtype, rng):
    layer = Linear(4, 4, dtype=dtype, rng=rng) if name == "Linear" else ACTIVATIONS[name]()
    x, above = rng.normal(size=(2, 3, 4)).astype(dtype)
    before = x.copy(), above.copy()
    assert layer.forward(x).dtype == layer.backward(above).dtype == dtype
    assert all(p.value.dtype == p.grad.dtype == dtype for p in layer.parameters())
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(above, before[1])


@pytest.mark.parametrize("name", ["Linear", *ACTIVATIONS])
def test_lists_and_integers_are_welcome(name):
    layer = Linear(2, 2, rng=0) if name == "Linear" else ACTIVATIONS[name]()
    from_list = layer.forward([[1, -2]]), layer.backward([[1, 3]])
    from_array = layer.forward(np.array([[1.0, -2.0]])), layer.backward(np.array([[1.0, 3.0]]))
    np.testing.assert_allclose(from_list, from_array)


def test_backward_twice_does_not_double(rng):
    layer = Linear(3, 2, rng=rng)
    x, above = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    layer.forward(x)
    layer.backward(above)
    once = layer.weight.grad.copy(), layer.bias.grad.copy()
    layer.backward(above)
    np.testing.assert_array_equal(layer.weight.grad, once[0])
    np.testing.assert_array_equal(layer.bias.grad, once[1])
    np.testing.assert_allclose(layer.bias.grad, above.sum(axis=0))


def test_linear_without_bias():
    layer = Linear(3, 2, bias=False)
    assert layer.bias is None and len(layer.parameters()) == 1
    assert repr(layer) == "Linear(3, 2, bias=False)"
    np.testing.assert_array_equal(layer.forward(np.zeros((2, 3))), np.zeros((2, 2)))


def test_biases_start_at_zero_and_the_seed_decides_the_weights():
    a, b, c = (Linear(3, 2, rng=seed) for seed in (1, 1, 2))
    assert (a.bias.value == 0).all()
    np.testing.assert_array_equal(a.weight.value, b.weight.value)
    assert (a.weight.value != c.weight.value).any()


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Linear(0, 3), r"Linear\(0, 3\): both sizes must be whole numbers of 1 or more"),
        (lambda: Linear(2, 3.0), r"Linear\(2, 3.0\): both sizes"),
        (lambda: Linear(2, 3, np.random.default_rng(0)), r"bias must be True or False, got Generator"),
        (lambda: Linear(2, 3, dtype=int), r"dtype must be a float type, got int64"),
        (lambda: Linear(2, 3, initializer="hee"), r"unknown initializer 'hee'"),
        (lambda: Linear(2, 3).forward(np.zeros((5, 4))), r"Linear\(2, 3\): expected .* \(N, 2\), got \(5, 4\)"),
        (lambda: Linear(2, 3).forward(np.zeros(2)), r"Linear\(2, 3\): expected .* \(N, 2\), got \(2,\)"),
    ],
)
def test_linear_says_what_is_wrong(make, message):
    with pytest.raises(ValueError, match=message) as caught:
        make()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["Linear", *ACTIVATIONS])
def test_backward_before_forward_and_with_a_wrong_shape(name):
    layer = Linear(4, 3) if name == "Linear" else ACTIVATIONS[name]()
    with pytest.raises(RuntimeError, match=rf"{name}\(.*backward before forward"):
        layer.backward(np.zeros((2, 3)))
    out = layer.forward(np.ones((2, 4)))
    with pytest.raises(
        ValueError, match=rf"{name}\(.*expected a gradient of shape \(2, {out.shape[1]}\), got \(7, 1\)"
    ):
        layer.backward(np.zeros((7, 1)))


def test_parameter_copies_in_and_refuses_other_shapes():
    parameter = Parameter([1, 2], name="b")
    memory = parameter.value
    assert memory.dtype == float, "integers would round every step away"
    parameter.value = [3.5, 4]
    assert parameter.value is memory and memory.tolist() == [3.5, 4.0]
    parameter.grad += 1
    assert parameter.grad.tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match=r"b: value has shape \(2,\), got \(3,\)"):
        parameter.value = [1, 2, 3]
    with pytest.raises(ValueError, match=r"b: grad has shape \(2,\), got \(\)"):
        parameter.grad = 1.0
    assert parameter.value.tolist() == [3.5, 4.0]
    assert repr(parameter) == "Parameter(b, shape (2,), float64)"


def test_an_array_is_told_where_it_goes():
    layer = Linear(2, 3)
    for name, numbers in [("weight", np.ones((2, 3))), ("bias", [1, 2, 3])]:
        with pytest.raises(TypeError, match=rf"Linear: to change the {name}, assign to layer.{name}.value"):
            setattr(layer, name, numbers)
    assert layer.forward([[1, 1]]).shape == (1, 3)


@pytest.mark.parametrize("name", ["Linear", *ACTIVATIONS])
def test_a_layer_can_be_called_and_none_is_no_number(name):
    layer = Linear(2, 2, rng=0) if name == "Linear" else ACTIVATIONS[name]()
    np.testing.assert_array_equal(layer([[1, -2]]), layer.forward([[1, -2]]))
    with pytest.raises(TypeError, match="expected numbers, got None"):
        layer.forward([[None, 1.0]])


def test_none_is_no_number_for_a_parameter_either():
    parameter = Parameter([1.0, 2.0])
    for assign in (lambda: Parameter([None, 1.0]), lambda: setattr(parameter, "grad", [None, 1.0])):
        with pytest.raises(TypeError, match="expected numbers, got None"):
            assign()


def test_a_learners_layer_trains(rng):
    net = Network([Linear(3, 4, rng=rng), Scale(4), Tanh(), Linear(4, 1, rng=rng)])
    X, y = rng.normal(size=(6, 3)), rng.normal(size=6)
    assert max(nnlib.check_gradients(net, nnlib.MeanSquaredError(), X, y).values()) < 1e-7
    history = nnlib.fit(net, nnlib.MeanSquaredError(), nnlib.SGD(net.parameters()), X, y, 50, rng=0, progress=False)
    assert history.loss[-1] < 0.5 * history.loss[0]
    assert (net.layers[1].scale.value != 1).all()


def test_a_learners_layer_first_in_the_network_gets_its_gradients(rng):
    net = Network([Scale(3), Linear(3, 1, rng=rng)])
    X, y = rng.normal(size=(6, 3)), rng.normal(size=6)
    nnlib.fit(net, nnlib.MeanSquaredError(), nnlib.SGD(net.parameters()), X, y, 1, rng=0, progress=False)
    assert (net.layers[0].scale.value != 1).all()


def test_an_unfinished_layer_says_what_is_missing():
    class Mine(Layer):
        pass

    with pytest.raises(NotImplementedError, match="Mine has no forward"):
        Mine().forward(np.zeros((1, 1)))
    with pytest.raises(NotImplementedError, match="Mine has no backward"):
        Mine().backward(np.zeros((1, 1)))


def test_two_parameters_of_one_name_are_refused():
    class Pair(Layer):
        def __init__(self):
            self.both = [Parameter([1.0]), Parameter([2.0])]

        def parameters(self):
            return self.both

    with pytest.raises(ValueError, match=r"Pair\(\): two parameters have the same name"):
        Network([Pair()])
