"""The tools that a newcomer meets first: the set-up repairs what was left half made, and the server takes any port."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import serve

ROOT = Path(__file__).parent.parent.parent
SMALL = ("colorama", "numpy", "setuptools", "tqdm")  # the lock, down to what nnlib itself needs


def set_up(folder):
    done = subprocess.run([sys.executable, "tools/setup.py"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def works(folder):
    code = "import nnlib, numpy, tqdm; print(nnlib.sigmoid(0.0))"
    python = next(folder.glob(".venv/bin/python"), None) or folder / ".venv" / "Scripts" / "python.exe"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, cwd=folder.parent).stdout == "0.5\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A book of which only nnlib is left, set up."""
    folder = tmp_path_factory.mktemp("book")
    for name in ("tools", "nnlib"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-text"):
        shutil.copy(ROOT / name, folder)
    lock = re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    kept = [entry for entry in lock if re.match(r"[\w-]+", entry) and re.match(r"[\w-]+", entry)[0] in SMALL]
    (folder / "requirements.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    set_up(folder)
    assert works(folder)
    return folder


def without_pip(venv):
    """What an interrupted `python -m venv` leaves, and one on Debian without python3-venv."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", venv], check=True)


def half_a_package(venv):
    """What an interrupted installation leaves."""
    next(venv.glob("**/site-packages/tqdm/std.py")).unlink()


@pytest.mark.parametrize("damage", [without_pip, half_a_package], ids=lambda f: f.__name__)
def test_a_half_made_environment_repairs_itself(folder, damage):
    damage(folder / ".venv")
    assert not works(folder)
    set_up(folder)
    assert works(folder)


def test_a_taken_port_moves_to_the_next():
    with serve.server(8400, ROOT) as first, serve.server(first.server_port, ROOT) as second:
        assert second.server_port > first.server_port


@pytest.mark.parametrize("port", ["70000", "0", "-1", "abc", "80.5"])
def test_a_port_that_is_none_is_told_in_a_sentence(port):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "serve.py"), f"--port={port}"], capture_output=True, text=True
    )
    assert done.returncode and "a port is a number from 1 to 65535" in done.stderr and "Traceback" not in done.stderr
