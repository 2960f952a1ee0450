"""Scalar: random expressions against PyTorch, graphs of 100,000 nodes, and memory that is given back."""

import gc
import math
import subprocess
import sys
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import Scalar

LEAVES = [0.7, -1.3, 2.1]
UNARY = ["tanh", "sigmoid", "relu", "exp", "log", "neg", "square", "inverse"]
BINARY = ["+", "-", "*", "/"]
# an expression is a leaf's number, a plain number, or (operator, operands)
expressions = st.recursive(
    st.integers(0, len(LEAVES) - 1) | st.floats(-3, 3).map(lambda x: round(x, 2)),
    lambda inner: st.tuples(st.sampled_from(UNARY), inner) | st.tuples(st.sampled_from(BINARY), inner, inner),
    max_leaves=12,
)


def evaluate(expression, leaves, functions):
    """The value of an expression, for Scalars and for tensors alike."""
    if isinstance(expression, int):
        return leaves[expression]
    if isinstance(expression, float):
        return expression
    operator, *operands = expression
    values = [evaluate(operand, leaves, functions) for operand in operands]
    if operator in BINARY:
        a, b = values
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / (b * b + 0.5)}[operator]()
    x = values[0] * leaves[0]  # a plain number has no methods; and every branch should reach a leaf
    return functions[operator](x)


# every function is kept in a range where neither overflows
def on_scalars(name):
    return lambda x: getattr(x, name)()


SCALAR = {name: on_scalars(name) for name in ("tanh", "sigmoid", "relu")} | {
    "exp": lambda x: x.tanh().exp(),
    "log": lambda x: (x * x + 1).log(),
    "neg": lambda x: -x,
    "square": lambda x: x.tanh() ** 2,
    "inverse": lambda x: (x * x + 0.5) ** -1.5,
}


@given(expression=expressions)
def test_random_expressions_are_pytorchs(torch, expression):
    functions = {name: getattr(torch, name) for name in ("tanh", "sigmoid", "relu")} | {
        "exp": lambda x: torch.exp(torch.tanh(x)),
        "log": lambda x: torch.log(x * x + 1),
        "neg": lambda x: -x,
        "square": lambda x: torch.tanh(x) ** 2,
        "inverse": lambda x: (x * x + 0.5) ** -1.5,
    }
    ours = [Scalar(v) for v in LEAVES]
    theirs = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in LEAVES]
    a = evaluate(expression, ours, SCALAR) + ours[0] * 0
    b = evaluate(expression, theirs, functions) + theirs[0] * 0
    a.backward()
    b.backward()
    assert a.value == pytest.approx(b.item(), rel=1e-10, abs=1e-10)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.grad == pytest.approx(0.0 if other.grad is None else other.grad.item(), rel=1e-10, abs=1e-10)


@given(x=st.floats(-3, 3), y=st.floats(0.1, 3))
def test_every_operator_by_trial(x, y):
    def f(a, b):
        return (
            (2 - a) * b
            + a / b
            + (3 + b) ** 0.5
            - 1 / b
            + b.log() * a.exp()
            + a.sigmoid()
            - (-a).tanh()
            + (a + 9).relu()
        )

    a, b, h = Scalar(x), Scalar(y), 1e-6
    f(a, b).backward()
    above, below = f(Scalar(x + h), Scalar(y)).value, f(Scalar(x - h), Scalar(y)).value
    assert a.grad == pytest.approx((above - below) / (2 * h), rel=1e-5, abs=1e-5)
    above, below = f(Scalar(x), Scalar(y + h)).value, f(Scalar(x), Scalar(y - h)).value
    assert b.grad == pytest.approx((above - below) / (2 * h), rel=1e-5, abs=1e-4)


def test_micrograds_readme_example():
    a, b = Scalar(-4.0), Scalar(2.0)
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g = g + 10.0 / f
    g.backward()
    assert round(g.value, 4) == 24.7041
    assert (round(a.grad, 4), round(b.grad, 4)) == (138.8338, 645.5773)


def test_a_reused_number_adds_its_paths_up():
    a = Scalar(3.0)
    (a * a + a).backward()
    assert a.grad == 7.0


def test_backward_again_gives_the_same():
    a = Scalar(2.0)
    b = (a * 3 + 1).tanh()
    b.backward()
    first = a.grad
    b.backward()
    assert a.grad == first == pytest.approx(3 * (1 - math.tanh(7) ** 2))


def test_backward_from_another_result_starts_afresh():
    a = Scalar(2.0)
    (a * 5).backward()
    (a * a).backward()
    assert a.grad == 4.0


def test_relu_at_its_kink_and_powers_at_zero():
    for f, slope in [(Scalar.relu, 0.0), (lambda a: a**0, 0.0), (lambda a: a**1, 1.0), (lambda a: a**2, 0.0)]:
        a = Scalar(0.0)
        f(a).backward()
        assert a.grad == slope


@pytest.mark.parametrize("x", [-1000.0, 1000.0])
def test_saturated_functions_stay_finite(x):
    for name in ("tanh", "sigmoid"):
        a = Scalar(x)
        getattr(a, name)().backward()
        assert math.isfinite(a.grad)


def test_graph_gives_every_node_once_parents_first():
    a, b = Scalar(1.0), Scalar(2.0)
    c = a * b
    d = c + a
    nodes = d.graph()
    assert {id(n) for n in nodes} == {id(n) for n in (a, b, c, d)} and len(nodes) == 4
    places = [id(node) for node in nodes]
    for node in nodes:
        assert all(places.index(id(parent)) < places.index(id(node)) for parent in node.parents)


def test_a_graph_of_100_000_nodes_is_made_run_and_deleted():
    """In a fresh interpreter with the usual recursion limit: a crash while deleting would end it."""
    code = """
from nnlib import Scalar
a = Scalar(1.0)
b = a
for _ in range(100_000):
    b = b + 1e-5
b.backward()
assert a.grad == 1.0 and len(b.graph()) == 200_001
c = a
for _ in range(100_000):
    c = (c * 1.0).tanh() if _ % 2 else -c
c.backward()
del a, b, c
print("deleted")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == "deleted\n", done.stderr[-500:]


def test_memory_is_given_back_without_the_garbage_collector():
    gc.collect()
    gc.disable()
    try:
        a = Scalar(1.0)
        middle = a * 2
        seen = weakref.ref(middle)
        out = middle.tanh() + a
        out.backward()
        del middle, out
        assert seen() is None
    finally:
        gc.enable()


def test_numpy_numbers_mix():
    assert type((np.float64(2) * Scalar(3.0)).value) is float
    assert (Scalar(np.float32(0.5)) + np.int64(1)).value == 1.5


def test_errors():
    for wrong in ("three", "3", None, [1.0, 2.0], 1j, Scalar(1.0)):
        with pytest.raises(TypeError, match="Scalar holds one number, got"):
            Scalar(wrong)
    with pytest.raises(TypeError, match="Scalar holds one number, got 'a'"):
        Scalar(1.0) + "a"
    for operation in (lambda s: s - "a", lambda s: "a" - s, lambda s: s / "a", lambda s: s * [1.0]):
        with pytest.raises(TypeError, match="Scalar holds one number, got"):
            operation(Scalar(1.0))
    with pytest.raises(TypeError, match="the power must be a plain number"):
        Scalar(2.0) ** Scalar(2.0)
    for x in (0.0, -1.0):
        with pytest.raises(ValueError, match="log needs a number above 0, got"):
            Scalar(x).log()
    for operation in (lambda s: 1 / s, lambda s: s**-0.5):
        with pytest.raises(ZeroDivisionError, match="Scalar: 0 to the power -.* is a division by 0"):
            operation(Scalar(0.0))
    with pytest.raises(ValueError, match="Scalar: the power 0.5 needs a number of 0 or more, got -4"):
        Scalar(-4.0) ** 0.5
    with pytest.raises(OverflowError, match="Scalar: exp of 1000 is too large"):
        Scalar(1000.0).exp()
    with pytest.raises(OverflowError, match=r"Scalar: 1e\+200 to the power 2 is too large"):
        Scalar(1e200) ** 2


def test_repr():
    assert repr(Scalar(2.0, label="w")) == "Scalar(w: value=2, grad=0)"
    assert type(Scalar(2).value) is float


FUNCTIONS = [getattr(nnlib, name) for name in nnlib.__all__ if f"{name}_derivative" in nnlib.__all__]


@pytest.mark.parametrize("function", [*FUNCTIONS, math.exp, math.tanh, math.log, math.sqrt, float, np.sqrt])
def test_no_function_drops_the_graph_without_a_word(function):
    assert len(FUNCTIONS) == 6
    for argument in (Scalar(0.5), [Scalar(0.5)], np.array([Scalar(0.5)])):
        with pytest.raises(TypeError, match="Scalar|number|sequence|only .*arrays can be"):
            function(argument)


def test_numpys_functions_call_the_scalars_own():
    w = Scalar(0.5)
    y = w * 2 + np.exp(w) - np.tanh(w) + np.log(w)
    y.backward()
    assert w.grad == pytest.approx(2 + math.exp(0.5) - (1 - math.tanh(0.5) ** 2) + 2)


def test_an_array_takes_a_scalar_from_either_side():
    array, s = np.array([1.0, 4.0]), Scalar(2.0)
    for by_array, values in [
        (array + s, [3, 6]),
        (s + array, [3, 6]),
        (array - s, [-1, 2]),
        (s - array, [1, -2]),
        (array * s, [2, 8]),
        (s * array, [2, 8]),
        (array / s, [0.5, 2]),
        (s / array, [2, 0.5]),
    ]:
        assert [entry.value for entry in by_array] == values
    (s * array).sum().backward()
    assert s.grad == 5.0


def test_any_plain_number_is_a_power():
    for power in (2, 2.0, np.int64(2), np.float32(2), np.float64(2), np.uint8(2)):
        a = Scalar(3.0)
        b = a**power
        b.backward()
        assert (b.value, a.grad, b.op) == (9.0, 6.0, "^2")


def test_roots_of_zero_are_zero_with_an_infinite_slope():
    a = Scalar(0.0)
    b = a**0.5
    b.backward()
    assert b.value == 0.0 and a.grad == math.inf


def test_nan_is_not_hidden():
    assert math.isnan(Scalar(math.nan).relu().value)


def test_comparisons_look_at_the_values():
    a, b = Scalar(3.0), Scalar(3.0)
    assert a == 3.0 and 3.0 == a and a == b and a != 4 and a is not b and len({a, b}) == 2
    assert a < 4 and 4 > a and a <= b and a >= 3 and not a > b and not a < math.nan and not a >= math.nan
    assert not Scalar(0.0) and Scalar(-0.1) and a != "three"
    assert (a > np.array([1.0, 5.0])).tolist() == [True, False]
    largest = max(a, Scalar(1.0), 2)
    (largest * 2).backward()
    assert a.grad == 2.0
    with pytest.raises(TypeError):
        a < "four"  # noqa: B015


def test_backward_sets_and_a_number_outside_keeps_what_it_has():
    a, b = Scalar(2.0), Scalar(3.0)
    (a * b).backward()
    (b * b).backward()
    assert (a.grad, b.grad) == (3.0, 6.0)
