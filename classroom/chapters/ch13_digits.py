"""Exercises of chapter 13: fair preparation, honest counting, what a drawing goes through, and five broken networks to repair."""

import math

import numpy as np

from ..exercises.registry import Exercise
from .cases import belong_together, really_shuffled, seeded, shuffle_cases


def column_pairs(rng):
    """(X_train, X_test): two sets of examples with the same columns."""
    yield np.array([[0.0], [2.0]]), np.array([[4.0]])
    yield np.array([[1.0, 10.0], [3.0, 20.0], [5.0, 60.0]]), np.array([[2.0, 30.0], [8.0, 0.0]])
    yield np.array([[2.0, 5.0], [4.0, 5.0]]), np.array([[3.0, 5.0], [6.0, 7.0]])
    for n, m, d in [(5, 3, 4), (4, 6, 2), (7, 1, 3)]:
        yield rng.normal(2.0, 3.0, size=(n, d)), rng.normal(-1.0, 2.0, size=(m, d))


def standardize_by_hand(X_train, X_test):
    columns = []
    for column in X_train.T:
        mean = math.fsum(column) / len(column)
        spread = math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column))
        columns.append((mean, spread or 1.0))
    return tuple(
        np.array([[(value - m) / s for value, (m, s) in zip(row, columns, strict=True)] for row in X])
        for X in (X_train, X_test)
    )


def label_pairs(rng):
    """(labels, predictions, K)"""
    yield np.array([0, 1]), np.array([0, 0]), 2
    yield np.array([0, 1, 1, 2]), np.array([0, 1, 2, 1]), 3
    yield np.array([2, 2, 2, 0, 2]), np.array([1, 1, 2, 0, 1]), 4
    for n, k in [(12, 3), (40, 10), (9, 5)]:
        yield rng.integers(0, k, n), rng.integers(0, k, n), k


def count_by_hand(labels, predictions, K):
    pairs = list(zip(labels.tolist(), predictions.tolist(), strict=True))
    return np.array([[pairs.count((true, said)) for said in range(K)] for true in range(K)])


def loss_lists(rng):
    """(losses, patience)"""
    yield [3.0, 2.0, 2.5, 2.6], 2
    yield [3.0, 2.0, 2.5, 2.6, 1.0], 2
    yield [3.0, 2.0, 2.5, 1.0, 1.5], 2
    yield [1.0, 2.0, 3.0], 1
    yield [1.0, 3.0, 2.0, 2.5], 2
    yield [3.0, 2.0, 1.0], 2
    yield [3.0, 2.0, 2.0, 1.0], 1
    yield [3.0, 2.0, 2.0, 1.0, 1.0, 1.0, 0.5], 2
    yield [2.0], 3
    for patience in (1, 2, 3, 5):
        yield np.round(1 / np.arange(1, 16) + rng.normal(0, 0.15, 15), 3).tolist(), patience


def stop_by_hand(losses, patience):
    for best in range(len(losses)):
        if best and losses[best] >= min(losses[:best]):
            continue
        following = losses[best + 1 : best + 1 + patience]
        if len(following) < patience or min(following) >= losses[best]:
            if all(later >= losses[best] for later in following):
                return best + 1
    raise AssertionError("one epoch is always the best")


def drawings(rng):
    """(ink,): pixels of 0 and 1 with some ink, and paper on every side, on some, or on none."""
    yield (np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),)
    yield (np.array([[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]),)
    yield (np.array([[0, 0, 0, 0, 0], [0, 1, 0, 1, 0]]),)  # an empty column between two inked ones
    yield (np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0]]),)
    yield (np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]]),)  # the first ink is on the right
    yield (np.array([[1, 1], [1, 1]]),)
    for height, width, top, left, h, w in [(8, 12, 2, 5, 3, 4), (12, 6, 0, 1, 12, 2), (9, 9, 5, 4, 4, 5)]:
        ink = np.zeros((height, width), int)
        ink[top : top + h, left : left + w] = rng.random((h, w)) < 0.4
        ink[top, left] = ink[top + h - 1, left + w - 1] = 1
        yield (ink,)


def crop_by_hand(ink):
    inked = [(i, j) for i, row in enumerate(ink.tolist()) for j, value in enumerate(row) if value]
    top, bottom = min(i for i, _ in inked), max(i for i, _ in inked)
    left, right = min(j for _, j in inked), max(j for _, j in inked)
    return np.array([row[left : right + 1] for row in ink.tolist()[top : bottom + 1]])


def block_cases(rng):
    """(image, size): pixels of 0 and 1, in blocks that fill the image."""
    yield np.array([[1, 0], [1, 1]]), 2
    yield np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]), 2
    yield np.array([[1, 0, 0, 1, 1, 1], [1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 1, 0]]), 3
    yield np.array([[0, 1, 1]]), 1
    for height, width, size in [(4, 8, 2), (12, 8, 4), (32, 32, 4)]:
        yield (rng.random((height, width)) < 0.3).astype(int), size


def blocks_by_hand(image, size):
    counts = [[0] * (image.shape[1] // size) for _ in range(image.shape[0] // size)]
    for i, row in enumerate(image.tolist()):
        for j, value in enumerate(row):
            counts[i // size][j // size] += value
    return np.array(counts)


def step_cases(rng):
    yield np.array([[1.0]]), np.array([0.0]), np.array([[2.0]]), np.array([-1.0]), 0.1
    yield np.array([[1.0, -2.0]]), np.array([0.5, 1.0]), np.array([[3.0, 4.0]]), np.array([-1.0, 2.0]), 0.5
    for d, m, rate in [(2, 3, 0.2), (4, 1, 1.5)]:
        yield rng.normal(size=(d, m)), rng.normal(size=m), rng.normal(size=(d, m)), rng.normal(size=m), rate


def forward_cases(rng):
    """(X, W1, b1, W2, b2), with a hidden sum of either sign."""
    yield np.array([[1.0]]), np.array([[2.0]]), np.array([-1.0]), np.array([[3.0, -1.0]]), np.array([0.0, 0.5])
    X = np.array([[1.0, -1.0], [0.5, 2.0]])
    yield X, np.eye(2), np.array([0.5, -1.0]), np.array([[1.0, 2.0], [3.0, -4.0]]), np.array([1.0, -1.0])
    for n, d, h, m in [(3, 4, 5, 2), (5, 2, 3, 4), (1, 3, 2, 3)]:
        yield (
            rng.normal(size=(n, d)),
            rng.normal(size=(d, h)),
            rng.normal(size=h),
            rng.normal(size=(h, m)),
            rng.normal(size=m),
        )


def output_by_hand(X, W1, b1, W2, b2):
    hidden = np.einsum("nd,dh->nh", X, W1) + b1
    return np.einsum("nh,hm->nm", np.where(hidden > 0, hidden, 0.0), W2) + b2


def same_probabilities(result, *arguments):
    """Any output is right whose softmax is: rows may differ by a constant."""
    wanted = output_by_hand(*arguments)
    difference = result - wanted
    if np.allclose(difference, difference[:, :1], rtol=0, atol=1e-4 * (1 + np.abs(wanted).max())):
        return None
    n, m = np.argwhere(~np.isclose(difference, difference[:, :1], atol=1e-4))[0] if np.isfinite(result).all() else (0, 0)
    return (
        f"The loss would take the softmax of {result[n].round(3).tolist()} in row {n}; "
        f"the scores there are {wanted[n].round(3).tolist()}."
    )


def start_cases(rng):
    generator = np.random.default_rng
    yield 2, 3, generator(0)
    for fan_in, fan_out, seed in [(64, 64, 1), (64, 64, 1), (64, 64, 2), (100, 30, 3), (16, 200, 4)]:
        yield fan_in, fan_out, generator(seed)


def start_breaks_symmetry(result, fan_in, fan_out, rng):
    """What a start must do: every neuron its own weights, and signals of a sensible size."""
    W, b = result
    if not (np.isfinite(W).all() and np.isfinite(b).all()):
        return "Some weights or biases are not finite numbers."
    if np.ptp(W, axis=1).max() == 0 and len(np.unique(b)) > 1:
        return "Every neuron still starts with the same weights; only the biases differ: draw each weight on its own."
    _, copies = np.unique(np.round(np.vstack([W, b]), 6), axis=1, return_counts=True)
    if copies.max() > 1:
        return f"{copies.max()} of the {fan_out} neurons start with the same weights and bias: nothing in this layer parts them."
    if W.size > 1000:
        spread, wanted = W.std(), math.sqrt(2 / fan_in)
        if np.any(np.all(np.isclose(W, W[:, :1]), axis=1)):
            return "Some input has the same weight for every neuron: draw each weight on its own."
        if np.any(np.all(np.isclose(W, W[:1]), axis=0)):
            return "Some neuron gives the same weight to every input: draw each weight on its own."
        if not 0.4 * wanted < spread < 1.6 * wanted:
            return f"The weights have standard deviation {spread:.3g}: the signal needs about {wanted:.3g}."
        if abs(W.mean()) > 0.2 * wanted:
            return f"The weights have mean {W.mean():.3g}: it should be about 0."
    if np.any(np.abs(b) > 0.5):
        return "A bias starts far from 0, which can silence its neuron: zeros are a good start."
    return None


def logit_cases(rng):
    """(logits, labels)"""
    yield np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]), np.array([2, 0])
    yield np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([0, 1])
    yield np.array([[1.0, 2.0, 0.0]]), np.array([2])
    yield np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 3.0]]), np.array([1, 1, 0])
    for n, k in [(4, 3), (6, 10), (2, 5)]:
        yield rng.normal(size=(n, k)) * 2, rng.integers(0, k, n)


def gradient_by_hand(logits, labels):
    rows = []
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        exponentials = [math.exp(z) for z in row]
        total = math.fsum(exponentials)
        rows.append([(e / total - (k == label)) / len(labels) for k, e in enumerate(exponentials)])
    return np.array(rows)


EXERCISES = [
    Exercise(
        id="standardize",
        title="standardization without peeking",
        statement="""
Write `standardize(X_train, X_test)`. Both have one example a row and the same columns. From every column subtract its mean, then
divide by its standard deviation, **both measured on `X_train` only**, in the test set too. A column that is constant on
`X_train` (a pixel that is always white) has standard deviation 0: divide it by 1 instead.
Return the tuple `(Z_train, Z_test)`.
""",
        starter="""
def standardize(X_train, X_test):
    ...
""",
        hints=[
            "Measure two rows of numbers, one mean and one standard deviation a column. On which set may you look?",
            "`X_train.mean(axis=0)` and `X_train.std(axis=0)` are the two rows. Where the second one is 0, put 1.",
            "With `spread = np.where(spread == 0, 1, spread)`, return `(X_train - mean) / spread` and `(X_test - mean) / spread`.",
        ],
        solution="""
def standardize(X_train, X_test):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (X_train - mean) / spread, (X_test - mean) / spread
""",
        cases=column_pairs,
        oracle=standardize_by_hand,
        returns=("Z_train", "Z_test"),
        wrong=[
            (
                "tuple((X - X.mean(axis=0)) / np.where(X.std(axis=0) == 0, 1, X.std(axis=0)) for X in (X_train, X_test))",
                "The test set is measured by its own mean and spread: use those of X_train, or the two sets are scaled differently.",
            ),
            (
                "def standardize(X_train, X_test):\n    both = np.vstack([X_train, X_test])\n    m, s = both.mean(axis=0), both.std(axis=0)\n"
                "    s = np.where(s == 0, 1, s)\n    return (X_train - m) / s, (X_test - m) / s",
                "The mean and spread of both sets together let the test set leak into training: measure X_train only.",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(axis=0), X_train.std(axis=0)\n    return (X_train - m) / s, (X_test - m) / s",
                "A constant column divides 0 by 0, which is nan: where the spread is 0, divide by 1.",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(), X_train.std()\n    return (X_train - m) / s, (X_test - m) / s",
                "That is one mean for the whole array: every column has its own (axis=0).",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(axis=0), X_train.var(axis=0)\n    s = np.where(s == 0, 1, s)\n"
                "    return (X_train - m) / s, (X_test - m) / s",
                "That divides by the variance: the standard deviation is its square root.",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(axis=0), X_train.std(axis=0)\n    s = np.where(s == 0, 1, s)\n"
                "    return (X_train - m) / s, X_test",
                "The test set came back raw: the network would see numbers of another size than it was trained on.",
            ),
            (
                "def standardize(X_train, X_test):\n    s = X_train.std(axis=0)\n    s = np.where(s == 0, 1, s)\n    return X_train / s, X_test / s",
                "The mean is not subtracted.",
            ),
            (
                "tuple((X - X.mean(axis=0)) / X.std(axis=0) for X in (X_train, X_test))",
                "The test set is measured by its own mean and spread: use those of X_train, or the two sets are scaled differently.",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)\n    s = np.where(s == 0, 1, s)\n    return (X_train - m) / s, (X_test - m) / s",
                "ddof=1 divides by N - 1: here the standard deviation is that of X_train itself, np.std as it stands.",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(axis=0), X_train.std(axis=0) + 1e-8\n    return (X_train - m) / s, (X_test - m) / s",
                "A constant column is divided by almost 0, which makes its test values huge: where the spread is 0, divide by 1.",
            ),
            (
                "def standardize(X_train, X_test):\n    m, s = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)\n    return (X_train - m) / s, X_test",
                "axis=1 measures each example: every column has its own mean (axis=0).",
            ),
        ],
    ),
    Exercise(
        id="early_stopping",
        title="early stopping",
        statement="""
Write `early_stopping(losses, patience)`. `losses` holds the validation loss after epoch 1, 2, 3, …. Go through them in order and
remember the best epoch so far: the first one with the lowest loss. Stop as soon as `patience` epochs in a row have not been below that
loss, or when the losses end. Return the number of the best epoch (the first epoch is number 1).
""",
        starter="""
def early_stopping(losses, patience):
    ...
""",
        hints=[
            "Keep two numbers as you go: which epoch was the best so far, and how long ago that was.",
            "In epoch `e` with best epoch `best`, exactly `e - best` epochs have passed without a new best.",
            "`for e in range(len(losses))`: if `losses[e] < losses[best]`, then `best = e`; else if `e - best >= patience`, leave the "
            "loop. Return `best + 1`.",
        ],
        solution="""
def early_stopping(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best + 1
""",
        cases=loss_lists,
        oracle=stop_by_hand,
        wrong=[
            (
                "int(np.argmin(losses)) + 1",
                "That looks at all the losses: training that has stopped never sees the later ones.",
            ),
            (
                "def early_stopping(losses, patience):\n    best = 0\n    for e in range(len(losses)):\n        if losses[e] < losses[best]:\n"
                "            best = e\n        elif e - best >= patience:\n            break\n    return best",
                "That counts from 0: the first epoch is number 1.",
            ),
            (
                "def early_stopping(losses, patience):\n    best = 0\n    for e in range(len(losses)):\n        if losses[e] < losses[best]:\n"
                "            best = e\n        elif e - best >= patience:\n            break\n    return e + 1",
                "That is the epoch in which training stops: the best one, whose parameters are kept, came before it.",
            ),
            (
                "def early_stopping(losses, patience):\n    best = bad = 0\n    for e in range(1, len(losses)):\n        if losses[e] < losses[e - 1]:\n"
                "            best, bad = e, 0\n        else:\n            bad += 1\n        if bad == patience:\n            break\n    return best + 1",
                "That compares with the loss before: an epoch is better only if it is below the best loss so far.",
            ),
            (
                "def early_stopping(losses, patience):\n    for e in range(1, len(losses)):\n        if losses[e] >= losses[e - 1]:\n"
                "            return e\n    return len(losses)",
                "That stops at the first rise: be patient, and compare with the best loss, not with the one before.",
            ),
            (
                "def early_stopping(losses, patience):\n    best = 0\n    for e in range(len(losses)):\n        if losses[e] < losses[best]:\n"
                "            best = e\n        elif e - best > patience:\n            break\n    return best + 1",
                "That waits one epoch too long: stop when patience epochs have passed without a new best.",
            ),
            (
                "def early_stopping(losses, patience):\n    best = 0\n    for e in range(len(losses)):\n        if losses[e] <= losses[best]:\n"
                "            best = e\n        elif e - best >= patience:\n            break\n    return best + 1",
                "An equal loss is no improvement: the best epoch is the first one with that loss.",
            ),
            (
                "def early_stopping(losses, patience):\n    best, worse = 0, 0\n    for e in range(len(losses)):\n        if losses[e] < losses[best]:\n"
                "            best = e\n        elif e:\n            worse += 1\n            if worse >= patience:\n                break\n    return best + 1",
                "A new best starts the counting again: only epochs in a row without one count.",
            ),
        ],
    ),
    Exercise(
        id="crop_to_ink",
        title="cropping",
        statement="""
Write `crop_to_ink(ink)`. `ink` has shape `(H, W)`: 1 where there is ink, 0 where there is paper, and at least one pixel is ink.
Return the smallest box that holds all of it: the rows from the first to the last with ink, and of these the columns from the first to the
last with ink. Paper *between* inked rows or columns stays.
""",
        starter="""
def crop_to_ink(ink):
    ...
""",
        hints=[
            "First ask of every row whether it has any ink. Which of those rows is the first, which the last?",
            "`np.flatnonzero(ink.any(axis=1))` lists the rows with ink, in order; with `axis=0` it lists the columns.",
            "With `rows` and `columns` found so, a slice from `rows[0]` to `rows[-1] + 1`, and the same for the columns, cuts the box out.",
        ],
        solution="""
def crop_to_ink(ink):
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
""",
        cases=drawings,
        oracle=crop_by_hand,
        wrong=[
            (
                "ink[ink.any(axis=1)][:, ink.any(axis=0)]",
                "That throws out paper between inked rows or columns too: only what lies outside the first and the last goes.",
            ),
            (
                "def crop_to_ink(ink):\n    r, c = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))\n"
                "    return ink[r[0] : r[-1], c[0] : c[-1]]",
                "The last row and the last column with ink are missing: a slice ends before its second number.",
            ),
            (
                "def crop_to_ink(ink):\n    r, c = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))\n"
                "    return ink[r[0] : r[-1] + 1, c[0] : c[-1] + 1]",
                "Rows and columns are swapped: any(axis=1) looks along a row and says whether that row has ink.",
            ),
            (
                "def crop_to_ink(ink):\n    r = np.flatnonzero(ink.any(axis=1))\n    return ink[r[0] : r[-1] + 1]",
                "The empty columns on the left and on the right are still there.",
            ),
            (
                "def crop_to_ink(ink):\n    c = np.flatnonzero(ink.any(axis=0))\n    return ink[:, c[0] : c[-1] + 1]",
                "The empty rows above and below are still there.",
            ),
            (
                "def crop_to_ink(ink):\n    r, c = np.nonzero(ink)\n    return ink[r[0] : r[-1] + 1, c[0] : c[-1] + 1]",
                "Where the pixels are listed row by row, their columns are in no order: take the least and the largest column.",
            ),
        ],
    ),
    Exercise(
        id="block_counts",
        title="counting in blocks",
        statement="""
Write `block_counts(image, size)`. `image` has shape `(H, W)` and holds 0 and 1; `size` divides both H and W. Cut the image into blocks of
`size` by `size` pixels and return how many ones each block has, as an array of shape `(H // size, W // size)`. From 32 by 32 pixels
and size 4 come the 8 by 8 counts that the book's digits are made of.
""",
        starter="""
def block_counts(image, size):
    ...
""",
        hints=[
            "The count in row i and column j belongs to the pixels from row `i * size` on and from column `j * size` on. Two loops do it.",
            "Without loops: `image.reshape(H // size, size, W // size, size)` has four axes. Which two of them run *inside* a block?",
            "Axes 1 and 3 run inside a block: sum over both, `.sum(axis=(1, 3))`.",
        ],
        solution="""
def block_counts(image, size):
    height, width = image.shape
    blocks = image.reshape(height // size, size, width // size, size)
    return blocks.sum(axis=(1, 3))
""",
        cases=block_cases,
        oracle=blocks_by_hand,
        wrong=[
            (
                "def block_counts(image, size):\n    H, W = image.shape\n    return image.reshape(H // size, size, W // size, size).mean(axis=(1, 3))",
                "That is the share of each block that is ink: count the ones, which is size² times as much.",
            ),
            (
                "def block_counts(image, size):\n    H, W = image.shape\n    return image.reshape(H // size, W // size, size * size).sum(axis=2)",
                "Those are not blocks: `size * size` pixels that follow each other in one row were counted together, not a square of them.",
            ),
            (
                "def block_counts(image, size):\n    H, W = image.shape\n    return image.reshape(H // size, size, W // size, size).sum(axis=(0, 2))",
                "That adds up pixels of different blocks: sum over the axes that run inside one, 1 and 3.",
            ),
            (
                "def block_counts(image, size):\n    H, W = image.shape\n    return image.reshape(H // size, size, W // size, size).max(axis=(1, 3))",
                "That says whether a block has any ink at all: count its ones.",
            ),
            (
                "image[::size, ::size]",
                "That takes one pixel of each block and forgets the others: count all of them.",
            ),
            (
                "def block_counts(image, size):\n    H, W = image.shape\n    return image.reshape(H // size, size, W // size, size).sum(axis=(1, 3)).T",
                "Rows and columns are swapped: the first index of the counts goes down the image, as the first index of the pixels does.",
            ),
        ],
    ),
    Exercise(
        id="confusion",
        title="a confusion matrix",
        statement="""
Write `confusion(labels, predictions, K)`. `labels` and `predictions` have shape `(N,)` and hold integers 0..K-1.
Return the array of shape `(K, K)` whose entry in row `i` and column `j` counts the examples of class `i` that were taken for class `j`.
""",
        starter="""
def confusion(labels, predictions, K):
    ...
""",
        hints=[
            "Start from a K × K array of zeros. Every example adds 1 to one entry; to which?",
            "Loop over both arrays together: `for i, j in zip(labels, predictions)`.",
            "`counts = np.zeros((K, K), int)`, then `counts[i, j] += 1` for every pair, and return `counts`.",
        ],
        solution="""
def confusion(labels, predictions, K):
    counts = np.zeros((K, K), int)
    for i, j in zip(labels, predictions):
        counts[i, j] += 1
    return counts
""",
        cases=label_pairs,
        oracle=count_by_hand,
        wrong=[
            (
                "def confusion(labels, predictions, K):\n    c = np.zeros((K, K), int)\n    for i, j in zip(labels, predictions):\n        c[j, i] += 1\n    return c",
                "Rows and columns are swapped: the row is the right class, the column what it was taken for.",
            ),
            (
                "def confusion(labels, predictions, K):\n    c = np.zeros((K, K), int)\n    c[labels, predictions] += 1\n    return c",
                "A pair that comes many times was counted once: add 1 for each example, in a loop or with np.add.at.",
            ),
            (
                "def confusion(labels, predictions, K):\n    c = np.zeros((K, K), int)\n    for i, j in zip(labels, predictions):\n"
                "        if i != j:\n            c[i, j] += 1\n    return c",
                "The right answers are missing: they are counted on the diagonal.",
            ),
            (
                "def confusion(labels, predictions, K):\n    c = np.zeros((K, K))\n    for i, j in zip(labels, predictions):\n        c[i, j] += 1 / len(labels)\n    return c",
                "Those are shares of all examples: return the counts.",
            ),
        ],
    ),
    Exercise(
        id="repair_1",
        title="network 1",
        statement="""
This is how network 1 takes a step. Find the bug and repair it: return `(W, b)` after one step of gradient descent.
""",
        starter="""
def repair_1(W, b, dW, db, learning_rate):
    W = W + learning_rate * dW
    b = b + learning_rate * db
    return W, b
""",
        hints=[
            "The loss climbs, faster and faster, from the first step on. So the steps are not random; they are good steps, taken the wrong way.",
            "The gradient points to where the loss rises fastest. In which direction do you walk?",
            "Against it: `W - learning_rate * dW`. There are two lines to repair.",
        ],
        solution="""
def repair_1(W, b, dW, db, learning_rate):
    W = W - learning_rate * dW
    b = b - learning_rate * db
    return W, b
""",
        cases=step_cases,
        oracle=lambda W, b, dW, db, learning_rate: (W + (-learning_rate) * dW, b + (-learning_rate) * db),
        returns=("W", "b"),
        wrong=[
            (
                "(W - learning_rate * dW, b + learning_rate * db)",
                "The weights now go downhill, but the biases still climb.",
            ),
            (
                "(W + learning_rate * dW, b - learning_rate * db)",
                "The biases now go downhill, but the weights still climb.",
            ),
            (
                "(W + 0.01 * learning_rate * dW, b + 0.01 * learning_rate * db)",
                "A smaller step uphill is still uphill: it is the direction that is wrong.",
            ),
            ("(W - dW, b - db)", "The direction is right now, but the learning rate is gone."),
            (
                "(W - learning_rate * np.abs(dW), b - learning_rate * np.abs(db))",
                "Every parameter would only ever shrink: the sign of the gradient must stay.",
            ),
        ],
    ),
    Exercise(
        id="repair_2",
        title="network 2",
        statement="""
This is how network 2 cuts its examples into mini-batches, once an epoch. Find the bug and repair it: return a list of pairs
`(X_batch, y_batch)` that together use every example once, in a random order, at most `batch_size` at a time.
""",
        starter="""
def repair_2(X, y, batch_size, rng):
    X = X[rng.permutation(len(X))]
    batches = []
    for start in range(0, len(X), batch_size):
        rows = slice(start, start + batch_size)
        batches.append((X[rows], y[rows]))
    return batches
""",
        hints=[
            "The network learns nothing, not even the training set, as if labels had nothing to do with images. Look at one batch: do they?",
            "`X` gets a new order. Does `y` get the same one?",
            "Draw the order once, `order = rng.permutation(len(X))`, and use it twice: `X, y = X[order], y[order]`.",
        ],
        solution="""
def repair_2(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    batches = []
    for start in range(0, len(X), batch_size):
        rows = slice(start, start + batch_size)
        batches.append((X[rows], y[rows]))
    return batches
""",
        cases=shuffle_cases,
        oracle=lambda X, y, batch_size, rng: [
            (X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)
        ],
        verify=belong_together,
        across=really_shuffled,
        wrong=[
            (
                "[(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]",
                "Images and labels belong together now, but the order is the same in every epoch: shuffle both with one permutation.",
            ),
            (
                "def repair_2(X, y, batch_size, rng):\n    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(X))]\n"
                "    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]",
                "Two draws give two different orders: draw one order and use it for both.",
            ),
            (
                "def repair_2(X, y, batch_size, rng):\n    o = rng.permutation(len(X))\n    X, y = X[o], y[o]\n"
                "    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X) - batch_size + 1, batch_size)]",
                "The examples that do not fill a whole batch are lost: the last batch may be smaller.",
            ),
        ],
    ),
    Exercise(
        id="repair_3",
        title="network 3",
        statement="""
This is network 3's forward pass. What it returns goes to `SoftmaxCrossEntropy` as logits. Find the bug and repair it.
""",
        starter="""
def repair_3(X, W1, b1, W2, b2):
    hidden = relu(X @ W1 + b1)
    scores = hidden @ W2 + b2
    return softmax(scores)
""",
        hints=[
            "It learns, slowly, and its loss never gets below 1.46. How low can the loss be for logits between 0 and 1?",
            "What does `SoftmaxCrossEntropy` do first with what it is given?",
            "It takes a softmax. So do not take one here: return the scores themselves.",
        ],
        setup="from nnlib import relu, softmax",
        solution="""
def repair_3(X, W1, b1, W2, b2):
    hidden = relu(X @ W1 + b1)
    scores = hidden @ W2 + b2
    return scores
""",
        cases=forward_cases,
        oracle=output_by_hand,
        verify=same_probabilities,
        wrong=[
            (
                "softmax(relu(X @ W1 + b1) @ W2 + b2) * 10",
                "A stretched softmax is still a softmax: the loss takes its own, and needs the scores.",
            ),
            (
                "relu(X @ W1 + b1) @ W2",
                "The softmax is gone, but so is the bias of the output layer.",
            ),
            (
                "relu(relu(X @ W1 + b1) @ W2 + b2)",
                "An output ReLU cuts every negative score to 0: the output layer has no activation here.",
            ),
            (
                "(X @ W1 + b1) @ W2 + b2",
                "The softmax is gone, but so is the ReLU of the hidden layer: without it two layers are one.",
            ),
            (
                "relu(X @ W1 + b1)",
                "Those are the hidden activations: the output layer is missing.",
            ),
        ],
    ),
    Exercise(
        id="repair_4",
        title="network 4",
        statement="""
This is how each layer of network 4 starts. Find the bug and repair it: return `(W, b)` with shapes `(fan_in, fan_out)` and `(fan_out,)`.
""",
        starter="""
def repair_4(fan_in, fan_out, rng):
    column = rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, 1))
    W = np.repeat(column, fan_out, axis=1)
    b = np.zeros(fan_out)
    return W, b
""",
        hints=[
            "Look at the pictures of its hidden weights. What do you notice after any number of epochs?",
            "Every neuron is a copy of the first. The numbers are random, but how many of them are drawn?",
            "Draw the whole matrix: `rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))`.",
        ],
        solution="""
def repair_4(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
    b = np.zeros(fan_out)
    return W, b
""",
        cases=start_cases,
        oracle=lambda fan_in, fan_out, rng: (np.zeros((fan_in, fan_out)), np.zeros(fan_out)),
        verify=start_breaks_symmetry,
        across=seeded(1),
        returns=("W", "b"),
        wrong=[
            (
                "(rng.normal(size=(fan_in, fan_out)), np.zeros(fan_out))",
                "Every neuron has its own weights now, but they are too large: scale them with the fan-in.",
            ),
            (
                "(np.repeat(rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, 1)), fan_out, axis=1), 0.1 * rng.normal(size=fan_out))",
                "Different biases do part the neurons, but all of them start out facing the image in the same way.",
            ),
            (
                "(np.zeros((fan_in, fan_out)), np.zeros(fan_out))",
                "All zeros is the same bug in its purest form: neurons that start alike stay alike.",
            ),
            (
                "(np.repeat(rng.normal(0, np.sqrt(2 / fan_in), size=(1, fan_out)), fan_in, axis=0), np.zeros(fan_out))",
                "Now each neuron gives one weight to all its inputs, so all of them only see the mean pixel: draw the whole matrix.",
            ),
            (
                "(np.random.default_rng(0).normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out)), np.zeros(fan_out))",
                "The weights come from a generator of its own: draw them from rng, so that another seed gives another start.",
            ),
            (
                "(rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out)), np.ones(fan_out))",
                "The weights are right; biases start at 0.",
            ),
        ],
    ),
    Exercise(
        id="repair_5",
        title="network 5",
        statement="""
This is network 5's backward pass from the loss to the logits. The loss is the **mean** cross-entropy over the batch. Find the bug
and repair it: return $\\partial L / \\partial\\,\\text{logits}$, shape `(N, K)`.
""",
        starter="""
def repair_5(logits, labels):
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient
""",
        hints=[
            "The first few steps throw the weights so far that every hidden ReLU dies. The learning rate is that of network 0. What else sets the size of a step?",
            "This is the gradient of the sum of the losses. What was the loss again?",
            "A mean over N examples: divide by `len(labels)`.",
        ],
        setup="from nnlib import softmax",
        solution="""
def repair_5(logits, labels):
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)
""",
        cases=logit_cases,
        oracle=gradient_by_hand,
        wrong=[
            (
                "def repair_5(logits, labels):\n    g = softmax(logits)\n    g[np.arange(len(labels)), labels] -= 1\n    return g / g.size",
                "The loss is a mean over the N rows, not over all N × K entries: divide by the number of labels.",
            ),
            (
                "def repair_5(logits, labels):\n    g = softmax(logits)\n    g[np.arange(len(labels)), labels] -= 1\n    return g / 32",
                "That is right for a batch of 32 only: divide by the number of labels.",
            ),
            (
                "def repair_5(logits, labels):\n    g = softmax(logits)\n    g[np.arange(len(labels)), labels] -= 1\n    return -g / len(labels)",
                "The size is right now, but the sign is turned.",
            ),
            (
                "softmax(logits) / len(labels)",
                "The size is right now, but the right class lost its -1.",
            ),
            (
                "def repair_5(logits, labels):\n    g = softmax(logits)\n    g[:, labels] -= 1\n    return g / len(labels)",
                "`gradient[:, labels]` touches every row for every label: row n has its own label only.",
            ),
        ],
    ),
]
