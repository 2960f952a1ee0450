"""Data to learn from: small sets made to order, and 1,797 real handwritten digits."""

from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike

from .activations import as_floats
from .initializers import Seed

Examples = tuple[np.ndarray, np.ndarray]


def _check(name, n, noise=0.0):
    if not isinstance(n, (int, np.integer)) or n < 1:
        raise ValueError(f"{name}: n must be a whole number of 1 or more, got {n!r}.")
    if not 0 <= noise < np.inf:
        raise ValueError(f"{name}: noise must be 0 or more, got {noise!r}.")


def xor(n: int = 4, noise: float = 0.0, seed: Seed = 0) -> Examples:
    """The corners (0,0), (0,1), (1,0), (1,1) in turn, n points in all; y = 1 where exactly one input is 1.

    Returns X (n, 2) and integer labels y (n,). noise: standard deviation added to X. seed: number or Generator.
    """
    _check("xor", n, noise)
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    which = np.arange(n) % 4
    y = np.array([0, 1, 1, 0])[which]
    return corners[which] + np.random.default_rng(seed).normal(0, noise, (n, 2)), y


def blobs(
    n: int = 200, centers: ArrayLike = ((-2.0, -2.0), (2.0, 2.0)), noise: float = 1.0, seed: Seed = 0
) -> Examples:
    """One round cloud of points a class, n points in all, as equal in number as can be.

    centers: (K, D), one a class. Returns X (n, D) and labels y (n,) from 0 to K-1.
    """
    _check("blobs", n, noise)
    centers = as_floats(centers)
    if centers.ndim != 2:
        raise ValueError(f"blobs: centers must have shape (K, D), got {centers.shape}.")
    y = np.arange(n) % len(centers)
    return centers[y] + np.random.default_rng(seed).normal(0, noise, (n, centers.shape[1])), y


def moons(n: int = 200, noise: float = 0.1, seed: Seed = 0) -> Examples:
    """Two interleaved half circles. Returns X (n, 2) and labels y (n,), 0 for the upper moon and 1 for the lower."""
    _check("moons", n, noise)
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    t = rng.uniform(0, np.pi, n)
    X = np.where(y[:, None] == 0, np.c_[np.cos(t), np.sin(t)], np.c_[1 - np.cos(t), 0.5 - np.sin(t)])
    return X + rng.normal(0, noise, (n, 2)), y


def circles(n: int = 200, noise: float = 0.05, factor: float = 0.5, seed: Seed = 0) -> Examples:
    """A circle of radius 1 (label 0) around one of radius `factor` (label 1). Returns X (n, 2) and y (n,)."""
    _check("circles", n, noise)
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    t = rng.uniform(0, 2 * np.pi, n)
    X = np.where(y == 0, 1.0, factor)[:, None] * np.c_[np.cos(t), np.sin(t)]
    return X + rng.normal(0, noise, (n, 2)), y


def spiral(n: int = 300, classes: int = 3, noise: float = 0.2, seed: Seed = 0) -> Examples:
    """Arms of a spiral, one a class, as in the CS231n case study. Returns X (n, 2) and labels y (n,).

    n points in all, a multiple of `classes`; noise: standard deviation of the angle, in radians.
    """
    _check("spiral", n, noise)
    if not isinstance(classes, (int, np.integer)) or classes < 1:
        raise ValueError(f"spiral: classes must be a whole number of 1 or more, got {classes!r}.")
    if n % classes:
        raise ValueError(f"spiral: n must be a multiple of the {classes} classes, got {n}.")
    rng = np.random.default_rng(seed)
    each = n // classes
    y = np.repeat(np.arange(classes), each)
    radius = np.tile(np.linspace(0.0, 1.0, each), classes)
    angle = np.concatenate([np.linspace(4 * k, 4 * (k + 1), each) for k in range(classes)])
    angle = angle + rng.normal(0, noise, n)
    return np.c_[radius * np.sin(angle), radius * np.cos(angle)], y


def line(n: int = 50, slope: float = 2.0, intercept: float = 1.0, noise: float = 0.3, seed: Seed = 0) -> Examples:
    """Points about y = slope · x + intercept, x between -2 and 2. Returns X (n, 1) and y (n,), floats."""
    _check("line", n, noise)
    rng = np.random.default_rng(seed)
    X = rng.uniform(-2, 2, (n, 1))
    return X, slope * X[:, 0] + intercept + rng.normal(0, noise, n)


def digits() -> Examples:
    """1,797 handwritten digits of 13 people: X (1797, 64), pixels from 0 to 1 row by row of 8×8, and labels y (1797,).

    The test half of "Optical Recognition of Handwritten Digits" (Alpaydin and Kaynak 1998, UCI, CC BY 4.0),
    in the order scikit-learn gives them; packed inside this package, so nothing is downloaded.
    """
    with (files("nnlib") / "digits.npz").open("rb") as file, np.load(file, allow_pickle=False) as packed:
        return packed["images"].reshape(-1, 64) / 16.0, packed["labels"].astype(int)


def stratified_split(X: ArrayLike, y: ArrayLike, test: float = 0.25, seed: Seed = 0) -> tuple[np.ndarray, ...]:
    """Split examples at random into a training and a test part, keeping the share of every class.

    Shapes: X (N, …), y (N,) with class labels. test: the share, between 0 and 1, that goes to the test part.
    Returns X_train, y_train, X_test, y_test, each in a random order.

    Raises ValueError for lengths that differ and a share that leaves either part empty.
    """
    X, y = np.asarray(X), np.asarray(y)
    if y.ndim != 1 or len(X) != len(y):
        raise ValueError(f"stratified_split: X and y must have one row an example, got shapes {X.shape} and {y.shape}.")
    if not 0 < test < 1:
        raise ValueError(f"stratified_split: test must be between 0 and 1, got {test!r}.")
    rng = np.random.default_rng(seed)
    held_out = np.zeros(len(y), bool)
    for label in np.unique(y):
        members = rng.permutation(np.flatnonzero(y == label))
        held_out[members[: round(test * len(members))]] = True
    if held_out.all() or not held_out.any():
        raise ValueError(f"stratified_split: {len(y)} examples are too few for a test share of {test}.")
    train, test_rows = rng.permutation(np.flatnonzero(~held_out)), rng.permutation(np.flatnonzero(held_out))
    return X[train], y[train], X[test_rows], y[test_rows]
