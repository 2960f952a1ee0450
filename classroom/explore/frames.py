"""Draw every frame of a figure, on every core there is, and pack them."""

import base64
import json
import os
import select
import signal
import sys
import time
import zlib

from .differences import pack, table
from .handles import numbered
from .render import prefixed

WORTH_A_FORK = 24  # fewer frames are drawn sooner than a second process starts
PATIENCE = 20  # seconds that a child may take longer than three times what its parent took for as many frames


def draw_all(explored):
    """`(tree, sentence, packed)`: the first picture, its ids the figure's own, and what differs from it elsewhere."""
    tree, said, _ = explored.draw_first()
    if not explored.parameters:
        return prefixed(tree, f"{explored.id}-"), said, ""
    data = payload(explored, tree, draw_frames(explored, explored.settings()))
    return tree, said, squeeze(data)


def payload(explored, first, drawn):
    """What the page needs to show any frame, ready for JSON; gives the first tree its ids and its empty groups."""
    trees = [prefixed(tree, f"{explored.id}-") for tree in (first, *(frame[0] for frame in drawn))]
    names = [p.name for p in explored.parameters]
    handles = []
    kept = [numbered(frame[2]) for frame in drawn]
    for key in dict.fromkeys(key for frame in kept for key in frame):
        places = [tuple(frame[key][1:3]) if key in frame else (None, None) for frame in kept]
        example = next(frame[key] for frame in kept if key in frame)
        places, order = table(places)
        handles.append(
            {"moves": [names.index(n) for n in example[0]], "box": example[3], "places": places, "order": order}
        )
    says, order = table([frame[1] for frame in drawn])
    return {"says": says, "order": order, "handles": handles, **pack(trees)}


def squeeze(data):
    """JSON, deflated, in base64."""
    raw = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.b64encode(zlib.compress(raw, 9)).decode()


# ------------------------------------------------------------------------------------------------- on every core


def cores():
    """How many processes may draw at once: `CLASSROOM_CORES`, or all cores; one where processes cannot be forked."""
    if not hasattr(os, "fork") or sys.platform in ("darwin", "emscripten"):
        return 1
    if given := os.environ.get("CLASSROOM_CORES"):
        return max(1, int(given))
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def draw_frames(explored, settings):
    """The frames for these settings, in order. Children draw a share each; what a child fails to do is done here."""
    count = min(cores(), len(settings) // WORTH_A_FORK + 1)
    children = [Child(explored, settings[k::count]) for k in range(1, count)]
    try:
        start = time.monotonic()
        shares = [[explored.draw(values) for values in settings[::count]]]
        limit = time.monotonic() + PATIENCE + 3 * (time.monotonic() - start)
        for k, child in enumerate(children, 1):
            shares.append(child.share(limit) or [explored.draw(values) for values in settings[k::count]])
    finally:
        for child in children:
            child.end()
    return [shares[i % count][i // count] for i in range(len(settings))]


class Child:
    """A forked process that draws some frames and sends them through a pipe.

    A kernel has threads, and a fork of a process with threads may hang on a lock that one of them held. So nobody
    waits for a child without a limit.
    """

    def __init__(self, explored, settings):
        self.pipe, writer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid:
            os.close(writer)
            return
        try:  # the child: it must never return into the caller's program
            os.close(self.pipe)
            data = json.dumps([explored.draw(values) for values in settings], ensure_ascii=False).encode()
            with os.fdopen(writer, "wb") as stream:
                stream.write(zlib.compress(data, 1))
        except BaseException:
            pass  # an empty answer: the parent draws these frames and meets the error
        finally:
            os._exit(0)

    def share(self, limit):
        """Its frames, or None if it failed or has not sent them all by the time `limit`."""
        sent = []
        while select.select([self.pipe], [], [], max(0, limit - time.monotonic()))[0]:
            if piece := os.read(self.pipe, 1 << 16):
                sent.append(piece)
                continue
            try:
                return json.loads(zlib.decompress(b"".join(sent)))
            except zlib.error:  # it ended half way
                return None
        return None

    def end(self):
        """End it, whatever it is doing."""
        os.close(self.pipe)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
