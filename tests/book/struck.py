"""Which labels of a figure are struck by a line, lie on another label, or leave the picture.

python tests/book/struck.py 03_biases              every figure of a chapter, at its start and its extremes
python tests/book/struck.py 03_biases shift        one figure
python tests/book/struck.py 03_biases --all        at every setting (minutes where a figure has hundreds)
python tests/book/struck.py 03_biases --pictures /tmp/struck        and each worst case as a PNG

Nothing is guessed from a bitmap: a renderer that paints nothing writes down every text, line and filled shape that
matplotlib draws, in order. What an opaque shape covers later (a label's own halo, a node) strikes nobody.
"""

import argparse
import itertools
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib import colors
from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

ROOT = Path(__file__).parent.parent.parent
for folder in (ROOT, ROOT / "tests", ROOT / "tests" / "site"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from pictures import figures_of  # noqa: E402

from classroom.explore.canvas import Canvas  # noqa: E402
from classroom.explore.handles import recording  # noqa: E402
from classroom.explore.render import house_style  # noqa: E402
from classroom.figures import FAINT  # noqa: E402

TOUCH = 2.0  # points of a line inside a label's ink that the eye takes for a stroke through it
SHARED = 0.06  # of the smaller label: how much two labels may overlap
EDGE = 1.0  # points by which a label may leave the picture
SOLID = 0.6  # a fill at least so opaque hides what lies under it
SEEN = 0.3  # a line fainter than that is paper to the eye


@dataclass
class Drawn:
    """One thing that was drawn: a text's ink as four corners, a stroke as points, an opaque fill as an outline."""

    kind: str  # "text", "line", "dot" or "fill"
    points: np.ndarray
    text: str = ""
    width: float = 0.0


class Recorder(RendererBase):
    """A renderer that writes down what it is asked to draw, in points from the lower left."""

    def __init__(self, width, height):
        super().__init__()
        self.width, self.height, self.drawn = width, height, []

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points):
        return points

    def draw_path(self, gc, path, transform, rgbFace=None):
        self._path(gc, path, transform, rgbFace, "line")

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        for (x, y), _ in path.iter_segments(trans, simplify=False):
            self._path(gc, marker_path, marker_trans + Affine2D().translate(x, y), rgbFace, "dot")

    def draw_image(self, gc, x, y, im, transform=None):
        pass  # a field of colour under a label strikes nothing

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if gc.get_alpha() >= SEEN:
            (x0, y0), (x1, y1) = ink(s, prop.get_size_in_points(), str(prop.get_weight()), str(prop.get_style()))
            corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
            turned = Affine2D().rotate_deg(angle).translate(x, self.height - y).transform(corners)
            self.drawn.append(Drawn("text", turned, s))

    def flipy(self):
        return True

    def _path(self, gc, path, transform, face, kind):
        window = _window(gc, self.width, self.height)
        opaque = face is not None and (gc.get_alpha() if gc.get_forced_alpha() else (*face, 1)[3]) >= SOLID
        pieces = transform.transform_path(path).to_polygons(closed_only=False)
        if kind == "dot":
            middle = np.mean(np.concatenate(pieces), axis=0) if pieces else (np.inf, np.inf)
            if not _inside(window, np.array([middle]))[0]:
                return
        stroke = gc.get_linewidth() if gc.get_rgb()[3] >= SEEN and not _faint(gc.get_rgb()) else 0
        for piece in map(np.asarray, pieces):
            if opaque and len(piece) > 2:
                self.drawn.append(Drawn("fill", piece))
            if (stroke or (opaque and kind == "dot")) and len(piece) > 1:
                steps = _stepped(piece)
                self.drawn.append(Drawn(kind, steps[_inside(window, steps)], width=stroke))


@cache
def ink(text, size, weight, style):
    """Where the letters of a text are, from the point where it is written."""
    box = TextPath((0, 0), text, size=size, prop={"weight": weight, "style": style}).get_extents()
    return tuple(box.min), tuple(box.max)


def _window(gc, width, height):
    """What a line is clipped to: the picture, and the Axes where that is asked for."""
    box = gc.get_clip_rectangle()
    return (0, 0, width, height) if box is None else (box.x0, box.y0, box.x1, box.y1)


def _inside(window, points):
    x, y = np.reshape(points, (-1, 2)).T
    return (x >= window[0]) & (x <= window[2]) & (y >= window[1]) & (y <= window[3])


def _faint(color):
    """Grid lines and axes through the origin are to be seen, never read: a label may lie on them."""
    return np.allclose(color[:3], colors.to_rgb(FAINT), atol=0.01)


def _stepped(points, step=0.5):
    """The same line as points close together."""
    points = np.asarray(points)[np.isfinite(points).all(axis=1)].clip(-5000, 5000)
    ways = np.hypot(*np.diff(points, axis=0).T)
    at = np.concatenate([[0], np.cumsum(ways)])
    if not at[-1]:
        return points[:1]
    where = np.linspace(0, at[-1], int(min(at[-1] / step, 40_000)) + 2)
    return np.stack([np.interp(where, at, points[:, k]) for k in (0, 1)], axis=1)


# ------------------------------------------------------------------------------------------------- what is found


def findings(drawn, width, height):
    """`[(what, label, by how much)]` of one picture."""
    found = []
    texts = [(n, thing) for n, thing in enumerate(drawn) if thing.kind == "text" and thing.text.strip()]
    for n, label in texts:
        outside = max(0, *-label.points.min(axis=0), *(label.points.max(axis=0) - (width, height)))
        if outside > EDGE:
            found.append(("leaves the picture", label.text, f"by {outside:.0f} points", outside))
        for m, other in texts:
            if m > n and (share := _shared(label, other)) > SHARED:
                found.append(("lies on", label.text, f"“{other.text}”, {share:.0%} of it", 100 * share))
    for kind in ("line", "dot"):
        for n, label in texts:
            inside = 0.0
            for m, thing in enumerate(drawn):
                if thing.kind == kind and len(thing.points):
                    hit = thing.points[_within(label, thing.points, thing.width / 2)]
                    inside += 0.5 * len(hit) - 0.5 * len(_covered(hit, drawn[m + 1 : n]))
            if inside > TOUCH:
                found.append((f"is struck by a {kind}", label.text, f"{inside:.0f} points of it", inside))
    return found


def _axes(label):
    """A label's corner, its two unit directions and its two lengths."""
    corner, along, up = label.points[0], label.points[1] - label.points[0], label.points[3] - label.points[0]
    lengths = np.hypot(*along), np.hypot(*up)
    return corner, np.stack([along / max(lengths[0], 1e-9), up / max(lengths[1], 1e-9)]), lengths


def _within(label, points, margin=0.0):
    """Which points lie on a label, its box a little smaller than its ink and wider by half a line."""
    corner, directions, lengths = _axes(label)
    low = label.points.min(axis=0) - margin, label.points.max(axis=0) + margin
    near = ((points >= low[0]) & (points <= low[1])).all(axis=1)
    at = (points - corner) @ directions.T
    grown = margin - 0.6
    return near & (at >= -grown).all(axis=1) & (at <= np.array(lengths) + grown).all(axis=1)


def _covered(points, later):
    """Those of the points that an opaque shape drawn later hides."""
    if not len(points):
        return points
    hidden = np.zeros(len(points), bool)
    for thing in later:
        if thing.kind == "fill" and (thing.points.min(axis=0) <= points.max(axis=0)).all():
            if (thing.points.max(axis=0) >= points.min(axis=0)).all():
                hidden |= Outline(thing.points).contains_points(points, radius=1e-9)
    return points[hidden]


def _shared(one, other):
    """How much of the smaller of two labels lies under the other."""
    if (one.points.max(axis=0) < other.points.min(axis=0)).any():
        return 0.0
    if (other.points.max(axis=0) < one.points.min(axis=0)).any():
        return 0.0
    small, large = sorted((one, other), key=lambda label: np.prod(_axes(label)[2]))
    corner, directions, lengths = _axes(small)
    steps = np.stack(np.meshgrid(*(np.linspace(0.02, 0.98, 25),) * 2), axis=-1).reshape(-1, 2)
    return float(_within(large, corner + steps * lengths @ directions).mean())


# -------------------------------------------------------------------------------------------------- every setting


def extremes(explored):
    """The first picture, every choice, both ends and the middle of every slider, and all corners together."""
    start = explored.start
    chosen, ends = [start], []
    for p in explored.parameters:
        numeric = p.numeric
        some = (p.values[0], p.values[len(p.values) // 2], p.values[-1]) if numeric else p.values
        chosen += [start | {p.name: value} for value in some]
        ends.append((p.values[0], p.values[-1]))
    corners = itertools.islice(itertools.product(*ends), 32)
    names = [p.name for p in explored.parameters]
    chosen += [dict(zip(names, corner, strict=True)) for corner in corners]
    return [values for n, values in enumerate(chosen) if values not in chosen[:n]]


@dataclass
class Finding:
    """One thing that is wrong with one label of a figure: at how many settings, and the worst of them."""

    what: str
    label: str
    count: int = 0
    values: dict = None
    how: str = ""
    much: float = 0.0


@contextmanager
def drawn_at(explored, values):
    """A matplotlib figure with one frame on it, margins and style as on the page."""
    canvas = Canvas(explored.layout)
    canvas.draw(explored.function, explored.start, explored.start)  # the first frame decides the margins
    with house_style(), recording():
        figure, axes = canvas.new()
        explored.function(axes, **values)
        yield figure


def struck(explored, settings=None):
    """The `Finding`s of one figure, the worst first."""
    found = {}
    for values in settings or extremes(explored):
        with drawn_at(explored, values) as figure:
            width, height = figure.get_size_inches() * 72
            recorder = Recorder(width, height)
            figure.draw(recorder)
        for what, label, how, much in findings(recorder.drawn, width, height):
            kept = found.setdefault((what, label), Finding(what, label))
            kept.count += 1
            if much > kept.much:
                kept.values, kept.how, kept.much = values, how, much
    return sorted(found.values(), key=lambda one: -one.much)


def save(explored, values, path):
    """The picture of one setting as a PNG on white paper."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with drawn_at(explored, values) as figure:
        figure.savefig(path, dpi=110, transparent=False, facecolor="white")


def chapter_of(name):
    """A page of the book by its name or by the start of it: `03_biases`, `03`, `index`."""
    pages = [*sorted((ROOT / "chapters").glob(f"{name}*.ipynb")), *ROOT.glob(f"{name}.md")]
    if len(pages) != 1:
        sys.exit(f"{name}: no such page, or more than one.")
    return pages[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chapter")
    parser.add_argument("figures", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--pictures", type=Path)
    arguments = parser.parse_args()
    for explored in figures_of(chapter_of(arguments.chapter)):
        if arguments.figures and explored.id not in arguments.figures:
            continue
        settings = explored.settings() if arguments.all else extremes(explored)
        found = struck(explored, settings)
        print(f"{explored.id}: {len(found)} at {len(settings)} settings", flush=True)
        for n, one in enumerate(found):
            at = ", ".join(f"{k} = {v}" for k, v in one.values.items()) or "its only setting"
            print(f"  “{one.label}” {one.what} ({one.how}); {one.count} of {len(settings)}, worst at {at}")
            if arguments.pictures and n < 6:
                save(explored, one.values, arguments.pictures / f"{explored.id}-{n}.png")


if __name__ == "__main__":
    main()
