"""Exercises of chapter 4: layers of neurons, and how many numbers they hold."""

import numpy as np

from ..exercises.registry import Exercise

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def relu_of(number):
    return number if number > 0 else 0.0


def is_xor(result):
    W1, b1, W2, b2 = result
    if not all(np.isfinite(part).all() for part in result):
        return "All weights and biases should be finite numbers."
    for corner in CORNERS:
        output = b2[0]
        for unit in range(2):
            output += W2[unit, 0] * relu_of(corner[0] * W1[0, unit] + corner[1] * W1[1, unit] + b1[unit])
        one = corner[0] != corner[1]
        if not (output > 0.5 if one else output < 0.5):
            return f"At the corner {corner} the output is {output:g}: it should be {'above' if one else 'below'} 0.5."
    return None


def count_cases(rng):
    yield ([3, 4, 2],)
    yield ([1, 1],)
    yield ([2, 3],)
    yield ([3, 2],)
    yield ([2, 2, 1],)
    yield ([5, 4, 3, 2],)
    yield ([784, 30, 10],)
    yield ([784, 16, 16, 10],)
    yield ([7, 1, 1, 1, 6],)
    yield (rng.integers(2, 50, size=4).tolist(),)


def shape_cases(rng):
    yield ([2, 1],)
    yield ([2, 3, 1],)
    yield ([784, 16, 16, 10],)
    yield ([1, 1, 1],)
    yield ([5, 4, 3, 2],)
    yield (rng.integers(2, 50, size=4).tolist(),)


def count_neuron_by_neuron(sizes):
    count = 0
    for layer in range(1, len(sizes)):
        for _neuron in range(sizes[layer]):
            count += sizes[layer - 1] + 1
    return count


def mlp_cases(rng):
    yield (
        np.array([[1.0, 2.0]]),
        np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -2.0]]),
        np.array([0.5, -2.0, 1.0]),
        np.array([[1.0], [-3.0], [2.0]]),
        np.array([-4.0]),
    )
    yield np.array([[1.0]]), np.array([[2.0]]), np.array([1.0]), np.array([[3.0]]), np.array([-1.0])
    yield np.array([[1.0]]), np.array([[-2.0]]), np.array([1.0]), np.array([[3.0]]), np.array([-1.0])
    yield (
        np.array([[1.0, 2.0]]),
        np.array([[1.0, -1.0], [0.0, 1.0]]),
        np.array([0.5, -2.0]),
        np.array([[1.0], [-3.0]]),
        np.array([-4.0]),
    )
    for N, D, H, M in [(3, 2, 4, 1), (5, 4, 3, 2), (4, 2, 2, 2), (1, 3, 5, 4), (3, 3, 3, 3)]:
        yield tuple(rng.normal(size=shape) for shape in [(N, D), (D, H), H, (H, M), M])


def mlp_unit_by_unit(X, W1, b1, W2, b2):
    Y = np.empty((len(X), len(b2)))
    for n, x in enumerate(X):
        hidden = [relu_of(sum(x[d] * W1[d, h] for d in range(len(x))) + b1[h]) for h in range(len(b1))]
        for m in range(len(b2)):
            Y[n, m] = sum(hidden[h] * W2[h, m] for h in range(len(b1))) + b2[m]
    return Y


def bump_cases(rng):
    yield np.array([-1.0, 0.0, 0.25]), -0.5, 0.5, 2.0, 3.0
    yield np.array([0.0, 1.0, 2.0]), 0.5, 1.5, 1.0, 4.0
    yield rng.normal(size=(2, 3)), -1.0, 0.5, -0.7, 2.0
    yield np.array(0.3), 0.0, 1.0, 1.5, 10.0
    yield rng.normal(size=5), -0.2, 1.3, 3.0, 5.0


def bump_by_tanh(x, left, right, height, k):
    return height / 2 * (np.tanh(k / 2 * (x - left)) - np.tanh(k / 2 * (x - right)))


EXERCISES = [
    Exercise(
        id="xor_network",
        title="XOR by hand",
        statement="""
Write `xor_network()` that returns `(W1, b1, W2, b2)` with shapes `(2, 2)`, `(2,)`, `(2, 1)`, `(1,)`, such that for
`x` in $\\{0, 1\\}^2$ the network `relu(x @ W1 + b1) @ W2 + b2` is above 0.5 when exactly one input is 1, and below 0.5
otherwise.
""",
        starter="""
def xor_network():
    W1 = ...
    b1 = ...
    W2 = ...
    b2 = ...
    return W1, b1, W2, b2
""",
        hints=[
            "Let both hidden neurons look at x[0] + x[1]. XOR is then: the sum is 1, not 0 and not 2.",
            "One neuron relu(x[0] + x[1]) climbs 0, 1, 2. A second one that starts later, relu(x[0] + x[1] - 1), climbs "
            "0, 0, 1. Which combination gives 0, 1, 0?",
            "relu(s) - 2 relu(s - 1) gives 0, 1, 0 at s = 0, 1, 2. So W1 is all ones, b1 = (0, -1), W2 = (1, -2), b2 = 0.",
        ],
        solution="""
def xor_network():
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([0.0, -1.0])
    W2 = np.array([[1.0], [-2.0]])
    b2 = np.array([0.0])
    return W1, b1, W2, b2
""",
        cases=[()],
        oracle=lambda: (np.array([[1.0, -1.0], [-1.0, 1.0]]), np.zeros(2), np.ones((2, 1)), np.zeros(1)),
        verify=is_xor,
        returns=("W1", "b1", "W2", "b2"),
        wrong=[
            (
                "np.ones((2, 2)), np.array([0.0, -1.0]), np.array([[1.0], [-1.0]]), np.zeros(1)",
                "That is OR: with both inputs on, the second neuron has to pull twice as hard as the first.",
            ),
            (
                "np.ones((2, 2)), np.zeros(2), np.array([[1.0], [-2.0]]), np.zeros(1)",
                "Both hidden neurons bend at the same place: the second one needs the bias -1.",
            ),
            (
                "np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), np.zeros(1)",
                "W2 should have the shape (2, 1): two rows, one column.",
            ),
            (
                "np.ones((2, 2)), np.array([0.0, 1.0]), np.array([[1.0], [-2.0]]), np.zeros(1)",
                "The second bias should be -1: the neuron must start later, not earlier.",
            ),
            (
                "np.zeros((2, 2)), np.zeros(2), np.zeros((2, 1)), np.zeros(1)",
                "With all weights 0 the output does not depend on the inputs at all.",
            ),
            (
                "np.ones((2, 2)), np.array([0.0, -1.0]), np.array([[1.0], [-2.0]]), np.array([0.5])",
                "The output bias lifts every corner: at (0, 0) the output is now exactly 0.5.",
            ),
        ],
    ),
    Exercise(
        id="mlp_forward",
        title="two layers",
        statement="""
Write `mlp_forward(X, W1, b1, W2, b2)`, the forward pass of any network with one hidden layer of ReLUs and an output
layer **without** activation function. `X` has shape `(N, D)`. Layer 1 has the arrays `W1` and `b1`, layer 2 the arrays
`W2` and `b2`: each `W` with one row an input and one column a neuron, each `b` with one entry a neuron. Return the
outputs, an array with one row an example and one column an output.
""",
        starter="""
def mlp_forward(X, W1, b1, W2, b2):
    ...
""",
        hints=[
            "Go from left to right: sums of the first layer, activation function, sums of the second layer.",
            "Keep the hidden layer's output in a variable: it is the input of the second layer.",
            "`hidden = np.maximum(X @ W1 + b1, 0)`; the result is the same kind of line with W2 and b2, without the maximum.",
        ],
        solution="""
def mlp_forward(X, W1, b1, W2, b2):
    hidden = np.maximum(X @ W1 + b1, 0)
    return hidden @ W2 + b2
""",
        cases=mlp_cases,
        oracle=mlp_unit_by_unit,
        wrong=[
            ("(X @ W1 + b1) @ W2 + b2", "The hidden layer has no activation: without relu the two layers are one."),
            ("np.maximum(np.maximum(X @ W1 + b1, 0) @ W2 + b2, 0)", "The output layer has no activation: negative outputs are allowed."),
            ("np.maximum(X @ W1, 0) @ W2 + b2", "The hidden bias is missing: add b1 before relu."),
            ("np.maximum(X @ W1 + b1, 0) @ W2", "The output bias is missing: add b2."),
            ("(np.maximum(X @ W1, 0) + b1) @ W2 + b2", "b1 is added after relu: it belongs to the sum, before the activation function."),
            ("np.maximum(X @ W1 + b1, 0)", "That is the hidden layer: the output layer is still to come."),
            ("np.maximum((X @ W1 + b1) @ W2 + b2, 0)", "relu sits at the wrong place: after the hidden layer, not after the output."),
            ("np.maximum(X @ W1 - b1, 0) @ W2 - b2", "The biases are subtracted: they should be added."),
            ("np.tanh(X @ W1 + b1) @ W2 + b2", "The hidden activation is relu here, not tanh."),
            ("1 / (1 + np.exp(-(X @ W1 + b1))) @ W2 + b2", "The hidden activation is relu here, not the sigmoid."),
            (
                "def mlp_forward(X, W1, b1, W2, b2):\n    Y = np.maximum(X @ W1 + b1, 0) @ W2 + b2\n    e = np.exp(Y - Y.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)",
                "That ends in a softmax: the output layer has no activation.",
            ),
            (
                "1 / (1 + np.exp(-(np.maximum(X @ W1 + b1, 0) @ W2 + b2)))",
                "That ends in a sigmoid: the output layer has no activation.",
            ),
            ("np.maximum(X @ W2 + b2, 0) @ W1 + b1", "The two layers are swapped: W1 and b1 come first."),
        ],
    ),
    Exercise(
        id="count_parameters",
        title="how many numbers to find",
        statement="""
Write `count_parameters(sizes)`. `sizes` is a list of layer widths such as `[784, 30, 10]` (input first, length at least 2).
Return the number of weights **and** biases of the fully connected network, an integer.
""",
        starter="""
def count_parameters(sizes):
    ...
""",
        hints=[
            "Count one neuron first: it has one weight for each number it receives, and one bias.",
            "Between a layer of n and a layer of m neurons there are n * m weights. How many biases does that layer have?",
            "Add n * m + m over all neighbouring pairs: `for n, m in zip(sizes, sizes[1:])`.",
        ],
        solution="""
def count_parameters(sizes):
    return sum(n * m + m for n, m in zip(sizes[:-1], sizes[1:]))
""",
        cases=count_cases,
        oracle=count_neuron_by_neuron,
        wrong=[
            ("sum(n * m for n, m in zip(sizes, sizes[1:]))", "Those are the weights: each neuron has a bias as well."),
            ("sum(n * m + n for n, m in zip(sizes, sizes[1:]))", "There is one bias per neuron of the later layer, not of the earlier one."),
            ("sum(n * m + 1 for n, m in zip(sizes, sizes[1:]))", "That is one bias per layer: each neuron has its own."),
            ("sum(n * m for n, m in zip(sizes, sizes[1:])) + sum(sizes)", "The inputs have no bias: leave sizes[0] out."),
            ("sum(sizes)", "That counts the neurons: count the connections between them, and the biases."),
            ("sum(n + m for n, m in zip(sizes, sizes[1:]))", "Every neuron is connected to every neuron before it: multiply the widths."),
            ("sizes[0] * sizes[1] + sizes[1]", "That is the first layer only: add up all of them."),
            ("sizes[-2] * sizes[-1] + sizes[-1]", "That is the last layer only: add up all of them."),
            ("float(sum(n * m + m for n, m in zip(sizes, sizes[1:])))", "The count is right, but an integer was asked for."),
            (
                "int(np.prod(sizes)) + sum(sizes[1:])",
                "That multiplies all the widths with each other: multiply neighbours, pair by pair, and add.",
            ),
            (
                "sum(n * m for n, m in zip(sizes, sizes[1:])) + len(sizes) - 1",
                "That is one bias per layer: each neuron has its own.",
            ),
        ],
    ),
    Exercise(
        id="film_network",
        title="a network you may have seen",
        statement="""
A well-known film about neural networks ([Sanderson 2017](../bibliography.md#sanderson2017)) reads digits of 28 × 28
pixels with two hidden layers of 16 neurons and 10 outputs: 784-16-16-10. How many parameters does that network have?
Put the number into `answer`; let Python do the arithmetic.
""",
        starter="answer = ...",
        hints=[
            "There are three layers: 784 to 16, 16 to 16, and 16 to 10.",
            "A layer from D to M has D · M weights and M biases.",
            "784 * 16 + 16 for the first layer; the other two in the same way; add the three.",
        ],
        solution="answer = (784 * 16 + 16) + (16 * 16 + 16) + (16 * 10 + 10)",
        answer=13002,
        wrong=[
            (12960, "Those are the weights alone: each of the 42 neurons has a bias as well."),
            (13786, "That gives the 784 inputs a bias each: inputs have none."),
            (42, "Those are the biases alone: the weights are still missing."),
            (12730, "A layer is missing: there are three, 784 to 16, 16 to 16 and 16 to 10."),
        ],
    ),
    Exercise(
        id="parameter_shapes",
        title="the shape of every parameter",
        statement="""
Write `parameter_shapes(sizes)`. `sizes` is a list of layer widths such as `[2, 3, 1]`, input first. Return a list with
the shape of every parameter, weight then bias, layer by layer: `[(2, 3), (3,), (3, 1), (1,)]`.
""",
        starter="""
def parameter_shapes(sizes):
    ...
""",
        hints=[
            "Each pair of neighbours in `sizes` is one layer: D inputs, M neurons.",
            "`zip(sizes, sizes[1:])` gives the pairs. Each adds two shapes to the list.",
            "For each pair `D, M` append `(D, M)` and then `(M,)`. The comma makes `(M,)` a tuple.",
        ],
        solution="""
def parameter_shapes(sizes):
    shapes = []
    for D, M in zip(sizes, sizes[1:]):
        shapes += [(D, M), (M,)]
    return shapes
""",
        cases=shape_cases,
        oracle=lambda sizes: [
            shape for i in range(1, len(sizes)) for shape in ((sizes[i - 1], sizes[i]), (sizes[i],))
        ],
        wrong=[
            (
                "[(D, M) for D, M in zip(sizes, sizes[1:])]",
                "The biases are missing: every layer has a weight matrix and a bias vector.",
            ),
            (
                "[s for D, M in zip(sizes, sizes[1:]) for s in ((M, D), (M,))]",
                "The weight shapes are turned: in this book W has shape (inputs, neurons).",
            ),
            (
                "[s for D, M in zip(sizes, sizes[1:]) for s in ((D, M), (D,))]",
                "A bias belongs to a neuron, not to an input: its shape is (M,).",
            ),
            (
                "[s for D, M in zip(sizes, sizes[1:]) for s in ((M,), (D, M))]",
                "Right shapes, other order: the weight first, then the bias.",
            ),
            (
                "[(D, M) for D, M in zip(sizes, sizes[1:])] + [(M,) for M in sizes[1:]]",
                "Layer by layer: each weight is followed by its own bias.",
            ),
        ],
    ),
    Exercise(
        id="bump",
        title="a bump from two steps",
        statement="""
Write `bump(x, left, right, height, k)`, the output of the network in the figure for an array `x` of any shape. Two sigmoid
neurons have the weight `k`; one steps at `left`, one at `right`. The output neuron reads them with the weights `height` and
`-height`, and has the bias 0. `sigmoid` is there to use. Which biases put the two steps where they belong?
""",
        setup="from nnlib import sigmoid",
        starter="""
def bump(x, left, right, height, k):
    ...
""",
        hints=[
            "One neuron steps up at `left`, another at `right`. What is left when you subtract the second from the first?",
            "The first neuron is `sigmoid(k * x + b)` with the bias that puts its step at `left`.",
            "`sigmoid(k * (x - left)) - sigmoid(k * (x - right))`, and the whole times `height`.",
        ],
        solution="""
def bump(x, left, right, height, k):
    return height * (sigmoid(k * (x - left)) - sigmoid(k * (x - right)))
""",
        cases=bump_cases,
        oracle=bump_by_tanh,
        wrong=[
            (
                "height * (sigmoid(k * (x - left)) + sigmoid(k * (x - right)))",
                "That adds the steps: the second one has to take back what the first one gave.",
            ),
            (
                "height * (sigmoid(k * (x - right)) - sigmoid(k * (x - left)))",
                "Upside down: the step at the left goes up, the one at the right comes down.",
            ),
            (
                "height * (sigmoid(k * x - left) - sigmoid(k * x - right))",
                "The bias of a step at `left` is -k * left: here it is only -left, so the step sits at left / k.",
            ),
            (
                "height * (sigmoid(k * (x + left)) - sigmoid(k * (x + right)))",
                "The signs of the biases are turned: a step at `left` has the bias -k * left.",
            ),
            ("sigmoid(k * (x - left)) - sigmoid(k * (x - right))", "The height is missing: multiply by it."),
            (
                "height * (sigmoid(x - left) - sigmoid(x - right))",
                "The steepness is missing: multiply x - left and x - right by k.",
            ),
        ],
    ),
]
