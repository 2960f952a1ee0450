"""One figure serves all frames: whatever a drawing does to it, the next frame finds it as new."""

import matplotlib as mpl
import numpy as np
import pytest
from long_way import saved
from matplotlib.ticker import FixedLocator, MultipleLocator, PercentFormatter

from classroom.explore import ExploreError, Layout, collecting, explore, render
from classroom.explore.pristine import Pristine
from classroom.figures import neuron_stages, panels

X = np.linspace(0.1, 4, 30)


def scales(ax):
    ax.set(xscale="log", yscale="symlog", ylim=(-3, 9))
    ax.minorticks_on()
    ax.grid(True, which="both")


def ticks(ax):
    ax.tick_params(length=9, labelrotation=30, labelcolor="red", top=True, labeltop=True)
    ax.xaxis.set_major_locator(FixedLocator([0, 1, 1.5, 2, 2.5, 3, 3.2, 3.4, 3.6, 3.8]))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.yaxis.set_minor_locator(MultipleLocator(0.5))
    for label in ax.get_xticklabels():
        label.set(fontsize=20, visible=False)


def frame(ax):
    ax.spines[:].set(visible=True, color="red", linewidth=4, position=("axes", 0.2))
    ax.set(title="a title", xlabel="an axis", position=(0.3, 0.3, 0.4, 0.4), facecolor="pink", aspect=2, box_aspect=1)
    ax.xaxis.set_label_coords(0.1, 0.1)
    ax.yaxis.tick_right()
    ax.margins(0.4)


def gone(ax):
    ax.clear()
    ax.set_axis_off()
    ax.invert_yaxis()


def removed(ax):
    ax.remove()


def twin(ax):
    ax.twinx().plot(9 * X, 100 * X)  # the two share their x axis: the wider one decides its limits


def inset(ax):
    ax.inset_axes((0.5, 0.5, 0.4, 0.4)).plot(X, -X)
    ax.legend(*ax.get_legend_handles_labels(), title="a legend")


def small_axes(ax):
    for small in panels(ax, 2):  # which are kept for the next time, and emptied
        small.plot(X, -X)
        small.set_yscale("symlog")


def whole_figure(ax):
    ax.figure.suptitle("everywhere")
    ax.figure.set_size_inches(3, 9)
    ax.figure.subplots_adjust(left=0.4)
    ax.figure.add_axes((0, 0, 0.2, 0.2))
    ax.figure.set_facecolor("yellow")


def bar_of_colours(ax):
    ax.figure.colorbar(ax.imshow(np.eye(3)), ax=ax)


def cleared_figure(ax):
    ax.figure.clear()


def in_place(ax):
    ax.viewLim._points[:] = [[0, 0], [7, 7]]  # an array that is changed where it lies
    ax.transData._parents.clear()
    ax.callbacks.connect("ylim_changed", lambda ax: ax.set_title("called back"))
    mpl.rcParams["font.size"] = 30
    ax.mine = True


def raising(ax):
    ax.set_xscale("log")
    raise RuntimeError("half way")


DOINGS = [
    scales,
    ticks,
    frame,
    gone,
    removed,
    twin,
    inset,
    small_axes,
    whole_figure,
    bar_of_colours,
    cleared_figure,
    in_place,
    raising,
]


@pytest.mark.parametrize("do", DOINGS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("columns", [1, 2])
def test_whatever_a_frame_does_the_next_one_is_as_new(do, columns):
    def picture(axes, doing=False, height=1):
        """A line."""
        for ax in axes if columns == 2 else [axes]:
            ax.plot(X, height * np.sin(X), label="one")
            ax.set_xlabel("mine" if hasattr(ax, "mine") else "x")
            if doing:
                do(ax)

    with collecting():
        figure = explore(Layout(1, columns), doing=False, height=(1, 3))(picture)
    plain = {"doing": False, "height": 2}
    wanted = saved(figure, plain)
    for _ in range(3):
        try:
            figure.draw({"doing": True, "height": 3})
        except ValueError as error:
            assert do is raising and "half way" in str(error)
        assert figure.draw(plain)[0] == wanted


def test_small_axes_inside_one_are_as_new_each_time():
    def picture(ax, w=1.0):
        """A neuron in two stages, in one Axes."""
        neuron_stages(ax, w, -1, np.tanh, 2)

    with collecting():
        figure = explore(w=(1, 3, 1.0))(picture)
    for values in [*figure.settings(), *figure.settings()]:
        assert figure.draw(values)[0] == saved(figure, values)


def test_one_figure_serves_all_frames():
    seen = []

    def picture(ax, height=1):
        """A line."""
        seen.append(ax.figure)
        ax.plot(X, height * X)

    with collecting():
        figure = explore(height=(1, 9))(picture)
    for values in figure.settings():
        figure.draw(values)
    assert len({id(f) for f in seen[-9:]}) == 1


def test_panels_of_a_mosaic_come_in_reading_order():
    def picture(axes, height=1):
        """Three panels."""
        assert [ax.get_label() for ax in axes] == ["a", "b", "c"]
        left, right, below = (ax.get_position() for ax in axes)
        assert left.x1 < right.x0 and below.y1 < left.y0 and below.x0 == left.x0 and below.x1 == right.x1

    with collecting():
        for mosaic in ("ab;cc", [["a", "b"], ["c", "c"]]):
            figure = explore(Layout(mosaic=mosaic), height=(1, 2))(picture)
            figure.draw()
            assert figure.layout.height == Layout(2, 2).height


def leaves_a_trace(ax, height=1):
    """A line, and a scale that a figure badly made new would keep."""
    ax.plot(X, height * X)
    if height > 2:
        ax.set_yscale("log")


def test_a_figure_that_is_not_made_as_new_is_not_used(monkeypatch):
    monkeypatch.setattr(Pristine, "restore", lambda self: self.figure)
    with collecting():
        explored = explore(height=(1, 3))(leaves_a_trace)
    explored.draw_first()
    for values in [*explored.settings(), *explored.settings()]:
        assert explored.draw(values)[0] == saved(explored, values)


def test_a_renderer_that_keeps_ids_of_another_picture_is_not_used(monkeypatch):
    monkeypatch.setattr(render.Renderer, "STATE", ())  # as if matplotlib kept them elsewhere
    monkeypatch.setattr(render, "_RENDERERS", {})
    with collecting():
        explored = explore(height=(1, 3))(leaves_a_trace)
    explored.draw_first()
    for values in [*explored.settings(), *explored.settings()]:
        assert explored.draw(values)[0] == saved(explored, values)


def test_a_name_that_matplotlib_changes_is_told(monkeypatch):
    monkeypatch.setattr(render.Renderer, "STATE", ("_clipd", "_once_was"))
    with pytest.raises(ExploreError, match="no longer keeps _once_was in its SVG renderer"):
        render.Renderer(72, 72)
