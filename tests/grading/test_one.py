"""A notebook's score: what was answered, what was not, and what could not be judged."""

import functools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from book_downloads import to_take_away
from classes import CHAPTER, EXERCISES, RIGHT, TARGET, WRONG, answered, as_file, fill, handed_out, kinds, points, solved

from classroom.exercises import by_chapter, get
from classroom.exercises.engine import judge
from grading import notebook, one, wire

ROOT = Path(__file__).parent.parent.parent
CHAPTERS = [chapter for chapter, exercises in by_chapter().items() if exercises]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_solutions_score_everything_and_a_blank_notebook_nothing(chapter, grade):
    count = len(by_chapter()[chapter])
    result = grade(solved(chapter), chapter=chapter)
    assert (result["status"], result["score"], result["of"]) == ("graded", count, count), result
    blank = grade(as_file(handed_out(chapter)), chapter=chapter)
    assert (blank["status"], blank["score"], blank["of"]) == ("graded", 0, count), blank
    assert set(kinds(blank).values()) == {"missing"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_wrong_answer_gets_the_books_own_verdict(chapter, grade):
    answers = {}
    for exercise in by_chapter()[chapter]:
        source = exercise.wrong[0][0]
        if exercise.is_value:
            answers[exercise.id] = f"answer = {source!r}"
        elif f"def {exercise.id}(" in source:
            answers[exercise.id] = source
        else:
            head = exercise.solution[exercise.solution.index(f"def {exercise.id}(") :].splitlines()[0]
            answers[exercise.id] = f"{head}\n    return {source}\n"
    result = grade(answered(chapter, answers), chapter=chapter)
    assert result["score"] == 0
    for entry in result["exercises"]:
        exercise = get(entry["exercise"])
        source = answers[exercise.id]
        book = judge(exercise, exercise.wrong[0][0] if exercise.is_value else exercise.run(source))
        if book.kind != "unstable":
            assert (entry["kind"], entry["message"]) == (book.kind, book.message)


def test_each_part_counts_for_itself(grade):
    result = grade(solved(**{TARGET: WRONG}))
    assert points(result) == {id: int(id != TARGET) for id in EXERCISES} and result["score"] == len(EXERCISES) - 1


def test_a_deleted_cell_is_an_answer_that_is_missing(grade):
    result = grade(solved(**{TARGET: None}))
    assert kinds(result)[TARGET] == "missing" and result["score"] == len(EXERCISES) - 1
    assert result["status"] == "graded" and "no cell" in result["exercises"][EXERCISES.index(TARGET)]["message"]


def test_an_answer_in_a_cell_of_its_own_counts(grade):
    """Cells that were cut, pasted and stripped of their metadata; the unchanged cell's own name comes first."""
    loose = {"cell_type": "code", "metadata": {}, "source": RIGHT, "outputs": [], "execution_count": None}
    moved = fill(handed_out(), {TARGET: None})
    moved["cells"].append(loose)
    assert points(grade(as_file(moved)))[TARGET] == 1


def test_what_an_answer_needs_comes_with_it_and_what_it_does_not_need_stays_out(grade):
    made = json.loads(solved(**{TARGET: RIGHT.replace("size * size", "square(size)")}))
    cells = ["import math\ndef square(x):\n    return one_more(math.pow(x, 2))", "def one_more(x):\n    return int(x)"]
    unneeded = ["while True: pass", "%pip install nothing", "%%bash\nsleep 1000", "!ls", "size = 1 / 0", "broken("]
    extra = [{"cell_type": "code", "metadata": {}, "source": text} for text in unneeded + cells]
    for order in (made["cells"] + extra, extra + made["cells"]):
        assert grade(as_file(made | {"cells": order}))["score"] == len(EXERCISES)


def test_a_cell_split_in_two_is_still_one_answer(grade):
    made = json.loads(solved(**{TARGET: "ONE = 1\n"}))
    cell = next(cell for cell in made["cells"] if cell["metadata"].get("exercise") == TARGET)
    made["cells"].append(cell | {"source": RIGHT.replace("+ 1", "+ ONE")})
    assert points(grade(as_file(made)))[TARGET] == 1


@pytest.mark.parametrize(
    "data", [b"", b"no notebook", b"[1, 2]", b"{}", b'{"cells": 3}', b'{"cells": [{"cell_type": "code"}]}', b"\xff\xfe",
             b"[" * 10**5, b" " * (notebook.LARGEST + 1)],
    ids=["empty", "text", "list", "no cells", "cells 3", "no source", "bytes", "deep", "huge"],
)  # fmt: skip
def test_what_is_no_notebook_has_no_score(data, grade):
    result = grade(data)
    assert (result["status"], result["score"], result["exercises"]) == ("unreadable", None, [])


def test_a_missing_file_has_no_score(grade):
    result = grade(None)
    assert (result["status"], result["score"]) == ("missing file", None)


def test_an_answer_that_draws_its_own_numbers_gets_one_verdict(grade):
    source = (
        "import random\ndef from_pytorch(weight, bias):\n    return weight.T, bias + np.random.default_rng().random()\n"
    )
    one_time, other_time = (one.dump(grade(solved(from_pytorch=source))) for _ in range(2))
    assert one_time == other_time and b'"points": 0' in one_time


def test_cases_are_the_students_own():
    exercise = get(TARGET)
    drawn = {str(exercise.make_cases(one.seed(name, CHAPTER, words))[-1]) for name in "abcdefgh" for words in ("", "x")}
    assert len(drawn) > 12 and one.seed("a", CHAPTER, "x") == one.seed("a", CHAPTER, "x")
    fixed = [e.id for chapter in CHAPTERS for e in by_chapter()[chapter] if not e.is_value and is_fixed(e)]
    # without arguments there is nothing to draw; generators are judged by what is drawn from them
    without = {"and_gate", "nand_gate", "xor_network"}
    assert {id for id in fixed if get(id).signature.args and "rng" not in get(id).names} <= without | {"repair_2"}


def is_fixed(exercise):
    return repr(exercise.make_cases(1)) == repr(exercise.make_cases(2))


def test_the_notebook_that_a_page_hands_out_is_accepted(grade):
    """The page's own script puts the answers into the chapter; nothing of the chapter runs that they do not need."""
    import quickjs

    script = (ROOT / "classroom/inpage/press/leave.mjs").read_text(encoding="utf-8")
    script = script.replace("export ", "").replace('import { element } from "./element.mjs";', "")
    saved = {e.id: {"code": e.solution, "starter": e.starter} for e in by_chapter()[CHAPTER]}
    saved[TARGET]["code"] = WRONG
    chapter = json.loads((ROOT / "chapters" / f"{CHAPTER}.ipynb").read_text(encoding="utf-8"))
    chapter = to_take_away(chapter, "book.whl")
    context = quickjs.Context()
    context.eval(f"var saved = {json.dumps(saved)};")
    context.eval("var window = { nnWork: { ids: () => Object.keys(saved), read: id => saved[id] } };")
    context.eval(script)
    fill_in = context.eval(f"text => JSON.stringify(fill(JSON.parse(text), '{CHAPTER}'))")
    filled = json.loads(fill_in(json.dumps(chapter)))
    assert filled["filled"] == len(EXERCISES)
    result = grade(as_file(filled["notebook"]))
    assert points(result) == {id: int(id != TARGET) for id in EXERCISES}, result
    assert grade(as_file(chapter))["score"] == 0


def test_the_command_writes_the_same_bytes_and_takes_names_from_the_path(tmp_path):
    path = tmp_path / "ada" / CHAPTER / f"{CHAPTER} (1).ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(solved())
    flat = tmp_path / "ada" / f"{CHAPTER} (2).ipynb"
    flat.write_bytes(solved())
    run = functools.partial(subprocess.run, cwd=ROOT, capture_output=True, text=True)
    for number, place in enumerate((path, flat)):
        done = run([sys.executable, "-m", "grading", "one", place, tmp_path / f"{number}.json"])
        assert done.returncode == 0, done.stderr
    first, second = ((tmp_path / f"{number}.json").read_bytes() for number in range(2))
    assert first == second == one.dump(one.grade(solved(), "ada", CHAPTER))
    assert not list(tmp_path.glob(".*"))
    done = run([sys.executable, "-m", "grading", "one", tmp_path / "nowhere.ipynb", "-"])
    assert done.returncode == 2 and "There is no chapter" in done.stderr


FORGED = [
    {"function": [0, ""]},
    {"generator": ["0x1", {}]},
    {"array": ["|O", [1], "AAAAAAAAAAA="]},
    {"array": ["<f8", [10**12], ""]},
    {"array": ["<f8", [-1], "x"]},
    {"list": 3},
    {"list": [], "tuple": []},
    {"int": "x"},
    {"scalar": []},
    {"no": 1},
    [],
]


def test_a_generator_that_would_never_end_does_not_come_back():
    generator = np.random.default_rng(7)
    same = wire.unpack(wire.pack(generator, []), wire.no_function)
    assert same.random(5).tolist() == generator.random(5).tolist()
    packed = wire.pack(generator, [])
    packed["generator"][1]["state"] = {"state": 0, "inc": 0}
    for forged in (packed, {"function": [0, ""]}):
        with pytest.raises(wire.Garbled):
            wire.unpack(forged, wire.no_function)


@pytest.mark.parametrize("packed", FORGED, ids=str)
def test_only_data_comes_through_the_pipe(packed):
    with pytest.raises(wire.Garbled):
        wire.unpack(packed)
