"""The scripts, styles and fonts of the pages are copied from where each is kept: three lists say all of them.

All styles go into one sheet, since a page is not shown before each of its sheets is there; and all scripts into one
file, since on a slow line each file costs a way there and back.
"""

import re
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

ROOT = Path(__file__).parent.parent
ON_PRESS = ROOT / "classroom" / "inpage" / "press"  # comes when a reader presses something: book_python
ON_SOME = ROOT / "classroom" / "draw"  # its scripts come on the pages that have a field to draw in: book_draw
# (where, which, the folder below _static).
ASSETS = (
    ("_vendor/katex", "fonts/*.woff2", "katex"),
    ("_vendor/source-serif", "*.woff2", "source-serif"),
)
# The same; in this order, since later scripts build on earlier ones.
SCRIPTS = (
    ("_ext", "near.js", ""),
    ("classroom", "**/*.js", ""),
    ("_ext", "book_*.js", ""),
)
# (where, which, the folder below _static that its addresses start from); the book's own look comes last, and wins.
SHEETS = (
    ("classroom", "**/*.css", ""),
    ("_ext", "book_*.css", ""),
    ("_vendor/katex", "*.css", "katex"),
    ("_ext", "*/*.css", ""),
    ("_ext", "book.css", ""),
)
SHEET, SCRIPT = "book.css", "book.js"


def listed(rows):
    """(folder, target, file) of each file that the rows name, in their order."""
    for folder, pattern, target in rows:
        for path in sorted((ROOT / folder).glob(pattern)):
            if path.parent != ON_PRESS:
                yield folder, target, path


def assets():
    """Each file that is not part of another, and its place below `_static`."""
    for folder, target, path in listed(ASSETS):
        yield path, Path(target, path.relative_to(ROOT / folder))


def script():
    """All scripts as the one that every page asks for."""
    return ";\n".join(small(path).decode() for _, _, path in listed(SCRIPTS) if ON_SOME not in path.parents)


ADDRESS = re.compile(r"url\((?=[\w./-]+\.\w+\))")  # and not a picture that stands in the sheet itself


def sheet():
    """All styles as the one sheet that every page asks for."""
    parts = []
    for _, target, path in listed(SHEETS):
        text = small(path).decode()
        parts.append(ADDRESS.sub(f"url({target}/", text) if target else text)
    return "\n".join(parts)


# A template literal within another's value: rjsmin takes it for the other one's end, and the spaces from its words.
NESTED = re.compile(r"\$\{(?:[^{}`]|\{[^{}`]*\})*`")


def small(path):
    """A file's bytes as they travel: our scripts and styles without comments and indents, a fifth less when packed."""
    shorten = {".js": jsmin, ".mjs": jsmin, ".css": cssmin}.get(path.suffix)
    if shorten is None or "_vendor" in path.parts:
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    if shorten is jsmin and (found := NESTED.search(text)):
        raise ValueError(
            f"{path.name}, line {text.count(chr(10), 0, found.start()) + 1}: a template within a template."
        )
    return shorten(text).encode()


def add(app):
    """Copied before the first page is written, so that each link carries the file's checksum."""
    if app.builder.format != "html":
        return
    for path, place in assets():
        copy = Path(app.outdir) / "_static" / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    for name, text in ((SHEET, sheet()), (SCRIPT, script())):
        (Path(app.outdir) / "_static" / name).write_text(text, encoding="utf-8", newline="\n")
    app.add_css_file(SHEET)
    app.add_js_file(SCRIPT, loading_method="defer")


def setup(app):
    app.connect("builder-inited", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
