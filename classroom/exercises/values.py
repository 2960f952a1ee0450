"""What an answer returned, turned into plain numbers, lists and arrays, whatever way it was written.

`freeze` runs the reader's code (generators, `__array__`, lazy iterators) and so belongs inside the sandbox; what it
gives back is made of exact built-in types and base arrays only. `fit` lays that over the expected structure.
"""

import numbers
from collections.abc import Mapping

import numpy as np

TOO_MANY = 200_000  # items read from one answer
TOO_DEEP = 6


class Misfit(Exception):
    """The answer has another form than the expected one."""

    def __init__(self, kind, sentence):
        super().__init__(sentence)
        self.kind, self.sentence = kind, sentence


class Either(tuple):
    """Several right answers: `Either([a, b])` accepts a or b."""


class Opaque:
    """Something that is no number, array, list or dict; only its type's name is kept."""

    def __init__(self, value):
        self.name = type.__getattribute__(type(value), "__name__")


def freeze(value, depth=0):
    """A copy of value made of None, Ellipsis, bool, int, float, complex, str, list, dict, ndarray and Opaque."""
    kind = type(value)  # never isinstance: `__class__` can lie
    if value is None or value is Ellipsis or kind in (bool, int, float, complex, str):
        return value
    if depth > TOO_DEEP:
        return Opaque(value)
    if issubclass(kind, np.ma.MaskedArray) and np.ma.getmaskarray(value).any():
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
        return items
    if hasattr(kind, "close") and hasattr(kind, "cr_code"):
        value.close()
    return Opaque(value)


def holds_ellipsis(frozen):
    if type(frozen) is dict:
        frozen = list(frozen.values())
    return frozen is Ellipsis or (type(frozen) is list and any(holds_ellipsis(item) for item in frozen))


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
    if type(frozen) is list:
        try:
            return f"an array of shape {to_array(frozen).shape}"
        except Misfit:
            return f"a list of {len(frozen)}"
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
            raise Misfit("shape", "It gives rows of different lengths.") from None
        if array.dtype == object:  # None, a dict or an unknown object inside, or whole numbers beyond 64 bits
            try:
                array = array.astype(float)
            except (ValueError, TypeError, OverflowError):
                raise Misfit("type", "It gives something that is not a number.") from None
    if array.dtype.kind not in "biuf":
        what = "complex numbers" if array.dtype.kind == "c" else "something that is not a number"
        raise Misfit("type", f"It gives {what}.")
    return array


def fit(frozen, expected):
    """The frozen answer in the structure of expected: floats, arrays, tuples and dicts of them. Raises Misfit."""
    if type(expected) is Either:
        expected = expected[0]
    if frozen is None:
        raise Misfit("type", "It gives None: is a `return` missing?")
    if type(expected) is dict:
        wanted = "a dict with the keys " + ", ".join(expected)
        if type(frozen) is not dict or set(frozen) != set(expected):
            raise Misfit("type", f"It should give {wanted}; it gives {describe(frozen)}.")
        return {key: fit(frozen[key], expected[key]) for key in expected}
    if type(expected) in (tuple, list):
        parts = list(frozen) if type(frozen) is np.ndarray and frozen.ndim else frozen
        if type(parts) is not list:
            raise Misfit("type", f"It should give {len(expected)} things; it gives {describe(frozen)}.")
        if len(parts) != len(expected):
            raise Misfit("shape", f"It should give {len(expected)} things; it gives {len(parts)}.")
        return tuple(fit(part, wanted) for part, wanted in zip(parts, expected, strict=True))
    if type(expected) is str:
        if type(frozen) is not str:
            raise Misfit("type", f"It should give a string; it gives {describe(frozen)}.")
        return frozen
    if type(frozen) in (dict, Opaque, str):
        raise Misfit("type", f"It should give {describe(freeze(expected))}; it gives {describe(frozen)}.")
    array, wanted = to_array(frozen), np.asarray(expected)
    if array.shape != wanted.shape:
        raise Misfit("shape", f"It should give {describe(freeze(expected))}; it gives {describe(array)}.")
    if type(expected) is int and array.dtype.kind not in "iu":
        raise Misfit("type", f"It should give a whole number (int); it gives a {array.dtype.name}.")
    return array if array.ndim else array.item()
