"""Progress outlives the kernel in one small file, which nothing that happens to it can turn against a check."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from classroom.exercises import check, commands, kept, progress


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where progress is kept in this test."""
    path = tmp_path / ".progress.json"
    monkeypatch.setenv("CLASSROOM_PROGRESS", str(path))
    monkeypatch.setattr(commands, "done", set())
    return path


def solve_relu():
    return check("relu", lambda z: np.maximum(z, 0))


def shown(capsys):
    capsys.readouterr()
    progress()
    return capsys.readouterr().out


def new_kernel(monkeypatch):
    monkeypatch.setattr(commands, "done", set())


def test_what_is_done_is_known_to_the_next_kernel(file, monkeypatch, capsys):
    solve_relu()
    assert json.loads(file.read_text()) == {"version": 1, "done": ["relu"]}
    new_kernel(monkeypatch)
    text = shown(capsys)
    assert "Chapter 1, neuron: 1 of" in text and str(file) in text and "nowhere else" in text
    assert [path.name for path in file.parent.iterdir()] == [".progress.json"], "nothing is left lying about"


def test_a_wrong_answer_writes_nothing(file):
    check("relu", lambda z: z)
    assert not file.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"done": 3}', '{"version": 1}', "\xff\xfe"])
def test_a_broken_file_is_begun_anew(file, content, capsys):
    file.write_bytes(content.encode("latin-1"))
    assert solve_relu().ok and json.loads(file.read_text())["done"] == ["relu"]
    assert "1 of" in shown(capsys)


def test_a_file_of_a_later_edition_is_left_alone(file, capsys):
    for later in ('{"version": "2.0", "done": []}', '{"version": 2, "done": {"relu": "2031-01-01"}}'):
        left_alone(file, later, capsys)


def left_alone(file, later, capsys):
    file.write_text(later)
    assert solve_relu().ok and file.read_text() == later
    text = shown(capsys)
    assert "Chapter 1, neuron: 1 of" in text and "a later edition" in text


def test_unknown_names_of_an_earlier_edition_stay(file):
    file.write_text('{"version": 1, "done": ["an_exercise_that_is_gone"]}')
    solve_relu()
    assert json.loads(file.read_text())["done"] == ["an_exercise_that_is_gone", "relu"]


def test_a_folder_that_is_not_there_breaks_no_check(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CLASSROOM_PROGRESS", str(tmp_path / "no" / "such" / "folder.json"))
    monkeypatch.setattr(commands, "done", set())
    assert solve_relu().ok and "1 of" in shown(capsys)


def test_a_directory_in_its_place_breaks_no_check(file, capsys):
    file.mkdir()
    assert solve_relu().ok and "Kept until this session ends" in shown(capsys)


def test_a_file_that_cannot_be_replaced_breaks_no_check(file, monkeypatch, capsys):
    def refused(*arguments):
        raise PermissionError("read-only")

    monkeypatch.setattr(kept.os, "replace", refused)
    assert solve_relu().ok and not file.exists() and "1 of" in shown(capsys)
    assert list(file.parent.iterdir()) == []


def test_a_lock_left_by_a_dead_kernel_is_broken(file, monkeypatch):
    monkeypatch.setattr(kept, "PATIENCE", 0.05)
    (file.parent / ".progress.json.lock").write_text("")
    solve_relu()
    assert json.loads(file.read_text())["done"] == ["relu"]
    assert not (file.parent / ".progress.json.lock").exists()


def test_several_kernels_at_once_lose_nothing(file):
    code = "import sys; from classroom.exercises import kept\nfor i in range(5): kept.add({f'{sys.argv[1]}_{i}'})"
    kernels = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "abcd"]
    assert [kernel.wait(120) for kernel in kernels] == [0] * 4
    assert len(json.loads(file.read_text())["done"]) == 20


def test_nothing_is_kept_when_switched_off(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CLASSROOM_PROGRESS", "off")
    monkeypatch.setattr(kept, "START", tmp_path)
    monkeypatch.setattr(commands, "done", set())
    solve_relu()
    assert "Kept until this session ends." in shown(capsys) and os.listdir(tmp_path) == []


def test_in_the_browser_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.delenv("CLASSROOM_PROGRESS")
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert kept.place() is None


def test_it_lies_where_the_notebook_was_started(monkeypatch, tmp_path):
    monkeypatch.delenv("CLASSROOM_PROGRESS")
    monkeypatch.setattr(kept, "START", tmp_path)
    monkeypatch.chdir("/")
    assert kept.place() == tmp_path / ".progress.json"
