"""A figure's other pictures come in a file of their own once the reader is near: the text need not wait for them.

The file is a script, since a page that is opened from a folder can fetch nothing else; explore.js asks for it.
"""

import hashlib
import re
from pathlib import Path

from book_pages import written_pages

FOLDER = "_static/frames"
PACKED = re.compile(r'<script type="application/x-explore">([\w+/=]+)</script>')
LEAST = 2000  # characters: fewer are sooner here than another file is asked for


def part(app, page, template, context, doctree):
    """Put each figure's pictures into a file whose name changes with them; the page says where it lies."""
    if app.builder.format != "html" or "body" not in context:
        return

    def filed(match):
        if len(match[1]) < LEAST:
            return match[0]
        script = f'document.currentScript.frames = "{match[1]}";\n'
        name = f"{FOLDER}/{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"
        path = Path(app.outdir) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script, encoding="utf-8", newline="\n")
        return f'<script type="application/x-explore" data-from="{context["pathto"](name, 1)}"></script>'

    context["body"] = PACKED.sub(filed, context["body"])


def sweep(app, exception):
    """Files of figures that no page shows any more go."""
    if exception is None and app.builder.format == "html":
        shown = "".join(path.read_text(encoding="utf-8") for path in written_pages(app))
        for path in (Path(app.outdir) / FOLDER).glob("*.js"):
            if path.name not in shown:
                path.unlink()


def setup(app):
    app.connect("html-page-context", part)
    app.connect("build-finished", sweep, priority=790)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
