"""What a reader takes away runs elsewhere too: the site carries the book's package, a chapter's notebook installs it.

The package is on no index, and its import name, `nnlib`, is somebody else's there. So `downloads/` holds the wheel, and
beside it each chapter as a notebook that begins with two cells of its own: what it needs, and the line that installs.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGED = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-text", "nnlib", "classroom")
FOLDER = "downloads"
WORDS = """\
**Opened outside the book?** This notebook needs Python 3.11 or newer and the book's own package, the file
[{wheel}]({address}). {where} It is not on PyPI, and the package named `nnlib` there is somebody else's.
Run the next cell first; where the package is installed already, it does nothing."""
LIES_BESIDE = "It lies where this notebook lay: put its name in place of the notebook's. Keep both together."
COMES_ALONG = "The next cell fetches and installs it, from the book's site. (On Kaggle, switch *Internet* on before.)"
# Colab, Kaggle, VS Code, Binder and any Jupyter know `%pip`: it installs into the Python that this notebook runs in.
FETCH = """\
from importlib.metadata import distributions

if not list(distributions(name="nnlib-book")):
    %pip install -q "nnlib-book[classroom] @ {address}\""""
TAKE = """\
from importlib.metadata import distributions
from pathlib import Path

if not list(distributions(name="nnlib-book")):
    assert Path("{wheel}").exists(), "Put {wheel} beside this notebook first."
    %pip install -q "./{wheel}[classroom]\""""


def packaged():
    for name in PACKAGED:
        path = ROOT / name
        yield from [path] if path.is_file() else (p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")


def build_wheel(folder):
    """Build the package's wheel into a folder, from a copy, so that nothing stale and nothing else comes in."""
    with tempfile.TemporaryDirectory() as copy:
        for path in packaged():
            target = Path(copy) / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            target.chmod(0o644)  # whatever may be done here with a new file
        code = "import os, sys, setuptools.build_meta as backend; os.umask(0o022); backend.build_wheel(sys.argv[1])"
        made = subprocess.run(
            [sys.executable, "-c", code, str(Path(folder).resolve())],
            cwd=copy,
            env=os.environ | {"SOURCE_DATE_EPOCH": "1577836800"},  # the same files make the same wheel
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    if made.returncode:
        raise RuntimeError(f"the wheel of the book's package could not be built:\n{made.stdout[-2000:]}")


def wheel(folder):
    """The wheel in a folder, built anew if a file that it packs is newer."""
    folder.mkdir(parents=True, exist_ok=True)
    found = sorted(folder.glob("*.whl"))
    if len(found) != 1 or found[0].stat().st_mtime < max(path.stat().st_mtime for path in packaged()):
        for path in found:
            path.unlink()
        build_wheel(folder)
        found = sorted(folder.glob("*.whl"))
    return found[0]


def to_take_away(notebook, wheel, site=""):
    """A chapter's notebook (a dict) with the two cells in front; `site` is the book's address, if it has one."""
    address = f"{site.rstrip('/')}/{FOLDER}/{wheel}" if site else wheel
    words = WORDS.format(wheel=wheel, address=address, where=COMES_ALONG if site else LIES_BESIDE)
    install = (FETCH if site else TAKE).format(wheel=wheel, address=address)
    first = [
        {"cell_type": "markdown", "id": "take-away", "metadata": {}, "source": words},
        {
            "cell_type": "code",
            "id": "take-away-install",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": install,
        },
    ]
    return notebook | {"cells": first + notebook["cells"]}


def write_notebook(path, notebook):
    text = json.dumps(notebook, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write(app, exception):
    chapters = [name for name in app.env.found_docs if str(app.env.doc2path(name)).endswith(".ipynb")]
    if exception is not None or app.builder.format != "html" or not chapters:
        return
    folder = Path(app.outdir) / FOLDER
    name = wheel(folder).name
    for path in folder.glob("*.ipynb"):  # an earlier build's: a chapter may have moved or gone since
        path.unlink()
    for chapter in chapters:
        notebook = json.loads(Path(app.env.doc2path(chapter)).read_text(encoding="utf-8"))
        taken = to_take_away(notebook, name, app.config.html_baseurl)
        write_notebook(folder / f"{Path(chapter).name}.ipynb", taken)


def offer(app, pagename, templatename, context, doctree):
    """The page's button leads to its notebook."""
    context["notebook_url"] = ""
    if context.get("page_source_suffix") == ".ipynb":
        context["notebook_url"] = context["pathto"](f"{FOLDER}/{Path(pagename).name}.ipynb", 1)


def setup(app):
    app.connect("html-page-context", offer, priority=900)
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
