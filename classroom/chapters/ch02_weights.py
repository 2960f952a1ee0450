"""Exercises of chapter 2: how far from the boundary, a whole layer of weights at once, and all weights scaled."""

import math

import numpy as np

from ..exercises.registry import Exercise


def linear_cases(rng):
    yield np.array([[1.0, 2.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), np.array([10.0, 20.0, 30.0])
    yield np.array([[1.0, 2.0]]), np.array([[1.0], [-3.0]]), np.array([0.5])
    yield np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([0.5, -0.5])
    for N, D, M in [(3, 1, 2), (4, 3, 1), (1, 1, 1), (5, 4, 3), (2, 6, 5), (3, 3, 3)]:
        yield rng.normal(size=(N, D)), rng.normal(size=(D, M)), rng.normal(size=M)


def linear_by_hand(X, W, b):
    (N, D), M = X.shape, len(b)
    rows = [[sum(X[n, d] * W[d, m] for d in range(D)) + b[m] for m in range(M)] for n in range(N)]
    return np.array(rows)


def distance_cases(rng):
    yield np.array([4.0, 2.0]), np.array([3.0, 4.0]), -10.0
    yield np.array([2.0]), np.array([1.0]), -0.5
    yield np.array([1.0, 1.0]), np.array([-3.0, 4.0]), -6.0
    yield np.array([0.0, 0.0]), np.array([0.0, -2.0]), 3.0
    for n in (2, 3, 5, 8):
        yield rng.normal(size=n), rng.normal(size=n), float(rng.normal())


def scale_cases(rng):
    yield np.array([2.0]), -1.0, 3.0
    yield np.array([1.0, -2.0]), 0.5, 2.0
    yield np.array([1.0, -2.0]), 0.5, 0.25
    yield np.array([0.5, 3.0, -1.0]), 0.0, 4.0
    for n in (2, 4, 7):
        yield rng.normal(size=n), float(rng.normal()), float(rng.uniform(0.2, 5))


EXERCISES = [
    Exercise(
        id="distance_to_boundary",
        title="distance from the boundary",
        statement="""
Write `distance_to_boundary(x, w, b)`. `x` and `w` are 1-D arrays with the same number of entries, `b` is a number, and
`w` is not all zeros. Return how far $\\mathbf{x}$ lies from the neuron's decision boundary: a positive number on the side where it
fires, the same with a minus sign on the other.
""",
        starter="""
def distance_to_boundary(x, w, b):
    ...
""",
        hints=[
            "Each unit of the way along w raises the sum by the norm of w. How many units does it take from a sum of 0 to this one?",
            "The neuron's sum, bias included, divided by the norm of w: `np.sqrt(w @ w)`, or `np.linalg.norm(w)`.",
            "`(x @ w + b) / np.linalg.norm(w)`: mind the parentheses.",
        ],
        solution="""
def distance_to_boundary(x, w, b):
    return (x @ w + b) / np.linalg.norm(w)
""",
        cases=distance_cases,
        oracle=lambda x, w, b: (
            math.fsum([float(i) * float(j) for i, j in zip(x, w, strict=True)] + [b]) / math.hypot(*w)
        ),
        wrong=[
            ("x @ w + b", "That is the sum. A distance is still to come: divide by the length of w."),
            ("x @ w / np.linalg.norm(w)", "The bias is missing: it moves the boundary away from the origin."),
            ("x @ w / np.linalg.norm(w) + b", "The bias has to be divided by the length as well: mind the parentheses."),
            ("(x @ w - b) / np.linalg.norm(w)", "The bias is subtracted: add it."),
            ("np.abs(x @ w + b) / np.linalg.norm(w)", "On the side where the neuron keeps quiet the distance is negative."),
            ("(x @ w + b) / (w @ w)", "That divides by the square of the length: take the square root of w @ w."),
            ("(x @ w + b) / np.sum(np.abs(w))", "The length of w is the root of the sum of its squares, not the sum of its sizes."),
            ("np.linalg.norm(x - w)", "That is the distance between x and w; wanted is the distance from the boundary."),
            ("x @ w + b / np.linalg.norm(w)", "Brackets: the whole sum x @ w + b is divided by the length."),
            (
                "(x @ w + b) / len(w)",
                "len(w) counts the entries: the length of a vector is the root of the sum of its squares.",
            ),
            ("(x @ w + b) / np.linalg.norm(x)", "That divides by the length of x: the one of w counts."),
        ],
    ),
    Exercise(
        id="linear_forward",
        title="a linear layer",
        statement="""
Write `linear_forward(X, W, b)`. `X` has shape `(N, D)`, `W` has shape `(D, M)`, `b` has shape `(M,)`.
Return the array of shape `(N, M)` whose entry in row `n`, column `m` is the sum of neuron `m` for example `n`.
""",
        starter="""
def linear_forward(X, W, b):
    ...
""",
        hints=[
            "Each of the N rows of X meets each of the M columns of W: one neuron per column, one number per pair.",
            "One sign you know from `x @ w` does all pairs at once, too. Write the shapes beside it: (N, D) times (D, M) is (N, M).",
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
            ("X @ W.T + b", "A neuron is a column of W, shape (D, M): no transpose, and `W[:, m]` where you take one by itself."),
            ("(X + b) @ W", "The bias is added after the weighted sum, not to the inputs."),
            ("X @ W + b.sum()", "Each column has its own bias: add b itself, not its sum."),
            ("X @ W + b[0]", "Each column has its own bias: b[0] belongs to the first only."),
            ("X @ W + X.shape[1] * b", "That adds the bias once per input: add it once, after the products."),
            ("X[0] @ W + b", "That is the first example only: there are N rows."),
            ("np.maximum(X @ W + b, 0)", "A linear layer has no activation: leave negative scores as they are."),
            ("(X @ W + b).T", "The result is transposed: rows are examples, columns are neurons."),
            ("X * W + b", "`*` multiplies entry by entry: the matrix product is `@`."),
        ],
    ),
    Exercise(
        id="scale_neuron",
        title="louder, but of the same opinion",
        statement="""
Write `scale_neuron(w, b, c)`. `w` is a 1-D array, `b` and `c` are numbers, $c > 0$. Return a pair: the weights $c\\,\\mathbf{w}$, and the
bias with which the new neuron fires for exactly the same inputs as the old one.
""",
        starter="""
def scale_neuron(w, b, c):
    ...
""",
        hints=[
            "The old boundary is where w·x + b = 0. For which bias is c·(w·x) + (new bias) zero at the same places?",
            "Multiply the whole equation w·x + b = 0 by c. Both terms change.",
            "Return two things: `c * w` and `c * b`.",
        ],
        solution="""
def scale_neuron(w, b, c):
    return c * w, c * b
""",
        cases=scale_cases,
        oracle=lambda w, b, c: (np.array([float(i) * c for i in w]), float(b) * c),
        returns=("weights", "bias"),
        wrong=[
            ("(c * w, b)", "With the old bias the boundary moves: multiply the bias by c as well."),
            ("(c * w, b / c)", "Multiply the bias by c, too: the whole sum w·x + b is scaled."),
            ("(c * w, c + b)", "The bias is multiplied by c, not increased by it."),
            ("(w, c * b)", "The weights should become c times as large."),
            ("(w / c, b / c)", "The decisions stay the same, but the weights asked for are c times w, not w divided by c."),
            ("(c * w, 0.0)", "Without its bias the boundary passes through the origin: multiply b by c."),
        ],
    ),
]
