"""Exercises of chapter 10: where weights and biases start."""

import math

import numpy as np

from ..exercises.registry import Exercise
from .cases import seeded


def he_cases(rng):
    generator = np.random.default_rng
    yield 3, 4, generator(0)
    yield 1, 2, generator(0)
    for fan_in, fan_out, seed in [(8, 500, 1), (8, 500, 1), (8, 500, 2), (5, 800, 3), (60, 50, 4)]:
        yield fan_in, fan_out, generator(seed)


def normal_with(deviation):
    """A `verify` for (W, b): W normal with the standard deviation deviation(fan_in, fan_out), b zero.

    The bounds are six standard errors wide: a right answer fails less than once in a hundred million runs.
    """

    def verify(result, fan_in, fan_out, rng):
        W, b = result
        if np.any(b != 0):
            return "The bias should start at zero."
        if W.size > 1 and np.all(W == W.flat[0]):
            return "All weights are the same: draw each one at random."
        if W.size < 1000:
            return None
        wanted, error = deviation(fan_in, fan_out), 6 / math.sqrt(W.size)
        if not np.isfinite(W).all():
            return "All weights should be finite numbers."
        if abs(W.mean()) > error * W.std():
            return f"The weights have mean {W.mean():.3g}: it should be 0."
        if abs(W.std() / wanted - 1) > error / math.sqrt(2):
            return f"The weights have standard deviation {W.std():.3g}: it should be about {wanted:.3g}."
        tails = np.mean(((W - W.mean()) / W.std()) ** 4) - 3
        if abs(tails) > error * math.sqrt(24):
            return "The spread is right, but these numbers are not drawn from a normal distribution."
        if len(np.unique(W)) < 0.99 * W.size:
            return "Many weights are equal: draw each one on its own."
        return None

    return verify


def signal_cases(rng):
    yield 3.0, 10, 0.2, 3
    yield 1.0, 100, 0.01, 50
    yield 2.0, 10, 0.2, 3
    yield 1.0, 10, 0.05, 2
    yield 0.5, 4, 0.5, 0
    yield 3.0, 64, 0.03, 5
    yield 1.5, 7, 0.1, 1
    yield rng.uniform(0.5, 2), int(rng.integers(5, 50)), 0.05, int(rng.integers(2, 6))


def dead_cases(rng):
    yield (np.array([[1.0, -1.0, -2.0], [-2.0, -3.0, -1.0]]),)
    yield (np.array([[1.0, -1.0], [-2.0, -3.0]]),)
    yield (np.array([[-1.0, 0.0, 2.0], [-1.0, 0.0, -2.0]]),)
    yield (np.array([[-1.0, 1.0, -1.0, -0.5]]),)
    yield (np.array([[-1.0, -2.0], [-1.0, -1.0], [3.0, 1.0]]),)
    yield (rng.normal(size=(6, 9)) + np.linspace(-4, 1, 9),)


def class_cases(rng):
    yield np.array([0, 0, 0, 1]), 2
    yield np.array([1, 0, 1, 2]), 3
    yield np.array([0, 1, 2, 3]), 4
    yield np.repeat([0, 1, 2], [90, 9, 1]), 3
    yield rng.permutation(np.repeat(np.arange(5), [7, 20, 1, 40, 32])), 5


def answers_with_the_shares(result, labels, K):
    """A `verify` for the output biases of a softmax: any shift that they have in common is right."""
    if not np.isfinite(result).all():
        return "All biases should be finite numbers."
    power = np.exp(result - result.max())
    answer, share = power / power.sum(), np.array([np.mean(labels == k) for k in range(K)])
    k = np.abs(answer - share).argmax()
    if abs(answer[k] - share[k]) > 1e-4:
        return f"The softmax of these biases gives class {k} the probability {answer[k]:.3g}: its share is {share[k]:.3g}."
    return None


EXERCISES = [
    Exercise(
        id="first_loss",
        title="the loss before the first step",
        statement="""
A network with one sigmoid output has small output weights, so that before training it answers $\\sigma(b)$ to every
example, with $b$ its output bias. A share of `share` of all targets is 1, the others are 0. Write `first_loss(share, b)`:
the binary cross-entropy to expect, as a mean over the examples.
""",
        starter="""
def first_loss(share, b):
    ...
""",
        hints=[
            "There are only two kinds of examples. What does one with target 1 cost, and what one with target 0?",
            "With $p = \\sigma(b)$ they cost $-\\log p$ and $-\\log(1 - p)$. How often does each occur?",
            "`-share * np.log(p) - (1 - share) * np.log(1 - p)`, with `p = 1 / (1 + np.exp(-b))`.",
        ],
        solution="""
def first_loss(share, b):
    p = 1 / (1 + np.exp(-b))
    return -share * np.log(p) - (1 - share) * np.log(1 - p)
""",
        cases=lambda rng: [
            *[(0.5, 1.0), (0.25, 0.0), (0.01, 0.0), (0.01, -4.595), (0.9, -2.0), (0.3, 0.5), (0.02, 2.0)],
            (round(rng.uniform(0.05, 0.95), 2), round(rng.uniform(-3, 3), 1)),
        ],
        oracle=lambda share, b: share * math.log1p(math.exp(-b)) + (1 - share) * math.log1p(math.exp(b)),
        wrong=[
            ("-np.log(1 / (1 + np.exp(-b)))", "That is the cost of a target of 1: the others pay -log(1 - p), and the mean minds how many there are."),
            ("-share * np.log(1 / (1 + np.exp(-b)))", "The targets of 0 pay as well: -log(1 - p) each, and 1 - share of all are such."),
            ("-np.log(1 / (1 + np.exp(-b))) - np.log(1 - 1 / (1 + np.exp(-b)))", "That counts both kinds once: weigh each by how often it occurs."),
            (
                "-(1 - share) * np.log(1 / (1 + np.exp(-b))) - share * np.log(1 - 1 / (1 + np.exp(-b)))",
                "A target of 1 costs -log(p), with p = 1 / (1 + e**-b): the two shares are swapped, or the sign in the exponent is turned.",
            ),
            ("share * np.log(1 / (1 + np.exp(-b))) + (1 - share) * np.log(1 - 1 / (1 + np.exp(-b)))", "The sign is turned: a loss is not negative."),
            ("-share * np.log(share) - (1 - share) * np.log(1 - share)", "That is the best that a bias can reach: here it answers sigmoid(b), whatever the share is."),
            ("share * (1 - 1 / (1 + np.exp(-b))) ** 2 + (1 - share) * (1 / (1 + np.exp(-b))) ** 2", "That is the mean squared error."),
        ],
    ),
    Exercise(
        id="class_biases",
        title="ten answers before any training",
        statement="""
`labels` holds the right classes of the examples, numbers from 0 to `K - 1`, and each class occurs. Write
`class_biases(labels, K)`: output biases, shape `(K,)`, whose softmax gives each class the share that it has among the
labels. Many answers are right.
""",
        starter="""
def class_biases(labels, K):
    ...
""",
        hints=[
            "First the shares: how often does each class occur? `np.bincount(labels, minlength=K)` counts.",
            "The softmax takes $e$ to the power of each bias and divides by the sum. What undoes the power?",
            "The logarithm of the shares. (Or of the counts: that is the same number more for all, which the softmax does not see.)",
        ],
        solution="""
def class_biases(labels, K):
    return np.log(np.bincount(labels, minlength=K) / len(labels))
""",
        cases=class_cases,
        oracle=lambda labels, K: np.array([math.log(sum(int(one) == k for one in labels)) for k in range(K)]),
        verify=answers_with_the_shares,
        wrong=[
            ("np.bincount(labels, minlength=K) / len(labels)", "Those are the shares: the softmax takes e to the power of a bias, so undo that."),
            ("np.bincount(labels, minlength=K).astype(float)", "Those are the counts: the softmax takes e to the power of a bias, so undo that."),
            (
                "def class_biases(labels, K):\n    s = np.bincount(labels, minlength=K) / len(labels)\n    return np.log(s / (1 - s))",
                "That is the bias of a sigmoid, which weighs yes against no: the softmax divides by the sum of all.",
            ),
            ("-np.log(np.bincount(labels, minlength=K) / len(labels))", "The sign is turned: the commonest class needs the largest bias."),
            ("np.zeros(K)", "With equal biases the softmax gives every class 1 / K."),
        ],
    ),
    Exercise(
        id="init_he",
        title="He initialization",
        statement="""
Write `init_he(fan_in, fan_out, rng)`. `rng` is a numpy Generator. Return `(W, b)`: `W` has shape `(fan_in, fan_out)`, its
entries are drawn from a normal distribution of mean 0 and standard deviation $\\sqrt{2 / \\text{fan\\_in}}$; `b` is `fan_out`
zeros.
""",
        starter="""
def init_he(fan_in, fan_out, rng):
    W = ...
    b = ...
    return W, b
""",
        hints=[
            "A generator draws arrays: `rng.normal` takes a mean, a standard deviation and a shape.",
            "The standard deviation is the square root of 2 / fan_in; without the root it would be the variance.",
            "`rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))` for W, and `np.zeros(fan_out)` for b.",
        ],
        solution="""
def init_he(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
    b = np.zeros(fan_out)
    return W, b
""",
        cases=he_cases,
        oracle=lambda fan_in, fan_out, rng: (np.zeros((fan_in, fan_out)), np.zeros(fan_out)),
        verify=normal_with(lambda fan_in, fan_out: math.sqrt(2 / fan_in)),
        across=seeded(2),
        returns=("W", "b"),
        wrong=[
            ("rng.normal(0, 2 / fan_in, (fan_in, fan_out)), np.zeros(fan_out)", "2 / fan_in is the variance: its square root is the standard deviation."),
            ("rng.normal(0, np.sqrt(1 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)", "That is 1 / fan_in, right for tanh: for ReLU it is 2 / fan_in."),
            ("rng.normal(0, np.sqrt(2 / fan_out), (fan_in, fan_out)), np.zeros(fan_out)", "fan_out is used in place of fan_in."),
            ("rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out)), np.zeros(fan_out)", "That is Glorot's rule: He's looks at fan_in only."),
            ("rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in)), np.zeros(fan_out)", "W is transposed: its shape is (fan_in, fan_out)."),
            ("rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_in)", "There is one bias per output: fan_out zeros."),
            ("rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), rng.normal(0, 1, fan_out)", "The biases need no random start: they begin at zero."),
            ("rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.ones(fan_out)", "The biases begin at zero, not at one."),
            ("rng.uniform(-np.sqrt(6 / fan_in), np.sqrt(6 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)", "A uniform distribution with the right spread: a normal one was asked for."),
            ("rng.normal(0, 1, (fan_in, fan_out)), np.zeros(fan_out)", "The standard deviation is 1: scale it by the square root of 2 / fan_in."),
            ("np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in), np.zeros(fan_out)", "np.random's own functions know nothing of rng: write rng.normal."),
            ("np.random.default_rng(0).normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)", "That makes a generator of its own: draw from rng."),
            ("np.zeros((fan_in, fan_out)), np.zeros(fan_out)", "With all weights zero every neuron of the layer starts the same, and nothing in this layer tells them apart: draw them at random."),
            (
                "rng.random((fan_in, fan_out)) * np.sqrt(2 / fan_in), np.zeros(fan_out)",
                "rng.random draws from 0 to 1, so no weight is negative: a normal distribution was asked for.",
            ),
            (
                "rng.uniform(-1, 1, (fan_in, fan_out)) * np.sqrt(2 / fan_in), np.zeros(fan_out)",
                "rng.uniform is flat and cut off: a normal distribution was asked for.",
            ),
            (
                "rng.uniform(-np.sqrt(2 / fan_in), np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)",
                "rng.uniform is flat and cut off: a normal distribution was asked for.",
            ),
            (
                "0.01 * rng.normal(size=(fan_in, fan_out)), np.zeros(fan_out)",
                "0.01 is the same for every layer: scale by the square root of 2 / fan_in.",
            ),
            (
                "rng.normal(0, np.sqrt(2) / fan_in, (fan_in, fan_out)), np.zeros(fan_out)",
                "The root is over the whole fraction: np.sqrt(2 / fan_in).",
            ),
            (
                "rng.normal(size=(fan_in, fan_out)) / np.sqrt(2 / fan_in), np.zeros(fan_out)",
                "The weights are multiplied by the deviation, not divided by it.",
            ),
        ],
    ),
    Exercise(
        id="init_glorot",
        title="Glorot initialization",
        statement="""
Write `init_glorot(fan_in, fan_out, rng)`. `rng` is a numpy Generator. Return `(W, b)`: `W` has shape
`(fan_in, fan_out)`, its entries are drawn from a normal distribution of mean 0 and *variance*
$2 / (\\text{fan\\_in} + \\text{fan\\_out})$; `b` is `fan_out` zeros.
""",
        starter="""
def init_glorot(fan_in, fan_out, rng):
    W = ...
    b = ...
    return W, b
""",
        hints=[
            "It differs from `init_he` in one place: how wide the normal distribution is.",
            "A variance is given, and `rng.normal` wants a standard deviation.",
            "`rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))`",
        ],
        solution="""
def init_glorot(fan_in, fan_out, rng):
    W = rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))
    b = np.zeros(fan_out)
    return W, b
""",
        cases=he_cases,
        oracle=lambda fan_in, fan_out, rng: (np.zeros((fan_in, fan_out)), np.zeros(fan_out)),
        verify=normal_with(lambda fan_in, fan_out: math.sqrt(2 / (fan_in + fan_out))),
        across=seeded(2),
        returns=("W", "b"),
        wrong=[
            (
                "rng.normal(0, 2 / (fan_in + fan_out), (fan_in, fan_out)), np.zeros(fan_out)",
                "That uses the variance as the standard deviation: take its square root.",
            ),
            (
                "rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)",
                "That is He's rule: Glorot's minds fan_out as well.",
            ),
            (
                "rng.normal(0, np.sqrt(1 / (fan_in + fan_out)), (fan_in, fan_out)), np.zeros(fan_out)",
                "The 2 is missing: the variance is 2 / (fan_in + fan_out).",
            ),
            (
                "rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out)), rng.normal(0, 1, fan_out)",
                "The biases need no random start: they begin at zero.",
            ),
            (
                "rng.normal(0, np.sqrt(2 / fan_in + fan_out), (fan_in, fan_out)), np.zeros(fan_out)",
                "Brackets: 2 / (fan_in + fan_out).",
            ),
            (
                "rng.uniform(-np.sqrt(6 / (fan_in + fan_out)), np.sqrt(6 / (fan_in + fan_out)), (fan_in, fan_out)), np.zeros(fan_out)",
                "A uniform distribution with the right spread: a normal one was asked for.",
            ),
        ],
    ),
    Exercise(
        id="variance_after",
        title="what many layers do to a signal",
        statement="""
A signal with mean square `q` enters a row of linear layers with `n` neurons each, no activation, biases 0, and weights
of mean 0 and variance `v`. Write `variance_after(q, n, v, layers)`: the variance to expect after that many layers.
""",
        starter="""
def variance_after(q, n, v, layers):
    ...
""",
        hints=[
            "What does one layer do to the mean square? It is in the formula for Var(z).",
            "One layer multiplies by `n * v`. The next one does it again.",
            "`q * (n * v) ** layers`",
        ],
        solution="""
def variance_after(q, n, v, layers):
    return q * (n * v) ** layers
""",
        cases=signal_cases,
        oracle=lambda q, n, v, layers: math.exp(math.log(q) + layers * (math.log(n) + math.log(v))),
        wrong=[
            ("q * n * v * layers", "The factors multiply: n * v to the power of the number of layers."),
            ("q * (n * v**0.5) ** layers", "v is the variance already: no root."),
            ("q * v ** layers", "Each sum has n terms, and their variances add up: the factor is n * v."),
            ("q + (n * v) ** layers", "The signal's mean square q is multiplied, not added to."),
            ("q * n * v ** layers", "Every layer brings its own factor n: (n * v) ** layers."),
            ("(q * n * v) ** layers", "q comes once, before the first layer: only n * v comes again with every layer."),
            ("q * (n * v**2) ** layers", "v is the variance already: no square."),
        ],
    ),
    Exercise(
        id="dead_fraction",
        title="how many are dead",
        statement="""
`Z` has shape $(N, M)$: what goes into the $M$ ReLUs of a layer, for $N$ examples. Write `dead_fraction(Z)`: the share of
ReLUs that are silent ($z \\le 0$) for *every* example.
""",
        starter="""
def dead_fraction(Z):
    ...
""",
        hints=[
            "A neuron is a column. When is a whole column silent?",
            "`np.all(Z <= 0, axis=0)` is True for each column that never rises above 0.",
            "The mean of True and False is the share of True.",
        ],
        solution="""
def dead_fraction(Z):
    return np.mean(np.all(Z <= 0, axis=0))
""",
        cases=dead_cases,
        oracle=lambda Z: sum(max(column) <= 0 for column in Z.T) / Z.shape[1],
        wrong=[
            ("np.mean(Z <= 0)", "That is the share of silent moments: a neuron is dead only if all its moments are."),
            ("np.mean(np.any(Z <= 0, axis=0))", "Silent for some example is normal: dead means silent for every one."),
            ("np.mean(np.all(Z <= 0, axis=1))", "axis=1 runs over the neurons of one example: a neuron is a column, so go down it with axis=0."),
            ("np.sum(np.all(Z <= 0, axis=0))", "That counts them: a share lies between 0 and 1."),
            ("1 - np.mean(np.all(Z <= 0, axis=0))", "That is the share of the living."),
            ("np.mean(np.all(Z < 0, axis=0))", "A sum of exactly 0 is silent too: ReLU gives 0 there."),
            (
                "np.sum(np.all(Z <= 0, axis=0)) / len(Z)",
                "len(Z) counts the examples: divide by the number of neurons, Z.shape[1].",
            ),
        ],
    ),
]
