"""Exercises of chapter 3: a bias is a threshold."""

import numpy as np

from .registry import Exercise

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


EXERCISES = [
    Exercise(
        id="and_gate",
        title="a neuron that computes AND",
        statement="""
Write `and_gate()` that returns `(w, b)`: two weights and a bias such that a neuron which fires when
`w[0]*x0 + w[1]*x1 + b > 0` computes the logical AND of `x0`, `x1` in $\\{0, 1\\}$. At no corner may the sum be exactly 0.
""",
        starter="""
def and_gate():
    w = ...
    b = ...
    return w, b
""",
        hints=[
            "Start with equal positive weights. How large is the weighted sum at each of the four corners, before the bias?",
            "With weights 1 and 1 the sums are 0, 1, 1 and 2. Only the last may reach above zero once the bias is added.",
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
]
