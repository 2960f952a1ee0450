"""Write the exercises' statement and starter cells into the chapters, from their one source in `classroom.exercises`.

    python tools/write_exercises.py            # write
    python tools/write_exercises.py --check    # only compare: exit code 1 when a chapter differs (CI)

A pair of cells whose metadata says {"exercise": "relu"} is where the exercise `relu` stands: the Markdown cell gets the
statement, the code cell the starter and the call to `check`. No other cell is ever touched.
"""

import argparse
import json
import pathlib
import sys

from classroom.exercises import get

CHAPTERS = pathlib.Path(__file__).resolve().parent.parent / "chapters"


def fill(notebook, name):
    """Write every exercise cell of a notebook (a dict); returns the complaints that only an author can settle."""
    complaints, seen = [], {}
    for cell in notebook["cells"]:
        id = cell["metadata"].get("exercise")
        if id is None:
            continue
        try:
            exercise = get(id)
        except ValueError as error:
            complaints.append(f"{name}: {error}")
            continue
        if exercise.chapter != pathlib.Path(name).stem:
            complaints.append(f'{name}: "{id}" belongs to chapter {exercise.chapter}')
        seen.setdefault(id, []).append(cell["cell_type"])
        source = exercise.text if cell["cell_type"] == "markdown" else exercise.cell
        if "".join(cell["source"]) == source:
            continue
        cell["source"] = source.splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["metadata"]["tags"] = sorted({*cell["metadata"].get("tags", []), "exercise"})
    for id, kinds in seen.items():
        if kinds != ["markdown", "code"]:
            complaints.append(f'{name}: "{id}" needs one Markdown cell and then one code cell, not {", ".join(kinds)}')
    return complaints


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a chapter differs")
    parser.add_argument("chapters", nargs="*", type=pathlib.Path, help="notebooks (default: all chapters)")
    options = parser.parse_args(arguments)
    complaints = []
    for path in options.chapters or sorted(CHAPTERS.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        notebook = json.loads(text)
        before = json.dumps(notebook)
        complaints += fill(notebook, path.name)
        if json.dumps(notebook) == before:
            continue
        if options.check:
            complaints.append(f"{path.name}: exercise cells differ from their source; run tools/write_exercises.py")
        else:
            path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
            print(f"wrote {path.name}")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
