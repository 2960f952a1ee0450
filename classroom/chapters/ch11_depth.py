"""Exercises of chapter 11: what blame meets in a deep network, a normalization, and a way around a layer."""

import math

import numpy as np

from ..exercises.registry import Exercise


def norm_cases(rng):
    """Rows that differ in place and size, one that does not vary, and some that vary so little that epsilon counts."""
    gain, bias = np.array([2.0, 1.0, 0.5]), np.array([0.5, -1.0, 3.0])
    yield np.array([[1.0, 2.0, 6.0], [4.0, 0.0, -7.0]]), gain, bias
    yield np.array([[1.0, 3.0]]), np.array([1.0, 2.0]), np.array([0.0, 5.0])
    yield np.array([[5.0, 5.0, 5.0], [1.0, 2.0, 4.0]]), gain, bias
    yield np.array([[0.01, 0.03, -0.02], [0.02, 0.01, 0.05]]), gain, bias
    for N, D in [(4, 3), (1, 5), (5, 2), (3, 3)]:
        yield 3 * rng.normal(size=(N, D)) + 2, rng.normal(size=D), rng.normal(size=D)
    yield rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=4), 0.5


def normalized(row, epsilon):
    """(normalized row, spread), one entry at a time."""
    mean = math.fsum(row) / len(row)
    spread = math.sqrt(math.fsum((float(x) - mean) ** 2 for x in row) / len(row) + epsilon)
    return [(float(x) - mean) / spread for x in row], spread


def norm_by_entries(X, gain, bias, epsilon=1e-5):
    rows = (normalized(row, epsilon)[0] for row in X)
    return np.array([[g * x + b for g, x, b in zip(gain, row, bias, strict=True)] for row in rows])


def norm_code(
    mean="X.mean(axis=1, keepdims=True)", spread="np.sqrt(var + epsilon)", result="gain * (X - mean) / spread + bias"
):
    return f"""
def layer_norm(X, gain, bias, epsilon=1e-5):
    mean = {mean}
    var = np.mean((X - mean) ** 2, axis=1, keepdims=True)
    spread = {spread}
    return {result}
"""


def norm_backward_cases(rng):
    gain = np.array([2.0, 1.0, 0.5])
    yield np.array([[1.0, 0.0, 2.0], [0.0, 3.0, -1.0]]), np.array([[1.0, 2.0, 6.0], [4.0, 0.0, -7.0]]), gain
    yield np.array([[1.0, 2.0, -3.0]]), np.array([[1.0, 2.0, 4.0]]), gain
    yield np.array([[1.0, 0.0, 2.0]]), np.array([[5.0, 5.0, 5.0]]), gain
    for N, D in [(4, 3), (1, 5), (5, 4), (3, 3)]:
        yield rng.normal(size=(N, D)), 3 * rng.normal(size=(N, D)) + 2, rng.normal(size=D)
    yield rng.normal(size=(2, 4)), rng.normal(size=(2, 4)), rng.normal(size=4), 0.5


def norm_slopes(dA, X, gain, epsilon=1e-5):
    """Every way from an entry of X to an entry of A in the same row: through itself, the mean and the spread."""
    N, D = X.shape
    dX, dgain, dbias = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for n in range(N):
        row, spread = normalized(X[n], epsilon)
        for d in range(D):
            dgain[d] += dA[n, d] * row[d]
            dbias[d] += dA[n, d]
            for j in range(D):
                dX[n, d] += dA[n, j] * gain[j] * ((j == d) - 1 / D - row[d] * row[j] / D) / spread
    return dX, dgain, dbias


FORWARD_AGAIN = """
def layer_norm_backward(dA, X, gain, epsilon=1e-5):
    centred = X - X.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.mean(centred**2, axis=1, keepdims=True) + epsilon)
    X_hat = centred / spread
"""
NORM_BACKWARD = (
    FORWARD_AGAIN
    + """\
    dgain = np.sum(dA * X_hat, axis=0)
    dbias = np.sum(dA, axis=0)
    dX_hat = dA * gain
    mean = np.mean(dX_hat, axis=1, keepdims=True)
    along = np.mean(dX_hat * X_hat, axis=1, keepdims=True)
    dX = (dX_hat - mean - X_hat * along) / spread
    return dX, dgain, dbias
"""
)


def norm_backward_code(old, new):
    assert old in NORM_BACKWARD
    return NORM_BACKWARD.replace(old, new)


def residual_cases(rng):
    yield np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0, -1.0], [2.0, 0.5]]), np.array([0.5, -4.0])
    yield np.array([[2.0]]), np.array([[3.0]]), np.array([1.0])
    yield np.array([[-2.0]]), np.array([[3.0]]), np.array([1.0])
    for N, D in [(4, 3), (1, 4), (5, 2), (3, 3)]:
        yield rng.normal(size=(N, D)), rng.normal(size=(D, D)), rng.normal(size=D)


def residual_by_entries(X, W, b):
    N, D = X.shape
    sums = [[sum(X[n, i] * W[i, d] for i in range(D)) + b[d] for d in range(D)] for n in range(N)]
    return np.array([[X[n, d] + max(sums[n][d], 0.0) for d in range(D)] for n in range(N)])


def residual_backward_cases(rng):
    first, *others = residual_cases(rng)
    yield np.array([[1.0, 2.0], [-3.0, 5.0]]), *first
    yield np.array([[1.0, 2.0]]), np.array([[1.0, 2.0]]), np.array([[1.0, -1.0], [2.0, 0.5]]), np.array([0.5, 4.0])
    for X, W, b in others:
        yield rng.normal(size=X.shape), X, W, b


def residual_slopes(dA, X, W, b):
    """Around the layer each number has slope 1; through the layer, every path on its own."""
    (N, D), dX, dW, db = X.shape, dA.astype(float).copy(), np.zeros(W.shape), np.zeros(b.shape)
    for n in range(N):
        for d in range(D):
            if sum(X[n, i] * W[i, d] for i in range(D)) + b[d] > 0:
                db[d] += dA[n, d]
                for i in range(D):
                    dX[n, i] += dA[n, d] * W[i, d]
                    dW[i, d] += dA[n, d] * X[n, i]
    return dX, dW, db


def residual_backward_code(dX="dA + dZ @ W.T", dZ="dA * (Z > 0)", dW="X.T @ dZ", db="dZ.sum(axis=0)"):
    return f"""
def residual_backward(dA, X, W, b):
    Z = X @ W + b
    dZ = {dZ}
    return {dX}, {dW}, {db}
"""


EXERCISES = [
    Exercise(
        id="blame_after",
        title="what many layers do to blame",
        statement="""
Blame runs back through `layers` layers that are all alike. In each it meets an activation function whose slope has the size
`slope`, and then random weights of mean 0 and standard deviation `std`; every neuron is read by `n` others. Write
`blame_after(layers, slope, n, std)`: the factor by which the size of the blame, the root of its mean square, is
multiplied altogether.
""",
        starter="""
def blame_after(layers, slope, n, std):
    ...
""",
        hints=[
            "What does one layer do? It multiplies by a slope, and adds up `n` products of random sign.",
            "A sum of `n` such products is as large as `np.sqrt(n)` of them. So one layer multiplies by `slope * np.sqrt(n) * std`.",
            "All layers are alike and their factors multiply: `** layers`.",
        ],
        solution="""
def blame_after(layers, slope, n, std):
    return (slope * np.sqrt(n) * std) ** layers
""",
        cases=lambda rng: [
            (3, 0.5, 9, 0.2),
            (2, 0.25, 100, 0.1),
            (9, 0.25, 20, 0.22),
            (0, 0.7, 16, 0.3),
            (1, 0.9, 7, 0.5),
            (10, 0.71, 32, 0.25),
            (8, 1.0, 50, 0.4),
            (int(rng.integers(3, 8)), round(rng.uniform(0.3, 0.9), 2), int(rng.integers(10, 40)), 0.3),
        ],
        oracle=lambda layers, slope, n, std: math.exp(layers * (math.log(slope) + math.log(std) + math.log(n) / 2)),
        wrong=[
            (
                "slope * np.sqrt(n) * std * layers",
                "Factors along one way multiply: the factor of one layer to the power of `layers`.",
            ),
            (
                "(slope * n * std) ** layers",
                "Products of random sign cancel in part: n of them add up to np.sqrt(n), not to n.",
            ),
            ("(slope * n * std**2) ** layers", "n * std**2 is the factor of the mean square: the size is its root."),
            ("(slope**2 * n * std**2) ** layers", "That is the factor of the mean square: the size is its root."),
            (
                "slope * (np.sqrt(n) * std) ** layers",
                "Every layer brings its slope, not only one: it belongs inside the brackets.",
            ),
            ("slope**layers", "The weights are missing: they multiply by np.sqrt(n) * std in every layer."),
            ("(np.sqrt(n) * std) ** layers", "The slope of the activation function is missing."),
            ("(slope * std) ** layers", "Each entry is a sum of n products: np.sqrt(n) is missing."),
            ("(slope * np.sqrt(n * std)) ** layers", "The root is over n alone: std is a size already."),
            (
                "slope * np.sqrt(n) * std**layers",
                "The whole factor of a layer comes again and again: brackets around all three.",
            ),
        ],
    ),
    Exercise(
        id="layer_norm",
        title="normalize each row",
        statement="""
Write `layer_norm(X, gain, bias, epsilon=1e-5)` for `X` of shape `(N, D)`, `gain` and `bias` of shape `(D,)`. From each *row*
subtract its mean, divide by the root of (its variance + `epsilon`), then multiply by `gain` and add `bias`. (The variance is
the mean of the squared distances from the mean.)
""",
        starter="""
def layer_norm(X, gain, bias, epsilon=1e-5):
    ...
""",
        hints=[
            "A row is an example: `X.mean(axis=1, keepdims=True)` is one mean a row, in a shape that can be subtracted from X.",
            "With `centred` for X minus its means: the variance is `np.mean(centred**2, axis=1, keepdims=True)`.",
            "`gain * centred / np.sqrt(variance + epsilon) + bias`",
        ],
        solution="""
def layer_norm(X, gain, bias, epsilon=1e-5):
    centred = X - X.mean(axis=1, keepdims=True)
    variance = np.mean(centred**2, axis=1, keepdims=True)
    return gain * centred / np.sqrt(variance + epsilon) + bias
""",
        cases=norm_cases,
        oracle=norm_by_entries,
        wrong=[
            (
                "gain * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + epsilon) + bias",
                "axis=0 measures each neuron over the batch: here each row is measured by itself, axis=1.",
            ),
            (
                "gain * (X - X.mean()) / np.sqrt(X.var() + epsilon) + bias",
                "One mean for the whole batch: each row has its own, axis=1.",
            ),
            (
                norm_code(spread="np.sqrt(X.var(axis=1, ddof=1, keepdims=True) + epsilon)"),
                "ddof=1 divides by D - 1: here the variance is the mean over all D.",
            ),
            (
                norm_code(spread="np.sqrt(var)"),
                "A row whose entries are all equal has variance 0: without epsilon that divides by 0.",
            ),
            (norm_code(spread="np.sqrt(var + 1e-5)"), "epsilon is an argument: 1e-5 is only what it is when left out."),
            (norm_code(spread="np.sqrt(var) + epsilon"), "epsilon goes under the root, beside the variance."),
            (norm_code(spread="var + epsilon"), "Divide by the root of the variance, not by the variance."),
            (norm_code(result="gain * X / spread + bias"), "The mean of the row is not subtracted."),
            (norm_code(result="gain * (X - mean) + bias"), "The rows are centred, but not divided by their spread."),
            (norm_code(result="gain * (X - mean) / spread"), "The bias is missing."),
            (norm_code(result="(X - mean) / spread + bias"), "The gain is missing."),
            (
                norm_code(result="(X - mean) / spread"),
                "Gain and bias are missing: the last step multiplies by one and adds the other.",
            ),
            (
                norm_code(result="gain * ((X - mean) / spread + bias)"),
                "The bias comes last: as written, the gain multiplies it too.",
            ),
            (norm_code(result="gain * (X - mean) / spread - bias"), "The bias is added, not subtracted."),
        ],
    ),
    Exercise(
        id="layer_norm_backward",
        title="back through a layer normalization",
        statement="""
Forward, `A = gain * X_hat + bias`, where `X_hat` is the normalized `X`. `dA` is the gradient of the loss with respect to
`A`; all three have the shape `(N, D)`. In `layer_norm_backward(dA, X, gain, epsilon=1e-5)` the forward pass is written again. Go
on, and return `(dX, dgain, dbias)`.
""",
        starter=FORWARD_AGAIN + "    ...\n",
        hints=[
            "Gain and bias are used by every row, so their gradients add up over axis 0. Which of the two is multiplied by something?",
            "To X_hat comes `dX_hat = dA * gain`. Two parts of it can do nothing: each row's mean, and what points along `X_hat`.",
            "`dX = (dX_hat - mean of dX_hat - X_hat * mean of (dX_hat * X_hat)) / spread`, both means with `axis=1, keepdims=True`.",
        ],
        solution=NORM_BACKWARD,
        cases=norm_backward_cases,
        oracle=norm_slopes,
        returns=("dX", "dgain", "dbias"),
        wrong=[
            (
                norm_backward_code("dX_hat - mean - X_hat * along", "dX_hat"),
                "The mean and the spread of a row depend on X, too: two parts have to be taken out of dX_hat.",
            ),
            (
                norm_backward_code("dX_hat - mean - X_hat * along", "dX_hat - mean"),
                "The spread depends on X as well: take out the part along X_hat.",
            ),
            (
                norm_backward_code("dX_hat - mean - X_hat * along", "dX_hat - X_hat * along"),
                "The mean of a row depends on X as well: take out the mean of dX_hat.",
            ),
            (
                norm_backward_code(" - X_hat * along) / spread", " - X_hat * along)"),
                "Dividing by the spread has a slope, too: dX is divided by it.",
            ),
            (
                norm_backward_code("dX_hat = dA * gain", "dX_hat = dA"),
                "On its way to X_hat the blame is multiplied by the gain.",
            ),
            (
                norm_backward_code("dA * X_hat, axis=0", "dA, axis=0"),
                "The gain multiplies X_hat: its blame is dA * X_hat, added up over the rows.",
            ),
            (norm_backward_code("dA * X_hat, axis=0", "dA * X, axis=0"), "The gain multiplies X_hat, not X."),
            (
                norm_backward_code("dbias = np.sum(dA, axis=0)", "dbias = np.sum(dX_hat, axis=0)").replace(
                    "    dgain", "    dX_hat = dA * gain\n    dgain"
                ),
                "The bias is added after the gain: its blame is dA alone, added up over the rows.",
            ),
            (
                norm_backward_code("dbias = np.sum(dA, axis=0)", "dbias = np.mean(dA, axis=0)"),
                "The bias is used by every row and its shares add up: a sum, not a mean.",
            ),
            (
                norm_backward_code("mean = np.mean(dX_hat, axis=1, keepdims=True)", "mean = np.mean(dX_hat, axis=0)"),
                "The mean is over the row, axis=1: rows are normalized one by one.",
            ),
            (
                norm_backward_code(
                    "along = np.mean(dX_hat * X_hat, axis=1, keepdims=True)",
                    "along = np.sum(dX_hat * X_hat, axis=1, keepdims=True)",
                ),
                "The part along X_hat is a mean over the row, not a sum.",
            ),
            (
                norm_backward_code("along = np.mean(dX_hat * X_hat", "along = np.mean(dA * X_hat"),
                "The part along X_hat is taken out of dX_hat: the gain belongs to it.",
            ),
        ],
    ),
    Exercise(
        id="residual_forward",
        title="a layer with a skip connection",
        statement="""
`X` has shape `(N, D)`, `W` `(D, D)`, `b` `(D,)`. Write `residual_forward(X, W, b)`: the output of a ReLU layer with these
weights and biases and with a skip connection around it.
""",
        starter="""
def residual_forward(X, W, b):
    ...
""",
        hints=[
            "The layer alone is `np.maximum(X @ W + b, 0)`.",
            "What goes around the layer is X, as it came.",
            "Add the two: `X + np.maximum(X @ W + b, 0)`.",
        ],
        solution="""
def residual_forward(X, W, b):
    return X + np.maximum(X @ W + b, 0)
""",
        cases=residual_cases,
        oracle=residual_by_entries,
        wrong=[
            ("np.maximum(X @ W + b, 0)", "That is the layer alone: add the X that goes around it."),
            ("np.maximum(X + X @ W + b, 0)", "The skip connection goes around the ReLU too: X is added after it."),
            ("X + X @ W + b", "The ReLU is missing: it belongs to the layer, before X is added."),
            ("X + np.maximum(X @ W, 0)", "The bias is missing."),
            ("X + np.maximum(X @ W, 0) + b", "The bias belongs to the sum, before the ReLU."),
            ("X * np.maximum(X @ W + b, 0)", "What goes around is added, not multiplied."),
            ("np.maximum(X, 0) + np.maximum(X @ W + b, 0)", "What goes around passes no ReLU: X is added as it came."),
            ("(X + np.maximum(X @ W + b, 0)) / 2", "The two are added: no half."),
        ],
    ),
    Exercise(
        id="residual_backward",
        title="back through a layer and around it",
        statement="""
Forward: `A = X + relu(X @ W + b)`, all of it `(N, D)`. `dA` is the gradient of the loss with respect to `A`. Write
`residual_backward(dA, X, W, b)` that returns `(dX, dW, db)`.
""",
        starter="""
def residual_backward(dA, X, W, b):
    Z = X @ W + b
    ...
""",
        hints=[
            "The same dA arrives at both: at the X that went around, and at the ReLU.",
            "Through the layer go the steps that you know: go through the ReLU, settle the layer, pass on.",
            "`dZ = dA * (Z > 0)`; X was used twice, so its shares add up: `dX = dA + dZ @ W.T`.",
        ],
        solution="""
def residual_backward(dA, X, W, b):
    Z = X @ W + b
    dZ = dA * (Z > 0)
    return dA + dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)
""",
        cases=residual_backward_cases,
        oracle=residual_slopes,
        returns=("dX", "dW", "db"),
        wrong=[
            (
                residual_backward_code(dX="dZ @ W.T"),
                "X was used twice: the blame that comes around the layer, dA, is missing in dX.",
            ),
            (residual_backward_code(dX="dA"), "That is only what comes around the layer: add what comes through it."),
            (residual_backward_code(dX="dZ + dZ @ W.T"), "What comes around passes no ReLU: it is dA, not dZ."),
            (
                residual_backward_code(dX="X + dZ @ W.T"),
                "Blame comes around the layer, not the signal: add dA in place of X.",
            ),
            (residual_backward_code(dX="dA * (dZ @ W.T)"), "Shares of two ways add up: dA + dZ @ W.T."),
            (residual_backward_code(dX="dA + dZ @ W"), "Through the weights the way back is transposed: W.T."),
            (residual_backward_code(dZ="dA"), "The ReLU lets blame pass only where its sum was positive."),
            *(
                (residual_backward_code(dZ=f"dA * ({one} > 0)"), "What counts is the sign of the sum Z, neither of X nor of the output A.")
                for one in ("X", "X + np.maximum(Z, 0)")
            ),
            (residual_backward_code(db="dA.sum(axis=0)"), "The bias stands inside the ReLU: add up dZ, not dA."),
            (residual_backward_code(dW="X.T @ dA"), "The weights stand inside the ReLU: dZ, not dA, settles them."),
            (residual_backward_code(db="dZ"), "The bias is used by every row: add up the rows of dZ."),
        ],
    ),
]
