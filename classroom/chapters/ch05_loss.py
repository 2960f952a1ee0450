"""Exercises of chapter 5: one number for how wrong a network is."""

import math

import numpy as np

from ..exercises.registry import Exercise
from .cases import pair_cases


def mse_by_hand(y_pred, y):
    squares = [(float(p) - float(t)) ** 2 for p, t in zip(np.ravel(y_pred), np.ravel(y), strict=True)]
    return math.fsum(squares) / len(squares)


def bce_cases(rng):
    yield np.array([0.8, 0.3, 0.6]), np.array([1.0, 0.0, 0.0])
    yield np.array([0.8]), np.array([1.0])
    yield np.array([0.8]), np.array([0.0])
    yield np.array([0.9, 0.2]), np.array([1.0, 0.0])
    yield np.array([0.9, 0.2, 0.6]), np.array([0.0, 1.0, 1.0])
    for n in (5, 8):
        yield rng.uniform(0.02, 0.98, size=n), rng.integers(0, 2, size=n).astype(float)
    yield np.array([0.0]), np.array([1.0])  # the loss is -log(eps): an eps out of bounds can be told
    yield np.array([1.0]), np.array([0.0])
    yield np.array([0.99, 0.001]), np.array([1.0, 1.0])
    yield np.array([1.0, 0.0]), np.array([1.0, 0.0])
    yield np.array([1.0, 0.0, 0.5, 0.0]), np.array([0.0, 1.0, 1.0, 0.0])


def bce_between(result, p, y):
    """The mean of -log(p of what was right); where that p is 0, -log(eps) with any eps between 1e-15 and 1e-7."""
    right = [float(a) if t == 1 else 1 - float(a) for a, t in zip(p, y, strict=True)]
    sums = {
        eps: math.fsum(-math.log(min(max(q, eps), 1 - eps)) for q in right) / len(right) for eps in (1e-7, 1e-15)
    }
    low, high = min(sums.values()), max(sums.values())
    slack = 0.02 if high - low > 0.1 else 1e-4  # float32 rounds 1 - 1e-7
    if low - slack * (0.1 + low) <= result <= high + slack * (0.1 + high):
        return None
    if not math.isfinite(result):
        return f"It should be finite; it is {result}."
    if len(p) == 1 and right == [0.0] and result > 0:
        return f"p is limited to about {math.exp(-result):.2g} here: eps should lie between 1e-15 and 1e-7."
    wanted = f"{low:.6g}" if high - low < 1e-3 else f"between {low:.4g} and {high:.4g}, depending on eps"
    return f"expected {wanted}, got {result:.6g}."


def softmax_cases(rng):
    yield (np.array([[1.0, 2.0]]),)
    yield (np.array([[0.0, 0.0]]),)
    yield (np.array([[1.0, 2.0], [3.0, 0.0]]),)
    yield (np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 0.5]]),)
    for shape in [(4, 3), (3, 5), (1, 4), (3, 3), (4, 1)]:
        yield (rng.normal(size=shape) * 2,)
    yield (np.array([[1000.0, 999.0]]),)
    yield (np.array([[-1000.0, -1001.0]]),)
    yield (np.array([[1000.0, -1000.0, -1000.0, -1000.0, -1000.0]]),)
    yield (np.array([[1000.0, 999.0, -1000.0], [-1000.0, -1001.0, -999.0], [0.0, 1.0, 2.0]]),)


def softmax_row(row):
    """By pairwise differences, which need no shift: 1 / sum(exp(z_j - z_i))."""
    return [1 / math.fsum(math.exp(min(b - a, 700.0)) for b in row) for a in row]


def softmax_by_hand(Z):
    return np.array([softmax_row([float(z) for z in row]) for row in Z])


def cross_entropy_cases(rng):
    yield np.array([[1.0, 3.0, 0.5], [2.0, -1.0, 0.0]]), np.array([2, 1])
    yield np.array([[1.0, 3.0]]), np.array([0])
    yield np.array([[0.0, 0.0]]), np.array([0])
    yield np.array([[1.0, 3.0], [2.0, -1.0]]), np.array([0, 0])
    for N, K in [(4, 3), (3, 5), (6, 2), (3, 3), (1, 4)]:
        yield rng.normal(size=(N, K)) * 2, rng.integers(0, K, size=N)
    yield np.array([[1000.0, 999.0]]), np.array([0])
    yield np.array([[1000.0, -1000.0], [-1000.0, 1000.0]]), np.array([1, 1])
    yield np.array([[-1000.0, -1001.0, -1000.0], [1000.0, 0.0, 500.0]]), np.array([1, 2])


def cross_entropy_by_hand(logits, labels):
    losses = []
    for row, label in zip(logits, labels, strict=True):
        gaps = sorted(float(z) - float(row[label]) for z in row)
        largest = gaps[-1]
        losses.append(largest + math.log(math.fsum(math.exp(gap - largest) for gap in gaps)))
    return math.fsum(losses) / len(losses)


def nll_cases(rng):
    sizes = [2.0, 0.5, 3.0, 1.5, 0.7, 2.0, 0.3, 1.2, 4.0, 0.8]
    for (prediction, y), s in zip(pair_cases(rng), sizes, strict=True):
        yield prediction, y, s
    yield np.array([0.0]), np.array([50.0]), 1.0  # the bell's height there is 0 for a float
    yield rng.normal(size=1500), rng.normal(size=1500), 2.5  # and so is the product of 1,500 heights


def nll_by_hand(y_pred, y, s):
    height = 1 / (s * math.sqrt(2 * math.pi))  # of the bell, in its middle
    gaps = [(float(t) - float(p)) / s for p, t in zip(np.ravel(y_pred), np.ravel(y), strict=True)]
    return math.fsum(gap * gap for gap in gaps) / (2 * len(gaps)) - math.log(height)


def calibration_cases(rng):
    yield np.array([0.92, 0.96, 0.45, 0.55]), np.array([True, False, True, True]), 5
    yield np.array([0.85, 0.65]), np.array([False, True]), 10
    yield np.array([0.7, 0.9, 0.95]), np.array([True, False, True]), 1
    yield np.array([1.0, 0.8]), np.array([False, True]), 4
    yield np.array([1.0]), np.array([True]), 10
    for N, bins in [(7, 3), (30, 10), (200, 10), (60, 15)]:
        confidence = rng.uniform(0.15, 0.999, N)
        yield confidence, rng.uniform(size=N) < confidence**2, bins


def calibration_by_hand(confidence, right, bins):
    heaps = {}
    for c, hit in zip(confidence, right, strict=True):
        heaps.setdefault(min(int(c * bins), bins - 1), []).append(float(c) - float(hit))
    return math.fsum(abs(math.fsum(heap)) for heap in heaps.values()) / len(confidence)


def temperature_cases(rng):
    candidates = np.array([4.0, 0.5, 2.0, 1.0, 0.25, 8.0])
    yield np.array([[3.0, 0.0], [0.0, 3.0], [3.0, 0.0]]), np.array([0, 1, 1]), candidates
    yield np.array([[0.2, 0.0], [0.0, 0.2]]), np.array([0, 1]), np.array([2.0, 1.0, 0.5])
    yield np.array([[4.0, 1.0, 0.0]]), np.array([2]), np.array([1.0, 3.0, 2.0])
    for N, K, scale in [(40, 3, 0.3), (60, 4, 1.0), (60, 3, 2.5), (90, 10, 5.0)]:
        logits = rng.normal(size=(N, K)) * 2
        labels = np.argmax(logits + rng.gumbel(size=(N, K)), axis=1)  # calibrated, until it is scaled
        yield logits * scale, labels, rng.permutation(candidates)


def temperature_by_hand(logits, labels, candidates):
    return min(map(float, candidates), key=lambda T: cross_entropy_by_hand(logits / T, labels))


STABLE = "e = np.exp(logits - logits.max(axis=1, keepdims=True))"
CLIP = "`np.clip(p, 1e-12, 1 - 1e-12)`"

def share_cases(rng):
    for share in (0.75, 0.5, 0.3, 0.1, 0.99, 0.001, rng.uniform(0.05, 0.95)):
        yield (share,)


def accuracy_cases(rng):
    yield np.array([[1.0, 2.0], [3.0, 0.5]]), np.array([1, 1])
    yield np.array([[0.1, 0.2, 0.9], [5.0, 1.0, 2.0], [-1.0, -3.0, -2.0]]), np.array([2, 0, 1])
    yield np.array([[-2.0, -1.0]]), np.array([1])
    for n, k in [(7, 3), (20, 4)]:
        labels = rng.integers(0, k, n)
        yield rng.normal(size=(n, k)) + 1.5 * np.eye(k)[labels], labels


def loop(step, place="np.minimum((confidence * bins).astype(int), bins - 1)", parts="np.unique(place)"):
    """An answer to `expected_calibration_error` that goes through the parts and takes `step` in each."""
    return (
        f"def expected_calibration_error(confidence, right, bins):\n    place = {place}\n    total = 0.0\n"
        f"    for k in {parts}:\n        here = place == k\n"
        f"        gap = np.mean(confidence[here]) - np.mean(right[here])\n        {step}\n    return total"
    )


def over(z, result):
    """An answer to `best_temperature` that takes the cross-entropy of `z` for every T and returns `result`."""
    return (
        "def best_temperature(logits, labels, candidates):\n    losses = []\n    for T in candidates:\n"
        f"        z = {z}\n        own = z[np.arange(len(labels)), labels]\n"
        f"        losses.append(np.mean(np.log(np.exp(z).sum(axis=1)) - own))\n    return {result}"
    )


EXERCISES = [
    Exercise(
        id="mse",
        title="mean squared error",
        statement="""
Write `mse(y_pred, y)`. Both have the same shape `(N,)` or `(N, M)`. Return one number: the mean over **all** entries of
`(y_pred - y)**2` (no factor 1/2).
""",
        starter="""
def mse(y_pred, y):
    ...
""",
        hints=[
            "Three steps, and the name lists them from the last to the first: error, squared, mean.",
            "`(y_pred - y)**2` squares entry by entry. What makes one number of an array of any shape?",
            "`np.mean(...)` without an axis averages over all entries, in one or two dimensions.",
        ],
        solution="""
def mse(y_pred, y):
    return np.mean((y_pred - y) ** 2)
""",
        cases=pair_cases,
        oracle=mse_by_hand,
        wrong=[
            ("np.sum((y_pred - y)**2)", "That is the sum: divide by the number of entries."),
            ("0.5 * np.mean((y_pred - y)**2)", "There is no factor 1/2 here."),
            ("np.mean(np.abs(y_pred - y))", "That is the mean absolute error: square the differences."),
            ("np.mean(y_pred - y)", "Without the square, errors of opposite sign cancel."),
            ("np.mean(y_pred - y)**2", "Square first, then take the mean: the other order lets errors cancel."),
            ("np.sqrt(np.mean((y_pred - y)**2))", "That is the root of the mean squared error: leave the root out."),
            ("np.mean((y_pred + y)**2)", "The error is the difference, not the sum."),
            ("np.sum((y_pred - y)**2) / len(y)", "len(y) counts the rows only: divide by the number of all entries, y.size."),
            ("np.mean((y_pred - y)**2, axis=0)", "That leaves one number per column: average over all entries."),
            ("np.mean(y_pred**2 - y**2)", "The square of a difference is not the difference of the squares."),
            ("np.mean((y_pred - y)**2) * 2", "That is twice the mean: nothing stands before it."),
            ("np.max((y_pred - y)**2)", "That is the largest squared error: take their mean."),
            ("np.sum((y_pred - y)**2) / 2", "That is half the sum: divide by the number of entries."),
            ("(y_pred - y)**2", "Those are the squared errors one by one: take their mean."),
        ],
    ),
    Exercise(
        id="binary_cross_entropy",
        title="binary cross-entropy",
        statement="""
Write `binary_cross_entropy(p, y)`. `p` holds probabilities in $[0, 1]$, `y` holds 0 or 1, both of shape `(N,)`.
Return the mean of `-(y*log(p) + (1-y)*log(1-p))`, a number. It must be finite when some `p` is exactly 0 or 1
(limit `p` to $[\\varepsilon, 1-\\varepsilon]$ with an $\\varepsilon$ between 1e-15 and 1e-7).
""",
        starter="""
def binary_cross_entropy(p, y):
    ...
""",
        hints=[
            "The formula is given; what needs thought is log(0). Which entries of p cause it?",
            "Before the logarithm, push p away from 0 and 1 by a tiny amount: `np.clip(p, low, high)`.",
            "`p = np.clip(p, 1e-12, 1 - 1e-12)`, then the formula as it stands, with `np.log` and `np.mean`.",
        ],
        solution="""
def binary_cross_entropy(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
""",
        cases=bce_cases,
        oracle=lambda p, y: 1.0,
        verify=bce_between,
        wrong=[
            (
                "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
                f"log(0) is -inf, and 0 * -inf is nan: limit p first, {CLIP}.",
            ),
            (
                "np.nan_to_num(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))",
                "Replacing nan afterwards hides the loss: limit p before the logarithm.",
            ),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n"
                "    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
                "The minus sign is missing: log of a probability is negative, a loss is not.",
            ),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n"
                "    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))",
                "That is the sum over the examples: take the mean.",
            ),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n    return -np.mean(y * np.log(p))",
                "The examples with y = 0 are left out: they add log(1 - p).",
            ),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n"
                "    return -np.mean((1 - y) * np.log(p) + y * np.log(1 - p))",
                "y and 1 - y are swapped: log(p) counts where y is 1.",
            ),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n"
                "    return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))",
                "That logarithm has base 2: use the natural one, np.log.",
            ),
            *(
                (
                    f"def binary_cross_entropy(p, y):\n    p = np.clip(p, {eps}, 1 - {eps})\n"
                    "    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
                    "The limit is too wide, it changes ordinary probabilities: use an eps between 1e-15 and 1e-7.",
                )
                for eps in (0.01, 0.02, 0.05, 0.1)
            ),
            ("np.mean((p - y)**2)", "That is the squared error: cross-entropy uses the logarithm."),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n    return -(y * np.log(p) + (1 - y) * np.log(1 - p))",
                "That is one loss per example: take their mean.",
            ),
            (
                "def binary_cross_entropy(p, y):\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n    return -np.mean(y * np.log(p) - (1 - y) * np.log(1 - p))",
                "The two terms are added: y * log(p) + (1 - y) * log(1 - p).",
            ),
            ("-np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))", f"log(0) is -inf: limit p first, {CLIP}."),
            (
                "def binary_cross_entropy(p, y):\n    p = 1 / (1 + np.exp(-p))\n    p = np.clip(p, 1e-12, 1 - 1e-12)\n    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
                "p holds probabilities already: no sigmoid is needed.",
            ),
        ],
    ),
    Exercise(
        id="base_rate_bias",
        title="the bias that says what is usual",
        statement="""
A share of `share` of all targets is yes, with `0 < share < 1`. Write `base_rate_bias(share)`: the bias $b$ for which a
sigmoid neuron without weights answers with just that probability, $\\sigma(b) =$ `share`.
""",
        starter="""
def base_rate_bias(share):
    ...
""",
        hints=[
            "You need the sigmoid backwards: which $b$ gives $1 / (1 + e^{-b}) = p$?",
            "Turn both sides over: $1 + e^{-b} = 1 / p$, so $e^{-b} = (1 - p) / p$.",
            "Take logarithms: $b = \\log(p / (1 - p))$, with `np.log`.",
        ],
        solution="""
def base_rate_bias(share):
    return np.log(share / (1 - share))
""",
        cases=share_cases,
        oracle=lambda share: 2 * math.atanh(2 * share - 1),
        wrong=[
            ("np.log((1 - share) / share)", "The sign is turned: a share above ½ needs a bias above 0."),
            ("share", "That is the probability: the sigmoid comes in between, so undo it."),
            ("np.log(share)", "That leaves out the 1 - share: divide by it before you take the logarithm."),
            ("1 / (1 + np.exp(-share))", "That is the sigmoid itself: here its result is given and its input wanted."),
            ("share / (1 - share)", "Those are the odds: the bias is their logarithm."),
            ("np.log(share / 1 - share)", "Brackets: share / (1 - share)."),
            ("np.log(share - 1 / share)", "The odds are share / (1 - share)."),
        ],
    ),
    Exercise(
        id="softmax",
        title="softmax",
        statement="""
Write `softmax(Z)` for an array `Z` of shape `(N, K)`: each **row** becomes `exp(z) / sum(exp(z))`.
Entries may be as large as 1000 in size; no nan may appear. Do not change `Z` itself.
""",
        starter="""
def softmax(Z):
    ...
""",
        hints=[
            "Adding the same number to every entry of a row does not change its softmax. Which number makes exp harmless?",
            "Subtract the row's largest entry: then the largest exponent is exp(0) = 1. `axis=1, keepdims=True` works by rows.",
            "`e = np.exp(Z - Z.max(axis=1, keepdims=True))`; divide e by its own row sums, again with `keepdims=True`.",
        ],
        solution="""
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
        cases=softmax_cases,
        oracle=softmax_by_hand,
        unchanged=True,
        wrong=[
            ("np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)", "exp(1000) is inf: subtract each row's maximum first."),
            ("np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True)", "The maximum of the whole array does not help a row of small numbers: take each row's own."),
            ("np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)", "axis=0 works on columns: each row should add up to 1."),
            ("np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum()", "The whole array adds up to 1: each row should."),
            ("np.exp(Z - Z.max(axis=1, keepdims=True))", "The rows do not add up to 1 yet: divide by the row sums."),
            ("Z / Z.sum(axis=1, keepdims=True)", "The exponential is missing: negative entries would give negative probabilities."),
            ("1 / (1 + np.exp(-Z))", "That is the sigmoid of each entry: softmax makes each row add up to 1."),
            ("np.log(np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))", "That is the logarithm of the softmax."),
            (
                "def softmax(Z):\n    e = np.exp(Z - Z.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1)",
                "Without keepdims=True the row sums are laid along the columns.",
            ),
            ("np.exp(Z) / np.exp(Z).sum(axis=1)", "Without keepdims=True the row sums are laid along the columns."),
            (
                "def softmax(Z):\n    e = np.exp(Z - Z.max(axis=1))\n    return e / e.sum(axis=1, keepdims=True)",
                "Without keepdims=True the maxima are laid along the columns.",
            ),
            (
                "def softmax(Z):\n    e = np.exp(Z - Z.max(axis=1))\n    return e / e.sum(axis=1)",
                "Without keepdims=True the maxima and the row sums are laid along the columns.",
            ),
            (
                "def softmax(Z):\n    Z -= Z.max(axis=1, keepdims=True)\n    e = np.exp(Z)\n"
                "    return e / e.sum(axis=1, keepdims=True)",
                "`Z -= ...` writes into the array it was given: `Z = Z - ...` makes a new one.",
            ),
            (
                "np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z - Z.max(axis=1, keepdims=True)).sum()",
                "The whole array adds up to 1: each row should.",
            ),
            (
                "(Z == Z.max(axis=1, keepdims=True)) * 1.0",
                "That marks the largest entry only: softmax gives every entry a share.",
            ),
            (
                "np.exp(-Z + Z.min(axis=1, keepdims=True)) / np.exp(-Z + Z.min(axis=1, keepdims=True)).sum(axis=1, keepdims=True)",
                "The sign in the exponent is turned: the largest entry should get the largest share.",
            ),
        ],
    ),
    Exercise(
        id="cross_entropy",
        title="cross-entropy from logits",
        statement="""
Write `cross_entropy(logits, labels)`. `logits` has shape `(N, K)`, `labels` has shape `(N,)` with integers 0..K-1.
Return the mean over the N rows of `-log(softmax(row)[label])`, a number. Logits may be as large as 1000 in size.
""",
        starter="""
def cross_entropy(logits, labels):
    ...
""",
        hints=[
            "Take the logarithm on paper first: log of a quotient is a difference, and log(exp(z)) is z.",
            "-log(softmax(z)[label]) = log(sum(exp(z))) - z[label]. Subtract the row's maximum from z before exp.",
            "`z = logits - logits.max(axis=1, keepdims=True)`; then `np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]`, "
            "and the mean of that.",
        ],
        solution="""
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(z).sum(axis=1))
    return np.mean(log_sums - z[np.arange(len(labels)), labels])
""",
        cases=cross_entropy_cases,
        oracle=cross_entropy_by_hand,
        wrong=[
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels]))",
                "The softmax is rounded to 0 for a hopeless label, and log(0) is -inf: take the logarithm before exp, on paper.",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-12))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                "def cross_entropy(logits, labels):\n    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels]))",
                "exp(1000) is inf: subtract each row's maximum first.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n"
                "    return np.sum(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])",
                "That is the sum over the rows: take the mean.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n"
                "    return np.mean(z[np.arange(len(labels)), labels] - np.log(np.exp(z).sum(axis=1)))",
                "The sign is turned: the loss is the negative logarithm.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n"
                "    return np.mean(np.log(np.exp(z).sum(axis=1, keepdims=True)) - z[:, labels])",
                "z[:, labels] takes every label's column for every row: use z[np.arange(N), labels].",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n"
                "    return np.mean(np.log(np.exp(z).sum(axis=1, keepdims=True)) - z)",
                "That averages over all classes: only the label's entry of each row counts.",
            ),
            *(
                (
                    "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n"
                    f"    return np.mean(np.log(np.exp({summed}).sum(axis=1)) - {own}[np.arange(len(labels)), labels])",
                    "The row's maximum is taken away in one term and not in the other.",
                )
                for summed, own in (("z", "logits"), ("logits", "z"))
            ),
            *(
                (
                    f"def cross_entropy(logits, labels):\n    z = logits - {largest}\n"
                    "    return np.mean(np.log(np.exp(z).sum()) - z[np.arange(len(labels)), labels])",
                    "The whole array adds up to 1: each row should.",
                )
                for largest in ("logits.max()", "logits.max(axis=1, keepdims=True)")
            ),
            (
                "-np.mean(logits[np.arange(len(labels)), labels])",
                "That is the label's logit: the softmax, log(sum(exp(z))), is missing.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n"
                "    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]",
                "That is one loss per row: take their mean.",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-9))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-8))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-7))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-10))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-15))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(np.clip(p[np.arange(len(labels)), labels], 1e-12, 1)))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(np.clip(p[np.arange(len(labels)), labels], 1e-7, 1)))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                f"def cross_entropy(logits, labels):\n    {STABLE}\n    p = e / e.sum(axis=1, keepdims=True)\n"
                "    return -np.mean(np.log(np.clip(p[np.arange(len(labels)), labels], 1e-15, 1)))",
                "A small number inside the log caps the loss of a hopeless label: use log(sum(exp(z))) - z[label].",
            ),
            (
                "np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels])",
                "exp(1000) is inf: subtract each row's maximum first.",
            ),
            (
                "-np.mean(np.log(logits[np.arange(len(labels)), labels]))",
                "The logits are no probabilities: their softmax comes before the logarithm.",
            ),
            (
                "-np.mean(np.log(np.clip(logits[np.arange(len(labels)), labels], 1e-12, 1)))",
                "The logits are no probabilities: their softmax comes before the logarithm.",
            ),
            (
                "-np.mean(np.log(np.clip(logits[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))",
                "The logits are no probabilities: their softmax comes before the logarithm.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=0)\n    return np.mean((np.log(np.exp(z).sum(axis=0)) - z)[np.arange(len(labels)), labels])",
                "The softmax is taken over columns: each row is one example, axis=1.",
            ),
            (
                "def cross_entropy(logits, labels):\n    e = np.exp(logits - logits.max(axis=0))\n    p = e / e.sum(axis=0)\n    return -np.mean(np.log(p[np.arange(len(labels)), labels]))",
                "The softmax is taken over columns: each row is one example, axis=1.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))\n    return -np.mean(np.eye(labels.max() + 1)[labels] * log_p)",
                "A one-hot row needs logits.shape[1] columns: labels.max() + 1 may be fewer.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))\n    return -np.sum(np.eye(labels.max() + 1)[labels] * log_p) / len(labels)",
                "A one-hot row needs logits.shape[1] columns: labels.max() + 1 may be fewer.",
            ),
            (
                "def cross_entropy(logits, labels):\n    z = logits - logits.max(axis=1, keepdims=True)\n    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))\n    return -np.mean(np.eye(logits.shape[1])[labels] * log_p)",
                "np.mean divides by all N * K entries: the mean is over the N rows.",
            ),
        ],
    ),
    Exercise(
        id="gaussian_nll",
        title="minus the logarithm of a bell",
        statement="""
Write `gaussian_nll(y_pred, y, s)` (*nll*: negative log-likelihood): for every target the bell around its prediction has a height; return the mean of minus its
logarithm over **all** entries, one number. `y_pred` and `y` have the same shape `(N,)` or `(N, M)`; `s > 0` is one number.
A target may be so far off that the height itself is 0 for a float: take the logarithm on paper first.
""",
        starter="""
def gaussian_nll(y_pred, y, s):
    ...
""",
        hints=[
            "The height is a product of two factors, so its logarithm is a sum. Which of the two has an `exp` to be undone?",
            "Minus the logarithm of $e^{-\\text{something}}$ is the something itself. What is left is minus the logarithm of "
            "$1/(s\\sqrt{2\\pi})$, which is the logarithm of $s\\sqrt{2\\pi}$.",
            "`(y_pred - y)**2 / (2 * s**2)`, plus `np.log(s * np.sqrt(2 * np.pi))`; then `np.mean`.",
        ],
        solution="""
def gaussian_nll(y_pred, y, s):
    miss = (y_pred - y) ** 2 / (2 * s**2)
    return np.mean(miss) + np.log(s * np.sqrt(2 * np.pi))
""",
        cases=nll_cases,
        oracle=nll_by_hand,
        wrong=[
            (
                "np.mean((y_pred - y)**2 / (2 * s**2) + np.log(s))",
                "The √(2π) of the height is missing: its logarithm, ½ log(2π), is about 0.919.",
            ),
            (
                "np.mean((y_pred - y)**2 / (2 * s**2)) + 0.5 * np.log(2 * np.pi)",
                "A wide bell is a low one: the s under the fraction is missing, log(s).",
            ),
            (
                "np.mean((y_pred - y)**2 / (2 * s**2))",
                "That is what stands in the exponent: the fraction before it, 1/(s√(2π)), counts too.",
            ),
            (
                "np.mean((y_pred - y)**2 / (2 * s**2)) - np.log(s * np.sqrt(2 * np.pi))",
                "s√(2π) stands under the fraction: minus its logarithm, taken with minus again, is added.",
            ),
            (
                "np.mean((y_pred - y)**2 / (2 * s**2)) + 0.5 * np.log(2 * np.pi * s)",
                "Only 2π stands under the root: of s take the whole logarithm.",
            ),
            (
                "np.mean((y_pred - y)**2 / (2 * s)) + np.log(s * np.sqrt(2 * np.pi))",
                "In the exponent the square is divided by 2s²: s is squared, too.",
            ),
            (
                "np.mean((y_pred - y)**2 / s**2) + np.log(s * np.sqrt(2 * np.pi))",
                "In the exponent the square is divided by 2s²: the 2 is missing.",
            ),
            (
                "np.mean((y_pred - y)**2) / 2 * s**2 + np.log(s * np.sqrt(2 * np.pi))",
                "Brackets: `/ 2 * s**2` divides by 2 and then multiplies; you mean `/ (2 * s**2)`.",
            ),
            (
                "np.sum((y_pred - y)**2 / (2 * s**2) + np.log(s * np.sqrt(2 * np.pi)))",
                "That is the sum over the entries: take the mean.",
            ),
            (
                "-np.mean((y_pred - y)**2 / (2 * s**2)) - np.log(s * np.sqrt(2 * np.pi))",
                "The sign is turned: that is the logarithm itself, and a loss is minus that.",
            ),
            (
                "np.mean(np.abs(y_pred - y) / (2 * s**2)) + np.log(s * np.sqrt(2 * np.pi))",
                "The bell has the square of the difference in its exponent, not its length.",
            ),
            (
                "np.mean(np.exp(-(y_pred - y)**2 / (2 * s**2)) / (s * np.sqrt(2 * np.pi)))",
                "Those are the heights: take minus the logarithm of each before the mean.",
            ),
            (
                "-np.log(np.mean(np.exp(-(y_pred - y)**2 / (2 * s**2)) / (s * np.sqrt(2 * np.pi))))",
                "The logarithm comes first, entry by entry, and then the mean.",
            ),
            (
                "-np.log(np.prod(np.exp(-(y_pred - y)**2 / (2 * s**2)) / (s * np.sqrt(2 * np.pi)))) / y.size",
                "The product of many heights is 0 for a float: add up logarithms in place of multiplying.",
            ),
            (
                "-np.log(np.prod(np.exp(-(y_pred - y)**2 / (2 * s**2)) / (s * np.sqrt(2 * np.pi))))",
                "That is the sum over the entries, and its product is 0 for a float when they are many: take the mean of logarithms.",
            ),
            (
                "-np.mean(np.log(np.exp(-(y_pred - y)**2 / (2 * s**2)) / (s * np.sqrt(2 * np.pi))))",
                "Far from the prediction the height is 0 for a float: log and exp undo each other, so leave both out.",
            ),
        ],
    ),
    Exercise(
        id="chance_loss",
        title="what knowing nothing costs",
        statement="""
A network that knows nothing gives each of 4 classes the same probability. What is its cross-entropy? Put a number with
at least three decimals into `answer`, or let Python compute it.
""",
        starter="answer = ...",
        hints=[
            "What probability does the right class get, whichever it is?",
            "The loss is minus the logarithm of that probability.",
            "-np.log(1 / 4)",
        ],
        solution="answer = -np.log(1 / 4)",
        answer=1.3862943611,
        tolerance=1e-3,
        wrong=[
            (0.25, "That is the probability of the right class: the loss is minus its logarithm."),
            (0.75, "That is how often a guess is wrong: a cross-entropy is minus a logarithm."),
            (2.302585, "That is the loss for ten classes: here there are four."),
            (-1.3862943611, "The sign is turned: the logarithm of a probability is negative, and the loss is minus that."),
            (2.0, "That is the logarithm to base 2: the loss uses the natural logarithm, `np.log`."),
        ],
    ),
    Exercise(
        id="accuracy",
        title="accuracy",
        statement="""
Write `accuracy(logits, labels)`. `logits` has shape $(N, K)$, `labels` shape $(N,)$ with integers from 0 to $K - 1$.
Return the share of rows whose largest logit stands at the label.
""",
        starter="""
def accuracy(logits, labels):
    ...
""",
        hints=[
            "First find the place of the largest logit in each row.",
            "`np.argmax(logits, axis=1)` is that place for every row. Compare it with `labels`.",
            "The mean of True and False is the share of True: `np.mean(np.argmax(logits, axis=1) == labels)`.",
        ],
        solution="""
def accuracy(logits, labels):
    return np.mean(np.argmax(logits, axis=1) == labels)
""",
        cases=accuracy_cases,
        oracle=lambda logits, labels: sum(max(row) == row[k] for row, k in zip(logits, labels, strict=True)) / len(labels),
        wrong=[
            ("np.sum(np.argmax(logits, axis=1) == labels)", "That is how many are right: divide by how many there are."),
            ("np.mean(np.argmax(logits, axis=1) != labels)", "That is the share of wrong answers."),
            (
                "np.mean(np.max(logits, axis=1) == labels)",
                "np.max gives the largest logit itself: np.argmax says where it stands.",
            ),
            ("100 * np.mean(np.argmax(logits, axis=1) == labels)", "That is in percent: a share lies between 0 and 1."),
            (
                "np.mean(np.argmin(logits, axis=1) == labels)",
                "That takes the smallest logit: the network's answer is the largest.",
            ),
            (
                "np.mean(np.argmax(logits) == labels)",
                "np.argmax without axis=1 gives one place in the whole array: each row has its own.",
            ),
            (
                "np.mean(np.argmax(logits, axis=0) == labels)",
                "axis=0 looks down the columns: each row is one example, axis=1.",
            ),
            ("np.argmax(logits, axis=1) == labels", "That is True or False for each row: take their mean."),
        ],
    ),
    Exercise(
        id="expected_calibration_error",
        title="expected calibration error",
        statement="""
Write `expected_calibration_error(confidence, right, bins)`. `confidence` has shape `(N,)`, numbers above 0 and up to 1; `right`, of the same
shape, says `True` or `False` for each answer. Cut 0 to 1 into `bins` parts of equal width; a confidence of 1 belongs to the last. In each
part that has answers, the gap is the distance between their mean confidence and their share of right ones. Return the mean gap,
each part counting by how many answers it has.
""",
        starter="""
def expected_calibration_error(confidence, right, bins):
    ...
""",
        hints=[
            "First give each answer the number of its part: with ten parts, 0.37 belongs to part 3. What do you do with a 1?",
            "`place = np.minimum((confidence * bins).astype(int), bins - 1)`; then go through the parts with `here = place == k`, "
            "and pass over those without answers.",
            "In the loop, if `np.any(here)`: `gap = abs(np.mean(confidence[here]) - np.mean(right[here]))`, and add up `gap * np.mean(here)`.",
        ],
        solution="""
def expected_calibration_error(confidence, right, bins):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    total = 0.0
    for k in np.unique(place):
        here = place == k
        gap = np.mean(confidence[here]) - np.mean(right[here])
        total += np.abs(gap) * np.mean(here)
    return total
""",
        cases=calibration_cases,
        oracle=calibration_by_hand,
        wrong=[
            (
                "abs(np.mean(confidence) - np.mean(right))",
                "That is one gap for all answers: too sure here and too shy there cancel. Take the parts one by one.",
            ),
            (
                "np.mean(np.abs(confidence - right))",
                "A single answer is right or wrong, so its own gap says nothing: average within a part first.",
            ),
            (
                loop("total += gap * np.mean(here)"),
                "Without abs, parts that are too sure and parts that are too shy cancel.",
            ),
            (
                loop("total += abs(gap) / bins"),
                "Every part counts alike there: weight it by the share of answers that it has.",
            ),
            (
                loop("total += abs(gap) / len(np.unique(place))"),
                "Every part counts alike there: weight it by the share of answers that it has.",
            ),
            (loop("total += abs(gap) * np.sum(here)"), "Those weights are counts: divide by the number of answers."),
            (loop("total = max(total, abs(gap))"), "That is the largest gap: take the mean over all answers."),
            (loop("total += gap**2 * np.mean(here)"), "The gap counts by its length here, not by its square."),
            (
                loop("total += abs((k + 0.5) / bins - np.mean(right[here])) * np.mean(here)"),
                "That takes the middle of the part: take the mean of the confidences that are in it.",
            ),
            (
                loop(
                    "total += abs(gap) * np.mean(here) if np.any(here) else 0",
                    "(confidence * bins).astype(int)",
                    "range(bins)",
                ),
                "A confidence of exactly 1 falls out at the end: it belongs to the last part.",
            ),
            (
                loop("total += abs(gap) * np.mean(here)", "(confidence * bins).astype(int)"),
                "A confidence of exactly 1 makes a part of its own there: it belongs to the last part.",
            ),
            (
                loop("total += abs(gap) * np.mean(here)", parts="range(bins)"),
                "A part without answers has no mean (it is nan): pass over it.",
            ),
            (
                loop("total += abs(gap) * np.mean(here)", "np.minimum(np.round(confidence * bins).astype(int), bins - 1)"),
                "Rounding moves the borders: cut with astype(int), so that 0.37 belongs to part 3 of ten.",
            ),
            (
                loop("total += abs(np.mean(confidence[here]) - np.mean(~right[here])) * np.mean(here)"),
                "That compares with the share of wrong answers.",
            ),
        ],
    ),
    Exercise(
        id="best_temperature",
        title="one number after training",
        statement="""
Write `best_temperature(logits, labels, candidates)`. `logits` has shape $(N, K)$, `labels` shape $(N,)$, and `candidates` holds a few
temperatures $T$ in any order. Return the one for which the cross-entropy of `logits / T` is smallest. (Use your `cross_entropy`
from above if you like, or NumPy alone.)
""",
        starter="""
def best_temperature(logits, labels, candidates):
    ...
""",
        hints=[
            "What you need for every candidate is one number, its loss; of these losses you want the place of the smallest.",
            "Collect the losses in a list, in the order of `candidates`. `np.argmin(losses)` is a place, not a temperature.",
            "`losses = [cross_entropy(logits / T, labels) for T in candidates]`, then `candidates[np.argmin(losses)]`.",
        ],
        solution="""
def best_temperature(logits, labels, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        log_sums = np.logaddexp.reduce(z, axis=1)
        losses.append(np.mean(log_sums - z[np.arange(len(labels)), labels]))
    return candidates[np.argmin(losses)]
""",
        cases=temperature_cases,
        oracle=temperature_by_hand,
        wrong=[
            (over("logits * T", "candidates[np.argmin(losses)]"), "The logits are divided by T, not multiplied."),
            (over("logits / T", "candidates[np.argmax(losses)]"), "That is the temperature with the largest loss."),
            (over("logits / T", "np.argmin(losses)"), "That is the place of the best candidate: return the candidate that stands there."),
            (over("logits / T", "np.min(losses)"), "That is the smallest loss: return the temperature that gave it."),
            (
                "candidates[np.argmax([np.mean(np.argmax(logits / T, axis=1) == labels) for T in candidates])]",
                "That is the first candidate; an accuracy is the same for every temperature: compare the cross-entropies.",
            ),
            ("np.min(candidates)", "That is the smallest candidate: it is the loss that should be smallest."),
            (
                over("np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True) / T", "candidates[np.argmin(losses)]"),
                "The temperature divides the logits, before the softmax, not the probabilities.",
            ),
        ],
    ),
]
