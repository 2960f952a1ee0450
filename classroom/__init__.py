"""What this book puts round the network: figures that answer, exercises that check themselves, quick questions.

Nothing here is needed to train a network, and `nnlib` knows nothing of it.
"""

from .exercises import Result, check, hint, progress, solution
from .explore import Choice, Explore, ExploreError, Layout, Play, Slider, Switch, collecting, drag, explore
from .questions import ask

__all__ = [
    "Choice",
    "Explore",
    "ExploreError",
    "Layout",
    "Play",
    "Result",
    "Slider",
    "Switch",
    "ask",
    "check",
    "collecting",
    "drag",
    "explore",
    "hint",
    "progress",
    "solution",
]
