"""Inputs and outputs in words short enough to read at a glance."""

import inspect

import numpy as np

SHORT = 12  # entries of an array that are still shown in full


def number(value):
    """0.5, -1.0, 13002, 1e-07: what a reader would type."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(int(value))
    value = float(value)
    if not np.isfinite(value) or value == int(value) and abs(value) < 1e6:
        return str(value)
    return f"{value:.6g}"


def show(value):
    """One line: nested lists for small arrays, a shape for large ones."""
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size > SHORT:
            return f"an array of shape {value.shape}"
        return "[" + ", ".join(show(item) for item in value) + "]"
    if isinstance(value, int | float | np.generic | np.ndarray) or value is None:
        return "None" if value is None else number(value)
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {show(item)}' for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ")"
    if isinstance(value, list):
        return "[" + ", ".join(show(item) for item in value) + "]"
    if isinstance(value, np.random.Generator):
        return "a numpy Generator"
    if callable(value):
        return inspect.getdoc(value) or getattr(value, "__name__", "a function")
    return type(value).__name__


def inputs(names, arguments):
    """'z = [-1.0, 2.0], alpha = 0.5'."""
    return ", ".join(f"{name} = {show(argument)}" for name, argument in zip(names, arguments, strict=False))
