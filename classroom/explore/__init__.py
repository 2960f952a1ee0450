"""Figures that answer the reader's hand, in a notebook and on a page alike."""

from .controls import Choice, Play, Slider, Switch
from .decorator import Explore, collecting, explore
from .handles import drag
from .layout import Layout
from .slips import ExploreError

__all__ = ["Choice", "Explore", "ExploreError", "Layout", "Play", "Slider", "Switch", "collecting", "drag", "explore"]
