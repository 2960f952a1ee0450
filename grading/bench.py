"""How long does a class take? Makes submissions of every kind, grades them, and prints submissions a second.

python -m grading.bench 60                        sixty, on this machine
python -m grading.bench 1000 --jobs 2             a class of a thousand
python -m grading.bench 60 --scheduler ADDRESS    on a Dask cluster
"""

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path

from classroom.exercises import by_chapter

from . import one, pool
from .assignments import release

STUCK = 0.01  # the share of submissions with a loop that never ends


def answer(exercise, draw):
    """A cell as students leave it: mostly right, sometimes a known slip, sometimes blank."""
    kind = draw.random()
    if kind < 0.65:
        return exercise.solution
    if kind < 0.9 and not exercise.is_value:
        source, _ = draw.choice(exercise.wrong)
        head = exercise.solution[exercise.solution.index(f"def {exercise.id}(") :].splitlines()[0]
        return source if f"def {exercise.id}(" in source else f"{head}\n    return {source}"
    return exercise.cell


def submission(chapter, draw):
    exercises = by_chapter()[chapter]
    notebook = release(chapter, exercises)
    answers = {exercise.id: answer(exercise, draw) for exercise in exercises}
    if draw.random() < STUCK:
        stuck = draw.choice(exercises)
        answers[stuck.id] = f"while True:\n    pass\n{stuck.solution}"
    cells = [
        cell | {"source": answers.get(cell["metadata"].get("exercise"), cell["source"])} for cell in notebook["cells"]
    ]
    return json.dumps(notebook | {"cells": cells}).encode()


def hand_in(folder, count):
    """`count` submissions, spread over all chapters."""
    draw = random.Random(0)
    chapters = [chapter for chapter, exercises in by_chapter().items() if exercises]
    for number in range(count):
        chapter = chapters[number % len(chapters)]
        student = f"student{number // len(chapters):04}"
        one.write(Path(folder) / student / chapter / f"{chapter}.ipynb", submission(chapter, draw))


def main():
    parser = argparse.ArgumentParser(prog="python -m grading.bench", description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=60)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--scheduler")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        submitted, results = Path(folder) / "submitted", Path(folder) / "results"
        hand_in(submitted, asked.count)
        started, before = time.monotonic(), os.times()
        failed = pool.grade_all(submitted, results, jobs=asked.jobs, scheduler=asked.scheduler)
        seconds, after = time.monotonic() - started, os.times()
        found = [json.loads(path.read_bytes()) for path in results.rglob("*.json")]
    found = [result for result in found if result["status"] != "missing file"]  # a last student without all chapters
    if failed or len(found) != asked.count:
        raise SystemExit(f"{len(found)} of {asked.count} graded, {len(failed)} failed")
    status = [result["status"] for result in found]
    exercises = sum(len(result["exercises"]) for result in found)
    print(f"{asked.count} submissions, {exercises} exercises: {seconds:.0f} s with {asked.jobs} at a time")
    print(f"{asked.count / seconds:.2f} submissions/s; 1,000 take {1000 * seconds / asked.count / 60:.1f} minutes")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"graders' own computing: {after[2] - before[2] + after[3] - before[3]:.0f} s")
    print(", ".join(f"{name}: {status.count(name)}" for name in sorted(set(status))))


if __name__ == "__main__":
    main()
