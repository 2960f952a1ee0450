"""A small book in a folder of its own: this book's settings, extensions and back matter around a chapter or two."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from jupyter_book_command import BUILD

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("nnlib", "classroom", "_ext", "_vendor")
PACKAGED = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-text")  # what the wheel is made of, besides
NAMES = "```{eval-rst}\n.. py:currentmodule:: nnlib\n.. autoclass:: nnlib.Linear\n```\n"
CHAPTER = re.compile(r"\[(\w+) \d+\]\(chapters/\w+\.ipynb\)| \*Chapter \d+\.\*")  # the small book has not these
TITLE = "Weights, biases, backprop and SGD"


def cell(kind, source, **metadata):
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": f"c{abs(hash(source))}", "metadata": metadata, "source": source} | code


def write(folder, *cells, name="01_page"):
    notebook = {"cells": list(cells), "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}}
    (folder / "chapters").mkdir(parents=True, exist_ok=True)
    path = folder / "chapters" / f"{name}.ipynb"
    path.write_text(json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


def lay_out(folder, own_packages=False):
    """Everything but the chapters. With packages of its own the book can be built after a change in them."""
    for name in ("glossary.md", "notation.md", "bibliography.md", "references.bib"):
        text = CHAPTER.sub(r"\1", (ROOT / name).read_text(encoding="utf-8"))
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("_templates", "_static", *(PACKAGES if own_packages else ())):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in PACKAGED if own_packages else ():
        shutil.copy(ROOT / name, folder / name)
    settings = (ROOT / "_config.yml").read_text(encoding="utf-8")
    if not own_packages:
        settings = settings.replace(": _ext\n", f": {(ROOT / '_ext').as_posix()}\n")
    (folder / "_config.yml").write_text(settings, encoding="utf-8")
    (folder / "index.md").write_text(f"# {TITLE}\n", encoding="utf-8")
    (folder / "reference.md").write_text("# Reference\n\n" + NAMES, encoding="utf-8")
    (folder / "about.md").write_text("# About\n\n## Licences\n", encoding="utf-8")  # where each page's foot leads
    chapters = sorted(f"chapters/{path.stem}" for path in folder.glob("chapters/*.ipynb"))
    pages = [*chapters, "glossary", "notation", "bibliography", "reference", "about"]
    toc = "format: jb-book\nroot: index\nchapters:\n" + "".join(f"  - file: {page}\n" for page in pages)
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")


def build(folder, **environment):
    """The exit code of the build, and all that it said."""
    run = subprocess.run(
        [*BUILD, str(folder), "-W", "-n", "--keep-going"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    return run.returncode, run.stdout
