"""What is done outlives the kernel: one small JSON file beside the notebooks, which is never sent anywhere.

Each chapter has a kernel of its own and several may run at once, so every save reads the file again and adds to it.
A file that cannot be read or written never breaks a check; one that a later edition wrote is left alone.
`CLASSROOM_PROGRESS=path` puts it elsewhere, `CLASSROOM_PROGRESS=off` keeps none. The browser's Python keeps none: its
files do not outlive the page.
"""

import contextlib
import json
import os
import pathlib
import sys
import tempfile
import time

NAME = ".progress.json"
VERSION = 1
START = pathlib.Path(os.path.abspath(os.curdir))  # where the notebook lies, however its code may move about later
PATIENCE = 1.0  # seconds that one kernel waits for another


def place():
    """The path of the file, or None where nothing is kept."""
    named = os.environ.get("CLASSROOM_PROGRESS", "")
    if named == "off" or (not named and sys.platform in ("emscripten", "wasi")):
        return None
    return pathlib.Path(named) if named else START / NAME


def read():
    """(ids of the exercises done, whether this edition may write the file)."""
    path = place()
    if path is None:
        return set(), False
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version, done = content["version"], content["done"]
        ours = isinstance(version, int) and version <= VERSION
        return {id for id in done if isinstance(id, str)} if ours else set(), ours
    except FileNotFoundError:
        return set(), True
    except OSError:
        return set(), False
    except (ValueError, TypeError, KeyError):  # not what was written here: begun anew
        return set(), True


def add(ids):
    """Add the ids to those in the file; returns all of them, kept or not."""
    done, ours = read()
    if not ours or set(ids) <= done:
        return done | set(ids)
    try:
        with lock(place()):
            done, ours = read()
            if ours:
                write(place(), done | set(ids))
    except OSError:
        pass  # a folder that cannot be written to: the session remembers, the file does not
    return done | set(ids)


def write(path, done):
    """All or nothing: a new file takes the old one's place."""
    handle, name = tempfile.mkstemp(prefix=NAME, dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8") as file:
            json.dump({"version": VERSION, "done": sorted(done)}, file, indent=1)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


@contextlib.contextmanager
def lock(path):
    """One kernel at a time; a lock that a dead kernel left behind is broken after a moment."""
    guard, give_up = path.with_name(path.name + ".lock"), time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(guard, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > give_up:
                break
            time.sleep(0.01)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(guard)
