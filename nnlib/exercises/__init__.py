"""Exercises that check themselves: `check`, `hint`, `solution`, `progress`, and quick questions with `ask`."""

from .commands import check, hint, progress, solution
from .engine import Result
from .questions import ask
from .registry import all_exercises, by_chapter, get

__all__ = ["Result", "all_exercises", "ask", "by_chapter", "check", "get", "hint", "progress", "solution"]
