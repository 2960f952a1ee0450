"""Draw a digit: strokes, the recipe that makes 64 numbers of them, and the network that reads those.

recipe.py is the recipe (and touch/recipe.js its twin), hand.py a script that writes digits, reader.py the network,
element.py and draw.js the field to draw in, kept.py a reader's own digits as a training set.
"""

from .hand import STYLES, write
from .kept import mine
from .notebook import draw_a_digit
from .recipe import as_drawn, bitmap, crop, even, normalise, stretch, upright

__all__ = [
    "STYLES",
    "bitmap",
    "crop",
    "draw_a_digit",
    "even",
    "mine",
    "normalise",
    "as_drawn",
    "stretch",
    "upright",
    "write",
]
