"""Networks: widths that meet, shared layers, predictions, and files that are whole or not there."""

import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import Linear, MeanSquaredError, Network, ReLU, Sigmoid, SoftmaxCrossEntropy, Tanh


def small(seed=0, dtype=float):
    return Network([Linear(3, 4, rng=seed, dtype=dtype), Tanh(), Linear(4, 2, rng=seed + 1, dtype=dtype)])


def values(net):
    return [p.value.copy() for p in net.parameters()]


def same(a, b):
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def test_forward_is_the_layers_in_a_row(rng):
    net, x = small(), rng.normal(size=(5, 3))
    expected = x
    for layer in net.layers:
        expected = layer.forward(expected)
    np.testing.assert_array_equal(net.forward(x), expected)


def test_backward_without_the_input_gradient_sets_the_same(rng):
    net, x, above = small(), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    net.forward(x)
    assert net.backward(above).shape == x.shape
    full = [p.grad.copy() for p in net.parameters()]
    for p in net.parameters():
        p.grad = np.full(p.grad.shape, np.nan)
    assert net.backward(above, input_gradient=False) is None
    assert same(full, [p.grad for p in net.parameters()])


def test_backward_twice_does_not_double(rng):
    net = small()
    net.forward(rng.normal(size=(5, 3)))
    net.backward(np.ones((5, 2)))
    once = [p.grad.copy() for p in net.parameters()]
    net.backward(np.ones((5, 2)))
    assert same(once, [p.grad for p in net.parameters()])


@pytest.mark.parametrize("times", [2, 3])
def test_a_layer_used_more_than_once_adds_its_gradients_up(times, rng):
    shared = Linear(3, 3, rng=rng)
    shared.bias.value = rng.normal(size=3)
    net = Network([layer for _ in range(times) for layer in (shared, Tanh())])
    assert len(net.parameters()) == 2
    X, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert max(nnlib.check_gradients(net, MeanSquaredError(), X, y).values()) < 1e-7
    net.forward(X)
    net.backward(np.ones((4, 3)))
    once = [p.grad.copy() for p in net.parameters()]
    net.backward(np.ones((4, 3)))
    assert same(once, [p.grad for p in net.parameters()])


def test_a_parameterless_layer_used_twice_remembers_both_passes(rng):
    bend = Tanh()
    net = Network([Linear(3, 3, rng=rng), bend, Linear(3, 3, rng=rng), bend])
    X, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert max(nnlib.check_gradients(net, MeanSquaredError(), X, y).values()) < 1e-7


def test_networks_nest_and_share(rng):
    inner = Network([Linear(3, 3, rng=rng), Tanh()])
    net = Network([inner, inner, Linear(3, 2, rng=rng)])
    X, y = rng.normal(size=(4, 3)), rng.integers(0, 2, 4)
    assert max(nnlib.check_gradients(net, SoftmaxCrossEntropy(), X, y).values()) < 1e-7
    assert len(net.parameters()) == 4


def test_a_layer_in_two_networks_is_moved_by_both(rng):
    base, X = Linear(3, 4, rng=rng), rng.normal(size=(8, 3))
    heads = [Network([base, Tanh(), Linear(4, 1, rng=rng)]) for _ in range(2)]
    optimizers = [nnlib.SGD(net.parameters()) for net in heads]
    for net, optimizer in zip(heads, optimizers, strict=True):
        before, loss = base.weight.value.copy(), MeanSquaredError()
        loss.forward(net.forward(X), np.ones(8))
        net.backward(loss.backward())
        expected = before - 0.1 * base.weight.grad
        optimizer.step()
        np.testing.assert_allclose(base.weight.value, expected)
        assert (base.weight.value != before).any()


@given(n=st.integers(1, 7), widths=st.lists(st.integers(1, 6), min_size=2, max_size=5), single=st.booleans())
def test_any_widths_keep_shapes_and_types(n, widths, single):
    dtype = np.float32 if single else np.float64
    layers = []
    for i, o in zip(widths, widths[1:], strict=False):
        layers += [Linear(i, o, rng=0, dtype=dtype), ReLU()]
    net = Network(layers)
    out = net.forward(np.ones((n, widths[0])))
    assert out.shape == (n, widths[-1]) and out.dtype == dtype
    back = net.backward(np.ones(out.shape, dtype))
    assert back.shape == (n, widths[0]) and back.dtype == dtype
    assert all(p.grad.dtype == dtype for p in net.parameters())
    assert sum(p.value.size for p in net.parameters()) == sum(
        i * o + o for i, o in zip(widths, widths[1:], strict=False)
    )


def test_the_layers_shown_are_the_layers_that_run():
    net = small()
    with pytest.raises(TypeError):
        net.layers[1] = ReLU()
    with pytest.raises(AttributeError):
        net.layers = [Linear(3, 2)]
    with pytest.raises(AttributeError):
        net.layers.append(Sigmoid())


def test_an_attribute_of_a_shared_layer_counts_at_each_of_its_places():
    bend = nnlib.LeakyReLU(0.5)
    net = Network([bend, bend])
    bend.alpha = 0.1
    assert net.forward([[-1.0]]) == pytest.approx(-0.01)


def test_a_parameter_put_in_another_layers_place_is_found(rng):
    net = small()
    net.layers[0].weight = nnlib.Parameter(np.ones((3, 4)), name="weight")
    assert net.parameters()[0] is net.layers[0].weight is net.named_parameters()["0.weight"]


def test_layers_that_share_one_parameter_add_their_gradients_up(rng):
    first, second = Linear(3, 3, rng=rng), Linear(3, 3, rng=rng)
    second.weight = first.weight
    net = Network([first, Tanh(), second])
    assert len(net.parameters()) == 3
    X, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert max(nnlib.check_gradients(net, MeanSquaredError(), X, y).values()) < 1e-7


def test_a_layer_inside_two_networks_of_one_network_has_two_memories(rng):
    bend = Tanh()
    net = Network([Network([Linear(3, 3, rng=rng), bend]), Network([Linear(3, 3, rng=rng), bend])])
    X, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert max(nnlib.check_gradients(net, MeanSquaredError(), X, y).values()) < 1e-7


def test_a_network_can_be_called():
    net = small()
    np.testing.assert_array_equal(net(np.ones((2, 3))), net.forward(np.ones((2, 3))))


def test_predict_looks_for_the_sigmoid_inside_a_network():
    soft = Linear(1, 1)
    soft.weight.value = [[1]]
    net = Network([Network([soft, Sigmoid()])])
    assert net.predict([[0.2], [-0.2]]).tolist() == [1, 0]


def test_predict():
    two = Network([Linear(1, 2)])
    two.layers[0].weight.value = [[-1, 1]]
    assert two.predict([[3], [-3]]).tolist() == [1, 0]
    one = Network([Linear(1, 1)])
    one.layers[0].weight.value = [[1]]
    assert one.predict([[0.2], [-0.2], [0.0]]).tolist() == [1, 0, 0]
    soft = Network([Linear(1, 1), Sigmoid()])
    soft.layers[0].weight.value = [[1]]
    assert soft.predict([[0.2], [-0.2]]).tolist() == [1, 0]


def test_predict_does_not_disturb_a_backward_pass_under_way(rng):
    net, X, above = small(), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    net.forward(X)
    expected = net.backward(above)
    net.forward(X)
    net.predict(rng.normal(size=(9, 3)))
    np.testing.assert_array_equal(net.backward(above), expected)


class Around(nnlib.Layer):
    """A learner's layer that keeps another one inside, in a list."""

    def __init__(self, inner):
        self.inner = [inner]

    def forward(self, x):
        return x + self.inner[0].forward(x)

    def backward(self, grad):
        return grad + self.inner[0].backward(grad)

    def parameters(self):
        return self.inner[0].parameters()


@pytest.mark.parametrize("how", ["predict", "evaluate"])
def test_a_backward_pass_under_way_is_not_disturbed_at_any_depth(how, rng):
    twice = Linear(3, 3, rng=rng)
    net = Network([Around(Network([twice, Tanh(), twice])), Linear(3, 2, rng=rng)])
    X, y, loss = rng.normal(size=(5, 3)), rng.integers(0, 2, 5), SoftmaxCrossEntropy()

    def gradients(between):
        loss.forward(net.forward(X), y)
        between()
        net.backward(loss.backward())
        return [p.grad.copy() for p in net.parameters()]

    others = rng.normal(size=(9, 3))
    between = {"predict": lambda: net.predict(others), "evaluate": lambda: nnlib.evaluate(net, loss, others, [0] * 9)}
    assert same(gradients(lambda: None), gradients(between[how]))


def test_a_forward_pass_that_leaves_no_trace_cannot_be_walked_back():
    net = small()
    net.predict(np.ones((1, 3)))
    with pytest.raises(RuntimeError, match="backward before forward"):
        net.backward(np.zeros((1, 2)))


def test_repr_shows_shapes_and_counts():
    text = repr(Network([Linear(784, 16), ReLU(), Linear(16, 16), ReLU(), Linear(16, 10)]))
    assert "weight (784, 16) + bias (16,)" in text and "12,560" in text and text.endswith("13,002 parameters")


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Network([]), "at least one layer"),
        (lambda: Network(Linear(2, 3)), r"list of layers: Network\(\[Linear\(2, 3\)\]\)"),
        (
            lambda: Network([Linear(2, 3), ReLU]),
            r"ReLU.* is not a Layer: pass objects such as Linear\(2, 3\) or ReLU\(\)",
        ),
        (lambda: Network(5), r"^5 is not a Layer: pass objects such as Linear\(2, 3\)"),
        (lambda: Network(ReLU), r"^<class .*ReLU'> is not a Layer"),
        (
            lambda: Network([Linear(2, 3), ReLU(), Linear(4, 1)]),
            r"Linear\(4, 1\) takes 4 inputs, but Linear\(2, 3\).*gives 3",
        ),
        (
            lambda: small().forward(np.zeros((2, 4))),
            r"Linear\(3, 4\): expected an input of shape \(N, 3\), got \(2, 4\)",
        ),
        (lambda: small().forward(np.zeros(3)), r"Linear\(3, 4\): expected a batch of shape \(N, D\).*got \(3,\)"),
        (lambda: small().forward(np.zeros((0, 3))), r"Linear\(3, 4\): expected .* N >= 1, got \(0, 3\)"),
        (lambda: small().forward([[1, np.nan, 2]]), r"Linear\(3, 4\): the input of shape \(1, 3\) has NaN or infinite"),
        (lambda: small().forward([[np.inf, -np.inf, 2]]), "has NaN or infinite entries"),
        (lambda: small().forward([["a", "b", "c"]]), "must be an array of numbers"),
        (lambda: small().forward([[1, 2, 3], [4, 5]]), "must be an array of numbers"),
        (lambda: small().forward(None), "must be an array of numbers.*; expected numbers, got None"),
        (lambda: small().forward([[1, None, 3]]), "expected numbers, got None"),
        (lambda: Network(Linear(2, 3), ReLU()), r"list of layers: Network\(\[Linear\(2, 3\), ReLU\(\)\]\)"),
        (lambda: Network([Linear(2, 3)], ReLU()), r"list of layers: Network\(\[Linear\(2, 3\), ReLU\(\)\]\)"),
    ],
)
def test_network_says_what_is_wrong(make, message):
    with pytest.raises(ValueError, match=message) as caught:
        make()
    assert "\n" not in str(caught.value)


def test_large_but_finite_inputs_are_not_refused():
    net = Network([Tanh()])
    assert np.isfinite(net.forward(np.full((2, 2), 1.7e308))).all(), "their sum overflows, they do not"


def test_backward_before_forward_names_the_layer():
    with pytest.raises(RuntimeError, match=r"Linear\(4, 2\): backward before forward"):
        small().backward(np.zeros((1, 2)))


def test_save_and_load_bring_back_every_number(tmp_path, rng):
    for dtype in (np.float32, np.float64):
        net, other, X = small(0, dtype), small(5, dtype), rng.normal(size=(4, 3))
        net.layers[0].bias.value = rng.normal(size=4)
        net.save(tmp_path / "net.npz")
        assert other.load(tmp_path / "net.npz") is other
        np.testing.assert_array_equal(net.forward(X), other.forward(X))
        assert other.parameters()[0].value.dtype == dtype
    assert [p.name for p in tmp_path.iterdir()] == ["net.npz"]


def test_load_reaches_an_optimizer_that_exists_already(tmp_path):
    net = small()
    net.save(tmp_path / "net.npz")
    start = values(net)
    optimizer = nnlib.SGD(net.parameters(), 1.0)
    for p in net.parameters():
        p.grad = np.ones(p.value.shape)
    optimizer.step()
    net.load(tmp_path / "net.npz")
    optimizer.step()
    assert same([v - 1 for v in start], values(net))


@pytest.mark.parametrize("moment", ["write", "rename"])
def test_a_crash_while_saving_leaves_the_old_file(moment, tmp_path, monkeypatch):
    path, net = tmp_path / "net.npz", small()
    net.save(path)
    old = path.read_bytes()

    def half_then_crash(file, **arrays):
        file.write(old[:40])
        raise OSError("no space left on device")

    def crash(*args):
        raise KeyboardInterrupt

    if moment == "write":
        monkeypatch.setattr("nnlib.network.np.savez", half_then_crash)
    else:
        monkeypatch.setattr("nnlib.network.os.replace", crash)
    with pytest.raises((OSError, KeyboardInterrupt)):
        small(9).save(path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path], "no debris"


def damaged(path, how, good):
    if how == "cut":
        path.write_bytes(good[: len(good) // 2])
    elif how == "flipped":
        path.write_bytes(good[:200] + bytes([good[200] ^ 255]) + good[201:])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("hello")
    elif how == "pickle":
        path.write_bytes(pickle.dumps({"0.weight": np.ones((3, 4))}))
    elif how == "npy":
        np.save(path.open("wb"), np.ones(3))
    elif how == "object array":
        np.savez(path, **{"0.weight": np.array([object()])})
    elif how == "other zip":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("readme.txt", "hello")


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "text", "pickle", "npy", "object array", "other zip"])
def test_a_damaged_or_foreign_file_is_refused_and_changes_nothing(how, tmp_path):
    net, path = small(), tmp_path / "net.npz"
    net.save(path)
    damaged(path, how, path.read_bytes())
    before = values(net)
    with pytest.raises(ValueError, match="net.npz (is not a file that|does not fit)") as caught:
        net.load(path)
    assert same(before, values(net)) and "\n" not in str(caught.value)


@given(place=st.integers(0, 10_000), bits=st.integers(1, 255))
def test_whatever_byte_is_damaged_the_network_is_whole(tmp_path_factory, place, bits):
    """A changed byte either gives the documented error, or did not matter; never half a network."""
    net, path = small(), tmp_path_factory.getbasetemp() / "fuzz.npz"
    net.save(path)
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= bits
    path.write_bytes(data)
    before, other = values(net), small(7)
    untouched = values(other)
    try:
        other.load(path)
    except ValueError:
        assert same(untouched, values(other))
    else:
        assert same(before, values(other))


@pytest.mark.parametrize(
    "arrays, message",
    [
        ({"0.weight": (3, 5)}, r"0.weight has shape \(3, 4\) here, \(3, 5\) in the file"),
        ({"0.bias": None}, r"0.bias has shape \(4,\) here, none in the file"),
        ({"9.weight": (2, 2)}, r"9.weight has shape none here, \(2, 2\) in the file"),
        ({"2.bias": np.array([1.0, np.nan])}, "2.bias holds something other than finite numbers"),
        ({"2.bias": np.array(["a", "b"])}, "2.bias holds something other than finite numbers"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(arrays, message, tmp_path):
    net, path = small(), tmp_path / "net.npz"
    content = {name: p.value + 1 for name, p in net.named_parameters().items()}
    for name, what in arrays.items():
        if what is None:
            del content[name]
        else:
            content[name] = what if isinstance(what, np.ndarray) else np.zeros(what)
    np.savez(path, **content)
    before = values(net)
    with pytest.raises(ValueError, match=message):
        net.load(path)
    assert same(before, values(net))


def test_a_missing_file_is_called_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        small().load(tmp_path / "none.npz")


def test_a_layer_of_the_readers_own_that_builds_on_relu_is_run_as_it_is_written():
    class Noted(nnlib.ReLU):
        def forward(self, x):
            self.seen = np.array(x)
            return super().forward(x)

    noted = Noted()
    nnlib.Network([nnlib.Linear(2, 3, rng=0), noted]).forward(np.ones((4, 2)))
    assert noted.seen.shape == (4, 3)
