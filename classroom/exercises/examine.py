"""One case: what a call did, beside what it should have done."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import show
from .compare import changed_input, first_difference, is_finite
from .sandbox import fresh
from .values import Either, Misfit, fitted


@dataclass
class Trouble:
    """Why one case fails; a `sentence` that begins with a small letter goes on from "For z = 1: "."""

    kind: str
    sentence: str
    expected: Any = None
    got: Any = None
    of_all: bool = False  # what is wrong shows in all cases together: no input is to be named


def examine(exercise, case, outcome, number=0):
    """(Trouble or None, the fitted answer) of the outcome of one case; number is its place among the cases."""
    if outcome.kind == "timeout":
        return Trouble("timeout", ""), None
    if outcome.kind == "raised":
        said = f": {outcome.sentence.rstrip('.')}" if outcome.sentence else ""
        where = f" ({outcome.where})" if outcome.where else ""
        return Trouble("raised", f"It raised {outcome.error}{said}{where}."), None
    if outcome.kind == "misfit":
        return Trouble(outcome.error, outcome.sentence), None
    expected = exercise.oracle(*fresh(case))
    try:
        answer = fitted(outcome.value, expected)
    except Misfit as misfit:
        return Trouble(misfit.kind, said_of(misfit, exercise.returns), expected, outcome.value), None
    if exercise.verify:
        sentence = exercise.verify(answer, *fresh(case))
        trouble = Trouble("value", sentence, got=answer) if sentence else None
    else:
        trouble = difference(answer, expected, exercise)
    if trouble and number and not is_finite(answer):
        trouble.kind = "unstable"
    if trouble is None and exercise.unchanged and (changed := changed_input(exercise.names, case, outcome.arguments)):
        trouble = Trouble("mutated", f"The result is right, but `{changed}` is no longer what it was: work on a copy.")
    return trouble, answer


def said_of(misfit, names=()):
    """The sentence for an answer of another form; names are those of the parts of a tuple."""
    if misfit.sentence:
        return misfit.sentence
    if not misfit.path:
        return f"It should give {misfit.wanted}; it gives {misfit.given}."
    return f"{show.part(misfit.path, names)}, should be {misfit.wanted}; it is {misfit.given}."


def difference(answer, expected, exercise):
    """Trouble of kind value where answer and expected disagree, or None."""
    found = first_difference(answer, expected, exercise.tolerance)
    if found is None:
        return None
    if type(expected) is Either:
        expected = expected[0]
    path, got, wanted, index = found
    part = show.part(path, exercise.returns) if path else ""
    if index and np.size(wanted) > show.SHORT:
        part = (part or "part ") + "[" + ", ".join(map(str, index)) + "]"
        got, wanted = got[index], wanted[index]
    if part:
        part += " of the result: " if "," not in part or not exercise.returns else ": "
    sentence = f"{part}expected {show.in_words(wanted)}, got {show.in_words(got)}."
    return Trouble("value", sentence, expected, answer)
