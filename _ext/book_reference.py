"""The reference: every public name of nnlib and of the classroom with its docstring, in the order of the chapters.

Docstrings are written to be read in a terminal: plain sentences, `code` in backquotes, lines `name: meaning`, indented
blocks for formulas. Here they are turned into reStructuredText, so that no docstring needs any of its marks.
"""

import importlib
import inspect
import re
from textwrap import dedent

PLACE = "<!-- every public name -->"
GROUND = ("activations", "layers", "network", "losses", "gradients", "scalar", "optimizers", "training")
GROUND += ("initializers", "datasets")
CLASSROOM = ("classroom", "classroom.figures")
CODE = re.compile(r"(`+)(.+?)\1")
ITEM = re.compile(r"[A-Za-z_*][\w*]*(, [A-Za-z_*][\w*]*)*: ")


def public(package, source=None):
    """The functions and classes that a package offers, those of one source module if given, as `package.name`."""
    module = importlib.import_module(package)
    for name in module.__all__:
        thing = getattr(module, name)
        if not (inspect.isfunction(thing) or inspect.isclass(thing)):
            continue
        if source is None or thing.__module__ == f"{package}.{source}":
            yield f"{package}.{name}", thing


def section(title, module, names):
    intro = (importlib.import_module(module).__doc__ or "").strip().split("\n\n")[0]
    lines = [f"## {title}", "", intro, "", "```{eval-rst}"]
    for name, thing in names:
        if inspect.isclass(thing):
            lines += [f".. autoclass:: {name}", "   :members:", ""]
        else:
            lines += [f".. autofunction:: {name}", ""]
    return "\n".join([*lines, "```", ""])


def write(app, docname, source):
    if PLACE not in source[0]:
        return
    parts = []
    for module in GROUND:
        names = list(public("nnlib", module))
        parts.append(section(f"`nnlib.{module}`", f"nnlib.{module}", names))
    for package in CLASSROOM:
        parts.append(section(f"`{package}`", package, list(public(package))))
    source[0] = source[0].replace(PLACE, "\n".join(parts))


def escape(text):
    """Plain text with `code` in reStructuredText: code is kept as code, every other mark is taken literally."""
    out, end = [], 0
    for match in CODE.finditer(text):
        out += [re.sub(r"([\\*_|`])", r"\\\1", text[end : match.start()]), f"\\ ``{match[2]}``\\ "]
        end = match.end()
    return "".join([*out, re.sub(r"([\\*_|`])", r"\\\1", text[end:])])


def to_rst(text):
    """A plain docstring in reStructuredText, paragraph by paragraph."""
    out = []
    for paragraph in re.split(r"\n\s*\n", text.rstrip()):
        lines = paragraph.split("\n")
        if all(line.startswith("    ") for line in lines):
            out.append("::\n\n" + "\n".join("   " + line for line in dedent(paragraph).split("\n")))
        elif any(ITEM.match(line) for line in lines):
            pieces, marks = [[lines[0]]], [bool(ITEM.match(lines[0]))]
            for line in lines[1:]:
                if ITEM.match(line):
                    pieces.append([line])
                    marks.append(True)
                else:
                    pieces[-1].append(line.strip())
            for piece, mark in zip(pieces, marks, strict=True):
                name, _, meaning = " ".join(piece).partition(": ")
                out.append(f"- ``{name}``: {escape(meaning)}" if mark else escape(" ".join(piece)))
        elif lines[0].startswith(">>>"):
            out.append("::\n\n" + "\n".join("   " + line for line in lines))
        else:
            out.append(escape(" ".join(line.strip() for line in lines)))
    return "\n\n".join(out)


def plain(app, what, name, obj, options, lines):
    lines[:] = to_rst("\n".join(lines)).split("\n") + [""]


def setup(app):
    app.connect("source-read", write)
    app.connect("autodoc-process-docstring", plain)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
