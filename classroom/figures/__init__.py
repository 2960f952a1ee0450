"""The pictures of the book: each a small function on a matplotlib `Axes`, all in one house style."""

from ..sentence import Missing

try:
    import matplotlib  # noqa: F401
except ModuleNotFoundError:
    raise Missing("The pictures of classroom.figures need matplotlib: `pip install matplotlib`.") from None

from .axes import canvas, frame, heading, key, magnitude, number, panels, power_of_ten, scientific, short
from .bars import bars, scores_and_probabilities
from .blame import blame_network, walk_back
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
from .diagram import network_diagram
from .graph import Node, computation_graph, graph_steps
from .heaps import dot_heap
from .histograms import activation_histograms
from .images import digit_images, image_grid, misclassified, weight_images
from .matrices import linear_backward, linear_forward, matrix_equation
from .neuron import neuron_diagram
from .regions import count_regions, linear_regions
from .reliability import reliability_diagram
from .residuals import residual_squares
from .style import BLUE, FAINT, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, SKY, VERMILION, YELLOW
from .surface import descent_path, loss_surface
from .tables import confusion_matrix, number_table
from .training import check_errors, gradient_sizes, history_panels, learning_curves, parameter_errors
from .vectors import dot_product, right_angle

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "GREY",
    "INK",
    "Node",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "SKY",
    "VERMILION",
    "YELLOW",
    "activation_histograms",
    "activation_pair",
    "arrow",
    "bars",
    "blame_network",
    "canvas",
    "check_errors",
    "class_regions",
    "computation_graph",
    "confusion_matrix",
    "count_regions",
    "curve",
    "decision_boundary",
    "decision_line",
    "descent_path",
    "descent_steps",
    "digit_images",
    "dot_heap",
    "dot_product",
    "frame",
    "gradient_sizes",
    "graph_steps",
    "heading",
    "history_panels",
    "image_grid",
    "key",
    "learning_curves",
    "linear_backward",
    "linear_forward",
    "linear_regions",
    "loss_surface",
    "magnitude",
    "mark_point",
    "matrix_equation",
    "misclassified",
    "network_diagram",
    "neuron_diagram",
    "neuron_stages",
    "number",
    "number_line",
    "number_table",
    "panels",
    "parameter_errors",
    "piecewise_linear",
    "plane",
    "points",
    "power_of_ten",
    "probability_field",
    "reliability_diagram",
    "residual_squares",
    "right_angle",
    "scientific",
    "scores_and_probabilities",
    "short",
    "step_position",
    "tangent",
    "walk_back",
    "weight_images",
]
