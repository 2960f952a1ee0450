"""Whatever a cell tries, it earns nothing, harms nothing, and takes no other exercise with it."""

import json
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from classes import EXERCISES, RIGHT, TARGET, kinds, points, solved
from conftest import QUICK
from hostile import HOSTILE

from grading import sandbox


@pytest.fixture(scope="module")
def listener():
    """A server on this machine that remembers who came."""
    came = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen():
        while True:
            try:
                came.append(server.accept()[1])
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], came
    server.close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """Another student's file; it holds what the first case asks for."""
    path = tmp_path_factory.mktemp("bob") / "answer.txt"
    path.write_text("2")
    path.chmod(0o666)
    return path


def processes():
    """The Pythons of this machine that run student.py."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append((path.parent.name, path.read_bytes()))
        except OSError:
            continue
    return [name for name, line in found if b"/room/student.py" in line and str(os.getpid()).encode() in children(name)]


def children(name):
    """The ids of the processes that a process comes from, as bytes."""
    chain = []
    while name not in ("0", ""):
        chain.append(name.encode())
        try:
            name = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            break
    return chain


@pytest.mark.parametrize("name, source, allowed", HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_it_earns_nothing_and_takes_nothing_with_it(name, source, allowed, grade, listener, secret):
    port, came = listener
    source = source.replace("{secret}", str(secret)).replace("{port}", str(port)).replace("{{", "{").replace("}}", "}")
    started = time.monotonic()
    limits = QUICK | ({"patience": 5} if name == "sleeps" else {})
    result = grade(solved(**{TARGET: source}), limits=limits)
    entry = {entry["exercise"]: entry for entry in result["exercises"]}[TARGET]
    assert entry["kind"] in allowed, entry
    if "LookupError" in source:  # it looked, and found nothing
        assert "LookupError" in entry["message"], entry
    unjudged = entry["kind"] in ("timeout", "died")
    assert entry["points"] == (None if unjudged else 0)
    assert result["status"] == (entry["kind"] if unjudged else "graded")
    assert result["score"] == (None if unjudged else len(EXERCISES) - 1)
    assert [kind for id, kind in kinds(result).items() if id != TARGET] == ["ok"] * (len(EXERCISES) - 1)
    assert len(entry["message"]) < 1500 and "classroom" not in entry["message"]
    assert not came and secret.read_text() == "2"
    assert not processes() and not Path("/dev/shm/x").exists()
    assert time.monotonic() - started < 120


def test_the_bound_on_processes_and_sockets_holds_without_bubblewrap(grade):
    for source in ("import os\nos.fork()\n", "import socket\nsocket.socket()\n"):
        result = grade(solved(**{TARGET: source + RIGHT}), unsafe=True, limits=QUICK)
        assert kinds(result)[TARGET] == "raised" and points(result)[TARGET] == 0
        assert "not permitted" in json.dumps(result)


def test_without_bubblewrap_it_refuses(grade, monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(sandbox.Refused, match="--unsafe"):
        grade(solved())
    assert grade(solved(), unsafe=True)["score"] == len(EXERCISES)


def test_what_does_not_start_is_the_graders_failure_and_no_mark(grade, monkeypatch):
    monkeypatch.setattr(sandbox, "bubblewrap", lambda python: ["bwrap", "--no-such-option"])
    with pytest.raises(sandbox.Refused, match="does not start"):
        grade(solved())
