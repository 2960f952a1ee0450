"""Data sets: seeded, shaped as they say, and the digits are those of the original."""

import hashlib

import numpy as np
import pytest
import record_torch

import nnlib

MADE = {
    "xor": (nnlib.xor, 4),
    "blobs": (nnlib.blobs, 200),
    "moons": (nnlib.moons, 200),
    "circles": (nnlib.circles, 200),
    "spiral": (nnlib.spiral, 300),
    "line": (nnlib.line, 50),
}


@pytest.mark.parametrize("name", MADE)
def test_shape_seed_and_size(name):
    make, n = MADE[name]
    X, y = make()
    assert X.shape == (n, 1 if name == "line" else 2) and y.shape == (n,) and X.dtype == float
    assert y.dtype.kind == ("f" if name == "line" else "i")
    X2, y2 = make(n, seed=0)
    np.testing.assert_array_equal(X, X2)
    np.testing.assert_array_equal(y, y2)
    assert len(make(12)[0]) == 12
    if name != "line":
        assert set(y) == set(range(y.max() + 1))
        counts = np.bincount(y)
        assert counts.max() - counts.min() <= 1, "as many of one class as of the other"
    assert (make(n, noise=0.2, seed=1)[0] != make(n, noise=0.2, seed=2)[0]).any()
    rng = np.random.default_rng(0)
    np.testing.assert_array_equal(make(n, seed=rng)[0], X)


def test_without_noise_the_shapes_are_exact():
    X, y = nnlib.xor()
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]] and y.tolist() == [0, 1, 1, 0]
    X, y = nnlib.circles(50, noise=0, factor=0.3)
    np.testing.assert_allclose(np.hypot(*X.T), np.where(y == 0, 1, 0.3))
    X, y = nnlib.line(50, slope=3, intercept=-1, noise=0)
    np.testing.assert_allclose(y, 3 * X[:, 0] - 1)
    X, y = nnlib.moons(50, noise=0)
    upper, lower = X[y == 0], X[y == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1)
    np.testing.assert_allclose(np.hypot(*(lower - [1, 0.5]).T), 1)
    X, y = nnlib.spiral(300, noise=0)
    np.testing.assert_allclose(np.hypot(*X.T), np.tile(np.linspace(0, 1, 100), 3))
    assert nnlib.blobs(4, noise=0)[0].tolist() == [[-2, -2], [2, 2], [-2, -2], [2, 2]]


def test_digits_are_the_original():
    X, y = nnlib.digits()
    assert X.shape == (1797, 64) and X.dtype == float and y.dtype.kind == "i"
    assert X.min() == 0 and X.max() == 1
    # facts of the published set: the class counts, and the first image's ink
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (X * 16).sum() == 561718 and (X[0] * 16)[:8].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert y[:10].tolist() == list(range(10))
    X[:] = 0
    assert nnlib.digits()[0].max() == 1, "each call gives fresh arrays"


def test_digits_are_scikit_learns_to_the_last_pixel():
    X, y = nnlib.digits()
    fingerprint = hashlib.sha256((X * 16).astype(np.uint8).tobytes() + y.astype(np.uint8).tobytes()).hexdigest()
    with np.load(record_torch.RECORDED / "scikit_learn.npz") as recorded:
        assert fingerprint == recorded["digits_sha256"]


def test_stratified_split_keeps_shares_and_loses_nobody():
    X, y = np.arange(200.0).reshape(100, 2), np.repeat([0, 1, 2], [50, 30, 20])
    X_train, y_train, X_test, y_test = nnlib.stratified_split(X, y, test=0.2, seed=1)
    assert np.bincount(y_test).tolist() == [10, 6, 4] and np.bincount(y_train).tolist() == [40, 24, 16]
    assert sorted(np.r_[X_train, X_test][:, 0]) == X[:, 0].tolist()
    lookup = dict(zip(X[:, 0], y, strict=True))
    assert all(lookup[row[0]] == label for row, label in zip(X_test, y_test, strict=True))
    assert (np.diff(y_train) < 0).any(), "in a random order"
    again = nnlib.stratified_split(X, y, test=0.2, seed=1)
    np.testing.assert_array_equal(again[0], X_train)
    assert (nnlib.stratified_split(X, y, test=0.2, seed=2)[2] != X_test).any()


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: nnlib.moons(0), "moons: n must be a whole number of 1 or more, got 0"),
        (lambda: nnlib.blobs(2.5), "blobs: n must be .* got 2.5"),
        (lambda: nnlib.circles(10, noise=-1), "circles: noise must be 0 or more, got -1"),
        (lambda: nnlib.xor(4, noise=float("nan")), "xor: noise must be 0 or more, got nan"),
        (lambda: nnlib.spiral(100), "spiral: n must be a multiple of the 3 classes, got 100"),
        (lambda: nnlib.spiral(100, classes=0), "spiral: classes must be a whole number of 1 or more, got 0"),
        (lambda: nnlib.blobs(10, centers=[1, 2]), r"blobs: centers must have shape \(K, D\), got \(2,\)"),
        (lambda: nnlib.stratified_split([[1]], [0, 1]), "one row an example"),
        (lambda: nnlib.stratified_split([[1], [2]], [0, 1], test=1.5), "test must be between 0 and 1, got 1.5"),
        (
            lambda: nnlib.stratified_split([[1], [2]], [0, 1], test=0.1),
            "2 examples are too few for a test share",
        ),
    ],
)
def test_errors(make, message):
    with pytest.raises(ValueError, match=message):
        make()
