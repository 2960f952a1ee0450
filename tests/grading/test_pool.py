"""A class: the same bytes from threads here, from a Dask cluster, and after a run that was killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from classes import CHAPTER, RIGHT, TARGET, WRONG, as_file, hand_in, handed_out, solved

from grading import pool

ROOT = Path(__file__).parent.parent.parent
SLOW = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass\n" + RIGHT


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Twelve students: nine with something to judge, one whose file is missing, one without any, one no notebook."""
    folder = tmp_path_factory.mktemp("submitted")
    for number in range(6):
        hand_in(folder, f"slow{number}", solved(**{TARGET: SLOW}))
    hand_in(folder, "right", solved())
    hand_in(folder, "partly", solved(**{TARGET: WRONG}))
    hand_in(folder, "blank", as_file(handed_out()))
    hand_in(folder, "unreadable", b"not JSON")
    hand_in(folder, "empty-handed", None)
    (folder / "absent").mkdir()
    return folder


@pytest.fixture(scope="module")
def local(course, tmp_path_factory):
    out = tmp_path_factory.mktemp("local")
    assert pool.grade_all(course, out, jobs=2) == []
    return out


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_student_has_a_result_and_what_was_not_judged_has_no_score(local, course):
    import json

    results = {path.parent.name: json.loads(path.read_bytes()) for path in local.glob("*/*.json")}
    assert set(results) == {path.name for path in course.iterdir()}
    status = {name: (result["status"], result["score"]) for name, result in results.items()}
    assert status["right"] == ("graded", 4) and status["partly"] == ("graded", 3) and status["blank"] == ("graded", 0)
    assert status["empty-handed"] == status["absent"] == ("missing file", None)
    assert status["unreadable"] == ("unreadable", None)


def test_a_second_run_keeps_everything_and_a_new_notebook_is_graded_again(local, course, tmp_path, capsys):
    before = {path: path.stat().st_mtime_ns for path in local.rglob("*.json")}
    assert pool.grade_all(course, local) == []
    assert {path: path.stat().st_mtime_ns for path in local.rglob("*.json")} == before
    assert "0 graded, 12 kept" in capsys.readouterr().out
    hand_in(tmp_path, "ada", solved(**{TARGET: WRONG}))
    out = tmp_path / "results"
    pool.grade_all(tmp_path, out)
    hand_in(tmp_path, "ada", solved())
    pool.grade_all(tmp_path, out)
    assert b'"score": 4' in (out / "ada" / f"{CHAPTER}.json").read_bytes()


def test_killed_in_the_middle_and_started_again(course, local, tmp_path):
    command = [sys.executable, "-m", "grading", "all", course, tmp_path, "--jobs", "2"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    judged = lambda: [p for p in tmp_path.rglob("*.json") if b'"missing file"' not in p.read_bytes()]  # noqa: E731
    wait_for(lambda: len(judged()) >= 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}
    assert 2 <= len(done) < 12
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert f"{len(done)} kept" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in done} == done
    leftovers = [name for name in files(tmp_path) if not name.endswith(".json")]
    assert len(leftovers) <= 2  # what was being written when it was killed; never a result
    assert {name: data for name, data in files(tmp_path).items() if name not in leftovers} == files(local)


def test_a_grader_that_fails_is_told_and_leaves_no_result(tmp_path, capsys):
    hand_in(tmp_path / "in", "ada", solved())
    hand_in(tmp_path / "in", "bob", solved())
    failed = pool.grade_all(tmp_path / "in", tmp_path / "out", options=["--no-such-option"])
    assert len(failed) == 2 and "ada" in failed[0] + failed[1]
    assert not list((tmp_path / "out").rglob("*.json")) and "2 failed" in capsys.readouterr().out


def wait_for(what, seconds=180):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


def test_dask_gives_the_same_files_though_two_workers_are_killed(course, local, tmp_path, cluster):
    ids = [worker.process.pid for worker in cluster.workers.values()]
    failed = []
    run = threading.Thread(
        target=lambda: failed.append(pool.grade_all(course, tmp_path, scheduler=cluster.scheduler_address))
    )
    run.start()
    for count, victim in zip((4, 6), ids, strict=False):  # three results need no worker
        wait_for(lambda count=count: len(list(tmp_path.rglob("*.json"))) >= count)
        os.kill(victim, signal.SIGKILL)
    run.join(300)
    assert not run.is_alive() and failed == [[]]
    assert files(tmp_path) == files(local)
