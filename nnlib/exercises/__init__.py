"""Exercises that check themselves: `check`, `hint`, `solution`, `progress`, and quick questions with `ask`."""

from .commands import check, hint, progress, solution
from .engine import Result
from .registry import all_exercises, by_chapter, get

__all__ = ["Result", "all_exercises", "by_chapter", "check", "get", "hint", "progress", "solution"]

try:
    from .questions import ask  # noqa: F401
except ModuleNotFoundError:
    pass
else:
    __all__.append("ask")
