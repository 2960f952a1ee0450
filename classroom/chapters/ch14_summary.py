"""Exercises of chapter 14: the same weights and biases in another library's clothes, and in other layers."""

import math

import numpy as np

from ..exercises.registry import Exercise


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
    """(w1, b1, w2, b2): the network w2 tanh(w1 x + b1) + b2."""
    yield 1.0, 0.0, 1.0, 0.0
    yield 2.0, -1.0, 3.0, 0.5
    yield -0.5, 1.5, 2.0, -1.0
    for _ in range(4):
        yield tuple(float(value) for value in rng.normal(size=4))


def same_answers(result, w1, b1, w2, b2):
    """Do both networks answer alike? Any four numbers that do are right (a sigmoid can be turned round)."""
    u1, c1, u2, c2 = (float(value) for value in result)
    for x in (0.0, 1.0, -1.0, 0.3, 2.5, -4.0):
        wanted = w2 * math.tanh(w1 * x + b1) + b2
        got = u2 / (1 + math.exp(-min(max(u1 * x + c1, -500), 500))) + c2
        if not abs(got - wanted) <= 1e-4 * (1 + abs(w2) + abs(b2)):
            return f"At x = {x:g} the tanh neuron leads to {wanted:.4f}, the sigmoid neuron to {got:.4f}."
    return None


def convolution_cases(rng):
    yield from [(1, 1, 1), (3, 1, 1), (3, 1, 8), (3, 8, 16), (5, 3, 6), (1, 64, 10), (8, 1, 10)]
    yield int(rng.integers(2, 8)), int(rng.integers(2, 20)), int(rng.integers(2, 30))


EXERCISES = [
    Exercise(
        id="tanh_from_sigmoid",
        title="a tanh neuron made of a sigmoid",
        statement="""
A small network computes $w_2 \\tanh(w_1 x + b_1) + b_2$. Write `tanh_from_sigmoid(w1, b1, w2, b2)` that returns four numbers, the weights
and biases in the same order for a **sigmoid** in place of the tanh, such that the network answers the same for every $x$.
Use $\\tanh z = 2\\sigma(2z) - 1$.
""",
        starter="""
def tanh_from_sigmoid(w1, b1, w2, b2):
    ...
""",
        hints=[
            "Put 2σ(2z) − 1 in place of the tanh, with z = w1·x + b1, and multiply out.",
            "Inside, the 2 multiplies the whole sum: the weight and the bias. Outside there is 2·w2 times the sigmoid. What is left over?",
            "`2 * w1, 2 * b1, 2 * w2, b2 - w2`: the left-over −w2 goes into the last bias.",
        ],
        solution="""
def tanh_from_sigmoid(w1, b1, w2, b2):
    return 2 * w1, 2 * b1, 2 * w2, b2 - w2
""",
        cases=neuron_cases,
        oracle=lambda w1, b1, w2, b2: (w1 + w1, b1 + b1, w2 + w2, b2 + (-1) * w2),
        verify=same_answers,
        returns=("w1", "b1", "w2", "b2"),
        wrong=[
            ("(2 * w1, 2 * b1, 2 * w2, b2 - 1)", "The −1 is multiplied by w2 too: what is left over is −w2."),
            ("(2 * w1, b1, 2 * w2, b2 - w2)", "The 2 in σ(2z) multiplies the whole sum, its bias included."),
            ("(2 * w1, 2 * b1, 2 * w2, b2)", "The −1 is lost: it goes into the last bias, as −w2."),
            ("(2 * w1, 2 * b1, w2, b2 - w2)", "The sigmoid is half as tall as a tanh: it needs twice the weight w2."),
            ("(w1, b1, w2, b2)", "A sigmoid goes from 0 to 1, a tanh from −1 to 1: the four numbers must make up for that."),
            ("(w1 / 2, b1 / 2, 2 * w2, b2 - w2)", "The sigmoid is flatter than tanh, so the sum must be doubled, not halved."),
            ("(2 * w1, 2 * b1, 2 * w2, b2 + w2)", "The sign of the left-over is turned: it is −w2."),
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
        returns=("W", "b"),
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
        cases=convolution_cases,
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
    Exercise(
        id="gpt_biases",
        title="counting a GPT's biases",
        statement="""
A GPT of `blocks` blocks and width `width` has biases in these places. In every block: two LayerNorms, a layer from `width` to three times
`width` (queries, keys, values), one back to `width`, one to four times `width`, and one back to `width`. After the blocks: one last LayerNorm.
The embedding and the scores have none. Write `gpt_biases(width, blocks)`: the number of all biases, an integer.
""",
        starter="""
def gpt_biases(width, blocks):
    ...
""",
        hints=[
            "A layer has one bias for each of its outputs, however many inputs it reads. And a LayerNorm?",
            "A LayerNorm has one bias for each entry that it gives, `width` of them; its gains are no biases. Count one block first, in units of `width`.",
            "A block has 2 + 3 + 1 + 4 + 1 times `width`. The last LayerNorm comes once, not in every block.",
        ],
        solution="""
def gpt_biases(width, blocks):
    return (11 * blocks + 1) * width
""",
        cases=lambda rng: [
            *[(1, 0), (1, 1), (2, 1), (2, 3), (8, 2), (768, 12), (1600, 48)],
            (int(rng.integers(16, 64)), int(rng.integers(3, 9))),
        ],
        oracle=lambda width, blocks: sum(
            len(range(outputs))
            for _ in range(blocks)
            for outputs in (width, 3 * width, width, width, 4 * width, width)
        )
        + width,
        wrong=[
            ("11 * blocks * width", "The LayerNorm after the last block is missing."),
            ("12 * blocks * width", "The last LayerNorm comes once, after all blocks, not in every block."),
            ("9 * blocks * width", "Those are the biases of the layers: a LayerNorm has biases too, three times over here."),
            ("(9 * blocks + 1) * width", "A block has two LayerNorms, each with its biases."),
            ("(10 * blocks + 1) * width", "A block has two LayerNorms: one is missing."),
            ("(13 * blocks + 2) * width", "The gains of the LayerNorms are counted too: they multiply, so they are no biases."),
            ("(9 * blocks + 1) * width + 2 * blocks", "A LayerNorm has one bias for each entry that it gives, not one for all."),
            (
                "(12 * width * width + 11 * width) * blocks + width",
                "The weights are counted too: a layer has one bias for each output, whatever it reads.",
            ),
        ],
    ),
]
