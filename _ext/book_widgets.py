"""The scripts and styles that the figures and questions need come from the package itself, on every page."""

import shutil
from pathlib import Path

CLASSROOM = Path(__file__).parent.parent / "classroom"


def assets():
    return sorted(path for kind in ("*.js", "*.css") for path in CLASSROOM.rglob(kind))


def add(app):
    """Copied before the first page is written, so that each link carries the file's checksum."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    for path in assets():
        shutil.copy(path, folder / path.name)
        if path.suffix == ".js":
            app.add_js_file(path.name, loading_method="defer")
        else:
            app.add_css_file(path.name)


def setup(app):
    app.connect("builder-inited", add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
