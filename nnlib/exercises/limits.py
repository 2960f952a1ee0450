"""A time limit that stops a function which does not stop by itself, on every platform a reader may use.

On POSIX a repeating timer raises `TimeUp` inside the running function. Elsewhere (Windows, the browser, a thread)
a trace function looks at the clock before every line. Both raise again and again, so that `except BaseException: pass`
in a loop does not swallow the stop. One long operation inside C code (`sum(range(10**12))`) has no line to stop at:
nothing inside the same process can end it.
"""

import contextlib
import os
import signal
import sys
import threading
import time

TICK = 0.01  # seconds between two stops, once the limit is over


class TimeUp(BaseException):
    """Raised inside the function when its time is over; not an Exception, so that `except Exception` lets it pass."""

    limit = None

    def __del__(self):
        # Swallowed by the function's own `except`: Python switches tracing off after a trace function has raised,
        # so it is switched on again at the moment the swallowed exception disappears.
        limit = self.limit
        if limit is not None and limit.active:
            limit.trace_running_frames()


def has_timer():
    """True where a POSIX timer can interrupt the running function: the main thread of a system that has signals."""
    return (
        sys.platform not in ("win32", "emscripten", "wasi")
        and hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and os.environ.get("NNLIB_TIME_LIMIT") != "trace"
    )


class TimeLimit:
    """`with TimeLimit(seconds) as limit: ...` raises TimeUp inside the block; `limit.over` tells afterwards."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.active = False
        self.over = False

    def __enter__(self):
        self.started = time.monotonic()
        self.deadline = self.started + self.seconds
        self.tracer = sys.gettrace()
        self.first_frame = sys._getframe(1)
        self.active = True
        self.timer = has_timer()
        if self.timer:
            self.handler = signal.signal(signal.SIGALRM, self.tick)
            self.rest, self.interval = signal.setitimer(signal.ITIMER_REAL, max(self.seconds, 1e-3), TICK)
        else:
            sys.settrace(self.trace)
        return self

    def __exit__(self, kind, error, traceback):
        while True:
            try:
                self.active = False
                break
            except TimeUp:  # the timer rang between the block and this line
                continue
        sys.settrace(self.tracer)
        if self.timer:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self.handler if self.handler is not None else signal.SIG_DFL)
            if self.rest:  # somebody else's timer goes on where it was
                left = self.rest - (time.monotonic() - self.started)
                signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), self.interval)
        self.over = self.over or time.monotonic() > self.deadline

    def stop(self):
        self.over = True
        error = TimeUp()
        error.limit = self
        return error

    def tick(self, number, frame):
        if self.active:
            self.trace_running_frames()
            raise self.stop()

    def trace(self, frame, event, argument):
        if self.active and time.monotonic() > self.deadline:
            raise self.stop()
        return self.trace

    def trace_running_frames(self):
        frame = sys._getframe(1)
        while frame is not None and frame is not self.first_frame:
            if frame.f_code.co_filename != __file__:
                frame.f_trace = self.trace
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
