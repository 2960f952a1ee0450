"""What a reader calls: `check`, `hint`, `solution`, `progress`."""

import sys

from . import kept, panel
from .engine import judge
from .registry import UnknownExercise, by_chapter, get, load, near

done = set()  # in this session; `kept` remembers those of earlier ones
hints_seen = {}
solutions_asked = set()
NOTHING = object()


def check(name_or_answer, answer=NOTHING):
    """Check an answer, show the verdict and return it as a Result.

    `check(relu)` finds the exercise by the function's name; `check("step_position", -2.0)` and
    `check("relu", my_function)` by its id. Raises UnknownExercise (a ValueError) for a name the book does not have.
    """
    space = sys._getframe(1).f_globals
    if answer is NOTHING:
        name = name_or_answer
        if isinstance(name, str):
            answer = "answer" if get(name).is_value else name
            raise UnknownExercise(f'Say what to check, too: check("{name}", {answer}).')
        answer = name_or_answer
    else:
        name = name_or_answer
        if isinstance(answer, str) and callable(name):
            raise UnknownExercise(f'The name comes first: check("{get(answer).id}", {spoken(name, space)}).')
    exercise = get(name) if isinstance(name, str) else named_after(name, space)
    verdict = judge(exercise, answer)
    if verdict.ok:
        done.add(exercise.id)
        kept.add(done)
    panel.show_verdict(verdict)
    return verdict


def named_after(answer, space):
    """The exercise of a function's own name. Raises UnknownExercise with the way that works for any other answer."""
    name = own_name(answer)
    if name in load():
        return get(name)
    if not callable(answer):
        raise UnknownExercise(
            "That is a value: give the function itself, without brackets, check(relu), "
            'or say which exercise it answers, check("relu", ...).'
        )
    held = variable(answer, space)
    if near(name) and not held:
        return get(name)  # raises, with the name that was meant
    called = f'No exercise is called "{name}". ' if name else "That has no name of its own. "
    raise UnknownExercise(f'{called}Say which one it answers: check("{held or "relu"}", {spoken(answer, space)}).')


def own_name(answer):
    """The `__name__` of a function, "" for what has none (or raises when it is asked)."""
    try:
        name = answer.__name__
    except Exception:
        return ""
    return name if isinstance(name, str) else ""


def variable(answer, space):
    """The exercise whose name the reader gave to a variable that holds the answer, or ""."""
    return next((name for name in load() if space.get(name, NOTHING) is answer), "")


def spoken(answer, space):
    """How the reader may write an answer: the variable's name if there is one."""
    name = own_name(answer)
    if name.isidentifier() and space.get(name) is answer:
        return name
    names = [key for key, value in space.items() if value is answer and not key.startswith("_")]
    return names[0] if names else "your_function"


def hint(name):
    """Show one more hint for an exercise: three levels, from a nudge to nearly there."""
    exercise = get(name)
    level = min(hints_seen.get(exercise.id, 0) + 1, 3)
    hints_seen[exercise.id] = level
    last = f'\n\nThat was the last hint; `solution("{exercise.id}")` shows a solution.' if level == 3 else ""
    panel.show_markdown(f"**{exercise.id}, hint {level} of 3.** {exercise.hints[level - 1].strip()}{last}")


def solution(name):
    """Show a solution; before the exercise is solved and while there are hints left, it asks first."""
    exercise = get(name)
    seen = hints_seen.get(exercise.id, 0)
    solved = exercise.id in done | kept.read()[0]
    if seen < 3 and not solved and exercise.id not in solutions_asked:
        solutions_asked.add(exercise.id)
        left = "three hints" if seen == 0 else f"{3 - seen} more hint{'s' * (seen < 2)}"
        panel.show_markdown(
            f'There are {left}: `hint("{exercise.id}")`. Run `solution("{exercise.id}")` again to see it all the same.'
        )
        return
    panel.show_markdown(f"**{exercise.id}, one solution.**\n\n```python\n{exercise.solution}\n```")


def progress():
    """Show which exercises are done and which are left, per chapter, and where that is kept."""
    finished = kept.add(done)
    lines = []
    for chapter, exercises in by_chapter().items():
        number, _, name = chapter.partition("_")
        ids = [exercise.id for exercise in exercises]
        left = [id for id in ids if id not in finished]
        line = f"- Chapter {int(number)}, {name.replace('_', ' ')}: {len(ids) - len(left)} of {len(ids)} done"
        lines.append(line + (f"; left: {', '.join(left)}" if left else ""))
    panel.show_markdown("\n".join(lines) + "\n\n" + whereabouts())


def whereabouts():
    path = kept.place()
    if path is None:
        return "Kept until this session ends."
    if not kept.read()[1]:
        return f"Kept until this session ends: `{path}` cannot be read, or a later edition of the book wrote it."
    return f"Kept in `{path}`, on your own computer and nowhere else."
