"""The student's process: started where it sees Python, NumPy and nnlib and nothing else, and bounded in every way.

With bubblewrap (Linux) it has no network, no other process and no file of this machine, and writes only to a small
folder in memory, which goes with it. Without bubblewrap it is refused unless the caller says `unsafe`: then only the
bounds of `student.py` hold, and a cell can read what you can read.
"""

import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import tqdm

from classroom.exercises.sandbox import Outcome
from classroom.sentence import Sentence

from .wire import Closed, Garbled, Late, no_function, pack, receive, send, states, unpack

ROOT = Path(__file__).parent.parent
ENGINE = ("limits", "sandbox", "values", "written")  # how a function is called; nothing of what it should give
LIMITS = {
    "seconds": 8,  # of computing, for one exercise with all its calls
    "patience": 60,  # seconds on the clock, for one that sleeps
    "memory": 2 * 2**30,
    "file": 2**24,
    "processes": 64,
}
STARTING = 120  # seconds on the clock, on a machine that has much to do
VARIABLES = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"}


class Refused(Sentence):
    """Nothing can be run here; nothing is wrong with the submission."""


class Ended(Exception):
    """The student's process did not give a result: `timeout` or `died`."""

    def __init__(self, kind, sentence):
        super().__init__(sentence)
        self.kind, self.sentence = kind, sentence


def contents():
    """{name in the room: path on this machine}: all that the student's process has beside Python."""
    site = Path(numpy.__file__).parent.parent
    room = {name: site / name for name in ("numpy", "numpy.libs") if (site / name).exists()}
    room |= {"tqdm": Path(tqdm.__file__).parent, "nnlib": ROOT / "nnlib"}
    room |= {f"classroom/exercises/{name}.py": ROOT / "classroom" / "exercises" / f"{name}.py" for name in ENGINE}
    return room | {name: ROOT / "grading" / name for name in ("student.py", "wire.py")}


def bubblewrap(python):
    """The command that runs `student.py` with nothing else around it."""
    command = ["bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    command += ["--die-with-parent", "--new-session", "--hostname", "room", "--clearenv"]
    for name, value in VARIABLES.items():
        command += ["--setenv", name, value]
    command += ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/lib", "/lib64"):
        if os.path.islink(name):
            command += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            command += ["--ro-bind", name, name]
    for name in {os.path.realpath(sys.base_prefix), os.path.abspath(sys.base_prefix)}:
        if not name.startswith("/usr"):
            command += ["--ro-bind", name, name]
    command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--size", str(2**26), "--tmpfs", "/tmp"]
    for name, path in contents().items():
        command += ["--ro-bind", str(path.resolve()), f"/room/{name}"]
    return [*command, "--remount-ro", "/", "--chdir", "/tmp", python, "-I", "-S", "/room/student.py"]


@functools.cache
def open_room():
    """The same without bubblewrap: a folder that leads to the room's contents."""
    folder = tempfile.TemporaryDirectory(prefix="room-")
    for name, path in contents().items():
        place = Path(folder.name) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(path.resolve())
    return folder


def command(unsafe):
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    if unsafe:
        return [python, "-I", "-S", str(Path(open_room().name) / "student.py")]
    if not shutil.which("bwrap"):
        raise Refused(
            "There is no bubblewrap (bwrap) here, so a submission could read your files and use the network. "
            "Install it, or say --unsafe where that does no harm: in a container that is thrown away."
        )
    return bubblewrap(python)


class Student:
    """`with Student() as student: student.begin(...)`: one process tree, gone at the end, whatever ran in it."""

    def __init__(self, unsafe=False, limits=LIMITS):
        self.limits = limits
        self.process = subprocess.Popen(
            command(unsafe),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=VARIABLES | {"PATH": os.environ.get("PATH", os.defpath)}, start_new_session=True,
        )  # fmt: skip
        self.requests, self.replies = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.requests, False)
        try:
            receive(self.replies, time.monotonic() + STARTING)
        except (Closed, Late, Garbled):
            self.close()
            said = self.process.stderr.read().decode(errors="replace").strip().splitlines()
            raise Refused(f"The student's process does not start: {said[-1] if said else 'no word of why'}") from None

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.close()

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def begin(self, name, is_function, setup, cells):
        """Run the cells of one exercise, in a process of its own; what it says of the name they should define."""
        self.deadline = time.monotonic() + self.limits["patience"]
        request = {"name": name, "is_function": is_function, "setup": setup, "cells": cells, "limits": self.limits}
        return self.asked(request)

    def first_call(self):
        self.asked({"begin": True}, answers=False)

    def call(self, arguments):
        """The Outcome of one call of the function."""
        functions = []
        reply = self.asked({"arguments": pack(tuple(arguments), functions)})
        while "calls" in reply:
            reply = self.asked(self.called_back(functions, reply))
        try:
            left = [unpack(part) for part in reply["arguments"]] or arguments
            return Outcome(
                kind={"returned": "returned", "misfit": "misfit", "timeout": "timeout"}.get(reply["kind"], "raised"),
                value=unpack(reply["value"]),
                error=str(reply["error"])[:100],
                sentence=str(reply["said"])[:300],
                where=str(reply["where"])[:200],
                arguments=tuple(in_place(*pair) for pair in zip(arguments, left, strict=True)),
            )
        except (Garbled, KeyError, TypeError, ValueError):
            raise garbled() from None

    def called_back(self, functions, reply):
        """The answer to a call of one of the functions that stay on this side."""
        try:
            given = unpack(reply["arguments"], no_function)
            value = functions[reply["calls"]](*given)
            return {"value": pack(value), "states": states(given)}  # what it has drawn is drawn on the other side, too
        except Garbled:
            raise garbled() from None
        except Exception as error:
            return {"error": type(error).__name__, "said": str(error)[:300]}

    def end(self):
        """The exercise is over. Whether its process has ended as it should; if not, this Student is of no more use."""
        try:
            send(self.requests, {"end": True}, self.deadline)
            return receive(self.replies, self.deadline).get("ended") == 0
        except (Closed, Late, Garbled, AttributeError):
            return False

    def asked(self, message, answers=True):
        try:
            send(self.requests, message, self.deadline)
            reply = receive(self.replies, self.deadline) if answers else {}
        except Late:
            raise late() from None
        except Closed:
            raise Ended("died", "its process ended") from None
        except Garbled:
            raise garbled() from None
        if type(reply) is not dict:
            raise garbled()
        if "ended" in reply:
            raise late() if reply.get("late") is True else Ended("died", "its process ended before it gave a result")
        return reply


def late():
    """One sentence, whichever clock it was: how much else the machine had to do is nobody's verdict."""
    return Ended("timeout", "it did not end in time")


def garbled():
    return Ended("died", "what its process sent back is no result")


def in_place(before, after):
    """An argument as a call left it; what it could not change, it did not."""
    if after is None or callable(before):
        return before
    if type(after) is not type(before):
        raise Garbled("an argument came back as something else")
    return after
