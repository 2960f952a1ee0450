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


def in_words(value):
    """One line: nested lists for small arrays, a shape for large ones."""
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size > SHORT:
            return f"an array of shape {value.shape}"
        return "[" + ", ".join(in_words(item) for item in value) + "]"
    if isinstance(value, int | float | np.generic | np.ndarray) or value is None:
        return "None" if value is None else number(value)
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {in_words(item)}' for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(in_words(item) for item in value) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(in_words(item) for item in value) + "]"
    if isinstance(value, np.random.Generator):
        return generator(value)
    if callable(value):
        return inspect.getdoc(value) or getattr(value, "__name__", "a function")
    return type(value).__name__


def generator(rng):
    """As it is typed: np.random.default_rng(5)."""
    entropy = getattr(rng.bit_generator.seed_seq, "entropy", None)
    return f"np.random.default_rng({entropy})" if isinstance(entropy, int) and entropy < 10**6 else "a numpy Generator"


def inputs(names, arguments):
    """'z = [-1.0, 2.0], alpha = 0.5'; an argument that is left to its default is named as such."""
    given = [f"{name} = {in_words(argument)}" for name, argument in zip(names, arguments, strict=False)]
    return ", ".join(given + [f"{name} left out" for name in names[len(arguments) :]])


def part(path, names=()):
    """'part [2], db': the part of an answer to which path leads; names are those of its first level."""
    steps = "".join(f'["{step}"]' if isinstance(step, str) else f"[{step}]" for step in path)
    name = f", {names[path[0]]}" if len(path) == 1 and isinstance(path[0], int) and path[0] < len(names) else ""
    return f"part {steps}{name}"
