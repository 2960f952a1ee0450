"""Training: every example once an epoch, the seed decides all, divergence keeps the history, mistakes are named."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import SGD, Linear, MeanSquaredError, Network, ReLU, SoftmaxCrossEntropy, fit, minibatches
from nnlib.training import _SMALL


def setting(seed=0, dtype=float):
    X, y = nnlib.moons(60, seed=1)
    net = Network([Linear(2, 8, rng=seed, dtype=dtype), ReLU(), Linear(8, 2, rng=seed + 1, dtype=dtype)])
    return net, SoftmaxCrossEntropy(), SGD(net.parameters(), 0.3), X, y


@given(n=st.integers(1, 40), size=st.integers(1, 50), seed=st.integers(0, 99))
def test_every_example_comes_once_with_its_own_target(n, size, seed):
    X = np.arange(n * 2.0).reshape(n, 2)
    batches = list(minibatches(X, X[:, 0] * 10, size, rng=seed))
    assert [len(b) for b, _ in batches] == [size] * (n // size) + ([n % size] if n % size else [])
    assert all((b[:, 0] * 10 == t).all() for b, t in batches)
    assert sorted(row for b, _ in batches for row in b[:, 0]) == X[:, 0].tolist()


def test_large_and_small_sets_are_shuffled_alike():
    small = np.arange(100)
    large = np.zeros((100, _SMALL // 400))
    large[:, 0] = small
    assert large.nbytes >= _SMALL > small.nbytes
    for (a, ya), (b, yb) in zip(
        minibatches(large, small, 32, rng=3), minibatches(small[:, None], small, 32, rng=3), strict=True
    ):
        np.testing.assert_array_equal(a[:, 0], b[:, 0])
        np.testing.assert_array_equal(ya, yb)


def test_a_batch_may_be_changed_without_changing_the_data():
    X, y = np.ones((10, 2)), np.zeros(10)
    for batch, _ in minibatches(X, y, 4):
        batch += 1
    assert (X == 1).all()


def test_fit_is_the_loop_a_reader_would_write():
    net, loss, optimizer, X, y = setting()
    fit(net, loss, optimizer, X, y, epochs=3, batch_size=25, rng=5, progress=False)
    by_hand, loss, _, _, _ = setting()
    rng = np.random.default_rng(5)
    for _ in range(3):
        for X_batch, y_batch in minibatches(X, y, 25, rng):
            loss.forward(by_hand.forward(X_batch), y_batch)
            by_hand.backward(loss.backward())
            for parameter in by_hand.parameters():
                parameter.value -= 0.3 * parameter.grad
    for ours, theirs in zip(net.parameters(), by_hand.parameters(), strict=True):
        np.testing.assert_allclose(ours.value, theirs.value, rtol=1e-12)


def test_same_seed_same_result_other_seed_another():
    ends = []
    for rng in (5, np.random.default_rng(5), 6):
        net, loss, optimizer, X, y = setting()
        history = fit(net, loss, optimizer, X, y, epochs=4, rng=rng, progress=False)
        ends.append((history.step_loss, net.forward(X)))
    assert ends[0][0] == ends[1][0] and (ends[0][1] == ends[1][1]).all()
    assert ends[0][0] != ends[2][0]


def test_history_is_complete_and_right():
    net, loss, optimizer, X, y = setting()
    history = fit(net, loss, optimizer, X, y, 3, batch_size=25, rng=0, validation=(X[:20], y[:20]), progress=False)
    for per_epoch in ("loss", "accuracy", "validation_loss", "validation_accuracy", "learning_rate"):
        assert len(getattr(history, per_epoch)) == 3, per_epoch
    assert len(history.step_loss) == 9 and history.stopped is None
    for epoch in range(3):
        a, b, c = history.step_loss[3 * epoch : 3 * epoch + 3]
        assert history.loss[epoch] == pytest.approx((25 * a + 25 * b + 10 * c) / 60), "a mean over examples"
    value, accuracy = nnlib.evaluate(net, loss, X[:20], y[:20])
    assert (history.validation_loss[-1], history.validation_accuracy[-1]) == (value, accuracy)
    assert accuracy == np.mean(net.predict(X[:20]) == y[:20])
    assert "3 epochs, 9 steps" in repr(history)


def test_without_validation_and_without_classes():
    net, loss, optimizer, X, y = setting()
    assert fit(net, loss, optimizer, X, y, 1, progress=False).accuracy == []
    line = Network([Linear(1, 1, rng=0)])
    X, y = nnlib.line(20)
    history = fit(line, MeanSquaredError(), SGD(line.parameters()), X, y, 2, validation=(X, y), progress=False)
    assert history.accuracy == [] and len(history.validation_loss) == 2


def test_float32_stays_float32():
    net, loss, optimizer, X, y = setting(dtype=np.float32)
    fit(net, loss, optimizer, X, y, 2, progress=False)
    assert net.forward(X).dtype == np.float32
    assert all(p.value.dtype == p.grad.dtype == np.float32 for p in net.parameters())


def test_a_schedule_is_recorded_by_epoch():
    net, loss, _, X, y = setting()
    optimizer = SGD(net.parameters(), nnlib.exponential_decay(0.4, 0.5))
    history = fit(net, loss, optimizer, X, y, 3, batch_size=30, progress=False)
    assert history.learning_rate == [0.4, 0.1, 0.025]


def test_callback_sees_each_epoch_and_can_stop():
    net, loss, optimizer, X, y = setting()
    seen = []

    def stop_at_two(epoch, network, history):
        seen.append((epoch, network is net, len(history.loss)))
        return epoch == 2

    history = fit(net, loss, optimizer, X, y, 10, callback=stop_at_two, progress=False)
    assert seen == [(1, True, 1), (2, True, 2)]
    assert len(history.loss) == 2 and "callback after epoch 2" in history.stopped


def test_divergence_stops_with_a_word_and_keeps_the_history():
    X, y = nnlib.line(40)
    net = Network([Linear(1, 1, rng=0)])
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        with pytest.raises(nnlib.DivergenceWarning, match="try a learning rate below 5"):
            fit(net, MeanSquaredError(), SGD(net.parameters(), 5.0), X, y, 2000, progress=False)
    net = Network([Linear(1, 1, rng=0)])
    with pytest.warns(nnlib.DivergenceWarning) as caught:
        history = fit(net, MeanSquaredError(), SGD(net.parameters(), 5.0), X, y, 2000, progress=False)
    assert len(caught) == 1, "one clear word, not a page of overflow warnings"
    assert 1 < len(history.loss) < 2000 and all(math.isfinite(v) for v in history.loss)
    assert len(history.learning_rate) == len(history.loss)
    assert not math.isfinite(history.step_loss[-1]) and all(math.isfinite(v) for v in history.step_loss[:-1])
    assert f"epoch {len(history.loss) + 1}" in history.stopped and history.stopped in repr(history)


def test_progress_bar_shows_and_hides(capsys):
    for progress in (True, False):
        net, loss, optimizer, X, y = setting()
        fit(net, loss, optimizer, X, y, 2, progress=progress)
        assert ("epochs" in capsys.readouterr().err) == progress


def test_zero_epochs_change_nothing():
    net, loss, optimizer, X, y = setting()
    before = net.forward(X)
    assert fit(net, loss, optimizer, X, y, 0, progress=False).loss == []
    np.testing.assert_array_equal(net.forward(X), before)


def test_training_can_go_on_where_it_stopped():
    net, loss, optimizer, X, y = setting()
    rng = np.random.default_rng(0)
    in_two = [fit(net, loss, optimizer, X, y, 2, rng=rng, progress=False).step_loss for _ in range(2)]
    net, loss, optimizer, X, y = setting()
    assert fit(net, loss, optimizer, X, y, 4, rng=0, progress=False).step_loss == sum(in_two, [])


X0, Y0 = nnlib.moons(12)
BAD = X0.copy()
BAD[3, 1] = np.nan


@pytest.mark.parametrize(
    "change, message",
    [
        ({"X": BAD}, "the inputs of the training set have NaN"),
        ({"X": X0[:0], "y": Y0[:0]}, r"must have shape \(N, D\) with N >= 1, got \(0, 2\)"),
        ({"X": X0[:, 0]}, r"must have shape \(N, D\).*got \(12,\)"),
        ({"y": Y0[:5]}, r"has 12 examples, but its targets have shape \(5,\)"),
        ({"X": X0.T}, r"has 2 examples, but its targets have shape \(12,\)"),
        ({"X": X0.astype(str)}, "the inputs of the training set must be numbers, got <U"),
        ({"X": X0.astype(object)}, r"must be numbers, got object; of a DataFrame pass df.to_numpy\(float\)"),
        ({"y": np.full(12, np.inf)}, "the targets of the training set have NaN"),
        ({"y": Y0 + 1}, r"SoftmaxCrossEntropy\(\): labels must be 0 to 1 for 2 logits"),
        ({"y": np.eye(2)[Y0]}, "for one-hot targets"),
        ({"X": np.c_[X0, X0]}, r"Linear\(2, 8\): expected an input of shape \(N, 2\), got \(12, 4\)"),
        ({"validation": (X0, Y0[:3])}, "the validation set has 12 examples"),
        ({"validation": X0}, r"validation must be a pair \(X, y\)"),
        ({"epochs": -1}, "epochs must be a whole number of 0 or more, got -1"),
        ({"epochs": 1.5}, "epochs must be .* got 1.5"),
        ({"batch_size": 0}, "batch_size must be a whole number of 1 or more, got 0"),
        ({"batch_size": 2.5}, "batch_size must be .* got 2.5"),
        ({"optimizer": SGD([nnlib.Parameter([1.0])])}, "moves none of this network's parameters"),
    ],
)
def test_what_a_beginner_gets_wrong(change, message):
    net, loss, optimizer, _, _ = setting()
    before = net.forward(X0)
    arguments = {"X": X0, "y": Y0, "epochs": 1, "optimizer": optimizer, "progress": False} | change
    with pytest.raises(ValueError, match=message) as caught:
        fit(net, loss, **arguments)
    assert "\n" not in str(caught.value)
    np.testing.assert_array_equal(net.forward(X0), before)


@pytest.mark.parametrize(
    "change, message",
    [
        ({"network": Network}, r"^pass the network itself, Network\(\.\.\.\), not its class\.$"),
        ({"loss": SoftmaxCrossEntropy}, r"^pass the loss itself, SoftmaxCrossEntropy\(\.\.\.\), not its class\.$"),
        ({"optimizer": SGD}, r"^pass the optimizer itself, SGD\(\.\.\.\), not its class\.$"),
        ({"network": [Linear(2, 2)]}, r"^the network must be an nnlib\.Network, got \[Linear\(2, 2\)\]\.$"),
        ({"loss": "mse"}, r"^the loss must be an nnlib\.Loss, got 'mse'\.$"),
        ({"optimizer": "adam"}, r"^the optimizer must be an nnlib\.Optimizer, got 'adam'\.$"),
    ],
)
def test_something_else_than_a_network_a_loss_and_an_optimizer(change, message):
    net, loss, optimizer, _, _ = setting()
    given = {"network": net, "loss": loss, "optimizer": optimizer} | change
    with pytest.raises(TypeError, match=message):
        fit(**given, X=X0, y=Y0, progress=False)
    if "optimizer" not in change:
        for function in (nnlib.evaluate, nnlib.check_gradients):
            with pytest.raises(TypeError, match=message):
                function(given["network"], given["loss"], X0, Y0)


@pytest.mark.parametrize("ending", [nnlib.Sigmoid, nnlib.Softmax])
@pytest.mark.parametrize("loss", [nnlib.BinaryCrossEntropy, SoftmaxCrossEntropy, nnlib.Hinge])
def test_a_sigmoid_or_softmax_under_a_loss_that_takes_logits(ending, loss):
    for net in (Network([Linear(2, 1), ending()]), Network([Linear(2, 2), Network([Linear(2, 1), ending()])])):
        takes = rf"{loss.__name__}\(\) takes (logits|scores).*: leave out the last layer, {ending.__name__}\(\)"
        with pytest.raises(ValueError, match=takes):
            fit(net, loss(), SGD(net.parameters()), X0, Y0, progress=False)
        with pytest.raises(ValueError, match=takes):
            nnlib.evaluate(net, loss(), X0, Y0)
        value, accuracy = nnlib.evaluate(net, MeanSquaredError(), X0, Y0)
        assert math.isfinite(value) and accuracy is None


@pytest.mark.parametrize("name, labels", [("BinaryCrossEntropy", (0, 1)), ("Hinge", (-1, 1))])
def test_one_accuracy(name, labels):
    X, y = nnlib.moons(80, seed=4)
    y = np.where(y, *labels[::-1])
    rng, loss = np.random.default_rng(0), getattr(nnlib, name)()
    net = Network([Linear(2, 8, rng=rng), nnlib.Tanh(), Linear(8, 1, rng=rng)])
    history = fit(net, loss, SGD(net.parameters(), 0.5), X, y, 5, rng=rng, validation=(X, y), progress=False)
    shared = np.mean(net.predict(X) == (y > 0))
    assert 0.7 < shared < 1
    assert nnlib.evaluate(net, loss, X, y)[1] == history.accuracy[-1] == history.validation_accuracy[-1] == shared


def test_soft_targets_have_an_accuracy():
    net = Network([Linear(1, 1)])
    net.layers[0].weight.value = [[10.0]]
    for targets in ([1, 0], [0.95, 0.05], [[0.95], [0.05]]):
        assert nnlib.evaluate(net, nnlib.BinaryCrossEntropy(), [[1.0], [-1.0]], targets)[1] == 1.0
    assert nnlib.evaluate(net, nnlib.BinaryCrossEntropy(), [[1.0], [-1.0]], [0.4, 0.05])[1] == 0.5


@pytest.mark.parametrize("targets", [[1, 0, 1], 1, [[1, 0]]])
@pytest.mark.parametrize("loss", [MeanSquaredError, nnlib.BinaryCrossEntropy, SoftmaxCrossEntropy])
def test_evaluate_with_lengths_that_differ(loss, targets):
    with pytest.raises(ValueError, match=rf"{loss.__name__}\(\): .*shape|{loss.__name__}\(\): expected logits"):
        nnlib.evaluate(Network([Linear(2, 1)]), loss(), np.ones((2, 2)), targets)


class Interrupting(MeanSquaredError):
    """A loss during whose fifth value somebody presses the notebook's stop button."""

    calls = 0

    def forward(self, prediction, target):
        self.calls += 1
        if self.calls == 5:
            raise KeyboardInterrupt
        return super().forward(prediction, target)


def test_interrupting_keeps_the_history(capsys):
    X, y = nnlib.line(40)
    net = Network([Linear(1, 1, rng=0)])
    with pytest.warns(UserWarning, match="fit was interrupted in epoch 3; the history so far is returned"):
        history = fit(net, Interrupting(), SGD(net.parameters()), X, y, 50, batch_size=20, progress=True)
    assert (len(history.loss), len(history.step_loss)) == (2, 4)
    assert history.stopped == "interrupted in epoch 3" and "interrupted in epoch 3" in repr(history)


def test_divergence_in_the_very_last_step_is_seen():
    X, y = np.full((4, 1), 1e150), np.zeros(4)
    net = Network([Linear(1, 1, initializer="constant")])
    with pytest.warns(nnlib.DivergenceWarning, match="a parameter became infinite"):
        history = fit(net, MeanSquaredError(), SGD(net.parameters(), 1e10), X, y, 1, batch_size=4, progress=False)
    assert len(history.loss) == 1 and math.isfinite(history.loss[0]) and "diverged in epoch 1" in history.stopped


def test_what_is_printed_can_be_printed_on_any_terminal():
    net, loss, optimizer, X, y = setting()
    history = fit(net, loss, optimizer, X, y, 2, progress=False)
    for thing in (history, net, net.layers[0].weight, loss, optimizer, nnlib.Scalar(1.0).sigmoid()):
        repr(thing).encode("ascii")


@pytest.mark.parametrize(
    "X, y, message", [([], [], "no examples"), (5, 5, "no examples"), ([[1], [2]], [1], "one row an example")]
)
def test_minibatches_refuse(X, y, message):
    with pytest.raises(ValueError, match=f"minibatches: .*{message}"):
        minibatches(X, y, 2)
