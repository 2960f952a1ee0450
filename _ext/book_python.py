"""The page runs Python: code cells become elements that can be run, exercises elements that can be checked.

Nothing of it is fetched before a reader presses something. `PYODIDE=folder` at build time puts Pyodide into the site;
without it the worker asks Pyodide's own host, pinned to one version, and only then.
"""

import hashlib
import importlib
import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

from book_assets import ON_PRESS, small
from book_chapters import number
from book_pagedata import PageData
from sphinx.util import logging

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
PYODIDE = "314.0.6"
HOST = "cdn.jsdelivr.net"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# Pyodide's own host compresses: bytes are counted as unpacked, a reader is told the megabytes that come over the line.
FROM_ITS_HOST = {
    "pyodide": f"https://{HOST}/pyodide/v{PYODIDE}/full/",
    "host": HOST,
    "bytes": 15_500_000,
    "megabytes": 9.6,
    "pictures": 11_000_000,
    "picturesMegabytes": 10.1,
}
LABEL = re.compile(r"\A\*\*Exercise: (.)")
SETTINGS = re.compile(r'(<script id="nn-python"[^>]*>)(.*?)(</script>)', re.DOTALL)
PACKED = (".py", ".toml", ".npz", ".css")


class Exercises(PageData):
    """{page: [id, …]}, in the page's order."""

    name = "book_exercises"


def wrap(app, docname, source):
    """Work on the notebook's text as read; the file that readers download stays as it is."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    cells, within, listed = [], None, []
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("exercise")
        if within and exercise != within and not str(cell.get("id", "")).startswith("help-"):
            cells.append(raw("</nn-exercise>"))
            within = None
        if exercise and not within:
            within = exercise
            # A puzzle that puts the exercise's lines in order stands in the same frame.
            at = len(cells) - (1 if cells and is_puzzle(cells[-1]) else 0)
            listed.append(exercise)
            cells.insert(at, raw(opening(exercise, number(docname), len(listed))))
        if exercise and cell["cell_type"] == "code":
            cell["source"] = starter(exercise, cell["source"])
        elif exercise:
            cell["source"] = LABEL.sub(lambda found: f"**{found[1].upper()}", "".join(cell["source"]))
        elif cell["cell_type"] == "code" and "remove-input" not in cell["metadata"].get("tags", []):
            cells += [raw(start_tag(cell, notebook, docname)), cell, raw("</nn-cell>")]
            continue
        cells.append(cell)
    if within:
        cells.append(raw("</nn-exercise>"))
    for place, cell in enumerate(cells):
        cell.setdefault("id", f"frame-{place}")
    if listed:
        Exercises.of(app.env)[docname] = listed  # as a whole: a page's source may be looked at more than once
    notebook["cells"] = cells
    source[0] = json.dumps(notebook)


def opening(identifier, chapter, place):
    """The frame of an exercise, and a name to link to: the site numbers it, so its text need not say what it is."""
    name = f"Exercise {chapter}.{place}" if chapter else f"Exercise {place}"
    anchor = f"exercise-{identifier}"
    return (
        f'<nn-exercise id="{anchor}" data-exercise="{identifier}">\n'  # Markdown knows a strange tag that ends its line
        f'<p class="nn-label"><a href="#{anchor}">{name}</a></p>'
    )


def start_tag(cell, notebook, docname):
    """A cell's start tag. A cell may have a name, and may name what it needs to run in place of all cells above it."""
    name, needs = cell["metadata"].get("name"), cell["metadata"].get("needs", [])
    for missing in {*needs} - {other["metadata"].get("name") for other in notebook["cells"]}:
        log.warning("a cell needs “%s”, and no cell has that name", missing, location=docname, type="book")
    names = (f' data-name="{name}"' if name else "") + (f' data-needs="{" ".join(needs)}"' if needs else "")
    return f'<nn-cell data-cell="{cell["id"]}"{names}>'


def starter(identifier, written):
    """What a reader begins with; `check` and its kind are buttons on a page."""
    from classroom.exercises import get
    from classroom.exercises.registry import UnknownExercise

    try:
        return get(identifier).starter
    except UnknownExercise:  # book_exercises has said so
        return written


def is_puzzle(cell):
    """Whether a cell, as book_questions leaves it, asks for steps in their order."""
    from classroom import ask
    from classroom.questions import QuestionError

    found = re.fullmatch(r"```\{question\} ([\w-]+)\n```", "".join(cell["source"]))
    try:
        return bool(found) and ask(found[1]).kind == "order"
    except QuestionError:  # book_questions has said so
        return False


def raw(html):
    return {"cell_type": "markdown", "metadata": {}, "source": html}


def packages():
    """A zip of nnlib, the classroom and tqdm, the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in ("nnlib", "classroom", "tqdm"):
            folder = Path(importlib.import_module(name).__file__).parent
            for path in sorted(folder.rglob("*")):
                if path.suffix in PACKED and "__pycache__" not in path.parts:
                    inside = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}")
                    inside.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(inside, path.read_bytes())
    return buffer.getvalue()


def bring(app):
    """The worker, its client and the editor into the site, under an address that changes with its content."""
    if app.builder.format != "html":
        return
    files = {path.name: small(path) for path in sorted(ON_PRESS.iterdir()) if path.is_file()}
    files["editor.mjs"] = (ROOT / "_vendor" / "codemirror" / "editor.min.js").read_bytes()
    files["book.zip"] = packages()
    version = hashlib.sha256(b"".join(files.values())).hexdigest()[:12]
    every = Path(app.outdir) / "_static" / "inpage"
    shutil.rmtree(every, ignore_errors=True)
    folder = every / version
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    app.book_python = {"folder": f"inpage/{version}/"}


def add_settings(app, pagename, templatename, context, doctree):
    """Data, not a script: where Python comes from, on the pages that can run it; the end of the build says the rest."""
    if pagename in Exercises.of(app.env):
        data = json.dumps(app.book_python | {"page": pagename} | FROM_ITS_HOST)
        app.add_js_file(None, body=data, type="application/json", id="nn-python")


def finish(app, exception):
    if exception is None and app.builder.format == "html":
        folder = os.environ.get("PYODIDE")
        source = own_pyodide(Path(app.outdir), Path(folder)) if folder else FROM_ITS_HOST
        app.book_python |= source
        settled = settle(Path(app.outdir), app.book_python)
        if lost := set(Exercises.of(app.env)) - settled:
            raise ValueError(f"Python could not start on {', '.join(sorted(lost))}: the settings are not in the page")


def settle(site, settings):
    """Every page has these settings, also those that an earlier build has written; returns the names of the pages."""
    settled = set()
    for path in site.rglob("*.html"):
        before = path.read_text(encoding="utf-8")
        after, found = SETTINGS.subn(lambda m: m[1] + json.dumps(json.loads(m[2]) | settings) + m[3], before)
        if found:
            settled.add(path.relative_to(site).with_suffix("").as_posix())
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
    return settled


def own_pyodide(site, folder):
    """Copy into a built site what the book needs of a Pyodide folder; the settings that say so."""
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    taken, sizes = set(), {}
    for part, files in {"python": ["pyodide-lock.json", *CORE], "numpy": [], "matplotlib": []}.items():
        waiting = [part] if part != "python" else []
        while waiting:
            package = lock["packages"][waiting.pop()]
            files.append(package["file_name"])
            waiting += package["depends"]
        files = set(files) - taken
        taken |= files
        sizes[part] = sum((folder / name).stat().st_size for name in files if not name.endswith((".mjs", ".json")))
    version = hashlib.sha256(b"".join((folder / name).read_bytes() for name in sorted(taken))).hexdigest()[:12]
    target = site / "_static" / "pyodide" / version
    shutil.rmtree(target.parent, ignore_errors=True)
    target.mkdir(parents=True)
    for name in taken:
        shutil.copy(folder / name, target / name)
    start = sizes["python"] + sizes["numpy"]
    return {
        "pyodide": f"../../pyodide/{version}/",
        "host": "",
        "bytes": start,
        "megabytes": round(start / 1e6, 1),
        "pictures": sizes["matplotlib"],
        "picturesMegabytes": round(sizes["matplotlib"] / 1e6, 1),
    }


def setup(app):
    app.add_env_collector(Exercises)
    app.connect("source-read", wrap, priority=650)  # after questions and exercises have taken their cells
    app.connect("builder-inited", bring, priority=700)
    app.connect("html-page-context", add_settings)
    app.connect("build-finished", finish, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
