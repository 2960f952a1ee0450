"""Frames drawn before, kept by the content of everything that went into them; what cannot be hashed is never kept.

The key covers the function's code, every global, closure value and default that it can reach, the sources of nnlib, the
versions of Python and its drawing packages, and the values of the parameters. When anything it reaches may change
without notice (a file, the time, an object whose content is hidden), there is no key and the figure is drawn again.
"""

import dis
import functools
import hashlib
import json
import os
import platform
import sys
import tempfile
import types
import zlib
from pathlib import Path

PURE = {"math", "cmath", "itertools", "functools", "collections", "operator", "statistics", "string", "textwrap",
        "fractions", "decimal", "dataclasses", "typing", "numbers", "builtins", "re", "enum", "abc"}
VERSIONED = ("numpy", "matplotlib", "scipy", "cycler")
IMPURE = {"open", "input", "eval", "exec", "compile", "globals", "locals", "vars", "__import__", "id", "hash",
          "environ", "getenv", "load", "loadtxt", "genfromtxt", "fromfile", "memmap", "imread", "read_text",
          "read_bytes", "urlopen"}


class Unknown(Exception):
    """Something whose content cannot be seen."""


def folder():
    """Where frames are kept (`NNLIB_FRAMES`), or None for nowhere."""
    name = os.environ.get("NNLIB_FRAMES")
    return Path(name) if name else None


def key_of(figure):
    """The name under which a figure's frames are kept, or None when they must not be."""
    if folder() is None:
        return None
    layout = figure.layout
    asked = [figure.id, figure.title, [[p.name, p.kind, list(p.values), p.start] for p in figure.parameters],
             [layout.rows, layout.columns, layout.width, layout.height, layout.subplots]]
    try:
        return digest([asked, figure.function, surroundings()])
    except (Unknown, RecursionError):
        return None


@functools.cache
def surroundings():
    """A hash of nnlib's own files and of the versions that draw."""
    from importlib.metadata import PackageNotFoundError, version
    root, whole = Path(__file__).parent.parent, hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".npz") and "__pycache__" not in path.parts:
            whole.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    for name in (*VERSIONED, "pillow", "fonttools", "contourpy"):
        try:
            whole.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            pass
    whole.update(f"{platform.python_version()} {sys.platform}".encode())
    return whole.hexdigest()


def load(key):
    """What was kept under a key, or None; a damaged file counts as none."""
    if key is None:
        return None
    try:
        data = json.loads(zlib.decompress((folder() / f"{key}.z").read_bytes()))
        return data if set(data) == {"first", "said", "packed"} else None
    except (OSError, ValueError, zlib.error):
        return None


def save(key, drawn):
    """Keep what was drawn: written whole to one side, then renamed, so that no reader meets half a file."""
    if key is None:
        return
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place, suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        stream.write(zlib.compress(json.dumps(drawn, ensure_ascii=False).encode(), 1))
    os.replace(name, place / f"{key}.z")


# ------------------------------------------------------------------------------------------- the content of a value

def digest(value):
    """A hash of a value's content and of all that it reaches; raises Unknown when that cannot be told."""
    whole = hashlib.sha256()
    _feed(value, whole.update, {})
    return whole.hexdigest()


def _feed(value, put, seen):
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str, bytes, type(Ellipsis), range):
        put(f"{kind.__name__}:{value!r};".encode())
        return
    if id(value) in seen:
        put(f"again:{seen[id(value)][0]};".encode())
        return
    seen[id(value)] = len(seen), value               # keeping the value keeps its id from being used again
    handler = _handler(value, kind)
    if handler is None:
        raise Unknown(kind.__name__)
    put(f"{kind.__module__}.{kind.__qualname__}(".encode())
    handler(value, put, seen)
    put(b")")


def _handler(value, kind):
    if kind in (tuple, list):
        return _sequence
    if kind is slice:
        return lambda s, put, seen: _sequence((s.start, s.stop, s.step), put, seen)
    if kind in (dict, types.MappingProxyType):
        return _mapping
    if kind in (set, frozenset):
        return _set
    if kind.__module__ == "numpy" or (kind.__module__ or "").startswith("numpy."):
        return _numpy
    if kind is types.FunctionType:
        return _function
    if kind is types.CodeType:
        return _code
    if kind is types.ModuleType:
        return _module
    if kind is types.MethodType:
        return lambda m, put, seen: [_feed(part, put, seen) for part in (m.__self__, m.__func__)]
    if kind is types.BuiltinFunctionType:
        return _builtin
    if kind is functools.partial:
        return lambda p, put, seen: [_feed(part, put, seen) for part in (p.func, p.args, p.keywords)]
    if kind in (staticmethod, classmethod):
        return lambda m, put, seen: _feed(m.__func__, put, seen)
    if kind is property:
        return lambda p, put, seen: [_feed(part, put, seen) for part in (p.fget, p.fset)]
    if isinstance(value, type):
        return _class
    if hasattr(value, "__wrapped__") and kind is functools._lru_cache_wrapper:
        return lambda f, put, seen: _feed(f.__wrapped__, put, seen)
    if _open_to_view(kind):
        return _instance
    return None


def _sequence(value, put, seen):
    for item in value:
        _feed(item, put, seen)
        put(b",")


def _mapping(value, put, seen):
    for key, item in value.items():
        _feed(key, put, seen)
        put(b"=")
        _feed(item, put, seen)


def _set(value, put, seen):
    for item in sorted(digest(item) for item in value):
        put(item.encode())


def _numpy(value, put, seen):
    import numpy as np
    if isinstance(value, np.ndarray):
        if type(value) is not np.ndarray:
            raise Unknown(type(value).__name__)
        put(f"{value.dtype.descr if value.dtype.names else value.dtype.str}{value.shape}".encode())
        if value.dtype.hasobject:
            _sequence(value.ravel().tolist(), put, seen)
        else:
            put(value.tobytes())
    elif isinstance(value, np.generic):
        put(value.dtype.str.encode() + value.tobytes())
    elif isinstance(value, np.random.Generator):
        _feed(value.bit_generator.state, put, seen)
    elif isinstance(value, np.ufunc | np.dtype):
        put(repr(value).encode())
    elif callable(value) and hasattr(value, "__name__"):              # np.mean and its like, dispatched by numpy
        put(f"{value.__module__}.{value.__name__}".encode())
    else:
        raise Unknown(type(value).__name__)


def _top(name):
    return (name or "").partition(".")[0]


def _ours(name):
    return _top(name) == "nnlib"


def _library(name):
    return _top(name) in VERSIONED or _top(name) in PURE or name in ("mpl_toolkits.mplot3d",)


def _module(module, put, seen):
    if not (_ours(module.__name__) or _library(module.__name__)):
        raise Unknown(module.__name__)
    put(module.__name__.encode())                     # nnlib's content and the versions are in `surroundings`


def _builtin(function, put, seen):
    owner = function.__self__
    if owner is None or isinstance(owner, types.ModuleType):
        if function.__name__ in IMPURE or not (function.__module__ is None or _library(function.__module__)
                                               or _library(function.__module__.lstrip("_"))):
            raise Unknown(function.__name__)
    else:
        _feed(owner, put, seen)
    put(function.__qualname__.encode())


def _function(function, put, seen):
    put(f"{function.__module__}.{function.__qualname__}".encode())
    if _library(function.__module__) and function.__closure__ is None:
        return
    parts = [function.__code__, function.__defaults__, function.__kwdefaults__, dict(function.__dict__)]
    parts += [_contents(cell) for cell in function.__closure__ or ()]
    if not (_ours(function.__module__) or _library(function.__module__)):
        for name in sorted(_globals_read(function.__code__)):
            if name in function.__globals__:
                parts += [name, function.__globals__[name]]
            elif name in IMPURE:
                raise Unknown(name)
    for part in parts:
        _feed(part, put, seen)


def _contents(cell):
    try:
        return cell.cell_contents
    except ValueError:                                # not filled yet
        return None


def _globals_read(code):
    """The names of globals that a code object reads, the functions inside it included."""
    names = set()
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
            names.add(instruction.argval)
        elif instruction.opname == "IMPORT_NAME" and not (_ours(instruction.argval) or _library(instruction.argval)):
            raise Unknown(instruction.argval)
        elif instruction.opname in ("LOAD_ATTR", "LOAD_METHOD") and instruction.argval in IMPURE:
            raise Unknown(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _globals_read(constant)
    return names


def _code(code, put, seen):
    put(code.co_code)
    for part in (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_argcount,
                 code.co_kwonlyargcount, code.co_flags, code.co_consts):
        _feed(part, put, seen)


def _class(cls, put, seen):
    put(f"{cls.__module__}.{cls.__qualname__}".encode())
    if _ours(cls.__module__) or _library(cls.__module__):
        return
    for base in cls.__bases__:
        _feed(base, put, seen)
    for name, member in sorted(vars(cls).items()):
        if name not in ("__dict__", "__weakref__", "__doc__", "__firstlineno__", "__static_attributes__"):
            put(name.encode())
            if type(member) not in (types.GetSetDescriptorType, types.MemberDescriptorType):
                _feed(member, put, seen)


def _open_to_view(kind):
    """Whether all an instance holds is in its `__dict__` and `__slots__`: every class of it is written in Python."""
    return all(base is object or not _native(base) for base in kind.__mro__)


def _native(base):
    """Whether a class is written in C: it is no product of a class statement, or has C functions of its own."""
    made = base.__flags__ & 1 << 9 and not base.__flags__ & 1 << 8          # a heap type, and not immutable
    return not made or any(type(m) in (types.MethodDescriptorType, types.WrapperDescriptorType)
                           for m in vars(base).values())


def _instance(value, put, seen):
    _feed(type(value), put, seen)
    state = dict(getattr(value, "__dict__", {}))
    for base in type(value).__mro__:
        slots = vars(base).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__"):
                private = name.startswith("__") and not name.endswith("__")
                attribute = f"_{base.__name__.lstrip('_')}{name}" if private else name
                if hasattr(value, attribute):
                    state[attribute] = getattr(value, attribute)
    _mapping(state, put, seen)
