"""A submitted notebook, read and never run: which of its cells answer an exercise, and which others those need."""

import ast
import builtins
import json
import symtable
import types
from dataclasses import dataclass, field

from classroom.exercises.written import Elsewhere

LARGEST = 20 * 2**20  # bytes


class Unreadable(Exception):
    """This is no notebook."""


@dataclass
class Cell:
    """A code cell: its text without what only a notebook understands, and the global names it makes and uses."""

    source: str
    exercise: str = ""
    defines: set = field(default_factory=set)
    uses: set = field(default_factory=set)


def read(data):
    """The code cells of a notebook's bytes. Raises Unreadable, with a sentence."""
    if len(data) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 2**20} MB.")
    try:
        notebook = json.loads(data)
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return [code_cell("".join(cell["source"]), cell.get("metadata", {}).get("exercise")) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable("The file is not a notebook.") from None


def code_cell(source, exercise):
    cell = Cell(plain(source), exercise if isinstance(exercise, str) else "")
    try:
        table = symtable.symtable(cell.source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return cell
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            cell.defines.add(symbol.get_name())
        elif symbol.is_referenced():
            cell.uses.add(symbol.get_name())
    for scope in within(table):
        cell.uses |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global()}
    cell.uses -= cell.defines | set(dir(builtins))
    return cell


def within(table):
    for scope in table.get_children():
        yield scope
        yield from within(scope)


def plain(source):
    """Without magics: `%pip install …`, `!ls`, a whole cell of `%%bash`."""
    if source.lstrip().startswith("%%"):
        return ""
    lines = source.split("\n")
    return "\n".join("" if line.lstrip().startswith(("%", "!", "?")) else line for line in lines)


def answering(cells, exercise):
    """[(number, source), …]: what to run for an exercise, in the notebook's order; empty when nothing answers it.

    Its own cells are those that bear its name in their metadata; where they are gone, the last one that defines the
    function (or, for a value, checks it). With them go the cells that make a name they use, as a kernel would have
    them: the last one above, or else the next one below.
    """
    own = {n for n, cell in enumerate(cells) if cell.exercise == exercise.id}
    if not own:
        own = {n for n, cell in enumerate(cells) if not cell.exercise and answers(cell, exercise)}
        own = {max(own)} if own else own
    needed, waiting = set(own), sorted(own)
    while waiting:
        here = waiting.pop()
        for name in sorted(cells[here].uses):
            makers = [n for n, cell in enumerate(cells) if name in cell.defines and n != here]
            found = [n for n in makers if n < here][-1:] or makers[:1]
            waiting += set(found) - needed
            needed |= set(found)
    return [(n + 1, cells[n].source) for n in sorted(needed)]


def answers(cell, exercise):
    if exercise.is_value:
        return f'check("{exercise.id}"' in cell.source
    return exercise.id in cell.defines


def written(sources, name):
    """The function as the engine may read it: compiled from its `def`, never run. It tells a starter left as it was."""
    last = None
    for source in sources:
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return Elsewhere()
        for statement in body:
            if name in made_by(statement):
                last = statement
    if not isinstance(last, ast.FunctionDef) or last.decorator_list:
        return Elsewhere()
    try:
        values = [ast.literal_eval(value) for value in last.args.defaults]
        keywords = {
            argument.arg: ast.literal_eval(value)
            for argument, value in zip(last.args.kwonlyargs, last.args.kw_defaults, strict=True)
            if value is not None
        }
    except (ValueError, TypeError):
        return Elsewhere()
    unit = compile(ast.Module([ast.parse("import numpy as np").body[0], last], []), "<cell>", "exec")
    code = next(part for part in unit.co_consts if isinstance(part, types.CodeType) and part.co_name == name)
    if code.co_freevars:
        return Elsewhere()
    function = types.FunctionType(code, {"__name__": "__main__"}, name, tuple(values) or None)
    function.__kwdefaults__ = keywords or None
    return Elsewhere(function)


def made_by(statement):
    """The names that a statement may give a value to, at any depth that is not a function's own."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
    return names
