"""The instructors' page names every exercise of the book, and no other."""

import re
from pathlib import Path

from classroom.exercises import all_exercises

PAGE = (Path(__file__).parents[2] / "instructors.md").read_text(encoding="utf-8")


def test_the_table_names_every_exercise():
    table = PAGE.split("## What each exercise teaches")[1].split("\n## ")[0]
    named = re.findall(r"`(\w+)`", " ".join(row.split("|")[2] for row in table.splitlines() if row.startswith("|")))
    if "`repair_1` … `repair_5`" in table:
        named += [f"repair_{k}" for k in range(2, 5)]
    assert sorted(named) == sorted(exercise.id for exercise in all_exercises())
