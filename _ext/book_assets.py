"""The scripts, styles and fonts of the pages are copied from where each is kept: two lists say all of them.

All styles go into one sheet, since a page is not shown before each of its sheets is there.
"""

import re
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

ROOT = Path(__file__).parent.parent
ON_PRESS = ROOT / "classroom" / "inpage" / "press"  # comes when a reader presses something: book_python
ON_SOME = ROOT / "classroom" / "draw"  # its scripts come on the pages that have a field to draw in: book_draw
# (where, which, the folder below _static); in this order on every page, since later scripts build on earlier ones.
ASSETS = (
    ("classroom", "**/*.js", ""),
    ("_ext", "*.js", ""),
    ("_vendor/katex", "fonts/*.woff2", "katex"),
    ("_vendor/source-serif", "*.woff2", "source-serif"),
)
# (where, which, the folder below _static that its addresses start from); the book's own look comes last, and wins.
SHEETS = (
    ("classroom", "**/*.css", ""),
    ("_ext", "book_*.css", ""),
    ("_vendor/katex", "*.css", "katex"),
    ("_ext", "*/*.css", ""),
    ("_ext", "book.css", ""),
)
SHEET = "book.css"


def listed(rows):
    """(folder, target, file) of each file that the rows name, in their order."""
    for folder, pattern, target in rows:
        for path in sorted((ROOT / folder).glob(pattern)):
            if path.parent != ON_PRESS:
                yield folder, target, path


def assets():
    """Each file but the styles, and its place below `_static`."""
    for folder, target, path in listed(ASSETS):
        if ON_SOME not in path.parents:
            yield path, Path(target, path.relative_to(ROOT / folder)) if target else Path(path.name)


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
        copy.write_bytes(small(path))
        if path.suffix == ".js":
            app.add_js_file(place.as_posix(), loading_method="defer")
    (Path(app.outdir) / "_static" / SHEET).write_text(sheet(), encoding="utf-8", newline="\n")
    app.add_css_file(SHEET)


def setup(app):
    app.connect("builder-inited", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
