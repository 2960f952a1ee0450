"""What an answer returned, turned into plain numbers, lists and arrays, whatever way it was written.

`freeze` runs the reader's code (generators, `__array__`, lazy iterators) and so belongs inside the sandbox; what it
gives back is made of exact built-in types and base arrays only. `fitted` lays that over the expected structure.
"""

import numbers
from collections.abc import Mapping

import numpy as np
from numpy import ma  # NumPy loads it when it is first asked for: not within a time limit

TOO_MANY = 200_000  # items read from one answer
TOO_DEEP = 6


class Misfit(Exception):
    """The answer, or the part of it to which path leads, has another form than the expected one.

    `wanted` and `given` are the two forms in words; a `sentence` of its own stands in their place.
    """

    def __init__(self, kind, sentence="", wanted="", given="", path=()):
        super().__init__(sentence or f"{given} where {wanted} was wanted")
        self.kind, self.sentence, self.wanted, self.given, self.path = kind, sentence, wanted, given, path


class Either(tuple):
    """Several right answers: `Either([a, b])` accepts a or b."""


class Opaque:
    """Something that is no number, array, list or dict; only its type's name is kept."""

    def __init__(self, value):
        self.name = type.__getattribute__(type(value), "__name__")

    @classmethod
    def named(cls, name):
        """The same for a thing that is known by its type's name only."""
        opaque = cls(None)
        opaque.name = name
        return opaque


def freeze(value, depth=0):
    """A copy of value made of None, Ellipsis, bool, int, float, complex, str, list, tuple, dict, ndarray and Opaque."""
    kind = type(value)  # never isinstance: `__class__` can lie
    if value is None or value is Ellipsis or kind in (bool, int, float, complex, str):
        return value
    if depth > TOO_DEEP:
        return Opaque(value)
    if issubclass(kind, ma.MaskedArray) and ma.getmaskarray(value).any():
        return Opaque(value)
    if issubclass(kind, np.generic):
        return freeze(np.array(value), depth)
    if issubclass(kind, np.ndarray):
        array = np.array(np.ndarray.view(value, np.ndarray))
        if array.dtype.kind in "biufc":
            return array
        return freeze(array.tolist(), depth + 1) if array.dtype.kind in "OU" else Opaque(value)
    if issubclass(kind, int):
        return int.__add__(value, 0)
    if issubclass(kind, float):
        return float.__add__(value, 0.0)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, numbers.Real) or kind.__name__ == "Decimal":
        return float(value)
    if issubclass(kind, Mapping):
        return {str(key): freeze(value[key], depth + 1) for key in list(value)}
    if hasattr(kind, "__array__"):
        array = np.array(value)
        return freeze(array, depth + 1) if type(array) is np.ndarray else Opaque(value)
    if hasattr(kind, "__iter__") and not issubclass(kind, (bytes, set, frozenset)):
        items = []
        for item in value:
            items.append(freeze(item, depth + 1))
            if len(items) > TOO_MANY:
                raise Misfit("shape", f"It gives more than {TOO_MANY:,} items; does it ever end?")
        return tuple(items) if issubclass(kind, tuple) else items
    if hasattr(kind, "close") and hasattr(kind, "cr_code"):
        value.close()
    return Opaque(value)


def holds_ellipsis(frozen):
    if type(frozen) is dict:
        frozen = list(frozen.values())
    return frozen is Ellipsis or (type(frozen) in (list, tuple) and any(map(holds_ellipsis, frozen)))


def describe(frozen):
    """What it is, in words a beginner uses: 'an array of shape (2, 3)', 'a list of 2', 'a string'."""
    if frozen is None:
        return "None"
    if type(frozen) is Opaque:
        return f"an object of type {frozen.name}"
    if type(frozen) is dict:
        return "a dict with " + (f"the keys {', '.join(frozen)}" if frozen else "no keys")
    if type(frozen) is str:
        return "a string"
    if type(frozen) in (list, tuple):
        try:
            return f"an array of shape {to_array(frozen).shape}"
        except Misfit:
            return f"a {type(frozen).__name__} of {len(frozen)}"
    if type(frozen) is np.ndarray and frozen.ndim:
        return f"an array of shape {frozen.shape}"
    return "a complex number" if np.iscomplexobj(frozen) else "a number"


def to_array(frozen):
    """A numeric base array, or Misfit."""
    if type(frozen) is np.ndarray:
        array = frozen
    else:
        try:
            array = np.array(frozen)
        except (ValueError, TypeError, OverflowError, MemoryError):
            raise Misfit("shape", given="rows of different lengths") from None
        if array.dtype == object:  # None, a dict or an unknown object inside, or whole numbers beyond 64 bits
            try:
                array = array.astype(float)
            except (ValueError, TypeError, OverflowError):
                raise Misfit("type", given="something that is not a number") from None
    if array.dtype.kind not in "biuf":
        what = "complex numbers" if array.dtype.kind == "c" else "something that is not a number"
        raise Misfit("type", given=what)
    return array


def things(count):
    return f"{count} thing{'s' * (count != 1)}"


def fitted(frozen, expected, path=()):
    """The frozen answer in the structure of expected: floats, arrays, tuples and dicts of them. Raises Misfit."""
    if type(expected) is Either:
        expected = expected[0]
    if frozen is None:
        sentence = "It gives None: is a `return` missing, or does it return a name that still holds None?"
        raise Misfit("type", "" if path else sentence, describe(freeze(expected)), "None", path)
    if type(expected) is dict:
        wanted = "a dict with the keys " + ", ".join(expected)
        if type(frozen) is not dict or set(frozen) != set(expected):
            raise Misfit("type", "", wanted, describe(frozen), path)
        return {key: fitted(frozen[key], expected[key], (*path, key)) for key in expected}
    if type(expected) in (tuple, list):
        parts = list(frozen) if type(frozen) is np.ndarray and frozen.ndim else frozen
        if type(parts) not in (list, tuple):
            raise Misfit("type", "", things(len(expected)), describe(frozen), path)
        if len(parts) != len(expected):
            raise Misfit("shape", "", things(len(expected)), str(len(parts)), path)
        pairs = enumerate(zip(parts, expected, strict=True))
        return tuple(fitted(part, wanted, (*path, i)) for i, (part, wanted) in pairs)
    if type(expected) is str:
        if type(frozen) is not str:
            raise Misfit("type", "", "a string", describe(frozen), path)
        return frozen
    wanted = np.asarray(expected)
    if type(frozen) in (dict, Opaque, str):
        raise Misfit("type", "", describe(wanted), describe(frozen), path)
    try:
        array = to_array(frozen)
    except Misfit as misfit:
        raise Misfit(misfit.kind, "", describe(wanted), misfit.given, path) from None
    if array.shape != wanted.shape:
        raise Misfit("shape", "", describe(wanted), describe(array), path)
    if type(expected) is int and array.dtype.kind not in "iu":
        given = "a float" if array.dtype.kind == "f" else f"a {array.dtype.name}"
        raise Misfit("type", "", "a whole number (int)", given, path)
    return array if array.ndim else array.item()
