"""The scripts and styles that nnlib's figures and questions need come from the package itself, on every page."""

import shutil
from pathlib import Path

NNLIB = Path(__file__).parent.parent / "nnlib"


def assets():
    return sorted(path for kind in ("*.js", "*.css") for path in NNLIB.rglob(kind))


def link(app):
    for path in assets():
        if path.suffix == ".js":
            app.add_js_file(path.name, loading_method="defer")
        else:
            app.add_css_file(path.name)


def copy(app, exception):
    if exception is None and app.builder.format == "html":
        for path in assets():
            shutil.copy(path, Path(app.outdir) / "_static" / path.name)


def setup(app):
    app.connect("builder-inited", link)
    app.connect("build-finished", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
