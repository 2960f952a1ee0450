"""Chapter 6's claims about steps and valleys, recomputed."""

import numpy as np
import pytest
from chapter_names import names_of
from matplotlib.path import Path

from classroom.figures.boundary import contours_of


@pytest.fixture
def book():
    return names_of("06_gradient_descent")


def curvature(inputs):
    """The second derivatives of the mean squared error of a line over (w, b): 2/N times AᵀA, rows of A being (x, 1)."""
    A = np.column_stack([inputs, np.ones_like(inputs)])
    return 2 * A.T @ A / len(inputs)


def test_the_score_of_the_game_can_come_close_to_100(book):
    w, b, _ = (p.values for p in book["beat_the_algorithm"].parameters)
    mine = min(book["neuron_loss"](one, other) for one in w for other in b)
    assert 99 <= 100 * book["neuron_loss"](*book["theta"]) / mine <= 100


def test_the_valley_zigzags(book):
    inputs = book["far"]
    values, directions = np.linalg.eigh(curvature(inputs))
    assert 25 < values[1] / values[0] < 29
    off = book["descend_on"](inputs, 0.165) - np.polyfit(inputs, book["y"], 1)
    across, along = off @ directions[:, 1], off @ directions[:, 0]
    assert np.all(np.sign(across[1:13]) == -np.sign(across[:12])), "every step crosses the floor"
    assert np.all(np.diff(np.abs(along)) < 0) and abs(along[-1]) > 0.2 * abs(along[0])


@pytest.mark.parametrize("centred, good, bad", [(False, 0.175, 0.19), (True, 0.8, 0.9)])
def test_the_largest_rate_that_does_not_run_away_can_be_found(book, centred, good, bad):
    rates = book["zigzag"].parameters[1].values
    inputs = book["far"] - centred * book["far"].mean()
    limit = 2 / np.linalg.eigvalsh(curvature(inputs))[1]
    assert rates.index(bad) == rates.index(good) + 1 and good < limit < bad
    distances = []
    for eta in (good, bad):
        path = book["descend_on"](inputs, eta)
        distances.append(np.linalg.norm(path - np.polyfit(inputs, book["y"], 1), axis=1))
    assert distances[0][-1] < distances[0][-2] and distances[1][-1] > distances[1][-2]


def test_the_table_of_second_derivatives_predicts_the_limit_of_the_figure(book):
    H = book["hessian"](book["far"])
    assert H == pytest.approx(curvature(book["far"]))
    limit = 2 / np.linalg.eigvalsh(H)[-1]
    best = np.polyfit(book["far"], book["y"], 1)
    for eta, arrives in ((0.995 * limit, True), (1.005 * limit, False)):
        left = np.linalg.norm(book["descend_on"](book["far"], eta, 2000)[[0, -1]] - best, axis=1)
        assert (left[1] < left[0]) == arrives


@pytest.mark.parametrize("eta", [0.03, 0.09, 0.175, 0.19])
def test_across_and_along_are_two_bowls_of_their_own(book, eta):
    steps = np.arange(13)
    factors = 1 - eta * book["CURVATURES"]
    assert book["parts"](book["descend_on"](book["far"], eta, 12)) == pytest.approx(factors[:, None] ** steps)


def test_0175_is_about_the_best_rate_of_the_valley(book):
    low, high = book["CURVATURES"]
    assert 2 / (low + high) == pytest.approx(0.175, abs=0.001)


def test_the_steps_go_with_the_condition_number(book):
    for inputs in (book["far"], book["far"] + 3):
        low, high = np.linalg.eigvalsh(curvature(inputs))
        assert book["steps_needed"](inputs, 1 / high) == pytest.approx(np.log(100) * high / low, rel=0.05)
    low, high = np.linalg.eigvalsh(curvature(book["scaled"]))
    assert high / low == pytest.approx(1) and book["steps_needed"](book["scaled"], 0.5) == 1


def test_the_curvatures_of_a_centred_input_are_its_variance_twice_and_two(book):
    assert curvature(book["centred"]) == pytest.approx(np.diag([2 * book["far"].var(), 2]))


def test_the_middle_of_the_two_neurons_in_a_row_is_a_saddle(book):
    ends = {offset: path[-1] for offset, path in book["WAYS_OFF"].items()}
    assert np.abs(ends[0.0]).max() < 1e-3
    assert all(book["product_loss"](*end) < 0.01 for offset, end in ends.items() if offset)
    h = 1e-3
    slopes = [book["product_slopes"](*(s * h * e)) for e in np.eye(2) for s in (1, -1)]
    H = np.array([slopes[0] - slopes[1], slopes[2] - slopes[3]]) / (2 * h)
    assert np.linalg.eigvalsh(H) == pytest.approx([-2, 2], abs=1e-4)


def test_the_flat_place_of_xor_answers_a_half_and_is_left_on_both_sides(book):
    loss, flat, way = book["xor_loss"], book["flat"], book["ways"][:, 0]
    assert np.abs(book["xor_slopes"](flat)).max() < 1e-9 and loss(flat) == pytest.approx(0.25)
    assert sum(book["curvatures"] < -0.1) == 2
    assert all(loss(flat + nudge * way) < loss(flat) for nudge in (-0.1, 0.1))


@pytest.mark.parametrize("centred", [False, True])
def test_the_valley_has_no_islands(book, centred):
    heights = book["surface_of"](book["far"] - centred * book["far"].mean())
    w, b = (np.linspace(*limits, len(heights)) for limits in book["VALLEY"])
    for level in book["HEIGHTS"]:
        _, codes = contours_of(w, b, heights).lines(level)
        closed = sum(np.count_nonzero(chunk == Path.CLOSEPOLY) for chunk in codes)
        assert closed <= 1, f"level {level} falls into {closed} islands"


def test_the_neuron_between_two_stairs_has_two_valleys_and_the_right_one_is_lower(book):
    b = np.linspace(-7, 7, 281)
    loss = book["over_bias"](b)
    low = np.flatnonzero((loss[1:-1] < loss[:-2]) & (loss[1:-1] < loss[2:])) + 1
    assert len(low) == 2 and b[low[0]] < 0 < b[low[1]] and loss[low[1]] < loss[low[0]]


def test_a_gradient_limited_in_its_length_keeps_its_direction_and_entry_by_entry_it_does_not(book):
    g, by_norm, by_entry = (v / np.linalg.norm(v) for v in (book["g"], book["by_norm"], book["by_entry"]))
    assert g @ by_norm == pytest.approx(1) and g @ by_entry == pytest.approx(np.cos(np.radians(book["turned"])))
    assert abs(book["turned"]) > 20 and not book["cut"].any()


def test_most_of_the_way_is_made_in_the_first_step(book):
    path = book["path_of"](0.2, 30)
    assert path[1, 0] > 0.5 * path[-1, 0] and np.abs(path[-1] - path[10]).max() < 0.02
