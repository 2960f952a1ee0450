"""The same picture by the long way: matplotlib's own `savefig`, read back into the tree that `explore` draws."""

import base64
import io
import json
import zlib
from xml.etree import ElementTree

from classroom.explore.canvas import Canvas
from classroom.explore.render import house_style, tidy


def settled(explored):
    """A canvas on which nothing is kept but the margins, which the first frame decides."""
    canvas = Canvas(explored.layout)
    canvas.draw(explored.function, explored.start, explored.start, renewed=False)
    return canvas


def saved(explored, values, canvas=None):
    """The tree of one frame of an `Explore`, drawn on a matplotlib figure of its own and saved by matplotlib.

    Who asks for many frames of one figure gives the canvas that `settled` returns.
    """
    with house_style():
        figure, axes = (canvas or settled(explored)).new()
        explored.function(axes, **values)
        text = io.StringIO()
        figure.savefig(text, format="svg")
    return read(text.getvalue())


def read(svg):
    """The tree of SVG text saved by matplotlib: everything goes through the same `tidy` as a frame drawn here."""
    names = {"{http://www.w3.org/1999/xlink}": "xlink:", "{http://www.w3.org/2000/svg}": ""}

    def plain(name):
        for long, short in names.items():
            name = name.replace(long, short)
        return name

    def convert(element):
        tag = plain(element.tag)
        text = element.text or ""
        if tag == "g":
            text = element.get("id", "")
        elif tag not in ("text", "tspan") or len(element):
            text = ""
        return [tag, tidy(tag, {plain(k): v for k, v in element.attrib.items()}), text, [convert(e) for e in element]]

    root = convert(ElementTree.fromstring(svg))
    root[1] = {"viewBox": root[1]["viewBox"]}
    root[3] = [node for node in root[3] if node[0] != "metadata" and not (node[3] and node[3][0][0] == "style")]
    return root


def unsqueeze(text):
    """What `classroom.explore.frames.squeeze` packed, as explore.js unpacks it."""
    return json.loads(zlib.decompress(base64.b64decode(text)))
