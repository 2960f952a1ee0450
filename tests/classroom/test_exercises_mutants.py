"""Small machine-made mistakes in the solutions are rejected, or listed as equivalent with a reason."""

import pathlib
import tomllib
import warnings

import pytest
from exercise_answers.mutants import mutants

from classroom.exercises import all_exercises
from classroom.exercises.engine import judge

EQUIVALENT = tomllib.loads((pathlib.Path(__file__).parent / "equivalent_mutants.toml").read_text(encoding="utf-8"))
FUNCTIONS = [exercise for exercise in all_exercises() if not exercise.is_value]


def survivors(exercise):
    """(names of the mutants that pass, number of all mutants)"""
    passed, total = [], 0
    for name, source in mutants(exercise.solution):
        total += 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                answer = exercise.run(source)
        except Exception:
            continue  # does not even define the function
        if judge(exercise, answer, 0.4).ok:
            passed.append(name)
    return passed, total


TOTALS = {}


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda exercise: exercise.id)
def test_mutants_are_rejected_or_explained(exercise):
    passed, total = survivors(exercise)
    TOTALS[exercise.id] = total, len(passed)
    explained = EQUIVALENT.get(exercise.id, {})
    assert set(passed) - set(explained) == set(), "these mutants pass: sharpen the cases, or explain them"
    assert set(explained) - set(passed) == set(), "these are explained but do not pass (any more)"
    assert all(len(reason) > 20 for reason in explained.values())


def test_nearly_all_mutants_are_rejected():
    if len(TOTALS) < len(FUNCTIONS):
        pytest.skip("counted only when all exercises are tested together")
    total, passed = (sum(column) for column in zip(*TOTALS.values(), strict=True))
    print(f"{total - passed} of {total} mutants rejected ({1 - passed / total:.1%})")
    assert total >= 700 and passed <= 0.03 * total


def test_explanations_are_about_exercises_there_are():
    assert set(EQUIVALENT) <= {exercise.id for exercise in FUNCTIONS}
