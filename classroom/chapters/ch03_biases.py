"""Exercises of chapter 3: a bias is a threshold, and the place where something happens."""

import numpy as np

from ..exercises.registry import Exercise

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def gate(wanted):
    """A `verify` for a gate: the first corner at which the neuron fires when it should not, or the reverse."""

    def verify(result):
        w, b = result
        if not np.isfinite([*w, b]).all():
            return "weights and bias should be finite numbers."
        for corner, fires in zip(CORNERS, wanted, strict=True):
            total = w[0] * corner[0] + w[1] * corner[1] + b
            if abs(total) <= 1e-12 * (abs(w[0]) + abs(w[1]) + abs(b)):
                return f"At the corner {corner} the sum is exactly 0: the neuron should be clearly on one side."
            if (total > 0) != fires:
                verb = "fire" if fires else "stay silent"
                return f"At the corner {corner} the sum is {total:g}: there the neuron should {verb}."
        return None

    return verify


def step_cases(rng):
    yield 2.0, -4.0
    yield 1.0, -2.0
    yield -2.0, -4.0
    yield 0.5, 3.0
    yield 4.0, 0.0
    for _ in range(3):
        yield float(rng.uniform(0.5, 3)), float(rng.normal())


def joint_cases(rng):
    yield np.array([-1.0, 0.5, 2.0]), np.array([2.0, 1.0, 4.0])
    yield np.array([0.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0])
    yield np.array([-2.0, 1.0, 3.0]), np.array([-1.0, 2.0, -0.5])
    yield rng.normal(size=3), rng.uniform(0.5, 2, size=3)


def fold_cases(rng):
    yield np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[1.0], [-1.0]]), np.array([0.5])
    yield np.array([[2.0]]), np.array([[3.0]]), np.array([1.0])
    yield rng.normal(size=(4, 2)), rng.normal(size=(2, 3)), rng.normal(size=3)
    yield rng.normal(size=(1, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)


def folded(X, W, b):
    X1, W1 = np.empty((X.shape[0], X.shape[1] + 1)), np.empty((W.shape[0] + 1, W.shape[1]))
    X1[:, :-1], X1[:, -1] = X, 1.0
    W1[:-1], W1[-1] = W, b
    return X1, W1


EXERCISES = [
    Exercise(
        id="and_gate",
        title="a neuron that computes AND",
        statement="""
Write `and_gate()` that returns `(w, b)`: two weights and a bias such that a neuron which fires when
`w[0]*x[0] + w[1]*x[1] + b > 0` computes the logical AND of `x[0]`, `x[1]` in $\\{0, 1\\}$. At no corner may the sum be
exactly 0.
""",
        starter="""
def and_gate():
    w = ...
    b = ...
    return w, b
""",
        hints=[
            "Start with equal positive weights. How large is the weighted sum at each of the four corners?",
            "With weights 1 and 1 the weighted sums are 0, 1, 1 and 2. Only the last may be above zero once the bias is added.",
            "With weights 1 and 1 any bias strictly between -2 and -1 puts the threshold between one input and two.",
        ],
        solution="""
def and_gate():
    w = [1.0, 1.0]
    b = -1.5
    return w, b
""",
        cases=[()],
        oracle=lambda: (np.array([2.0, 2.0]), -3.0),
        verify=gate([False, False, False, True]),
        returns=("w", "b"),
        wrong=[
            ("[1.0, 1.0], -0.5", "That is OR: one input alone is enough. Lower the bias."),
            ("[1.0, 1.0], -1.0", "With one input the sum is exactly 0: lower the bias a little."),
            ("[1.0, 1.0], -2.0", "With both inputs the sum is exactly 0: raise the bias a little."),
            ("[1.0, 1.0], 0.0", "Without a bias the threshold is 0, and one input passes it."),
            ("[-1.0, -1.0], 1.5", "That is NAND: all signs are turned."),
            ("[1.0, 1.0], 1.5", "The sign of the bias is turned: a threshold of 1.5 is a bias of -1.5."),
            ("[1.0, 1.0, -1.5]", "Return two things: the weights, and the bias apart from them."),
        ],
    ),
    Exercise(
        id="nand_gate",
        title="NAND from the same neuron",
        statement="""
Write `nand_gate()` that returns `(w, b)` for a neuron that fires, `w[0]*x[0] + w[1]*x[1] + b > 0`, unless both inputs are
1. At no corner may the sum be exactly 0.
""",
        starter="""
def nand_gate():
    w = ...
    b = ...
    return w, b
""",
        hints=[
            "NAND is AND with every answer turned round.",
            "The sum is positive where AND's is negative. What turns every sign of $\\mathbf{w} \\cdot \\mathbf{x} + b$ at once?",
            "Take the weights and the bias of AND and multiply all three by -1: weights -1 and -1, bias 1.5.",
        ],
        solution="""
def nand_gate():
    w = [-1.0, -1.0]
    b = 1.5
    return w, b
""",
        cases=[()],
        oracle=lambda: (np.array([-2.0, -2.0]), 3.0),
        verify=gate([True, True, True, False]),
        returns=("w", "b"),
        wrong=[
            ("[1.0, 1.0], -1.5", "That is AND: turn the signs of both weights and of the bias."),
            ("[-1.0, -1.0], -1.5", "The weights are right, but the bias keeps the neuron silent everywhere: turn its sign."),
            ("[1.0, 1.0], 1.5", "The bias is right, but each input should count against firing: turn the weights' signs."),
            ("[-1.0, -1.0], 0.5", "That is NOR: one input alone already silences it. Raise the bias."),
        ],
    ),
    Exercise(
        id="step_position",
        title="where the step sits",
        statement="""
Write `step_position(w, b)`: the $x$ at which the neuron $\\sigma(wx + b)$ answers exactly ½. `w` is a number other
than 0, `b` any number.
""",
        starter="""
def step_position(w, b):
    ...
""",
        hints=[
            "The sigmoid is ½ when what goes into it is 0. What goes into it?",
            "Solve $wx + b = 0$ for $x$.",
            "Take $b$ to the other side, $wx = -b$, then divide by $w$.",
        ],
        solution="""
def step_position(w, b):
    return -b / w
""",
        cases=step_cases,
        oracle=lambda w, b: float(np.linalg.solve([[w]], [-b])[0]),
        wrong=[
            ("b / w", "The sign is turned: wx + b = 0 gives x = -b/w."),
            ("-b", "The weight is missing: a larger weight overcomes the bias with a smaller x. Divide by w."),
            ("-w / b if b else 0.0", "Upside down: divide the bias by the weight."),
            ("-b * w", "Divide by w instead of multiplying: x has to make wx equal to -b."),
            ("(0.5 - b) / w", "½ is the answer; the sum behind it is 0, since σ(0) = ½."),
            ("0.5", "½ is the answer; the sum behind it is 0, since σ(0) = ½."),
        ],
    ),
    Exercise(
        id="fold_bias",
        title="a bias is the weight of a constant 1",
        statement="""
`X` has shape $(N, D)$, `W` $(D, M)$, `b` $(M,)$. Write `fold_bias(X, W, b)` that returns `(X1, W1)` with shapes
$(N, D+1)$ and $(D+1, M)$: `X` with a last column of ones, and `W` with `b` as its last row, so that `X1 @ W1` equals
`X @ W + b`.
""",
        starter="""
def fold_bias(X, W, b):
    ...
""",
        hints=[
            "The new input is 1 for every example: a column. The biases are its weights: a row.",
            "`np.column_stack([X, ...])` puts a column beside `X`, `np.vstack([W, ...])` a row below `W`.",
            "The column is `np.ones(len(X))`, the row is `b` itself. Return both as a pair.",
        ],
        solution="""
def fold_bias(X, W, b):
    return np.column_stack([X, np.ones(len(X))]), np.vstack([W, b])
""",
        cases=fold_cases,
        oracle=folded,
        returns=("X1", "W1"),
        wrong=[
            (
                "np.column_stack([X, np.zeros(len(X))]), np.vstack([W, b])",
                "An input of 0 gives its weight no say: the new column must be ones.",
            ),
            (
                "np.column_stack([np.ones(len(X)), X]), np.vstack([b, W])",
                "Right idea, other end: here the ones are the last column and the biases the last row.",
            ),
            (
                "np.column_stack([X, np.ones(len(X))]), np.vstack([W, np.ones(len(b))])",
                "The new row holds the biases, not ones: the ones are the input, b is its weight.",
            ),
            ("X @ W + b", "That is the product itself: return the two enlarged arrays as a pair (X1, W1)."),
        ],
    ),
    Exercise(
        id="relu_joints",
        title="three hinges where you want them",
        statement="""
Three ReLU neurons read one number $x$, with the weights `w`, one for each. Write `relu_joints(joints, w)` that returns
the three biases which put the hinge of neuron `m` at $x =$ `joints[m]` (*joint* is another word for hinge). Both arguments are arrays of shape $(3,)$, no
weight is 0.
""",
        starter="""
def relu_joints(joints, w):
    ...
""",
        hints=[
            "A ReLU bends where what goes into it is 0.",
            "Put the place of the hinge for $x$ into $wx + b = 0$ and solve for $b$ this time.",
            "$b = -w \\cdot$ that place, for all three at once: NumPy multiplies arrays entry by entry.",
        ],
        solution="""
def relu_joints(joints, w):
    return -w * joints
""",
        cases=joint_cases,
        oracle=lambda joints, w: np.array([0.0 - float(w[k]) * float(joints[k]) for k in range(3)]),
        wrong=[
            ("-joints", "The weight is missing: with w = 2 a bias of -1 bends at ½. Multiply by w."),
            ("w * joints", "The sign is turned: w times the place, plus b, must be 0, so b is -w times the place."),
            ("joints", "Those are the places of the hinges: the bias is -w times the place."),
            ("-joints / w", "That solves for x: here the place is given and the bias is wanted, so multiply by w."),
        ],
    ),
]
