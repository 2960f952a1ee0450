"""Draw every frame of a figure, on every core there is, and pack them."""

import base64
import json
import os
import sys
import zlib

from . import page
from .differences import pack, table
from .parameters import ExploreError

WORTH_A_FORK = 24  # fewer frames are drawn sooner than a second process starts


def frames(figure):
    """`{"first": svg, "said": caption, "packed": every frame}` of a figure."""
    tree, said, handles = figure.draw()
    again = figure.draw()
    if [tree, said] != list(again[:2]):
        raise ExploreError(
            f"{figure.name} draws another picture each time: make its random numbers inside the "
            f"function, from a fixed seed: `np.random.default_rng(0)`."
        )
    if not figure.parameters:
        return {"first": page.picture(figure, tree), "said": said, "packed": ""}
    packed = squeeze(payload(figure, tree, draw_frames(figure, figure.settings())))
    return {"first": page.picture(figure, tree, prefix=False), "said": said, "packed": packed}


def numbered(handles):
    """A frame's handles by what they move, and a number where several move the same; a frame may lack some."""
    found = {}
    for handle in handles:
        names = tuple(handle[0])
        found[names, sum(key[0] == names for key in found)] = handle
    return found


def payload(figure, first, drawn):
    """What the page needs to show any frame, ready for JSON."""
    from .render import prefixed

    trees = [prefixed(tree, f"{figure.id}-") for tree in (first, *(frame[0] for frame in drawn))]
    names = [p.name for p in figure.parameters]
    handles = []
    kept = [numbered(frame[2]) for frame in drawn]
    for key in dict.fromkeys(key for frame in kept for key in frame):
        places = [tuple(frame[key][1:3]) if key in frame else (None, None) for frame in kept]
        example = next(frame[key] for frame in kept if key in frame)
        for name in example[0]:
            if name not in names:
                raise ExploreError(f"{figure.name}: drag(...) moves {name!r}, which is not one of its parameters.")
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


def unsqueeze(text):
    """The inverse of `squeeze`."""
    return json.loads(zlib.decompress(base64.b64decode(text)))


# ------------------------------------------------------------------------------------------------- on every core


def cores():
    """How many processes may draw at once: one where processes cannot be forked."""
    if os.environ.get("CLASSROOM_CORES"):
        return int(os.environ["CLASSROOM_CORES"])
    if not hasattr(os, "fork") or sys.platform in ("darwin", "emscripten"):
        return 1
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def draw_frames(figure, settings):
    """The frames for these settings, in order. Children draw a share each; what a child fails to do is done here."""
    count = min(cores(), len(settings) // WORTH_A_FORK + 1)
    children = [_child(figure, settings[k::count]) for k in range(1, count)]
    shares = [[figure.draw(values) for values in settings[::count]]]
    for k, (pid, pipe) in enumerate(children, 1):
        with os.fdopen(pipe, "rb") as stream:
            sent = stream.read()
        os.waitpid(pid, 0)
        share = json.loads(zlib.decompress(sent)) if sent else None
        shares.append(share or [figure.draw(values) for values in settings[k::count]])
    return [shares[i % count][i // count] for i in range(len(settings))]


def _child(figure, settings):
    """Fork a process that draws some frames and sends them through a pipe: `(its id, the pipe's end)`."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    try:  # the child: it must never return into the caller's program
        os.close(reader)
        data = json.dumps([figure.draw(values) for values in settings], ensure_ascii=False).encode()
        with os.fdopen(writer, "wb") as stream:
            stream.write(zlib.compress(data, 1))
    except BaseException:
        pass  # an empty answer: the parent draws these frames and meets the error
    finally:
        os._exit(0)
