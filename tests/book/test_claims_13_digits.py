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
from nnlib import digits, stratified_split


def rows(images):
    """Each image as one hashable thing, so that sets of images can be compared."""
    return {image.tobytes() for image in images}


def code(chapter):
    """All code of a chapter on one line, as it would read without line breaks."""
    cells = json.loads((CHAPTERS / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    return " ".join(" ".join(text(cell["source"]) for cell in cells if cell["cell_type"] == "code").split())


THE_450 = stratified_split(*digits(), test=0.25, seed=0)[2]
DRAWER = re.compile(r"images, labels, _, _ = (?:nnlib\.)?stratified_split\(\*(?:nnlib\.)?digits\(\), seed=0\)")


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
