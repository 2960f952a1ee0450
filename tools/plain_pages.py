"""The book's front and back matter as plain Markdown, for JupyterLab, which knows no directive, role or reference.

What the site makes while it is built is written out here: a heading for each term of the glossary, each source and each
name of nnlib, so that a link to it leads there.
"""

import importlib
import inspect
import re
from functools import cache
from pathlib import Path

import book_links
import book_reference
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"\]\((?P<file>[\w./-]*\.(?:md|ipynb))#(?P<place>[^)\s]+)\)")
FENCE = re.compile(r"^```\{(?P<name>[\w-]+)\}.*?\n(?P<body>.*?)^```\n", re.M | re.S)
CITE = re.compile(r"\{cite:(?P<kind>[pt])\}`(?P<key>\w+)`")
ENTRY = re.compile(r"^(?P<term>\S.*)\n(?P<text>(?:  .*\n)+)", re.M)


@cache
def sources():
    return parse_file(str(ROOT / "references.bib")).entries


@cache
def terms():
    """{slug: term} of the glossary."""
    body = FENCE.search((ROOT / "glossary.md").read_text(encoding="utf-8"))["body"]
    return {
        book_links.slug(entry["term"]): entry["term"] for entry in ENTRY.finditer(body) if entry["term"][:2] != ".."
    }


def anchor(heading):
    """The name that JupyterLab gives to a heading."""
    return heading.replace(" ", "-")


def links(text):
    """Links to a term lead to its heading; the other places are named alike on the site and here."""

    def there(link):
        place = link["place"]
        if link["file"].endswith("glossary.md"):
            place = anchor(terms()[place])
        return f"]({link['file']}#{place})"

    return LINK.sub(there, text)


def cited(match):
    people = [" ".join(person.last_names) for person in sources()[match["key"]].persons["author"]]
    names = " and ".join(people) if len(people) < 3 else f"{people[0]} et al."
    year = sources()[match["key"]].fields["year"]
    label = f"{names}, {year}" if match["kind"] == "p" else f"{names} ({year})"
    return f"[{label}](bibliography.md#{match['key']})"


def glossary(body):
    lines = []
    for entry in ENTRY.finditer(body):
        if entry["term"][:2] != "..":
            text = " ".join(line.strip() for line in entry["text"].splitlines())
            lines += [f"## {entry['term']}", "", re.sub(r"\*Chapter (\d+)\.\*", chapter, text), ""]
    return "\n".join(lines)


def chapter(match):
    names = sorted(path.name for path in ROOT.glob(f"chapters/{int(match[1]):02}_*.ipynb"))
    return f"[Chapter {match[1]}.](chapters/{names[0]})" if names else match[0]


def bibliography(body):
    style, markdown = find_plugin("pybtex.style.formatting", "plain")(), find_plugin("pybtex.backends", "markdown")()
    lines = []
    for entry in style.format_entries(sources().values()):
        lines += [f"## {entry.key}", "", entry.text.render(markdown), ""]
    return "\n".join(lines)


def claims(body):
    """A definition list: each term a claim, each definition what is true instead."""
    body = re.sub(r"\s*\[Question\]\(#[\w-]+\)", "", body)
    return re.sub(r"^(\S.*)\n: (.*)$", r"**“\1”** \2", body, flags=re.M)


def example(body):
    code = re.sub(r"^:.*\n\n?", "", body, flags=re.M)
    return f"```python\n{code}```\n"


DIRECTIVES = {"glossary": glossary, "bibliography": bibliography, "misconceptions": claims, "code-cell": example}


def described(name, thing, level):
    """One public name: its signature and its docstring as they are, and the methods of a class."""
    try:
        signature = str(inspect.signature(thing))
    except (TypeError, ValueError):
        signature = ""
    lines = [
        f"{'#' * level} {name}",
        "",
        "```",
        name.split(".")[-1] + signature,
        "",
        inspect.getdoc(thing) or "",
        "```",
        "",
    ]
    if inspect.isclass(thing):
        for method, function in vars(thing).items():
            if not method.startswith("_") and inspect.isfunction(function) and function.__doc__:
                lines += described(f"{name}.{method}", function, level + 1)
    return lines


def reference():
    lines = []
    for package, parts in (("nnlib", book_reference.GROUND), *((name, (None,)) for name in book_reference.CLASSROOM)):
        for part in parts:
            module = f"{package}.{part}" if part else package
            intro = (importlib.import_module(module).__doc__ or "").strip().split("\n\n")[0]
            lines += [f"## {module}", "", intro, ""]
            for name, thing in book_reference.public(package, part):
                lines += described(name, thing, 3)
    return "\n".join(lines)


def plain(text):
    """A page of the book in plain Markdown. A directive that only the site can carry out is left out."""
    text = re.sub(r"\A---\n.*?\n---\n+", "", text, flags=re.S)
    text = FENCE.sub(lambda found: DIRECTIVES.get(found["name"], lambda body: "")(found["body"]), text)
    return links(
        CITE.sub(cited, text.replace(book_reference.PLACE, reference() if book_reference.PLACE in text else ""))
    )


def pages():
    """{file name: text} of every page of the book that is not a chapter."""
    files = re.findall(r"(?:file|root): *(\w+)$", (ROOT / "_toc.yml").read_text(encoding="utf-8"), re.M)
    return {f"{name}.md": plain((ROOT / f"{name}.md").read_text(encoding="utf-8")) for name in files}
