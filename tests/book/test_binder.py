"""What Binder or a hub does with the branch `notebooks`, by hand: the lock, then postBuild, then a chapter runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import book_downloads
import pytest
from elsewhere import Elsewhere, printed

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"


def pins(path):
    return dict(re.findall(r"^([\w.-]+)==(\S+)", path.read_text(encoding="utf-8"), re.M))


def test_the_pins_are_the_book_s_own():
    """Versions stand in one place; `make lock` renews both."""
    ours, book = pins(BINDER / "requirements.txt"), pins(ROOT / "requirements.txt")
    assert ours and {name for name in ours if ours[name] != book.get(name)} == set()
    assert {"numpy", "tqdm", "matplotlib", "ipywidgets", "anywidget"} <= set(ours)


def test_its_python_is_one_that_the_book_promises():
    wanted = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip()
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()[1]
    assert re.fullmatch(r"python-3\.\d+", wanted) and f"Python {wanted.removeprefix('python-')} to" in lock


@pytest.mark.skipif(os.name == "nt", reason="Binder builds on Linux")
def test_a_chapter_runs_as_binder_opens_it(tmp_path):
    wheel = book_downloads.wheel(tmp_path / "wheel")
    branch = tmp_path / "branch"
    shutil.copytree(BINDER, branch / "binder")
    shutil.copy(wheel, branch)
    hub = Elsewhere(branch)
    pip = [hub.python, "-m", "pip", "install", "-q", "--no-cache-dir", "--require-hashes"]
    subprocess.run([*pip, "-r", branch / "binder" / "requirements.txt"], check=True, env=hub.bare)
    there = hub.bare | {"PATH": f"{hub.python.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([branch / "binder" / "postBuild"], check=True, cwd=branch, env=there)
    (branch / wheel.name).unlink()  # what installs now would say so
    assert hub.run(wheel.name) == [[], *printed()]
