"""The whole book in one zip, for where no network is: the site with Python in it, notebooks, wheel, checksums.

PYODIDE=folder make offline        _build/weights-and-biases-VERSION.zip; the same site makes the same bytes
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "_ext"), str(ROOT / "tools")]

import book_downloads  # noqa: E402
import book_offline  # noqa: E402
import book_python  # noqa: E402
import release  # noqa: E402

import nnlib  # noqa: E402

SITE = ROOT / "_build" / "html"
NAME = f"weights-and-biases-{nnlib.__version__}"
HOW = (
    "The book for a stick has Python in it: unpack Pyodide {version}, with its packages, from "
    "https://github.com/pyodide/pyodide/releases and say where: PYODIDE=folder make offline"
)
README = """\
{title}
Version {version}. It needs no network, and nothing here goes anywhere.

TO READ         open site/index.html in a browser.
TO WRITE CODE   on the pages, and to have it checked, a small server on this computer is needed, since browsers start
                no Python from a file. Where Python 3 is installed:

                    python serve.py          (python3 on macOS and Linux, py on Windows)

                and open the address that it says. It serves this computer alone; Ctrl-C stops it.
NOTEBOOKS       are in site/downloads, and beside them the package that they install, {wheel}.
TO BE SURE      that all of it is as it was made:  sha256sum -c SHA256SUMS

Code: MIT licence. Text and figures: CC BY 4.0. Both are in this folder. Pyodide, in site/_static/pyodide, is MPL 2.0.
"""


def lay_out(site, pyodide, folder):
    """All that goes into the zip, in a folder."""
    copy = folder / "site"
    shutil.copytree(site, copy)
    source = book_python.own_pyodide(copy, pyodide)
    book_python.settle(copy, source)
    book_offline.keep(copy, source)
    (wheel,) = copy.glob("downloads/*.whl")
    for taken in copy.glob("downloads/*.ipynb"):  # they find the wheel beside them, whatever address the site has
        chapter = json.loads((ROOT / "chapters" / taken.name).read_text(encoding="utf-8"))
        book_downloads.write_notebook(taken, book_downloads.to_take_away(chapter, wheel.name))
    title = re.search(r"^title: (.+)$", (ROOT / "_config.yml").read_text(encoding="utf-8"), re.M)[1]
    said = README.format(title=title, version=nnlib.__version__, wheel=wheel.name)
    (folder / "READ-ME-FIRST.txt").write_text(said, encoding="utf-8", newline="\r\n")  # Windows' editor wants it so
    for name in ("tools/serve.py", "LICENSE", "LICENSE-text"):
        shutil.copy(ROOT / name, folder)


def pack(folder, target):
    """The folder as a zip, with a list of checksums; the same files make the same bytes."""
    inside = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    sums = "".join(f"{release.checksum(path)}  {name}\n" for name, path in inside.items())
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    release.packed(folder, target, NAME)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=SITE)
    parser.add_argument("--pyodide", type=Path, default=os.environ.get("PYODIDE"))
    parser.add_argument("target", type=Path, nargs="?", default=ROOT / "_build" / f"{NAME}.zip")
    given = parser.parse_args()
    if not (given.pyodide and Path(given.pyodide, "pyodide-lock.json").is_file()):
        sys.exit(HOW.format(version=book_python.PYODIDE))
    if not (given.site / "index.html").is_file():
        sys.exit("The book is not built yet: make html, or jupyter-book build .")
    with tempfile.TemporaryDirectory() as folder:
        lay_out(given.site, Path(given.pyodide), Path(folder))
        pack(Path(folder), given.target)
    print(f"{given.target} ({given.target.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
