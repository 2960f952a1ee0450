"""Figures that answer the reader's hand, in a notebook and on a page alike."""

from .decorator import Explore, collecting, explore
from .handles import drag
from .layout import Layout
from .parameters import Choice, ExploreError, Play, Slider, Switch

__all__ = ["Choice", "Explore", "ExploreError", "Layout", "Play", "Slider", "Switch", "collecting", "drag", "explore"]
