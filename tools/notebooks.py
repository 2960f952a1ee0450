"""Keep the chapters in one plain form: text outputs only, nothing random, nothing of the machine that ran them.

python tools/notebooks.py                  write every chapter in that form
python tools/notebooks.py --execute        run every cell first, and keep what it prints
python tools/notebooks.py --check          change nothing; fail if a chapter would change
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

CHAPTERS = Path(__file__).parent.parent / "chapters"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT = ("exercise", "mystnb", "name", "needs", "tags")  # metadata of a cell that means something to the book


def text(value):
    return value if isinstance(value, str) else "".join(value)


def lines(value):
    return text(value).splitlines(keepends=True)


def printed(cell):
    """What the outputs of a cell say, as one text."""
    found = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell["outputs"]]
    return "\n".join(map(text, found))


def normal_outputs(outputs):
    """Printed text as one stream, and of anything displayed only its text."""
    kept = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            if output["name"] != "stdout":
                continue
            if kept and kept[-1]["output_type"] == "stream":
                kept[-1]["text"] = lines(text(kept[-1]["text"]) + text(output["text"]))
            else:
                kept.append({"output_type": "stream", "name": "stdout", "text": lines(output["text"])})
        elif kind in ("display_data", "execute_result") and "text/plain" in output["data"]:
            plain = {
                "output_type": kind,
                "data": {"text/plain": lines(output["data"]["text/plain"])},
                "metadata": {},
            }
            kept.append(plain | ({"execution_count": None} if kind == "execute_result" else {}))
        elif kind == "error":
            kept.append(output)
    return kept


def normal(notebook):
    """The notebook in its plain form; a cell is named after its text, so names never change by chance."""
    cells, seen = [], {}
    for cell in notebook["cells"]:
        source = text(cell["source"]).rstrip()
        name = hashlib.sha256(f"{cell['cell_type']} {source}".encode()).hexdigest()[:8]
        seen[name] = seen.get(name, 0) + 1
        plain = {
            "cell_type": cell["cell_type"],
            "id": name if seen[name] == 1 else f"{name}-{seen[name]}",
            "metadata": {key: cell["metadata"][key] for key in KEPT if cell.get("metadata", {}).get(key)},
            "source": lines(source),
        }
        if cell["cell_type"] == "code":
            plain |= {"execution_count": None, "outputs": normal_outputs(cell.get("outputs", []))}
        cells.append(plain)
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def dump(notebook):
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def execute(notebook, folder):
    """The same notebook with the outputs of a live kernel, started in the notebook's folder."""
    import nbformat
    from nbclient import NotebookClient

    node = nbformat.reads(json.dumps(notebook), as_version=4)
    NotebookClient(node, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return json.loads(nbformat.writes(node))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--execute", action="store_true")
    parser.add_argument("notebooks", nargs="*", type=Path)
    arguments = parser.parse_args()
    changed, failed = [], []
    for path in arguments.notebooks or sorted(CHAPTERS.glob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        notebook = normal(json.loads(before))
        if arguments.execute:
            print(path.name, flush=True)
            try:
                notebook = normal(execute(notebook, path.parent))
            except Exception as error:
                failed.append(f"{path.name}: a cell failed:\n{error}")
                continue
        after = dump(notebook)
        if after != before:
            changed.append(path.name)
            if not arguments.check:
                path.write_text(after, encoding="utf-8", newline="\n")
    if arguments.check and changed:
        failed.append(f"not in plain form: {', '.join(changed)} (make notebooks mends it)")
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
