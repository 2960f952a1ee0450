"""Open the book in JupyterLab, in a folder for the reader's own work where every link of a chapter leads somewhere.

`lab/` holds a copy of each chapter, its figures' code folded and their first pictures in place, and every other page of
the book as plain Markdown. What a reader has changed there is never written over.
"""

import argparse
import hashlib
import json
import os
import re
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "_ext"))
import plain_pages

ROOT = Path(__file__).parent.parent
LAB = ROOT / "lab"
SITE = ROOT / "_build" / "html"
KEPT = ".book"  # beside the reader's files: what was written, and what JupyterLab is told
SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def first_pictures(chapter):
    """{figure's name: its first picture as HTML that needs no script}, from the built page of a chapter."""
    from bs4 import BeautifulSoup

    from classroom.explore.page import stylesheet

    page = SITE / "chapters" / f"{chapter}.html"
    if not page.exists():
        return {}
    found = {}
    for figure in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select("figure.nn-figure"):
        name = figure.select_one(".nn-explore")["id"].removeprefix("explore-")
        parts = [figure.select_one(part) for part in (".nn-picture", ".nn-says", "figcaption")]
        inner = "".join(str(part) for part in parts if part).replace("figcaption", "div")
        found[name] = f'<style>{stylesheet()}</style><div class="nn-explore">{inner}</div>'
    return found


def for_lab(notebook, pictures):
    """A chapter's notebook (a dict) links as JupyterLab follows them, code folded, first pictures shown."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = plain_pages.links("".join(cell["source"]))
        elif "hide-input" in cell["metadata"].get("tags", []):
            cell["metadata"]["jupyter"] = {"source_hidden": True}
            for output in cell["outputs"]:
                name = re.match(r"[\w-]+(?=: )", "".join(output.get("data", {}).get("text/plain", "")))
                if name and name[0] in pictures:
                    output["data"]["text/html"] = pictures[name[0]]
    return notebook


def contents():
    """{path in `lab/`: text} of the whole book."""
    made = plain_pages.pages()
    for path in sorted(ROOT.glob("chapters/*.ipynb")):
        notebook = for_lab(json.loads(path.read_text(encoding="utf-8")), first_pictures(path.stem))
        made[f"chapters/{path.name}"] = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    return made


def fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()


def work(name, text):
    """What a reader can have changed: of a notebook its cells' text, not what they printed."""
    if name.endswith(".ipynb"):
        try:
            text = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(text)["cells"]])
        except (ValueError, KeyError, TypeError):
            pass  # no notebook any more: the reader's, whatever it is
    return fingerprint(text)


def write(made, folder=LAB):
    """Write what is missing or has changed in the book; returns the files written.

    A file in which the reader has changed something stays; the newer original lies beside it, as `01_neuron.new.ipynb`.
    """
    record = folder / KEPT / "written.json"
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    written = []
    for name, text in made.items():
        path, before = folder / name, known.get(name, {})
        if path.exists() and before.get("text") == fingerprint(text):
            continue
        if path.exists() and before.get("work") != work(name, path.read_text(encoding="utf-8")):
            path = path.with_name(f"{path.stem}.new{path.suffix}")
            known[name] = before | {"text": fingerprint(text)}
        else:
            known[name] = {"text": fingerprint(text), "work": work(name, text)}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return written


def trust(written, folder=LAB):
    """Let JupyterLab show the first pictures: these notebooks are signed, in a store of the folder's own."""
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary(**signatures(folder))
    for path in written:
        if path.suffix == ".ipynb":
            notary.sign(nbformat.read(path, as_version=4))


def signatures(folder=LAB):
    return {"db_file": str(folder / KEPT / "signatures.db"), "secret_file": str(folder / KEPT / "secret")}


def command(folder=LAB):
    """JupyterLab at the book's root; it asks no other host for news, updates or extensions."""
    settings = folder / KEPT / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "overrides.json").write_text(json.dumps(SETTINGS, indent=1), encoding="utf-8")
    return [
        *(sys.executable, "-m", "jupyterlab", "chapters/01_neuron.ipynb"),
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.app_settings_dir={settings}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *(f"--NotebookNotary.{name}={value}" for name, value in signatures(folder).items()),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="only write the folder; start nothing")
    options, more = parser.parse_known_args()
    sys.path.insert(0, str(ROOT))
    written = write(contents())
    trust(written)
    for path in written:
        if ".new." in path.name:
            print(f"{path.relative_to(ROOT)} is newer than the file in which you have changed something; yours stays.")
    if not options.write:
        os.chdir(LAB)
        os.execv(sys.executable, [*command(), *more])


if __name__ == "__main__":
    main()
