"""How long `check` takes for a right answer of every exercise: a reader should not notice it."""

import statistics
import time

from classroom.exercises import all_exercises
from classroom.exercises.engine import judge

from .timing import Table, verdict

BOUND = 0.3  # seconds


def tables(repetitions=5):
    rows = []
    for exercise in all_exercises():
        answer, seconds = exercise.run(exercise.solution), []
        for _ in range(repetitions):
            started = time.perf_counter()
            result = judge(exercise, answer)
            seconds.append(time.perf_counter() - started)
        if not result.ok:
            raise SystemExit(f"{exercise.id}: the solution is not right: {result.message}")
        rows.append((exercise.chapter[:2], exercise.id, statistics.median(seconds), max(seconds)))
    rows.sort(key=lambda row: -row[-1])
    cells = [
        [chapter, f"`{name}`", f"{1000 * median:.1f}", f"{1000 * slowest:.1f}", verdict(slowest, BOUND, False)]
        for chapter, name, median, slowest in rows
    ]
    columns = ["chapter", "exercise", "median (ms)", "slowest (ms)", "bound (s)"]
    return [Table("Seconds until a right answer is called right", columns, cells)]
