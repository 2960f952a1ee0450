"""The schema of the question files, for editors and the tools of others, says what the book's own reader says."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from sample_questions import CHOICE, NUMBER, ORDER

from classroom.questions import QuestionError
from classroom.questions.questions import load

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "questions.schema.json"
FILES = sorted(ROOT.glob("classroom/chapters/*.toml"))
# (file, what is written in it instead of what; the sentence)
SLIPS = {
    "no explanation": (CHOICE, "explanation = 'Because.'", "", "question 1: 'explanation' is a required property"),
    "a strange key": (
        CHOICE,
        "right",
        "hint = 1\nright",
        "question 1, option 1: Additional properties are not allowed",
    ),
    "a strange kind": (CHOICE, '"one"', '"choice"', "question 1, kind: 'choice' is not one of"),
    "no slug": (CHOICE, "a-question", "A question", "question 1, id: 'A question' does not match"),
    "no right option": (CHOICE, "right = true", "right = false", "question 1, option: "),
    "no feedback": (CHOICE, "feedback = 'No.'", "", "question 1, option 2: 'feedback' is a required property"),
    "an empty text": (CHOICE, "'Which?'", "' '", "question 1, text: ' ' does not match"),
    "text for a number": (NUMBER, "answer = 0.5", 'answer = "2"', "question 1, answer: '2' is not of type 'number'"),
    "less than nothing": (NUMBER, "0.01", "-0.01", "question 1, tolerance: -0.01 is less than the minimum of 0"),
    "another kind's part": (NUMBER, "mistake", "option", "question 1: "),
    "two steps": (ORDER, ORDER[ORDER.rindex("[[") :], "", "question 1, step: "),
}


def complaint(text):
    """What the schema has against a file, as a sentence: where, and what; "" for nothing."""
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    error = jsonschema.exceptions.best_match(validator.iter_errors(tomllib.loads(text)))
    if error is None:
        return ""
    where = "".join(f" {part + 1}" if isinstance(part, int) else f", {part}" for part in error.absolute_path)
    return f"{where.removeprefix(', ')}: {error.message}"


def refused(tmp_path, text):
    """Whether the book's own reader refuses it."""
    (tmp_path / "05_loss.toml").write_text(text, encoding="utf-8")
    try:
        load(tmp_path / "05_loss.toml")
    except QuestionError:
        return True
    return False


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_the_book_fits_and_names_it(path):
    text = path.read_text(encoding="utf-8")
    assert complaint(text) == ""
    named = text.splitlines()[0].removeprefix("#:schema ")
    assert (path.parent / named).resolve() == SCHEMA


@pytest.mark.parametrize("text", [CHOICE, NUMBER, ORDER, CHOICE + NUMBER + ORDER])
def test_right_files_fit(tmp_path, text):
    assert complaint(text) == "" and not refused(tmp_path, text)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_with_its_place_and_the_book_refuses_it_too(tmp_path, slip):
    text, before, after, sentence = SLIPS[slip]
    assert before in text
    wrong = text.replace(before, after, 1)
    assert complaint(wrong).startswith(sentence) and refused(tmp_path, wrong)
