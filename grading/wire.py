"""What crosses the pipe between the grader and the student's process: JSON in frames, never a pickle.

Both sides use this file. What comes from the student's side is data or it is `Garbled`: a function is only ever sent
the other way, and a generator comes back only as what such a function is called with.
"""

import base64
import json
import os
import select
import struct
import time

import numpy as np

from classroom.exercises.values import Opaque

LARGEST = 2**24  # bytes of one frame
LONGEST = 4096  # bits of one whole number
HEAD = struct.Struct(">Q")


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The other side has not answered in time."""


class Garbled(Exception):
    """What came is not what this file writes."""


# --- frames -----------------------------------------------------------------------------------------------------------


def send(pipe, message, deadline=None):
    """Write one message (what `json` writes) to a file descriptor."""
    data = json.dumps(message).encode()
    if len(data) > LARGEST:
        raise Garbled("a frame is too large")
    data = memoryview(HEAD.pack(len(data)) + data)
    while data:
        wait([], [pipe], deadline)
        try:
            data = data[os.write(pipe, data) :]
        except BlockingIOError:
            continue
        except OSError:
            raise Closed from None


def receive(pipe, deadline=None):
    """The next message from a file descriptor."""
    (length,) = HEAD.unpack(exactly(pipe, HEAD.size, deadline))
    if length > LARGEST:
        raise Garbled("a frame is too large")
    try:
        return json.loads(exactly(pipe, length, deadline))
    except (ValueError, RecursionError):
        raise Garbled("a frame is not JSON") from None


def exactly(pipe, length, deadline):
    parts = []
    while length:
        wait([pipe], [], deadline)
        part = os.read(pipe, min(length, 2**16))
        if not part:
            raise Closed
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def wait(reads, writes, deadline):
    left = None if deadline is None else max(0, deadline - time.monotonic())
    if not any(select.select(reads, writes, [], left)):
        raise Late


# --- values -----------------------------------------------------------------------------------------------------------


def pack(value, functions=None):
    """A value as JSON can hold it. `functions` is a list that takes the functions met: they stay on this side."""
    kind = type(value)
    if value is None or kind in (bool, str, float):
        return value
    if kind is int:
        if value.bit_length() > LONGEST:
            raise Garbled("a number is too long")
        return value if value.bit_length() < 64 else {"int": hex(value)}
    if kind is complex:
        return {"complex": [value.real, value.imag]}
    if value is Ellipsis:
        return {"ellipsis": 0}
    if kind in (list, tuple):
        return {kind.__name__: [pack(part, functions) for part in value]}
    if kind is dict:
        return {"dict": [[key, pack(part, functions)] for key, part in value.items()]}
    if kind is Opaque:
        return {"opaque": value.name}
    if isinstance(value, np.ndarray | np.generic):
        if value.nbytes > LARGEST // 4:
            raise Garbled("an array is too large")
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"array" if kind is np.ndarray else "scalar": [value.dtype.str, list(np.shape(value)), data]}
    if functions is not None and isinstance(value, np.random.Generator):
        bits = value.bit_generator
        return {"generator": [hex(bits.seed_seq.entropy), bits.state]}
    if functions is not None and callable(value):
        functions.append(value)
        return {"function": [len(functions) - 1, value.__doc__]}
    raise TypeError(f"{kind.__name__} does not go through the pipe")


def unpack(packed, function=None):
    """The value again. `function(number, doc)` makes what stands for a function; without it only data is accepted."""
    try:
        return unpacked(packed, function)
    except Garbled:
        raise
    except Exception as error:  # whatever a forged frame holds
        raise Garbled(f"a value is {type(error).__name__}") from None


def no_function(number, doc):
    """For `unpack`: generators are taken, functions are not."""
    raise Garbled("a function came from the wrong side")


def states(values):
    """The state of each value that is a generator, to be set on the other side; None for the others."""
    return [v.bit_generator.state if isinstance(v, np.random.Generator) else None for v in values]


def unpacked(packed, function):
    if packed is None or type(packed) in (bool, int, float, str):
        return packed
    ((name, content),) = packed.items()
    if name in ("list", "tuple"):
        parts = [unpacked(part, function) for part in content]
        return parts if name == "list" else tuple(parts)
    if name == "dict":
        return {str(key): unpacked(part, function) for key, part in content}
    if name in ("array", "scalar"):
        kind, shape, data = content
        kind = np.dtype(kind)
        if kind.kind not in "biufc":
            raise Garbled("an array holds no numbers")
        array = np.frombuffer(base64.b64decode(data), kind).reshape(shape).copy()
        return array if name == "array" else array[()]
    if name == "int":
        if len(content) > LONGEST:
            raise Garbled("a number is too long")
        return int(content, 16)
    if name == "complex":
        return complex(*content)
    if name == "ellipsis":
        return Ellipsis
    if name == "opaque":
        return Opaque.named(str(content)[:100])
    if name == "generator" and function:
        if len(content[0]) > LONGEST:
            raise Garbled("a number is too long")
        if content[1]["state"]["inc"] % 2 == 0:  # no PCG64 has an even one; with 0 and 0 some draws would never end
            raise Garbled("a generator has a state that none can have")
        generator = np.random.default_rng(int(content[0], 16))
        generator.bit_generator.state = content[1]
        return generator
    if name == "function" and function:
        return function(*content)
    raise Garbled("a value of no known kind")
