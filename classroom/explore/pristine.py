"""A figure that can be made new again: cheaper, by far, than making a new one for each frame."""

import types
from collections import OrderedDict, deque

import numpy as np
from matplotlib import RcParams
from matplotlib.colors import Colormap

_CONTAINERS = (dict, OrderedDict, list, set, deque)
_OUTSIDE = (RcParams, Colormap, types.ModuleType, type)


class Pristine:
    """All that a new matplotlib figure consists of, and what each part held then; `restore` puts it back.

    A drawing function can change anything it reaches: limits, ticks, scales, spines, callbacks. So nothing is undone
    step by step; every attribute of every part gets its first value again, and every list, dict and array its content.
    """

    def __init__(self, figure):
        self.figure = figure
        self._attributes, self._contents, self._arrays = [], [], []
        self._take(figure)

    def _take(self, figure):
        seen, waiting = {}, [figure]
        while waiting:
            part = waiting.pop()
            if id(part) in seen or isinstance(part, _OUTSIDE):
                continue
            seen[id(part)] = part
            if isinstance(part, np.ndarray):
                if part.flags.writeable and not part.dtype.hasobject:
                    self._arrays.append((part, part.copy()))
                continue
            if isinstance(part, tuple):
                waiting.extend(part)
                continue
            if type(part) in _CONTAINERS:
                content = type(part)(part)
                self._contents.append((part, content))
                waiting.extend(content.values() if isinstance(content, dict) else content)
                continue
            if (type(part).__module__ or "").partition(".")[0] == "matplotlib" and hasattr(part, "__dict__"):
                self._attributes.append((vars(part), dict(vars(part))))
                waiting.extend(vars(part).values())

    def restore(self):
        """The figure as it was when new."""
        for attributes, first in self._attributes:
            attributes.clear()
            attributes.update(first)
        for part, first in self._contents:
            part.clear()
            part.extend(first) if isinstance(part, (list, deque)) else part.update(first)
        for part, first in self._arrays:
            part[...] = first
        return self.figure
