"""Chapter 5's claims about losses, recomputed."""

import numpy as np
import pytest
from chapter_names import names_of

from classroom.exercises import get
from nnlib import BinaryCrossEntropy, SoftmaxCrossEntropy, softmax


@pytest.fixture
def book():
    return names_of("05_loss")


def test_the_sliders_allow_no_better_line_than_the_one_that_is_printed(book):
    w, b = np.meshgrid(*(p.values for p in book["squares"].parameters), indexing="ij")
    losses = np.mean((w[..., None] * book["X"][:, 0] + b[..., None] - book["y"]) ** 2, axis=-1)
    place = np.unravel_index(np.argmin(losses), losses.shape)
    assert (w[place], b[place]) == (1.0, 0.0)


def test_a_steeper_curve_makes_four_examples_cheaper_and_the_mean_dearer(book):
    x, was = book["ASKED"], book["WAS"]

    def cost(w, b):
        return np.logaddexp(0, np.where(was == 1, -1, 1) * (w * x + b))

    start, steep = cost(1.0, 0.0), cost(4.0, 0.0)
    assert np.array_equal(steep < start, [True, True, False, False, True, True]) and steep.mean() > 1.5 * start.mean()
    for w in (1.0, 4.0):
        gained = cost(w, 0.0) - cost(w, 0.5)
        assert np.array_equal(gained > 0, was == 1) and 0 < gained[2] < -gained[3]
    said = book["each_cost"].draw({"w": 4.0, "b": 0.0})[1]
    assert said.endswith(f"mean {steep.mean():.2f}.")


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


def test_the_likelihood_of_a_coin_is_largest_at_the_share_of_heads_and_its_logarithm_is_the_cross_entropy():
    heads, p = np.repeat([1.0, 0.0], [7, 3]), np.linspace(0.01, 0.99, 99)
    likelihood = p**7 * (1 - p) ** 3
    assert p[np.argmax(likelihood)] == pytest.approx(0.7)
    losses = [BinaryCrossEntropy().forward(np.full(10, np.log(q / (1 - q))), heads) for q in p]
    assert np.allclose(-np.log(likelihood) / 10, losses)


def test_the_noise_does_not_move_the_lowest_place_of_the_bells_loss(book):
    b = np.linspace(-2, 2, 4001)
    for s in (0.5, 1, 1.5, 2):
        assert b[np.argmin(book["bell_loss"](b, s))] == pytest.approx(book["y"].mean(), abs=1e-3)


def test_each_noise_has_its_loss():
    rng = np.random.default_rng(7)
    for noise, better, worse in [(rng.normal, np.mean, np.median), (rng.laplace, np.median, np.mean)]:
        targets = noise(size=(5, 2000, 50))
        near, far = (np.sqrt(np.mean(best(targets, axis=2) ** 2, axis=1)) for best in (better, worse))
        assert far.mean() - near.mean() > 5 * max(far.std(ddof=1), near.std(ddof=1))


def test_at_the_best_bias_the_mean_prediction_is_the_mean_target_whatever_the_weights():
    rng = np.random.default_rng(0)
    X, y, W, b = rng.normal(size=(60, 4)), rng.integers(0, 3, 60), rng.normal(size=(4, 3)), np.zeros(3)
    loss = SoftmaxCrossEntropy()
    for _ in range(2000):
        loss.forward(X @ W + b, y)
        b -= loss.backward().sum(axis=0)
    assert np.allclose(softmax(X @ W + b).mean(axis=0), np.bincount(y) / 60, atol=1e-6)


def test_every_digit_judges_once_a_network_that_has_not_seen_it(book):
    judging = np.concatenate([parts[2] for parts in book["ring"]])
    assert sorted(judging) == list(range(1347)) == list(range(len(book["labels"])))
    assert all(not set(own) & set(new) and not set(aside) & set(new) for own, aside, new in book["ring"])


def test_the_networks_are_shy_first_then_right_then_too_sure(book):
    gap, own = {}, {}
    for r in book["ROUNDS"]:
        seen = [
            [book["answers"](run[r][k], book["labels"][parts[k]]) for k in (0, 2)]
            for run, parts in zip(book["runs"], book["ring"], strict=True)
        ]
        gap[r] = np.array([new[0].mean() - new[1].mean() for _, new in seen])
        own[r] = np.array([mine[1].mean() for mine, _ in seen])
    assert np.all(gap[20] < 0)
    assert abs(gap[50].mean()) < 0.01
    assert np.sum(gap[400] > 0) >= 9 and gap[400].mean() > 4 * gap[400].std(ddof=1) / np.sqrt(10)
    assert np.all(own[100] == 1) and np.all(own[400] == 1)


def test_one_temperature_mends_the_confidence_and_changes_no_answer(book):
    error, run_of = book["calibration_error"], zip(book["runs"], book["T"], strict=True)
    z = [run[400][2] / t for run, t in run_of]
    assert min(book["T"]) >= 1
    sure, right = book["answers"](np.concatenate(z), book["judges"])
    before, same = book["answers"](book["said"][400], book["judges"])
    assert np.array_equal(right, same)
    chance = [error(sure, lot < sure) for lot in np.random.default_rng(1).random((200, len(sure)))]
    most = np.quantile(chance, 0.95)
    assert error(sure, right) < most and error(before, right) > 1.5 * most
    assert abs(sure.mean() - right.mean()) < 0.01 < before.mean() - right.mean()
    slow = get("expected_calibration_error")
    assert error(sure, right) == pytest.approx(slow.run(slow.solution)(sure, right, 10))
