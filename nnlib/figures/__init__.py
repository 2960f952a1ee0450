"""The pictures of the book: each a small function on a matplotlib `Axes`, all in one house style."""

from .axes import canvas, frame, heading, key, number, panels, power_of_ten
from .boundary import arrow, class_regions, decision_boundary, decision_line, plane, points, probability_field
from .curves import (
    activation_pair,
    curve,
    descent_steps,
    mark_point,
    neuron_stages,
    number_line,
    piecewise_linear,
    step_position,
    tangent,
)
from .style import BLUE, FAINT, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, SKY, VERMILION, YELLOW

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "SKY",
    "VERMILION",
    "YELLOW",
    "activation_pair",
    "arrow",
    "canvas",
    "class_regions",
    "curve",
    "decision_boundary",
    "decision_line",
    "descent_steps",
    "frame",
    "heading",
    "key",
    "mark_point",
    "neuron_stages",
    "number",
    "number_line",
    "panels",
    "piecewise_linear",
    "plane",
    "points",
    "power_of_ten",
    "probability_field",
    "step_position",
    "tangent",
]
