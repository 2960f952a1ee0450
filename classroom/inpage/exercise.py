"""Check an exercise that a reader has written on the page: the notebook's own verdict, from the code alone."""

from ..exercises import get
from ..exercises.engine import SECONDS, judge
from ..exercises.limits import TimeLimit, TimeUp
from .run import Stream, run

SHOWN = ("check", "hint", "solution", "progress", "ask")  # what a cell copied from a notebook may call: buttons here


def check_code(identifier, code, send=lambda text: None):
    """Run `code` and judge what it defines under the exercise's name: a dict `{ok, kind, message, printed}`.

    The code sees NumPy as `np`, nnlib's public names and what the exercise itself brings, as in its chapter;
    only a name that the code defines counts as an answer.
    """
    exercise = get(identifier)
    space = surroundings(exercise)
    before = dict(space)
    stream, name = Stream(send), f"<{identifier}>"
    limit = TimeLimit(SECONDS)
    try:
        with limit:
            _, error = run(code, name, space, stream)
    except TimeUp:
        limit.over = True
    if limit.over:
        words = f"It was stopped after {SECONDS:g} seconds: does a loop outside the function never end?"
        return verdict(False, "timeout", f"{identifier}: not yet. {words}", stream)
    if error:
        return verdict(False, "raised", f"{identifier}: not yet. {error}", stream)
    wanted = "answer" if exercise.is_value else identifier
    if wanted not in space or (wanted in before and space[wanted] is before[wanted]):
        return verdict(False, "missing", f"{identifier}: not written yet. {unfound(wanted, space, before)}", stream)
    result = judge(exercise, space[wanted])
    return verdict(result.ok, result.kind, result.message, stream, result.printed)


def unfound(wanted, space, before):
    """What to say where the code defines no such name: another function that it defines may be meant."""
    others = [name for name in space if name not in before and callable(space[name]) and name[0] != "_"]
    if len(others) == 1:
        return f"The code defines `{others[0]}`; the exercise asks for `{wanted}`."
    return f"The code gives no value to `{wanted}`." if wanted == "answer" else f"The code defines no `{wanted}`."


def surroundings(exercise):
    """The namespace that the code starts in."""
    import numpy as np

    import nnlib

    space = {"__name__": "__main__", "np": np, "nnlib": nnlib}
    space |= {name: getattr(nnlib, name) for name in nnlib.__all__}
    space |= {name: lambda *arguments: None for name in SHOWN}
    exec(compile(exercise.setup, f"<setup of {exercise.id}>", "exec"), space)
    return space


def verdict(ok, kind, message, stream, printed=""):
    return {"ok": ok, "kind": kind, "message": message, "printed": stream.text + printed}
