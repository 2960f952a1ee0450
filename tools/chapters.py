"""Insert, move or remove a chapter: files, links, modules and the numbers in the text follow.

    python tools/chapters.py                                       list the chapters
    python tools/chapters.py insert 8 checking "How do you know?"  a new, nearly empty chapter 8; later ones move up
    python tools/chapters.py move sgd 12                           the chapter `sgd` becomes chapter 12
    python tools/chapters.py remove checking                       its files go; later ones move down

A chapter `05_loss` is `chapters/05_loss.ipynb`, its exercises `classroom/chapters/ch05_loss.py`, its questions
`classroom/chapters/05_loss.toml`, and a line of `_toc.yml`. The book names its own chapters in one of three ways, which
are all renumbered here: a link, `[chapter 5](05_loss.ipynb)`; `*Chapter 5.*` in the glossary; "chapter 5" in an
exercise or a question, where there are no links. A number that fits no chapter fails the build (_ext/book_chapters.py).
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

import notebooks

ROOT = Path(__file__).parent.parent
TOC = ROOT / "_toc.yml"
LINE = re.compile(r"^( *- file: chapters/)(\d\d_\w+)$", re.M)
TEXT = {".css", ".ipynb", ".js", ".md", ".mjs", ".py", ".toml", ".yml"}
NUMBER = r"\b([Cc]hapters?) (\d+)((?:(?:, | and | to |–)\d+)*)"


def names():
    """["01_neuron", …], in the order of `_toc.yml`."""
    return [match[2] for match in LINE.finditer(TOC.read_text(encoding="utf-8"))]


def files(name, root=ROOT):
    content = root / "classroom" / "chapters"
    return [root / "chapters" / f"{name}.ipynb", content / f"ch{name}.py", content / f"{name}.toml"]


def tracked(root=ROOT):
    """The text files of the book, those that are new included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [root / name for name in listed if not name.startswith("_vendor/")]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def renumbered(text, path, new):
    """The text of one file with every chapter under its new name and number; `new` is {"09_sgd": "09_sgd", …}."""
    numbers = {int(old[:2]): int(name[:2]) for old, name in new.items()}
    text = re.sub(rf"(?<!\d)({'|'.join(new)})\b", lambda match: new[match[1]], text)

    def own(match):
        rest = re.sub(r"\d+", lambda m: str(numbers.get(int(m[0]), m[0])), match[3])
        return f"{match[1]} {numbers.get(int(match[2]), match[2])}{rest}"

    if path.parent.name == "chapters" and path.suffix in (".py", ".toml"):
        return re.sub(NUMBER, own, text)
    if path.name == "glossary.md":
        text = re.sub(r"\*Chapter (\d+)\.\*", lambda m: f"*Chapter {numbers.get(int(m[1]), m[1])}.*", text)

    def linked(match):
        return re.sub(r"(\b[Cc]hapter |^\[)\d+", rf"\g<1>{int(match[2])}", match[1]) + match[0][len(match[1]) :]

    return re.sub(r"(\[[^\]\[]*\])\((?:\.\./)?(?:chapters/)?(\d\d)_\w+\.ipynb", linked, text)


def reorder(order, gone=(), root=ROOT):
    """Give the chapters of `order` (today's names) the numbers 1, 2, …; files, links and numbers follow."""
    new = {old: f"{place:02}_{old[3:]}" for place, old in enumerate(order, start=1)}
    for path in tracked(root):
        before = path.read_text(encoding="utf-8")
        after = renumbered(before, path, new)
        if path == root / "_toc.yml":
            lines = "".join(f"      - file: chapters/{name}\n" for name in new.values())
            after = re.sub(r"(?m)(^ *- file: chapters/\d\d_\w+\n)+", lines, before)
        elif path.suffix == ".ipynb" and after != before:  # a cell is named after its text
            after = notebooks.dump(notebooks.normal(json.loads(after)))
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
    for name in gone:
        for path in files(name, root):
            path.unlink(missing_ok=True)
    moved = {old: name for old, name in new.items() if old != name}
    for old in moved:  # in two steps, since chapters may change places
        for path in files(old, root):
            if path.exists():
                path.rename(path.with_name(path.name + ".moving"))
    for old, name in moved.items():
        for path, target in zip(files(old, root), files(name, root), strict=True):
            if (waiting := path.with_name(path.name + ".moving")).exists():
                waiting.rename(target)


def insert(place, short, question):
    """A chapter with its question as the title, an empty list of exercises and an empty file of questions."""
    name = f"{place:02}_{short}"
    order = names()
    order.insert(place - 1, f"00_{short}")
    toc = TOC.read_text(encoding="utf-8")
    TOC.write_text(LINE.sub(rf"\g<0>\n      - file: chapters/00_{short}", toc, count=1), encoding="utf-8", newline="\n")
    cell = {"cell_type": "markdown", "metadata": {}, "source": f"# {question}"}
    notebook, exercises, questions = files(f"00_{short}")
    notebook.write_text(notebooks.dump(notebooks.normal({"cells": [cell]})), encoding="utf-8", newline="\n")
    words = f'"""Exercises of chapter {place}."""\n\nEXERCISES = []\n'
    exercises.write_text(words, encoding="utf-8", newline="\n")
    none_yet = f"#:schema ../../docs/questions.schema.json\n# Quick questions of chapter {place}.\n"
    questions.write_text(none_yet, encoding="utf-8", newline="\n")
    reorder(order)
    exercises.with_name(f"ch{name}.py").write_text(words, encoding="utf-8", newline="\n")
    questions.with_name(f"{name}.toml").write_text(none_yet, encoding="utf-8", newline="\n")
    print(f"chapters/{name}.ipynb is waiting to be written; `make notebooks` runs all chapters again.")


def find(short):
    found = [name for name in names() if short in (name, name[3:])]
    if not found:
        sys.exit(f"There is no chapter {short!r}; there are {', '.join(name[3:] for name in names())}.")
    return found[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command")
    new = commands.add_parser("insert")
    new.add_argument("place", type=int)
    new.add_argument("name")
    new.add_argument("question")
    moving = commands.add_parser("move")
    moving.add_argument("name")
    moving.add_argument("place", type=int)
    commands.add_parser("remove").add_argument("name")
    asked = parser.parse_args()
    order = names()
    if asked.command == "insert":
        if not re.fullmatch(r"[a-z][a-z0-9_]*", asked.name) or not 1 <= asked.place <= len(order) + 1:
            sys.exit(f"A chapter needs a short name in small letters, and a place from 1 to {len(order) + 1}.")
        insert(asked.place, asked.name, asked.question)
    elif asked.command == "move":
        name = find(asked.name)
        order.remove(name)
        if not 1 <= asked.place <= len(order) + 1:
            sys.exit(f"The place must lie between 1 and {len(order) + 1}.")
        order.insert(asked.place - 1, name)
        reorder(order)
    elif asked.command == "remove":
        name = find(asked.name)
        order.remove(name)
        reorder(order, gone=[name])
        print(f"Links to {name} are left as they are; the build names each.")
    print("\n".join(names()))


if __name__ == "__main__":
    main()
