"""Optimizers: 50 steps as PyTorch takes them, one memory for everyone, schedules, and bad settings."""

import numpy as np
import pytest
from record_torch import OPTIMIZERS, STEPS

import nnlib
from nnlib import SGD, Adam, Linear, Network, Parameter, SoftmaxCrossEntropy, Tanh

RENAMED = {"lr": "learning_rate", "eps": "epsilon"}


def build(name, parameters):
    """nnlib's optimizer with the settings PyTorch's had."""
    kind, settings = OPTIMIZERS[name]
    return getattr(nnlib, kind)(parameters, **{RENAMED.get(k, k): v for k, v in settings.items()})


def train(name, start, X, y, dtype=float):
    net = Network([Linear(6, 8, dtype=dtype), Tanh(), Linear(8, 3, dtype=dtype)])
    for parameter, value in zip(net.parameters(), start, strict=True):
        parameter.value = value
    optimizer, loss, losses = build(name, net.parameters()), SoftmaxCrossEntropy(), []
    for batch, labels in zip(X, y, strict=True):
        losses.append(loss.forward(net.forward(batch), labels))
        net.backward(loss.backward())
        optimizer.step()
    return net, losses


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_fifty_steps_are_pytorchs(name, torch_says):
    start = [torch_says[f"training/start{i}"] for i in range(4)]
    net, losses = train(name, start, torch_says["training/X"], torch_says["training/y"])
    assert len(losses) == STEPS
    np.testing.assert_allclose(losses, torch_says[f"training/{name}/losses"], rtol=1e-10)
    for i, parameter in enumerate(net.parameters()):
        np.testing.assert_allclose(parameter.value, torch_says[f"training/{name}/end{i}"], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_float32_stays_float32_and_near(name, torch_says):
    start = [torch_says[f"training/start{i}"] for i in range(4)]
    net, losses = train(name, start, torch_says["training/X"], torch_says["training/y"], np.float32)
    assert all(p.value.dtype == p.grad.dtype == np.float32 for p in net.parameters())
    np.testing.assert_allclose(losses, torch_says[f"training/{name}/losses"], rtol=1e-3)


def test_numpy_numbers_as_settings_keep_float32():
    parameter = Parameter(np.ones(3, np.float32))
    parameter.grad = [1, 2, 3]
    settings = {"momentum": np.float64(0.9), "nesterov": True, "weight_decay": np.float64(0.1)}
    for optimizer in (SGD([parameter], np.float64(0.1), **settings), Adam([parameter], np.float32(0.1))):
        optimizer.step()
        assert parameter.value.dtype == np.float32


def test_weight_decay_leaves_biases_alone():
    layer = Linear(2, 3, rng=0)
    layer.bias.value = [1, 2, 3]
    before = layer.weight.value.copy()
    SGD(layer.parameters(), 0.5, weight_decay=0.1).step()
    np.testing.assert_allclose(layer.weight.value, before * (1 - 0.5 * 0.1))
    assert layer.bias.value.tolist() == [1, 2, 3]
    np.testing.assert_array_equal(layer.weight.grad, 0), "the gradients themselves stay the loss's"


def test_layer_network_and_optimizer_see_one_memory():
    layer = Linear(2, 2, rng=0)
    net = Network([layer])
    optimizer = SGD(net.parameters(), 1.0)
    layer.weight.grad = [[1, 1], [1, 1]]
    before = layer.weight.value.copy()
    optimizer.step()
    np.testing.assert_allclose(net.parameters()[0].value, before - 1)
    layer.weight.value = np.zeros((2, 2))
    optimizer.step()
    np.testing.assert_allclose(layer.weight.value, -1)


def test_two_optimizers_take_turns_on_the_same_parameters():
    """They share the parameters and the gradients, and each keeps its own velocity."""
    parameter, other = Parameter([1.0, 2.0]), Parameter([5.0])
    first, second = SGD([parameter], 0.1, momentum=0.5), SGD([other, parameter], 1.0)
    parameter.grad = [1.0, 1.0]
    first.step()  # v = 1
    np.testing.assert_allclose(parameter.value, [0.9, 1.9])
    second.step()
    np.testing.assert_allclose(parameter.value, [-0.1, 0.9])
    first.step()  # v = 1.5
    np.testing.assert_allclose(parameter.value, [-0.25, 0.75])
    np.testing.assert_allclose(parameter.grad, [1, 1])
    assert other.value.tolist() == [5.0]


def test_part_of_a_network_can_be_frozen(rng):
    net = Network([Linear(3, 4, rng=rng), Tanh(), Linear(4, 2, rng=rng)])
    frozen, free = net.layers[0].weight.value.copy(), net.layers[2].weight.value.copy()
    X, y = rng.normal(size=(20, 3)), rng.integers(0, 2, 20)
    nnlib.fit(net, SoftmaxCrossEntropy(), SGD(net.layers[2].parameters()), X, y, 3, rng=0, progress=False)
    np.testing.assert_array_equal(net.layers[0].weight.value, frozen)
    assert (net.layers[2].weight.value != free).all()


def test_schedules_reach_the_steps():
    parameter = Parameter([0.0])
    parameter.grad = [1.0]
    optimizer = SGD([parameter], nnlib.step_decay(1.0, 0.1, every=2))
    rates = []
    for _ in range(5):
        rates.append(optimizer.learning_rate)
        optimizer.step()
    np.testing.assert_allclose(rates, [1, 1, 0.1, 0.1, 0.01])
    assert parameter.value[0] == pytest.approx(-2.21)
    optimizer.learning_rate = 0.5
    assert optimizer.learning_rate == 0.5


def test_schedules():
    assert nnlib.exponential_decay(2.0, 0.5)(3) == 0.25
    assert [nnlib.linear_decay(1.0, 0.2, 4)(s) for s in (0, 2, 4, 9)] == pytest.approx([1.0, 0.6, 0.2, 0.2])
    assert [nnlib.cosine_decay(1.0, 4)(s) for s in (0, 2, 4, 9)] == pytest.approx([1.0, 0.5, 0.0, 0.0])
    assert nnlib.cosine_decay(1.0, 4, end=0.2)(2) == pytest.approx(0.6)


def test_a_schedule_may_come_down_to_zero_but_not_below():
    parameter = Parameter([3.0])
    parameter.grad = [1.0]
    optimizer = SGD([parameter], nnlib.linear_decay(1.0, 0.0, 1))
    optimizer.step()
    optimizer.step()
    assert parameter.value[0] == 2.0 and "learning_rate=0" in repr(optimizer)
    below = SGD([parameter], lambda step: 0.1 - 0.2 * step)
    below.step()
    with pytest.raises(ValueError, match="SGD: the learning rate must be a number above 0, got -0.1"):
        below.step()


ONE = [Parameter([1.0])]


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: SGD(ONE, -0.1), "SGD: the learning rate must be a number above 0, got -0.1"),
        (lambda: SGD(ONE, 0), "SGD: the learning rate must be .* above 0, got 0"),
        (lambda: SGD(ONE, float("nan")), "got nan"),
        (lambda: SGD(ONE, float("inf")), "got inf"),
        (lambda: Adam(ONE, "0.1"), "Adam: the learning rate must be a number above 0, got '0.1'"),
        (lambda: SGD(ONE, momentum=1.0), "SGD: momentum must be at least 0 and below 1, got 1.0"),
        (lambda: SGD(ONE, momentum=-0.1), "momentum"),
        (lambda: SGD(ONE, nesterov=True), "nesterov needs a momentum above 0"),
        (lambda: SGD(ONE, weight_decay=-1), "weight_decay must be 0 or more, got -1"),
        (lambda: Adam(ONE, betas=(0.9, 1.0)), "both betas must be at least 0 and below 1"),
        (lambda: Adam(ONE, epsilon=0), "epsilon must be above 0, got 0"),
        (lambda: SGD([]), "there are no parameters"),
        (lambda: SGD(ONE * 2), "listed twice"),
        (lambda: SGD([*ONE, Parameter(np.ones(1, np.float32))]), "one dtype, got float32 and float64"),
    ],
)
def test_bad_settings_are_refused(make, message):
    with pytest.raises(ValueError, match=message) as caught:
        make()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("wrong", [Network([Tanh()]), Network([Tanh()]).parameters, None])
def test_parameters_must_be_a_list(wrong):
    with pytest.raises(TypeError, match=r"SGD: expected a list of parameters, such as net.parameters\(\)"):
        SGD(wrong)
    with pytest.raises(TypeError, match=r"Adam: expected Parameters, got ndarray; make one with Parameter\(W\)"):
        Adam([np.ones((2, 3)), np.ones(3)])
