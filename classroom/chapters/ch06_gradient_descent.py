"""Exercises of chapter 6: follow the slope downhill."""

import functools

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


EXERCISES = [
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
                "That is a single step: repeat it `steps` times.",
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
        ],
    ),
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
