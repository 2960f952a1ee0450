"""Exercises that check themselves: `check`, `hint`, `solution`, `progress`."""

from .commands import check, hint, progress, solution
from .engine import Result
from .registry import all_exercises, by_chapter, get

__all__ = ["Result", "all_exercises", "by_chapter", "check", "get", "hint", "progress", "solution"]
