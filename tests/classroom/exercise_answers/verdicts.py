"""The verdict on every answer of the collection, as {name: kind}: the same on every Python and in the browser."""

import numpy as np

from classroom.exercises import all_exercises, get
from classroom.exercises.engine import judge

from .hostile import HOSTILE
from .variants import VARIANTS


def hostile_answer(source):
    space = {"np": np}
    exec(compile(source, "<hostile>", "exec"), space)
    return space["relu"]


def honest():
    """(name, exercise, a call that makes the answer) of solutions, starters, listed wrong answers and right variants."""
    for exercise in all_exercises():
        yield f"{exercise.id}: solution", exercise, exercise.solution
        yield f"{exercise.id}: starter", exercise, exercise.starter
        for number, (source, _) in enumerate(exercise.wrong):
            yield f"{exercise.id}: wrong {number}", exercise, source
        for number, source in enumerate(VARIANTS.get(exercise.id, [])):
            yield f"{exercise.id}: variant {number}", exercise, source


def make(exercise, source):
    """The answer behind a source; a listed wrong value is the answer itself."""
    is_source = isinstance(source, str) and (not exercise.is_value or "answer =" in source)
    return exercise.run(source) if is_source else source


def verdicts(seconds=0.5):
    found = {name: judge(exercise, make(exercise, source)).kind for name, exercise, source in honest()}
    relu = get("relu")
    for name, source, allowed in HOSTILE:
        kind = judge(relu, hostile_answer(source), seconds).kind
        # several verdicts may be right (a stop or a full memory, whichever is first): then only "allowed" is told
        found[f"hostile: {name}"] = "allowed" if kind in allowed else kind
    return found
