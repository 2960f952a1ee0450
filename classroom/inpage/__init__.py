"""The page runs Python: what the worker calls to run a cell, check an exercise and draw a figure's frame."""

from ..draw.kept import take
from .cells import Notebook
from .exercise import check_code
from .pictures import start_matplotlib

__all__ = ["Notebook", "check_code", "start_matplotlib", "take"]
