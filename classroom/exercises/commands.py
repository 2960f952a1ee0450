"""What a reader calls: `check`, `hint`, `solution`, `progress`. What is done stays in memory and is sent nowhere."""

from . import panel
from .engine import judge
from .registry import UnknownExercise, by_chapter, get

done = set()
hints_seen = {}
solutions_asked = set()
NOTHING = object()


def check(exercise, answer=NOTHING):
    """Check an answer, show the verdict and return it as a Result.

    `check(relu)` finds the exercise by the function's name; `check("step_position", -2.0)` and
    `check("relu", my_function)` by its id. Raises UnknownExercise (a ValueError) for a name the book does not have.
    """
    if answer is NOTHING:
        if isinstance(exercise, str):
            get(exercise)
            raise UnknownExercise(f'check("{exercise}", ...) needs your answer too.')
        answer = exercise
    found = get(exercise)
    result = judge(found, answer)
    if result.ok:
        done.add(found.id)
    panel.show_result(result)
    return result


def hint(exercise):
    """Show one more hint for an exercise: three levels, from a nudge to nearly there."""
    found = get(exercise)
    level = min(hints_seen.get(found.id, 0) + 1, 3)
    hints_seen[found.id] = level
    last = f'\n\nThat was the last hint; `solution("{found.id}")` shows a solution.' if level == 3 else ""
    panel.show_markdown(f"**{found.id}, hint {level} of 3.** {found.hints[level - 1].strip()}{last}")


def solution(exercise):
    """Show a solution; before the exercise is solved and while there are hints left, it asks first."""
    found = get(exercise)
    seen = hints_seen.get(found.id, 0)
    if seen < 3 and found.id not in done and found.id not in solutions_asked:
        solutions_asked.add(found.id)
        left = "three hints" if seen == 0 else f"{3 - seen} more hint{'s' * (seen < 2)}"
        panel.show_markdown(
            f'There are {left}: `hint("{found.id}")`. Run `solution("{found.id}")` again to see it all the same.'
        )
        return
    panel.show_markdown(f"**{found.id}, one solution.**\n\n```python\n{found.solution}\n```")


def progress():
    """Show which exercises are done in this session and which are left, per chapter."""
    lines = []
    for chapter, exercises in by_chapter().items():
        number, _, name = chapter.partition("_")
        finished = [exercise.id for exercise in exercises if exercise.id in done]
        left = [exercise.id for exercise in exercises if exercise.id not in done]
        line = f"Chapter {int(number)}, {name.replace('_', ' ')}: {len(finished)} of {len(exercises)} done"
        lines.append(line + (f"; left: {', '.join(left)}" if left else ""))
    panel.show_markdown("\n".join(f"- {line}" for line in lines))
