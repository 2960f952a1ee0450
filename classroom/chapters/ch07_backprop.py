"""Exercises of chapter 7: gradients, computed layer by layer from the back."""

import math

import numpy as np

from ..exercises.registry import Exercise
from ..exercises.values import Either
from .cases import pair_cases


def relu_backward_cases(rng):
    yield np.array([5.0, 7.0]), np.array([-1.0, 2.0])
    yield np.array([-5.0, 7.0, 3.0]), np.array([0.5, -2.0, 4.0])
    yield np.array([5.0, 7.0, 3.0]), np.array([-1.0, 0.0, 2.0])
    yield rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    yield rng.normal(size=(2, 3, 2)), rng.normal(size=(2, 3, 2))


def relu_slopes(dout, z, at_zero):
    pairs = zip(np.ravel(dout), np.ravel(z), strict=True)
    return np.array([d if t > 0 or (t == 0 and at_zero) else 0.0 for d, t in pairs]).reshape(np.shape(z))


def sigmoid_backward_cases(rng):
    yield np.array([2.0, -3.0]), np.array([0.8, 0.3])
    yield np.array([1.0]), np.array([0.5])
    for shape in [(3, 4), (2, 1), (2, 3, 2)]:
        yield rng.normal(size=shape), rng.uniform(0.05, 0.95, size=shape)


def sigmoid_slopes(dout, s):
    """d/dz sigmoid(z) = exp(-z) / (1 + exp(-z))**2 at the z that gave s."""
    exponentials = [math.exp(-math.log(a / (1 - a))) for a in np.ravel(s)]
    slopes = [d * e / (1 + e) ** 2 for d, e in zip(np.ravel(dout), exponentials, strict=True)]
    return np.array(slopes).reshape(np.shape(s))


def mse_slopes(y_pred, y):
    slopes = [2 * (float(p) - float(t)) / y.size for p, t in zip(np.ravel(y_pred), np.ravel(y), strict=True)]
    return np.array(slopes).reshape(np.shape(y))


def linear_backward_cases(rng):
    yield np.array([[1.0], [2.0]]), np.array([[3.0, 0.0, 1.0], [1.0, -1.0, 2.0]]), np.array([[5.0], [7.0], [2.0]])
    yield np.array([[2.0]]), np.array([[3.0]]), np.array([[5.0]])
    yield np.array([[1.0, 2.0]]), np.array([[3.0]]), np.array([[5.0, 7.0]])
    yield np.array([[1.0], [2.0]]), np.array([[3.0, 0.0], [1.0, -1.0]]), np.array([[5.0], [7.0]])
    for N, D, M in [(4, 3, 2), (2, 5, 3), (1, 2, 4), (5, 1, 1), (3, 3, 3)]:
        yield rng.normal(size=(N, M)), rng.normal(size=(N, D)), rng.normal(size=(D, M))


def linear_slopes(dY, X, W):
    """One weight, one path at a time: the sum over all outputs that the number reaches."""
    (N, D), M = X.shape, W.shape[1]
    dX = [[sum(dY[n, m] * W[d, m] for m in range(M)) for d in range(D)] for n in range(N)]
    dW = [[sum(X[n, d] * dY[n, m] for n in range(N)) for m in range(M)] for d in range(D)]
    db = [sum(dY[n, m] for n in range(N)) for m in range(M)]
    return np.array(dX), np.array(dW), np.array(db)


def softmax_backward_cases(rng):
    yield np.array([[1.0, 3.0, 0.5], [2.0, -1.0, 0.0]]), np.array([2, 1])
    yield np.array([[1.0, 3.0]]), np.array([0])
    yield np.array([[0.0, 0.0]]), np.array([0])
    yield np.array([[1.0, 3.0], [2.0, -1.0]]), np.array([0, 0])
    for N, K in [(4, 3), (3, 5), (6, 2), (3, 3), (1, 4)]:
        yield rng.normal(size=(N, K)) * 2, rng.integers(0, K, size=N)


def softmax_slopes(logits, labels):
    N, K = logits.shape
    slopes = np.empty((N, K))
    for n in range(N):
        for k in range(K):
            share = 1 / math.fsum(math.exp(float(z) - float(logits[n, k])) for z in logits[n])
            slopes[n, k] = (share - 1 if k == labels[n] else share) / N
    return slopes


def mlp_backward_cases(rng):
    yield tuple(
        np.array(a) for a in ([[1.0], [2.0]], [[0.0], [3.0]], [[1.0, -1.0, 2.0]], [0.5, 1.5, -1.0], [[2.0], [3.0], [-1.0]], [-1.0])
    )
    yield tuple(np.array(a) for a in ([[1.0]], [[0.0]], [[2.0]], [0.5], [[3.0]], [-1.0]))
    yield tuple(
        np.array(a)
        for a in ([[1.0, 2.0]], [[1.0]], [[1.0, -1.0], [0.5, -1.0]], [0.5, 1.0], [[2.0], [3.0]], [-1.0])
    )
    for N, D, H, M in [(3, 2, 4, 1), (5, 4, 3, 2), (1, 3, 2, 3), (3, 3, 3, 3)]:
        yield tuple(rng.normal(size=shape) for shape in [(N, D), (N, M), (D, H), H, (H, M), M])


def mlp_slopes(X, T, W1, b1, W2, b2):
    """Example by example, unit by unit."""
    dW1, db1, dW2, db2 = (np.zeros(np.shape(p)) for p in (W1, b1, W2, b2))
    for x, t in zip(X, T, strict=True):
        z = [sum(x[d] * W1[d, h] for d in range(len(x))) + b1[h] for h in range(len(b1))]
        for m in range(len(b2)):
            error = sum(max(z[h], 0.0) * W2[h, m] for h in range(len(b1))) + b2[m] - t[m]
            blame = 2 * error / T.size
            db2[m] += blame
            for h in range(len(b1)):
                if z[h] > 0:
                    dW2[h, m] += blame * z[h]
                    db1[h] += blame * W2[h, m]
                    for d in range(len(x)):
                        dW1[d, h] += blame * W2[h, m] * x[d]
    return dW1, db1, dW2, db2


def blame_cases(rng):
    yield 2, [(1, 0, 1.0), (1, 0, 1.0)]  # a + a
    yield 3, [(1, 0, 2.0), (2, 1, 3.0)]  # one way
    yield 4, [(1, 0, 2.0), (2, 0, -1.0), (3, 1, 2.0), (3, 2, 7.0)]  # the two neurons of reused_node
    yield 4, [(1, 0, 3.0), (1, 0, 3.0), (2, 0, 2.0), (3, 1, 1.0), (3, 2, 1.0), (3, 0, 5.0)]
    yield 1, []  # the loss alone
    for n in (5, 8):
        slopes = rng.choice([-2.0, -1.0, 0.5, 2.0, 3.0], size=(n, 2)).tolist()
        yield n, [(i, int(rng.integers(i)), slope) for i in range(1, n) for slope in slopes[i]]


def blames_by_ways(n, uses):
    """Of each node, every way to the loss: the slopes along it multiplied, and the ways added."""

    def ways(k):
        return 1.0 if k == n - 1 else math.fsum(slope * ways(i) for i, j, slope in uses if j == k)

    return np.array([ways(k) for k in range(n)])


def walk(line):
    return f"""
def blames(n, uses):
    grads = [0.0] * n
    grads[-1] = 1.0
    for i, j, slope in reversed(uses):
        {line}
    return grads
"""


def bias_cases(rng):
    yield (np.array([[2.0], [3.0]]),)
    yield (np.array([[1.0, -2.0], [0.5, 4.0], [0.0, 1.0]]),)
    for shape in [(1, 3), (5, 2), (3, 3), (4, 1)]:
        yield (rng.normal(size=shape),)


def added_row_by_row(dY):
    return np.array([sum(float(row[m]) for row in dY) for m in range(dY.shape[1])])


def softmax_code(result):
    return f"""
def softmax_cross_entropy_backward(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    N = len(labels)
    onehot = np.eye(logits.shape[1])[labels]
    return {result}
"""


def mlp_code(dY="2 * (Y - T) / T.size", dZ="(dY @ W2.T) * (Z > 0)", result="X.T @ dZ, dZ.sum(axis=0), H.T @ dY, dY.sum(axis=0)"):
    return f"""
def mlp_backward(X, T, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    Y = H @ W2 + b2
    dY = {dY}
    dZ = {dZ}
    return {result}
"""


def two_layer_cases(rng):
    yield tuple(
        np.array(a)
        for a in ([[1.0], [2.0]], [0, 1], [[1.0, -1.0]], [0.5, 1.5], [[2.0, 0.5], [3.0, -1.0]], [-1.0, 0.5])
    )
    for N, D, H, K in [(1, 2, 2, 3), (4, 3, 2, 2), (5, 1, 4, 3), (3, 3, 3, 3)]:
        shapes = [(D, H), H, (H, K), K]
        yield rng.normal(size=(N, D)), rng.integers(0, K, size=N), *(rng.normal(size=shape) for shape in shapes)


def two_layer_slopes(X, labels, W1, b1, W2, b2):
    """Example by example and unit by unit, the sigmoid's slope from its exponential."""
    dW1, db1, dW2, db2 = (np.zeros(np.shape(p)) for p in (W1, b1, W2, b2))
    for x, label in zip(X, labels, strict=True):
        falls = [math.exp(-sum(x[d] * W1[d, h] for d in range(len(x))) - b1[h]) for h in range(len(b1))]
        scores = [sum(W2[h, k] / (1 + falls[h]) for h in range(len(b1))) + b2[k] for k in range(len(b2))]
        total = math.fsum(map(math.exp, scores))
        for k, score in enumerate(scores):
            blame = (math.exp(score) / total - (k == label)) / len(X)
            db2[k] += blame
            for h, fall in enumerate(falls):
                dW2[h, k] += blame / (1 + fall)
                db1[h] += blame * W2[h, k] * fall / (1 + fall) ** 2
                for d in range(len(x)):
                    dW1[d, h] += x[d] * blame * W2[h, k] * fall / (1 + fall) ** 2
    return dW1, db1, dW2, db2


def two_layer_code(dZ1="dA1 * A1 * (1 - A1)", dW1="X.T @ dZ1", db1="dZ1.sum(axis=0)"):
    head = TWO_LAYERS.split("dZ1 = ...")[0]
    return f"{head}dZ1 = {dZ1}\n    dW1 = {dW1}\n    db1 = {db1}\n    return dW1, db1, dW2, db2\n"


TWO_LAYERS = """
def sigmoid_net_backward(X, labels, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    scores = np.exp(A1 @ W2 + b2)
    # start at the loss
    dZ2 = scores / scores.sum(axis=1, keepdims=True)
    dZ2[np.arange(len(X)), labels] -= 1
    dZ2 /= len(X)
    # settle the output layer
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)
    # pass on to the hidden layer
    dA1 = dZ2 @ W2.T
    # go through the sigmoid
    dZ1 = ...
    # settle the hidden layer
    dW1 = ...
    db1 = ...
    return dW1, db1, dW2, db2
"""


EXERCISES = [
    Exercise(
        id="mse_backward",
        title="the gradient of the mean squared error",
        statement="""
The loss is L = mean over **all** entries of `(y_pred - y)**2`. Write `mse_backward(y_pred, y)` that returns
$\\partial L / \\partial$`y_pred`, an array of the same shape (`(N,)` or `(N, M)`).
""",
        starter="""
def mse_backward(y_pred, y):
    ...
""",
        hints=[
            "Each entry of y_pred appears in exactly one term of the sum. Differentiate that term.",
            "The derivative of (p - t)**2 with respect to p is 2 * (p - t). What does the mean add?",
            "`2 * (y_pred - y)` divided by the number of all entries, `y.size`.",
        ],
        solution="""
def mse_backward(y_pred, y):
    return 2 * (y_pred - y) / y.size
""",
        cases=pair_cases,
        oracle=mse_slopes,
        wrong=[
            ("2 * (y_pred - y)", "The loss is a mean: divide by the number of entries."),
            ("(y_pred - y) / y.size", "The factor 2 from the square is missing."),
            ("2 * (y - y_pred) / y.size", "The sign is turned: too large a prediction should have a positive gradient."),
            ("2 * (y_pred - y) / len(y)", "len(y) counts the rows only: divide by the number of all entries, y.size."),
            ("(y_pred - y)**2 / y.size", "Those are the terms of the loss: differentiate the square."),
            ("np.mean(2 * (y_pred - y))", "Each prediction has a gradient of its own: no mean is taken, only the division by N."),
            ("y_pred - y", "Both the factor 2 and the division by the number of entries are missing."),
            ("2 * (y_pred + y) / y.size", "The error is the difference y_pred - y."),
            ("2 * (y_pred - y)**2 / y.size", "The square is gone in the derivative: 2 * (y_pred - y) is left of it."),
            ("2 * np.abs(y_pred - y) / y.size", "The sign must stay: too small a prediction has a negative gradient."),
            ("2 * y_pred / y.size", "The target is missing: it is 2 * (y_pred - y)."),
        ],
    ),
    Exercise(
        id="sigmoid_backward",
        title="back through the sigmoid",
        statement="""
Write `sigmoid_backward(dout, s)`. `s` is the **output** of the sigmoid in the forward pass, `dout` the gradient of the loss
with respect to `s` (same shape). Return the gradient with respect to the sigmoid's input.
""",
        starter="""
def sigmoid_backward(dout, s):
    ...
""",
        hints=[
            "The slope of the sigmoid can be written with its output alone. Where is it steepest, and what is s there?",
            "The derivative of the sigmoid is s * (1 - s).",
            "Chain rule: multiply dout by s * (1 - s), entry by entry. No exponential is needed.",
        ],
        solution="""
def sigmoid_backward(dout, s):
    return dout * s * (1 - s)
""",
        cases=sigmoid_backward_cases,
        oracle=sigmoid_slopes,
        wrong=[
            ("s * (1 - s)", "That is the local slope: multiply it by dout."),
            (
                "dout * (1 / (1 + np.exp(-s))) * (1 - 1 / (1 + np.exp(-s)))",
                "s is already the sigmoid's output: applying the sigmoid again takes the slope at the wrong place.",
            ),
            ("dout * (1 - s)", "Half of the slope is missing: it is s * (1 - s)."),
            ("dout * s", "Half of the slope is missing: it is s * (1 - s)."),
            ("dout * (1 - s**2)", "That is the slope of tanh: the sigmoid's is s * (1 - s)."),
            ("dout * s * (s - 1)", "The sign is turned: the sigmoid only rises, so its slope is positive, s * (1 - s)."),
            ("dout * s * (1 + s)", "The second factor is 1 - s."),
            ("dout + s * (1 - s)", "The chain rule multiplies: dout * s * (1 - s)."),
            ("dout * (1 / (1 + np.exp(-s)))", "s is already the sigmoid's output: its slope is s * (1 - s)."),
        ],
    ),
    Exercise(
        id="relu_backward",
        title="back through ReLU",
        statement="""
Write `relu_backward(dout, z)`. `z` is the **input** of the ReLU in the forward pass, `dout` the gradient of the loss with
respect to its output (same shape). Return the gradient with respect to `z`. (At `z == 0` either 0 or `dout` is accepted.)
Change neither array.
""",
        starter="""
def relu_backward(dout, z):
    ...
""",
        hints=[
            "Where ReLU let the number through, its slope is 1; where it cut it off, its slope is 0.",
            "Chain rule: the gradient with respect to the input is dout times the local slope, entry by entry.",
            "`z > 0` is True (1) where the slope is 1 and False (0) elsewhere. Multiply dout by it.",
        ],
        solution="""
def relu_backward(dout, z):
    return dout * (z > 0)
""",
        cases=relu_backward_cases,
        oracle=lambda dout, z: Either([relu_slopes(dout, z, False), relu_slopes(dout, z, True)]),
        unchanged=True,
        wrong=[
            ("np.maximum(dout, 0)", "That cuts where dout is negative: what counts is the sign of z."),
            ("dout * (dout > 0) * (z > 0)", "A negative dout passes as well: only the sign of z decides."),
            ("(z > 0) * 1.0", "That is the local slope: multiply it by dout."),
            ("dout * np.maximum(z, 0)", "That multiplies by ReLU's output: its slope is 1, not z."),
            ("dout * (z < 0)", "That passes on where z is negative: turn the comparison."),
            ("dout * 1.0", "Where z is negative the output did not depend on z: the gradient there is 0."),
            ("dout * z", "The slope of ReLU is 0 or 1, not z."),
            ("np.where(z > 0, dout, 0.01 * dout)", "That is leaky ReLU: where z is negative the gradient is exactly 0."),
            (
                "def relu_backward(dout, z):\n    dout[z <= 0] = 0\n    return dout",
                "An assignment to entries of `dout`, or of a second name for it, changes the array that was given: use `dout.copy()`.",
            ),
            ("np.where(dout > 0, z, 0)", "The two are swapped: dout passes where z is positive."),
        ],
    ),
    Exercise(
        id="reused_node",
        title="one number, two ways to the loss",
        statement="""
An activation $a = 3$ goes into two neurons: $z_1 = 2a + 1$ and $z_2 = -a + 5$. The loss is $L = z_1 z_2$. What is
$\\partial L / \\partial a$? Put the number into `answer`.
""",
        starter="answer = ...",
        hints=[
            "Forward first: what are $z_1$ and $z_2$? Then two ways lead back from $L$ to $a$.",
            "A product hands each factor the blame times the *other* factor, so $z_1$ gets $z_2$ and $z_2$ gets $z_1$.",
            "$z_1 = 7$ and $z_2 = 2$. By the first way $a$ gets $2 \\cdot 2$, by the second $7 \\cdot (-1)$. Add them.",
        ],
        solution="answer = 2 * 2 + 7 * (-1)",
        answer=-3.0,
        wrong=[
            (4.0, "That is the share that comes back through z1 alone: add the one through z2."),
            (-7.0, "That is the share that comes back through z2 alone: add the one through z1."),
            (11.0, "The weight of the second neuron is -1: its share counts negatively."),
            (9.0, "Each share passes its neuron's weight on the way: 2 for the first, -1 for the second."),
            (-28.0, "The shares of two ways are added, not multiplied."),
            (12.0, "Each factor of a product gets the blame times the other factor: z1 gets z2."),
            (14.0, "That is the loss itself: the question is how it changes with a."),
            (1.0, "Those are the two weights, added: each is multiplied by the blame of its neuron first, z2 or z1."),
            (-2.0, "Those are the two weights, multiplied: multiply along a way, and add over the ways."),
        ],
    ),
    Exercise(
        id="blames",
        title="the line that hands blame back",
        statement="""
`Scalar.backward`, with numbers in place of objects. Each time a node is used to make another, that is one use,
`(i, j, slope)`: node `i` was made from node `j`, and `slope` is what was called `local` above. The nodes are numbered
from 0 as they were made, the last one is the loss, and `uses` lists the uses in the order in which the forward pass met
them. ($a + a$ has two nodes and the uses `[(1, 0, 1.0), (1, 0, 1.0)]`.) `blames(n, uses)` walks back through a graph of
`n` nodes and returns the blame of each. Write the line that is missing.
""",
        starter=walk("..."),
        hints=[
            "When the walk comes to a use, the blame of its result, `grads[i]`, is complete. Which node gets a share of it, and how large a share?",
            "Along a way rates multiply: what is multiplied here? And what if node `j` has a share already, from another use?",
            "Multiply along the way, add over the ways: `grads[j] += slope * grads[i]`.",
        ],
        solution=walk("grads[j] += slope * grads[i]"),
        cases=blame_cases,
        oracle=blames_by_ways,
        wrong=[
            (walk("grads[j] = slope * grads[i]"), "The last use wins: blames of several uses add up, `+=`."),
            (walk("grads[j] += slope"), "Multiply by the blame of the result, grads[i]."),
            (walk("grads[j] += grads[i]"), "The slope is missing: rates multiply along a way, slope * grads[i]."),
            (walk("grads[j] = slope"), "Multiply by the blame of the result, grads[i], and add to what is there, `+=`."),
            (walk("grads[i] += slope * grads[j]"), "Nothing reached any node but the loss. Three things are needed: the share goes into `grads[j]`, it is made of `grads[i]`, and it is added, `+=`. At least one of them is missing."),
            (walk("grads[j] += slope + grads[i]"), "Along a way rates multiply: slope * grads[i]."),
            (walk("grads[j] = grads[i]"), "Two things are missing: the slope, and that shares add up: `+=`, slope * grads[i]."),
            (
                walk("grads[i] = slope * grads[j]"),
                "That hands blame forward, and wipes out what was there: grads[j] gets its share from grads[i], `+=`.",
            ),
            (
                walk("grads[j] -= slope * grads[i]"),
                "The sign is turned: blame is a slope of the loss, and nothing is subtracted on the walk back.",
            ),
            (walk("grads[j] = slope + grads[i]"), "Along a way rates multiply, and the ways add up: `+=`, slope * grads[i]."),
            (
                walk("grads[j] += slope * grads[i]").replace("reversed(uses)", "uses"),
                "The walk goes back: last use first, `reversed(uses)`.",
            ),
            (
                walk("grads[j] += slope * grads[i]").replace("    return grads", "        return grads"),
                "The `return` is inside the loop, which ends at its first turn.",
            ),
            (
                walk("grads[j] += slope * grads[i]\n        return grads"),
                "The `return` is inside the loop, which ends at its first turn.",
            ),
        ],
    ),
    Exercise(
        id="settle_hidden",
        title="the last step",
        statement="""
The same network meets $\\mathbf{x} = (2, 1)$ with target 0. Forward, $z = (3, 2)$, $a = (3, 2)$ and $\\hat y = -\\frac12$. Four steps back are done: *start*, the blame of
$\\hat y$ is $2(-\\frac12 - 0) = -1$; *settle* the output layer, `db2 = -1` and `dW2 = (-3, -2)`; *pass on*, $da = (-1, 2)$; *go through*, both sums are
positive, so $dz = (-1, 2)$. The last step is yours: settle the hidden layer. Put the pair `(dW1, db1)` into `answer`, `dW1` as two rows, one for
each input, and `db1` as a row.
""",
        starter="answer = ...",
        hints=[
            "Settling is the same in every layer: the bias gets all the blame of its sum, a weight gets it times the number that it multiplied.",
            "$db_1$ is $dz$ itself. In the output layer the weights multiplied $a$; what do those of the hidden layer multiply?",
            "They multiply $\\mathbf{x} = (2, 1)$: the first row of `dW1` is 2 times $dz$, the second row 1 times $dz$.",
        ],
        solution="answer = ([[-2, 4], [-1, 2]], [-1, 2])",
        answer=(np.array([[-2.0, 4.0], [-1.0, 2.0]]), np.array([-1.0, 2.0])),
        wrong=[
            (([[-2, -1], [4, 2]], [-1, 2]), "dW1 is transposed: one row for each input, one column for each neuron."),
            (([[-3, 6], [-2, 4]], [-1, 2]), "The hidden weights multiplied the inputs x = (2, 1), not the activations."),
            (([[-1, 2], [-1, 2]], [-1, 2]), "A weight's blame is that of its sum times its input: the first input is 2, not 1."),
            (([[-2, 4], [-1, 2]], [-2, 4]), "A bias gets the blame of its sum as it is: its input is 1."),
            (([[-2, 4], [-1, 2]], [-3, 6]), "With one example nothing is added up: a bias gets the blame of its sum, dz."),
            (([[-1, 2], [-1, 2]], [-2, 4]), "The two are swapped: the weights' blame is times the input, the biases' is dz itself."),
        ],
    ),
    Exercise(
        id="bias_gradient",
        title="the blame of the biases",
        statement="""
A layer computed `Y = X @ W + b` for a batch, and `dY` of shape `(N, M)` is the gradient of the loss with respect to `Y`.
Write `bias_gradient(dY)` that returns the gradient with respect to `b`, of shape `(M,)`.
""",
        starter="""
def bias_gradient(dY):
    ...
""",
        hints=[
            "How many times was each bias used in the forward pass?",
            "Once for every example. Each use sends back a share, and shares add up.",
            "Add up the rows: `dY.sum(axis=0)`.",
        ],
        solution="""
def bias_gradient(dY):
    return dY.sum(axis=0)
""",
        cases=bias_cases,
        oracle=added_row_by_row,
        wrong=[
            ("dY", "There is one row for every example here: the layer has one row of biases. Add the rows up."),
            ("dY.mean(axis=0)", "That is the mean over the batch: if the loss is a mean, dY carries its 1/N already. Add."),
            ("dY.sum(axis=1)", "axis=1 adds over the neurons: a bias was used by all examples, so add over axis 0."),
            ("dY.sum()", "Each neuron has a bias of its own: add over the examples only, axis 0."),
            ("dY[0]", "That is the first example's share only: add up all rows."),
            ("dY[-1]", "That is the last example's share: the ones before it were overwritten instead of added."),
            ("dY.sum(axis=0, keepdims=True)", "The values are right, but the shape is (1, M): a bias has one axis, (M,)."),
        ],
    ),
    Exercise(
        id="linear_backward",
        title="back through a linear layer",
        statement="""
Forward: `Y = X @ W + b` with `X` of shape `(N, D)`, `W` `(D, M)`, `b` `(M,)`. Write `linear_backward(dY, X, W)`, where `dY`
`(N, M)` is the gradient of the loss with respect to `Y`. Return the tuple `(dX, dW, db)` with shapes
`(N, D)`, `(D, M)`, `(M,)`.
""",
        starter="""
def linear_backward(dY, X, W):
    dX = ...
    dW = ...
    db = ...
    return dX, dW, db
""",
        hints=[
            "Each gradient has the shape of the thing itself. Which products of dY (N, M), X (N, D) and W (D, M) have those shapes?",
            "dW (D, M) must come from X (N, D) and dY (N, M): one of them is transposed. b is used by every example, so its "
            "gradients add up.",
            "`dX = dY @ W.T`, `dW = X.T @ dY`, `db = dY.sum(axis=0)`.",
        ],
        solution="""
def linear_backward(dY, X, W):
    dX = dY @ W.T
    dW = X.T @ dY
    db = dY.sum(axis=0)
    return dX, dW, db
""",
        cases=linear_backward_cases,
        oracle=linear_slopes,
        returns=("dX", "dW", "db"),
        wrong=[
            ("dY @ W.T, X.T @ dY, dY", "b is used by every example: add up its gradients over the rows, dY.sum(axis=0)."),
            ("dY @ W.T, X.T @ dY, dY.mean(axis=0)", "The gradients of b add up over the batch: sum, not mean (dY carries the 1/N already)."),
            ("dY @ W.T, X.T @ dY, dY.sum(axis=1)", "axis=1 adds over the outputs: db adds over the examples, axis=0."),
            ("dY @ W.T, X.T @ dY, dY.sum()", "Each output has its own bias: sum over axis 0 only."),
            ("dY @ W.T, X.T @ dY / len(X), dY.sum(axis=0) / len(X)", "No division by N here: dY carries it already."),
            ("dY @ W.T, X.T @ dY / len(X), dY.sum(axis=0)", "dW needs no division by N: dY carries it already."),
            ("dY @ W, X.T @ dY, dY.sum(axis=0)", "dX is dY @ W.T: the way back goes through the transposed weights."),
            ("dY @ W.T, dY.T @ X, dY.sum(axis=0)", "dW is transposed: X.T @ dY has the shape of W."),
            ("X.T @ dY, dY @ W.T, dY.sum(axis=0)", "The order is (dX, dW, db)."),
            ("dY @ W.T, X.T @ dY, dY[0]", "That is the first example's share only: add up all rows."),
            (
                "dY @ W.T, X.T @ dY, (X.T @ dY).sum(axis=0)",
                "b was not multiplied by X: db adds up the rows of dY itself.",
            ),
            ("dY * W.T, X.T @ dY, dY.sum(axis=0)", "`*` multiplies entry by entry: the matrix product is `@`."),
            ("W @ dY.T, X.T @ dY, dY.sum(axis=0)", "dX is transposed: dY @ W.T has the shape of X."),
        ],
    ),
    Exercise(
        id="softmax_cross_entropy_backward",
        title="back through softmax and cross-entropy",
        statement="""
L = mean over the N rows of `-log(softmax(logits[n])[labels[n]])`. Write
`softmax_cross_entropy_backward(logits, labels)` that returns $\\partial L / \\partial$`logits`, shape `(N, K)`.
Change neither array.
""",
        starter="""
def softmax_cross_entropy_backward(logits, labels):
    ...
""",
        hints=[
            "Softmax and cross-entropy together have a gradient far shorter than either alone. What should it be when the "
            "prediction is perfect?",
            "For one row it is the probabilities minus the one-hot target: p - 1 at the label, p elsewhere.",
            "Compute p = softmax(logits), subtract 1 at `p[np.arange(N), labels]`, and divide by N because the loss is a mean.",
        ],
        solution="""
def softmax_cross_entropy_backward(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)
""",
        cases=softmax_backward_cases,
        oracle=softmax_slopes,
        unchanged=True,
        wrong=[
            (softmax_code("p - onehot"), "The loss is a mean over the rows: divide by N."),
            (softmax_code("p / N"), "The target is missing: subtract 1 at each row's label."),
            (softmax_code("(onehot - p) / N"), "The sign is turned: probabilities minus target."),
            (softmax_code("(p - onehot) / p.size"), "The mean is over the N rows, not over all N * K entries: divide by N."),
            (
                softmax_code("p * (1 - p) * (p - onehot) / N"),
                "The derivative of the softmax is in p - target already: it must not be applied again.",
            ),
            (softmax_code("(logits - onehot) / N"), "Subtract the target from the probabilities, not from the logits."),
            (softmax_code("(p - 1) / N"), "Subtract 1 at the label only, not everywhere."),
            (
                softmax_code("(e / e.sum(axis=0) - onehot) / N"),
                "The softmax is taken over columns: each row should add up to 1.",
            ),
            (softmax_code("-onehot / p / N"), "That is the gradient with respect to the probabilities: go on through the softmax."),
            (
                "def softmax_cross_entropy_backward(logits, labels):\n    logits -= logits.max(axis=1, keepdims=True)\n"
                "    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)\n"
                "    return (p - np.eye(logits.shape[1])[labels]) / len(labels)",
                "`logits -= ...` writes into the array it was given: make a new one.",
            ),
            (
                softmax_code("p * (p - onehot - np.sum(p * (p - onehot), axis=1, keepdims=True)) / N"),
                "The derivative of the softmax is in p - target already: it must not be applied again.",
            ),
            (
                softmax_code("p * (p - onehot - np.sum(p * (p - onehot))) / N"),
                "The derivative of the softmax is in p - target already: it must not be applied again.",
            ),
            (
                softmax_code("p * (p - onehot - np.sum(p * (p - onehot)))"),
                "The derivative of the softmax is in p - target already: it must not be applied again.",
            ),
            (
                softmax_code("p * (p - onehot - np.sum(p * (p - onehot), axis=1, keepdims=True))"),
                "The derivative of the softmax is in p - target already: it must not be applied again.",
            ),
            (
                softmax_code("(p - np.eye(labels.max() + 1)[labels]) / N"),
                "A one-hot row needs logits.shape[1] columns: labels.max() + 1 may be fewer.",
            ),
            (
                "def softmax_cross_entropy_backward(logits, labels):\n    e = np.exp(logits - logits.max(axis=1, keepdims=True))\n    p = e / e.sum(axis=1, keepdims=True)\n    p[:, labels] -= 1\n    return p / len(labels)",
                "`p[:, labels]` takes every label's column in every row: `p[np.arange(N), labels]` takes one entry a row.",
            ),
            (softmax_code("p * (1 - p)"), "That is the slope of the softmax alone: the loss is missing."),
            (
                "def softmax_cross_entropy_backward(logits, labels):\n    s = 1 / (1 + np.exp(-logits))\n    return (s - np.eye(logits.shape[1])[labels]) / len(labels)",
                "Those are sigmoids: the softmax of a row adds up to 1.",
            ),
        ],
    ),
    Exercise(
        id="sigmoid_net_backward",
        title="the last two steps",
        statement="""
A network for classes: `A1 = sigmoid(X @ W1 + b1)`, then scores `A1 @ W2 + b2`, softmax and cross-entropy. In
`sigmoid_net_backward(X, labels, W1, b1, W2, b2)` the first three steps back are written. Write the last two: go through the sigmoid, and
settle the hidden layer. It returns `(dW1, db1, dW2, db2)`.
""",
        starter=TWO_LAYERS,
        hints=[
            "`dA1` is the blame of the sigmoids' outputs. Which factor does a sigmoid put on the way from its output to its sum?",
            "Its slope, `A1 * (1 - A1)`, entry by entry. Then settle as in the output layer: what did the hidden weights multiply?",
            "`dZ1 = dA1 * A1 * (1 - A1)`, `dW1 = X.T @ dZ1`, `db1 = dZ1.sum(axis=0)`.",
        ],
        solution=two_layer_code(),
        cases=two_layer_cases,
        oracle=two_layer_slopes,
        returns=("dW1", "db1", "dW2", "db2"),
        wrong=[
            (two_layer_code(dZ1="dA1"), "The sigmoid is skipped: go through it by its slope, A1 * (1 - A1)."),
            (two_layer_code(dZ1="dA1 * (1 - A1**2)"), "That is the slope of tanh: the sigmoid's is A1 * (1 - A1)."),
            (two_layer_code(dZ1="A1 * (1 - A1)"), "That is the slope alone: the blame that arrived, dA1, is multiplied by it."),
            (two_layer_code(dW1="X.T @ dA1"), "The hidden layer is settled with the blame of its sums, dZ1, not with dA1."),
            (two_layer_code(db1="dZ1.mean(axis=0)"), "The shares of a bias add up over the batch: sum, not mean."),
            (two_layer_code(db1="dA1.sum(axis=0)"), "The biases stand in the sums: theirs is the blame dZ1, not dA1."),
            (two_layer_code(db1="dZ1"), "There is one row for every example here: add the rows up."),
            (two_layer_code(dW1="X.T @ dZ1 / len(X)"), "The mean is in dZ2 already: no second division."),
        ],
    ),
    Exercise(
        id="mlp_backward",
        title="backpropagation through two layers",
        statement="""
Network: `Z = X @ W1 + b1`, `H = relu(Z)`, `Y = H @ W2 + b2`, loss = mean over all entries of `(Y - T)**2`.
Write `mlp_backward(X, T, W1, b1, W2, b2)` that returns `(dW1, db1, dW2, db2)`, shaped like `W1`, `b1`, `W2`, `b2`.
""",
        starter="""
def mlp_backward(X, T, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    Y = H @ W2 + b2
    ...
""",
        hints=[
            "Go backwards through the forward pass: loss, second layer, ReLU, first layer. Each step is an exercise you have done.",
            "`dY = 2 * (Y - T) / T.size`; dW2 and db2 come from H and dY. Then `dH = dY @ W2.T`, and ReLU lets it through "
            "where Z > 0.",
            "`dZ = (dY @ W2.T) * (Z > 0)`. Return `X.T @ dZ, dZ.sum(axis=0), H.T @ dY, dY.sum(axis=0)`.",
        ],
        solution="""
def mlp_backward(X, T, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    Y = H @ W2 + b2
    dY = 2 * (Y - T) / T.size
    dW2 = H.T @ dY
    db2 = dY.sum(axis=0)
    dZ = (dY @ W2.T) * (Z > 0)
    dW1 = X.T @ dZ
    db1 = dZ.sum(axis=0)
    return dW1, db1, dW2, db2
""",
        cases=mlp_backward_cases,
        oracle=mlp_slopes,
        returns=("dW1", "db1", "dW2", "db2"),
        wrong=[
            (mlp_code(dZ="dY @ W2.T"), "ReLU is skipped on the way back: multiply by (Z > 0)."),
            (mlp_code(dY="2 * (Y - T)"), "The loss is a mean: divide by the number of entries, T.size."),
            (mlp_code(dY="2 * (Y - T) / len(X)"), "The mean is over all entries, not only over the rows: divide by T.size."),
            (mlp_code(dY="(Y - T) / T.size"), "The factor 2 from the square is missing."),
            (mlp_code(dY="2 * (T - Y) / T.size"), "The sign is turned: Y - T."),
            (mlp_code(dZ="(dY @ W2.T) * (dY @ W2.T > 0)"), "What counts is the sign of Z, not that of the gradient."),
            (mlp_code(dZ="(dY @ W2.T) * H"), "The slope of ReLU is 0 or 1: multiply by (Z > 0), not by H."),
            (mlp_code(result="X.T @ dZ, dZ.mean(axis=0), H.T @ dY, dY.mean(axis=0)"), "The gradients of the biases add up over the batch: sum, not mean."),
            (mlp_code(result="X.T @ dZ, dZ, H.T @ dY, dY"), "The biases are used by every example: add up their gradients over the rows."),
            (mlp_code(result="X.T @ dZ, dZ.sum(axis=0), Z.T @ dY, dY.sum(axis=0)"), "dW2 uses what the second layer received: H, not Z."),
            (mlp_code(result="H.T @ dY, dY.sum(axis=0), X.T @ dZ, dZ.sum(axis=0)"), "The order is (dW1, db1, dW2, db2)."),
            (mlp_code(dZ="(dY @ W2.T) * (1 - H**2)"), "That is the slope of tanh: the one of relu is (Z > 0)."),
            (mlp_code(dZ="(dY @ W2.T) * H * (1 - H)"), "That is the slope of the sigmoid: the one of relu is (Z > 0)."),
            (
                mlp_code(dY="2 * (Y - T) / T.size * (Y > 0)"),
                "The output layer has no relu: the mask belongs to the hidden layer only.",
            ),
            *(
                (
                    mlp_code(dZ=f"(dY @ (W2 - {rate} * H.T @ dY).T) * (Z > 0)"),
                    "W2 has moved before it was used: the whole gradient is taken at the same point.",
                )
                for rate in (1, 0.1, 0.01, 0.001)
            ),
            (
                mlp_code(dZ="(dY @ W2.T) * (1 - H**2)").replace("np.maximum(Z, 0)", "np.tanh(Z)"),
                "That is a network with tanh: the hidden activation is relu here, its slope (Z > 0).",
            ),
            (
                mlp_code(dZ="(dY @ W2.T) * H * (1 - H)").replace("np.maximum(Z, 0)", "1 / (1 + np.exp(-Z))"),
                "That is a network with the sigmoid: the hidden activation is relu here, its slope (Z > 0).",
            ),
            (mlp_code(dY="Y - T"), "The factor 2 and the division by T.size are missing."),
            (
                mlp_code(result="X.T @ dZ / len(X), dZ.sum(axis=0) / len(X), H.T @ dY / len(X), dY.sum(axis=0) / len(X)"),
                "The mean is in dY already: no second division.",
            ),
            (
                mlp_code(result="X.T @ dZ, dZ.sum(axis=1), H.T @ dY, dY.sum(axis=1)"),
                "axis=1 adds over the units: a bias was used by all examples, axis=0.",
            ),
        ],
    ),
]
