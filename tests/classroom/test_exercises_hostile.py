"""Hostile answers neither pass nor hang, and the session is afterwards as it was."""

import builtins
import gc
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest
from exercise_answers.hostile import HOSTILE
from exercise_answers.verdicts import hostile_answer

from classroom.exercises import get
from classroom.exercises.engine import SECONDS, judge

RELU = get("relu")
POSIX = hasattr(signal, "setitimer")
ALARMS = ["timer"] * POSIX + ["monitor"] * (sys.version_info >= (3, 12)) + ["trace"]


def session():
    """All that a check must leave as it was."""
    return {
        "numpy": {name: id(value) for name, value in vars(np).items()},
        "builtins": {name: id(value) for name, value in vars(builtins).items()},
        "random": (random.getstate(), np.random.get_state()[1].tolist()),  # noqa: NPY002
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "errors": np.geterr(),
        "print": np.get_printoptions(),
        "filters": list(warnings.filters),
        "limit": sys.getrecursionlimit(),
        "trace": (sys.gettrace(), sys.getprofile()),
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "gc": gc.isenabled(),
        "alarm": (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) if POSIX else None,
    }


@pytest.mark.parametrize("alarm", ALARMS)
@pytest.mark.parametrize("name, source, kinds", HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_neither_passes_nor_hangs_nor_leaves_a_trace(name, source, kinds, alarm, monkeypatch):
    if alarm == "trace" and name == "finally loops again":
        pytest.skip("settrace alone cannot stop a loop inside finally; see limits.py")
    monkeypatch.setenv("CLASSROOM_TIME_LIMIT", alarm)
    # pytest's own hook is long Python code, in which the alarm of a destructor's call would go off
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: None)
    answer, before = hostile_answer(source), session()
    result = judge(RELU, answer, 0.15)
    after = session()
    assert not result.ok and result.kind in kinds, result.message
    assert len(result.message) < 2000 and len(result.printed) < 3000
    after["numpy"] = {name: after["numpy"].get(name) for name in before["numpy"]}  # lazy imports may add names
    for what in before:
        assert after[what] == before[what], what


def test_the_readers_globals_defaults_and_attributes_are_given_back():
    source = """
data, count = [1, 2], 0
grid = np.zeros(3)
def relu(z, seen=[]):
    global count, new
    count += 1
    new = 1
    data.append(3)
    grid[:] = 9
    seen.append(1)
    relu.mark = 1
    return np.maximum(z, 0)
"""
    function = hostile_answer(source)
    space = function.__globals__
    assert judge(RELU, function).ok
    assert space["count"] == 0 and "new" not in space and space["data"] == [1, 2]
    assert not space["grid"].any() and function.__defaults__ == ([],) and not hasattr(function, "mark")


def test_a_patched_numpy_of_the_session_stays_and_fools_nobody(monkeypatch):
    liar = lambda *arguments, **options: np.True_  # noqa: E731
    for name in ("abs", "maximum", "asarray", "isfinite", "allclose"):
        monkeypatch.setattr(np, name, liar)
    assert judge(RELU, lambda z: z * (z > 0)).ok
    assert judge(RELU, lambda z: -z).kind == "value"
    assert np.abs is liar and np.allclose is liar


def test_a_real_interrupt_goes_through():
    if not POSIX:
        pytest.skip("sends SIGINT to itself")
    source = "import os, signal\ndef relu(z):\n    os.kill(os.getpid(), signal.SIGINT)\n    return z\n"
    old = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs start with it ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            judge(RELU, hostile_answer(source))
    finally:
        signal.signal(signal.SIGINT, old)
    assert judge(RELU, lambda z: np.maximum(z, 0)).ok


def test_another_timer_of_the_session_goes_on():
    if not POSIX:
        pytest.skip("no timers")
    rang = []
    old = signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    signal.setitimer(signal.ITIMER_REAL, 30)
    try:
        judge(RELU, hostile_answer("def relu(z):\n    while True:\n        pass\n"), 0.1)
        assert 25 < signal.getitimer(signal.ITIMER_REAL)[0] <= 30 and not rang
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def test_it_works_in_a_thread():
    results = []
    answers = [lambda z: np.maximum(z, 0), hostile_answer("def relu(z):\n    while True:\n        pass\n")]
    thread = threading.Thread(target=lambda: results.extend(judge(RELU, answer, 0.2).kind for answer in answers))
    thread.start()
    thread.join(20)
    assert results == ["ok", "timeout"]


def test_the_whole_check_stops_within_five_seconds():
    code = "from classroom.exercises import check\ndef relu(z):\n    while True:\n        pass\ncheck(relu)"
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "stopped after 4 seconds" in done.stdout, done.stderr
    assert SECONDS == 4.0 and time.monotonic() - started < 60


def test_printing_is_shown_shortened():
    result = judge(RELU, hostile_answer("def relu(z):\n    print('hello ' * 10_000)\n    return np.maximum(z, 0)\n"))
    assert result.ok and result.printed.startswith("hello hello") and "characters in all" in result.printed
