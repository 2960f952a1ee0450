"""`Scalar` against micrograd's algorithm: the moons demo, 337 parameters, full batch, number by number."""

import random
import statistics
import sys

import nnlib

from .micrograd_algorithm import Node
from .timing import Table, ratio, take_turns, verdict

STEPS = 2
BOUND = 3.0


def demo(number, data, steps=STEPS):
    """micrograd's demo with the given kind of number; returns a run that gives its losses, step by step.

    A 2-16-16-1 ReLU network on 100 points, hinge loss and 1e-4 times the sum of all squares, the rate from 1.0 to 0.1.
    """
    X, y = data
    rng = random.Random(1337)
    layers = [
        [([number(rng.uniform(-1, 1)) for _ in range(i)], number(0.0)) for _ in range(o)]
        for i, o in [(2, 16), (16, 16), (16, 1)]
    ]
    parameters = [p for layer in layers for weights, bias in layer for p in (*weights, bias)]

    def score(x):
        for depth, layer in enumerate(layers):
            x = [sum((w * v for w, v in zip(weights, x, strict=True)), bias) for weights, bias in layer]
            x = [z.relu() for z in x] if depth < 2 else x
        return x[0]

    def run():
        losses = []
        for k in range(steps):
            inputs = [[number(v) for v in row] for row in X]
            hinge = sum((1 + -label * score(x)).relu() for x, label in zip(inputs, y, strict=True)) * (1 / len(y))
            loss = hinge + 1e-4 * sum(p * p for p in parameters)
            for p in parameters:
                p.grad = 0
            loss.backward()
            rate = 1.0 - 0.9 * k / 100
            for p in parameters:
                if number is Node:
                    p.data -= rate * p.grad
                else:
                    p.value -= rate * p.grad
            losses.append(loss.data if number is Node else loss.value)
        return losses

    return run


def tables(repetitions=7):
    X, y = nnlib.moons(100, noise=0.1, seed=1337)
    data = X.tolist(), (2 * y - 1).tolist()
    ends = {}

    def contestant(name, number):
        def prepare():
            run = demo(number, data)
            return lambda: ends.__setitem__(name, run())

        return prepare

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)  # for micrograd's algorithm; Scalar needs no such thing
    try:
        contestants = {name: contestant(name, kind) for name, kind in [("Scalar", nnlib.Scalar), ("micrograd", Node)]}
        seconds = take_turns(contestants, repetitions)
    finally:
        sys.setrecursionlimit(limit)
    if any(abs(a - b) > 1e-12 for a, b in zip(ends["Scalar"], ends["micrograd"], strict=True)):
        raise AssertionError(f"the losses differ: {ends}")
    faster = ratio(seconds, "micrograd", "Scalar")
    each = {name: statistics.median(times) / STEPS for name, times in seconds.items()}
    row = [f"{each['Scalar']:.3f} s", f"{each['micrograd']:.3f} s", f"{faster:.2f}", verdict(faster, BOUND)]
    return [
        Table(
            "One number at a time: a step of micrograd's moons demo",
            ["Scalar", "micrograd's algorithm", "micrograd ÷ Scalar", "bound"],
            [row],
            f"Medians of {repetitions} rounds of {STEPS} steps; both give the same losses. In layers (NumPy) a step of "
            "the same demo takes well under a millisecond.",
        )
    ]


if __name__ == "__main__":
    for table in tables():
        print(table.markdown())
