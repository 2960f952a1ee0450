"""What chapter 14 says of its small GPT and does not print: its start, its mask, its biases, and published sizes."""

import json

import numpy as np
import pytest
from notebooks import CHAPTERS

import nnlib

STARTS = (
    "from functools", "ANSWERS =", "TEXT =", "class Attention", "def block", "def gpt(width, blocks", "writer, loss_of",
    "def train(", "def write(",
)  # fmt: skip


@pytest.fixture(scope="module")
def names():
    """What the chapter's own cells define, without the training in them."""
    cells = json.loads((CHAPTERS / "14_summary.ipynb").read_text(encoding="utf-8"))["cells"]
    defined = {name: getattr(nnlib, name) for name in nnlib.__all__} | {"np": np}
    for start in STARTS:
        (source,) = [s for s in ("".join(cell["source"]) for cell in cells) if s.startswith(start)]
        exec(source.split("\n\n\nfor T in")[0], defined)
    return defined


def set_back(network):
    for name, parameter in network.named_parameters().items():
        if name.endswith("bias"):
            parameter.value[...] = 0


def test_the_table_needs_a_start_of_its_own(names):
    width, characters = 32, len(names["LETTERS"])
    own = names["gpt"](width, 1, 0)
    he = names["gpt"](width, 1, 0)
    table = he.layers[0].weight
    table.value = nnlib.Linear(characters + names["PLACES"], width, bias=False, rng=0).weight.value
    assert own.layers[0].weight.value.std() == pytest.approx(1, abs=0.05)
    assert names["train"](own, 700, 0) < names["train"](he, 700, 0) - 0.1


def test_a_place_does_not_look_ahead(names):
    network, codes = names["gpt"](16, 1, 0), names["CODES"][:12].copy()
    before = network.forward(names["two_ones"](codes))
    codes[8:] = 0
    after = network.forward(names["two_ones"](codes))
    assert np.array_equal(before[:8], after[:8]) and not np.allclose(before[8:], after[8:])


def test_without_the_mask_the_loss_leaks(names, monkeypatch):
    masked = names["train"](names["gpt"](32, 1, 1), 500, 1)
    monkeypatch.setattr(np, "triu", lambda array, k=0: np.zeros_like(array))
    assert names["train"](names["gpt"](32, 1, 1), 500, 1) < masked - 0.5


def test_in_a_longer_training_biases_are_worth_something(names):
    gpt, train = names["gpt"], names["train"]
    assert train(gpt(32, 1, 1), 1500, 1) < train(gpt(32, 1, 1), 1500, 1, set_back)  # one of the five, for time


def test_a_bias_of_the_first_layer_is_in_its_table_already(names):
    rows, rng = names["two_ones"](names["CODES"][:20]), np.random.default_rng(0)
    table, bias = rng.normal(size=(rows.shape[1], 5)), rng.normal(size=5)
    shifted = table.copy()
    shifted[: len(names["LETTERS"])] += bias
    assert np.allclose(rows @ table + bias, rows @ shifted)


def test_a_norms_bias_before_a_layer_is_that_layers_bias():
    rng = np.random.default_rng(0)
    X, b1, W, b2 = rng.normal(size=(6, 4)), rng.normal(size=4), rng.normal(size=(4, 3)), rng.normal(size=3)
    assert np.allclose((X + b1) @ W + b2, X @ W + (b1 @ W + b2))


def test_the_number_of_the_smallest_gpt2(names):
    """768 wide, 12 blocks, 50,257 pieces and 1,024 places: 124,439,808, as everybody counts who loads it."""
    block = nnlib.Network(names["block"](8, 0)).named_parameters()
    biases = sum(p.value.size for name, p in block.items() if name.endswith("bias"))
    everything = sum(p.value.size for p in block.values())
    assert biases == 11 * 8 and everything == 12 * 8 * 8 + 13 * 8
    assert 12 * (12 * 768**2 + 13 * 768) + 2 * 768 + (50_257 + 1_024) * 768 == 124_439_808


def test_microgpt_has_4192_numbers_and_no_bias():
    width, characters, places = 16, 27, 16
    assert (2 * characters + places) * width + 12 * width**2 == 4192


def test_a_bias_on_turned_keys_is_not_idle_and_depends_on_the_distance():
    q, b, turns = np.array([0.3, -1.1]), np.array([1.0, -2.0]), 0.5 * np.arange(6)
    turn = [np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) for t in turns]
    added = np.array([[(q @ turn[i]) @ (b @ turn[j]) for j in range(6)] for i in range(6)])
    assert np.ptp(added[0]) > 0.1
    assert np.allclose(added[1:, 1:], added[:-1, :-1])
