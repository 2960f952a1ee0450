"""Fetch the browser's Python into a folder, every file checked against a hash: `python tools/pyodide.py FOLDER`.

For CI, and for a site or a test that is to ask nobody. The core is npm's package `pyodide`, whose hash stands here; its
lock names the hashes of the packages, which come from the host that pages would ask. Needs Python alone.
"""

import base64
import hashlib
import io
import json
import re
import sys
import tarfile
import urllib.request
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
SETTINGS = (ROOT / "_ext" / "book_python.py").read_text(encoding="utf-8")
VERSION = re.search(r'^PYODIDE = "(.+)"$', SETTINGS, re.M)[1]
HOST = re.search(r'^HOST = "(.+)"$', SETTINGS, re.M)[1]
CORE = f"https://registry.npmjs.org/pyodide/-/pyodide-{VERSION}.tgz"
# `npm view pyodide@VERSION dist.integrity`, anew with every version.
INTEGRITY = "BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ=="
PACKAGES = f"https://{HOST}/pyodide/v{VERSION}/full/"
NEEDED = ("numpy", "matplotlib")


def fetched(address, right):
    """The bytes at an address, if `right(bytes)`; otherwise the end, in a sentence."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            content = answer.read()
    except OSError as trouble:
        sys.exit(f"{address} can't be fetched: {trouble}.")
    if not right(content):
        sys.exit(f"{address} is not the file it should be: its hash is another. Nothing of it was kept.")
    return content


def core():
    """{name: bytes} of Pyodide itself."""

    def right(content):
        return base64.b64encode(hashlib.sha512(content).digest()).decode() == INTEGRITY

    with tarfile.open(fileobj=io.BytesIO(fetched(CORE, right))) as packed:
        files = [member for member in packed.getmembers() if member.isfile()]
        return {Path(member.name).name: packed.extractfile(member).read() for member in files}


def needed(lock):
    """The lock's entries of the packages that the book needs, and of those that these need."""
    found, waiting = {}, list(NEEDED)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = lock["packages"][name]
            waiting += found[name]["depends"]
    return list(found.values())


def has_hash(known, content):
    return hashlib.sha256(content).hexdigest() == known


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    files = core()
    for package in needed(json.loads(files["pyodide-lock.json"])):
        name, known = package["file_name"], package["sha256"]
        files[name] = fetched(PACKAGES + name, partial(has_hash, known))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    print(f"{folder}: Pyodide {VERSION}, {len(files)} files, {sum(map(len, files.values())) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
