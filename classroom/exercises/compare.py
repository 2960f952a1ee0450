"""Are two answers the same number, array, tuple or dict, and did two calls do the same, as far as floats can tell?"""

import numpy as np

from .values import Either, Misfit, Opaque, fitted

TOLERANCE = 1e-4  # wide enough for float32 throughout, far narrower than any slip


def first_difference(got, expected, tolerance=TOLERANCE, path=()):
    """None when they agree, else (path, got part, expected part, index or None) of the first disagreement.

    path leads to the part: (2,) is its third entry, ("w",) the entry of that key; index is the place in its array.
    """
    if type(expected) is Either:
        differences = [first_difference(got, one, tolerance, path) for one in expected]
        return None if None in differences else differences[0]
    if type(expected) is dict:
        parts = [(key, got[key], expected[key]) for key in expected]
    elif type(expected) in (tuple, list):
        parts = [(i, g, e) for i, (g, e) in enumerate(zip(got, expected, strict=True))]
    elif type(expected) is str:
        return None if got == expected else (path, got, expected, None)
    else:
        return numbers_differ(got, expected, tolerance, path)
    for step, g, e in parts:
        difference = first_difference(g, e, tolerance, (*path, step))
        if difference:
            return difference
    return None


def numbers_differ(got, expected, tolerance, path):
    g, e = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    finite = np.abs(e[np.isfinite(e)])
    scale = finite.max() if finite.size else 0.0
    with np.errstate(all="ignore"):
        close = np.isfinite(e) & (np.abs(g - e) <= tolerance * (np.abs(e) + 0.1 * scale) + 1e-7)
    close |= (g == e) | (np.isnan(g) & np.isnan(e))
    if close.all():
        return None
    index = tuple(int(i) for i in np.argwhere(~close)[0])
    return path, got, expected, index or None


def same(one, other, tolerance=TOLERANCE):
    """Do two frozen-and-fitted answers agree? Never raises."""
    try:
        return first_difference(one, other, tolerance) is None
    except Exception:
        return False


def same_value(one, other, tolerance=TOLERANCE):
    """Do two frozen values agree, laid over the form of the second?"""
    try:
        return same(fitted(one, other), fitted(other, other), tolerance)
    except Misfit:
        return False


def alike(one, other):
    """Are two frozen values the same, numbers up to rounding?"""
    if type(one) is dict and type(other) is dict:
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if type(one) is Opaque or type(other) is Opaque:
        return type(one) is type(other) and one.name == other.name
    if one is None or other is None or type(one) is str or type(other) is str:
        return type(one) is type(other) and one == other
    if type(one) in (list, tuple) and type(other) in (list, tuple) and len(one) == len(other):
        return all(alike(a, b) for a, b in zip(one, other, strict=True))
    if np.iscomplexobj(one) and np.iscomplexobj(other):
        return np.array_equal(one, other, equal_nan=True)
    return same_value(one, other) or same_value(other, one)  # 1.0 does not fit where 1 stands, but 1 where 1.0 does


def is_finite(value):
    """Are all the numbers in a fitted answer finite?"""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        return all(is_finite(part) for part in value)
    return isinstance(value, str) or bool(np.isfinite(value).all())


def is_finite_frozen(value):
    """The same for a frozen answer of any form; what holds no numbers is not finite."""
    if type(value) is dict:
        value = list(value.values())
    if type(value) in (list, tuple):
        return all(is_finite_frozen(part) for part in value)
    if type(value) in (bool, int, float, complex, np.ndarray):
        return bool(np.isfinite(value).all())
    return False


# --- two calls --------------------------------------------------------------------------------------------------------


def agree(one, other, arguments=True):
    """Did two calls (Outcomes) do the same, to their arguments too unless these do not matter?"""
    if one.kind != other.kind or one.error != other.error:
        return False
    if one.kind != "returned":
        return True
    try:
        if arguments and not unchanged_alike(one.arguments, other.arguments):
            return False
        return alike(one.value, other.value)
    except (ValueError, TypeError):
        return False


def unchanged_alike(one, other):
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if isinstance(a, np.ndarray | dict)]
    return all(unchanged(a, b) for a, b in pairs)


def changed_input(names, case, arguments):
    """The name of the first argument that the call has changed (by more than a rounding error), or None."""
    for name, before, after in zip(names, case, arguments, strict=False):
        if isinstance(before, np.ndarray | dict | list) and not unchanged(before, after):
            return name
    return None


def unchanged(before, after):
    """Does an array or dict hold what it held?"""
    if isinstance(before, dict):
        return list(before) == list(after) and all(unchanged(before[key], after[key]) for key in before)
    if np.shape(before) != np.shape(after):
        return False
    return bool(np.allclose(before, after, rtol=0, atol=1e-9))
