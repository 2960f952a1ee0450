"""Cases and judgements that the exercises of several chapters share."""

import numpy as np


def pair_cases(rng):
    """(prediction, target) of equal shape."""
    yield np.array([1.0, 4.0, 3.0]), np.array([2.0, 1.0, 2.0])  # three unequal errors, so that slips differ
    yield np.array([1.0, 2.0]), np.array([1.0, 4.0])
    yield np.array([1.0]), np.array([3.0])
    yield np.array([0.5, -1.0, 2.0]), np.array([1.5, 1.0, 2.0])
    yield np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[0.0, 2.0], [3.0, 1.0]])
    for shape in [(5,), (4, 3), (3, 1), (1, 6), (2, 5)]:
        yield rng.normal(size=shape), rng.normal(size=shape)


def numbered(N, D):
    """N examples that can be told apart: y[n] is n, and X[n] belongs to it."""
    return np.arange(N)[:, None] * 10.0 + np.arange(D) + 0.5, np.arange(N)


def shuffle_cases(rng):
    """(X, y, batch_size, rng), for any way of cutting into pieces of at most batch_size."""
    generator = np.random.default_rng
    yield (*numbered(5, 1), 2, generator(5))
    yield (*numbered(4, 2), 2, generator(1))
    yield (*numbered(3, 2), 5, generator(2))
    yield (*numbered(1, 2), 1, generator(2))
    for seed in (3, 3, 4):
        yield (*numbered(60, 3), 10, generator(seed))
    for seed in range(60):
        yield (*numbered(3, 1), 1, generator(100 + seed))


def minibatch_cases(rng):
    """The same and two where pieces of equal size are not what was asked for: 4, 4, 1 and 4, 4, 2."""
    yield from shuffle_cases(rng)
    yield (*numbered(9, 2), 4, np.random.default_rng(6))
    yield (*numbered(10, 1), 4, np.random.default_rng(7))


def batches_in_order(X, y, batch_size, rng):
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


def belong_together(result, X, y, batch_size, rng):
    seen = []
    for X_batch, y_batch in result:
        for row, label in zip(X_batch, y_batch, strict=True):
            index = int(round(float(label)))
            if not 0 <= index < len(X) or not np.allclose(row, X[index]):
                return "A row of X comes with another example's y: both must be taken in the same order."
            seen.append(index)
    if sorted(seen) != list(range(len(X))):
        return "Each example should be used exactly once; some are repeated and some left out."
    return None


def really_shuffled(results):
    orders = [[int(label) for _, labels in result for label in labels] for result in results]
    big, again, other = orders[4:7]
    if big == sorted(big) and other == sorted(other):
        return "The examples come in their old order: shuffle them."
    if big != again:
        return "Two generators of the same seed gave different orders: draw every random number from rng."
    if big == other:
        return "Two generators of different seeds gave the same order: draw every random number from rng."
    neighbours = sum(abs(b - a) == 1 for a, b in zip(big, big[1:], strict=False))
    if neighbours > 15:
        return "Neighbours stay together: shuffle the examples, not the batches."
    small = [order for order in orders[7:] if len(order) == 3]
    for place in (0, -1):
        if {order[place] for order in small} != {0, 1, 2}:
            return "Some examples never come first or never come last: every order should be possible."
    return None


def seeded(place):
    """An `across` for (W, b): cases `place` and the next have one seed, and the one after them has another."""

    def across(results):
        first, again, other = (W for W, _ in results[place : place + 3])
        if not np.array_equal(first, again):
            return "Two generators of the same seed gave different weights: draw every number from rng."
        if np.array_equal(first, other):
            return "Two generators of different seeds gave the same weights: draw every number from rng."
        return None

    return across
