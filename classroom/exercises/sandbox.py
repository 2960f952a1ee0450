"""A place to run the reader's function that it cannot get out of, and that leaves the reader's session as it was.

Not a security boundary: code in the same process can always find a way (`os._exit`, reading the solution). It guards
against what learners write by accident, and against every trick that tests/classroom/exercise_answers/hostile.py lists.
"""

import builtins
import contextlib
import copy
import gc
import io
import math
import os
import random
import sys
import time
import warnings
from dataclasses import dataclass
from itertools import repeat
from operator import is_
from typing import Any

import numpy as np

from .limits import TimeLimit, TimeUp, memory_limit
from .values import Misfit, freeze
from .written import line_of_error, line_of_stack, names_used, was_written, written_function

KEPT = 2_000  # characters of output that are kept
MODULES = (builtins, math, random, time, os, np, np.linalg, np.random)
ORIGINALS = [(vars(module), dict(vars(module))) for module in MODULES]


@dataclass
class Outcome:
    """What one call did: `returned` (value is frozen), `raised`, `timeout` or `misfit`."""

    kind: str
    value: Any = None
    error: str = ""  # the exception's name
    sentence: str = ""
    where: str = ""  # "line 3: `return z @ w`"
    arguments: tuple = ()
    seconds: float = 0.0


class Output(io.TextIOBase):
    """Keeps the first characters of what was printed and counts the rest."""

    def __init__(self):
        self.text, self.length = "", 0

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("only text can be printed")
        self.length += len(text)
        if len(self.text) < KEPT:
            self.text = (self.text + text)[:KEPT]
        return len(text)

    def __str__(self):
        return self.text + (f" … ({self.length:,} characters in all)" if self.length > KEPT else "")


def fresh(value):
    """A copy that shares nothing with value; functions stay the same."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(fresh(item) for item in value)
    if type(value) is np.random.Generator:  # a copy by way of its state takes a quarter of deepcopy's time
        bits = value.bit_generator
        copied = type(bits)(np.random.SeedSequence(**bits.seed_seq.state))
        copied.state = bits.state
        return np.random.Generator(copied)
    return value if callable(value) else copy.deepcopy(value)


def put_back(saved, all=all, map=map):  # their own: a reader's function may have replaced them
    """Give the namespaces the entries they had; entries that are new are left alone (lazy imports add some)."""
    for namespace, entries in saved:
        # After each call, and all but always nothing has been touched.
        if all(map(is_, map(namespace.get, entries, repeat(saved)), entries.values())):
            continue
        for name, value in entries.items():
            if namespace.get(name, saved) is not value:
                namespace[name] = value


class Session:
    """`with Session(function, seconds) as session: session.call(function, arguments)`, then all is as before."""

    def __init__(self, function, seconds):
        self.function = function
        self.left = seconds
        self.output = Output()

    def __enter__(self):
        self.patched = [(space, {name: space.get(name) for name in saved}) for space, saved in ORIGINALS]
        put_back(ORIGINALS)
        self.streams = sys.stdin, sys.stdout, sys.stderr
        self.hooks = sys.gettrace(), sys.getprofile(), sys.getrecursionlimit(), gc.isenabled()
        self.random = np.random.get_state(), random.getstate()  # noqa: NPY002 - the global state, to leave as it was
        self.folder, self.environment = self._folder(), dict(os.environ)
        self.printing = np.get_printoptions()
        self.belongings = belongings(self.function)
        self.stack = contextlib.ExitStack()
        self.stack.enter_context(warnings.catch_warnings())
        self.stack.enter_context(np.errstate(all="ignore"))
        self.stack.enter_context(memory_limit())
        self.stack.enter_context(no_pictures())
        warnings.simplefilter("ignore")
        self.first_call()
        return self

    def __exit__(self, *problem):
        self.restore()
        self.stack.close()
        for give_back in self.belongings:
            give_back()
        np.random.set_state(self.random[0])  # noqa: NPY002
        random.setstate(self.random[1])
        put_back(self.patched)

    def run(self, function, cases):
        """The outcome of every case, up to a time-out."""
        self.first_call()
        outcomes = []
        for case in cases:
            outcomes.append(self.call(function, fresh(case)))
            if outcomes[-1].kind == "timeout":
                break
        return outcomes

    def first_call(self):
        """The global random state a pass over the cases starts with: verdicts do not depend on the session."""
        np.random.seed(0)  # noqa: NPY002 - the state that answers may use by mistake
        random.seed(0)

    def restore(self):
        """After each call: what a function may have turned, other than its own belongings."""
        put_back(ORIGINALS)
        sys.stdin, sys.stdout, sys.stderr = self.streams
        trace, profile, depth, collecting = self.hooks
        if sys.gettrace() is not trace:
            sys.settrace(trace)
        if sys.getprofile() is not profile:
            sys.setprofile(profile)
        if sys.getrecursionlimit() != depth:
            sys.setrecursionlimit(depth)
        if gc.isenabled() != collecting:
            (gc.enable if collecting else gc.disable)()
        if self.folder and self._folder() != self.folder:
            os.chdir(self.folder)
        if dict(os.environ) != self.environment:
            os.environ.clear()
            os.environ.update(self.environment)
        np.set_printoptions(**self.printing)

    @staticmethod
    def _folder():
        try:
            return os.getcwd()
        except OSError:
            return None

    def call(self, function, arguments):
        """One guarded call. A real Ctrl-C goes through; everything else becomes an Outcome."""
        result = None
        started = time.monotonic()
        limit = TimeLimit(max(self.left, 0.01))
        try:
            with limit:
                builtins.input, builtins.breakpoint = no_input, no_breakpoint
                sys.stdin, sys.stdout, sys.stderr = io.StringIO(), self.output, self.output
                result = attempt(function, arguments)
        except TimeUp as up:
            limit.over = True
            up.limit = None
            result = Outcome("timeout", where=line_of_stack(limit.stack, function))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # raised by a destructor or a patched built-in on the way out
            result = Outcome("raised", error=type(error).__name__)
        finally:
            self.restore()
            self.left -= time.monotonic() - started
        if limit.over and result.kind != "timeout":  # it swallowed the stop and then returned something
            result = Outcome("timeout", where=line_of_stack(limit.stack, function))
        result.seconds = time.monotonic() - started
        result.arguments = arguments
        return result


@contextlib.contextmanager
def no_pictures():
    """What the answer displays or plots meanwhile does not pile up above the verdict."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    pyplot = sys.modules.get("matplotlib.pyplot")
    open_before = set(pyplot.get_fignums()) if pyplot else set()
    if shell is not None:
        from IPython.core.displaypub import CapturingDisplayPublisher

        publisher, shell.display_pub = shell.display_pub, CapturingDisplayPublisher()
    try:
        yield
    finally:
        if shell is not None:
            shell.display_pub = publisher
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in set(pyplot.get_fignums() if pyplot else ()) - open_before:
            pyplot.close(number)


def no_input(prompt=""):
    raise EOFError("the checker cannot answer input()")


def no_breakpoint(*arguments, **options):
    raise RuntimeError("the checker cannot stop at breakpoint(): take it out")


def attempt(function, arguments):
    try:
        return Outcome("returned", freeze(function(*arguments)))
    except TimeUp:
        raise
    except Misfit as misfit:
        return Outcome("misfit", error=misfit.kind, sentence=misfit.sentence)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not was_written(error, function):
            raise
        where = line_of_error(error, function)
        try:
            sentence = str(error)[:300].strip()
        except Exception:
            sentence = ""
        return Outcome("raised", error=type(error).__name__, sentence=sentence, where=where)


def belongings(function):
    """Restoring calls for all that the function could keep something in: globals, defaults, closure, attributes."""
    function = written_function(function)
    if function is None:
        return []
    space = function.__globals__
    kept = [keep(space)]
    things = [space[name] for name in names_used(function.__code__) if name in space]
    things += list(function.__defaults__ or ()) + list((function.__kwdefaults__ or {}).values())
    things += [vars(function)]
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):
            kept.append(keep_cell(cell))
            things.append(cell.cell_contents)
    return kept + [restorer for thing in things if (restorer := keep(thing))]


def keep_cell(cell):
    content = cell.cell_contents

    def give_back():
        cell.cell_contents = content

    return give_back


def keep(thing):
    """A call that gives a plain container or array its content back, or None for other things."""
    if type(thing) is dict:
        entries = dict(thing)

        def give_back():
            for name in [name for name in thing if name not in entries]:
                del thing[name]
            thing.update(entries)

    elif type(thing) in (list, bytearray):
        entries = thing[:]

        def give_back():
            thing[:] = entries

    elif type(thing) is set:
        entries = set(thing)

        def give_back():
            thing.clear()
            thing.update(entries)

    elif type(thing) is np.ndarray and thing.flags.writeable and thing.size <= 10**6:
        entries = thing.copy()

        def give_back():
            thing[...] = entries

    else:
        return None
    return give_back
