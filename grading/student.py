"""What runs inside: it runs the cells of a notebook and calls the function they define, and hands back only data.

It holds no expected results, no list of wrong answers, no verdict. Each exercise gets a process of its own, forked from
this one, which has nothing but NumPy and nnlib loaded: a cell that ends the process, or fills its memory, ends one
exercise.
"""

import ctypes
import importlib.abc
import importlib.machinery
import linecache
import os
import platform
import random
import re
import resource
import signal
import struct
import sys
import types

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)

counted = random.Random(0)
random._urandom = counted.randbytes  # an answer that draws numbers of its own gets one verdict, not a new one a run

import numpy as np  # noqa: E402
from wire import Closed, Garbled, pack, receive, send, unpack  # noqa: E402

import nnlib  # noqa: E402
from classroom.exercises.sandbox import Outcome, Session  # noqa: E402
from classroom.exercises.values import freeze  # noqa: E402

ABSENT = ("classroom", "matplotlib", "IPython", "ipywidgets")  # what draws: here a stand-in does nothing
TOO_LARGE = "It gives more numbers than anybody asked for."


# --- what a cell may do -----------------------------------------------------------------------------------------------


class Nothing:
    """Stands for whatever a figure needs: it can be called, and has every attribute."""

    def __call__(self, *arguments, **options):
        return self

    def __iter__(self):
        return iter(())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules that draw, and the `classroom` of a chapter's first cell, with its `check`."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        nothing = Nothing()
        module.__getattr__ = lambda name: getattr(nothing, name)
        return module

    def exec_module(self, module):
        pass


# Of the system calls that make a process or a socket, these are refused; `clone` may still make a thread.
CALLS = {"x86_64": (0xC000003E, [57, 58, 41], 56, 435), "aarch64": (0xC00000B7, [198], 220, 435)}
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # REFUSE: "operation not permitted"
UNKNOWN = 0x00050026  # "no such system call", after which the C library falls back from clone3 to clone
CLONE_THREAD = 0x00010000


def no_new_process():
    """A seccomp filter for this process: no process beside it (a fork bomb ends at its first fork), and no socket."""
    if platform.machine() not in CALLS:
        return False
    architecture, refused, clone, clone3 = CALLS[platform.machine()]
    load, equal, has, give = 0x20, 0x15, 0x45, 0x06
    steps = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, KILL), (load, 0, 0, 0)]
    steps += [(equal, 0, 1, clone3), (give, 0, 0, UNKNOWN)]
    for number in refused:
        steps += [(equal, 0, 1, number), (give, 0, 0, REFUSE)]
    steps += [(equal, 0, 3, clone), (load, 0, 0, 16), (has, 1, 0, CLONE_THREAD), (give, 0, 0, REFUSE)]
    steps += [(give, 0, 0, ALLOW)]
    if architecture == 0xC000003E:  # the 32-bit numbers of the same calls
        steps[4:4] = [(0x35, 0, 1, 0x40000000), (give, 0, 0, KILL)]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code)
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(held)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(38, 1, 0, 0, 0) or prctl(22, 2, program, 0, 0):
        raise OSError(ctypes.get_errno(), "the system calls could not be limited")
    return True


def limit(limits):
    """Bounds for this process and what it starts: seconds of computing, bytes of memory, bytes of a file."""
    bounds = [
        (resource.RLIMIT_CPU, limits["seconds"], limits["seconds"] + 1),
        (resource.RLIMIT_AS, limits["memory"], limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["file"], limits["file"]),
        (resource.RLIMIT_CORE, 0, 0),
    ]
    for what, soft, hard in bounds:
        try:
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError):
            if sys.platform == "linux":
                raise
    if sys.platform == "linux" and not no_new_process():
        resource.setrlimit(resource.RLIMIT_NPROC, (limits["processes"], limits["processes"]))


# --- one exercise -----------------------------------------------------------------------------------------------------


def surroundings(setup):
    """The namespace that the cells start in: NumPy, nnlib's public names, what the exercise brings."""
    space = {"__name__": "__main__", "np": np, "nnlib": nnlib}
    space |= {name: getattr(nnlib, name) for name in nnlib.__all__}
    space |= {name: Nothing() for name in ("check", "hint", "solution", "progress", "ask", "explore")}
    exec(compile(setup, "<setup>", "exec"), space)
    return space


def run(cells, space):
    """Run the cells; the sentence of the last error, or ""."""
    said = ""
    for number, source in cells:
        file = f"<cell {number}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        try:
            exec(compile(source, file, "exec"), space)
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"[:300]
    return said


def exercise(request, requests, replies):
    limit(request["limits"])
    space = surroundings(request["setup"])
    brought = space.get(request["name"])
    said = run(request["cells"], space)
    found = space.get(request["name"], Ellipsis)
    defined = request["name"] in space and found is not brought
    if not request["is_function"]:
        send(replies, {"defined": defined, "said": said, "value": safely(found) if defined else None})
        receive(requests)  # the word that it is over
        return
    send(replies, {"defined": defined, "said": said, "callable": callable(found)})

    def stand_in(number, doc):
        def function(*arguments):
            given = tuple(a if isinstance(a, np.random.Generator) else freeze(a) for a in arguments)
            send(replies, {"calls": number, "arguments": pack(given, [])})
            answer = receive(requests)
            if "error" in answer:
                raise {"TypeError": TypeError, "ValueError": ValueError}.get(answer["error"], Exception)(answer["said"])
            for argument, state in zip(arguments, answer["states"], strict=True):
                if state is not None:
                    argument.bit_generator.state = state
            return unpack(answer["value"])

        function.__doc__ = doc
        return function

    with Session(found, request["limits"]["patience"]) as session:
        while True:
            asked = receive(requests)
            if "arguments" in asked:
                outcome = session.call(found, unpack(asked["arguments"], stand_in))
                send(replies, told(outcome))
            elif "begin" in asked:
                session.first_call()
            else:
                return


def safely(value):
    try:
        return pack(freeze(value))
    except BaseException:
        return {"opaque": type(value).__name__}


def told(outcome):
    """An Outcome as data, with what the call left of the arguments it could have changed."""
    try:
        value = pack(outcome.value)
    except Garbled:
        outcome, value = Outcome("misfit", error="shape", sentence=TOO_LARGE, arguments=outcome.arguments), None
    try:
        arguments = [
            pack(freeze(argument)) if isinstance(argument, np.ndarray | dict | list) else None
            for argument in outcome.arguments
        ]
    except Exception as error:
        outcome, value, arguments = Outcome("raised", error=type(error).__name__), None, []
    said = re.sub(r"0x[0-9a-f]{6,}", "0x…", outcome.sentence)  # an address is another one each time
    return {
        "kind": outcome.kind, "value": value, "error": outcome.error, "said": said,
        "where": outcome.where, "arguments": arguments, "seconds": outcome.seconds,
    }  # fmt: skip


def too_long(status, used, limits):
    """Has the bound on computing ended it? Who ignores its signal is killed a second later."""
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    busy = used.ru_utime + used.ru_stime > limits["seconds"] / 2  # two clocks of the kernel, which may differ
    return ended == signal.SIGXCPU or (ended == signal.SIGKILL and busy)


def main():
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(4, 0, 0, 0, 0):
        raise OSError("this process could not be closed to its children")  # by ptrace, or through /proc/…/mem
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    for name in [name for name in sys.modules if name.partition(".")[0] == "classroom"]:
        del sys.modules[name]  # a cell gets a stand-in: nothing of the engine is there to be patched
    sys.meta_path.insert(0, StandIns())
    send(replies, {"ready": True})
    while True:
        try:
            request = receive(requests)
        except Closed:
            return
        child = os.fork()
        if child == 0:
            try:
                exercise(request, requests, replies)
            finally:
                os._exit(0)
        _, status, used = os.wait4(child, 0)
        send(replies, {"ended": status, "late": too_long(status, used, request["limits"])})


if __name__ == "__main__":
    main()
