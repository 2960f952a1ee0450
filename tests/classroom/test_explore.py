"""explore: what it accepts, what it says when it cannot, and that its pictures are matplotlib's own."""

import json
import os
import re
import subprocess
import sys
import time
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
from long_way import saved, unsqueeze
from matplotlib.patches import Rectangle

from classroom.explore import (
    Choice,
    ExploreError,
    Layout,
    Play,
    Slider,
    Switch,
    collecting,
    drag,
    explore,
    frames,
    render,
)
from classroom.explore.differences import pack
from classroom.explore.frames import Child, draw_all, draw_frames
from classroom.explore.page import bake
from classroom.figures import style

GRID = np.linspace(-2, 2, 30)


def curve(ax, w=1.0, b=0.0, kind="tanh", grid=True):
    """One neuron: where does it *rise*?

    Move `w` & `b`.

    A second paragraph.
    """
    f = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[kind]
    ax.plot(GRID, f(w * GRID + b))
    ax.set(xlim=(-2, 2), ylim=(-1.1, 2), xlabel="$x_1$")
    ax.grid(grid)
    if w:
        drag(ax, -b / w, 0, "b")
    return f"w is {w:.1f}."


def field(ax, w=1.0):
    """A field."""
    X, Y = np.meshgrid(GRID, GRID)
    ax.contourf(X, Y, np.tanh(w * X * Y), levels=np.linspace(-1, 1, 6), cmap=style.DIVERGING)
    ax.scatter(GRID, GRID**2 / 2, c=style.ORANGE, edgecolors=style.PAPER, marker="s")
    ax.set_aspect("equal")


def panels(axes, epoch=0):
    """Two panels: an image, bars."""
    left, right = axes
    left.imshow(np.outer(GRID, GRID) * (epoch + 1), cmap=style.DIVERGING, vmin=-4, vmax=4)
    style.ink_image(right, np.eye(4), 0, 1)
    right.bar([0, 1], [epoch, 2], hatch="//", label="one")
    right.legend()
    if epoch % 2:
        right.text(0, 1, "odd")
        right.spines[:].set_visible(False)
        left.set_axis_off()


def make(function=curve, *options, **parameters):
    with collecting():
        return explore(*options, **parameters)(function)


def layers(ax, under=2, over=1):
    """Shapes under the axes and over them, as many as asked for, and points that never move."""
    for k in range(under):
        ax.add_patch(Rectangle((k, k / 9), 2, 1, zorder=0.5))
    for k in range(over):
        ax.add_patch(Rectangle((k / 3, 1), 1, 1, zorder=2.6, color=style.ORANGE))
    ax.plot(GRID + 2, GRID + 2, "o", zorder=5)
    ax.set(xlim=(0, 4), ylim=(0, 4))


def figures():
    return [
        make(curve, w=(-2, 2, 0.5), b=(-1, 1, 0.25), kind=["tanh", "relu"], grid=True),
        make(field, w=[-2.0, -1.0, 1.0, 2.0]),
        make(panels, Layout(1, 2, width=7, width_ratios=[2, 1]), epoch=Play(0, 5)),
        make(layers, under=(0, 4), over=(0, 3)),
    ]


def direct(figure, values):
    return saved(figure, values)


# ---------------------------------------------------------------------------------------------- the picture is true


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f.name)
def test_every_frame_is_what_matplotlib_saves(figure):
    rng, settings = np.random.default_rng(0), figure.settings()
    for i in rng.choice(len(settings), min(len(settings), 12), replace=False):
        assert figure.draw(settings[i])[0] == direct(figure, settings[i]), settings[i]


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f.name)
def test_no_frame_leaves_a_trace_in_the_next(figure):
    settings = figure.settings()
    alone = figure.draw(settings[0])
    for values in settings[1:4]:
        figure.draw(values)
    assert figure.draw(settings[0]) == alone


def test_settings_of_the_reader_do_not_reach_the_picture_nor_the_other_way():
    import matplotlib as mpl

    figure = figures()[0]
    before = figure.draw()
    with mpl.rc_context({"font.size": 40, "lines.linewidth": 9}):
        assert figure.draw() == before
        assert mpl.rcParams["font.size"] == 40


def apply(tree, packed, n):
    """What the page's script does to the first picture."""
    tree = json.loads(json.dumps(tree))
    nodes = list(render.walk(tree))
    for number, what, values, row in packed["slots"]:
        value, node = values[packed["orders"][row][n]], nodes[number]
        if what == "#":
            node[2] = value
        elif what == "":
            node[3] = plain(ElementTree.fromstring(f"<g>{value}</g>"))[3]
        elif value is None:
            node[1].pop(what, None)
        else:
            node[1][what] = value
    return tree


def plain(element):
    return [element.tag, dict(element.attrib), element.text or "", [plain(child) for child in element]]


def essence(tree):
    """A tree without the names of groups, and without groups that hold nothing."""
    tag, attributes, text, children = tree
    kept = [essence(child) for child in children]
    return [tag, attributes, "" if tag == "g" else text, [c for c in kept if c[:2] != ["g", {}] or c[3]]]


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f.name)
def test_differences_give_back_every_frame(figure):
    settings = figure.settings()
    first, drawn = figure.draw()[0], [figure.draw(values)[0] for values in settings[:40]]
    wanted = [essence(tree) for tree in drawn]
    packed = pack([first, *drawn])
    for n in range(len(drawn)):
        assert essence(apply(first, packed, n)) == wanted[n]


def test_what_comes_and_goes_leaves_the_rest_alone():
    figure = make(layers, under=(0, 4), over=(0, 3))
    trees = [figure.draw(values)[0] for values in figure.settings()]
    packed = pack([figure.draw()[0], *trees])
    changing = "".join(value or "" for _, _, values, _ in packed["slots"] for value in values)
    assert "<use" not in changing and len(changing) < 3000  # the points and the ticks are not told again


def test_children_draw_what_one_process_draws(monkeypatch):
    figure = figures()[0]
    settings = figure.settings()[:60]
    monkeypatch.setenv("CLASSROOM_CORES", "1")
    alone = draw_frames(figure, settings)
    monkeypatch.setenv("CLASSROOM_CORES", "3")
    together = draw_frames(figure, settings)
    assert json.loads(json.dumps(alone)) == json.loads(json.dumps(together))


class Stuck(Child):
    """A child that hangs, as one may that was forked while another thread held a lock."""

    def __init__(self, explored, settings):
        super().__init__(Sleeper(), settings)


class Sleeper:
    def draw(self, values):
        time.sleep(60)


class Broken(Child):
    """A child that sends half of its frames."""

    def __init__(self, explored, settings):
        self.pipe, writer = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.write(writer, zlib.compress(b"[" * 999)[:-4])
            os._exit(0)
        os.close(writer)


@pytest.mark.parametrize("child", [Stuck, Broken])
def test_what_a_child_does_not_send_is_drawn_here(monkeypatch, child):
    figure = figures()[0]
    settings = figure.settings()[:30]
    monkeypatch.setattr(frames, "PATIENCE", 0.1)
    monkeypatch.setattr(frames, "WORTH_A_FORK", 10)
    monkeypatch.setattr(frames, "Child", child)
    monkeypatch.setenv("CLASSROOM_CORES", "2")
    start = time.monotonic()
    assert draw_frames(figure, settings) == [figure.draw(values) for values in settings]
    assert time.monotonic() - start < 50


def test_no_process_is_left_behind(monkeypatch):
    made = []

    class Kept(Child):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self.pid)

    monkeypatch.setattr(frames, "Child", Kept)
    monkeypatch.setenv("CLASSROOM_CORES", "3")
    figure = make(f, w=(0, 80, 1.0))
    with pytest.raises(ExploreError, match="could not draw at w = 2.0"):
        draw_frames(figure, figure.settings())
    assert len(made) == 2
    for pid in made:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, 0)


def test_paths_are_short_and_do_not_drift():
    points = np.random.default_rng(0).uniform(0, 400, (500, 2))
    path = "M " + " \nL ".join(f"{x:.6f} {y:.6f}" for x, y in points) + " \nz \n"
    short = render.short_path(path)
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d|\d+|\.\d)", short)]
    assert np.abs(np.cumsum(np.reshape(numbers, (-1, 2)), axis=0) - points).max() <= 0.0501
    assert short.startswith("m") and short.endswith("z")


def test_straight_runs_lose_points_and_nothing_else():
    line = "M 0 0 \n" + "".join(f"L {i} {i / 3:.6f} \n" for i in range(1, 60)) + "L 59 100 \nL 10 100 \nL 30 100 \n"
    assert render.short_path(line) == "m0 0l59 19.7 0 80.3-49 0 20 0"
    circle = np.linspace(0, 2 * np.pi, 721)
    points = np.stack([200 + 100 * np.cos(circle), 200 + 100 * np.sin(circle)], axis=1)
    short = render.short_path("M " + " \nL ".join(f"{x:.6f} {y:.6f}" for x, y in points))
    kept = np.cumsum(np.reshape([float(n) for n in re.findall(r"-?(?:\d+\.\d|\d+|\.\d)", short)], (-1, 2)), axis=0)
    middles = (kept[1:] + kept[:-1]) / 2
    assert 20 < len(kept) < 120
    assert np.abs(np.hypot(*(middles - 200).T) - 100).max() < 0.2


# ------------------------------------------------------------------------------------------------ the page's text


def test_the_page_has_the_first_picture_native_labelled_controls_and_the_values():
    page = bake(make(curve, w=(-1, 1, 1.0), b=(-0.5, 0.5, 0.5), kind=["tanh", "relu"], grid=True))
    assert page.count("<svg viewBox") == 1 and 'role="img"' in page
    assert page.count('aria-label="One neuron: where does it rise?"') == 2  # the figure's and its picture's
    for name in ("w", "b", "kind", "grid"):
        assert f'<label for="curve-{name}">{name}</label>' in page
        assert f'id="curve-{name}"' in page
    assert "w = 1, b = 0.0, kind: tanh, grid: on" in page
    assert "<code>w</code> &amp; <code>b</code>" in page and "<em>rise</em>" in page
    assert "#010203" not in page and "var(--nn-ink)" in page
    assert " onclick" not in page and "<script>" not in page


def test_ids_of_two_figures_on_a_page_never_clash():
    with collecting() as found:
        explore()(curve)
        explore()(curve)
    assert [figure.id for figure in found] == ["curve", "curve-2"]
    ids = [set(re.findall(r'id="([^"]+)"', bake(figure))) for figure in found]
    assert ids[0] and not ids[0] & ids[1]
    for figure in found:
        page = bake(figure)
        for target in re.findall(r'(?:url\(#|href="#)([\w-]+)\b[^:]', page):
            assert f'id="{target}"' in page


def test_plain_text_is_the_same_every_time_and_says_what_moves():
    figure = figures()[0]
    text = (
        "curve: One neuron: where does it *rise*? "
        "(w from -2 to 2; b from -1 to 1; kind: tanh, relu; grid: on or off)\nw is 1.0."
    )
    assert repr(figure) == repr(figures()[0]) == text


def test_a_still_has_no_script(monkeypatch):
    page = bake(make(curve))
    assert "<script" not in page and "<input" not in page and "<svg" in page


def test_handles_are_recorded_where_the_point_is_drawn():
    figure = make(curve, w=(-1, 1, 1.0), b=(-1, 1, 1.0))
    data = unsqueeze(draw_all(figure)[2])
    (handle,) = data["handles"]
    assert handle["moves"] == [1]
    places = [handle["places"][i] for i in handle["order"]]
    assert [place == [None, None] for place in places] == [values["w"] == 0 for values in figure.settings()]
    tree, _, (place,) = figure.draw({"w": 1.0, "b": 1.0})
    dots = [n for n in render.walk(tree) if n[0] == "use" and "nn-paper" in n[1].get("style", "")]
    assert [float(dots[0][1]["x"]), float(dots[0][1]["y"])] == pytest.approx(place[1:3], abs=0.11)


def two_dots(ax, w=1.0, b=0.0):
    """Two dots to drag, the first not always there."""
    if w > 0:
        drag(ax, 0.25, b, "b")
    drag(ax, 0.75, w, "w")
    ax.set(xlim=(-2, 2), ylim=(-2, 2))


def test_a_missing_handle_leaves_the_others_what_they_are():
    figure = make(two_dots, w=(-1, 1, 1.0), b=(-1, 1, 1.0))
    handles = {tuple(handle["moves"]): handle for handle in unsqueeze(draw_all(figure)[2])["handles"]}
    assert set(handles) == {(0,), (1,)}
    there = {moves: [h["places"][i] != [None, None] for i in h["order"]] for moves, h in handles.items()}
    assert there == {(0,): [True] * 9, (1,): [values["w"] > 0 for values in figure.settings()]}


def test_labels_and_decimals():
    figure = make(
        lambda ax, learning_rate=0.1, w1=0.0, beta=0: None,
        learning_rate=[0.001, 0.01, 0.1],
        w1=(-1, 1, 0.25),
        beta=(0, 3),
    )
    rate, w1, beta = figure.parameters
    assert [rate.label, w1.label, beta.label] == ["learning rate", "w₁", "β"]
    assert (
        Slider(label=None).label is None and make(lambda ax, lambda_=1: None, lambda_=(0, 2)).parameters[0].label == "λ"
    )
    assert rate.texts == ("0.001", "0.01", "0.1") and w1.texts[0] == "−1.00" and w1.keys[0] == "-1.00"
    assert beta.values == (0, 1, 2, 3) and all(isinstance(v, int) for v in beta.values)
    own = make(
        lambda ax, w=0.0, k="a", s=False: None,
        w=Slider(0, 1, 0.5, label="weight"),
        k=Choice(("a", "b"), "kind"),
        s=Switch("show"),
    )
    assert [p.label for p in own.parameters] == ["weight", "kind", "show"]
    assert own.start == {"w": 0.0, "k": "a", "s": False}


# ------------------------------------------------------------------------------------------------------- its errors


def f(ax, w=1.0, kind="a", on=True):
    ax.plot([0, 1 / (w - 2)])


@pytest.mark.parametrize(
    "parameters, said",
    [
        ({"v": (0, 1, 0.5)}, "no parameter 'v'"),
        ({"wieght": (0, 1)}, "it takes w, kind, on"),
        ({"kinds": ["a"]}, "did you mean kind?"),
        ({"w": (2, 1, 0.5)}, "the range of w is empty"),
        ({"w": (0, 2, 0)}, "must be more than 0"),
        ({"w": (0, 2, -0.5)}, "must be more than 0"),
        ({"w": (0, 5, 2.0)}, "w starts at 1.0, which is not one of its values (0.0, 2.0, 4.0)"),
        ({"w": (float("nan"), 2, 0.5)}, "no range"),
        ({"w": "0..2"}, "not understood"),
        ({"w": []}, "nothing to choose"),
        ({"w": (0, 3000, 0.5)}, "6,001 values"),
        ({"w": (0, 2, 0.001), "on": True}, "2,001"),
        ({"w": (0, 2, 0.002), "on": True}, "1001 (w) × 2 (on) = 2,002 pictures"),
        ({"kind": ["b", "c"]}, "kind starts at 'a'"),
        ({"kind": ["a", "a"]}, "different from each other"),
        ({"w": [1.0, 0.5]}, "must rise"),
        ({"w": (0, 2, 0.5), "guess": 3}, "write guess='a question'"),
        ({"w": (0, 2, 0.5), "guess": ("Which?", ["one"])}, "two at least"),
        ({"w": (0, 2, 0.5), "guess": ("Which?", ["one", "one"])}, "differ from each other"),
        ({"guess": "Where?"}, "something to move"),
    ],
)
def test_wrong_parameters_are_told_in_one_sentence(parameters, said):
    with pytest.raises(ExploreError) as error:
        make(f, **parameters)
    assert said in str(error.value)
    assert "\n" not in str(error.value) and len(str(error.value)) < 220


def test_a_parameter_without_a_default_and_a_function_without_axes():
    with pytest.raises(ExploreError, match="give w a default"):
        make(lambda ax, w: None, w=(0, 1, 0.5))
    with pytest.raises(ExploreError, match="needs an Axes"):
        make(lambda: None)
    with pytest.raises(ExploreError, match="has no name"):
        explore((0, 1, 0.5))


def test_a_drawing_that_raises_says_at_which_setting():
    figure = make(f, w=(0, 4, 0.5), kind=["a", "b"])
    with pytest.raises(ExploreError, match=r"f could not draw at w = 2.0, kind = a: ZeroDivisionError: .* in its line"):
        draw_all(figure)


def test_other_slips_of_a_drawing_function():
    with pytest.raises(ExploreError, match="returned int"):
        make(lambda ax: 3).draw()
    import matplotlib.pyplot as plt

    with pytest.raises(ExploreError, match="drew with plt"):
        make(lambda ax: plt.plot([1, 2]) and None).draw()
    plt.close("all")
    rng = np.random.default_rng(0)
    with pytest.raises(ExploreError, match="another picture each time"):
        bake(make(lambda ax: ax.plot(rng.normal(size=5)) and None))
    with pytest.raises(ExploreError, match="drag.* moves 'c'"):
        bake(make(lambda ax, w=0: drag(ax, 0, 0, "c"), w=(0, 3)))


def test_ipython_shows_the_sentence_alone():
    assert ExploreError("Say it.")._render_traceback_() == ["Say it."]


def test_the_object_is_still_the_drawing_function():
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    assert make(curve, w=(-2, 2, 0.5))(ax, w=2.0) == "w is 2.0."
    assert ax.lines


# ------------------------------------------------------------------------------------------------------ live


def test_widgets_have_labels_and_redraw_the_same_picture():
    figure = figures()[0]
    shown = figure._repr_mimebundle_()
    assert shown["text/plain"] == repr(figure)
    assert "application/vnd.jupyter.widget-view+json" in shown
    panel = figure.panel
    assert [control.description for control in panel.inputs.values()] == ["w", "b", "kind", "grid"]
    panel.inputs["w"].value = -1.5
    panel.inputs["kind"].value = "relu"
    panel.inputs["grid"].value = False
    tree, said, _ = figure.draw({"w": -1.5, "b": 0.0, "kind": "relu", "grid": False})
    assert render.markup(render.prefixed(tree, "curve-")[3][-1]) in panel.picture.value
    assert said in panel.picture.value


def corner(ax, x=3, y=3, w=1.0, follow=False):
    """A corner to drag, in units of one size; the limits may follow it."""
    ax.plot([0, w * x], [0, y])
    ax.set_aspect("equal")
    if not follow:
        ax.set(xlim=(-1, 25), ylim=(-1, 13))
    drag(ax, w * x, y, "x", "y")
    drag(ax, w * x, None, "w")
    return f"({x}, {y})"


def test_where_handles_stand_is_known_without_the_picture():
    figure = make(corner, x=(0, 12, 1), y=(0, 12, 1), w=(0.5, 2, 0.5), follow=Switch())
    for setting in figure.settings()[::97]:
        assert figure.handles(setting) == figure.draw(setting)[2]


def dragged(figure, key, values, by=(0, 0)):
    """What the controls say after a handle was dragged to where it stands at `values`."""
    (handle,) = (handle for handle in figure.handles(figure.start | values) if ",".join(handle[0]) == key)
    at = [1000 if place is None else place + more for place, more in zip(handle[1:3], by, strict=True)]
    figure.panel.drag.heard(figure.panel.picture, {"handle": f"{key} 0", "at": at}, [])
    return {name: control.value for name, control in figure.panel.inputs.items()}


def live(function, **parameters):
    figure = make(function, **parameters)
    figure._repr_mimebundle_()
    return figure


def test_a_handle_that_is_dragged_moves_what_it_names():
    figure = live(corner, x=(0, 12, 1), y=(0, 12, 1), w=(0.5, 2, 0.25))
    assert "anywidget" not in figure.panel.box.children[-1].value
    assert dragged(figure, "x,y", {"x": 11, "y": 2}, by=(1, -1)) == {"x": 11, "y": 2, "w": 1.0}
    assert "(11, 2)" in figure.panel.picture.value
    assert figure.panel.picture.handles["x,y 0"] == figure.draw({"x": 11, "y": 2, "w": 1.0})[2][0]
    assert dragged(figure, "w", {"x": 11, "y": 2, "w": 0.5}) == {"x": 11, "y": 2, "w": 0.5}  # a line: only across


def test_a_handle_stays_itself_where_another_is_missing():
    def arrow(ax, x=0, y=0, b=0):
        ax.set(xlim=(-3, 3), ylim=(-3, 3))
        if x or y:  # the first, and it is not there at the start
            drag(ax, b, -2, "b")
        drag(ax, x, y, "x", "y")

    figure = live(arrow, x=(-2, 2, 1), y=(-2, 2, 1), b=(-2, 2, 1))
    assert list(figure.panel.picture.handles) == ["x,y 0"]
    assert dragged(figure, "x,y", {"x": 2, "y": -1}) == {"x": 2, "y": -1, "b": 0}
    assert dragged(figure, "b", {"x": 2, "y": -1, "b": -2}) == {"x": 2, "y": -1, "b": -2}
    assert dragged(figure, "x,y", {}) == {"x": 0, "y": 0, "b": -2}
    figure.panel.drag.heard(figure.panel.picture, {"handle": "b 0", "at": [0, 0]}, [])  # gone meanwhile
    assert figure.panel.inputs["b"].value == -2


def test_the_nearest_value_is_found_beyond_places_without_a_handle():
    def zero(ax, w=1.0):
        ax.set(xlim=(-2, 2), ylim=(0, 1))
        drag(ax, -1 / w if w else 9, 0.5, "w")  # between −0.5 and 0.5 it is outside

    assert dragged(live(zero, w=(-3, 3, 0.25)), "w", {"w": -1.0}) == {"w": -1.0}


def test_a_figure_can_be_dragged_whose_first_picture_has_nothing_to_drag():
    figure = live(
        lambda ax, on=False, x=3: on and drag(ax, x, None, "x") or ax.set(xlim=(0, 9)) and None,
        on=Switch(),
        x=(0, 9, 1),
    )
    assert figure.panel.picture.handles == {}
    figure.panel.inputs["on"].value = True
    assert dragged(figure, "x", {"on": True, "x": 8}) == {"on": True, "x": 8}


def test_an_answer_comes_also_where_a_drawing_fails(monkeypatch):
    def fragile(ax, x=3):
        if x == 7:
            raise ValueError("seven")
        ax.set(xlim=(0, 12))
        drag(ax, x, None, "x")

    figure, answers = live(fragile, x=(0, 12, 1)), []
    monkeypatch.setattr(figure.panel.picture, "send", answers.append)
    assert dragged(figure, "x", {"x": 9}) == {"x": 9}  # past the one that fails
    with pytest.raises(KeyError):
        figure.panel.drag.heard(figure.panel.picture, {}, [])
    assert answers == [{}, {}]


def test_nothing_can_be_dragged_before_the_guess():
    figure = live(corner, x=(0, 12, 1), y=(0, 12, 1), w=[1.0, 2.0], guess="Where to?")
    assert figure.panel.picture.shut and dragged(figure, "x,y", {"x": 9, "y": 9}) == {"x": 3, "y": 3, "w": 1.0}
    figure.panel.box.children[0].children[2].children[1].click()  # skipped
    assert not figure.panel.picture.shut and dragged(figure, "x,y", {"x": 9, "y": 9}) == {"x": 9, "y": 9, "w": 1.0}


def test_without_anywidget_a_sentence_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(sys.modules["classroom.explore.live"], "usable_picture", lambda: None)
    for figure, told in zip(figures()[:2], [True, False], strict=True):  # one with a handle, and one without
        figure._repr_mimebundle_()
        assert ("pip install anywidget" in figure.panel.box.children[-1].value) == told


@pytest.mark.parametrize("guess, guessed", [("Which *way*?", "up <&"), (("Which way?", ["up <&", "down"]), "up <&")])
def test_widgets_are_shut_until_there_is_a_guess(guess, guessed):
    figure = make(panels, Layout(1, 2), epoch=Play(0, 5), guess=guess)
    shown = figure._repr_mimebundle_()
    assert "Guess first: Which" in shown["text/plain"]
    asked = figure.panel.box.children[0]
    question, answer, buttons, said = asked.children
    controls = [*figure.panel.inputs.values(), *figure.panel.movable[1:]]
    assert len(controls) == 2 and all(control.disabled for control in controls)
    take, skip = buttons.children
    take.click()
    assert "first, or skip" in said.value and controls[0].disabled
    answer.value = guessed
    take.click()
    assert not any(control.disabled for control in controls)
    assert "up &lt;&amp;" in asked.children[-1].value and "Which" in asked.children[0].value
    figure._repr_mimebundle_()
    figure.panel.box.children[0].children[2].children[1].click()  # skipped
    assert not figure.panel.inputs["epoch"].disabled


def test_a_parameter_named_guess_is_told_to_take_another_name():
    with pytest.raises(ExploreError, match="another name"):
        make(lambda ax, guess=1, w=1: None, w=(0, 2))


def test_a_drawing_that_raises_leaves_a_sentence_in_the_widget():
    figure = make(f, w=(0, 4, 0.5))
    figure._repr_mimebundle_()
    figure.panel.inputs["w"].value = 2.0
    assert "could not draw at w = 2.0" in figure.panel.picture.value
    figure.panel.inputs["w"].value = 3.0
    assert "<svg" in figure.panel.picture.value


def test_without_ipywidgets_the_first_picture_and_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    shown = figures()[0]._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    assert "ipywidgets>=8" in shown["text/html"] and "<svg" in shown["text/html"]


def test_with_an_ipywidgets_too_old_the_first_picture_and_a_sentence(monkeypatch):
    import ipywidgets

    class VBox:  # version 7, which Colab has, displays itself in another way
        pass

    monkeypatch.setattr(ipywidgets, "VBox", VBox)
    shown = figures()[0]._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    assert "ipywidgets>=8" in shown["text/html"] and "<svg" in shown["text/html"]


def test_a_saved_notebook_keeps_the_first_picture(monkeypatch):
    live = figures()[0]._repr_mimebundle_()
    assert "<svg" in live["text/html"] and "install" not in live["text/html"]
    monkeypatch.setenv("CLASSROOM_BAKE", "still")
    still = figures()[0]._repr_mimebundle_()
    assert still == {"text/plain": live["text/plain"], "text/html": live["text/html"]}


def test_without_matplotlib_one_sentence():
    code = """
import sys
sys.modules["matplotlib"] = None
from classroom import explore, Layout, collecting
with collecting():
    figure = explore(w=(0, 2))(lambda ax, w=1: None)
try:
    figure._repr_mimebundle_()
except Exception as error:
    print(error._render_traceback_())
try:
    from classroom.figures import curve
except ImportError as error:
    print(error._render_traceback_())
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.splitlines()
    assert len(said) == 2 and all("pip install matplotlib" in line for line in said), said


def test_importing_the_classroom_brings_no_matplotlib():
    code = "import classroom, sys; print([m for m in ('matplotlib', 'ipywidgets') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
