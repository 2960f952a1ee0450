"""Exercises of chapter 1: a weighted sum plus a bias, and the activation functions."""

import math

import numpy as np

from ..exercises.registry import Exercise


def elementwise(function):
    """An oracle for an element-wise function: plain Python, one number at a time."""

    def oracle(z, *more):
        values = [function(float(value), *more) for value in np.ravel(z)]
        return np.array(values).reshape(np.shape(z)) if np.ndim(z) else values[0]

    return oracle


def neuron_cases(rng):
    yield np.array([2.0, 5.0]), np.array([4.0, -2.0]), 1.5
    yield np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5
    yield np.array([2.0]), np.array([3.0]), 1.0
    yield np.array([0.5, -1.0, 2.0]), np.array([2.0, 4.0, 1.0]), -3.0
    for n in (4, 7, 20):
        yield rng.normal(size=n), rng.normal(size=n), float(rng.normal())


def fires_cases(rng):
    yield np.array([2.0]), np.array([1.0]), -1.0
    yield np.array([2.0]), np.array([1.0]), -2.0
    yield np.array([2.0]), np.array([1.0]), -2.5
    yield np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5
    yield np.array([1.0, 2.0]), np.array([3.0, -2.0]), 0.5
    yield np.array([1.0, 2.0]), np.array([3.0, -1.0]), -1.5
    yield np.array([0.0, 0.0]), np.array([1.0, 1.0]), 0.25
    yield np.array([0.0, 0.0]), np.array([1.0, 1.0]), 0.0
    yield np.array([0.25, 0.5, 0.25]), np.array([1.0, 1.0, 1.0]), -0.75
    for n in (3, 4, 6, 9, 12):
        yield rng.normal(size=n), rng.normal(size=n), float(rng.normal())


def relu_cases(rng):
    yield (np.array([-1.0, 2.0]),)
    yield (np.array([0.0, 0.25, -0.25]),)
    yield (np.array([[-3.0, 5.0, 0.0], [0.5, -0.5, 1000.0]]),)
    yield (rng.normal(size=(3, 4)),)
    yield (rng.normal(size=(2, 3, 4)),)


def leaky_relu_cases(rng):
    yield (np.array([-1.0, 2.0]),)
    yield np.array([-2.0, 0.0, 3.0]), 0.5
    yield np.array([-2.0, 3.0]), 0.0
    yield np.array([-2.0, 3.0]), 1.0
    yield np.array([-2.0, 3.0]), 2.0
    yield rng.normal(size=(3, 4)), 0.2
    yield rng.normal(size=(2, 3, 2)), 1.5
    yield (rng.normal(size=(2, 5)) * 10,)


def sigmoid_cases(rng):
    yield (np.array([-1.0, 2.0]),)
    yield (0.5,)
    yield (-3.0,)
    yield (np.array([0.0]),)
    yield (rng.normal(size=(3, 4)) * 3,)
    yield (rng.normal(size=(2, 3, 2)) * 3,)
    yield (np.array([-40.0, -5.0, 5.0, 40.0]),)
    yield (np.array([-1000.0, 1000.0]),)
    yield (np.array([[-800.0, 0.0], [720.0, 1.0]]),)
    yield (-1000.0,)
    yield (1000.0,)


def stable_sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


EXERCISES = [
    Exercise(
        id="neuron",
        title="one neuron",
        statement="""
Write `neuron(x, w, b)`. `x` and `w` are 1-D arrays with the same number $D \\ge 1$ of entries, `b` is a number.
Return the number $w_1 x_1 + \\dots + w_D x_D + b$. Python counts from 0: $x_1$ is `x[0]`, and $x_D$ is the last entry.
""",
        starter="""
def neuron(x, w, b):
    ...
""",
        hints=[
            "Each input is multiplied by its own weight; the products are added up; the bias is added once.",
            "`x * w` holds all the products at once. What adds up the entries of an array?",
            "`np.sum(x * w)`, or shorter `x @ w`, is the weighted sum. Add `b` to it and return the result.",
        ],
        solution="""
def neuron(x, w, b):
    return x @ w + b
""",
        cases=neuron_cases,
        oracle=lambda x, w, b: math.fsum([float(x[i]) * float(w[i]) for i in range(len(x))] + [b]),
        wrong=[
            ("x @ w", "The bias is missing: add b to the weighted sum."),
            ("x @ w - b", "The bias is subtracted: it should be added."),
            ("x * w + b", "Those are the products, each with the bias: add the products up first, then add b once."),
            ("np.sum(x * w + b)", "That adds the bias once per input: add it once, after the sum."),
            ("(x @ w) * b", "The bias is not a factor: it is added."),
            ("np.mean(x * w) + b", "That is the mean of the products: a neuron takes their sum."),
            ("np.sum(x) + b", "The weights are missing: multiply each input by its weight."),
            ("np.sum(x + w) + b", "Inputs and weights are multiplied, not added."),
            ("np.maximum(x @ w + b, 0)", "That applies an activation too: only the weighted sum plus bias is wanted."),
            ("x * w", "Those are the products: add them up, then add b."),
            ("x[1:] @ w[1:] + b", "The first product is left out: Python counts from 0, so x₁ is x[0]."),
            ("x[-1] * w[-1] + b", "That is the last product only: set the total to 0 once, before the loop, and add every product to it."),
            (
                "1 / (1 + np.exp(-(x @ w + b)))",
                "That applies an activation too: only the weighted sum plus bias is wanted.",
            ),
        ],
    ),
    Exercise(
        id="fires",
        title="a neuron that fires",
        statement="""
Write `fires(x, w, b)` for a neuron with the step function. `x` and `w` are 1-D arrays with the same number of entries,
`b` is a number. Return 1 if $w_1 x_1 + \\dots + w_D x_D + b$ is greater than 0, and 0 otherwise.
""",
        starter="""
def fires(x, w, b):
    ...
""",
        hints=[
            "Two stages: first the sum with the bias, then a question about that sum.",
            "`x @ w + b > 0` is the whole question. Its answer is True or False; wanted is 1 or 0.",
            "`int(x @ w + b > 0)` turns True into 1 and False into 0.",
        ],
        solution="""
def fires(x, w, b):
    return int(x @ w + b > 0)
""",
        cases=fires_cases,
        oracle=lambda x, w, b: (
            1.0 if math.fsum([float(i) * float(j) for i, j in zip(x, w, strict=True)]) > -float(b) else 0.0
        ),
        wrong=[
            ("int(x @ w > 0)", "The bias is missing: add it to the weighted sum before asking whether the result is above 0."),
            ("int(x @ w + b >= 0)", "A sum of exactly 0 is not greater than 0: here the answer is 0."),
            ("int(x @ w + b < 0)", "The answers are swapped: 1 where the sum is above 0."),
            ("int(x @ w > b)", "Comparing the weighted sum with b subtracts b: add it instead, and compare the result with 0."),
            ("int(x @ w + b > 0.5)", "The step is at 0: ask whether the sum is above 0, not above another number."),
            ("x @ w + b", "That is the sum. The step function is still to come: 1 if the sum is above 0, else 0."),
            ("int(x * w + b > 0)", "The products are added up first: x @ w. Then the question is asked once, about their sum with b."),
            ("int(np.all(x * w + b > 0))", "The products are added up first; the question is asked once, about the sum."),
            ("2.0 * (x @ w + b > 0) - 1", "The answers are -1 and 1: wanted are 0 and 1."),
        ],
    ),
    Exercise(
        id="sigmoid",
        title="a sigmoid for arrays, also for large sums",
        statement="""
Write `sigmoid(z)`, the sigmoid of every entry of an array `z` of any shape (also of a plain number). It must give finite
results for $|z|$ up to 1000: `sigmoid(-1000)` is 0 and `sigmoid(1000)` is 1. A floating-point warning alone is not a mistake.
""",
        starter="""
def sigmoid(z):
    ...
""",
        hints=[
            "The formula is short. The question is what `np.exp` gives for a large argument, and where that does harm.",
            "`np.exp(1000)` is inf, and inf / inf is nan. In which of `1 / (1 + exp(-z))` and `exp(z) / (1 + exp(z))` "
            "does that happen?",
            "`1 / (1 + np.exp(-z))` never divides inf by inf: at -1000 it is 1 / inf = 0. Or use "
            "`0.5 * (1 + np.tanh(z / 2))`, which has no overflow at all.",
        ],
        solution="""
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))
""",
        cases=sigmoid_cases,
        oracle=elementwise(stable_sigmoid),
        wrong=[
            ("np.exp(z) / (1 + np.exp(z))", "exp(1000) is inf, and inf / inf is nan: use exp(-z), or a clip."),
            ("1 / (1 + np.exp(z))", "The sign in the exponent is turned (that is 1 - sigmoid(z)): it is exp(-z)."),
            ("1 / (1 - np.exp(-z))", "The denominator is 1 + exp(-z)."),
            ("1 / 1 + np.exp(-z)", "Parentheses are missing: 1 / (1 + exp(-z))."),
            ("np.tanh(z)", "That is tanh, which goes from -1 to 1: sigmoid(z) = (1 + tanh(z / 2)) / 2."),
            ("0.5 * (1 + np.tanh(z))", "That is the sigmoid of 2z: halve z inside."),
            ("np.exp(-z)", "The exponential alone is not the sigmoid: 1 / (1 + exp(-z))."),
            ("(z > 0) * 1.0", "That is the step function: the sigmoid is smooth."),
            ("1 / (1 + np.exp(-np.abs(z)))", "The sigmoid of a negative number is below 1/2: abs loses the sign."),
            ("1 / (1 + np.exp(-z)) - 0.5", "The sigmoid goes from 0 to 1, and is 1/2 at 0: nothing is subtracted."),
            ("1 / np.exp(-z)", "The 1 + in the denominator is missing: 1 / (1 + exp(-z))."),
            ("np.log(1 + np.exp(z))", "That is softplus, whose slope the sigmoid is."),
            (
                "(1 / (1 + np.exp(-z))) * (1 - 1 / (1 + np.exp(-z)))",
                "That is the sigmoid's slope: the sigmoid itself is wanted.",
            ),
        ],
    ),
    Exercise(
        id="relu",
        title="ReLU",
        statement="""
Write `relu(z)` for an array `z` of any shape: 0 where `z` is negative, `z` elsewhere.
Do not change `z` itself.
""",
        starter="""
def relu(z):
    ...
""",
        hints=[
            "Each number is replaced by the larger of two numbers. Which two?",
            "`max(0, value)` does it for one number. NumPy has a function that does it for every entry of an array.",
            "`np.maximum(z, 0)` compares every entry with 0 and keeps the larger one.",
        ],
        solution="""
def relu(z):
    return np.maximum(z, 0)
""",
        cases=relu_cases,
        oracle=elementwise(lambda z: z if z > 0 else 0.0),
        unchanged=True,
        wrong=[
            ("np.abs(z)", "That is abs(z): a negative input should become 0, not positive."),
            ("np.minimum(z, 0)", "That keeps the negative side: relu keeps the positive one."),
            ("(z > 0) * 1.0", "That is the step function: where z is positive, relu gives z itself, not 1."),
            ("np.maximum(z, 0.01 * z)", "That is leaky ReLU: here a negative input becomes exactly 0."),
            ("np.maximum(z, 1)", "The larger of z and 1: the threshold should be 0."),
            ("np.max(z)", "np.max gives the single largest entry: np.maximum compares entry by entry."),
            ("z[z > 0]", "That drops the negative entries: they should stay, as 0."),
            ("np.clip(z, 0, 1)", "That also cuts at 1: relu has no upper limit."),
            (
                "def relu(z):\n    z[z < 0] = 0\n    return z",
                "An assignment to entries of `z`, or of a second name for it, changes the array that was given: use `z.copy()`, or np.maximum.",
            ),
            (
                "np.vectorize(lambda v: v if v > 0 else 0)(z)",
                "np.vectorize takes the type of its first result: with the whole number 0 it cuts fractions off. Return 0.0.",
            ),
            ("np.maximum(z, 0).astype(int)", "Whole numbers cut the fractions off: leave them as they are."),
        ],
    ),
    Exercise(
        id="leaky_relu",
        title="leaky ReLU",
        statement="""
Write `leaky_relu(z, alpha=0.01)` for an array `z` of any shape: `z` where $z \\ge 0$ and `alpha * z` where $z < 0$,
for any `alpha` with $0 \\le \\alpha \\le 2$.
""",
        starter="""
def leaky_relu(z, alpha=0.01):
    ...
""",
        hints=[
            "There are two cases, and which one holds is decided entry by entry.",
            "`np.where(condition, a, b)` takes entries from `a` where the condition is true and from `b` elsewhere.",
            "`np.where(z >= 0, z, ...)`: what stands in place of the dots is `alpha * z`.",
        ],
        solution="""
def leaky_relu(z, alpha=0.01):
    return np.where(z >= 0, z, alpha * z)
""",
        cases=leaky_relu_cases,
        oracle=elementwise(lambda z, alpha=0.01: z if z >= 0 else alpha * z),
        wrong=[
            (
                "np.maximum(z, alpha * z)",
                "np.maximum(z, alpha * z) works only while alpha is at most 1: with alpha = 2, -2 is larger than -4.",
            ),
            ("np.maximum(z, 0)", "That is plain ReLU: a negative input should become alpha * z."),
            ("np.where(z >= 0, z, 0.01 * z)", "That always uses 0.01: use the argument alpha."),
            ("np.where(z >= 0, z, alpha)", "A negative input becomes alpha * z, not alpha."),
            ("np.where(z >= 0, z, -alpha * z)", "The sign is turned: alpha * z is negative where z is negative."),
            ("np.where(z >= 0, alpha * z, z)", "The two sides are swapped: alpha belongs to the negative side."),
            ("alpha * z", "The positive side should stay as it is."),
            ("np.where(z >= 0, z, z - alpha)", "alpha is a slope: multiply by it."),
            ("np.where(z >= 0, z, z / alpha)", "alpha is a slope: multiply by it instead of dividing."),
            ("np.where(z >= 0, z, 0.1 * z)", "That always uses 0.1: use the argument alpha."),
            (
                "np.where(z >= 0, z, alpha * np.exp(z) - alpha)",
                "That is ELU: below 0 leaky ReLU is a straight line, alpha * z.",
            ),
        ],
    ),
]
