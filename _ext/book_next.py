"""A chapter ends with the next one's first figure, beside its question: what `book_cards` puts on a shared link."""

import shutil
from pathlib import Path

from book_cards import Figures
from book_chapters import number

FOLDER = "_static/next"


def name_of(page):
    return f"{FOLDER}/{page.rpartition('/')[2]}.png"


def show(app, page, template, context, doctree):
    """The picture's place, for `_templates/components/prev-next.html`."""
    _, _, following = app.builder.relations.get(page, (None, None, None))
    if number(page) and number(following) and following in Figures.of(app.env):
        context["next_picture"] = name_of(following)


def bring(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    figures = {Path(app.outdir, name_of(page)): file for page, file in Figures.of(app.env).items() if number(page)}
    for old in set(Path(app.outdir, FOLDER).glob("*.png")) - {*figures}:
        old.unlink()
    for place, file in figures.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def setup(app):
    app.connect("html-page-context", show)
    app.connect("build-finished", bring)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
