"""Renew the locks: the exact packages, with hashes, for Python 3.11 to 3.14 on Linux, macOS and Windows.

python tools/lock.py           all of them, from what is on PyPI today; options go to uv
python tools/lock.py binder    only the one in `binder/`, which follows the first
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER = """\
# Every package of {what}, each with its hash. Written by `make lock` from {source}:
# change versions there, then run it again. Holds for Python 3.11 to 3.14 on Linux, macOS and Windows.
"""
# the lock: what it is of, and what it is made from
LOCKS = {
    "requirements.txt": (
        "the book, its tests and its tools",
        ["pyproject.toml", "--extra", "test", "--no-emit-package", "nnlib-book"],
    ),
    "grading/requirements.txt": ("grading and its tests", ["grading/requirements.in"]),
    # The same versions: pins stand in one place.
    "binder/requirements.txt": (
        "the chapters on a hub",
        ["pyproject.toml", "--extra", "classroom", "--constraints", "requirements.txt"],
    ),
}


def main():
    folders = [word for word in sys.argv[1:] if not word.startswith("-")]
    options = [word for word in sys.argv[1:] if word.startswith("-")]
    for lock, (what, sources) in LOCKS.items():
        if folders and Path(lock).parent.as_posix() not in folders:
            continue
        command = [sys.executable, "-m", "uv", "pip", "compile", *sources, "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", *options]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if made.returncode:
            sys.exit(made.stderr)
        text = HEADER.format(what=what, source=sources[0]) + made.stdout
        (ROOT / lock).parent.mkdir(exist_ok=True)
        (ROOT / lock).write_text(text, encoding="utf-8", newline="\n")
        print(f"{lock}: {made.stdout.count('==')} packages")


if __name__ == "__main__":
    main()
