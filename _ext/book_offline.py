"""The book is there without a network: a service worker keeps one edition of it, whole, and never mixes two.

An edition is the site's pages and all that they name. Its name is a hash of them, its list says the hash of each, and
both go into `sw.js` (offline/worker.js) once nothing in the site changes any more. `OFFLINE=no` writes a worker that
deletes what earlier ones have kept and takes itself off, so that there is always a way out.
"""

import gzip
import hashlib
import json
import os
import re
from pathlib import Path

from book_assets import small
from book_python import CORE
from book_stamp import stamped
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

HERE = Path(__file__).parent / "offline"
WORKER, GONE, CONTROLS = HERE / "worker.js", HERE / "gone.js", HERE / "controls.js"
BLANK = '<meta name="book-edition" content="" />'
MARK = re.compile(r'<meta name="book-edition"[^>]*>')
KNOWN = '"what the build knows"'  # in worker.js
WORD = re.compile(r"[\w.-]+")
TEXTS = {".html", ".css", ".js", ".mjs", ".svg"}
# Taken away, fetched by a press, by other hosts or by the browser for itself, or the worker.
LEFT_OUT = re.compile(r"downloads/|_static/pyodide/|_static/cards/|sw\.js$|.*\.(html|webmanifest)$")


class Controls(SphinxDirective):
    """`{kept-offline}`: what this browser keeps of the book, and the buttons for it."""

    def run(self):
        self.env.metadata[self.env.docname]["kept_offline"] = True
        said = '<div class="book-offline"><noscript><p>With JavaScript off, nothing is kept.</p></noscript></div>\n'
        return [nodes.raw("", said, format="html")]


def prepare(app, page, template, context, doctree):
    """In each page's head a place for the edition's name; its controls' script where they stand."""
    context["metatags"] = context.get("metatags", "") + f"\n    {BLANK}"
    if "kept_offline" in app.env.metadata.get(page, ()):
        app.add_js_file("controls.js", loading_method="defer")


def bring(app):
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CONTROLS.name).write_bytes(small(CONTROLS))


def pages_of(site):
    """{path: text without the edition's name} of the pages that this build, or one before it, has written."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    return {path: MARK.sub(BLANK, text) for path, text in texts.items() if MARK.search(text)}


def named(site, pages):
    """The files that pages name, and those that these name: what only the theme has brought is not among them."""
    files = {}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        if not LEFT_OUT.match(path.relative_to(site).as_posix()):
            files.setdefault(path.name, []).append(path)
    found, waiting = [], list(pages.values())
    while waiting:
        for name in WORD.findall(waiting.pop()):
            for path in files.pop(name, ()):
                found.append(path)
                if path.suffix in TEXTS:
                    waiting.append(path.read_text(encoding="utf-8"))
    return sorted(found)


def digest(content):
    return hashlib.sha256(content).hexdigest()[:16]


def travels(path, content):
    """How many bytes come over the line, from a host that compresses as hosts do."""
    return len(gzip.compress(content, 6)) if path.suffix in TEXTS else len(content)


def keep(site, python):
    """Write the worker of a finished site; `python`, as book_python has it, says where its pages fetch Pyodide."""
    pages = pages_of(site)
    contents = {path: text.encode() for path, text in pages.items()}
    contents |= {path: path.read_bytes() for path in named(site, pages)}
    place = {path: path.relative_to(site).as_posix() for path in contents}
    key = {path: name if path in pages else stamped(name, path) for path, name in place.items()}
    code = small(WORKER).decode()
    source = {"pyodide": python["pyodide"], "pythonBytes": python["bytes"], "core": CORE}
    seen = json.dumps([code, source, {key[path]: digest(content) for path, content in contents.items()}])
    edition = hashlib.sha256(seen.encode()).hexdigest()[:12]
    megabytes = sum(travels(path, content) for path, content in contents.items()) / 1e6
    mark = (
        f'<meta name="book-edition" content="{edition}" data-book="{megabytes:.1f}" '
        f'data-python="{python["megabytes"]}" data-host="{python["host"]}" />'
    )
    for path, text in pages.items():
        contents[path] = text.replace(BLANK, mark).encode()
        path.write_bytes(contents[path])
    known = {
        "edition": edition,
        "bytes": sum(map(len, contents.values())),
        "files": {key[path]: digest(content) for path, content in contents.items()},
    } | source
    write(site, code.replace(KNOWN, json.dumps(known, separators=(",", ":"))))


def withdraw(site):
    """Write a worker that ends what earlier ones began; the pages ask for none."""
    for path, text in pages_of(site).items():
        path.write_text(text, encoding="utf-8", newline="\n")
    write(site, small(GONE).decode())


def write(site, code):
    (site / "sw.js").write_text(code + "\n", encoding="utf-8", newline="\n")


def finish(app, exception):
    if exception is None and app.builder.format == "html":
        site = Path(app.outdir)
        withdraw(site) if os.environ.get("OFFLINE") == "no" else keep(site, app.book_python)


def setup(app):
    app.add_directive("kept-offline", Controls)
    app.connect("builder-inited", bring)
    app.connect("html-page-context", prepare, priority=750)
    app.connect("build-finished", finish, priority=950)  # after the last change of any file
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
