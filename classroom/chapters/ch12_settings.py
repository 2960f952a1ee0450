"""Exercises of chapter 12: the numbers that nobody learns, searched, limited and judged."""

import math

import numpy as np

from ..exercises.registry import Exercise


def range_cases(rng):
    generator = np.random.default_rng
    yield 0.001, 10.0, generator(0)
    yield 2.0, 3.0, generator(1)
    yield 0.5, 0.5, generator(1)
    for seed in (2, 2, 3):
        yield 0.0001, 1.0, generator(seed)
    for seed in range(150):
        yield 0.0001, 1.0, generator(100 + seed)


def in_range(result, low, high, rng):
    if not low * (1 - 1e-9) <= result <= high * (1 + 1e-9):
        return f"{result:.4g} is not between {low:g} and {high:g}."
    return None


def even_in_powers(results):
    """150 draws from 0.0001 to 1: their logarithms should be spread evenly over four powers of ten."""
    first, again, other = (float(x) for x in results[3:6])
    if first != again:
        return "Two generators of the same seed gave different numbers: draw from rng."
    if first == other:
        return "Two generators of different seeds gave the same number: draw from rng."
    heights = np.sort(np.log10(np.array(results[6:], float)) / 4 + 1)  # even on 0 to 1, if all is right
    steps = np.arange(1, len(heights) + 1) / len(heights)
    if max(np.abs(heights - steps).max(), np.abs(heights - steps + steps[0]).max()) > 0.2:
        return "These numbers are not spread evenly over the powers of ten between low and high."
    return None


def documented(text):
    """Give a function the words by which a verdict shows it."""

    def name(function):
        function.__doc__ = text
        return function

    return name


one_number = documented("rng.uniform(0, 10)")(lambda rng: float(rng.uniform(0, 10)))
whole_number = documented("rng.integers(0, 5)")(lambda rng: float(rng.integers(0, 5)))
near_three = documented("-abs(settings - 3)")(lambda settings: -abs(settings - 3.0))
as_it_is = documented("settings")(lambda settings: float(settings))
all_alike = documented("0.5")(lambda settings: 0.5)


def search_cases(rng):
    generator = np.random.default_rng
    yield one_number, near_three, 2, generator(0)
    yield one_number, near_three, 1, generator(2)  # a second draw would be the better one
    yield one_number, as_it_is, 3, generator(3)
    yield one_number, all_alike, 4, generator(4)
    yield whole_number, as_it_is, 20, generator(5)
    for seed in (6, 7, 8):
        yield one_number, near_three, 12, generator(seed)


def searched(draw, score, n, rng):
    """All at once: draw the lot, score the lot, sort by score; of equal scores the first stays first."""
    lot = [draw(rng) for _ in range(n)]
    return sorted(((settings, score(settings)) for settings in lot), key=lambda pair: -pair[1])[0]


def gradient_cases(rng):
    yield {"weight": np.array([[3.0]]), "bias": np.array([4.0])}, 1.0
    yield {"weight": np.array([[3.0]]), "bias": np.array([4.0])}, 10.0
    yield {"weight": np.array([[0.3, -0.4], [0.0, 0.0]]), "bias": np.array([0.0, 1.2])}, 1.3
    yield {"weight": np.zeros((2, 2)), "bias": np.zeros(2)}, 1.0
    yield {"weight": np.array([[6.0, 0.0], [0.0, 2.0]]), "bias": np.array([3.0, 0.0])}, 3.5
    shapes = {"W1": (4, 3), "b1": (3,), "W2": (3, 2), "b2": (2,)}
    for size in (0.1, 3.0):
        yield {name: size * rng.normal(size=shape) for name, shape in shapes.items()}, 1.0


def shortened(gradients, limit):
    """As one long vector, entry by entry."""
    length = math.sqrt(math.fsum(float(x) ** 2 for g in gradients.values() for x in np.ravel(g)))
    factor = min(1.0, limit / length) if length else 1.0
    return {name: g * factor for name, g in gradients.items()}


def dropout_cases(rng):
    generator = np.random.default_rng
    yield np.array([[1.0, 2.0, 3.0, 4.0]]), 0.5, generator(0)
    yield np.array([[1.0, 2.0], [3.0, 4.0]]), 0.0, generator(1)
    for seed in (2, 2, 3):
        yield np.full((60, 50), 2.0), 0.2, generator(seed)
    yield 1.0 + rng.random((80, 40)), 0.75, generator(4)


def some_dropped(result, A, p, rng):
    dropped = result == 0
    if not np.allclose(result[~dropped], (A / (1 - p))[~dropped], rtol=1e-5):
        return "Every entry should be 0 or the activation divided by 1 - p."
    if A.size < 1000:
        return None
    bound = 6 * math.sqrt(p * (1 - p) / A.size)
    if abs(dropped.mean() - p) > bound:
        return f"A share of {dropped.mean():.2f} is 0: it should be about p = {p:g}."
    if np.all(dropped == dropped[0]) or np.all(dropped == dropped[:, :1]):
        return "Whole rows or columns are dropped together: draw for every entry on its own."
    return None


def drawn_from_rng(results):
    first, again, other = results[2:5]
    if not np.array_equal(first, again):
        return "Two generators of the same seed dropped different entries: draw from rng."
    if np.array_equal(first, other):
        return "Two generators of different seeds dropped the same entries: draw from rng."
    return None


EXERCISES = [
    Exercise(
        id="log_uniform",
        title="even in powers of ten",
        statement="""
Write `log_uniform(low, high, rng)`: one number between `low` and `high` (both above 0), drawn with the NumPy Generator
`rng` so that its *logarithm* is uniform. From 0.001 to 10, then, as many numbers fall between 0.001 and 0.01 as between 1 and 10.
""",
        starter="""
def log_uniform(low, high, rng):
    ...
""",
        hints=[
            "`rng.uniform(a, b)` draws evenly between a and b. Between which two numbers should the logarithm lie?",
            "Draw the logarithm between `np.log(low)` and `np.log(high)`; then undo the logarithm.",
            "`np.exp(rng.uniform(np.log(low), np.log(high)))`",
        ],
        solution="""
def log_uniform(low, high, rng):
    return np.exp(rng.uniform(np.log(low), np.log(high)))
""",
        cases=range_cases,
        oracle=lambda low, high, rng: float(low),
        verify=in_range,
        across=even_in_powers,
        wrong=[
            (
                "rng.uniform(low, high)",
                "That is even in the numbers themselves: nearly all come out large. Draw the logarithm.",
            ),
            ("np.exp(rng.uniform(low, high))", "low and high are numbers, not logarithms: take np.log of both first."),
            ("10 ** rng.uniform(low, high)", "low and high are numbers, not powers: take np.log10 of both first."),
            ("rng.uniform(np.log(low), np.log(high))", "That is the logarithm: undo it with np.exp."),
            ("rng.uniform(np.log10(low), np.log10(high))", "That is the logarithm: undo it, 10 to that power."),
            (
                "np.exp(rng.uniform(np.log10(low), np.log10(high)))",
                "np.exp does not undo np.log10: use np.log, or 10 to that power.",
            ),
            (
                "10 ** rng.uniform(np.log(low), np.log(high))",
                "10 to a power does not undo np.log: use np.log10, or np.exp.",
            ),
            (
                "np.exp(np.random.uniform(np.log(low), np.log(high)))",
                "np.random's own functions know nothing of rng: write rng.uniform.",
            ),
        ],
    ),
    Exercise(
        id="random_search",
        title="random search",
        statement="""
Write `random_search(draw, score, n, rng)`. `draw(rng)` gives random settings, `score(settings)` says how good they are (more is
better, and a call may be a whole training: make one for each). Draw `n` settings, score each, and return `(settings, score)` of the best; of equal scores, the first.
""",
        starter="""
def random_search(draw, score, n, rng):
    ...
""",
        hints=[
            "Keep the best settings and their score so far, and compare each new score with it. A score may be negative.",
            "Start with the first draw as the best, or with a score of `-np.inf`; replace the best only if the new score is *greater*.",
            "`for _ in range(n):` draw into `settings`, score into `value`; `if value > best: best, kept = value, settings`.",
        ],
        solution="""
def random_search(draw, score, n, rng):
    best, kept = -np.inf, None
    for _ in range(n):
        settings = draw(rng)
        value = score(settings)
        if value > best:
            best, kept = value, settings
    return kept, best
""",
        cases=search_cases,
        oracle=searched,
        returns=("settings", "score"),
        wrong=[
            (
                "def random_search(draw, score, n, rng):\n    best, kept = 0, None\n    for _ in range(n):\n        settings = draw(rng)\n"
                "        value = score(settings)\n        if value > best:\n            best, kept = value, settings\n    return kept, best",
                "A score may be negative: begin with -np.inf, or with the first draw.",
            ),
            (
                "def random_search(draw, score, n, rng):\n    lot = [draw(rng) for _ in range(n)]\n    worst = min(lot, key=score)\n    return worst, score(worst)",
                "That keeps the lowest score: more is better.",
            ),
            (
                "def random_search(draw, score, n, rng):\n    for _ in range(n):\n        settings = draw(rng)\n        value = score(settings)\n    return settings, value",
                "That is the last draw, not the best one.",
            ),
            (
                "def random_search(draw, score, n, rng):\n    settings = draw(rng)\n    for _ in range(n):\n        value = score(settings)\n    return settings, value",
                "That is the first draw: draw anew for every run, and return after the loop.",
            ),
            (
                "def random_search(draw, score, n, rng):\n    kept = draw(rng)\n    best = score(kept)\n    for _ in range(n):\n        settings = draw(rng)\n"
                "        value = score(settings)\n        if value > best:\n            best, kept = value, settings\n    return kept, best",
                "That draws n + 1 settings: draw n in all, one before the loop included.",
            ),
            (
                "def random_search(draw, score, n, rng):\n    lot = [draw(rng) for _ in range(n)]\n    best = max(lot, key=score)\n    return score(best), best",
                "The order is (settings, score).",
            ),
            (
                "def random_search(draw, score, n, rng):\n    best, kept = -np.inf, None\n    for _ in range(n):\n        settings = draw(rng)\n"
                "        value = score(settings)\n        if value >= best:\n            best, kept = value, settings\n    return kept, best",
                "Of equal scores the first is kept: replace it only when the new one is greater.",
            ),
            (
                "def random_search(draw, score, n, rng):\n    best, kept = -np.inf, None\n    for _ in range(n):\n        settings = draw(rng)\n"
                "        value = score(settings)\n        if value > best:\n            best = value\n    return settings, best",
                "The score is the best one, but the settings are the last ones: remember both together.",
            ),
        ],
    ),
    Exercise(
        id="standard_error",
        title="the standard error of a score",
        statement="""
A network reads `right` of `n` digits rightly. Write `standard_error(right, n)`: the standard error of its share of right answers, with
that share in the place of $p$.
""",
        starter="""
def standard_error(right, n):
    ...
""",
        hints=[
            "First the share: what is p, if `right` of `n` are right?",
            "Then the formula: p times 1 - p, divided by n, and the root of all that.",
            "`p = right / n`, then `np.sqrt(p * (1 - p) / n)`",
        ],
        solution="""
def standard_error(right, n):
    p = right / n
    return np.sqrt(p * (1 - p) / n)
""",
        cases=lambda rng: [
            *[(80, 100), (2, 10), (1, 4), (0, 10), (10, 10), (330, 337), (441, 450), (9000, 10000)],
            (int(rng.integers(20, 80)), int(rng.integers(100, 200))),
        ],
        oracle=lambda right, n: math.sqrt(right * (n - right)) / n**1.5,
        wrong=[
            ("right / n * (1 - right / n) / n", "That is the variance: take the root."),
            ("np.sqrt(right * (1 - right) / n)", "p is a share: divide right by n first."),
            (
                "np.sqrt(right / n * (1 - right / n))",
                "That is the spread of a single answer: divide by n under the root.",
            ),
            (
                "np.sqrt(n * (right / n) * (1 - right / n))",
                "That counts digits: for a share, divide by n under the root.",
            ),
            (
                "np.sqrt(right / n * (1 - right / n)) / n",
                "n belongs under the root: the error falls with the root of n.",
            ),
            ("np.sqrt(right / n / n)", "The factor 1 - p is missing."),
        ],
    ),
    Exercise(
        id="clip_by_norm",
        title="one norm for all gradients",
        statement="""
`gradients` is a dict of arrays, as in `sgd_step`: the gradients of all weights and biases of a network. Write
`clip_by_norm(gradients, limit)`. Take **one** norm over all entries of all arrays together. If it is above `limit`, every array is
multiplied by `limit` / norm, otherwise they stay as they are. Return a **new** dict; `gradients` must be unchanged.
""",
        starter="""
def clip_by_norm(gradients, limit):
    norm = ...
    ...
""",
        hints=[
            "The norm of one long vector is the root of the sum of all squares, over all arrays.",
            "`norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))`. Which factor brings it down to `limit`?",
            "`factor = limit / norm if norm > limit else 1.0`, then `{name: factor * g for name, g in gradients.items()}`",
        ],
        solution="""
def clip_by_norm(gradients, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    factor = limit / norm if norm > limit else 1.0
    return {name: factor * g for name, g in gradients.items()}
""",
        cases=gradient_cases,
        oracle=shortened,
        unchanged=True,
        wrong=[
            (
                "{name: np.clip(g, -limit, limit) for name, g in gradients.items()}",
                "That clips entry by entry, and turns the gradient: shorten it as a whole.",
            ),
            (
                "{name: g * min(1, limit / np.linalg.norm(g)) if np.linalg.norm(g) else g for name, g in gradients.items()}",
                "Each array has a norm of its own here, which turns the gradient: take one norm over all of them.",
            ),
            (
                "def clip_by_norm(gradients, limit):\n    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))\n"
                "    return {name: g * limit / norm if norm else g for name, g in gradients.items()}",
                "A gradient that is short enough stays as it is: this makes every gradient exactly limit long.",
            ),
            (
                "def clip_by_norm(gradients, limit):\n    norm = sum(np.sum(g**2) for g in gradients.values())\n"
                "    factor = limit / norm if norm > limit else 1.0\n    return {name: factor * g for name, g in gradients.items()}",
                "That is the square of the norm: take the root.",
            ),
            (
                "def clip_by_norm(gradients, limit):\n    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))\n"
                "    factor = 1 / norm if norm > limit else 1.0\n    return {name: factor * g for name, g in gradients.items()}",
                "That makes it 1 long: multiply by limit / norm.",
            ),
            (
                "def clip_by_norm(gradients, limit):\n    norm = sum(np.linalg.norm(g) for g in gradients.values())\n"
                "    factor = limit / norm if norm > limit else 1.0\n    return {name: factor * g for name, g in gradients.items()}",
                "Norms don't add up: add up the squares, and take the root at the end.",
            ),
            (
                "def clip_by_norm(gradients, limit):\n    norm = max(np.abs(g).max() for g in gradients.values())\n"
                "    factor = limit / norm if norm > limit else 1.0\n    return {name: factor * g for name, g in gradients.items()}",
                "That is the largest entry, not the norm.",
            ),
        ],
    ),
    Exercise(
        id="warm_up_rate",
        title="a rate that rises",
        statement="""
Write `warm_up_rate(rate, steps, step)`: the learning rate at `step` (0 is the first). Over the first `steps` steps it rises in equal
parts, so that the first step already has `rate / steps` and the last of them the full `rate`; then it stays there.
""",
        starter="""
def warm_up_rate(rate, steps, step):
    ...
""",
        hints=[
            "With `steps` = 4 the rates are 1/4, 2/4, 3/4 and 4/4 of `rate`, and from then on 4/4. Which of them is step 0?",
            "The share is `(step + 1) / steps`, but never more than 1.",
            "`rate * min((step + 1) / steps, 1)`",
        ],
        solution="""
def warm_up_rate(rate, steps, step):
    return rate * min((step + 1) / steps, 1)
""",
        cases=lambda rng: [
            (0.4, 4, 0),
            (0.4, 4, 3),
            (0.4, 4, 4),
            (0.4, 4, 1),
            (1.0, 1, 0),
            (0.1, 10, 100),
            (0.3, 10, 5),
            (2.0, 5, 4),
            (round(rng.uniform(0.1, 1), 2), int(rng.integers(6, 12)), int(rng.integers(0, 6))),
        ],
        oracle=lambda rate, steps, step: float(np.interp(step, [-1, steps - 1], [0.0, rate])),
        wrong=[
            ("rate * min(step / steps, 1)", "Step 0 would have a rate of 0 and learn nothing: count from 1."),
            ("rate * (step + 1) / steps", "It goes on rising: stop at the full rate."),
            ("rate * step / steps", "Step 0 would have a rate of 0, and it goes on rising."),
            ("rate * min((step + 1) / steps, 0)", "The share should be at most 1."),
            (
                "rate * max((step + 1) / steps, 1)",
                "That is never less than the full rate: take the smaller of the two.",
            ),
            ("min((step + 1) / steps, 1)", "That is the share: multiply it by rate."),
            ("min(rate * (step + 1) / steps, 1)", "The limit is the full rate, not 1."),
        ],
    ),
    Exercise(
        id="dropout",
        title="dropout while training",
        statement="""
`A` is an array of activations. Write `dropout(A, p, rng)`, as it works in training: every entry, on its own, becomes 0 with
probability `p`; those that remain are divided by 1 − `p`. Draw with the NumPy Generator `rng`.
""",
        starter="""
def dropout(A, p, rng):
    ...
""",
        hints=[
            "`rng.random(A.shape)` gives a number between 0 and 1 for every entry. How often is it below p?",
            "`kept = rng.random(A.shape) >= p` is True where the entry stays, and counts as 1 in a product.",
            "`A * kept / (1 - p)`",
        ],
        solution="""
def dropout(A, p, rng):
    kept = rng.random(A.shape) >= p
    return A * kept / (1 - p)
""",
        cases=dropout_cases,
        oracle=lambda A, p, rng: A / (1 - p),
        verify=some_dropped,
        across=drawn_from_rng,
        wrong=[
            ("A * (rng.random(A.shape) >= p)", "What remains is not scaled: divide by 1 - p."),
            (
                "A * (rng.random(A.shape) >= p) * (1 - p)",
                "Divide by 1 - p: what remains has to make up for what is gone.",
            ),
            (
                "A * (rng.random(A.shape) < p) / (1 - p)",
                "That keeps an entry with probability p: p is how often one is dropped.",
            ),
            (
                "A * (rng.random(A.shape) < p) / p",
                "That keeps an entry with probability p: p is how often one is dropped.",
            ),
            (
                "A * (rng.random(A.shape[1]) >= p) / (1 - p)",
                "All rows lose the same entries: draw for every entry, with A.shape.",
            ),
            ("A * (rng.random() >= p) / (1 - p)", "One number is drawn for all: draw for every entry, with A.shape."),
            (
                "A * (np.random.random(A.shape) >= p) / (1 - p)",
                "np.random's own functions know nothing of rng: write rng.random.",
            ),
            ("A / (1 - p)", "Nothing is dropped."),
        ],
    ),
]
