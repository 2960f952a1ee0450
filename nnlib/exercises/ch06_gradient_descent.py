"""Exercises of chapter 6: follow the slope downhill."""

import numpy as np

from .registry import Exercise


def line_cases(rng):
    yield np.array([1.0]), np.array([2.0]), 0.1, 1
    yield np.array([1.0, 2.0]), np.array([1.0, 3.0]), 0.1, 1
    yield np.array([1.0, 2.0]), np.array([1.0, 3.0]), 0.1, 2
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
            "Write error = w*x + b - y. The loss is the mean of error**2; the chain rule gives both derivatives.",
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
        wrong=[
            (
                line("w = w - lr * 2 * np.mean(error * x)\n        b = b - lr * 2 * np.mean(w * x + b - y)"),
                "b's gradient is computed after w has moved: compute both at the same point, then update both.",
            ),
            (
                line("b = b - lr * 2 * np.mean(error)\n        w = w - lr * 2 * np.mean((w * x + b - y) * x)"),
                "w's gradient is computed after b has moved: compute both at the same point, then update both.",
            ),
            (line(f"{GRADIENT}\n        w, b = w + lr * dw, b + lr * db"), "That climbs: the gradient points uphill, so subtract it."),
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
        ],
    ),
]
