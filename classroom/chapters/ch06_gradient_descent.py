"""Exercises of chapter 6: follow the slope downhill."""

import functools
import math

import numpy as np

from ..exercises.registry import Exercise


def line_cases(rng):
    yield np.array([1.0, 2.0]), np.array([1.0, 3.0]), 0.1, 2
    yield np.array([1.0, 2.0]), np.array([1.0, 3.0]), 0.1, 1
    yield np.array([1.0]), np.array([2.0]), 0.1, 1
    yield np.array([0.0, 1.0, 2.0]), np.array([1.0, -1.0, 0.5]), 0.05, 5
    yield rng.normal(size=7), rng.normal(size=7) + 1, 0.2, 3
    yield rng.uniform(-1, 1, size=12), rng.normal(size=12) - 2, 0.1, 60


def fit_line_by_sums(x, y, lr, steps):
    """The gradient expanded into sums over the data, so that no residual is ever formed."""
    n, w, b = len(x), 0.0, 0.0
    sx, sy = sum(map(float, x)), sum(map(float, y))
    sxx, sxy = sum(float(a) * float(a) for a in x), sum(float(a) * float(c) for a, c in zip(x, y, strict=True))
    for _ in range(steps):
        slope_w, slope_b = 2 * (w * sxx + b * sx - sxy) / n, 2 * (w * sx + n * b - sy) / n
        w, b = w - lr * slope_w, b - lr * slope_b
    return w, b


def line(update, error="w * x + b - y", start="w, b = 0.0, 0.0"):
    return f"""
def fit_line(x, y, lr, steps):
    {start}
    for _ in range(steps):
        error = {error}
        {update}
    return w, b
"""


GRADIENT = "dw, db = 2 * np.mean(error * x), 2 * np.mean(error)"

def slope_cases(rng):
    yield np.array([1.0, 3.0]), np.array([2.0, 1.0]), 0.5, -1.0
    yield np.array([2.0]), np.array([5.0]), 1.0, 0.5
    yield np.array([0.0, 2.0, -1.0]), np.array([1.0, 1.0, 1.0]), 0.0, 0.0
    for n in (5, 12):
        yield rng.normal(size=n), rng.normal(size=n), float(rng.normal()), float(rng.normal())


def slopes_by_sums(x, y, w, b):
    """The same two derivatives from the sums Σx, Σy, Σx², Σxy that the loss depends on."""
    n = len(x)
    return 2 * (w * (x @ x) + b * x.sum() - x @ y) / n, 2 * (w * x.sum() / n + b - y.sum() / n)


def parabola(x):
    """2 * x"""
    return 2 * x


def shifted_parabola(x):
    """x - 3"""
    return x - 3


def two_valleys(x):
    """4 * x**3 - 4 * x + 0.5"""
    return 4 * x**3 - 4 * x + 0.5


def descend_cases(rng):
    yield parabola, 1.0, 0.25, 2
    yield parabola, 1.0, 0.25, 1
    yield shifted_parabola, 0.0, 0.5, 3
    yield two_valleys, 1.5, 0.05, 4
    yield two_valleys, -0.5, 0.02, 10
    yield shifted_parabola, 5.0, 0.1, 0
    yield two_valleys, rng.uniform(0.5, 1.5), 0.03, 6


def square(x):
    """x**2"""
    return x**2


def wave(x):
    """np.sin(x)"""
    return np.sin(x)


def bend_cases(rng):
    yield square, 3.0, 0.4
    yield square, -2.0, 0.25
    yield parabola, 3.0, 0.1
    yield two_valleys, 1.0, 0.4
    yield two_valleys, 0.0, 0.1
    yield wave, 1.0, 0.4
    yield wave, float(rng.normal()), 0.25


def bend_by_slopes(f, x, h):
    """The change from the slope on the left to the slope on the right, per unit of the distance of their middles."""
    left, right = (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h
    return (right - left) / h


def rate_cases(rng):
    yield (np.array([1.0, 3.0]),)
    yield (np.array([0.0, 2.0]),)
    yield (np.array([-1.0, 1.0]),)
    yield (np.array([5.0]),)
    yield (np.array([0.1, -0.1, 0.2]),)
    for n in (6, 15):
        yield (rng.normal(size=n) + rng.uniform(-2, 4),)


def rate_by_the_quadratic_formula(x):
    """The larger root of λ² − (sum of the diagonal) λ + determinant = 0, which are the table's eigenvalues."""
    square, mean = sum(float(one) ** 2 for one in x) / len(x), sum(map(float, x)) / len(x)
    half = square + 1
    return 2 / (half + math.sqrt(half**2 - 4 * (square - mean**2)))


def rate(H, of="np.linalg.eigvalsh(H)[-1]", over="2"):
    return f"""
def largest_rate(x):
    H = {H}
    return {over} / {of}
"""


TABLE = "np.array([[np.mean(2 * x**2), np.mean(2 * x)], [np.mean(2 * x), 2.0]])"


EXERCISES = [
    Exercise(
        id="line_gradient",
        title="two slopes of a straight line",
        statement="""
Write `line_gradient(x, y, w, b)`: the pair `(dw, db)` of the derivatives of `np.mean((w * x + b - y) ** 2)` with respect
to `w` and `b`. `x` and `y` have shape $(N,)$, `w` and `b` are numbers.
""",
        starter="""
def line_gradient(x, y, w, b):
    ...
""",
        hints=[
            "Start with the residuals, `w * x + b - y`. Both derivatives are means of something made from them.",
            "The derivative of a square is twice what is squared, times its own derivative: $x$ for $w$, and 1 for $b$.",
            "`dw` is the mean of `2 * residual * x`, `db` the mean of `2 * residual`.",
        ],
        solution="""
def line_gradient(x, y, w, b):
    residual = w * x + b - y
    return np.mean(2 * residual * x), np.mean(2 * residual)
""",
        cases=slope_cases,
        oracle=slopes_by_sums,
        returns=("dw", "db"),
        wrong=[
            (
                "np.mean((w * x + b - y) * x), np.mean(w * x + b - y)",
                "The factor 2 is missing: the derivative of a square is twice what is squared.",
            ),
            (
                "np.sum(2 * (w * x + b - y) * x), np.sum(2 * (w * x + b - y))",
                "Those are sums: the loss is a mean, so its derivatives are means too.",
            ),
            (
                "np.mean(2 * (y - w * x - b) * x), np.mean(2 * (y - w * x - b))",
                "The sign is turned: the residual is prediction minus target.",
            ),
            (
                "np.mean(2 * (w * x + b - y)), np.mean(2 * (w * x + b - y))",
                "The slope for w is missing its factor x: a weight counts in proportion to its input.",
            ),
            (
                "np.mean(2 * (w * x - y) * x), np.mean(2 * (w * x - y))",
                "The bias is missing from the prediction: it is w * x + b.",
            ),
            (
                "np.mean((w * x + b - y) ** 2 * x), np.mean((w * x + b - y) ** 2)",
                "The square is still there: its derivative is twice what is squared.",
            ),
        ],
    ),
    Exercise(
        id="one_step",
        title="one step by hand",
        statement="""
A line has $w = 1$ and $b = 0$. There is one example, $x = 2$ with target $y = 5$, and the loss is $(wx + b - y)^2$. What
are $w$ and $b$ after one step of gradient descent with $\\eta = 0.1$? Put the pair `(w, b)` into `answer`.
""",
        starter="answer = ...",
        hints=[
            "The prediction is 2, so the residual is $2 - 5 = -3$.",
            "$dw = 2 \\cdot (-3) \\cdot 2$ and $db = 2 \\cdot (-3)$.",
            "$dw = -12$ and $db = -6$; now $w = 1 - 0.1 \\cdot (-12)$, and $b$ in the same way from 0.",
        ],
        solution="answer = (1 - 0.1 * 2 * (-3) * 2, 0 - 0.1 * 2 * (-3))",
        answer=(2.2, 0.6),
        returns=("w", "b"),
        wrong=[
            ((-0.2, -0.6), "That moves with the slope: gradient descent moves against it."),
            ((1.6, 0.3), "The factor 2 of the squared residual's derivative is missing."),
            ((13.0, 6.0), "That is a step of the whole gradient: the learning rate 0.1 is missing."),
            ((1.6, 0.6), "The slope for w is missing its factor x = 2."),
            ((-12.0, -6.0), "That is the gradient: the question is where the step leads."),
            ((2.2, 0.0), "The bias takes a step too."),
            ((2.2, 0.12), "The slope for b was taken after w had moved: take both at the same point."),
        ],
    ),
    Exercise(
        id="fit_line",
        title="fit a line by gradient descent",
        statement="""
Write `fit_line(x, y, lr, steps)`. Start with `w = 0` and `b = 0`. Repeat `steps` times: compute the gradients of
`mean((w*x + b - y)**2)` with respect to `w` and `b` **at the same point**, then `w -= lr*dw` and `b -= lr*db`.
`x` and `y` have shape `(N,)`. Return `(w, b)`, two numbers.
""",
        starter="""
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    ...
    return w, b
""",
        hints=[
            "Write error = w*x + b - y. The loss is the mean of error**2, and a square grows by 2 * error per unit of error.",
            "dw is the mean of 2 * error * x, and db is the mean of 2 * error * 1. Compute both before changing either.",
            "In the loop: `error = w * x + b - y`, `dw = 2 * np.mean(error * x)`, `db = 2 * np.mean(error)`, and then the two updates.",
        ],
        solution="""
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw = 2 * np.mean(error * x)
        db = 2 * np.mean(error)
        w = w - lr * dw
        b = b - lr * db
    return w, b
""",
        cases=line_cases,
        oracle=fit_line_by_sums,
        returns=("w", "b"),
        wrong=[
            (
                line("w = w - lr * 2 * np.mean(error * x)\n        b = b - lr * 2 * np.mean(w * x + b - y)"),
                "b's gradient is computed after w has moved: compute both at the same point, then update both.",
            ),
            (
                line("b = b - lr * 2 * np.mean(error)\n        w = w - lr * 2 * np.mean((w * x + b - y) * x)"),
                "w's gradient is computed after b has moved: compute both at the same point, then update both.",
            ),
            (line(f"{GRADIENT}\n        w, b = w - lr * dw, b - lr * db", error="(w * x + b - y) ** 2"), "The square is still there: its derivative is twice what is squared."),
            (line(f"{GRADIENT}\n        w, b = w + lr * dw, b + lr * db"), "That climbs: the error is prediction minus target, and the gradient is subtracted."),
            (
                line("dw, db = np.mean(error * x), np.mean(error)\n        w, b = w - lr * dw, b - lr * db"),
                "The factor 2 from the square is missing in the gradients.",
            ),
            (
                line("dw, db = 2 * np.sum(error * x), 2 * np.sum(error)\n        w, b = w - lr * dw, b - lr * db"),
                "Those gradients are sums: the loss is a mean, so divide by N.",
            ),
            (line(f"{GRADIENT}\n        w = w - lr * dw"), "The bias never moves: it has a gradient too."),
            (line(f"{GRADIENT}\n        b = b - lr * db"), "The weight never moves: update it as well."),
            (
                line("dw, db = 2 * np.mean(error), 2 * np.mean(error)\n        w, b = w - lr * dw, b - lr * db"),
                "The derivative with respect to w carries a factor x: error * x.",
            ),
            (
                line(f"{GRADIENT}\n        w, b = w - lr * dw, b - lr * db\n        break"),
                "That is a single step: repeat it `steps` times. (A `return` indented into the loop ends it at the first.)",
            ),
            (
                line(f"{GRADIENT}\n        w, b = w - lr * dw, b - lr * db", start="w, b = 1.0, 0.0"),
                "Start with w = 0 and b = 0.",
            ),
            (line(f"{GRADIENT}\n        w, b = w - lr * dw, b - lr * db", error="w * x - y"), "The bias is missing in the prediction: w * x + b."),
            (line(f"{GRADIENT}\n        w, b = w - dw, b - db"), "The learning rate is missing: multiply the gradients by lr."),
            (
                "def fit_line(x, y, lr, steps):\n    w, b = 0.0, 0.0\n    error = w * x + b - y\n    dw, db = 2 * np.mean(error * x), 2 * np.mean(error)\n    for _ in range(steps):\n        w, b = w - lr * dw, b - lr * db\n    return w, b",
                "The gradients are computed once: compute them anew in every step, at the new point.",
            ),
            (
                line(f"{GRADIENT}\n        w, b = w - lr * dw, b - lr * db", start="w, b = np.random.randn(), 0.0"),
                "Start with w = 0 and b = 0: no random start here.",
            ),
            (
                line(f"{GRADIENT}\n        w, b = w - lr * dw / len(x), b - lr * db / len(x)"),
                "np.mean has divided by N already: once is enough.",
            ),
            (
                "def fit_line(x, y, lr, steps):\n    from nnlib import line\n    X, own_y = line(30, slope=1.5, intercept=1.0, noise=0.4, seed=2)\n    own_x = X[:, 0] + 0.5\n    w, b = 0.0, 0.0\n    for _ in range(steps):\n"
                "        error = w * own_x + b - own_y\n        w, b = w - lr * 2 * np.mean(error * own_x), b - lr * 2 * np.mean(error)\n    return w, b",
                "Those are the slopes of the chapter's thirty points: `gradient(w, b)` has an x and y of its own; `gradient(w, b, x, y)` takes yours.",
            ),
        ],
    ),
    Exercise(
        id="second_derivative",
        title="a curvature by trial",
        statement="""
Write `second_derivative(f, x, h)`: the curvature of `f` at `x`, from three values of `f`, at `x - h`, `x` and `x + h`. The
slope from `x` to `x + h` belongs to the middle of these two places, and so does the slope from `x - h` to `x`. The
curvature is how much the slope grows from the one middle to the other, per unit of the distance between them.
""",
        starter="""
def second_derivative(f, x, h):
    ...
""",
        hints=[
            "The slope on the right is `(f(x + h) - f(x)) / h`. Write the one on the left in the same way.",
            "The two middles lie at $x - h/2$ and $x + h/2$. How far is that from one to the other?",
            "Right slope minus left slope, divided by `h`: together `(f(x + h) - 2 * f(x) + f(x - h)) / h**2`.",
        ],
        solution="""
def second_derivative(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2
""",
        cases=bend_cases,
        oracle=bend_by_slopes,
        wrong=[
            ("(f(x + h) - f(x - h)) / (2 * h)", "That is the slope: the curvature is how much the slope changes."),
            ("(f(x + h) - 2 * f(x) + f(x - h)) / h", "That is the change of the slope: divide it by the distance of the two middles, h, once more."),
            ("f(x + h) - 2 * f(x) + f(x - h)", "In the end nothing is divided: a slope is a rise over h, and the curvature divides once more by h, so by h**2 in all."),
            ("(f(x + h) - 2 * f(x) + f(x - h)) / (2 * h**2)", "The two middles are h apart, not 2 * h."),
            ("(f(x + h) - 2 * f(x) + f(x - h)) / (4 * h**2)", "The two middles are h apart, not 2 * h; and each slope is taken over h."),
            ("(f(x + h) - f(x) + f(x - h)) / h**2", "The middle value comes in twice, once in each slope: 2 * f(x)."),
            ("(f(x + h) + 2 * f(x) + f(x - h)) / h**2", "The middle value is taken away twice, in the right slope and with the left one: - 2 * f(x)."),
            ("(2 * f(x) - f(x + h) - f(x - h)) / h**2", "The sign is turned: right slope minus left slope."),
        ],
    ),
    Exercise(
        id="largest_rate",
        title="the limit before the first step",
        statement="""
A line with a weight and a bias is to be fitted by gradient descent to examples with the inputs `x`, an array of shape
$(N,)$; the loss is the mean squared error. Write `largest_rate(x)`: the learning rate up to which the steps do not run
away, 2 over the largest eigenvalue of the Hessian.
""",
        starter="""
def largest_rate(x):
    ...
""",
        hints=[
            "The Hessian has two rows and two columns, one of each for the weight and for the bias. It is in the text, as a mean over the examples.",
            "`np.linalg.eigvalsh(H)` gives the eigenvalues, the smallest first.",
            "Its entries are `np.mean(2 * x**2)`, `np.mean(2 * x)` in both corners, and 2 for the bias. Then `2 / np.linalg.eigvalsh(H)[-1]`.",
        ],
        solution="""
def largest_rate(x):
    corner = np.mean(2 * x)
    H = np.array([[np.mean(2 * x**2), corner], [corner, 2.0]])
    return 2 / np.linalg.eigvalsh(H)[-1]
""",
        cases=rate_cases,
        oracle=rate_by_the_quadratic_formula,
        wrong=[
            ("1 / np.mean(x**2)", "That is the limit of the weight alone: the bias has a row and a column of its own."),
            ("2 / max(np.mean(2 * x**2), 2.0)", "That is 2 over the largest entry of the table. The corners couple w and b, and make the largest eigenvalue larger."),
            (rate(TABLE, of="np.linalg.eigvalsh(H)[0]"), "That is the smallest eigenvalue: the direction that bends most sets the limit."),
            (rate(TABLE, over="1"), "That lands on the floor in one step: the limit is twice as far."),
            (rate(TABLE.replace("2 * x", "x").replace("2.0", "1.0")), "The factor 2 of the square's derivative is missing in the Hessian."),
            (rate(TABLE.replace("np.mean", "np.sum").replace("2.0", "2.0 * len(x)")), "Those are sums: the loss is a mean, and so is its Hessian."),
            (rate(TABLE.replace("np.mean(2 * x)", "2 * np.mean(2 * x)")), "The corners are np.mean(2 * x) each: the 2 is in it already."),
            (rate(TABLE.replace("np.mean(2 * x)", "np.mean(x)")), "The corners are np.mean(2 * x): every entry of the table has the factor 2."),
            (rate(TABLE.replace("2.0", "1.0")), "The entry of the bias is 2, as its input is always 1."),
            (rate(TABLE, of="np.trace(H)"), "The sum of the diagonal is the sum of both eigenvalues: take the largest."),
            ("2 / (np.mean(2 * x**2) + 2.0)", "The sum of the diagonal is the sum of both eigenvalues: take the largest."),
            (
                rate("np.array([[np.mean(2 * x) ** 2 / 2, np.mean(2 * x)], [np.mean(2 * x), 2.0]])"),
                "The mean of the squares is not the square of the mean: square first.",
            ),
        ],
    ),
    Exercise(
        id="descend",
        title="gradient descent on any slope",
        statement="""
Write `descend(df, x0, lr, steps)`. `df` is a function that gives the slope at a number, `x0` the number to start from.
Take `steps` steps of gradient descent with learning rate `lr` and return where they end.
""",
        starter="""
def descend(df, x0, lr, steps):
    ...
""",
        hints=[
            "Repeat one line `steps` times. Each time ask for the slope where you are *now*.",
            "A loop `for _ in range(steps):` with one update in it, and `x = x0` before it.",
            "The update is `x = x - lr * df(x)`. After the loop return `x`.",
        ],
        solution="""
def descend(df, x0, lr, steps):
    x = x0
    for _ in range(steps):
        x = x - lr * df(x)
    return x
""",
        cases=descend_cases,
        oracle=lambda df, x0, lr, steps: functools.reduce(lambda x, _: x - lr * df(x), range(steps), float(x0)),
        wrong=[
            (
                "def descend(df, x0, lr, steps):\n    x = x0\n    for _ in range(steps):\n        x = x + lr * df(x)\n    return x",
                "That climbs: subtract the slope.",
            ),
            ("x0 - lr * df(x0)", "That is one step: repeat it `steps` times."),
            (
                "x0 - steps * lr * df(x0)",
                "That uses the slope of the starting point for every step: ask for it anew each time.",
            ),
            (
                "def descend(df, x0, lr, steps):\n    x = x0\n    for _ in range(steps):\n        x = x - df(x)\n    return x",
                "The learning rate is missing.",
            ),
            (
                "def descend(df, x0, lr, steps):\n    x = x0\n    for _ in range(steps + 1):\n"
                "        x = x - lr * df(x)\n    return x",
                "That is one step too many.",
            ),
        ],
    ),
]
