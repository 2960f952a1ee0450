"""All that looks inside CPython: the code behind a function, the line it was at, a starter left as it was.

A new Python is likely to change something here first; what it breaks, tests/classroom/test_exercises_written.py names.
"""

import builtins
import dis
import inspect
import linecache
import types

import numpy as np


class Elsewhere:
    """A function that runs in another process: here it can be read, not called.

    `written` is the same function, compiled from its source and never run, or None where the source leaves that open.
    """

    def __init__(self, written=None):
        self.written = written
        if written is not None:
            self.__signature__ = inspect.signature(written)

    def __call__(self, *arguments):
        raise TypeError("this function runs in another process: its session calls it")


def written_function(function):
    """The Python function behind a function or method; None for other callables, whose attributes cannot be trusted."""
    if type(function) is Elsewhere:
        function = function.written
    if type(function) is types.MethodType:
        function = function.__func__
    return function if type(function) is types.FunctionType else None


def code_of(function):
    """Its code object, or None."""
    function = written_function(function)
    return function.__code__ if function else None


def globals_of(function):
    """The namespace it was defined in; an empty dict where there is none."""
    function = written_function(function)
    return function.__globals__ if function else {}


def codes_within(code):
    """The code and that of every function, lambda and comprehension inside it."""
    yield code
    for constant in code.co_consts:
        if inspect.iscode(constant):
            yield from codes_within(constant)


def names_used(code):
    """Global names and attributes that the code mentions."""
    return {name for part in codes_within(code) for name in part.co_names}


def mentions(function):
    """The same for a function; nothing for a callable without code."""
    code = code_of(function)
    return names_used(code) if code else set()


def yields(function):
    """Is it a generator function?"""
    code = code_of(function)
    return code is not None and bool(code.co_flags & inspect.CO_GENERATOR)


def operators(function):
    """The binary operators it uses: {"*", "@"}."""
    code = code_of(function)
    parts = codes_within(code) if code else ()
    steps = (step for part in parts for step in dis.get_instructions(part))
    return {step.argrepr.rstrip("=") for step in steps if step.opname == "BINARY_OP"}


def passes_keyword(function, name):
    """Does it call something with `name=...`? (Keyword names stand together in a constant tuple.)"""
    code = code_of(function)
    if code is None:
        return False
    constants = (constant for part in codes_within(code) for constant in part.co_consts)
    return any(type(constant) is tuple and name in constant for constant in constants)


def hidden_name(function):
    """A built-in, or `np`, that a variable of the session hides from the function; "" when there is none."""
    code = code_of(function)
    if code is None:
        return ""
    space, used = globals_of(function), names_used(code)
    if "np" in used and "np" in space and space["np"] is not np:
        return "np"
    calls = (name for name in sorted(used) if hasattr(builtins, name) and name in space)
    return next((name for name in calls if space[name] is not getattr(builtins, name)), "")


# --- where it was -----------------------------------------------------------------------------------------------------


def belongs(frame_code, frame_globals, function):
    """Is this frame the reader's own: of the function's file, or of another cell of the same notebook?"""
    code = code_of(function)
    if code is None:
        return False
    return frame_code.co_filename == code.co_filename or frame_globals is globals_of(function)


def line_of_error(error, function):
    """'line 3: `return z @ w`': the last line of the reader's own code on the way to the error."""
    found, step = "", error.__traceback__
    while step:
        if belongs(step.tb_frame.f_code, step.tb_frame.f_globals, function):
            found = quoted(step.tb_frame.f_code.co_filename, step.tb_lineno)
        step = step.tb_next
    return found


def line_of_stack(stack, function):
    """The same for a stack of (code, globals, line), innermost first, that a time limit has kept."""
    for code, space, line in stack:
        if line is not None and belongs(code, space, function):
            return quoted(code.co_filename, line)
    return ""


def quoted(file, line):
    text = linecache.getline(file, line).strip()
    return f"line {line}: `{text}`" if text else f"line {line}"


def was_written(error, function):
    """True when the function's own `raise` made this error, not the reader's Ctrl-C."""
    step = error.__traceback__
    while step.tb_next:
        step = step.tb_next
    code, own = step.tb_frame.f_code, code_of(function)
    raises = dis.opname[code.co_code[step.tb_lasti]] in ("RAISE_VARARGS", "RERAISE")
    return raises and own is not None and code.co_filename == own.co_filename


# --- a starter left as it was -----------------------------------------------------------------------------------------


def is_untouched(function, starters):
    """True for one of the starters, and for a body that is only `...`, `pass`, a docstring or a bare return."""
    code = code_of(function)
    if code is None:
        return False
    return is_empty(code) or body(code) in [body(starter.__code__) for starter in starters]


def is_empty(code):
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP", "CACHE", "POP_TOP")]
    if {step.opname for step in steps} <= {"LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}:
        return steps[-1 if steps[-1].opname == "RETURN_CONST" or len(steps) < 2 else -2].argval in (None, Ellipsis)
    return False


def body(code):
    constants = tuple(body(c) if inspect.iscode(c) else repr(c) for c in code.co_consts)
    return code.co_code, code.co_names, constants


# --- how it is called -------------------------------------------------------------------------------------------------


def parameters(function):
    """Its inspect.Signature, or None for a callable whose own signature could be anything: its call will tell."""
    return inspect.signature(function) if code_of(function) is not None else None


def wrong_signature(function, id, wanted, calls):
    """A sentence when one of the calls (tuples of arguments) does not fit; `wanted` is the Signature asked for."""
    signature = parameters(function)
    if signature is None or all(fits(signature, call) for call in calls):
        return ""
    without = missing_defaults(signature, wanted)
    if without and all(fits(signature, call) for call in calls if len(call) == len(wanted.parameters)):
        shortest = ", ".join(list(wanted.parameters)[: min(map(len, calls))])
        gifts = " and ".join(f"`{name}={default!r}`" for name, default in without.items())
        names = " and ".join(without)
        return f"It is also called as {id}({shortest}): give {names} a default, {gifts}."
    return f"It is called as {id}({', '.join(wanted.parameters)}); yours takes {signature}."


def fits(signature, arguments):
    try:
        signature.bind(*arguments)
    except TypeError:
        return False
    return True


def missing_defaults(signature, wanted):
    """{the reader's parameter: the default it should have} of those that have none."""
    pairs = zip(signature.parameters.values(), wanted.parameters.values(), strict=False)
    return {
        own.name: asked.default
        for own, asked in pairs
        if asked.default is not asked.empty and own.default is own.empty and own.kind is own.POSITIONAL_OR_KEYWORD
    }


def other_defaults(function, wanted):
    """{parameter: the default it should have} of those that have another one."""
    signature = parameters(function)
    pairs = zip(signature.parameters.values(), wanted.parameters.values(), strict=False) if signature else ()
    return {
        own.name: asked.default
        for own, asked in pairs
        if asked.default is not asked.empty and own.default is not own.empty and own.default != asked.default
    }
