"""Renew the locks: the exact packages, with hashes, for Python 3.11 to 3.14 on Linux, macOS and Windows."""

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
}


def main():
    for lock, (what, sources) in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *sources, "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", *sys.argv[1:]]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if made.returncode:
            sys.exit(made.stderr)
        text = HEADER.format(what=what, source=sources[0]) + made.stdout
        (ROOT / lock).write_text(text, encoding="utf-8", newline="\n")
        print(f"{lock}: {made.stdout.count('==')} packages")


if __name__ == "__main__":
    main()
