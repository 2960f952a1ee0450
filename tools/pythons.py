"""Run the unit tests and two chapters on every Python of this machine, or on the newest or oldest packages that fit.

python tools/pythons.py            each Python from 3.11 on, with the packages of the lock, in `.pythons/`
python tools/pythons.py --newest   this Python, with the newest packages that pyproject.toml allows, in `.newest/`:
                                   the unit tests, and the whole book built
python tools/pythons.py --oldest   this Python, with the oldest packages that pyproject.toml allows a reader, in
                                   `.oldest/`: the unit tests and two chapters
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from jupyter_book_command import JUPYTER_BOOK

ROOT = Path(__file__).parent.parent
BIN = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
UV = [sys.executable, "-m", "uv"]
NEEDED = ["pytest", "pytest-xdist", "hypothesis", "nbval", "ipykernel"]
UNIT = ["tests/nnlib", "tests/classroom", "--ignore=tests/classroom/test_exercises_in_browser.py"]
CHAPTERS = ["tests/book/test_names.py", "--nbval", "--nbval-current-env"]
CHAPTERS += ["chapters/01_neuron.ipynb", "chapters/07_backprop.ipynb"]

OLDEST = ["--resolution", "lowest-direct", "-r", "pyproject.toml", "--extra", "classroom"]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], cwd=ROOT, **options).returncode == 0


def pythons():
    """{(3, 12): path, …}: one Python of each version from 3.11 on, on the PATH or kept by pyenv, that really starts."""
    names = [f"python3.{minor}" for minor in range(11, 30)]
    candidates = [sys.executable, *filter(None, map(shutil.which, names))]
    candidates += sorted(map(str, Path.home().glob(".pyenv/versions/3.*/bin/python")))
    found = {}
    for path in candidates:
        code = "import sys; print(*sys.version_info[:2], sys.version_info.releaselevel)"
        asked = subprocess.run([path, "-c", code], capture_output=True, text=True)
        major, minor, level = asked.stdout.split() if not asked.returncode else (0, 0, "")
        if level == "final" and (int(major), int(minor)) >= (3, 11):
            found.setdefault((int(major), int(minor)), path)
    return dict(sorted(found.items()))


def environment(folder, python, *packages):
    """A fresh environment with these packages; returns its Python."""
    made = folder.joinpath(*BIN)
    if not run(*UV, "-q", "venv", "--clear", "--python", python, folder):
        sys.exit(f"{folder.relative_to(ROOT)} could not be made.")
    return install(made, *packages)


def install(python, *packages):
    """More packages into the environment of this Python; returns it."""
    if not run(*UV, "-q", "pip", "install", "--python", python, *packages):
        sys.exit(f"{python}: its packages could not be installed; the lines above say why.")
    return python


def tested(name, python, *steps):
    """Run each step on this Python; prints what passed and how long it took."""
    # No oracle there, and none is asked for: the comparison with PyTorch is the main environment's.
    outside = {key: value for key, value in os.environ.items() if key not in ("CI", "VIRTUAL_ENV")}
    start = time.perf_counter()
    right = all(run(python, *step, env=outside | {"PYTHONPATH": str(ROOT)}) for step in steps)
    print(f"{name}: {'passed' if right else 'FAILED'}, {time.perf_counter() - start:.0f} s", flush=True)
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newest", action="store_true")
    parser.add_argument("--oldest", action="store_true")
    parser.add_argument("--jobs", default="2", help="processes that test at once")
    parser.add_argument("--only", help="one Python, such as 3.12")
    options = parser.parse_args()
    pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", options.jobs, "--dist", "loadfile"]
    if options.newest:
        python = environment(ROOT / ".newest", sys.executable, "--upgrade", "-e", ".[test]")
        run(*UV, "pip", "list", "--python", python)
        book = [*JUPYTER_BOOK, "build", ".", "--path-output", ".newest"]
        book += ["-W", "-n", "--keep-going"]
        sys.exit(not tested("the newest packages", python, [*pytest, *UNIT], book))
    if options.oldest:
        # What runs the tests is today's; what the book needs is as old as pyproject.toml says it may be.
        python = install(environment(ROOT / ".oldest", sys.executable, *NEEDED), *OLDEST)
        run(*UV, "pip", "list", "--python", python)
        install(python, "--no-deps", "-e", ".")
        sys.exit(not tested("the oldest packages", python, [*pytest, *UNIT], [*pytest, *CHAPTERS]))
    wrong = []
    for version, python in pythons().items():
        name = ".".join(map(str, version))
        if options.only in (None, name):
            made = environment(
                ROOT / ".pythons" / name, python, "-c", "requirements.txt", "-e", ".[classroom]", *NEEDED
            )
            if not tested(f"Python {name}", made, [*pytest, *UNIT], [*pytest, *CHAPTERS]):
                wrong.append(name)
    sys.exit(f"failed: {', '.join(wrong)}" if wrong else 0)


if __name__ == "__main__":
    main()
