"""From an answer to a verdict: run it on small inputs, compare with the oracle, name the slip."""

import builtins
import dis
import inspect
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import show
from .compare import TOLERANCE, first_difference, same
from .sandbox import Session, code_of, fresh, written_function
from .values import Either, Misfit, Opaque, fit, freeze, holds_ellipsis

KINDS = ("ok", "missing", "raised", "timeout", "shape", "type", "value", "mutated", "unstable")
SECONDS = 4.0  # for all calls of one check together


@dataclass(frozen=True)
class Result:
    """What a check found: `ok`, `kind` (one of KINDS), `message`, and the input, expected and got it speaks of."""

    ok: bool
    kind: str
    message: str
    exercise: str
    inputs: str = field(default="", repr=False)
    expected: Any = field(default=None, repr=False)
    got: Any = field(default=None, repr=False)
    slip: str = field(default="", repr=False)
    printed: str = field(default="", repr=False)

    def __bool__(self):
        return self.ok

    def _ipython_display_(self):
        """Nothing: `check` has already shown it."""


@dataclass
class Trouble:
    """Why one case fails."""

    kind: str
    sentence: str
    expected: Any = None
    got: Any = None


def judge(exercise, answer, seconds=SECONDS):
    """The Result of an answer to an exercise, without showing it."""
    judge_one = judge_value if exercise.is_value else judge_function
    return judge_one(exercise, answer, seconds)


def not_yet(exercise, kind, sentence, **more):
    return Result(False, kind, f"{exercise.id}: {sentence}", exercise.id, **more)


def missing(exercise):
    what = "answer" if exercise.is_value else "code"
    return not_yet(exercise, "missing", f"not written yet. Write your {what} in place of the `...`, then run the cell.")


# --- functions --------------------------------------------------------------------------------------------------------


def judge_function(exercise, function, seconds):
    if function is None or function is Ellipsis:
        return missing(exercise)
    if not callable(function):
        return not_yet(exercise, "type", f"not yet. Give the function itself: check({exercise.id}).")
    if is_untouched(function, exercise):
        return missing(exercise)
    cases = exercise.make_cases()
    misses = wrong_arity(function, exercise, cases)
    if misses:
        return not_yet(exercise, "type", f"not yet. {misses}")
    with Session(function, seconds) as session:
        outcomes = run(session, function, cases)
        first = outcomes[0]
        if first.error == "NotImplementedError" or (first.kind == "returned" and holds_ellipsis(first.value)):
            return missing(exercise)
        number, trouble = find_trouble(session, exercise, function, cases, outcomes)
        slip = named_slip(session, exercise, cases, outcomes, number) if trouble else ""
    printed = str(session.output)
    if trouble is None:
        message = f"{exercise.id}: right. Checked on {len(cases)} input{'s' * (len(cases) > 1)}."
        return Result(True, "ok", message, exercise.id, printed=printed)
    given = show.inputs(exercise.names, cases[number])
    advice = slip or shadowed(function, trouble)
    sentence = f"not yet. {describe(trouble, given)}" + (f" {advice}" if advice else "")
    return not_yet(
        exercise,
        trouble.kind,
        sentence,
        inputs=given,
        expected=trouble.expected,
        got=trouble.got,
        slip=slip,
        printed=printed,
    )


def run(session, function, cases):
    """The outcome of every case, up to a time-out."""
    session.first_call()
    outcomes = []
    for case in cases:
        outcomes.append(session.call(function, fresh(case)))
        if outcomes[-1].kind == "timeout":
            break
    return outcomes


def find_trouble(session, exercise, function, cases, outcomes):
    """(number of the case, Trouble), or (0, None) when the answer is right."""
    results = []
    for number, (case, outcome) in enumerate(zip(cases, outcomes, strict=False)):
        trouble, result = examine(exercise, case, outcome, number)
        if trouble:
            if trouble.kind in ("value", "shape", "type", "raised"):
                return number, repeated(session, function, case, outcome) or trouble
            return number, trouble
        results.append(result)
    if exercise.across and (found := exercise.across(results)):
        return 0, Trouble(*(found if isinstance(found, tuple) else ("value", found)))
    for number, again in enumerate(run(session, function, cases)):
        if not agree(again, outcomes[number]):
            return number, changes(outcomes[number], again)
    return 0, None


def examine(exercise, case, outcome, number):
    """(Trouble or None, the fitted result) of one case."""
    if outcome.kind == "timeout":
        where = f" It was at {outcome.where}." if outcome.where else ""
        return Trouble("timeout", f"It was stopped after {SECONDS:g} seconds: does a loop never end?{where}"), None
    if outcome.kind == "raised":
        said = f": {outcome.sentence.rstrip('.')}" if outcome.sentence else ""
        where = f" ({outcome.where})" if outcome.where else ""
        return Trouble("raised", f"It raised {outcome.error}{said}{where}."), None
    if outcome.kind == "misfit":
        return Trouble(outcome.error, outcome.sentence), None
    expected = exercise.oracle(*fresh(case))
    try:
        result = fit(outcome.value, expected)
    except Misfit as misfit:
        return Trouble(misfit.kind, misfit.sentence, expected, outcome.value), None
    if exercise.verify:
        sentence = exercise.verify(result, *fresh(case))
        trouble = Trouble("value", sentence, got=result) if sentence else None
    else:
        trouble = compare(result, expected, exercise.tolerance)
    if trouble and number and not is_finite(result):
        trouble.kind = "unstable"
    if trouble is None and exercise.unchanged and (changed := changed_input(exercise.names, case, outcome.arguments)):
        trouble = Trouble("mutated", f"The result is right, but `{changed}` is no longer what it was: work on a copy.")
    return trouble, result


def compare(result, expected, tolerance):
    difference = first_difference(result, expected, tolerance)
    if difference is None:
        return None
    if type(expected) is Either:
        expected = expected[0]
    place, got, wanted, index = difference
    if index and np.size(wanted) > show.SHORT:
        place += "[" + ", ".join(map(str, index)) + "]"
        got, wanted = got[index], wanted[index]
    part = f"part {place} of the result: " if place else ""
    return Trouble("value", f"{part}expected {show.show(wanted)}, got {show.show(got)}.", expected, result)


def describe(trouble, given):
    """A sentence that names the input, whatever the trouble is."""
    if not given:
        return trouble.sentence[0].upper() + trouble.sentence[1:]
    if trouble.sentence.startswith(("expected", "part")):
        return f"For {given} {trouble.sentence}"
    return f"For {given}: {trouble.sentence[0].lower()}{trouble.sentence[1:]}"


def is_finite(result):
    if isinstance(result, dict):
        result = tuple(result.values())
    if isinstance(result, tuple):
        return all(is_finite(part) for part in result)
    return isinstance(result, str) or bool(np.isfinite(result).all())


def changed_input(names, case, arguments):
    """The name of the first argument that the call has changed (by more than a rounding error), or None."""
    for name, before, after in zip(names, case, arguments, strict=False):
        if isinstance(before, np.ndarray | dict | list) and not unchanged(before, after):
            return name
    return None


def unchanged(before, after):
    if isinstance(before, dict):
        return list(before) == list(after) and all(unchanged(before[key], after[key]) for key in before)
    if np.shape(before) != np.shape(after):
        return False
    return bool(np.allclose(before, after, rtol=0, atol=1e-9))


def repeated(session, function, case, outcome):
    """Trouble of kind unstable when the same call now gives something else."""
    if session.left < 0.05:
        return None
    again = session.call(function, fresh(case))
    return None if agree(again, outcome) or again.kind == "timeout" else changes(outcome, again)


def changes(first, second):
    def said(outcome):
        return show.show(outcome.value) if outcome.kind == "returned" else outcome.error or outcome.kind

    return Trouble(
        "unstable",
        f"Two calls with the same input gave first {said(first)}, then {said(second)}. "
        "Does it keep something from one call to the next, or draw random numbers of its own?",
    )


def agree(one, other):
    """Did two calls do the same?"""
    if one.kind != other.kind or one.error != other.error:
        return False
    if one.kind != "returned":
        return True
    try:
        if not unchanged_alike(one.arguments, other.arguments):
            return False
        return alike(one.value, other.value)
    except (ValueError, TypeError):
        return False


def alike(one, other):
    """Are two frozen values the same, numbers up to rounding?"""
    if type(one) is dict and type(other) is dict:
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if type(one) is Opaque or type(other) is Opaque:
        return type(one) is type(other) and one.name == other.name
    if one is None or other is None or type(one) is str or type(other) is str:
        return type(one) is type(other) and one == other
    if type(one) is list and type(other) is list and len(one) == len(other):
        return all(alike(a, b) for a, b in zip(one, other, strict=True))
    if np.iscomplexobj(one) and np.iscomplexobj(other):
        return np.array_equal(one, other, equal_nan=True)
    return same_value(one, other)


def unchanged_alike(one, other):
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if isinstance(a, np.ndarray | dict)]
    return all(unchanged(a, b) for a, b in pairs)


def named_slip(session, exercise, cases, outcomes, number):
    """The sentence of the listed wrong answer that does the same, on every case or on the failing one."""
    on_this_case = []
    for source, sentence in exercise.wrong:
        session.left = max(session.left, 0.5)
        theirs = run(session, exercise.run(source), cases)
        pairs = list(zip(theirs, outcomes, strict=False))
        if len(theirs) == len(outcomes) and all(agree(a, b) for a, b in pairs):
            return sentence
        if len(pairs) > number and agree(*pairs[number]) and outcomes[number].kind == "returned":
            on_this_case.append(sentence)
    return on_this_case[0] if len(on_this_case) == 1 else ""


def is_untouched(function, exercise):
    """True for the starter, and for a function whose body is only `...`, `pass`, a docstring or a bare return."""
    code = code_of(function)
    if code is None:
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP", "CACHE", "POP_TOP")]
    names = {step.opname for step in steps}
    if names <= {"LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}:
        return steps[-1 if steps[-1].opname == "RETURN_CONST" or len(steps) < 2 else -2].argval in (None, Ellipsis)
    return body(code) == body(exercise.run(exercise.starter).__code__)


def body(code):
    constants = tuple(body(c) if inspect.iscode(c) else repr(c) for c in code.co_consts)
    return code.co_code, code.co_names, constants


def wrong_arity(function, exercise, cases):
    if code_of(function) is None:  # an object's own signature could be anything: its call will tell
        return ""
    signature = inspect.signature(function)
    for case in cases:
        try:
            signature.bind(*case)
        except TypeError:
            wanted = ", ".join(exercise.names)
            return f"It is called as {exercise.id}({wanted}); yours takes {signature}."
    return ""


def shadowed(function, trouble):
    """A hint when the session has a variable named like a built-in that the function calls: `sum = 5`."""
    code = code_of(function)
    if trouble.kind != "raised" or code is None:
        return ""
    for name in code.co_names:
        if hasattr(builtins, name) and name in written_function(function).__globals__:
            return f"`{name}` is a variable of yours that hides Python's own: `del {name}` brings it back."
    return ""


# --- values -----------------------------------------------------------------------------------------------------------


def judge_value(exercise, answer, seconds):
    if answer is None or answer is Ellipsis:
        return missing(exercise)
    if callable(answer):
        return not_yet(exercise, "type", "not yet. Give the value, not a function.")
    with Session(None, seconds) as session:
        outcome = session.call(lambda value: value, (answer,))
    start = freeze(exercise.run(exercise.starter))
    if outcome.kind == "returned" and (holds_ellipsis(outcome.value) or same_value(outcome.value, start)):
        return missing(exercise)
    expected = exercise.answer
    if outcome.kind != "returned":
        return not_yet(exercise, "type", "not yet. This is not a value that can be compared.")
    try:
        result = fit(tidy(outcome.value), tidy(expected))
    except Misfit as misfit:
        return not_yet(exercise, misfit.kind, f"not yet. {misfit.sentence}", got=outcome.value)
    if exercise.verify:
        sentence = exercise.verify(result)
        if sentence is None:
            return right_value(exercise)
    elif same(result, tidy(expected), exercise.tolerance):
        return right_value(exercise)
    else:
        sentence = f"It is not {show.show(result)}."
    wrong = ((tidy(freeze(value)), text) for value, text in exercise.wrong)
    slip = next((text for value, text in wrong if same_value(freeze(result), value, exercise.tolerance)), "")
    return not_yet(exercise, "value", f"not yet. {sentence}" + (f" {slip}" if slip else ""), got=result, slip=slip)


def right_value(exercise):
    return Result(True, "ok", f"{exercise.id}: right.", exercise.id)


def tidy(value):
    return value.strip().lower() if isinstance(value, str) else value


def same_value(one, other, tolerance=TOLERANCE):
    try:
        return same(fit(one, other), fit(other, other), tolerance)
    except Misfit:
        return False
