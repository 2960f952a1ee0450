"""Exercises of chapter 8: gradients, measured by trial."""

import math

import numpy as np

from ..exercises.registry import Exercise


def documented(text):
    """Give a function the words by which a verdict shows it."""

    def name(function):
        function.__doc__ = text
        return function

    return name


squares = documented("sum(x**2)")(lambda x: float(np.sum(x**2)))
cubes = documented("sum(x**3)")(lambda x: float(np.sum(x**3)))
product = documented("x[0] * x[1]")(lambda x: float(x[0] * x[1]))
corner = documented("x[0, 0] * x[1, 2] + 3 * x[0, 1]")(lambda x: float(x[0, 0] * x[1, 2] + 3 * x[0, 1]))
mixed = documented("sum(sin(x)) + x[0, 0, 0] * x[1, 2, 1]")(
    lambda x: float(np.sum(np.sin(x)) + x[0, 0, 0] * x[1, 2, 1])
)
ripple = documented("sum(sin(100000 * x)) / 100000")(lambda x: float(np.sum(np.sin(100_000 * x)) / 100_000))


def numerical_gradient_cases(rng):
    yield product, np.array([2.0, 5.0])
    yield squares, np.array([3.0])
    yield cubes, np.array([1.0, -2.0]), 0.5
    yield product, np.array([2.0, 5.0, 1.0]), 0.001
    yield corner, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    yield ripple, np.array([0.0, 2e-5])
    yield mixed, rng.normal(size=(2, 3, 2))
    yield cubes, rng.normal(size=(3, 2)), 0.1


def centred_difference(f, x, h=1e-5):
    slopes = []
    for i in range(x.size):
        shift = h * (np.arange(x.size) == i).reshape(x.shape)
        slopes.append((f(x + shift) - f(x - shift)) / (2 * h))
    return np.array(slopes).reshape(x.shape)


square = documented("x**2")(lambda x: x * x)
cube = documented("x**3 - x")(lambda x: x**3 - x)
wave = documented("sin(x)")(lambda x: math.sin(x))


def forward_cases(rng):
    yield square, 3.0, 0.5
    yield square, 0.0, 0.5
    yield cube, 1.0, 0.1
    yield cube, -2.0, 1.0
    yield wave, 0.5, 0.3


def slope_ahead(f, x, h):
    """The slope of the straight line through the two points, from a fit instead of a quotient."""
    return float(np.polyfit([0.0, h], [f(x), f(x + h)], 1)[0])


def difference_quotient(quotient, write="slope[i] = ", change="step = np.zeros(x.shape)\n        step[i] = h"):
    return f"""
def numerical_gradient(f, x, h=1e-5):
    slope = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        {change}
        {write}{quotient}
    return slope
"""


EXERCISES = [
    Exercise(
        id="numerical_gradient",
        title="measure a gradient",
        statement="""
Write `numerical_gradient(f, x, h=1e-5)`. `f` takes an array shaped like `x` (any shape) and returns a number.
Return an array shaped like `x` holding `(f(x + h*e_i) - f(x - h*e_i)) / (2h)` for every entry `i`, where `e_i` is 1 at
that entry and 0 elsewhere. `x` holds floats and must be unchanged afterwards.
""",
        starter="""
def numerical_gradient(f, x, h=1e-5):
    ...
""",
        hints=[
            "One entry at a time: move it a little up, look at f, move it a little down, look at f again.",
            "`for i in np.ndindex(x.shape):` visits every entry of an array of any shape; `x[i]` is that entry.",
            "`step = np.zeros(x.shape); step[i] = h`, then `(f(x + step) - f(x - step)) / (2 * h)` goes into entry i of the result.",
        ],
        solution="""
def numerical_gradient(f, x, h=1e-5):
    slope = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        slope[i] = (f(x + step) - f(x - step)) / (2 * h)
    return slope
""",
        cases=numerical_gradient_cases,
        oracle=centred_difference,
        unchanged=True,
        wrong=[
            (difference_quotient("(f(x + step) - f(x)) / h"), "That is the forward difference: go h up and h down, and divide by 2h."),
            (difference_quotient("(f(x) - f(x - step)) / h"), "That is the backward difference: go h up and h down, and divide by 2h."),
            (difference_quotient("(f(x + step) - f(x - step)) / h"), "The two points lie 2h apart: divide by 2h."),
            (difference_quotient("(f(x - step) - f(x + step)) / (2 * h)"), "The difference is turned round: first the point above, then the one below."),
            (difference_quotient("(f(x + step) - f(x - step)) / 2 * h"), "Parentheses are missing: divide by (2 * h)."),
            (difference_quotient("(f(x + step) - f(x - step)) / (2 * h)", change="step = h"), "All entries move together: only entry i should."),
            (
                difference_quotient("(f(x + step) - f(x - step)) / (2 * h)", change="h = 1e-5\n        step = np.zeros(x.shape)\n        step[i] = h"),
                "That always uses 1e-5: use the argument h.",
            ),
            (
                difference_quotient("(above - f(x)) / (2 * h)", change="x[i] += h\n        above = f(x)\n        x[i] -= 2 * h"),
                "The entry is not put back: after measuring, x[i] must be what it was.",
            ),
            (
                "np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size).reshape((-1,) + x.shape)])",
                "The entries are right, but the result is flat: give it the shape of x.",
            ),
            (
                "(f(x + h) - f(x - h)) / (2 * h)",
                "All entries move together: move one at a time, and keep a slope for each.",
            ),
            (
                "def numerical_gradient(f, x, h=1e-5):\n    slope = np.zeros(x.shape)\n    for i in range(len(x)):\n        step = np.zeros(x.shape)\n        step[i] = h\n        slope[i] = (f(x + step) - f(x - step)) / (2 * h)\n    return slope",
                "`range(len(x))` moves whole rows of a 2-D array: `np.ndindex(x.shape)` visits every entry.",
            ),
            (
                "def numerical_gradient(f, x, h=1e-5):\n    slope = np.zeros(x.shape)\n    step = np.zeros(x.shape)\n    for i in np.ndindex(x.shape):\n        step[i] = h\n        slope[i] = (f(x + step) - f(x - step)) / (2 * h)\n    return slope",
                "The step still holds the h of the entries before: make it anew for each entry.",
            ),
            (
                "def numerical_gradient(f, x, h=1e-5):\n    slope = np.zeros(x.shape)\n    for i in np.ndindex(x.shape):\n        above, below = x, x\n        above[i] += h\n        below[i] -= h\n        slope[i] = (f(above) - f(below)) / (2 * h)\n    return slope",
                "`above = x` is a second name for the same array: `x.copy()` makes another one.",
            ),
        ],
    ),
    Exercise(
        id="forward_difference",
        title="a slope from two values",
        statement="""
Write `forward_difference(f, x, h)`: `f` is a function of one number. Return the slope from `x` to the point `h` further on,
$(f(x + h) - f(x)) / h$.
""",
        starter="""
def forward_difference(f, x, h):
    ...
""",
        hints=[
            "A slope is a rise divided by a run.",
            "The rise is what f gains from x to x + h. How long is the run?",
            "`(f(x + h) - f(x)) / h`",
        ],
        solution="""
def forward_difference(f, x, h):
    return (f(x + h) - f(x)) / h
""",
        cases=forward_cases,
        oracle=slope_ahead,
        wrong=[
            ("(f(x + h) - f(x - h)) / (2 * h)", "That is the centred difference: here start at x itself."),
            ("(f(x) - f(x - h)) / h", "That looks back: compare x with the point ahead, x + h."),
            ("f(x + h) - f(x)", "That is the rise: divide it by the run, h."),
            ("(f(x) - f(x + h)) / h", "The sign is turned: the value ahead minus the value here."),
            ("(f(x + h) - f(x)) / (2 * h)", "The two points lie h apart, not 2h."),
            ("f(x + h) - f(x) / h", "Brackets: the whole difference is divided by h."),
        ],
    ),
]
