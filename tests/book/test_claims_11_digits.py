"""What chapter 11 says without printing it: whose digits the test set are, and what a repair leads back to."""

import re

import numpy as np
import pytest
from notebooks import CHAPTERS

from classroom.chapters.lab import run_network
from classroom.exercises import registry
from nnlib import digits, stratified_split


def test_the_test_set_is_the_one_of_chapter_2():
    source = (CHAPTERS / "02_weights.ipynb").read_text(encoding="utf-8")
    calls = re.findall(r"X, y, X_new, y_new = nnlib\.stratified_split\(images, labels,([^)]*)\)", source)
    assert calls, "chapter 2 splits in another way: mend “Which digits were ever looked at?”"
    for arguments in calls:
        given = {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", arguments)}
        there = stratified_split(*digits(), test=given.get("test", 0.25), seed=int(given["seed"]))
        assert np.array_equal(there[2], stratified_split(*digits(), test=0.25, seed=0)[2])


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
