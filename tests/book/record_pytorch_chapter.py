"""Runs the last chapter's PyTorch listing; `python tests/book/record_pytorch_chapter.py` writes what it prints."""

import contextlib
import io
import json
import pathlib
import re

CHAPTER = pathlib.Path(__file__).parents[2] / "chapters" / "14_summary.ipynb"
LISTING = re.compile(r"```py\n(import numpy as np\nimport torch\n.*?)```\n\n```text\n(.*?)```", re.S)


def cell_with_listing(notebook):
    """The Markdown cell that holds the listing and its recorded output."""
    (cell,) = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown" and LISTING.search("".join(cell["source"]))
    ]
    return cell


def listing_and_output():
    """The listing and the output as the chapter shows them."""
    notebook = json.loads(CHAPTER.read_text(encoding="utf-8"))
    return LISTING.search("".join(cell_with_listing(notebook)["source"])).groups()


def run(listing):
    """What the listing prints here and now."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(listing, "the last chapter's listing", "exec"), {})
    return printed.getvalue()


if __name__ == "__main__":
    notebook = json.loads(CHAPTER.read_text(encoding="utf-8"))
    cell = cell_with_listing(notebook)
    listing, _ = LISTING.search("".join(cell["source"])).groups()
    printed = run(listing)
    source = LISTING.sub(lambda m: f"```py\n{m[1]}```\n\n```text\n{printed}```", "".join(cell["source"]))
    cell["source"] = source.splitlines(keepends=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    CHAPTER.write_text(text, encoding="utf-8")
    print(printed, end="")
