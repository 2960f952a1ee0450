"""Renew the lock: the exact packages, with hashes, for Python 3.11 to 3.14 on Linux, macOS and Windows."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER = """\
# Every package of the book, its tests and its tools, each with its hash. Written by `make lock` from pyproject.toml:
# change versions there, then run it again. Holds for Python 3.11 to 3.14 on Linux, macOS and Windows.
"""


def main():
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--extra", "test", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    command += ["--no-emit-package", "nnlib-book", *sys.argv[1:]]
    lock = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if lock.returncode:
        sys.exit(lock.stderr)
    (ROOT / "requirements.txt").write_text(HEADER + lock.stdout, encoding="utf-8", newline="\n")
    print(f"requirements.txt: {lock.stdout.count('==')} packages")


if __name__ == "__main__":
    main()
