"""From matplotlib to a small tree: draw one picture, keep only what a page needs, round it to a tenth of a point.

A tree is nested lists `[tag, attributes, text, children]`; the "text" of a group is the name that matplotlib gave
it. `Renderer` is matplotlib's own SVG renderer writing into such a tree instead of a file.
"""

import html
import io
import re
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG

from ..figures import style
from .paths import short_path, tenth
from .slips import ExploreError

_SETTINGS = {}
_LEAVE = ("backend", "toolbar", "interactive", "figure.hooks", "tk.", "webagg", "keymap", "savefig.directory")


@contextmanager
def house_style():
    """Matplotlib's defaults and the house style over them, whatever the reader's own settings are."""
    if not _SETTINGS:
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(style.RC)
            _SETTINGS.update({k: v for k, v in dict.items(mpl.rcParams) if not k.startswith(_LEAVE)})
    before = {k: v for k, v in dict.items(mpl.rcParams) if k in _SETTINGS}
    try:
        dict.update(mpl.rcParams, _SETTINGS)
        yield
    finally:
        dict.update(mpl.rcParams, before)


# ---------------------------------------------------------------------------------------------------------- tidying

_COLOURS = re.compile("|".join(style.NAMES))
_DROP = {"xmlns:xlink", "xmlns", "version"}
_NUMERIC = {"x", "y", "width", "height", "x1", "y1", "x2", "y2"}
_FUNCTION = re.compile(r"(\w+)\(([^)]*)\)")
_MEMO = {}


def _tidy_style(text):
    kept = []
    for part in text.split(";"):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if key in ("font-family", "") or (key == "stroke-dashoffset" and float(value) == 0):
            continue
        if key in ("stroke-width", "opacity", "fill-opacity", "stroke-opacity", "font-size"):
            number, unit = (value[:-2], "px") if value.endswith("px") else (value, "")
            value = f"{float(number):.2f}".rstrip("0").rstrip(".") + unit
        elif key == "stroke-dasharray":
            value = ",".join(tenth(v) for v in value.split(","))
        kept.append(f"{key}:{value}")
    return _COLOURS.sub(lambda m: f"var(--nn-{style.NAMES[m[0]]})", ";".join(kept))


def _tidy_transform(text):
    kept = []
    for name, values in _FUNCTION.findall(text):
        numbers = values.replace(",", " ").split()
        if name == "rotate":
            if float(numbers[0]) == 0:
                continue
            numbers = [tenth(v) for v in numbers]
        elif name == "translate":
            numbers = [tenth(v) for v in numbers]
        elif name == "matrix":
            numbers = [f"{float(v):.6g}" for v in numbers[:4]] + [tenth(v) for v in numbers[4:]]
        else:
            numbers = [f"{float(v):.6g}" for v in numbers]
        kept.append(f"{name}({' '.join(numbers)})")
    return " ".join(kept)


def _tidy(key, value):
    if key == "d":
        return short_path(value)
    if key == "style":
        return _tidy_style(value)
    if key == "transform":
        return _tidy_transform(value)
    if key in _NUMERIC and not value.endswith("pt"):
        return tenth(value)
    if key in ("fill", "stroke", "stop-color"):
        return _COLOURS.sub(lambda m: f"var(--nn-{style.NAMES[m[0]]})", value)
    if key == "xlink:href":
        return "".join(value.split())
    return value


def tidy(tag, attributes):
    """The attributes a page needs; ids of groups and pictures say nothing to it and go."""
    kept = {}
    for key, value in attributes.items():
        if not value or key in _DROP:
            continue
        if key == "id" and tag in ("g", "image", "svg"):
            if value.startswith("ink"):
                kept["class"] = "ink"
            continue
        short = _MEMO.get((key, value))
        if short is None:
            short = _tidy(key, value)
            if len(_MEMO) < 50_000 and len(value) < 2_000:
                _MEMO[key, value] = short
        if short:
            kept["href" if key == "xlink:href" else key] = short
    return kept


class TreeWriter:
    """Stands in for matplotlib's XML writer: the same calls, a tree in place of text."""

    def __init__(self):
        self.root = ["svg", {}, "", []]
        self.open = [self.root]

    def start(self, tag, attrib=None, **extra):
        node = [tag, tidy(tag, {**attrib, **extra} if attrib else extra), extra.get("id", "") if tag == "g" else "", []]
        self.open[-1][3].append(node)
        self.open.append(node)
        return len(self.open) - 1

    def end(self, tag=None, indent=True):
        self.open.pop()

    def element(self, tag, text=None, attrib=None, **extra):
        self.open[-1][3].append([tag, tidy(tag, {**attrib, **extra} if attrib else extra), text or "", []])

    def data(self, text):
        self.open[-1][2] += text

    def close(self, mark):
        del self.open[mark:]

    def comment(self, comment):
        pass

    def flush(self):
        pass


class Renderer(RendererSVG):
    """matplotlib's SVG renderer, writing into a tree; one object draws every frame, so measured text stays measured."""

    # What it knows of the picture that it draws, by matplotlib's names.
    STATE = ("_groupd", "_clip_path_ids", "_clipd", "_markers", "_hatchd", "_glyph_map")

    def __init__(self, width, height):
        super().__init__(width, height, io.StringIO(), image_dpi=72, metadata={"Date": None})
        missing = [name for name in (*self.STATE, "_start_id") if not hasattr(self, name)]
        if missing:  # setting another name would let ids of one picture live on in the next
            raise ExploreError(
                f"matplotlib {mpl.__version__} no longer keeps {', '.join(missing)} in its SVG renderer, which figures "
                f'need here: `pip install "matplotlib>=3.10,<3.12"`.'
            )
        self.clean = {k: v for k, v in vars(self).items() if isinstance(v, int)}

    def begin(self):
        for name in self.STATE:
            setattr(self, name, type(getattr(self, name))())
        vars(self).update(self.clean)
        self.writer = TreeWriter()
        self._start_id = 1

    def tree(self):
        self.finalize()
        root = self.writer.root
        root[1]["viewBox"] = f"0 0 {self.width:g} {self.height:g}"
        return root


_RENDERERS = {}


def tree_of(figure, kept=True):
    """Draw a matplotlib `Figure` and return its tree; with a renderer that is kept for all figures of its size."""
    figure.dpi = 72
    size = width, height = tuple(figure.get_size_inches())
    if not kept or size not in _RENDERERS:
        renderer = Renderer(width * 72, height * 72)
        made = renderer, MixedModeRenderer(figure, width, height, 72, renderer)
        if kept:
            _RENDERERS[size] = made
    renderer, mixed = _RENDERERS[size] if kept else made
    renderer.begin()
    mixed.figure = figure
    figure.draw(mixed)
    return renderer.tree()


def prefixed(tree, prefix):
    """Give every id of a tree, and every reference to one, a prefix, so that figures on one page never clash."""
    for node in walk(tree):
        attributes = node[1]
        if "id" in attributes:
            attributes["id"] = prefix + attributes["id"]
        for key in ("clip-path", "href", "style", "fill"):
            value = attributes.get(key)
            if value and "#" in value and ("url(#" in value or (key == "href" and value[0] == "#")):
                attributes[key] = (
                    value.replace("url(#", f"url(#{prefix}") if "url(#" in value else f"#{prefix}{value[1:]}"
                )
    return tree


def walk(tree):
    """Every node of a tree, in document order: the order of `querySelectorAll('*')`."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node[3]))


def markup(tree):
    """A tree as SVG text."""
    tag, attributes, text, children = tree
    inside = ("" if tag == "g" else html.escape(text, quote=False)) + "".join(map(markup, children))
    written = "".join(f' {k}="{html.escape(v)}"' for k, v in attributes.items())
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"
