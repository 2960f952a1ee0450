"""From an answer to a verdict: run it on small inputs, compare with the oracle, say what is wrong with it."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import advice, show
from .compare import agree, same, same_value
from .examine import Trouble, examine, said_of
from .sandbox import Session, fresh
from .slips import named_slip
from .values import Misfit, describe, fitted, freeze, holds_ellipsis
from .written import is_untouched, wrong_signature

KINDS = ("ok", "missing", "raised", "timeout", "shape", "type", "value", "mutated", "unstable")
SECONDS = 4.0  # for all calls of one check together
NEXT = "It gave the right result once; called again with the same input, it did not end."
LONG = 200  # characters of inputs and values, from which on the advice comes before them


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


def judge(exercise, answer, seconds=SECONDS, session=Session, seed=0):
    """The Result of an answer to an exercise, without showing it.

    `session` is the kind of Session that calls the function (grading calls it elsewhere); `seed` draws the cases.
    """
    if exercise.is_value:
        return judge_value(exercise, answer, seconds)
    return judge_function(exercise, answer, seconds, session, seed)


def right(exercise, more="", **details):
    """The Result that says so."""
    return Result(True, "ok", f"{exercise.id}: right.{more}", exercise.id, **details)


def not_yet(exercise, kind, sentence, **details):
    """The Result of an answer that is not right."""
    return Result(False, kind, f"{exercise.id}: not yet. {sentence}", exercise.id, **details)


def missing(exercise):
    """The Result of an answer that has not been begun."""
    what, todo = "not written yet", "Write your code in place of the `...`"
    if exercise.is_value:
        todo = "Write your answer in place of the `...`"
    elif exercise.is_repair:
        what, todo = "not repaired yet", "This is still the broken part: find the bug, change the code"
    return Result(False, "missing", f"{exercise.id}: {what}. {todo}, then check it.", exercise.id)


# --- functions --------------------------------------------------------------------------------------------------------


def judge_function(exercise, function, seconds, session_kind, seed):
    """The Result of a function: of its form first, then of what its calls do."""
    if function is None or function is Ellipsis:
        return missing(exercise)
    if not callable(function):
        return not_yet(exercise, "type", f"Give the function itself, without calling it: check({exercise.id}).")
    if is_untouched(function, exercise.starters):
        return missing(exercise)
    cases = exercise.make_cases(seed)
    misses = wrong_signature(function, exercise.id, exercise.call, cases)
    if misses:
        return not_yet(exercise, "type", misses)
    with session_kind(function, seconds) as session:
        outcomes = session.run(function, cases)
        first = outcomes[0]
        if first.error == "NotImplementedError" or (first.kind == "returned" and holds_ellipsis(first.value)):
            return missing(exercise)
        number, trouble = find_trouble(session, exercise, function, cases, outcomes)
        if trouble is None:
            inputs = f"{len(cases)} input{'s' * (len(cases) > 1)}"
            return right(exercise, f" Checked on {inputs}.", printed=str(session.output))
        said = ""
        if trouble.kind == "timeout":
            trouble.sentence = trouble.sentence or stopped(outcomes, len(cases), seconds)
        else:
            number, trouble, said = advise(session, exercise, function, cases, outcomes, (number, trouble))
    given = "" if trouble.of_all else show.inputs(exercise.names, cases[number])
    return not_yet(
        exercise,
        trouble.kind,
        in_order(described(trouble, given), said),
        inputs=given,
        expected=trouble.expected,
        got=trouble.got,
        slip=said,
        printed=str(session.output),
    )


def find_trouble(session, exercise, function, cases, outcomes):
    """(number of the first case that fails, Trouble), or (0, None) when the answer is right."""
    answers = []
    for number, (case, outcome) in enumerate(zip(cases, outcomes, strict=False)):
        trouble, answer = examine(exercise, case, outcome, number)
        if trouble:
            if trouble.kind in ("value", "shape", "type", "raised"):
                return number, repeated(session, function, case, outcome) or trouble
            return number, trouble
        answers.append(answer)
    if exercise.across and (found := exercise.across(answers)):
        return 0, Trouble(*(found if isinstance(found, tuple) else ("value", found)), of_all=True)
    for number, again in enumerate(session.run(function, cases)):
        if again.kind == "timeout":
            return (number, Trouble("timeout", NEXT)) if hangs(again, outcomes[number]) else (0, None)
        if not agree(again, outcomes[number]):
            return number, changes(outcomes[number], again)
    return 0, None


def hangs(again, before):
    """Has a second call that was stopped run far longer than the first? If not, only the time for the check is over."""
    return again.seconds > 10 * before.seconds + 0.1


def repeated(session, function, case, outcome):
    """Trouble of kind unstable when the same call now gives something else."""
    if session.left < 0.05:
        return None
    again = session.call(function, fresh(case))
    return None if agree(again, outcome) or again.kind == "timeout" else changes(outcome, again)


def changes(first, second):
    """Trouble of kind unstable: two Outcomes of one call."""

    def said(outcome):
        if outcome.kind != "returned":
            return outcome.error or outcome.kind
        words = show.in_words(outcome.value)
        return words if len(words) < LONG else describe(outcome.value)

    return Trouble(
        "unstable",
        f"Two calls with the same input gave first {said(first)}, then {said(second)}. "
        "Does it keep something from one call to the next, or draw random numbers of its own?",
    )


def stopped(outcomes, count, seconds):
    """The sentence for a time-out: an endless loop, unless calls that ended were slow as well."""
    *ended, last = outcomes
    where = f" It was at {last.where}." if last.where else ""
    if any(outcome.seconds > last.seconds / 4 for outcome in ended):
        return f"It was too slow: stopped after {seconds:g} seconds, in call {len(outcomes)} of {count}.{where}"
    return f"It was stopped after {seconds:g} seconds: does a loop never end?{where}"


def advise(session, exercise, function, cases, outcomes, found):
    """(number, Trouble, advice): the case to show, which tells a slip best, and what may help; found is the first."""
    number, trouble = found
    troubles = {}
    for k, (case, outcome) in enumerate(zip(cases, outcomes, strict=False)):
        if one := examine(exercise, case, outcome, k)[0]:
            troubles[k] = one
    said = advice.on_arguments(session, exercise, function, cases, troubles)
    said = said or advice.on_default(exercise, function, cases, troubles)
    said = said or (advice.on_order(exercise, cases, outcomes) if troubles else "")
    if not said:
        said, telling = named_slip(session, exercise, cases, outcomes, troubles)
        if number in troubles and trouble.kind == troubles[number].kind:
            number = best_shown(number, telling, cases, troubles)
            trouble = troubles[number]
    outcome = outcomes[number]
    expected = exercise.oracle(*fresh(cases[number]))
    if not said and trouble.kind == "raised":
        said = advice.on_error(exercise, function, outcome, expected)
    if not said and trouble.kind in ("shape", "type") and outcome.kind == "returned":
        said = advice.on_form(exercise, function, outcome.value, expected)
    return number, trouble, said


def best_shown(first, telling, cases, troubles):
    """The smallest failing case on which a named slip differs from its rivals, if it can still be read at a glance."""
    for number in sorted(telling):
        small = all(np.size(part) <= show.SHORT for part in cases[number])
        if small and troubles[number].kind == troubles[first].kind:
            return number
    return first


def described(trouble, given):
    """A sentence that names the input, whatever the trouble is."""
    sentence = trouble.sentence
    if not given:
        return sentence[0].upper() + sentence[1:]
    if sentence.startswith("expected"):
        return f"For {given} {sentence}"
    return f"For {given}: {sentence[0].lower()}{sentence[1:]}"


def in_order(sentence, said):
    """Case and advice in one text: nothing twice, and the advice first where the case is long."""
    if not said or bare(said) in bare(sentence):
        return sentence
    return f"{said} {sentence}" if len(sentence) > LONG else f"{sentence} {said}"


def bare(text):
    return re.sub(r"[\W_]+", " ", text).strip().lower()


# --- values -----------------------------------------------------------------------------------------------------------


def judge_value(exercise, answer, seconds):
    """The Result of a number, string or tuple."""
    if answer is None or answer is Ellipsis:
        return missing(exercise)
    if callable(answer):
        return not_yet(exercise, "type", "Give the value, not a function.")
    with Session(None, seconds) as session:
        outcome = session.call(lambda value: value, (answer,))
    start = freeze(exercise.run(exercise.starter))
    if outcome.kind == "returned" and (holds_ellipsis(outcome.value) or same_value(outcome.value, start)):
        return missing(exercise)
    if outcome.kind != "returned":
        return not_yet(exercise, "type", "This is not a value that can be compared.")
    expected = loosened(exercise.answer)
    try:
        value = fitted(loosened(outcome.value), expected)
    except Misfit as misfit:
        return not_yet(exercise, misfit.kind, said_of(misfit, exercise.returns), got=outcome.value)
    if exercise.verify:
        sentence = exercise.verify(value)
    else:
        sentence = None if same(value, expected, exercise.tolerance) else f"It is not {show.in_words(value)}."
    if sentence is None:
        return right(exercise)
    wrong = ((loosened(freeze(listed)), text) for listed, text in exercise.wrong)
    slip = next((text for listed, text in wrong if same_value(freeze(value), listed, exercise.tolerance)), "")
    return not_yet(exercise, "value", in_order(sentence, slip), got=value, slip=slip)


def loosened(value):
    """A string without regard to case and to blanks at its ends."""
    return value.strip().lower() if isinstance(value, str) else value
