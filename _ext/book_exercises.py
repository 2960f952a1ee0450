"""On the site an exercise is followed by its hints and solution, closed; the verdict on its starter is left out."""

import json
from pathlib import Path

from sphinx.util import logging

log = logging.getLogger(__name__)
CHAPTERS = Path(__file__).parent.parent / "classroom" / "chapters"


def details(summary, body, css):
    return f'<details class="{css}">\n<summary>{summary}</summary>\n\n{body}\n\n</details>\n'


def help_cell(exercise):
    """The Markdown cell that follows an exercise on the site: each hint holds the next one, the last the solution."""
    folded = details("A solution", f"```python\n{exercise.solution.strip()}\n```", "book-solution")
    for n, text in reversed(list(enumerate(exercise.hints, start=1))):
        folded = details(f"Hint {n}", f"{text}\n\n{folded}", "book-hint")
    return {"cell_type": "markdown", "metadata": {}, "source": folded}


def add_help(app, docname, source):
    """Work on the notebook's text as read; the file that readers download stays as it is."""
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if cell["cell_type"] != "code":
            continue
        tags = cell["metadata"].setdefault("tags", [])
        identifier = cell["metadata"].get("exercise")
        if identifier is None:
            continue
        if "remove-output" not in tags:
            tags.append("remove-output")
        from classroom import exercises  # here, so that a book without exercises builds without them

        try:
            exercise = exercises.get(identifier)
        except Exception as error:
            log.warning("exercise “%s”: %s", identifier, error, location=docname, type="book", subtype="exercise")
            continue
        app.env.note_dependency(str(CHAPTERS / f"ch{exercise.chapter}.py"))
        cells.append(help_cell(exercise))
    notebook["cells"] = cells
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "markdown" and "id" not in cell:
            cell["id"] = f"help-{number}"
    source[0] = json.dumps(notebook)


def setup(app):
    app.connect("source-read", add_help)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
