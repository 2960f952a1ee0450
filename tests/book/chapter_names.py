"""What a chapter's cells define, so that a test can ask its figures and functions whether the text is right."""

import contextlib
import io
import json
from functools import cache

import notebooks

from classroom.explore import collecting


@cache
def names_of(chapter):
    """The names that the cells of `chapter` ("05_loss") leave behind; exercises and questions are left out."""
    cells = json.loads((notebooks.CHAPTERS / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    names = {"__name__": "__main__"}
    with collecting(), contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code" and not {"exercise", "question"} & set(cell["metadata"].get("tags", [])):
                exec("".join(cell["source"]), names)
    return names
