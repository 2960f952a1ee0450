"""The digits that a reader has drawn, as a training set: what the page, or the notebook's own field, has kept."""

import json

import numpy as np

from .recipe import FINE, bitmap, normalise

NONE = "No digits of yours yet: draw some above, say which each was, run this again."
_kept = []


def take(text):
    """Hear what a field keeps: JSON, a list of {strokes: [[x, y, x, y, …], …], meant} in whole numbers up to FINE."""
    _kept[:] = json.loads(text)


def mine():
    """The reader's own digits, preprocessed like the book's: X (N, 64) and the labels y (N,), in the order drawn.

    Where there are none it says what to do, and N is 0.
    """
    if not _kept:
        print(NONE)
    rows = []
    for digit in _kept:
        strokes = [np.reshape(stroke, (-1, 2)) / FINE for stroke in digit["strokes"]]
        rows.append(normalise(bitmap(strokes)))
    return np.array(rows).reshape(-1, 64), np.array([digit["meant"] for digit in _kept], int)
