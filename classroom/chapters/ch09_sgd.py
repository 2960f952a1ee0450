"""Exercises of chapter 9: small steps from small batches."""

import math

import numpy as np

from ..exercises.registry import Exercise
from .cases import batches_in_order, belong_together, minibatch_cases, really_shuffled


def sgd_cases(rng):
    yield {"w": np.array([1.0])}, {"w": np.array([2.0])}, 0.1
    yield {"w": np.array([1.0, -2.0]), "b": np.array([0.5])}, {"w": np.array([3.0, 4.0]), "b": np.array([-1.0])}, 0.5
    shapes = {"W1": (2, 3), "b1": (3,), "W2": (3, 1), "b2": (1,)}
    for lr in (0.01, 1.0, 2.5):
        yield ({k: rng.normal(size=s) for k, s in shapes.items()}, {k: rng.normal(size=s) for k, s in shapes.items()}, lr)
    yield {"v": rng.normal(size=(2, 2, 2))}, {"v": rng.normal(size=(2, 2, 2))}, 0.3


def entry_by_entry(function, *arrays):
    values = [function(*map(float, entries)) for entries in zip(*map(np.ravel, arrays), strict=True)]
    return np.array(values).reshape(np.shape(arrays[0]))


def momentum_cases(rng):
    yield np.array([1.0]), np.array([0.5]), np.array([2.0]), 0.1, 0.9
    yield np.array([1.0]), np.array([0.0]), np.array([2.0]), 0.1, 0.9
    yield np.array([1.0, 2.0]), np.array([3.0, -1.0]), np.array([2.0, 4.0]), 0.5, 0.5
    yield np.array([1.0, 2.0]), np.array([3.0, -1.0]), np.array([2.0, 4.0]), 0.5, 0.0
    for shape, lr, beta in [((3,), 0.1, 0.9), ((2, 3), 1.5, 0.7), ((2, 2, 2), 0.01, 0.99)]:
        yield rng.normal(size=shape), rng.normal(size=shape), rng.normal(size=shape), lr, beta


def batches(order, loop="for i in range(0, len(X), batch_size)", rows="order[i : i + batch_size]", labels=None):
    return f"""
def minibatches(X, y, batch_size, rng):
    order = {order}
    return [(X[{rows}], y[{labels or rows}]) {loop}]
"""


def afresh(rows):
    """The same with `rows` drawn anew for every batch."""
    return f"""
def minibatches(X, y, batch_size, rng):
    rows = [{rows} for i in range(0, len(X), batch_size)]
    return [(X[r], y[r]) for r in rows]
"""


def decayed(start, factor, every, step):
    rate = start
    for k in range(1, step + 1):
        if k % every == 0:
            rate *= factor
    return float(rate)


def velocity_cases(rng):
    yield np.array([1.0]), np.array([0.5]), np.array([2.0]), 0.1, 0.9
    yield np.array([1.0, -2.0]), np.array([0.0, 0.0]), np.array([0.5, 1.0]), 0.2, 0.5
    yield rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), 0.3, 0.8


def step_count_cases(rng):
    yield from [(10, 4, 1), (12, 4, 1), (10, 4, 3), (1, 32, 5), (512, 1, 2), (1347, 32, 40), (7, 7, 0)]
    yield int(rng.integers(100, 1000)), int(rng.integers(7, 60)), int(rng.integers(2, 30))


def decay_cases(rng):
    yield 0.8, 0.5, 10, 25
    yield 1.0, 0.5, 10, 0
    yield 1.0, 0.5, 10, 9
    yield 1.0, 0.5, 10, 10
    yield 0.2, 0.5, 50, 130
    yield 0.3, 0.1, 7, 21
    yield 2.0, 0.9, 1, 3
    yield rng.uniform(0.1, 1), 0.5, int(rng.integers(3, 20)), int(rng.integers(20, 80))


def adam_cases(rng):
    yield np.array([1.0]), np.array([0.0]), np.array([0.0]), np.array([2.0]), 0.1, 1
    yield np.array([1.0, -1.0]), np.array([0.3, 0.2]), np.array([0.5, 0.1]), np.array([0.5, -2.0]), 0.2, 3
    yield rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), rng.uniform(0.1, 1, (2, 3)), rng.normal(size=(2, 3)), 0.1, 50
    tiny = np.array([1e-8, 0.0])  # where epsilon decides
    yield np.array([1.0, -1.0]), np.zeros(2), np.zeros(2), tiny, 0.1, 1


def adam_entry_by_entry(w, m, s, g, lr, t):
    new = [np.empty_like(w) for _ in range(3)]
    for i in np.ndindex(w.shape):
        mean = m[i] + (g[i] - m[i]) / 10
        square = s[i] + (g[i] ** 2 - s[i]) / 1000
        move = mean / (1 - 0.9**t) / (math.sqrt(square / (1 - 0.999**t)) + 1e-8)
        new[0][i], new[1][i], new[2][i] = w[i] - lr * move, mean, square
    return tuple(new)


EXERCISES = [
    Exercise(
        id="count_steps",
        title="how many steps",
        statement="""
Write `count_steps(n, batch_size, epochs)`: how many steps training takes on `n` examples. The last batch of an epoch may
be smaller than the others, and makes a step too. Return a whole number.
""",
        starter="""
def count_steps(n, batch_size, epochs):
    ...
""",
        hints=[
            "First count the batches of one epoch. 10 examples in batches of 4 make 4 + 4 + 2.",
            "Divide and round *up*: `-(-n // batch_size)` or `math.ceil(n / batch_size)`.",
            "`epochs * -(-n // batch_size)`",
        ],
        solution="""
def count_steps(n, batch_size, epochs):
    return epochs * -(-n // batch_size)
""",
        cases=step_count_cases,
        oracle=lambda n, batch_size, epochs: epochs * len(range(0, n, batch_size)),
        wrong=[
            ("epochs * (n // batch_size)", "The last, smaller batch of each epoch makes a step too: round up."),
            ("epochs * n / batch_size", "Batches come whole: round the number of batches of an epoch up."),
            ("-(-n // batch_size)", "That is one epoch: multiply by the number of epochs."),
            ("-(-n * epochs // batch_size)", "Each epoch ends with its own smaller batch: round up before you multiply."),
            ("epochs", "An epoch is not a step: each epoch takes as many steps as it has batches."),
            ("epochs * (n // batch_size + 1)", "When the batches fit exactly there is no extra one."),
            ("epochs * np.ceil(n / batch_size)", "The count is right, but it is a float: -(-n // batch_size) and math.ceil give whole numbers."),
        ],
    ),
    Exercise(
        id="sgd_step",
        title="one step of SGD",
        statement="""
Write `sgd_step(params, grads, lr)`. `params` and `grads` are dicts with the same keys; their values are arrays of equal shape.
Return a **new** dict with every parameter moved one SGD step: `p - lr * g`. `params` and `grads` must be unchanged.
""",
        starter="""
def sgd_step(params, grads, lr):
    ...
""",
        hints=[
            "Every parameter, weight or bias, is treated alike: take its gradient, go a little way against it.",
            "Loop over the names: `for name in params`. Build a new dict; `p -= ...` would write into the old arrays.",
            "`{name: params[name] - lr * grads[name] for name in params}` is a new dict with new arrays.",
        ],
        solution="""
def sgd_step(params, grads, lr):
    return {name: params[name] - lr * grads[name] for name in params}
""",
        cases=sgd_cases,
        oracle=lambda params, grads, lr: {
            key: entry_by_entry(lambda p, g: p + (-lr) * g, params[key], grads[key]) for key in params
        },
        unchanged=True,
        wrong=[
            ("{k: params[k] + lr * grads[k] for k in params}", "That climbs: the gradient points uphill, so subtract it."),
            ("{k: params[k] - grads[k] for k in params}", "The learning rate is missing: multiply the gradient by lr."),
            ("{k: -lr * grads[k] for k in params}", "That is the step alone: add it to the parameter."),
            ("{k: params[k] - lr for k in params}", "The gradient is missing: the step is lr times the gradient."),
            ("{k: params[k] * (1 - lr * grads[k]) for k in params}", "The step is subtracted; it does not scale the parameter."),
            ("[params[k] - lr * grads[k] for k in params]", "The numbers are right, but a dict with the same keys was asked for."),
            ("{k: params[k] - lr * grads[k] for k in list(params)[:1]}", "Only the first parameter is in the result: move all of them, biases too."),
            (
                "def sgd_step(params, grads, lr):\n    new = dict(params)\n    for k in new:\n        new[k] -= lr * grads[k]\n    return new",
                "The dict that was given, or its arrays, were written to: build a new dict of new arrays (`-=` changes an array in place, dict(params) copies none).",
            ),
            (
                "{k: params[k] - lr * np.sign(grads[k]) for k in params}",
                "The size of the gradient counts too, not only its sign.",
            ),
        ],
    ),
    Exercise(
        id="minibatches",
        title="shuffled mini-batches",
        statement="""
Write `minibatches(X, y, batch_size, rng)`. `X` `(N, D)` and `y` `(N,)` belong together row by row. Return (or yield) pairs
`(X_batch, y_batch)` that together use every example exactly once, in an order shuffled with the numpy Generator `rng`;
every batch has `batch_size` rows, the last one may be smaller but not empty. `X` and `y` must be unchanged.
""",
        starter="""
def minibatches(X, y, batch_size, rng):
    ...
""",
        hints=[
            "Shuffle once, then cut into pieces. X and y must be shuffled in the same way: shuffle row numbers, not rows.",
            "`order = rng.permutation(len(X))` is a shuffled list of the row numbers; `order[i : i + batch_size]` is a piece of it.",
            "`for i in range(0, len(X), batch_size):` take `rows = order[i : i + batch_size]` and yield `X[rows], y[rows]`. "
            "The last piece is shorter by itself.",
        ],
        solution="""
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        yield X[rows], y[rows]
""",
        cases=minibatch_cases,
        oracle=batches_in_order,
        verify=belong_together,
        across=really_shuffled,
        unchanged=True,
        wrong=[
            (batches("np.arange(len(X))"), "The examples come in their old order: shuffle them."),
            (
                "def minibatches(X, y, batch_size, rng):\n    a, b = rng.permutation(len(X)), rng.permutation(len(X))\n"
                "    return [(X[a[i : i + batch_size]], y[b[i : i + batch_size]]) for i in range(0, len(X), batch_size)]",
                "X and y are shuffled differently: use one order for both.",
            ),
            (
                "def minibatches(X, y, batch_size, rng):\n    starts = rng.permutation(np.arange(0, len(X), batch_size))\n"
                "    pairs = [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]\n"
                "    return sorted(pairs, key=lambda pair: -len(pair[1]))",
                "Neighbours stay together: shuffle the examples, not the batches.",
            ),
            (
                "def minibatches(X, y, batch_size, rng):\n    starts = rng.permutation(np.arange(0, len(X), batch_size))\n"
                "    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]",
                "Neighbours stay together: shuffle the examples, not the batches.",
            ),
            (
                batches("rng.permutation(len(X))", loop="for i in range(0, len(X) - batch_size + 1, batch_size)"),
                "The last, smaller batch is left out.",
            ),
            (batches("rng.integers(0, len(X), size=len(X))"), "Drawing with replacement repeats some examples and leaves others out: use a permutation."),
            (
                "def minibatches(X, y, batch_size, rng):\n    order = np.random.permutation(len(X))\n"
                "    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(0, len(X), batch_size)]",
                "np.random's own functions know nothing of rng: write rng.permutation.",
            ),
            (batches("np.random.default_rng(0).permutation(len(X))"), "That makes a generator of its own: draw from rng."),
            (
                batches("rng.permutation(len(X))", loop="for i in range(0, len(X) + 1, batch_size)"),
                "There is an empty batch at the end when batch_size divides N: stop at len(X).",
            ),
            (batches("rng.permutation(len(X))", loop="for i in range(0, len(X))"), "The batches overlap: go on by batch_size each time."),
            (
                "def minibatches(X, y, batch_size, rng):\n    rng.shuffle(X)\n"
                "    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]",
                "The rows of X are shuffled and those of y are not: shuffle row numbers and use them for both.",
            ),
            *(
                (
                    afresh(rows),
                    "Each batch is drawn afresh from all examples, so some come twice and others never: shuffle once, then cut.",
                )
                for rows in (
                    "rng.choice(len(X), batch_size, replace=False)",
                    "rng.choice(len(X), min(batch_size, len(X) - i), replace=False)",
                    "rng.choice(len(X), min(batch_size, len(X)), replace=False)",
                    "rng.permutation(len(X))[i : i + batch_size]",
                    "rng.permutation(len(X))[:batch_size]",
                )
            ),
            *(
                (afresh(f"rng.integers(0, len(X), size={size})"), "Drawing with replacement repeats some examples and leaves others out: use a permutation.")
                for size in ("batch_size", "min(batch_size, len(X) - i)")
            ),
            (
                "def minibatches(X, y, batch_size, rng):\n    pieces = -(-len(X) // batch_size)\n    return [(X[i], y[i]) for i in np.array_split(rng.permutation(len(X)), pieces)]",
                "The pieces are made equal: cut after every batch_size rows; only the last batch may be smaller.",
            ),
            (
                "def minibatches(X, y, batch_size, rng):\n    order = rng.permutation(len(X))\n    size = -(-len(X) // -(-len(X) // batch_size))\n    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]",
                "The pieces are made equal: cut after every batch_size rows; only the last batch may be smaller.",
            ),
            (
                "def minibatches(X, y, batch_size, rng):\n    order = rng.permutation(len(X))\n    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in order[::batch_size]]",
                "The shuffled order is used for where the pieces start only: take X[order[i : i + batch_size]].",
            ),
            (
                "def minibatches(X, y, batch_size, rng):\n    order = rng.permutation(len(X))\n    return [(X[order[:batch_size]], y[order[:batch_size]])]",
                "That is the first batch only: go on until every example was used.",
            ),
        ],
    ),
    Exercise(
        id="step_decay_rate",
        title="a learning rate that comes down in steps",
        statement="""
Write `step_decay_rate(start, factor, every, step)`: the learning rate at `step` (0 is the first) when it begins at
`start` and is multiplied by `factor` after each `every` steps.
""",
        starter="""
def step_decay_rate(start, factor, every, step):
    ...
""",
        hints=[
            "How many times has it been multiplied by `factor` when you are at `step`?",
            "With `every = 10`: never at steps 0 to 9, once at 10 to 19, twice at 20 to 29.",
            "`start * factor ** (step // every)`",
        ],
        solution="""
def step_decay_rate(start, factor, every, step):
    return start * factor ** (step // every)
""",
        cases=decay_cases,
        oracle=decayed,
        wrong=[
            ("start * factor ** (step / every)", "That comes down a little at every step: whole periods only, with //."),
            ("start * factor * (step // every)", "The factor applies again each time: it is a power, not a product."),
            ("start * factor ** step", "That multiplies after every step: it should happen after each `every` steps."),
            ("start - factor * (step // every)", "The rate is multiplied, not lowered by a fixed amount."),
            ("start * factor ** ((step + 1) // every)", "That comes one step early: at step `every` - 1 the rate is still the old one."),
        ],
    ),
    Exercise(
        id="momentum_step",
        title="one step with momentum",
        statement="""
Write `momentum_step(w, v, g, lr, beta)`: new velocity `v_new = beta * v + g`, new weight `w_new = w - lr * v_new`.
`w`, `v`, `g` are arrays of equal shape. Return `(w_new, v_new)`; `w`, `v`, `g` must be unchanged.
""",
        starter="""
def momentum_step(w, v, g, lr, beta):
    ...
""",
        hints=[
            "Two lines, in the order of the statement: first the velocity, then the weight.",
            "The weight moves along the **new** velocity, not along the gradient and not along the old velocity.",
            "`v_new = beta * v + g`, `w_new = w - lr * v_new`, `return w_new, v_new`.",
        ],
        solution="""
def momentum_step(w, v, g, lr, beta):
    v_new = beta * v + g
    w_new = w - lr * v_new
    return w_new, v_new
""",
        cases=momentum_cases,
        oracle=lambda w, v, g, lr, beta: (
            entry_by_entry(lambda a, b, c: a - lr * beta * b - lr * c, w, v, g),
            entry_by_entry(lambda b, c: c + b * beta, v, g),
        ),
        unchanged=True,
        returns=("w_new", "v_new"),
        wrong=[
            ("w - lr * v, beta * v + g", "The weight moves along the old velocity: use the new one."),
            ("w - lr * g, beta * v + g", "The weight moves along the gradient: use the new velocity."),
            ("w - lr * (beta * v + (1 - beta) * g), beta * v + (1 - beta) * g", "That is the averaging convention: here g counts in full, v_new = beta * v + g."),
            ("w + beta * v - lr * g, beta * v - lr * g", "That is the other convention, with lr inside the velocity: here v_new = beta * v + g."),
            ("w + lr * (beta * v + g), beta * v + g", "That climbs: subtract lr * v_new."),
            ("beta * v + g, w - lr * (beta * v + g)", "The order is (w_new, v_new)."),
            ("w - lr * (v + g), v + g", "beta is missing: the old velocity fades by the factor beta."),
            ("w - lr * (beta * v - g), beta * v - g", "The gradient is added to the velocity."),
            ("w - lr * (beta * v + g)", "Return the velocity too: the next step needs it."),
            ("w - lr * (beta * v + g) - lr * beta * (beta * v + g), beta * v + g", "That looks a step further: plain momentum moves by lr * v_new once."),
            (
                "def momentum_step(w, v, g, lr, beta):\n    v *= beta\n    v += g\n    w -= lr * v\n    return w, v",
                "`*=`, `+=` and `-=` write into the arrays it was given: make new ones.",
            ),
            (
                "w - lr * (beta * v + lr * g), beta * v + lr * g",
                "lr is in the velocity and again in the step: v_new = beta * v + g.",
            ),
            ("w - lr * beta * v + g, beta * v + g", "Brackets: lr multiplies the whole new velocity."),
            ("w - (beta * v + g), beta * v + g", "The learning rate is missing: the step is lr * v_new."),
        ],
    ),
    Exercise(
        id="nesterov_step",
        title="Nesterov momentum",
        statement="""
Write `nesterov_step(w, v, g, lr, beta)`: new velocity $v_{\\text{new}} = \\beta v + g$, new weight
$w_{\\text{new}} = w - \\eta\\,(g + \\beta v_{\\text{new}})$. `w`, `v`, `g` are arrays of equal shape. Return `(w_new, v_new)`; `w`, `v`, `g` must be
unchanged.
""",
        starter="""
def nesterov_step(w, v, g, lr, beta):
    ...
""",
        hints=[
            "The velocity is the one of plain momentum. Only what the weight moves by is different.",
            "The weight moves by the gradient plus β times the *new* velocity: a look one step ahead.",
            "`v_new = beta * v + g`, then `w - lr * (g + beta * v_new)`.",
        ],
        solution="""
def nesterov_step(w, v, g, lr, beta):
    v_new = beta * v + g
    return w - lr * (g + beta * v_new), v_new
""",
        cases=velocity_cases,
        oracle=lambda w, v, g, lr, beta: (w - lr * g - lr * beta * g - lr * beta**2 * v, g + v * beta),
        unchanged=True,
        returns=("w_new", "v_new"),
        wrong=[
            ("w - lr * (beta * v + g), beta * v + g", "That is plain momentum: move by g + beta * v_new."),
            (
                "w + lr * (g + beta * (beta * v + g)), beta * v + g",
                "That climbs: the weight moves against the gradient.",
            ),
            (
                "w - lr * (g + beta * (beta * v + g)), v",
                "The velocity has to be passed on: return the new one.",
            ),
            ("w - lr * beta * (beta * v + g), beta * v + g", "The gradient itself is missing: g + beta * v_new."),
        ],
    ),
    Exercise(
        id="adam_step",
        title="one step of Adam",
        statement="""
Write `adam_step(w, m, s, g, lr, t)` with $\\beta_1 = 0.9$, $\\beta_2 = 0.999$ and $\\varepsilon = 10^{-8}$; `t` counts
from 1. First $m_{\\text{new}} = \\beta_1 m + (1 - \\beta_1) g$ and $s_{\\text{new}} = \\beta_2 s + (1 - \\beta_2) g^2$. Both start at 0 and are too
small at first, so $\\hat m = m_{\\text{new}} / (1 - \\beta_1^t)$ and $\\hat s = s_{\\text{new}} / (1 - \\beta_2^t)$. Then
$w_{\\text{new}} = w - \\eta\\, \\hat m / (\\sqrt{\\hat s} + \\varepsilon)$. Return `(w_new, m_new, s_new)`; change none of the inputs.
""",
        starter="""
def adam_step(w, m, s, g, lr, t):
    ...
""",
        hints=[
            "Four lines in the order of the statement: m, s, the two corrections, the step.",
            "The corrected values are for the step only: what you return are the uncorrected `m_new` and `s_new`.",
            "`m_new = 0.9 * m + 0.1 * g`; `s_new = 0.999 * s + 0.001 * g**2`; divide by `1 - 0.9**t` and `1 - 0.999**t`.",
        ],
        solution="""
def adam_step(w, m, s, g, lr, t):
    m_new = 0.9 * m + 0.1 * g
    s_new = 0.999 * s + 0.001 * g**2
    m_hat, s_hat = m_new / (1 - 0.9**t), s_new / (1 - 0.999**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + 1e-8), m_new, s_new
""",
        cases=adam_cases,
        oracle=adam_entry_by_entry,
        unchanged=True,
        returns=("w_new", "m_new", "s_new"),
        wrong=[
            (
                "w + lr * ((0.9 * m + 0.1 * g) / (1 - 0.9**t)) / (np.sqrt((0.999 * s + 0.001 * g**2) / (1 - 0.999**t)) + 1e-8), "
                "0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2",
                "That climbs: the step is subtracted.",
            ),
            (
                "w - lr * (0.9 * m + 0.1 * g) / (np.sqrt(0.999 * s + 0.001 * g**2) + 1e-8), "
                "0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2",
                "The corrections are missing: divide by 1 - 0.9**t and 1 - 0.999**t.",
            ),
            (
                "w - lr * ((0.9 * m + 0.1 * g) / (1 - 0.9**t)) / ((0.999 * s + 0.001 * g**2) / (1 - 0.999**t) + 1e-8), "
                "0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2",
                "The square root is missing: divide by the root of the corrected s.",
            ),
            (
                "w - lr * ((0.9 * m + 0.1 * g) / (1 - 0.9**t)) / (np.sqrt((0.999 * s + 0.001 * g) / (1 - 0.999**t)) + 1e-8), "
                "0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g",
                "s averages the squares of the gradient: g**2.",
            ),
            (
                "w - lr * ((0.9 * m + 0.1 * g) / (1 - 0.9**t)) / (np.sqrt((0.999 * s + 0.001 * g**2) / (1 - 0.999**t)) + 1e-8), "
                "(0.9 * m + 0.1 * g) / (1 - 0.9**t), (0.999 * s + 0.001 * g**2) / (1 - 0.999**t)",
                "Return the uncorrected averages: the correction is for this step only.",
            ),
            (
                "w - lr * ((0.9 * m + 0.1 * g) / (1 - 0.9**t)) / np.sqrt((0.999 * s + 0.001 * g**2) / (1 - 0.999**t) + 1e-8), 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2",
                "ε is added to the root, it does not stand under it.",
            ),
        ],
    ),
]
