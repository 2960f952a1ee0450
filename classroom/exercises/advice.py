"""Advice that no exercise has to list: about the form of an answer, its arguments, the errors that beginners meet."""

import itertools
import math
import re
from dataclasses import replace

import numpy as np

from . import show
from .compare import same
from .examine import examine
from .sandbox import fresh
from .values import Misfit, fitted
from .written import globals_of, hidden_name, mentions, operators, other_defaults, parameters, passes_keyword, yields

COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}


# --- the form of what it gives ----------------------------------------------------------------------------------------


def on_form(exercise, function, value, expected):
    """What is wrong with the form of a frozen value, or ""."""
    try:
        fitted(value, expected)
        return ""
    except Misfit as misfit:
        if misfit.path:
            return on_part(function, value, expected, misfit, exercise.tolerance)
    if type(expected) is dict:
        return ""
    if type(expected) in (tuple, list):
        return on_sequence(exercise, value, expected)
    if yields(function):
        return "It yields: use `return`."
    return on_single(value, expected, exercise.tolerance)


def on_single(value, expected, tolerance):
    """A tuple, a list or an axis too many where one number or array was asked for."""
    what = "array" if np.ndim(expected) else "number"
    if type(value) is tuple and len(value) > 1:
        if any(fits(part, expected) for part in value) or not fits_some_array(value):
            count = COUNTS.get(len(value), str(len(value)))
            return f"It gives {count} things, a tuple: return the {what} alone."
    if type(value) in (tuple, list) and len(value) == 1 and fits(value[0], expected):
        if type(value) is tuple:
            return "It gives a tuple with one thing in it: is there a comma at the end of the `return`?"
        if right(value[0], expected, tolerance):
            return f"The {what} is right, but it stands in a list: leave out the brackets."
    if type(value) is np.ndarray and value.size == np.size(expected):
        if right(value.reshape(np.shape(expected)), expected, tolerance):
            if what == "array":
                return f"The numbers are right, only the shape is not: it should be {np.shape(expected)}."
            return f"The number is right, but it stands in an array of shape {value.shape}: return the number alone."
    return ""


def on_part(function, value, expected, misfit, tolerance):
    """The same for one part of a tuple, of which the sentence has already said which."""
    for step in misfit.path:
        value, expected = value[step], expected[step]
    if type(expected) in (tuple, list) and len(expected) == 1 and np.ndim(value) == 0:
        return f"A tuple with one entry needs its comma: `{show.in_words(tuple(expected))}`."
    if type(value) is np.ndarray and value.ndim == np.ndim(expected) + 1 and value.size == np.size(expected):
        if passes_keyword(function, "keepdims"):
            return "Leave out keepdims."
    if type(value) is np.ndarray and np.ndim(expected) == 0 and value.size == 1:
        return "Make it one number, not an array."
    return ""


def on_sequence(exercise, value, expected):
    """Two lists where a list of pairs was asked for."""
    if type(value) in (tuple, list) and len(value) == 2 and all(type(part) in (list, tuple) for part in value):
        pairs = list(zip(*value, strict=False))
        if pairs and type(expected[0]) in (tuple, list) and fits(pairs, expected):
            return "Those are two lists: return one list of pairs, `list(zip(first, second))`."
    return ""


def on_order(exercise, cases, outcomes):
    """The order of the parts, when the answer is right in another one on every case, or fits only in that one."""
    expected = exercise.oracle(*fresh(cases[0]))
    count = len(exercise.returns)
    if type(expected) is not tuple or not 2 <= count <= 4 or count != len(expected):
        return ""
    if any(outcome.kind != "returned" or not is_parts(outcome.value, count) for outcome in outcomes):
        return ""
    for order in itertools.permutations(range(count)):
        if order == tuple(range(count)):
            continue
        turned = [reordered(outcome, order) for outcome in outcomes]
        if all(examine(exercise, case, outcome)[0] is None for case, outcome in zip(cases, turned, strict=False)):
            return f"The order is ({', '.join(exercise.returns)})."
    return ""


def is_parts(value, count):
    return type(value) in (tuple, list) and len(value) == count


def reordered(outcome, order):
    return type(outcome)("returned", tuple(outcome.value[i] for i in order), arguments=outcome.arguments)


def fits(value, expected):
    try:
        fitted(value, expected)
    except Misfit:
        return False
    return True


def fits_some_array(value):
    try:
        return np.array(value).dtype.kind in "biuf"
    except (ValueError, TypeError):
        return False


def right(value, expected, tolerance):
    try:
        return same(fitted(value, expected), expected, tolerance)
    except Misfit:
        return False


# --- how it is called -------------------------------------------------------------------------------------------------


def on_arguments(session, exercise, function, cases, troubles):
    """The reader's own order of the parameters, when with it the answer is right; or names in another order."""
    signature = parameters(function)
    own = list(signature.parameters) if signature else []
    names = exercise.names
    if len(own) != len(names) or own == names:
        return ""
    sentence = f"It is called as {exercise.id}({', '.join(names)}): yours takes ({', '.join(own)})."
    complete = [case for case in cases if len(case) == len(names)]
    if sorted(own) == sorted(names):
        return sentence
    if not 2 <= len(names) <= 3 or not complete:
        return ""
    for order in itertools.permutations(range(len(names))):
        places = [order.index(i) for i in range(len(names))]
        if order == tuple(range(len(names))) or not points_elsewhere(own, names, order):
            continue
        session.left = max(session.left, 0.5)
        outcomes = session.run(function, [tuple(case[i] for i in places) for case in complete])
        outcomes = [replace(outcome, arguments=in_their_places(outcome, places)) for outcome in outcomes]
        if len(outcomes) == len(complete) and all(
            examine(exercise, case, outcome)[0] is None for case, outcome in zip(complete, outcomes, strict=True)
        ):
            return sentence
    return ""


def in_their_places(outcome, places):
    """The arguments of a call with the places turned, as the exercise orders them."""
    turned = dict(zip(places, outcome.arguments, strict=True))
    return tuple(turned[place] for place in sorted(turned))


TRUTH = ("y_true", "y", "true", "target", "targets", "t", "truth", "label", "labels", "Y", "actual")


def points_elsewhere(own, names, order):
    """Does some parameter bear the name of another place, or the target's name where the target does not stand?"""
    places = {name.lower(): place for place, name in enumerate(names)}
    if any(places.get(name.lower(), place) != place for place, name in enumerate(own)):
        return True
    return bool({"y", "labels"} & set(names)) and own[0] in TRUTH and names[0] not in TRUTH


def on_default(exercise, function, cases, troubles):
    """A default of another value, when only calls that leave the argument out fail."""
    others = other_defaults(function, exercise.call)
    if others and troubles and all(len(cases[number]) < len(exercise.names) for number in troubles):
        name, value = next(iter(others.items()))
        return f"The default of {name} should be {value!r}."
    return ""


# --- what it raised ---------------------------------------------------------------------------------------------------


def on_error(exercise, function, outcome, expected):
    """A sentence about an error that says more than Python's own, or ""."""
    hidden = hidden_name(function)
    if hidden == "np":
        return "`np` is a variable of yours that hides NumPy: `import numpy as np` brings it back."
    if hidden:
        return f"`{hidden}` is a variable of yours that hides Python's own: `del {hidden}` brings it back."
    for names, pattern, advise in ERRORS:
        found = re.search(pattern, outcome.sentence) if outcome.error in names else None
        if found and (sentence := advise(exercise, function, found, expected)):
            return sentence
    return ""


def asked_once(exercise, function, found, expected):
    if np.ndim(expected) or isinstance(expected, tuple | dict):
        return "`if`, `max()` and `and` ask once about the whole array: np.where and np.maximum answer for every entry."
    return "`if` and `max()` want one number and got an array: make one number of it first."


def one_number(exercise, function, found, expected):
    used, space = mentions(function), globals_of(function)
    names = [name for name in sorted(used) if hasattr(math, name) and hasattr(np, name)]
    own = [name for name in names if "math" in used or space.get(name) is getattr(math, name)]
    return f"math.{own[0]} takes one number: np.{own[0]} takes a whole array." if own else ""


def unknown_name(exercise, function, found, expected):
    name = found[1]
    if name == "np":
        return "Run `import numpy as np` first; it stands in the chapter's first cell."
    return f"It is NumPy's: write `np.{name}`." if hasattr(np, name) and not name.startswith("_") else ""


def shapes(exercise, function, found, expected):
    used, products = operators(function), {"dot", "matmul", "einsum"} & mentions(function)
    if "*" in used and "@" not in used and not products and "@" in exercise.solution:
        return "`*` multiplies entry by entry: the matrix product is `@`."
    return ""


def product_shapes(exercise, function, found, expected):
    return (
        "In `A @ B` the last axis of A is as long as the first axis of B: "
        "are the two in the right order, is one to be transposed (`.T`), or did you mean another array?"
    )


def saying(sentence):
    return lambda exercise, function, found, expected: sentence


POWER = "`^` is no power in Python: write `**`."
PRODUCT = r"matmul: .*mismatch|shapes \(.*\) and \(.*\) not aligned"  # NumPy's two sentences for A @ B that do not fit
CALLED = "A `*` is missing before a bracket: 2(a) calls 2."
NO_UFUNC = ("TypeError", "UFuncTypeError", "_UFuncNoLoopError")
# names of exceptions, a pattern for what they say, the advice (exercise, function, match, expected) -> sentence or ""
ERRORS = [
    (("ValueError",), "truth value of an array", asked_once),
    (("TypeError",), "only (length-1|size-1|0-dimensional) arrays can be converted", one_number),
    (NO_UFUNC, r"bitwise_xor|for \^", saying(POWER)),
    (("ValueError",), PRODUCT, product_shapes),
    (("ValueError",), "could not be broadcast together", shapes),
    (("NameError",), r"name '(\w+)' is not defined", unknown_name),
    (("TypeError",), r"'(int|float|numpy\.\w+)' object is not callable", saying(CALLED)),
    (("BdbQuit",), "", saying("The checker cannot stop there: take the breakpoint out.")),
    (("RecursionError",), "", saying("It calls itself and never stops.")),
]
