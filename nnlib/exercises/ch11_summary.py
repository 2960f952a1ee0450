"""Exercises of chapter 11: the same weights and biases in another library's clothes, and in other layers."""

import math

import numpy as np

from .registry import Exercise


def pytorch_cases(rng):
    """(weight, bias) of a torch.nn.Linear: weight (out, in), bias (out,)."""
    yield np.array([[1.0, 2.0]]), np.array([3.0])
    yield np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.5, -0.5])
    yield np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0])
    for fan_out, fan_in in [(4, 3), (1, 5), (5, 1)]:
        yield rng.normal(size=(fan_out, fan_in)), rng.normal(size=fan_out)


def turned_by_hand(weight, bias):
    rows, columns = weight.shape
    return np.array([[weight[m, d] for m in range(rows)] for d in range(columns)]), np.array([b for b in bias])


def neuron_cases(rng):
    """(w, b, v, c): the neuron v tanh(wx + b) + c."""
    yield 1.0, 0.0, 1.0, 0.0
    yield 2.0, -1.0, 3.0, 0.5
    yield -0.5, 1.5, 2.0, -1.0
    for _ in range(4):
        yield tuple(float(value) for value in rng.normal(size=4))


def same_neuron(result, w, b, v, c):
    """Do both neurons answer alike? Any four numbers that do are right (a sigmoid can be turned round)."""
    w_new, b_new, v_new, c_new = (float(value) for value in result)
    for x in (0.0, 1.0, -1.0, 0.3, 2.5, -4.0):
        wanted = v * math.tanh(w * x + b) + c
        z = min(max(w_new * x + b_new, -500), 500)
        got = v_new / (1 + math.exp(-z)) + c_new
        if not abs(got - wanted) <= 1e-4 * (1 + abs(v) + abs(c)):
            return f"At x = {x:g} the tanh neuron answers {wanted:.4f}, the sigmoid neuron {got:.4f}."
    return None


EXERCISES = [
    Exercise(
        id="tanh_from_sigmoid",
        title="a tanh neuron made of a sigmoid",
        statement="""
A tanh neuron and the weight that reads it compute $v \\tanh(wx + b) + c$. Write `tanh_from_sigmoid(w, b, v, c)` that returns four
numbers `(w_new, b_new, v_new, c_new)` such that $v_\\text{new}\\,\\sigma(w_\\text{new}\\,x + b_\\text{new}) + c_\\text{new}$ is the
same for every $x$. Use $\\tanh z = 2\\sigma(2z) - 1$.
""",
        starter="""
def tanh_from_sigmoid(w, b, v, c):
    ...
""",
        hints=[
            "Put 2σ(2z) − 1 in place of the tanh, with z = wx + b, and multiply out.",
            "Inside, the 2 multiplies the whole sum: the weight and the bias. Outside there is 2v times the sigmoid. What is left over?",
            "`2 * w, 2 * b, 2 * v, c - v`: the left-over −v goes into the bias of the next neuron.",
        ],
        solution="""
def tanh_from_sigmoid(w, b, v, c):
    return 2 * w, 2 * b, 2 * v, c - v
""",
        cases=neuron_cases,
        oracle=lambda w, b, v, c: (w + w, b + b, v + v, c + (-1) * v),
        verify=same_neuron,
        wrong=[
            ("(2 * w, 2 * b, 2 * v, c - 1)", "The −1 is multiplied by v too: what is left over is −v."),
            ("(2 * w, b, 2 * v, c - v)", "The 2 in σ(2z) multiplies the whole sum, its bias included."),
            ("(2 * w, 2 * b, 2 * v, c)", "The −1 is lost: it goes into the last bias, as −v."),
            ("(2 * w, 2 * b, v, c - v)", "The sigmoid is half as tall as a tanh: it needs twice the weight v."),
            ("(w, b, v, c)", "A sigmoid goes from 0 to 1, a tanh from −1 to 1: the four numbers must make up for that."),
            ("(w / 2, b / 2, 2 * v, c - v)", "The sigmoid is flatter than tanh, so the sum must be doubled, not halved."),
            ("(2 * w, 2 * b, 2 * v, c + v)", "The sign of the left-over is turned: it is −v."),
        ],
    ),
    Exercise(
        id="from_pytorch",
        title="weights from PyTorch",
        statement="""
`torch.nn.Linear` keeps its weights with one neuron a **row**, shape `(out, in)`, and computes `x @ weight.T + bias`. Write
`from_pytorch(weight, bias)` that returns `(W, b)` as this book writes them: `x @ W + b` gives the same, with `W` of shape `(in, out)`.
""",
        starter="""
def from_pytorch(weight, bias):
    ...
""",
        hints=[
            "One neuron a row there, one neuron a column here. The numbers are the same.",
            "Compare `x @ weight.T + bias` with `x @ W + b`. What must W be?",
            "`return weight.T, bias`. `reshape` would give the right shape with the numbers in the wrong places.",
        ],
        solution="""
def from_pytorch(weight, bias):
    return weight.T, bias
""",
        cases=pytorch_cases,
        oracle=turned_by_hand,
        wrong=[
            ("(weight, bias)", "That is PyTorch's own arrangement: here a column of W is one neuron."),
            (
                "(weight.reshape(weight.shape[1], weight.shape[0]), bias)",
                "reshape keeps the numbers in reading order, so they land at other inputs: transpose.",
            ),
            ("(weight.T, np.zeros(len(bias)))", "The bias is lost: it comes along as it is."),
            ("(weight.T, -bias)", "The bias keeps its sign: both libraries add it."),
            ("(np.vstack([weight.T, bias]), bias)", "The bias stays apart from the weights: W has shape (in, out)."),
        ],
    ),
    Exercise(
        id="convolution_parameters",
        title="counting a convolution's parameters",
        statement="""
A convolution slides small neurons over an image with `channels` numbers at each place. Each neuron reads a patch of `size` by `size`
places and uses the same weights and the same **one** bias wherever it stands. Write `convolution_parameters(size, channels, neurons)`:
the number of weights and biases of a layer with `neurons` such neurons, an integer.
""",
        starter="""
def convolution_parameters(size, channels, neurons):
    ...
""",
        hints=[
            "How many numbers does one neuron read? So many weights it has. And how many biases?",
            "The size of the image does not matter: the weights are shared by all places.",
            "One neuron has `size * size * channels` weights and 1 bias; there are `neurons` of them.",
        ],
        solution="""
def convolution_parameters(size, channels, neurons):
    return neurons * (size * size * channels + 1)
""",
        cases=[(1, 1, 1), (3, 1, 1), (3, 1, 8), (3, 8, 16), (5, 3, 6), (1, 64, 10), (8, 1, 10)],
        oracle=lambda size, channels, neurons: sum(
            sum(1 for _ in range(size) for _ in range(size) for _ in range(channels)) + 1 for _ in range(neurons)
        ),
        wrong=[
            ("neurons * size * size * channels", "The biases are missing: every neuron has one."),
            ("neurons * size * size * channels + 1", "Every neuron has a bias of its own: that counts one for all of them."),
            ("neurons * (size * size + 1) * channels", "One bias for each neuron, however many channels it reads."),
            ("neurons * (size * size + 1)", "At every place of its patch a neuron reads all channels."),
            ("size * size * channels + 1", "That is one neuron: the layer has several."),
            ("neurons * (size * channels + 1)", "A patch is size by size places, not size."),
        ],
    ),
]
