"""Make `.venv` with every package of the lock and nnlib itself; needs only a Python, 3.11 or newer."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def run(*command, **options):
    return subprocess.run([str(part) for part in command], cwd=ROOT, **options).returncode == 0


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python runs)
        version = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"This book needs Python 3.11 or newer; {sys.executable} is {version}. Try: make PYTHON=python3.12 …")
    python = BIN / "python"
    if not (VENV / "pyvenv.cfg").exists() or not run(python, "-c", ""):
        print("Making .venv", flush=True)
        if not run(sys.executable, "-m", "venv", "--clear", VENV):
            sys.exit("Python's venv module is missing; on Debian or Ubuntu: apt-get install python3-venv")
    print("Installing the packages of requirements.txt, about 150; a minute or so", flush=True)
    lock = ["--require-hashes", "-r", "requirements.txt"]
    # uv installs them in seconds; where there is none, pip does the same in a minute.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    uv = run(*pip, "uv", **quiet)
    if not (uv and run(python, "-m", "uv", "pip", "install", "-q", "--python", python, *lock)):
        if not run(*pip, *lock):
            sys.exit("The packages could not be installed; the lines above say why.")
    if not run(*pip, "--no-deps", "--no-build-isolation", "-e", "."):
        sys.exit("nnlib could not be installed; the lines above say why.")
    (VENV / "ready").write_text("The packages of requirements.txt are installed.\n")


if __name__ == "__main__":
    main()
