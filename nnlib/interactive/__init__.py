"""Figures that answer the reader's hand, in a notebook and on a page alike."""

from nnlib.interactive.explore import Explore, collecting, explore
from nnlib.interactive.handles import drag
from nnlib.interactive.parameters import Choice, ExploreError, Play, Slider, Switch
from nnlib.interactive.render import Layout

__all__ = ["Choice", "Explore", "ExploreError", "Layout", "Play", "Slider", "Switch", "collecting", "drag", "explore"]
