"""Are two answers the same number, array, tuple or dict, as far as floating point can tell?"""

import numpy as np

from .values import Either

TOLERANCE = 1e-4  # wide enough for float32 throughout, far narrower than any slip


def first_difference(got, expected, tolerance=TOLERANCE, place=""):
    """None when they agree, else (place, got part, expected part, index or None) of the first disagreement."""
    if type(expected) is Either:
        differences = [first_difference(got, one, tolerance, place) for one in expected]
        return None if None in differences else differences[0]
    if type(expected) is dict:
        parts = [(f'["{key}"]', got[key], expected[key]) for key in expected]
    elif type(expected) in (tuple, list):
        parts = [(f"[{i}]", g, e) for i, (g, e) in enumerate(zip(got, expected, strict=True))]
    elif type(expected) is str:
        return None if got == expected else (place, got, expected, None)
    else:
        return numbers_differ(got, expected, tolerance, place)
    for name, g, e in parts:
        difference = first_difference(g, e, tolerance, place + name)
        if difference:
            return difference
    return None


def numbers_differ(got, expected, tolerance, place):
    g, e = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    finite = np.abs(e[np.isfinite(e)])
    scale = finite.max() if finite.size else 0.0
    with np.errstate(all="ignore"):
        close = np.abs(g - e) <= tolerance * (np.abs(e) + 0.1 * scale) + 1e-7
    close |= (g == e) | (np.isnan(g) & np.isnan(e))
    if close.all():
        return None
    index = tuple(int(i) for i in np.argwhere(~close)[0])
    return place, got, expected, index or None


def same(one, other, tolerance=TOLERANCE):
    """Do two frozen-and-fitted answers agree? Never raises."""
    try:
        return first_difference(one, other, tolerance) is None
    except Exception:
        return False
