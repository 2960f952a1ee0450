"""Exercises of chapter 8: gradients, measured by trial, and backward passes held against them."""

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
    yield wave, rng.uniform(-3, 3), 0.2


def slope_ahead(f, x, h):
    """The slope of the straight line through the two points, from a fit instead of a quotient."""
    return float(np.polyfit([0.0, h], [f(x), f(x + h)], 1)[0])


def power_cases(rng):
    yield 0.1, 0.5, 0.01, 0.005
    yield 0.1, 0.5, 0.05, 0.0625
    yield 1e-3, 2e-6, 1e-4, 2e-8
    for power in (1, 2, 4):
        h, shorter, factor = rng.uniform(0.05, 0.2), rng.uniform(2, 9), rng.uniform(0.5, 3)
        yield h, factor * h**power, h / shorter, factor * (h / shorter) ** power


def power_of_error(h1, e1, h2, e2):
    """The slope of the straight line through the two points on log-log paper, from a fit."""
    return float(np.polyfit([math.log2(h1), math.log2(h2)], [math.log2(e1), math.log2(e2)], 1)[0])


def error_cases(rng):
    yield np.array([2.0, 0.001]), np.array([2.1, 0.0012])
    yield np.array([0.0, 3.0, -4.0]), np.array([1e-12, 3.0, 4.0])
    yield np.array([0.0, 0.5]), np.array([0.0, 0.25])
    yield np.array([1e-9, -2.0]), np.array([0.0, -2.0]), 1e-6
    yield np.array([[5.0, 1.0], [0.0, -1.0]]), np.array([[0.0, 1.0], [2.0, -1.5]]), 1.0
    for shape in [(4,), (2, 3)]:
        exact = rng.normal(size=shape)
        yield exact, exact + rng.normal(0, 1e-3, size=shape)


def entry_by_entry(exact, measured, floor=1e-8):
    pairs = zip(np.ravel(exact), np.ravel(measured), strict=True)
    shares = [abs(float(e) - float(m)) / sorted([abs(float(e)), abs(float(m)), floor])[-1] for e, m in pairs]
    return np.array(shares).reshape(np.shape(exact))


def planted_cases(rng):
    yield tuple(
        np.array(a) for a in ([[1.0], [2.0]], [[0.0, 1.0], [3.0, -1.0]], [[1.0, -1.0]], [0.5, 1.5], [[2.0, 1.0], [3.0, -2.0]], [-1.0, 0.5])
    )
    for N, D, H, M in [(3, 2, 4, 1), (1, 3, 3, 2), (5, 4, 3, 2), (3, 3, 3, 3)]:
        yield tuple(rng.normal(size=shape) for shape in [(N, D), (N, M), (D, H), H, (H, M), M])
    yield tuple(rng.normal(size=shape) for shape in [(4, 2), (4, 2), (2, 3)]) + (np.zeros(3), rng.normal(size=(3, 2)), np.zeros(2))


def planted_slopes(X, T, W1, b1, W2, b2):
    """Example by example, unit by unit."""
    dW1, db1, dW2, db2 = (np.zeros(np.shape(p)) for p in (W1, b1, W2, b2))
    for x, t in zip(X, T, strict=True):
        sums = [sum(x[d] * W1[d, h] for d in range(len(x))) + b1[h] for h in range(len(b1))]
        alive = [h for h, z in enumerate(sums) if z > 0]
        for m in range(len(t)):
            blame = 2 * (sum(sums[h] * W2[h, m] for h in alive) + b2[m] - t[m]) / T.size
            db2[m] += blame
            for h in alive:
                dW2[h, m] += blame * sums[h]
                db1[h] += blame * W2[h, m]
                dW1[:, h] += blame * W2[h, m] * x
    return dW1, db1, dW2, db2


def planted(dY="2 * (Y - T) / T.size", gate="Z > 0", db1="dZ.sum(axis=0)"):
    return f"""
def planted_bugs(X, T, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    Y = H @ W2 + b2
    # start at the loss
    dY = {dY}
    # settle the output layer
    dW2 = H.T @ dY
    db2 = dY.sum(axis=0)
    # pass on to the hidden layer
    dH = dY @ W2.T
    # go through the ReLU
    dZ = dH * ({gate})
    # settle the hidden layer
    dW1 = X.T @ dZ
    db1 = {db1}
    return dW1, db1, dW2, db2
"""


ONE_OUTPUT, NO_BIAS, ONE_EXAMPLE = "2 * (Y - T) / len(T)", "X @ W1 > 0", "dZ[0]"


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
        id="forward_difference",
        title="a slope from two values",
        statement="""
Write `forward_difference(f, x, h)`: `f` is a function of one number. Draw a straight line through two points of its graph, the one at `x` and the
one `h` further on. Return the slope of that line.
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
    Exercise(
        id="numerical_gradient",
        title="measure a gradient",
        statement="""
Write `numerical_gradient(f, x, h=1e-5)`. `f` takes an array shaped like `x` (any shape) and returns a number.
Return an array shaped like `x` holding `(f(x + h*e_i) - f(x - h*e_i)) / (2 * h)` for every entry `i`, where `e_i` is 1 at
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
        id="order_of_error",
        title="how fast an error shrinks",
        statement="""
An error is said to be *of order p* when it is about $c\\,h^p$: a step half as long makes an error of order 1 half as large, and one of order 2 a quarter as
large. Write `order_of_error(h1, e1, h2, e2)`: with the step `h1` the error was `e1`, with `h2` it was `e2`. Return $p$.
""",
        starter="""
def order_of_error(h1, e1, h2, e2):
    ...
""",
        hints=[
            "By which factor did the step change, and by which the error? The second factor is the first one to the power p.",
            "`e1 / e2` is `(h1 / h2) ** p`. What takes a power down to the ground?",
            "A logarithm: `np.log(e1 / e2) / np.log(h1 / h2)`.",
        ],
        solution="""
def order_of_error(h1, e1, h2, e2):
    return np.log(e1 / e2) / np.log(h1 / h2)
""",
        cases=power_cases,
        oracle=power_of_error,
        wrong=[
            ("(e1 / e2) / (h1 / h2)", "Those are the two factors, divided: p is an exponent, so take their logarithms first."),
            ("np.log(h1 / h2) / np.log(e1 / e2)", "Turned over: the logarithm of the errors' factor stands above."),
            ("np.log(e1 / e2)", "That is half of it: divide by the logarithm of the steps' factor."),
            ("np.log(e1) / np.log(h1)", "One point cannot say how fast: compare two, since the factor c is not known."),
            ("np.log(e2) / np.log(h2)", "One point cannot say how fast: compare two, since the factor c is not known."),
            ("np.log(e2 / e1) / np.log(h1 / h2)", "The sign is turned: both quotients must be taken the same way round."),
            ("(np.log(e1) - np.log(e2)) / (h1 - h2)", "The steps need their logarithms as well."),
            ("e1 / e2", "That is the factor of the error: of which power of the steps' factor is it?"),
        ],
    ),
    Exercise(
        id="relative_errors",
        title="how far apart, entry by entry",
        statement="""
Write `relative_errors(exact, measured, floor=1e-8)`: for two arrays of one shape (any), the array of
`|exact - measured| / max(|exact|, |measured|, floor)`, entry by entry. The
floor keeps an entry that is 0 but for rounding from raising a false alarm.
""",
        starter="""
def relative_errors(exact, measured, floor=1e-8):
    ...
""",
        hints=[
            "Above the line is the distance of the two; below it, entry by entry, the largest of three numbers.",
            "`np.maximum(a, b)` takes the larger of two arrays entry by entry, and one of the two may be a plain number.",
            "`np.abs(exact - measured) / np.maximum(np.maximum(np.abs(exact), np.abs(measured)), floor)`.",
        ],
        solution="""
def relative_errors(exact, measured, floor=1e-8):
    larger = np.maximum(np.abs(exact), np.abs(measured))
    return np.abs(exact - measured) / np.maximum(larger, floor)
""",
        cases=error_cases,
        oracle=entry_by_entry,
        wrong=[
            ("np.abs(exact - measured)", "That is the distance: divide it by the larger of the two sizes, or by the floor."),
            ("np.abs(exact - measured) / np.maximum(np.abs(exact), floor)", "Where exact is 0 this explodes: the larger of *both* sizes goes below the line."),
            ("np.abs(exact - measured) / np.maximum(np.abs(measured), floor)", "Where measured is 0 this explodes: the larger of *both* sizes goes below the line."),
            ("np.abs(exact - measured) / np.max(np.abs([exact, measured]))", "One scale for all entries: then an error in a small entry goes under. Divide each by its own."),
            ("np.max(np.abs(exact - measured) / np.maximum(np.maximum(np.abs(exact), np.abs(measured)), floor))", "That is the worst entry: return all of them, in the shape of the arrays."),
            ("np.abs(exact - measured) / np.maximum(np.abs(exact), np.abs(measured), floor)", "np.maximum compares two arrays: for three numbers use it twice, np.maximum(np.maximum(…, …), floor)."),
            ("np.abs(exact - measured) / np.maximum(np.abs(exact), np.abs(measured))", "The floor is missing: where both are nearly 0, it is what divides."),
            ("(exact - measured) / np.maximum(np.maximum(np.abs(exact), np.abs(measured)), floor)", "A distance has no sign: np.abs of the difference."),
            ("np.abs(exact - measured) / (np.abs(exact) + np.abs(measured) + floor)", "That divides by the sum: take the larger of the two sizes."),
            ("np.abs(exact - measured) / np.maximum(np.maximum(exact, measured), floor)", "Compare sizes, np.abs: the larger of two negative numbers is the smaller one in size."),
            ("np.abs(exact - measured) / np.maximum(np.maximum(np.abs(exact), np.abs(measured)), 1e-8)", "That always uses 1e-8: use the argument floor."),
            ("np.abs(exact - measured) / (np.maximum(np.abs(exact), np.abs(measured)) + floor)", "The floor is no addition: it takes over where both sizes are below it."),
        ],
    ),
    Exercise(
        id="planted_bugs",
        title="three planted bugs",
        statement="""
This is the backward pass of `H = relu(X @ W1 + b1)`, `Y = H @ W2 + b2`, with the mean over all entries of `(Y - T)**2` as its loss. Three bugs are planted in it.
One is silent for a single example, one for a single output, one for biases of 0. Find them and repair them;
`planted_bugs(X, T, W1, b1, W2, b2)` returns `(dW1, db1, dW2, db2)`.
""",
        starter=planted(ONE_OUTPUT, NO_BIAS, ONE_EXAMPLE),
        hints=[
            "Read each line and ask: with one example, with one output, with biases of 0, would something simpler give the same?",
            "The three are in *start at the loss*, *go through the ReLU* and *settle the hidden layer*, one in each.",
            "Divide by `T.size`; open the gate where `Z > 0`, bias included; `db1 = dZ.sum(axis=0)`.",
        ],
        solution=planted(),
        cases=planted_cases,
        oracle=planted_slopes,
        returns=("dW1", "db1", "dW2", "db2"),
        wrong=[
            (planted(gate=NO_BIAS, db1=ONE_EXAMPLE), "The outputs are right now. The gate and `db1` are still to be mended."),
            (planted(dY=ONE_OUTPUT, db1=ONE_EXAMPLE), "The gate is right now. The division of the mean and `db1` are still to be mended."),
            (planted(dY=ONE_OUTPUT, gate=NO_BIAS), "`db1` adds up now. The division of the mean and the gate are still to be mended."),
            (planted(dY=ONE_OUTPUT), "One is left, and it is silent for a single output: the mean is over *all* entries."),
            (planted(gate=NO_BIAS), "One is left, and it is silent for biases of 0: a ReLU opens by its whole sum, bias included."),
            (planted(db1=ONE_EXAMPLE), "One is left, and it is silent for a single example: a bias is used by all of them."),
            (planted(db1="dZ.mean(axis=0)"), "`db1` is a sum: the loss's mean has been taken in dY already."),
            (planted(gate="dH > 0"), "The gate opens by the sign of the sum Z, not by that of the blame."),
            (planted(gate="X @ W1 + b1 >= 1"), "The gate opens above 0."),
        ],
    ),
]
