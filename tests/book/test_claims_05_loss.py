"""Chapter 5's claims about losses, recomputed."""

import numpy as np
import pytest
from chapter_names import names_of

from nnlib import BinaryCrossEntropy, SoftmaxCrossEntropy


@pytest.fixture
def book():
    return names_of("05_loss")


def test_the_sliders_allow_no_better_line_than_the_one_that_is_printed(book):
    w, b = np.meshgrid(*(p.values for p in book["squares"].parameters), indexing="ij")
    losses = np.mean((w[..., None] * book["X"][:, 0] + b[..., None] - book["y"]) ** 2, axis=-1)
    place = np.unravel_index(np.argmin(losses), losses.shape)
    assert (w[place], b[place]) == (1.0, 0.0)


def test_of_three_counts_only_the_squares_have_one_lowest_place_and_no_corner(book):
    y, b = np.sort(book["y"]), np.linspace(-2, 2, 4001)
    curves = {name: count(b[:, None] - y) for name, count in book["WAYS"].items()}
    assert np.all(np.diff(curves["added up"]) > 0) and curves["added up"][0] < -1
    bends = {name: np.abs(np.diff(curve, 2)) for name, curve in curves.items()}
    corners = b[1:-1][bends["as lengths"] > 1e-6]
    assert all(np.min(np.abs(y - corner)) < 2e-3 for corner in corners)
    assert len(y) - np.sum(np.abs(y) > 2) <= len(corners)
    assert np.ptp(bends["squared"]) < 1e-9
    assert abs(b[np.argmin(curves["squared"])] - y.mean()) < 1e-3


def test_on_the_wrong_side_the_squared_error_is_flat_and_the_cross_entropy_steep(book):
    square, entropy = book["squared_error"](-6.0, 1.0)[1], book["entropy_of_sum"](-6.0, 1.0)[1]
    assert -0.006 < square < 0 and -1 < entropy < -0.99
    for slope_of, z in [(book["squared_error"], 0.7), (book["entropy_of_sum"], 0.7)]:
        rise = (slope_of(z + 1e-5, 1.0)[0] - slope_of(z - 1e-5, 1.0)[0]) / 2e-5
        assert slope_of(z, 1.0)[1] == pytest.approx(rise, abs=1e-6)


@pytest.mark.parametrize("share", [0.3, 0.75, 0.9])
def test_the_cheapest_confidence_is_the_share_of_right_answers(share):
    p = np.linspace(0.001, 0.999, 999)
    right = np.repeat([1.0, 0.0], [round(1000 * share), 1000 - round(1000 * share)])
    losses = [BinaryCrossEntropy().forward(np.full(1000, np.log(q / (1 - q))), right) for q in p]
    assert p[np.argmin(losses)] == pytest.approx(share, abs=1e-6)


def test_being_sure_is_paid_for_only_where_it_is_right(book):
    loss = {name: SoftmaxCrossEntropy().forward(logits, book["truth"]) for name, logits in book["nets"]}
    assert loss["knows when"] < loss["unsure"] < loss["sure"]
    hesitant = SoftmaxCrossEntropy().forward(book["hesitant"], book["truth"])
    assert hesitant < loss["sure"]
    count = [np.sum(np.argmax(book[name], axis=1) == book["truth"]) for name in ("hesitant", "sure")]
    assert count == [2, 3]
