"""The end of a course's week: tables, feedback and nbgrader's book say what the results say, and no more."""

import csv
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from classes import CHAPTER, EXERCISES, RIGHT, TARGET, WRONG, as_file, handed_out, solved
from conftest import QUICK
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import reads
from nbgrader.utils import compute_checksum, determine_grade

from classroom.exercises import by_chapter
from grading import assignments, collect, one

CRASH = "import os\nos._exit(0)\n" + RIGHT


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    handed = {"ada": solved(), "bob": solved(**{TARGET: WRONG}), "cy": as_file(handed_out()), "dee": None,
              "eve": solved(**{TARGET: CRASH}), "fay & <co>": b"not JSON"}  # fmt: skip
    for student, data in handed.items():
        one.write(folder / student / f"{CHAPTER}.json", one.dump(one.grade(data, student, CHAPTER, limits=QUICK)))
    return folder


@pytest.fixture(scope="module")
def out(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("marks")
    collect.collect(results, folder, folder / "gradebook.db")
    return folder


def test_the_table_has_a_line_for_each_and_no_zero_for_what_was_not_judged(out):
    with open(out / "grades.csv", newline="", encoding="utf-8") as file:
        rows = {row["student"]: (row["status"], row["score"], row["of"]) for row in csv.DictReader(file)}
    assert rows == {
        "ada": ("graded", "4", "4"), "bob": ("graded", "3", "4"), "cy": ("graded", "0", "4"),
        "dee": ("missing file", "", "4"), "eve": ("died", "", "4"), "fay & <co>": ("unreadable", "", "4"),
    }  # fmt: skip
    with open(out / "exercises.csv", newline="", encoding="utf-8") as file:
        rows = {(row["student"], row["exercise"]): row["points"] for row in csv.DictReader(file)}
    assert rows["eve", TARGET] == "" and rows["bob", TARGET] == "0" and rows["eve", EXERCISES[0]] == "1"


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.words, self.tags, self.links = "", [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href")]

    def handle_data(self, data):
        self.words += data


def test_each_student_has_a_page_with_the_verdicts_sentences_and_nothing_else_in_it(out):
    pages = {path.stem: Reader(path.read_text(encoding="utf-8")) for path in (out / "feedback").glob("*.html")}
    assert len(pages) == 6
    assert "The biases are missing: every neuron has one." in pages["bob"].words and "3 of 4" in pages["bob"].words
    assert "no score yet" in pages["eve"].words and " of 4" not in pages["eve"].words
    assert "No notebook was handed in." in pages["dee"].words
    assert "Feedback for fay & <co>" in pages["fay & <co>"].words
    for page in pages.values():
        assert not page.links and "script" not in page.tags and "h1" in page.tags


def test_nbgraders_book_has_the_scores_and_waits_where_there_is_none(out, results, tmp_path):
    path = shutil.copy(out / "gradebook.db", tmp_path)
    with Gradebook(f"sqlite:///{path}") as book:
        found = {s.student.id: (s.score, s.needs_manual_grade) for s in book.assignment_submissions(CHAPTER)}
        assert found == {
            "ada": (4, False),
            "bob": (3, False),
            "cy": (0, False),
            "eve": (3, True),
            "fay & <co>": (0, True),
        }
        assert book.find_assignment(CHAPTER).max_score == 4
        grade = book.find_grade(TARGET, CHAPTER, CHAPTER, "eve")
        assert grade.auto_score is None
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        book.db.commit()
    collect.collect(results, tmp_path, path)  # again: what a person gave stays
    with Gradebook(f"sqlite:///{path}") as book:
        eve = book.find_submission(CHAPTER, "eve")
        assert eve.score == 3.5 and not eve.needs_manual_grade


def test_nbgraders_own_command_exports_it(out):
    command = [Path(sys.executable).parent / "nbgrader", "export", "--db", f"sqlite:///{out}/gradebook.db"]
    done = subprocess.run([*command, "--to", "export.csv"], cwd=out, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with open(out / "export.csv", newline="") as file:
        scores = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    assert float(scores["bob"]) == 3 and float(scores["dee"]) == 0  # nbgrader's own word for no submission


def test_results_of_nobody_are_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="no results"):
        collect.collect(tmp_path, tmp_path / "out")


# --- assignments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", [chapter for chapter, exercises in by_chapter().items() if exercises])
def test_an_assignment_is_a_release_in_nbgraders_eyes(chapter, tmp_path):
    assignments.write(tmp_path, [chapter])
    text = (tmp_path / chapter / f"{chapter}.ipynb").read_text(encoding="utf-8")
    book = reads(text, as_version=4)  # validates the metadata
    nbformat.validate(book)
    graded = [cell for cell in book.cells if cell.metadata.nbgrader["grade"]]
    assert [cell.metadata.nbgrader["grade_id"] for cell in graded] == [e.id for e in by_chapter()[chapter]]
    for cell in book.cells:
        assert cell.metadata.nbgrader["checksum"] == compute_checksum(cell)
        assert cell.metadata.nbgrader["locked"] != (cell in graded)
    assert all(determine_grade(cell) == (0, 1) for cell in graded)  # left blank


def test_no_assignment_holds_a_solution_a_hint_or_a_case(tmp_path):
    assignments.write(tmp_path)
    for chapter, exercises in by_chapter().items():
        if not exercises:
            continue
        text = (tmp_path / chapter / f"{chapter}.ipynb").read_text(encoding="utf-8")
        cells = ["".join(cell["source"]) for cell in nbformat.reads(text, as_version=4).cells]
        for exercise in exercises:
            assert assignments.unlinked(exercise.text) in cells
            assert not any(exercise.solution in cell for cell in cells)
            assert not any(hint in cell for hint in exercise.hints for cell in cells)
        assert "solution(" not in text and "](../" not in text


def test_an_assignment_that_does_not_exist_is_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="There is no chapter '99_none'"):
        assignments.write(tmp_path, ["99_none"])
