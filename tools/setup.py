"""Make `.venv` with every package of the lock and nnlib itself; needs only a Python, 3.11 or newer.

    python tools/setup.py            the book's environment
    python tools/setup.py grading    `.venv-grading`, the one that marks notebooks, from a lock of its own

A set-up that was interrupted, or that failed, is finished the next time: what counts is whether the environment works.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
GRADING = sys.argv[1:] == ["grading"]
VENV = ROOT / (".venv-grading" if GRADING else ".venv")
LOCK = "grading/requirements.txt" if GRADING else "requirements.txt"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
# Every file that the installed packages name is there; an interrupted installation leaves some out.
WHOLE = """
import sys
from importlib.metadata import distributions
for package in distributions():
    for file in package.files or sys.exit(1):
        if file.suffix != ".pyc" and not file.locate().exists():
            sys.exit(1)
"""
AFRESH = f"To start afresh, delete {VENV.name}."
NO_VENV = f"""\
Python could not make {VENV.name}; the lines above say why. Where they speak of ensurepip, its venv module is missing:
on Debian or Ubuntu, apt-get install python3-venv, then run this again."""


def run(*command, **options):
    return subprocess.run([str(part) for part in command], cwd=ROOT, **options).returncode == 0


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python runs)
        version = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"This book needs Python 3.11 or newer; {sys.executable} is {version}. Try: make PYTHON=python3.12 …")
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    # A half-made environment may have a Python and no pip, or half a package.
    if not (python.exists() and run(*pip, "--version", **quiet) and run(python, "-c", WHOLE)):
        print(f"Making {VENV.name}", flush=True)
        if not run(sys.executable, "-m", "venv", "--clear", VENV):
            sys.exit(NO_VENV)
    print(f"Installing the packages of {LOCK}, about 150; a minute or so", flush=True)
    lock = ["--require-hashes", "-r", LOCK]
    # uv installs them in seconds; where there is none, pip does the same in a minute.
    uv = run(*pip, "install", "-q", "uv", **quiet)
    if not (uv and run(python, "-m", "uv", "pip", "install", "-q", "--python", python, *lock)):
        if not run(*pip, "install", "-q", *lock):
            sys.exit(f"The packages could not be installed; the lines above say why. {AFRESH}")
    # Grading runs in the book's folder; its environment holds nothing of the book that a submission could read.
    if not GRADING and not run(*pip, "install", "-q", "--no-deps", "--no-build-isolation", "-e", "."):
        sys.exit(f"nnlib could not be installed; the lines above say why. {AFRESH}")
    if not run(*pip, "check", **quiet):
        run(*pip, "check")
        sys.exit(f"The packages of {VENV.name} do not go together; the lines above say which. {AFRESH}")
    (VENV / "ready").write_text(f"The packages of {LOCK} are installed.\n")


if __name__ == "__main__":
    main()
