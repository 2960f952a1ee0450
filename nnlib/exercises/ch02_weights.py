"""Exercises of chapter 2: a whole layer of weights at once."""

import numpy as np

from .registry import Exercise


def linear_cases(rng):
    yield np.array([[1.0, 2.0]]), np.array([[1.0], [3.0]]), np.array([0.5])
    yield np.array([[1.0, 2.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), np.array([10.0, 20.0, 30.0])
    yield np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([0.5, -0.5])
    for N, D, M in [(3, 1, 2), (4, 3, 1), (1, 1, 1), (5, 4, 3), (2, 6, 5), (3, 3, 3)]:
        yield rng.normal(size=(N, D)), rng.normal(size=(D, M)), rng.normal(size=M)


def linear_by_hand(X, W, b):
    (N, D), M = X.shape, len(b)
    rows = [[sum(X[n, d] * W[d, m] for d in range(D)) + b[m] for m in range(M)] for n in range(N)]
    return np.array(rows)


EXERCISES = [
    Exercise(
        id="linear_forward",
        title="a linear layer",
        statement="""
Write `linear_forward(X, W, b)`. `X` has shape `(N, D)`, `W` has shape `(D, M)`, `b` has shape `(M,)`.
Return the array of shape `(N, M)` whose row `n` is `X[n] @ W + b`.
""",
        starter="""
def linear_forward(X, W, b):
    ...
""",
        hints=[
            "Each of the N rows of X meets each of the M columns of W: one neuron per column, one number per pair.",
            "A matrix product does all pairs at once. Write the shapes beside it: (N, D) times (D, M) is (N, M).",
            "`X @ W` is the array of weighted sums. `+ b` adds b to every row of it, because NumPy repeats b for each row.",
        ],
        solution="""
def linear_forward(X, W, b):
    return X @ W + b
""",
        cases=linear_cases,
        oracle=linear_by_hand,
        wrong=[
            ("X @ W", "The bias is missing: add b to every row."),
            ("X @ W - b", "The bias is subtracted: it should be added."),
            ("W @ X + b", "The order matters: X @ W, one row of X for each example."),
            ("X @ W.T + b", "W has shape (D, M) here: it needs no transpose."),
            ("(X + b) @ W", "The bias is added after the weighted sum, not to the inputs."),
            ("X @ W + b.sum()", "Each column has its own bias: add b itself, not its sum."),
            ("X @ W + b[0]", "Each column has its own bias: b[0] belongs to the first only."),
            ("X[0] @ W + b", "That is the first example only: there are N rows."),
            ("np.maximum(X @ W + b, 0)", "A linear layer has no activation: leave negative scores as they are."),
            ("(X @ W + b).T", "The result is transposed: rows are examples, columns are neurons."),
        ],
    ),
]
