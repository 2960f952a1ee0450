"""What one call costs, by NumPy and by PyTorch, when the arrays are so small that the arithmetic is nothing."""

import statistics
import time

import numpy as np

from .timing import Table

CALLS = 2000


def tables(repetitions=7):
    """One table: microseconds a call for three operations a network is made of."""
    import torch

    torch.set_num_threads(1)
    a, W = np.ones((32, 16), np.float32), np.ones((16, 16), np.float32)
    plain, weights = torch.tensor(a), torch.tensor(W)
    leaf, weight_leaf = (torch.tensor(x, requires_grad=True) for x in (a, W))
    operations = {
        "add": (lambda: a + a, lambda: plain + plain, lambda: leaf + plain),
        "matrix product": (lambda: np.dot(a, W), lambda: plain @ weights, lambda: plain @ weight_leaf),
        "ReLU": (lambda: np.maximum(a, 0), lambda: torch.relu(plain), lambda: torch.relu(leaf)),
    }
    rows = []
    for name, functions in operations.items():
        rounds = [[_microseconds(f) for f in functions] for _ in range(repetitions)]
        rows.append([name, *(f"{statistics.median(column):.2f}" for column in zip(*rounds, strict=True))])
    columns = ["32 × 16 numbers, µs a call", "NumPy", "PyTorch", "PyTorch, recording for backward"]
    note = f"One thread; medians of {repetitions} rounds of {CALLS:,} calls, in turns."
    return [Table("What one call costs", columns, rows, note)]


def _microseconds(function):
    start = time.perf_counter()
    for _ in range(CALLS):
        function()
    return 1e6 * (time.perf_counter() - start) / CALLS
