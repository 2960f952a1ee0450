"""One writer, at the end: from the result files to two tables, a page for each student and nbgrader's grade book."""

import csv
import html
import io
import json
import os
import re
import sys
import warnings
from itertools import groupby
from pathlib import Path

from classroom.exercises import by_chapter
from classroom.sentence import Sentence

from . import one

WORDS = {
    "ok": "right", "missing": "not written", "raised": "stops with an error", "shape": "not yet", "type": "not yet",
    "value": "not yet", "mutated": "not yet", "unstable": "not yet", "died": "not judged", "timeout": "not judged",
}  # fmt: skip
STATUS = {
    "missing file": "No notebook was handed in.",
    "unreadable": "The file that was handed in is not a notebook that can be read.",
    "died": "Something ended before it could be judged, so there is no score yet: your instructor will look at it.",
    "timeout": "Something did not end, so there is no score yet: your instructor will look at it.",
}
PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Feedback for {student}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
dt {{ font-weight: 600; margin-top: 1rem }}
dd {{ margin: 0; overflow-wrap: anywhere }}
code {{ font-family: ui-monospace, monospace }}
</style>
<main>
<h1>Feedback for {student}</h1>
{chapters}
</main>
</html>
"""


def collect(results, out, gradebook=None):
    """Read every result file of a folder; write tables, feedback/STUDENT.html and the grade book."""
    found = [json.loads(path.read_bytes()) for path in sorted(Path(results).glob("*/*.json"))]
    if not found:
        raise Sentence(f"There are no results in {results}.")
    out = Path(out)
    fields = ("student", "chapter", "status", "score", "of")
    one.write(out / "grades.csv", table(fields, found))
    fields = ("student", "chapter", "exercise", "kind", "points", "message")
    rows = [result | entry for result in found for entry in result["exercises"]]
    one.write(out / "exercises.csv", table(fields, rows))
    for student, theirs in groupby(found, lambda result: result["student"]):
        one.write(out / "feedback" / f"{student}.html", page(student, list(theirs)).encode())
    if gradebook:
        into_gradebook(found, gradebook)
    unscored = [result for result in found if result["score"] is None]
    print(f"{len(found)} results; {len(unscored)} without a score")
    for result in unscored:
        print(f"  {result['student']}, {result['chapter']}: {result['status']}")


def table(fields, rows):
    """CSV; what has no value stays empty and is never 0."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fields, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


# --- feedback ---------------------------------------------------------------------------------------------------------


def page(student, results):
    chapters = "\n".join(section(result) for result in results)
    return PAGE.format(student=html.escape(student), chapters=chapters)


def section(result):
    number, _, name = result["chapter"].partition("_")
    score = "" if result["score"] is None else f": {result['score']} of {result['of']}"
    parts = [f"<h2>Chapter {int(number)}, {html.escape(name.replace('_', ' '))}{score}</h2>"]
    if result["status"] in STATUS:
        parts.append(f"<p>{STATUS[result['status']]}</p>")
    if result["exercises"]:
        parts += ["<dl>", *map(verdict, result["exercises"]), "</dl>"]
    return "\n".join(parts)


def verdict(entry):
    said = re.sub(r"^(right|not yet)\. ?", "", entry["message"].removeprefix(f"{entry['exercise']}: "))
    return f"<dt><code>{entry['exercise']}</code>, {WORDS[entry['kind']]}</dt><dd>{marked(said)}</dd>"


def marked(sentence):
    """Escaped, with `code` as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(sentence[:1].upper() + sentence[1:]))


# --- nbgrader ---------------------------------------------------------------------------------------------------------


def into_gradebook(results, path):
    """Write scores into nbgrader's database: what could not be judged waits there for a person, it is no 0.

    A score that a person has given stays. A missing notebook makes no submission, as in nbgrader itself.
    """
    try:
        from nbgrader.api import Gradebook
    except ImportError:
        raise Sentence("--gradebook needs nbgrader: pip install -r grading/requirements.txt") from None
    # nbgrader makes a new database with a command of its environment, which need not be the shell's.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with Gradebook(f"sqlite:///{Path(path).absolute()}") as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of nbgrader's own use of its database
        for chapter in sorted({result["chapter"] for result in results}):
            book.update_or_create_assignment(chapter)
            book.update_or_create_notebook(chapter, chapter)
            for exercise in by_chapter()[chapter]:
                book.update_or_create_grade_cell(exercise.id, chapter, chapter, max_score=1, cell_type="code")
                book.update_or_create_solution_cell(exercise.id, chapter, chapter)
        for result in results:
            book.update_or_create_student(result["student"])
            if result["status"] != "missing file":
                enter(book, result, {entry["exercise"]: entry for entry in result["exercises"]})


def enter(book, result, entries):
    chapter, student = result["chapter"], result["student"]
    submission = book.update_or_create_submission(chapter, student)
    for grade in submission.notebooks[0].grades:
        found = entries.get(grade.name, {"points": None, "message": STATUS["unreadable"]})
        grade.auto_score = found["points"]
        grade.needs_manual_grade = found["points"] is None and grade.manual_score is None
        comment = book.find_comment(grade.name, chapter, chapter, student)
        comment.auto_comment = found["message"]
    book.db.commit()
