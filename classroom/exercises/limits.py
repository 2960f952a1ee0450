"""A time limit that stops a function which does not stop by itself, on every platform a reader may use.

Three alarms, the first that works here: a repeating POSIX timer; `sys.monitoring` (Python 3.12 and later: Windows, the
browser, threads); `sys.settrace`. Each raises `TimeUp` again and again until the function has ended, so that
`except BaseException: pass` in a loop does not swallow the stop. What no alarm reaches is one long operation inside C
code (`sum(range(10**12))`), and, with settrace only, an endless loop inside `finally`.
"""

import contextlib
import os
import signal
import sys
import threading
import time

TICK = 0.01  # seconds between two stops by the timer, once the limit is over
PATIENCE = 20  # steps without a line that are waited out, to stop where there is one to show
EVERY_STEP = sys.version_info < (3, 12)  # there, `while True: pass` on one line is a single line event
OWN = os.path.dirname(__file__) + os.sep  # where no call lasts for ever: there a look as each begins is enough


class TimeUp(BaseException):
    """Raised inside the function when its time is over; not an Exception, so that `except Exception` lets it pass."""

    limit = None

    def __del__(self):
        # Swallowed by the function's own `except`: Python switches tracing off after a trace function has raised,
        # so it is switched on again at the moment the swallowed exception disappears.
        limit = self.limit
        if limit is not None and limit.active:
            limit.trace_running_frames()


class Timer:
    """SIGALRM, once the time is over and then every TICK."""

    def __init__(self, limit):
        self.handler = signal.signal(signal.SIGALRM, limit.tick)
        self.started = time.monotonic()
        self.rest, self.interval = signal.setitimer(signal.ITIMER_REAL, max(limit.seconds, 1e-3), TICK)

    def stop(self):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler if self.handler is not None else signal.SIG_DFL)
        if self.rest:  # somebody else's timer goes on where it was
            left = self.rest - (time.monotonic() - self.started)
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), self.interval)

    @staticmethod
    def works():
        return (
            sys.platform not in ("win32", "emscripten", "wasi")
            and hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()
        )


class Monitor:
    """A look at the clock before each line, each jump and each call; in this package's own code, before each call."""

    def __init__(self, limit):
        monitoring = sys.monitoring
        self.tool = next(tool for tool in (4, 3) if monitoring.get_tool(tool) is None)
        monitoring.use_tool_id(self.tool, "classroom.exercises")
        events = monitoring.events
        self.events = {events.LINE: limit.step, events.JUMP: limit.step} | dict.fromkeys(
            (events.PY_START, events.PY_RESUME), limit.look
        )
        for event, act in self.events.items():
            monitoring.register_callback(self.tool, event, act)
        monitoring.set_events(self.tool, sum(self.events))

    def stop(self):
        monitoring = sys.monitoring
        monitoring.set_events(self.tool, 0)
        for event in self.events:
            monitoring.register_callback(self.tool, event, None)
        monitoring.free_tool_id(self.tool)

    @staticmethod
    def works():
        return hasattr(sys, "monitoring") and None in map(sys.monitoring.get_tool, (4, 3))


class Tracer:
    """The same look at the clock by sys.settrace."""

    def __init__(self, limit):
        sys.settrace(limit.trace)

    def stop(self):
        """TimeLimit puts the session's trace function back."""

    @staticmethod
    def works():
        return True


def alarms():
    """The kinds of alarm to choose from; CLASSROOM_TIME_LIMIT=monitor or =trace leaves the first ones out (tests)."""
    first = {"monitor": 1, "trace": 2}.get(os.environ.get("CLASSROOM_TIME_LIMIT"), 0)
    return [Timer, Monitor, Tracer][first:]


class TimeLimit:
    """`with TimeLimit(seconds) as limit: ...` raises TimeUp inside the block; `limit.over` tells afterwards."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.active = False
        self.over = False
        self.waited = 0
        self.stack = []  # (code, globals, line) of the frames that the first alarm met, innermost first

    def __enter__(self):
        self.deadline = time.monotonic() + self.seconds
        self.thread = threading.get_ident()
        self.tracer = sys.gettrace()
        self.first_frame = sys._getframe(1)
        self.active = True
        self.alarm = next(kind for kind in alarms() if kind.works())(self)
        return self

    def __exit__(self, kind, error, traceback):
        self.active = False
        sys.settrace(self.tracer)
        self.alarm.stop()
        self.over = self.over or time.monotonic() > self.deadline

    def spares(self, code):
        """No alarm raises in this file or in the frame that holds the `with`: its end is always reached."""
        return code is self.first_frame.f_code or code.co_filename == __file__

    def stop(self, frame):
        """The exception to raise in frame; the first one remembers where that was."""
        if not self.over:
            while frame is not None and frame is not self.first_frame:
                self.stack.append((frame.f_code, frame.f_globals, frame.f_lineno))
                frame = frame.f_back
        self.over = True
        error = TimeUp()
        error.limit = self
        return error

    def tick(self, number, frame):
        if self.active and not self.spares(frame.f_code):
            self.trace_running_frames()
            if self.is_nowhere(frame):
                return  # the tracing stops it one step further
            raise self.stop(frame)

    def is_nowhere(self, frame):
        """Is it at a step that the compiler added and that has no line? Waiting for the next one has an end."""
        self.waited += frame.f_lineno is None
        return frame.f_lineno is None and self.waited < PATIENCE

    def look(self, code, *where):
        if self.active and time.monotonic() > self.deadline and not self.spares(code):
            frame = sys._getframe(1)
            if threading.get_ident() == self.thread and not self.is_nowhere(frame):
                raise self.stop(frame)

    def step(self, code, *where):
        """The same, but never again at this step where it is one of this package's own."""
        if code.co_filename.startswith(OWN):
            return sys.monitoring.DISABLE
        return self.look(code, *where)

    def trace(self, frame, event, argument):
        if self.spares(frame.f_code):
            return None
        if self.active and time.monotonic() > self.deadline and not self.is_nowhere(frame):
            raise self.stop(frame)
        if frame.f_code.co_filename.startswith(OWN):
            return None
        frame.f_trace_opcodes = EVERY_STEP
        return self.trace

    def trace_running_frames(self):
        if isinstance(self.alarm, Monitor):
            return
        frame = sys._getframe(1)
        while frame is not None and frame is not self.first_frame:
            if not self.spares(frame.f_code):
                frame.f_trace = self.trace
                frame.f_trace_opcodes = EVERY_STEP
            frame = frame.f_back
        sys.settrace(self.trace)


@contextlib.contextmanager
def memory_limit(extra=2**30):
    """At most `extra` bytes more than now, so that a huge array is a MemoryError and not a frozen machine (Linux)."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limits = [n for n in (used + extra, soft, hard) if n != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
