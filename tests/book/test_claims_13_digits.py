"""What chapter 13 says without printing it: whose digits the test set are, and what a repair leads back to."""

import json
import re

import numpy as np
import pytest
from notebooks import CHAPTERS, text

import nnlib
from classroom.chapters.lab import run_network
from classroom.draw.reader import reader
from classroom.exercises import registry
from nnlib import SGD, Linear, Network, ReLU, SoftmaxCrossEntropy, cosine_decay, digits, fit, stratified_split


def rows(images):
    """Each image as one hashable thing, so that sets of images can be compared."""
    return {image.tobytes() for image in images}


def code(chapter):
    """All code of a chapter on one line, as it would read without line breaks."""
    cells = json.loads((CHAPTERS / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    return " ".join(" ".join(text(cell["source"]) for cell in cells if cell["cell_type"] == "code").split())


THE_450 = stratified_split(*digits(), test=0.25, seed=0)[2]
DRAWER = re.compile(r"images, labels, _, _ = (?:nnlib\.)?stratified_split\(\*(?:nnlib\.)?digits\(\), seed=0\)")


SEEN = stratified_split(*digits(), seed=0)[:2]
PARTS = stratified_split(*SEEN, seed=0)
TRAINING, VALIDATION = PARTS[:2], PARTS[2:]


def fitted(X, y, rate, epochs, momentum=0.0, batch_size=32, seed=0):
    """The history of a 64-64-10 network."""
    rng = np.random.default_rng(seed)
    net = Network([Linear(64, 64, rng=rng), ReLU(), Linear(64, 10, rng=rng)])
    optimizer, more = SGD(net.parameters(), rate, momentum), {"rng": seed, "validation": VALIDATION, "progress": False}
    return fit(net, SoftmaxCrossEntropy(), optimizer, X, y, epochs, batch_size, **more)


@pytest.mark.parametrize("name", ["01_neuron", "02_weights", "05_loss", "12_settings"])
def test_chapters_that_leave_the_drawer_shut_say_so_in_code(name):
    source = code(name)
    assert DRAWER.search(source), "the chapter takes its digits in another way: mend chapters 1, 2 and 11"
    assert len(re.findall(r"\bdigits\(", source)) == 1


def test_what_chapter_2_tries_its_neurons_on_is_not_the_test_set():
    seen = stratified_split(*digits(), seed=0)
    inner = stratified_split(*seen[:2], seed=0)
    assert len(inner[0]) == 1010
    assert not rows(seen[0]) & rows(THE_450)
    assert not (rows(inner[0]) | rows(inner[2])) & rows(THE_450)


@pytest.mark.parametrize("name", ["09_sgd", "10_initialization", "11_depth"])
def test_chapters_9_to_11_compare_on_the_test_set(name):
    split = re.escape("images, labels = digits() X_train, y_train, X_test, y_test = stratified_split(")
    source = code(name)
    assert re.search(split + r" ?images, labels, seed=0\)", source), "mend “Which digits were ever looked at?”"


@pytest.mark.parametrize("number", range(1, 6))
def test_a_repaired_network_is_network_0(number):
    """So the figure may show network 0 where its switch says “repaired”."""
    X, y = digits()
    data = (X[:200], y[:200]), (X[200:300], y[200:300])
    healthy = run_network(0, *data, epochs=3)
    exercise = registry.get(f"repair_{number}")
    healed = run_network(number, *data, repair=exercise.run(exercise.solution), epochs=3)
    broken = run_network(number, *data, epochs=3)
    assert healed.loss == healthy.loss
    assert broken.loss != healthy.loss


def test_the_field_reads_with_the_first_of_the_chapters_five_networks():
    """The build trains it by a recipe of its own; it must be the one that the chapter shows."""
    cells = json.loads((CHAPTERS / "13_digits.ipynb").read_text(encoding="utf-8"))["cells"]
    names = {"np": np} | {name: getattr(nnlib, name) for name in nnlib.__all__}
    for cell in cells:
        if cell["metadata"].get("name") in ("split", "network", "shifts"):
            exec(text(cell["source"]), names)
    net = names["network"](64, 128, 10, seed=0)
    names["train"](net, *names["with_shifts"](names["X_rest"], names["y_rest"]), seed=0)
    for here, there in zip(net.parameters(), reader().parameters(), strict=True):
        assert np.array_equal(here.value, there.value)


def test_more_digits_lower_the_validation_loss_and_not_by_a_higher_training_loss():
    X, y = TRAINING
    runs = [fitted(X[:n], y[:n], 0.05, 60, momentum=0.9, batch_size=10) for n in (20, 100, 1010)]
    training, validation = ([getattr(run, name)[-1] for run in runs] for name in ("loss", "validation_loss"))
    assert all(run.accuracy[-1] == 1 for run in runs)
    assert 0.01 > training[0] > training[1] > training[2]
    assert validation[0] > 1
    assert validation[1:] == pytest.approx([0.21, 0.05], abs=0.005)


def test_with_momentum_the_recipe_bears_four_times_its_rate_and_not_eight_times():
    schedules = [cosine_decay(rate, 15 * 32) for rate in (0.1, 0.4, 0.8)]
    runs = [[fitted(*TRAINING, rate, 15, momentum=0.9, seed=seed) for seed in range(5)] for rate in schedules]
    usual, four, eight = ([337 * run.validation_accuracy[-1] for run in some] for some in runs)
    assert [np.mean(usual), np.std(usual, ddof=1)] == pytest.approx([326, 1], abs=0.5)
    assert [np.mean(four), np.std(four, ddof=1)] == pytest.approx([329, 3], abs=0.5)
    assert max(eight) < 0.8 * 337 and min(run.loss[-1] for run in runs[2]) > 0.5


def test_labels_shuffled_apart_once_are_learned_by_heart_and_anew_each_epoch_are_not():
    """Why the question about a loss that stays at 2.30 says “anew in every epoch”."""
    X, y = TRAINING
    once = fitted(X, np.random.default_rng(100).permutation(y), 0.2, 100)
    assert once.accuracy[-1] > 0.4
    anew = run_network(2, TRAINING, VALIDATION)
    assert anew.loss[-1] == pytest.approx(np.log(10), abs=0.02) and anew.accuracy[-1] < 0.15


def test_different_biases_alone_part_the_neurons_of_network_4():
    """So that answer to repair_4 is told that the curves would heal."""

    def repair(fan_in, fan_out, rng):
        column = rng.normal(0, np.sqrt(2 / fan_in), (fan_in, 1))
        return np.repeat(column, fan_out, axis=1), 0.1 * rng.normal(size=fan_out)

    healed, broken = (run_network(4, TRAINING, VALIDATION, repair=part) for part in (repair, None))
    assert healed.loss[-1] < 0.15 and healed.validation_accuracy[-1] > 0.94
    assert np.ptp(healed.hidden_weights, axis=1).max() > 1
    assert np.ptp(broken.hidden_weights, axis=1).max() < 0.01
    assert broken.validation_accuracy[-1] < 0.4


def test_the_first_blame_of_network_4_cancels_and_what_comes_later_is_the_same_for_every_neuron():
    """As the clue of lab-4 says: all ten outputs read a neuron with one and the same weight."""
    exercise = registry.get("repair_4")
    start, rng, (X, y) = exercise.run(exercise.starter), np.random.default_rng(0), TRAINING
    (W1, b1), (W2, b2) = start(64, 64, rng), start(64, 10, rng)
    first, last = Linear(64, 64), Linear(64, 10)
    for layer, W, b in ((first, W1, b1), (last, W2, b2)):
        layer.weight.value, layer.bias.value = W, b
    net, loss = Network([first, ReLU(), last]), SoftmaxCrossEntropy()
    sgd, blame = SGD(net.parameters(), 0.2), []
    for _ in range(20):
        loss.forward(net.forward(X), y)
        blame.append(last.backward(loss.backward()))
        net.backward(loss.backward())
        sgd.step()
    assert np.ptp(W2, axis=1).max() == 0 and np.ptp(W2, axis=0).min() > 0.1
    assert np.abs(blame[0]).max() < 1e-15
    assert np.abs(blame[-1]).max() > 1e-6
    assert np.ptp(blame[-1], axis=1).max() < 1e-9 * np.abs(blame[-1]).max() + 1e-12
