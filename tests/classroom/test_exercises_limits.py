"""A loop that never ends is stopped and shown with its line, whatever the alarm; what is only slow is called slow."""

import re
import sys
import time

import numpy as np
import pytest
from test_exercises_hostile import ALARMS

from classroom.exercises import get
from classroom.exercises.engine import judge

# name: (source, the lines of which one may be shown)
LOOPS = {
    "a plain loop": (
        """
def relu(z):
    i = 0
    while i < len(z):
        z = z + 0
    return z
""",
        (4, 5),
    ),
    "a loop on one line": ("def relu(z):\n    while True: pass\n", (2,)),
    "a helper": (
        """
def grow(z):
    while True:
        z = z + 1

def relu(z):
    return grow(z)
""",
        (3, 4),
    ),
    "inside a call": (
        """
def relu(z):
    out = z
    while True:
        out = np.maximum(out, 0)
""",
        (4, 5),
    ),
    "prints without an end": (
        """
import itertools, sys
def relu(z):
    sys.stdout.writelines(itertools.repeat("again"))
""",
        (4,),
    ),
    "a comprehension": (
        """
import itertools
def relu(z):
    return [i for i in itertools.count() if i < 0]
""",
        (4,),
    ),
    "a result that never ends": (
        """
def relu(z):
    while True:
        for i in range(9):
            if i > 9:
                yield i
""",
        (3, 4, 5),
    ),
    "a stop that is swallowed": (
        """
def relu(z):
    while True:
        try:
            z = z + 1
        except BaseException:
            pass
""",
        (3, 4, 5, 6, 7),
    ),
}


def from_file(tmp_path, source):
    file = tmp_path / "answer.py"
    file.write_text(source)
    space = {"np": np}
    exec(compile(source, str(file), "exec"), space)
    return space["relu"]


@pytest.mark.parametrize("alarm", ALARMS)
@pytest.mark.parametrize("name", LOOPS)
def test_an_endless_loop_is_shown_with_its_line(name, alarm, tmp_path, monkeypatch):
    monkeypatch.setenv("CLASSROOM_TIME_LIMIT", alarm)
    source, lines = LOOPS[name]
    result = judge(get("relu"), from_file(tmp_path, source), 0.2)
    assert result.kind == "timeout" and not result.slip
    assert "does a loop never end?" in result.message
    text = source.splitlines()
    assert any(f"It was at line {n}: `{text[n - 1].strip()}`." in result.message for n in lines), result.message


@pytest.mark.parametrize("alarm", [alarm for alarm in ALARMS if alarm != "timer"])  # which looks when it rings
def test_looking_at_the_clock_does_not_make_printing_slow(alarm, tmp_path, monkeypatch):
    """What keeps the output is the book's own: there a look for each call is enough, not one for each of its lines."""
    monkeypatch.setenv("CLASSROOM_TIME_LIMIT", alarm)
    looks = []

    class Clock:
        def monotonic():
            looks.append(1)
            return time.monotonic()

    monkeypatch.setattr("classroom.exercises.limits.time", Clock)
    prints = "def relu(z):\n    for i in range(3_000): print(0)\n    return np.maximum(z, 0)\n"
    result = judge(get("relu"), from_file(tmp_path, prints), 60)
    lines = int(re.search(r"([\d,]+) characters in all", result.printed)[1].replace(",", "")) / len("0\n")
    assert result.ok and len(looks) < 40 * lines, len(looks) / lines


def test_the_line_in_another_cell_of_the_same_notebook_is_found(tmp_path):
    space = {"np": np}
    cells = ["def grow(z):\n    while True:\n        z = z + 1\n", "def relu(z):\n    return grow(z)\n"]
    for number, source in enumerate(cells):
        file = tmp_path / f"cell{number}.py"
        file.write_text(source)
        exec(compile(source, str(file), "exec"), space)
    message = judge(get("relu"), space["relu"], 0.2).message
    assert "`while True:`" in message or "`z = z + 1`" in message


def test_what_ends_but_takes_long_is_called_slow():
    def relu(z):
        time.sleep(0.4)
        return z * (z > 0)

    result = judge(get("relu"), relu, 1.0)
    assert result.kind == "timeout" and re.search("too slow: stopped after 1 seconds, in call [23]", result.message)
    assert "never end" not in result.message


def test_an_endless_loop_for_one_input_only_is_no_slowness():
    def relu(z):
        while z.ndim > 1:
            pass
        return z * (z > 0)

    assert "does a loop never end?" in judge(get("relu"), relu, 1.0).message


def test_a_right_answer_for_which_there_is_no_time_twice_is_right():
    def relu(z):
        time.sleep(0.15)
        return np.maximum(z, 0)

    assert judge(get("relu"), relu, 1.1).ok


def test_a_second_call_that_never_ends_is_no_right_answer():
    calls = [0]

    def relu(z):
        calls[0] += 1
        while calls[0] > 5:
            pass
        return np.maximum(z, 0)

    result = judge(get("relu"), relu, 1.0)
    assert result.kind == "timeout" and "called again" in result.message


def test_two_long_results_that_differ_are_not_printed():
    rng = np.random.default_rng(0)
    unstable = lambda fan_in, fan_out, _: (rng.normal(size=(fan_in, fan_out)).tolist(), [0] * fan_out)  # noqa: E731
    assert len(judge(get("init_he"), unstable).message) < 1000


def test_no_advice_after_a_time_out():
    source = "def numerical_gradient(f, x, h=1e-5):\n    while True:\n        f(x)\n"
    space = {}
    exec(source, space)
    result = judge(get("numerical_gradient"), space["numerical_gradient"], 0.2)
    assert result.kind == "timeout" and result.slip == ""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring is new in Python 3.12")
def test_monitoring_is_tried_here():
    assert "monitor" in ALARMS
