"""The commands of a course: `python -m grading assignments | one | all | collect`; README.md says when to use which."""

import argparse
import os
import sys
from pathlib import Path

from classroom.sentence import Sentence

from . import one  # the others as they are asked for: `one` runs a thousand times


def parsed():
    parser = argparse.ArgumentParser(prog="python -m grading", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    release = commands.add_parser("assignments", help="write a notebook for students of each chapter's exercises")
    release.add_argument("folder", type=Path, help="becomes FOLDER/CHAPTER/CHAPTER.ipynb")
    release.add_argument("chapters", nargs="*", help="as 09_sgd; all where none is named")

    single = commands.add_parser("one", help="grade one notebook")
    single.add_argument("submission", help="STUDENT/CHAPTER/CHAPTER.ipynb; - reads it from standard input")
    single.add_argument("out", help="the result file; - writes it to standard output")
    single.add_argument("--student", help="where the path does not say it")
    single.add_argument("--chapter", help="as 09_sgd, where the path does not say it")

    everything = commands.add_parser("all", help="grade every notebook of a folder")
    everything.add_argument("folder", type=Path, help="holds STUDENT/CHAPTER/CHAPTER.ipynb, as nbgrader's submitted/")
    everything.add_argument("out", type=Path, help="gets STUDENT/CHAPTER.json; those that are up to date are kept")
    everything.add_argument("--jobs", type=int, default=os.cpu_count(), help="submissions at a time on this machine")
    everything.add_argument("--scheduler", help="the address of a dask.distributed scheduler: its workers grade")

    for command in (single, everything):
        command.add_argument("--words", default="", help="the course's own words: nobody else can draw the same cases")
        command.add_argument(
            "--unsafe", action="store_true", help="grade without bubblewrap; notebooks read your files"
        )

    gather = commands.add_parser("collect", help="make a table, a page for each student and a grade book")
    gather.add_argument("results", type=Path, help="the folder that `all` has filled")
    gather.add_argument("out", type=Path, help="gets grades.csv and feedback/STUDENT.html")
    gather.add_argument("--gradebook", type=Path, help="an nbgrader database to write the scores into")
    return parser.parse_args()


def grade_one(asked):
    path = None if asked.submission == "-" else Path(asked.submission)
    student, chapter = one.named(path) if path else ("", "")
    data = sys.stdin.buffer.read() if path is None else path.read_bytes() if path.is_file() else None
    result = one.grade(data, asked.student or student, asked.chapter or chapter, asked.words, asked.unsafe)
    if asked.out == "-":
        sys.stdout.buffer.write(one.dump(result))
    else:
        one.write(asked.out, one.dump(result))


def main():
    asked = parsed()
    try:
        if asked.command == "assignments":
            from . import assignments

            assignments.write(asked.folder, asked.chapters)
        elif asked.command == "one":
            grade_one(asked)
        elif asked.command == "all":
            from . import pool

            options = ["--words", asked.words] + ["--unsafe"] * asked.unsafe
            failed = pool.grade_all(asked.folder, asked.out, asked.words, options, asked.jobs, asked.scheduler)
            return 1 if failed else 0
        else:
            from . import collect

            collect.collect(asked.results, asked.out, asked.gradebook)
    except (Sentence, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
