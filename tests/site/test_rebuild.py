"""A change runs what depends on it again, and nothing else: content no chapter but those whose code imports it."""

import os
import re
import time

import pytest
from small_book import ROOT, build, cell, lay_out, write

LAB = """from classroom.chapters.lab import run_network
from nnlib import moons

data = moons(60, seed=0)
print(run_network(1, data, data, epochs=1).loss)"""


CHAPTERS = ROOT / "classroom" / "chapters"
QUESTION = re.search(r'^id = "(.+)"', (CHAPTERS / "05_loss.toml").read_text(encoding="utf-8"), re.M)[1]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Two chapters: one shows a question and an exercise, the other's code trains the networks of its exercises."""
    folder = tmp_path_factory.mktemp("rebuilt")
    shown = [
        cell("markdown", "# A page"),
        cell("code", "from classroom import ask, check\nimport nnlib", tags=["hide-input"]),
    ]
    shown += [cell("code", f'ask("{QUESTION}")', tags=["question"]), cell("markdown", "Write it.", exercise="mse")]
    shown += [cell("code", "def mse(y, t):\n    ...\n\ncheck(mse)", exercise="mse")]
    write(folder, *shown, name="01_shown")
    write(folder, cell("markdown", "# A lab"), cell("code", LAB), name="02_lab")
    lay_out(folder, own_packages=True)
    assert ran(folder) == {"01_shown", "02_lab"}
    return folder


def ran(folder):
    """Which chapters a build of the book runs."""
    code, log = build(folder)
    assert code == 0, log[-3000:]
    return {name for name in ("01_shown", "02_lab") if f"{name}.ipynb: Executed notebook" in log}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, (time.time() + 2,) * 2)  # later than the last build by any file system's clock


def page(folder, name):
    return (folder / "_build" / "html" / "chapters" / f"{name}.html").read_text(encoding="utf-8")


def test_nothing_changed_runs_nothing(book):
    assert ran(book) == set()


def test_a_question_runs_nothing(book):
    """A comma in a quiz shows on its page, and no chapter runs for it."""
    change(book / "classroom" / "chapters" / "05_loss.toml", "text = '", "text = 'Well, ")
    assert ran(book) == set()
    assert "<p>Well, " in page(book, "01_shown")


@pytest.mark.parametrize(
    "name, line", [("questions/question.css", ".a-change{color:red}"), ("explore/explore.js", "window.aChange=1;")]
)
def test_the_look_runs_nothing(book, name, line):
    path = book / "classroom" / name
    change(path, path.read_text(encoding="utf-8"), f"{path.read_text(encoding='utf-8')}\n/* a change */\n{line}\n")
    assert ran(book) == set()
    copied = book / "_build" / "html" / "_static" / f"book{path.suffix}"
    copied = copied.read_text(encoding="utf-8")
    assert line.rstrip(";") in copied and "/* a change */" not in copied  # without its comments


def test_an_exercise_runs_only_who_imports_content(book):
    """The exercise's page shows the new hint; the lab, which trains from the exercises' code, runs again."""
    hints = book / "classroom" / "chapters" / "ch05_loss.py"
    place = hints.read_text(encoding="utf-8").index('id="mse"')
    text = hints.read_text(encoding="utf-8")
    first = re.search(r'hints=\[\s*"', text[place:]).end() + place
    change(hints, text[place:first], text[place:first] + "Take heart. ")
    assert ran(book) == {"02_lab"}
    assert "Take heart. " in page(book, "01_shown")


def test_code_runs_every_chapter(book):
    change(book / "nnlib" / "losses.py", "\n", "\n# a change\n")
    assert ran(book) == {"01_shown", "02_lab"}


MEETING = """import time
from pathlib import Path

Path("{mine}.here").touch()
for _ in range(300):
    if Path("{other}.here").exists():
        break
    time.sleep(0.1)
else:
    raise TimeoutError("{other} does not run beside {mine}")
print("met")"""


def test_chapters_that_must_run_are_run_side_by_side(tmp_path):
    """Each waits for the other: one after another they would wait in vain."""
    for mine, other in [("01_one", "02_two"), ("02_two", "01_one")]:
        write(
            tmp_path,
            cell("markdown", "# One"),
            cell("code", MEETING.format(mine=mine, other=other), tags=["hide-input"]),
            name=mine,
        )
    lay_out(tmp_path)
    code, log = build(tmp_path)
    assert code == 0, log[-3000:]
    assert "met" in page(tmp_path, "01_one") and "met" in page(tmp_path, "02_two")
