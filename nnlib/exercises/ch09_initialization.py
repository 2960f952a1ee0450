"""Exercises of chapter 9: where weights and biases start."""

import math

import numpy as np

from .registry import Exercise


def he_cases(rng):
    generator = np.random.default_rng
    yield 1, 2, generator(0)
    yield 3, 4, generator(0)
    for fan_in, fan_out, seed in [(2, 4000, 1), (2, 4000, 1), (2, 4000, 2), (5, 800, 3), (60, 50, 4)]:
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
        if abs(W.mean()) > error * wanted:
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


def seeded(results):
    first, again, other = (W for W, _ in results[2:5])
    if not np.array_equal(first, again):
        return "Two generators of the same seed gave different weights: draw every number from rng."
    if np.array_equal(first, other):
        return "Two generators of different seeds gave the same weights: draw every number from rng."
    return None


EXERCISES = [
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
        across=seeded,
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
            ("np.random.randn(fan_in, fan_out) * np.sqrt(2 / fan_in), np.zeros(fan_out)", "draw every number from rng"),
            ("np.random.default_rng(0).normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out)), np.zeros(fan_out)", "That makes a generator of its own: draw from rng."),
            ("np.zeros((fan_in, fan_out)), np.zeros(fan_out)", "With all weights zero every unit of the layer stays the same: draw them at random."),
        ],
    ),
]
