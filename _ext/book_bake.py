"""The build tells figures to come out as pages need them; changed code runs every chapter, changed content does not.

Content is what `classroom/chapters` holds, the exercises and questions. A page shows it without running anything, so
only a chapter whose own code imports from there runs again with it (the one on digits trains its exercises' networks).
"""

import hashlib
import json
import os
import platform
import re
import shutil
from importlib.metadata import version
from pathlib import Path

from sphinx.util import logging

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "classroom" / "chapters"
IN_THE_PAGE = ROOT / "classroom" / "inpage"  # runs in a reader's browser, never in a chapter's kernel
PACKAGES = ("numpy", "matplotlib", "ipython", "ipykernel")
# What a page, or a live notebook (.mjs), does with an output; no output of a build depends on it.
LOOK = {".js", ".mjs", ".css"}
USES_CONTENT = re.compile(r"^\s*(?:from|import)\s+classroom\.(?:chapters|exercises)\b", re.M)


def hashed(paths, *more):
    digest = hashlib.sha256("\n".join(more).encode())
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def code():
    """The files that any chapter's outputs may depend on."""
    for path in [*ROOT.glob("nnlib/**/*"), *ROOT.glob("classroom/**/*")]:
        apart = {CONTENT, IN_THE_PAGE} & {*path.parents} or path.suffix in LOOK or "__pycache__" in path.parts
        if path.is_file() and not apart:
            yield path


def fingerprint():
    """A short hash of everything besides its own text that a chapter's outputs depend on."""
    return hashed(code(), platform.python_version(), *(f"{name} {version(name)}" for name in PACKAGES))


def choose_cache(app, config):
    """Give jupyter-cache, which looks only at a notebook's code, one folder per fingerprint; old ones go."""
    config.book_fingerprint = fingerprint()
    cache = Path(config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    config.nb_execution_cache_path = str(cache / config.book_fingerprint)
    old = [path for path in cache.glob("*") if path.is_dir() and path.name != config.book_fingerprint]
    for path in sorted(old, key=lambda path: path.stat().st_mtime)[:-2]:
        shutil.rmtree(path, ignore_errors=True)


def note_content(app, docname, source):
    """A notebook that imports content carries its hash where jupyter-cache looks besides the code."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        if "{code-cell}" in source[0] and USES_CONTENT.search(source[0]):
            log.warning("only a notebook may import from classroom.chapters", location=docname, type="book")
        return
    notebook = json.loads(source[0])
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    if USES_CONTENT.search("\n".join(cells)):
        files = sorted(CONTENT.glob("*.py"))
        for path in files:
            app.env.note_dependency(str(path))
        notebook["metadata"].setdefault("kernelspec", {})["content"] = hashed(files)
        source[0] = json.dumps(notebook)


def setup(app):
    # Kernels inherit this variable. A reader's kernel never has it: there a figure is a live widget.
    before = os.environ.get("CLASSROOM_BAKE")
    os.environ["CLASSROOM_BAKE"] = "1"

    def restore(app, exception):
        if before is None:
            os.environ.pop("CLASSROOM_BAKE", None)

    # "env": another fingerprint makes Sphinx read every page again.
    app.add_config_value("book_fingerprint", "", "env")
    app.connect("config-inited", choose_cache, priority=400)
    app.connect("source-read", note_content, priority=700)  # the code as it will run
    app.connect("build-finished", restore)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
