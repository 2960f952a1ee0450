"""The checker of labels finds what an eye would stumble over, and nothing else."""

import pytest
import struck

from classroom.explore import collecting, explore
from classroom.figures import FAINT, PAPER


def found(draw, **parameters):
    with collecting():
        explored = explore(**parameters)(draw)
    return {(one.label, one.what) for one in struck.struck(explored)}


def blank(ax):
    ax.set(xlim=(0, 10), ylim=(0, 10), xticks=[], yticks=[])


@pytest.mark.parametrize(
    "trouble, said",
    [
        (lambda ax: ax.plot([0, 10], [0, 10]), "is struck by a line"),
        (lambda ax: ax.plot([5.2], [5.0], "o", markersize=9), "is struck by a dot"),
        (lambda ax: ax.text(5.1, 5.0, "another"), "lies on"),
        (lambda ax: ax.axvline(5.1, linestyle="--", zorder=9), "is struck by a line"),
    ],
)
def test_a_struck_label_is_found(trouble, said):
    def picture(ax):
        blank(ax)
        ax.text(5, 5, "label", ha="center", va="center")
        trouble(ax)

    assert any(label == "label" and what == said for label, what in found(picture)), found(picture)


@pytest.mark.parametrize(
    "harmless",
    [
        lambda ax: ax.plot([0, 10], [0, 1]),
        lambda ax: ax.axhline(5, color=FAINT),
        lambda ax: ax.plot([5, 5], [0, 4.4]),
        lambda ax: ax.axvspan(4, 6, color="#1f5fbf", alpha=0.2, linewidth=0),
        lambda ax: ax.text(5, 6, "above", ha="center", va="center"),
        lambda ax: ax.plot([4.5, 5.5], [12, 14], clip_on=True),
    ],
)
def test_a_label_that_can_be_read_is_left_alone(harmless):
    def picture(ax):
        blank(ax)
        ax.text(5, 5, "label", ha="center", va="center")
        harmless(ax)

    assert found(picture) == set()


def test_a_halo_hides_the_line_under_it_and_not_the_one_over_it():
    def picture(ax, over=0):
        blank(ax)
        ax.axhline(5, zorder=9 if over else 1)
        ax.text(5, 5, "label", va="center", zorder=5, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})

    assert found(picture) == set()
    assert found(picture, over=(0, 1)) == {("label", "is struck by a line")}


def test_a_label_that_leaves_the_picture_is_found_at_the_setting_where_it_does():
    def picture(ax, x=1.0):
        blank(ax)
        ax.text(x, 5, "label")

    with collecting():
        explored = explore(x=(1.0, 10.0, 1.0))(picture)
    (one,) = struck.struck(explored)
    assert (one.what, one.values) == ("leaves the picture", {"x": 10.0})
