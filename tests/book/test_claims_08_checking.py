"""What chapter 8 says about bugs that hide: those of the exercise, and those of its figure, each at its own place."""

import json
from itertools import product

import numpy as np
import pytest
from notebooks import CHAPTERS

import nnlib
from classroom.chapters import ch08_checking as chapter
from nnlib import Linear, MeanSquaredError, Network, ReLU

GOOD = {"N": 5, "M": 3, "biased": True}
PLANTED = {
    "one output": (dict(dY=chapter.ONE_OUTPUT), {"M": 1}),
    "no bias": (dict(gate=chapter.NO_BIAS), {"biased": False}),
    "one example": (dict(db1=chapter.ONE_EXAMPLE), {"N": 1}),
}


def worst(bug, N, M, biased, seed=0):
    """The largest distance of a planted backward pass from slopes by trial, over all parameters."""
    rng = np.random.default_rng(seed)
    X, T, W1, W2 = (rng.normal(size=shape) for shape in [(N, 2), (N, M), (2, 6), (6, M)])
    b1, b2 = (rng.normal(size=n) if biased else np.zeros(n) for n in (6, M))
    (exercise,) = (e for e in chapter.EXERCISES if e.id == "planted_bugs")
    claimed = exercise.run(chapter.planted(**bug))(X, T, W1, b1, W2, b2)
    parameters = [W1, b1, W2, b2]

    def loss(_):
        W1, b1, W2, b2 = parameters
        return np.mean((np.maximum(X @ W1 + b1, 0) @ W2 + b2 - T) ** 2)

    return max(np.abs(g - nnlib.numerical_gradient(loss, p)).max() for g, p in zip(claimed, parameters, strict=True))


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_silent_at_its_own_point_and_nowhere_else(name):
    bug, point = PLANTED[name]
    assert worst({}, **GOOD) < 1e-7
    assert worst(bug, **GOOD) > 1e-3
    assert worst(bug, **(GOOD | point)) < 1e-7
    for _, other in PLANTED.values():
        if other != point:
            assert worst(bug, **(GOOD | other)) > 1e-3, other


def test_on_a_kink_the_centred_difference_says_half_of_the_right_hand_slope():
    network = Network([Linear(1, 1), ReLU(), Linear(1, 1)])
    for parameter, value in zip(network.parameters(), [[[2.0]], [0.0], [[3.0]], [0.0]], strict=True):
        parameter.value = np.array(value)
    loss, bias = MeanSquaredError(), network.layers[0].bias
    loss.forward(network.forward([[0.0]]), [[1.0]])
    network.backward(loss.backward())
    assert bias.grad[0] == 0
    slope = nnlib.numerical_gradient(lambda _: loss.forward(network.forward([[0.0]]), [[1.0]]), bias.value)[0]
    right = (loss.forward([[3e-6]], [[1.0]]) - 1) / 1e-6
    assert np.isclose(slope, right / 2, rtol=1e-4)


@pytest.fixture(scope="module")
def alarms():
    """alarms(bug, biases, examples): the parameters that the chapter's figure shows beyond its limit."""
    cells = json.loads((CHAPTERS / "08_checking.ipynb").read_text(encoding="utf-8"))["cells"]
    names = {"__name__": "__main__"}
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "exercise" not in cell["metadata"] and not source.startswith("ask("):
            exec(source, names)
        if "def checked(" in source:
            break
    return lambda *point: {name for name, error in names["checked"](*point).items() if error > 1e-6}


HIDDEN = {
    ("open gates", "all 10", 1), ("open gates", "all 10", 10),
    ("gate forgets b", "all 0", 1), ("gate forgets b", "all 0", 10),
    ("first row", "all 0", 1), ("first row", "at random", 1), ("first row", "all 10", 1), ("first row", "all 0", 10),
    ("not turned", "all 0", 1),
}  # fmt: skip


def test_four_of_the_five_bugs_hide_and_where(alarms):
    bugs = ("open gates", "gate forgets b", "first row", "not turned", "softmax twice")
    points = product(bugs, ("all 0", "at random", "all 10"), (1, 10))
    assert {point for point in points if alarms(*point) == alarms("no bug", *point[1:])} == HIDDEN
    assert alarms("no bug", "all 0", 10) == {"2.bias"} and not alarms("no bug", "at random", 10)
