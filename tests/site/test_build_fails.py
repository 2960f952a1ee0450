"""What may not reach a reader fails the build: a wrong reference, an unknown term, bad TeX, a failing cell."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
FAULTS = {
    "term": ("[x](../glossary.md#no-such-term)", "“no-such-term” is not a term of the glossary"),
    "source": ("[x](../bibliography.md#nobody1900)", "“nobody1900” is not a key of the bibliography"),
    "name": ("[x](../reference.md#nnlib.Nothing)", "“nnlib.Nothing” is not a name in the nnlib reference"),
    "page": ("[x](99_nowhere.ipynb)", "99_nowhere.ipynb"),
    "role": ("{ref}`nowhere`", "nowhere"),
    "tex": (r"$\notacommand{x}$", "bad TeX"),
}
RIGHT = """# A page

A [bias](../glossary.md#bias), by [Nielsen](../bibliography.md#nielsen2015),
in [Linear](../reference.md#nnlib.Linear): $z = w x + b$.

> **A common misconception: "the bias is added after".** No: before.
"""


def cell(kind, source, **metadata):
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": f"c{abs(hash(source))}", "metadata": metadata, "source": source} | code


def write(folder, *cells):
    notebook = {"cells": list(cells), "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}}
    (folder / "chapters").mkdir(parents=True)
    (folder / "chapters" / "01_page.ipynb").write_text(json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5}))


def build(folder):
    """The book's own settings, extensions and back matter around the one chapter in `folder`."""
    for name in ("glossary.md", "notation.md", "bibliography.md", "references.bib"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("_templates", "_static"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "_config.yml").read_text(encoding="utf-8")
    extensions = (ROOT / "_ext").as_posix()
    (folder / "_config.yml").write_text(settings.replace(": _ext\n", f": {extensions}\n"), encoding="utf-8")
    (folder / "index.md").write_text("# Front\n", encoding="utf-8")
    names = "```{eval-rst}\n.. py:currentmodule:: nnlib\n.. autoclass:: nnlib.Linear\n```\n"
    (folder / "reference.md").write_text("# Reference\n\n" + names, encoding="utf-8")
    pages = ["chapters/01_page", "glossary", "notation", "bibliography", "reference"]
    toc = "format: jb-book\nroot: index\nchapters:\n" + "".join(f"  - file: {page}\n" for page in pages)
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    command = [*JUPYTER_BOOK, str(folder), "-W", "-n", "--keep-going"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    run = subprocess.run(command, cwd=folder, **pipes)
    return run.returncode, run.stdout


def test_a_right_page_builds(tmp_path):
    write(tmp_path, cell("markdown", RIGHT), cell("code", "print(1 + 1)"))
    code, log = build(tmp_path)
    assert code == 0, log[-3000:]
    html = (tmp_path / "_build" / "html" / "chapters" / "01_page.html").read_text(encoding="utf-8")
    for piece in ("glossary.html#term-bias", "bibliography.html#nielsen2015", "reference.html#nnlib.Linear"):
        assert f'href="../{piece}"' in html
    assert 'class="misconception admonition"' in html or 'class="admonition misconception"' in html
    assert 'class="katex"' in html


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """One book with every fault but a failing cell, which would end the build before the others show."""
    folder = tmp_path_factory.mktemp("faulty")
    display = "class Broken:\n    def _repr_html_(self):\n        raise ValueError('cannot draw')\ndisplay(Broken())"
    write(folder, *(cell("markdown", text) for text, _ in FAULTS.values()), cell("code", display))
    return build(folder)


def test_faults_fail_the_build(faulty):
    assert faulty[0] != 0


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named(faulty, fault):
    warnings = [line for line in faulty[1].splitlines() if "WARNING" in line]
    assert any(FAULTS[fault][1] in line for line in warnings), "\n".join(warnings)


def test_a_figure_that_cannot_draw_is_named(faulty):
    """IPython prints such an error and goes on; the build does not."""
    assert "a cell shows an error: ValueError: cannot draw" in faulty[1]


def test_failing_cell_fails_the_build(tmp_path):
    write(tmp_path, cell("markdown", "# A page"), cell("code", "1 / 0"))
    code, log = build(tmp_path)
    assert code != 0 and "ZeroDivisionError" in log
