"""Whether a figure on a page shows what matplotlib draws: its pictures compared node by node, in the browser."""

import contextlib
import io
import json
import re
from pathlib import Path

import matplotlib
import numpy as np
from long_way import saved, settled

from classroom.explore import collecting, page

ROOT = Path(__file__).parent.parent.parent

SAME = """([id, cases]) => {
    const figure = document.getElementById("explore-" + id), wrong = [];
    const bare = svg => {                                        // groups that hold nothing show nothing
        for (let empty; (empty = svg.querySelectorAll("g:empty:not([class])")).length;) empty.forEach(g => g.remove());
        return svg;
    };
    for (const [setting, text] of cases) {
        if (setting.length) { figure.setting = setting; figure.show(); }
        const wanted = document.createElement("div");
        wanted.innerHTML = text;
        const [a, b] = [bare(wanted.firstChild), bare(figure.querySelector(".nn-frame > svg").cloneNode(true))];
        if (!a.isEqualNode(b)) wrong.push([setting, a.outerHTML, b.outerHTML]);
    }
    return wrong;
}"""


def differing(shown, explored, count, seed=0):
    """At how many of `count` random settings the page's picture is not matplotlib's, and one such pair of pictures."""
    settings = explored.settings()
    explored.draw()  # the first frame decides the margins, as on the page
    canvas = settled(explored)
    chosen = np.random.default_rng(seed).choice(len(settings), min(count, len(settings)), replace=False)
    cases = []
    for i in chosen:
        tree = saved(explored, settings[i], canvas)
        setting = [p.values.index(settings[i][p.name]) for p in explored.parameters]
        cases.append([setting, page.picture(explored, tree)])
    shown.evaluate("id => document.getElementById('explore-' + id).open?.()", explored.id)
    return shown.evaluate(SAME, [explored.id, cases])


def code_cells(path):
    """The code of a notebook or of a text notebook, cell by cell."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return re.findall(r"^```\{code-cell\}[^\n]*\n(?:---\n.*?---\n|(?::[^\n]*\n)*)(.*?)^```", text, re.S | re.M)
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return ["".join(cell["source"]) for cell in cells if "raises-exception" not in cell["metadata"].get("tags", [])]


def book_pages():
    """Every page of the book that may hold figures."""
    return [*sorted((ROOT / "chapters").glob("*.ipynb")), ROOT / "index.md"]


def figures_of(path):
    """The figures that a chapter makes, its code run here from top to bottom."""
    matplotlib.use("agg")
    with collecting() as found, contextlib.chdir(path.parent), contextlib.redirect_stdout(io.StringIO()):
        space = {"__name__": "__main__"}
        for number, cell in enumerate(code_cells(path), 1):
            exec(compile(cell, f"{path.name}, cell {number}", "exec"), space)
    return found
