"""The pictures say what the numbers say: each is read back from the artists it drew."""

import io
import re
import zlib

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path

import nnlib
from classroom import figures
from classroom.explore import Layout
from classroom.explore.canvas import Canvas
from classroom.explore.render import markup
from classroom.figures import BLUE, ORANGE, boundary, style

rng = np.random.default_rng(3)
X = rng.normal(size=(30, 2))
Y = (X[:, 0] + 0.5 * X[:, 1] > 0.3).astype(int)
LAYERS = [(rng.normal(size=(2, 3)), rng.normal(size=3)), (rng.normal(size=(3, 1)), rng.normal(size=1))]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.fixture
def ax():
    return new_axes()


def new_axes():
    with mpl.rc_context(style.RC):
        figure = Figure()
        FigureCanvasSVG(figure)
        return figure.subplots()


def svg(ax):
    with mpl.rc_context(style.RC):
        file = io.StringIO()
        ax.figure.savefig(file, format="svg", metadata={"Date": None})
        return file.getvalue()


def words(ax):
    return [text.get_text() for text in ax.texts]


def scalar_graph():
    w, x, b = nnlib.Scalar(2.0, label="w"), nnlib.Scalar(-1.0, label="x"), nnlib.Scalar(3.0, label="b")
    loss = ((w * x + b).sigmoid() - 1) ** 2
    loss.label = "L"
    loss.backward()
    return loss


def xor_network(output_bias=0.5):
    network = nnlib.Network([nnlib.Linear(2, 2), nnlib.ReLU(), nnlib.Linear(2, 1)])
    numbers = [np.ones((2, 2)), [0, -1], [[1], [-2]], [output_bias]]
    for parameter, value in zip(network.parameters(), numbers, strict=True):
        parameter.value = np.array(value, dtype=float)
    return network


def history():
    kept = nnlib.History()
    kept.loss, kept.validation_loss = [2.0, 1.0, 0.5], [2.1, 1.2, 1.3]
    kept.accuracy, kept.validation_accuracy = [0.2, 0.6, 0.9], [0.2, 0.5, 0.4]
    return kept


def several(ax):
    figures.curve(ax, sigmoid, label="sigmoid")
    figures.mark_point(ax, 1, sigmoid(1), "here")
    figures.tangent(ax, 0, 0.5, 0.25)
    figures.step_position(ax, -1.5, "step")
    figures.key(ax, [("a", BLUE, "-"), ("b", ORANGE, "--"), ("c", ORANGE, "s")])
    figures.heading(ax, "heading")


def product(ax):
    figures.plane(ax)
    figures.dot_product(ax, [2, 1], [1, -1])


def plane(ax):
    figures.plane(ax)
    figures.decision_line(ax, [1, 2], -0.5, label="w")
    figures.points(ax, X, Y)


def surface(ax):
    figures.loss_surface(ax, lambda w, b: w**2 + 4 * b**2, (-3, 3), (-2, 2), minimum=(0, 0))
    figures.descent_path(ax, [[-2.5, 1.5], [1.0, -1.0], [0.1, 0.3]], label="SGD")


def regions(ax):
    figures.plane(ax)
    figures.linear_regions(ax, LAYERS[:1])


DIGITS = rng.random((12, 64))
PICTURES = {
    "curve": several,
    "activation_pair": lambda ax: figures.activation_pair(ax, np.tanh, lambda z: 1 - np.tanh(z) ** 2, 0.5, name="tanh"),
    "neuron_diagram": lambda ax: figures.neuron_diagram(ax, [1, 2], [2, -1], 1, sigmoid),
    "neuron_stages": lambda ax: figures.neuron_stages(ax, 2, -3, sigmoid, 1),
    "number_line": lambda ax: figures.number_line(ax, [-1, 2]),
    "piecewise_linear": lambda ax: figures.piecewise_linear(ax, lambda x: np.maximum(x, 0), [0]),
    "descent_steps": lambda ax: figures.descent_steps(ax, lambda w: w**2, [3, -2, 1], (-4, 4), (0, 16)),
    "plane": plane,
    "dot_product": product,
    "decision_boundary": lambda ax: figures.decision_boundary(ax, lambda Z: sigmoid(Z[:, 0]), X, Y),
    "class_regions": lambda ax: figures.decision_boundary(ax, lambda Z: Z @ np.array([[1, 0, -1], [0, 1, 0.0]]), X, Y),
    "network_diagram": lambda ax: figures.network_diagram(ax, LAYERS, input_labels=["a", "b"], show_weights=True),
    "loss_surface": surface,
    "computation_graph": lambda ax: figures.computation_graph(ax, scalar_graph()),
    "blame_network": lambda ax: figures.blame_network(ax, xor_network(), nnlib.MeanSquaredError(), [1, 0], 1),
    "parameter_errors": lambda ax: figures.parameter_errors(ax, {"0.weight": 1e-9, "0.bias": 1.0, "2.bias": 0.0}),
    "linear_forward": lambda ax: figures.linear_forward(ax, np.ones((3, 2)), np.eye(2), entry=(2, 1)),
    "linear_backward": lambda ax: figures.linear_backward(ax),
    "activation_histograms": lambda ax: figures.activation_histograms(ax, [np.tanh(X), X]),
    "weight_images": lambda ax: figures.weight_images(ax, DIGITS.T - 0.5, titles=list("abcdefghijkl")),
    "misclassified": lambda ax: figures.misclassified(ax, DIGITS, np.arange(12) % 10, np.zeros(12, int)),
    "learning_curves": lambda ax: figures.learning_curves(ax, history(), epoch=2, best="validation"),
    "history_panels": lambda ax: figures.history_panels(ax, history()),
    "gradient_sizes": lambda ax: figures.gradient_sizes(ax, {"a": [1e-3, 1e-2], "b": [1e-1, 1.0]}),
    "check_errors": lambda ax: figures.check_errors(ax, [1e-6, 1e-3, 1], [1e-5, 1e-8, 1e-2], marked=1e-3),
    "confusion_matrix": lambda ax: figures.confusion_matrix(ax, [0, 1, 1, 2], [0, 1, 2, 2], 3),
    "number_table": lambda ax: figures.number_table(ax, [[1.0, np.nan]], ["r"], ["a", "b"]),
    "residual_squares": lambda ax: figures.residual_squares(ax, lambda x: x, X[:, 0], X[:, 1]),
    "reliability_diagram": lambda ax: figures.reliability_diagram(ax, sigmoid(np.abs(X[:, 0])), X[:, 1] > 0),
    "bars": lambda ax: figures.scores_and_probabilities(ax, [1.0, -2.0], [0.95, 0.05], highlight=0),
    "linear_regions": regions,
    "dot_heap": lambda ax: figures.dot_heap(ax, X[:, 0], Y, 0.5, xlabel="w · x"),
}


# ------------------------------------------------------------------------------------------------- every picture


@pytest.mark.parametrize("name", PICTURES)
def test_a_reused_axes_gives_the_same_picture_as_a_new_one(name):
    new = new_axes()
    with mpl.rc_context(style.RC):
        PICTURES[name](new)
        used = new_axes()
        for other in (name, "number_line", "history_panels", "confusion_matrix", "plane"):
            PICTURES[other](used)
            if other == "plane":
                svg(used)  # equal scales move an Axes only when it is drawn
            used.clear()
        PICTURES[name](used)
    assert svg(used) == svg(new)


@pytest.mark.parametrize("name", PICTURES)
def test_only_colours_of_the_house_style_are_used(name, ax):
    with mpl.rc_context(style.RC):
        PICTURES[name](ax)
    used = set(re.findall(r"#[0-9a-f]{6}\b", svg(ax)))
    assert used <= set(style.NAMES), "a colour that dark mode does not know"


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_small_on_a_page_and_their_text_is_text(name):
    tree, _, _ = Canvas(Layout()).draw(PICTURES[name], {}, {})
    drawn = markup(tree)
    assert len(zlib.compress(drawn.encode())) < 8_000
    assert "<image" not in drawn
    assert not re.search(r">-\d", drawn), "a hyphen stands for a minus sign"
    plain = new_axes()
    with mpl.rc_context(style.RC):
        PICTURES[name](plain)
    assert "DejaVuSans-" not in svg(plain), "a letter was drawn as a path"


# ------------------------------------------------------------------------------------------------- curves


def test_a_curve_goes_through_the_functions_values(ax):
    x, y = figures.curve(ax, sigmoid, xlim=(-2, 3)).get_data()
    assert (x[0], x[-1]) == (-2, 3)
    assert len(x) <= 121
    assert np.array_equal(y, sigmoid(x))


def test_limits_do_not_follow_the_data(ax):
    figures.curve(ax, lambda x: 100 * x, ylim=(0, 1))
    figures.mark_point(ax, 50, 50)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-6, 6), (0, 1))


def test_activation_pair_draws_the_tangent_with_the_slope_it_plots(ax):
    left, right = figures.activation_pair(ax, np.tanh, lambda z: 1 - np.tanh(z) ** 2, 0.5)
    slope = 1 - np.tanh(0.5) ** 2
    tangents = [line for line in left.lines if len(line.get_xdata()) == 2]
    assert any(np.isclose(np.diff(t.get_ydata()) / np.diff(t.get_xdata()), slope) for t in tangents)
    assert right.get_title().endswith(f"{slope:.2f}") and left.get_title().endswith(f"{np.tanh(0.5):.2f}")


def test_a_neurons_curve_stands_over_its_sum_and_only_the_dot_moves(ax):
    curves, dots = [], []
    for w, b, x in [(2, -3, 1), (-1, 0.5, 2)]:
        left, right = figures.neuron_stages(list(Figure().subplots(1, 2)), w, b, sigmoid, x)
        curves.append(right.lines[0].get_xydata())
        dots.append([line.get_xydata().tolist() for line in right.lines])
        assert [[w * x + b, sigmoid(w * x + b)]] in dots[-1], "the dot lies where the sum says"
        assert [[x, w * x + b]] in [line.get_xydata().tolist() for line in left.lines]
    assert np.array_equal(*curves) and dots[0] != dots[1]


def test_a_jump_is_two_pieces_and_no_slope(ax):
    x, y = figures.curve(ax, lambda x: (x > 0) * 1.0, xlim=(-2, 2), jumps=(0,)).get_data()
    gap = np.flatnonzero(np.isnan(x))
    assert len(gap) == 1 and (y[gap - 1], y[gap + 1]) == (0, 1)
    drawn = ~np.isnan(np.diff(x))
    assert not np.diff(y)[drawn].any()


def test_a_drawn_neuron_shows_every_number_on_its_way(ax):
    z, a = figures.neuron_diagram(ax, [3, 2], [2, -1], 0.5, sigmoid, digits=1)
    assert (z, a) == (4.5, sigmoid(4.5))
    shown = {"3.0", "2.0", "w₁ = 2.0", "w₂ = −1.0", "6.0", "−2.0", "b = 0.5", "z = 4.5", "a = 0.99", "x₁", "x₂"}
    assert shown <= set(words(ax))
    with pytest.raises(ValueError, match="equally long"):
        figures.neuron_diagram(ax, [1, 2], [1], 0, sigmoid)


def test_the_shadow_of_an_arrow_is_as_long_as_the_product_says(ax):
    figures.plane(ax)
    assert figures.dot_product(ax, [3, 4], [2, 1]) == 10
    ends = [line.get_xydata() for line in ax.lines]
    assert any(np.allclose(np.hypot(*line[-1]), 10 / 5) and np.allclose(line[0], 0) for line in ends)
    figures.dot_product(ax, [3, 4], [4, -3])  # no shadow, and the square says why
    with pytest.raises(ValueError, match="right angle"):
        figures.right_angle(ax, [0, 0], [1, 0], [1, 1])


def test_one_entry_of_a_product_frames_its_row_its_column_and_its_bias(ax):
    blocks = figures.linear_forward(ax, np.ones((3, 2)), np.ones((2, 4)), np.ones(4), entry=(2, 1))
    frames = [patch for patch in ax.patches if not patch.get_fill()]
    cell = blocks["X"][0].get_width() / 2
    sizes = sorted((round(f.get_height() / cell), round(f.get_width() / cell)) for f in frames)
    assert sizes == [(1, 1), (1, 1), (1, 2), (2, 1)]
    row = next(f for f in frames if round(f.get_width() / cell) == 2)
    assert np.isclose(row.get_y(), blocks["X"][0].get_y()), "the last row stands at the bottom"
    column = next(f for f in frames if round(f.get_height() / cell) == 2)
    assert np.isclose(column.get_x(), blocks["W"][0].get_x() + cell)


def test_several_panels_accept_axes_of_their_own():
    axes = list(Figure().subplots(1, 2))
    assert figures.neuron_stages(axes, 1, 0, np.tanh) == tuple(axes)


def test_the_step_is_drawn_where_it_sits_and_not_out_of_view(ax):
    figures.frame(ax, (-6, 6), (0, 1))
    assert set(figures.step_position(ax, 1.5).get_xdata()) == {1.5}
    assert figures.step_position(ax, 7) is None
    assert figures.step_position(ax, np.inf) is None


def test_piecewise_linear_is_exact_at_its_joints(ax):
    def f(x):
        return np.maximum(x - 0.123, 0) - 2 * np.maximum(x - 2.717, 0)

    x, y = figures.piecewise_linear(ax, f, [0.123, 2.717, 99]).get_data()
    assert list(x) == [-6, 0.123, 2.717, 6]
    assert np.array_equal(y, f(x))


def test_descent_steps_lie_on_the_curve_and_survive_divergence(ax):
    path = figures.descent_steps(ax, lambda w: w**2, [1.0, -3.0, np.inf, np.nan], (-4, 4), (0, 16))
    assert path.get_xydata().tolist() == [[1, 1], [-3, 9]]
    assert ax.get_ylim() == (0, 16)


# ------------------------------------------------------------------------------------------------- the plane


def test_classes_differ_in_marker_as_well_as_colour(ax):
    lines = figures.points(ax, np.zeros((4, 2)), [0, 1, 2, 3])
    assert len({line.get_marker() for line in lines}) == 4
    assert len({line.get_color() for line in lines}) == 4
    signs = figures.points(ax, np.zeros((2, 2)), [-1, 1])
    assert [line.get_marker() for line in signs] == [line.get_marker() for line in lines[:2]]


def test_every_point_is_drawn_with_its_own_class(ax):
    zero, one = figures.points(ax, X, Y)
    assert np.array_equal(zero.get_xydata(), X[Y == 0])
    assert np.array_equal(one.get_xydata(), X[Y == 1])


def test_the_decision_line_is_where_the_sum_is_zero_and_the_weights_stand_on_it(ax):
    figures.plane(ax)
    w, b = np.array([1.5, -0.5]), 0.7
    line = figures.decision_line(ax, w, b).get_xydata()
    assert np.allclose(line @ w + b, 0)
    (drawn,) = [a for a in ax.texts if getattr(a, "arrow_patch", None)]
    end, start = np.array(drawn.xy), np.array(drawn.xyann)
    assert np.allclose(end - start, w)
    assert np.isclose(start @ w + b, 0)
    assert ax.get_aspect() == 1, "otherwise a right angle does not look like one"
    assert figures.decision_line(ax, [0, 0], 1) is None


@pytest.mark.parametrize("steepness", [0.5, 3, 40, 400])
def test_the_boundary_is_where_the_prediction_is_a_half(ax, steepness):
    w, b = np.array([1.0, 0.6]), -0.37

    def predict(Z):
        with np.errstate(over="ignore"):
            return sigmoid(steepness * (Z @ w + b))

    figures.plane(ax)
    line = figures.probability_field(ax, predict).get_path().vertices
    off = np.abs(line @ w + b) / np.hypot(*w)
    assert len(line) >= 2
    assert off.max() < (
        1e-9 if steepness <= 3 else 0.1
    )  # within half a grid square even when nothing but 0 and 1 is left
    figures.plane(ax)
    assert np.allclose(figures.probability_field(ax, lambda Z: Z @ w + b, scores=True).get_path().vertices @ w, -b)


def test_the_field_is_blue_where_the_answer_is_one_and_orange_where_it_is_zero(ax):
    figures.plane(ax)
    figures.probability_field(ax, lambda Z: sigmoid(3 * Z[:, 0]))
    fills = [p for p in ax.patches + list(ax.artists) if p.get_facecolor()[3]] or ax.get_children()
    fills = [
        p for p in fills if hasattr(p, "get_path") and hasattr(p, "get_facecolor") and 0 < p.get_facecolor()[3] < 1
    ]
    for patch in fills:
        x = patch.get_path().vertices[:, 0]
        if to_hex(patch.get_facecolor()) == BLUE:
            assert x.min() > -1e-9
        else:
            assert to_hex(patch.get_facecolor()) == ORANGE
            assert x.max() < 1e-9
    assert {to_hex(p.get_facecolor()) for p in fills} == {BLUE, ORANGE}


def test_class_regions_hold_the_points_they_win(ax):
    W = np.array([[1, -1, 0.0], [0, 0, 1.5]])
    figures.plane(ax)
    patches = figures.class_regions(ax, lambda Z: Z @ W)
    seen = X[(abs(X) < [4, 2.5]).all(1)]
    inside = np.array([p.get_path().contains_points(seen) for p in patches])
    assert np.array_equal(inside.sum(0), np.ones(len(seen)))
    assert np.array_equal(inside.argmax(0), (seen @ W).argmax(1))


def test_a_prediction_that_is_the_same_everywhere_has_no_boundary(ax):
    figures.plane(ax)
    assert figures.probability_field(ax, lambda Z: np.full(len(Z), 0.9)) is None


# ------------------------------------------------------------------------------------------------- networks


def test_line_widths_are_proportional_to_the_weights_and_signs_differ_in_colour_and_dash(ax):
    positive, negative = figures.network_diagram(ax, LAYERS, scale=2.0, max_width=8)
    weights = np.concatenate([w.ravel() for w, _ in LAYERS])
    assert np.allclose(positive.get_linewidths(), 4 * weights[weights >= 0])
    assert np.allclose(negative.get_linewidths(), -4 * weights[weights < 0])
    assert len(positive.get_segments()) + len(negative.get_segments()) == weights.size
    assert to_hex(positive.get_colors()[0]) == BLUE
    assert to_hex(negative.get_colors()[0]) == ORANGE
    assert positive.get_linestyles()[0][1] is None
    assert negative.get_linestyles()[0][1] is not None


def test_a_bias_shows_its_sign_in_a_symbol_and_its_size_in_the_fill(ax):
    figures.network_diagram(ax, [(np.ones((1, 3)), [1.0, -0.5, 0.0])], scale=1.0)
    assert [t for t in words(ax) if t in "+−"] == ["+", "−"]
    fills = [p.get_facecolor() for p in ax.get_children() if type(p).__name__ == "Circle"]
    assert [round(f[3] / fills[1][3], 6) for f in fills[1:]] == [1, 0.5, 0]
    assert to_hex(fills[1]) == BLUE
    assert to_hex(fills[2]) == ORANGE


def test_a_network_object_is_drawn_as_its_layers(ax):
    network = nnlib.Network([nnlib.Linear(2, 4, rng=0), nnlib.ReLU(), nnlib.Linear(4, 1, bias=False, rng=1)])
    positive, negative = figures.network_diagram(ax, network)
    assert len(positive.get_segments()) + len(negative.get_segments()) == 12


def test_a_wide_layer_is_drawn_in_part(ax):
    positive, negative = figures.network_diagram(ax, [(np.ones((64, 2)), np.zeros(2))], max_nodes=8)
    assert len(positive.get_segments()) == 7 * 2
    assert "⋮" in words(ax)


def test_values_and_numbers_are_written(ax):
    figures.network_diagram(
        ax, [([[1.0], [-2.0]], [0.5])], values=[[3, 4], [-4.5]], show_weights=True, show_biases=True, input_labels="ab"
    )
    assert {"3", "4", "−4.5", "1", "−2", "+0.5", "a", "b"} <= set(words(ax))
    ax.clear()
    figures.network_diagram(ax, [([[1.0]], [0.003])], show_biases=True)
    assert "0" in words(ax) and "+0" not in words(ax)


# ------------------------------------------------------------------------------------------------- surface, graph


def test_the_surface_is_the_loss_at_every_grid_point(ax):
    z = figures.loss_surface(ax, lambda w, b: w + 10 * b, (-1, 1), (0, 2), n=5)
    assert z[0].tolist() == [-1, -0.5, 0, 0.5, 1]
    assert np.allclose(z[:, 0], -1 + 10 * np.linspace(0, 2, 5))


def test_contours_lie_at_the_asked_heights(ax):
    figures.loss_surface(ax, lambda w, b: w + b, (-1, 1), (-1, 1), levels=[0.5])
    (line,) = [a for a in ax.get_children() if type(a).__name__ == "PathPatch" and a.get_facecolor()[3] == 0]
    assert np.allclose(line.get_path().vertices.sum(1), 0.5)


def test_a_path_is_drawn_from_its_start_to_its_end_without_moving_the_view(ax):
    figures.loss_surface(ax, lambda w, b: w**2 + b**2, (-1, 1), (-1, 1))
    path = np.array([[0.9, 0.9], [-0.5, 0.1], [30.0, 4.0]])
    line = figures.descent_path(ax, path)
    assert np.array_equal(line.get_xydata(), path)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-1, 1), (-1, 1))
    ends = [tuple(m.get_xydata()[0]) for m in ax.lines if len(m.get_xydata()) == 1]
    assert ends == [(0.9, 0.9), (30.0, 4.0)]


def test_the_graph_shows_every_value_and_gradient(ax):
    root = scalar_graph()
    written = figures.computation_graph(ax, root, digits=3)
    for node in root.graph():
        if node.label in ("w", "x", "b", "L"):
            assert written["value", node.label] == [figures.number(node.value, 3)]
            assert written["grad", node.label] == [figures.number(node.grad, 3)]
    assert written["value", "σ"] == [figures.number(sigmoid(1.0), 3)]


def test_stepping_forward_then_back_shows_one_more_operation_each_time():
    root = scalar_graph()
    last = figures.graph_steps(root)
    operations = 5  # ×, +, σ, −1 and ²
    assert last == 2 * operations + 1
    seen = []
    for step in range(last + 1):
        written = figures.computation_graph(new_axes(), root, step)
        seen.append((sum(k == "value" for k, _ in written), sum(k == "grad" for k, _ in written)))
    values, gradients = zip(*seen, strict=True)
    assert seen[0] == (3, 0)
    assert gradients[: operations + 1] == (0,) * (operations + 1)
    assert gradients[operations + 1] == 1, "the pass back begins with the gradient of the end, 1"
    assert list(values) == sorted(values)
    assert list(gradients) == sorted(gradients)
    assert seen[-1][0] == values[operations]
    first_back = figures.computation_graph(new_axes(), root, operations + 2)
    assert {name for kind, name in first_back if kind == "grad"} == {"L", "+"}, "the end passes its gradient on first"


def test_blame_in_a_network_is_what_trial_says_and_comes_step_by_step():
    network, loss, x = xor_network(), nnlib.MeanSquaredError(), np.array([[2.0, 1.0]])
    walked = figures.walk_back(network, loss, x[0], 0)
    for name, parameter in zip(["W1", "b1", "W2", "b2"], network.parameters(), strict=True):
        slopes = nnlib.numerical_gradient(lambda _: loss.forward(network.forward(x), [[0.0]]), parameter.value)
        assert np.allclose(walked["d" + name], slopes)
    seen = [
        set(figures.blame_network(new_axes(), network, loss, x[0], 0, step))
        for step in range(len(figures.blame_network.steps))
    ]
    assert all(one < other for one, other in zip(seen, seen[1:], strict=False)), "each step adds something"
    assert not any(name.startswith("d") for name in seen[4]) and {"dL", "dy"} <= seen[5]
    assert seen[6] - seen[5] == {"dW2", "db2"} and seen[-1] - seen[-2] == {"dW1", "db1"}


def test_a_closed_gate_has_a_bar_and_lets_no_blame_through():
    def drawn(x):
        axes = new_axes()
        written = figures.blame_network(axes, xor_network(), nnlib.MeanSquaredError(), x, 0)
        return written, [line.get_linewidth() for line in axes.lines]

    written, bars = drawn([1, 0])
    assert (written["da"], written["dz"]) == (["3", "−6"], ["3", "0"])
    assert sum(width > 4 for width in bars) == 1
    assert not any(width > 4 for width in drawn([1, 1])[1])
    with pytest.raises(ValueError, match="step must be from 0 to 9"):
        figures.blame_network(new_axes(), xor_network(), nnlib.MeanSquaredError(), [1, 1], 0, 10)


def test_errors_beyond_the_limit_differ_in_colour_and_width(ax):
    lines = figures.parameter_errors(ax, {"a": 1e-9, "b": 0.5, "c": 0.0}, limit=1e-6)
    assert [to_hex(lines[name].get_color()) == BLUE for name in "abc"] == [True, False, True]
    assert lines["b"].get_linewidth() > lines["a"].get_linewidth()
    assert np.isclose(lines["a"].get_xdata()[1], -9) and lines["c"].get_xdata()[1] == -12


def test_numbers_as_short_as_can_be_and_with_powers_of_ten():
    assert [figures.short(v) for v in (2.0, -0.5, 0.25, 0.0)] == ["2", "−0.5", "0.25", "0"]
    assert figures.scientific(0.0021).split() == ["2", "·", "10⁻³"]


def test_a_number_used_twice_shows_both_shares_and_their_sum(ax):
    a = nnlib.Scalar(3.0, label="a")
    root = a * 2 + a * a
    root.backward()
    written = figures.computation_graph(ax, root)
    assert sorted(written["grad", "a"]) == ["2.00", "3.00", "3.00"]
    assert written["sum", "a"] == ["Σ 8.00"]
    assert a.grad == 8


def test_nodes_that_would_lie_on_each_other_can_be_placed_by_hand():
    def centres(**by_hand):
        w = nnlib.Scalar(2.0, label="w")
        double, triple = w * 2, w * 3
        root, drawn = double + triple, new_axes()
        heights = {double: 1, triple: 0} if by_hand else None
        figures.computation_graph(drawn, root, heights=heights)
        return [text.get_position()[1] for text in drawn.texts if text.get_text() in ("×2", "×3")]

    assert len(set(centres())) == 1
    above, below = centres(by_hand=True)
    assert above > below


def test_a_graph_can_be_given_without_scalars(ax):
    x = figures.Node(2.0, grad=4.0, label="x")
    written = figures.computation_graph(ax, figures.Node(4.0, grad=1.0, parents=(x,), op="²", label="y"))
    assert written == {
        ("value", "x"): ["2.00"],
        ("grad", "x"): ["4.00"],
        ("value", "y"): ["4.00"],
        ("grad", "y"): ["1.00"],
    }


# ------------------------------------------------------------------------------------------------- matrices, images


def test_matrix_blocks_have_their_shapes_and_matching_sides(ax):
    blocks = figures.linear_forward(ax, (4, 3), (3, 2))
    (x,), (w,), (b,), (z,) = (blocks[k] for k in "XWbZ")
    assert np.isclose(x.get_width(), w.get_height())
    assert np.isclose(w.get_width(), b.get_width())
    assert np.isclose(x.get_height(), z.get_height())
    assert {"(4, 3)", "(3, 2)", "(2,)", "(4, 2)"} <= set(words(ax))


def test_the_backward_pass_has_the_layers_own_numbers(ax):
    layer = nnlib.Linear(3, 2, rng=0)
    x, grad = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    layer.forward(x)
    layer.backward(grad)
    figures.linear_backward(ax, x, layer.weight.value, grad, which=("dW", "db"), digits=3)
    expected = [figures.number(v, 3) for v in [*layer.weight.grad.ravel(), *layer.bias.grad]]
    assert set(expected) <= set(words(ax))


def test_matrix_cells_hold_z(ax):
    figures.linear_forward(ax, np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), [-20.0])
    assert "−9" in words(ax)


def test_tiles_show_size_by_depth_and_sign_by_colour_and_dash(ax):
    scale = figures.weight_images(ax, np.array([[1.0], [0.5], [0.0], [-1.0]]), shape=(2, 2))
    tiles = {}
    for patch in ax.get_children():
        if type(patch).__name__ == "PathPatch" and patch.get_edgecolor()[3] == 0:
            tiles[to_hex(patch.get_facecolor()), patch.get_facecolor()[3]] = len(patch.get_path()) // 5
    assert scale == 1
    assert tiles == {(BLUE, 1.0): 1, (BLUE, 0.5): 1, (ORANGE, 1.0): 1}
    dashes = [p for p in ax.get_children() if type(p).__name__ == "PathPatch" and p.get_linewidth() == 0.9]
    assert [len(d.get_path()) // 2 for d in dashes] == [1], "one dash, on the one negative tile"


def test_all_images_share_one_scale(ax):
    images = np.array([[1.0, 0, 0, 0], [0, 0, 0, 8.0]])
    assert figures.digit_images(ax, images, shape=(2, 2)) == 8
    depths = [p.get_facecolor()[3] for p in ax.get_children() if type(p).__name__ == "PathPatch"]
    assert 0.125 in depths
    assert 1.0 in depths


def test_misclassified_draws_the_wrong_ones_with_both_labels(ax):
    wrong = figures.misclassified(ax, DIGITS, np.array([1] * 12), np.array([1] * 10 + [7, 2]))
    assert wrong.tolist() == [10, 11]
    assert words(ax) == ["1, read 7", "1, read 2"]
    assert len(figures.misclassified(new_axes(), DIGITS, np.ones(12), np.ones(12))) == 0


def test_histogram_counts_sum_to_the_number_of_activations(ax):
    layers = [rng.normal(size=(50, 8)), 100 * rng.normal(size=333), np.zeros(7)]
    counts = figures.activation_histograms(ax, layers, ylim=(-1, 1))
    assert counts.sum(1).tolist() == [400, 333, 7]
    assert words(ax)[:3] == [figures.magnitude(layer.std()) for layer in layers]


@pytest.mark.parametrize(
    "value, text",
    [(0, "0"), (0.254, "0.25"), (99.6, "100"), (1934.14, "10³"), (1.2e-8, "10⁻⁸"), (0.0101, "0.01"), (-5, "−5")],
)
def test_a_magnitude_is_two_digits_or_a_power_of_ten(value, text):
    assert figures.magnitude(value) == text


# ------------------------------------------------------------------------------------------------- training


def test_learning_curves_differ_in_colour_and_dash_and_hold_the_history(ax):
    lines = figures.learning_curves(ax, history())
    assert lines["training"].get_xydata().tolist() == [[1, 2.0], [2, 1.0], [3, 0.5]]
    assert lines["training"].get_color() != lines["validation"].get_color()
    assert lines["training"].get_linestyle() != lines["validation"].get_linestyle()


def test_the_best_epoch_is_the_lowest_loss_and_the_highest_accuracy(ax):
    figures.learning_curves(ax, history(), best="validation")
    assert "best: 2" in words(ax)
    other = new_axes()
    figures.learning_curves(other, history(), ylabel="accuracy", best="training")
    assert "best: 3" in words(other)


def test_the_frame_does_not_depend_on_the_epoch_shown():
    views = set()
    for epoch in (1, 2, 3):
        ax = new_axes()
        figures.learning_curves(ax, history(), epoch=epoch)
        views.add((ax.get_xlim(), ax.get_ylim()))
    assert len(views) == 1


def test_powers_of_ten_stand_where_they_belong(ax):
    lines = figures.check_errors(ax, [1e-8, 1e-4, 1.0], {"centred": [1e-8, 1e-10, 1.0]})
    assert np.allclose(lines["centred"].get_xydata(), [[-8, -8], [-4, -10], [0, 0]])
    ticks = dict(zip(ax.get_xticks(), (t.get_text() for t in ax.get_xticklabels()), strict=True))
    assert ticks[-4] == "10⁻⁴"


def test_gradient_sizes_are_logarithms_and_a_zero_lies_on_the_edge(ax):
    (line,) = figures.gradient_sizes(ax, [1e-3, 1.0, 0.0], ylim=(1e-6, 10))
    assert np.allclose(line.get_ydata(), [-3, 0, -6])


# ------------------------------------------------------------------------------------------------- numbers


def test_the_confusion_matrix_counts(ax):
    true, predicted = rng.integers(0, 4, 200), rng.integers(0, 4, 200)
    counts = figures.confusion_matrix(ax, true, predicted, 4)
    expected = [[int(np.sum((true == i) & (predicted == j))) for j in range(4)] for i in range(4)]
    assert counts.tolist() == expected
    assert words(ax) == [str(n) for row in expected for n in row if n]


def test_right_answers_and_mistakes_differ_and_ink_stays_readable(ax):
    figures.confusion_matrix(ax, [0, 0, 1], [0, 1, 1], 2)
    (drawn,) = ax.collections
    corners = [tuple(path.vertices.min(axis=0)) for path in drawn.get_paths()]
    cells = dict(zip(corners, drawn.get_facecolors(), strict=True))
    assert {k: to_hex(v) for k, v in cells.items()} == {(0, 0): BLUE, (1, 1): BLUE, (1, 0): ORANGE}
    for dark, names in ((False, {}), (True, style.DARK)):
        for rgba in cells.values():
            color = np.array(to_rgba(names.get(to_hex(rgba), to_hex(rgba)))[:3])
            paper = np.array(to_rgba(names.get(style.PAPER, style.PAPER))[:3])
            ink = np.array(to_rgba(names.get(style.INK, style.INK))[:3])
            assert contrast(ink, rgba[3] * color + (1 - rgba[3]) * paper) >= 4.5, (dark, to_hex(rgba))


def contrast(a, b):
    a, b = (np.where(c <= 0.03928, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722] for c in (a, b))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def test_a_setting_that_diverged_says_so(ax):
    assert figures.number_table(ax, [[0.5, np.nan]], ["r"], ["a", "b"]) == [["0.50", "diverged"]]


def test_squares_have_the_area_of_the_squared_residuals_and_are_square_on_paper(ax):
    x, y = np.array([-1.0, 0.5, 2.0]), np.array([1.0, -2.0, 2.5])

    def line(t):
        return 0.5 * t + 0.25

    squares = figures.residual_squares(ax, line, x, y, xlim=(-3, 3), ylim=(-4, 4))
    assert np.allclose([s.get_height() ** 2 for s in squares], (y - line(x)) ** 2)
    for square in squares:
        box = square.get_window_extent()
        assert np.isclose(box.width, box.height)


def test_a_reliability_diagram_has_a_point_for_each_part_that_has_answers(ax):
    sure, right = [0.55, 0.59, 0.92, 0.98, 1.0, 1.0], [True, False, True, True, True, False]
    points = figures.reliability_diagram(ax, sure, right)
    shown = [tuple(p.get_xydata()[0]) for p in points if np.isfinite(p.get_xydata()).all()]
    assert np.allclose(shown, [(0.57, 0.5), (0.975, 0.75)])
    assert points[9].get_markersize() > points[5].get_markersize()
    upright = [line.get_ydata() for line in ax.lines if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2]
    assert np.allclose(upright[0], np.clip(0.5 + 2 * np.sqrt(0.57 * 0.43 / 2) * np.array([-1, 1]), 0, 1))


def test_bars_are_as_high_as_their_values_and_negative_ones_hang(ax):
    up, down = figures.bars(ax, [0.75, -0.5], ["a", "b"], ylim=(-1, 1), highlight=0)
    assert (up.get_height(), down.get_height()) == (0.75, -0.5)
    assert words(ax) == ["0.75", "−0.50"]
    assert up.get_linewidth() > down.get_linewidth()


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_lines_in_general_position_cut_the_plane_into_the_known_number_of_regions(ax, k):
    angle = np.pi * np.arange(k) / k + 0.2
    weight, bias = np.stack([np.cos(angle), np.sin(angle)]), 0.5 * np.cos(3 * np.arange(k)) + 0.4
    figures.plane(ax, (-40, 40), (-40, 40))
    assert figures.linear_regions(ax, [(weight, bias)], fine=800, fill=False) == 1 + k + k * (k - 1) // 2


@pytest.mark.parametrize("k", [1, 3, 8])
def test_lines_through_the_origin_make_two_slices_each(k):
    angle = np.pi * np.arange(k) / k + 0.2
    pie = [(np.stack([np.cos(angle), np.sin(angle)]), np.zeros(k))]
    assert figures.count_regions(pie) == 2 * k
    with pytest.raises(ValueError, match="n must be even"):
        figures.count_regions(pie, n=81)


def test_the_output_layer_of_a_network_has_no_joints(ax):
    network = nnlib.Network([nnlib.Linear(2, 1, rng=0), nnlib.ReLU(), nnlib.Linear(1, 1, rng=1)])
    network.parameters()[2].value, network.parameters()[3].value = [[1.0]], [-0.5]
    figures.plane(ax)
    assert figures.linear_regions(ax, network) == 2


def test_a_heap_has_one_dot_for_each_number_and_moves_as_a_whole(ax):
    values, y = np.array([0.1, 0.2, 0.3, -0.6]), np.array([1, 0, 1, 0])
    heights = figures.dot_heap(ax, values, y, 0.0, width=0.25)
    assert heights.tolist() == [1, 0, 0, 0]
    places = np.concatenate([line.get_xydata() for line in ax.lines[1:]])
    assert len(np.unique(places, axis=0)) == 4
    ax.clear()
    figures.dot_heap(ax, values + 0.5, y, 0.5, width=0.25)
    moved = np.concatenate([line.get_xydata() for line in ax.lines[1:]])
    assert np.allclose(moved - places, [0.5, 0])
    assert set(ax.lines[0].get_xdata()) == {0.5}


def test_a_number_on_the_cut_stands_where_it_does_not_fire(ax):
    for cut in (-0.75, 0.0, 0.5):
        ax.clear()
        figures.dot_heap(ax, np.array([cut, cut + 0.01]), np.array([0, 1]), cut, width=0.25)
        on_it, above = (line.get_xdata()[0] for line in ax.lines[1:])
        assert on_it < cut < above


# ------------------------------------------------------------------------------------------------- small parts


def test_numbers_are_written_with_a_minus_sign_and_without_negative_zero():
    assert figures.number(-1.5) == "−1.50"
    assert figures.number(-0.001) == "0.00"
    assert figures.number(0.5, 1, sign=True) == "+0.5"
    assert figures.power_of_ten(-12) == "10⁻¹²"


def test_a_canvas_has_square_units(ax):
    width = figures.canvas(ax, 2.0)
    box = ax.get_window_extent()
    assert np.isclose(width / 2.0, box.width / box.height)


MISTAKES = {
    "one number for each x": lambda ax: figures.curve(ax, lambda x: x[:3]),
    "xlim must be a pair": lambda ax: figures.curve(ax, np.tanh, xlim=(3, -3)),
    "X must have 2 columns": lambda ax: figures.points(ax, np.ones((3, 3))),
    "3 points but y has 2": lambda ax: figures.points(ax, np.ones((3, 2)), [0, 1]),
    "y must hold classes": lambda ax: figures.points(ax, np.ones((2, 2)), [0, 9]),
    "one number for each point": lambda ax: figures.probability_field(ax, lambda Z: Z),
    "scores=True": lambda ax: figures.probability_field(ax, lambda Z: 9 * Z[:, 0]),
    "returned NaN": lambda ax: figures.probability_field(ax, lambda Z: np.nan * Z[:, 0]),
    "K from 2 to 4": lambda ax: figures.class_regions(ax, lambda Z: np.ones((len(Z), 7))),
    "two weights": lambda ax: figures.decision_line(ax, [1, 2, 3], 0),
    "takes 5 inputs": lambda ax: figures.network_diagram(ax, [(np.ones((2, 3)), None), (np.ones((5, 1)), None)]),
    "must have 3 entries": lambda ax: figures.network_diagram(ax, [(np.ones((2, 3)), [1])]),
    r"values must hold \[2, 1\]": lambda ax: figures.network_diagram(ax, [(np.ones((2, 1)), [1])], values=[[1], [1]]),
    "one number for each pair": lambda ax: figures.loss_surface(ax, lambda w, b: 1.0, (0, 1), (0, 1)),
    "path must have 2 columns": lambda ax: figures.descent_path(ax, [[1, 2, 3]]),
    "step must be from 0 to": lambda ax: figures.computation_graph(ax, scalar_graph(), 99),
    "at least one operation": lambda ax: figures.computation_graph(ax, nnlib.Scalar(1.0)),
    "root must be a Scalar": lambda ax: figures.computation_graph(ax, 3.0),
    "W must have 3 rows": lambda ax: figures.linear_forward(ax, (4, 3), (2, 2)),
    "which must hold": lambda ax: figures.linear_backward(ax, which=("dQ",)),
    "hold NaN": lambda ax: figures.activation_histograms(ax, [[np.nan]]),
    "64 numbers, got 9": lambda ax: figures.digit_images(ax, np.ones((2, 9))),
    "equally long": lambda ax: figures.misclassified(ax, DIGITS, [1], [2]),
    "at least one list": lambda ax: figures.learning_curves(ax, {}),
    "no accuracies": lambda ax: figures.history_panels(ax, nnlib.History()),
    "all be positive": lambda ax: figures.check_errors(ax, [0, 1], [1, 1]),
    "whole numbers from 0 to 2": lambda ax: figures.confusion_matrix(ax, [3], [0], 3),
    "to fit the names": lambda ax: figures.number_table(ax, [[1]], [1, 2], [1]),
    "x has 2 numbers and y has 1": lambda ax: figures.residual_squares(ax, np.tanh, [1, 2], [1]),
    "confidence has 2 numbers and right has 1": lambda ax: figures.reliability_diagram(ax, [0.5, 1], [True]),
    "each of the 2 bars": lambda ax: figures.bars(ax, [1, 2], ["a"]),
    "two inputs": lambda ax: figures.linear_regions(ax, [(np.ones((3, 1)), [0])]),
    "1 or 2 Axes, got 3": lambda ax: figures.neuron_stages([ax, ax, ax], 1, 0, np.tanh),
    "must be numbers": lambda ax: figures.points(ax, "points"),
}


@pytest.mark.parametrize("message", MISTAKES)
def test_a_mistake_gets_one_clear_sentence(ax, message):
    with pytest.raises((TypeError, ValueError), match=message) as problem:
        MISTAKES[message](ax)
    said = str(problem.value)
    assert said.endswith(".")
    assert "\n" not in said


def test_a_corner_that_the_grid_hits_exactly_is_kept():
    def filled(vertices, codes):
        starts = [*np.flatnonzero(codes == Path.MOVETO), len(codes)]
        pieces = [vertices[i:j].T for i, j in zip(starts, starts[1:], strict=False)]
        return sum(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2 for x, y in pieces)

    x = np.linspace(-0.7, 1.7, 97)
    s = x + x[:, None]
    z = np.maximum(s, 0) - 2 * np.maximum(s - 1, 0) - 0.5
    (vertices,), (codes,) = boundary.contours_of(x, x, z).filled(0, np.inf)
    fewer = boundary._thin(vertices, codes)
    assert len(fewer[0]) < len(vertices) / 4
    assert np.isclose(filled(*fewer), filled(vertices, codes), rtol=1e-3)
    assert np.isclose(filled(*fewer), 2.4**2 - 1.9**2, rtol=1e-3), "between the lines x₁ + x₂ = ½ and 1½"


def test_paths_stay_closed_when_straight_points_are_dropped(ax):
    figures.plane(ax)
    figures.class_regions(ax, lambda Z: np.stack([np.zeros(len(Z)), 1 - (Z**2).sum(1)], 1))
    for patch in ax.get_children():
        if type(patch).__name__ == "PathPatch" and patch.get_facecolor()[3]:
            codes = patch.get_path().codes
            assert (codes == Path.MOVETO).sum() == (codes == Path.CLOSEPOLY).sum()
            assert len(codes) < 300


@pytest.mark.parametrize("layers, named", [(5, 5), (14, 14), (20, 10), (21, 11)])
def test_layers_have_labels_that_can_be_told_apart(layers, named):
    ax = Figure().add_subplot()
    figures.gradient_sizes(ax, np.ones(layers))
    places = ax.get_xticks()
    assert len(places) == named and places[-1] == layers - 1
    assert np.diff(places).min() >= max(1, layers // 10)
