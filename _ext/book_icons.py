"""The book on a home screen: its icons, drawn from the favicon's one stroke, and the manifest that names them."""

import io
import json
import re
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path as Stroke

FAVICON = Path(__file__).parent.parent / "_static" / "favicon.svg"
FOLDER = "_static/icons"
# (file, pixels, how much of it the stroke's square takes, corners as a share of its side)
ICONS = (
    ("icon-192.png", 192, 0.78, 0.2),
    ("icon-512.png", 512, 0.78, 0.2),
    ("maskable-512.png", 512, 0.6, 0),  # a launcher cuts it to its own shape: the middle 80 % stay
    ("apple-touch-icon.png", 180, 0.72, 0),
)
PAPER, LIGHT, DARK = "#ffffff", "#ffffff", "#14181e"  # the page's backgrounds, as book.css has them
HEAD = (
    '<link rel="manifest" href="{root}manifest.webmanifest" />',
    f'<link rel="icon" type="image/png" sizes="192x192" href="{{root}}{FOLDER}/icon-192.png" />',
    f'<link rel="apple-touch-icon" href="{{root}}{FOLDER}/apple-touch-icon.png" />',
    f'<meta name="theme-color" content="{LIGHT}" media="(prefers-color-scheme: light)" />',
    f'<meta name="theme-color" content="{DARK}" media="(prefers-color-scheme: dark)" />',
)


def favicon():
    """(points and codes, colour, width, side) of the favicon: one path of the commands M, c and s."""
    svg = FAVICON.read_text(encoding="utf-8")
    side = float(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    points, codes, mirrored = [], [], None
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", re.search(r' d="([^"]+)"', svg)[1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if command == "M":
            points, codes = pairs, [Stroke.MOVETO]
            continue
        if command not in "cs":
            raise ValueError(f"{FAVICON.name}: the icons are drawn from M, c and s alone, not from {command}")
        x, y = points[-1]
        curve = [(x + dx, y + dy) for dx, dy in pairs]
        points += curve if command == "c" else [mirrored, *curve]
        codes += [Stroke.CURVE4] * 3
        mirrored = tuple(2 * end - before for end, before in zip(points[-1], points[-2], strict=True))
    colour, width = re.search(r'stroke="([^"]+)"', svg)[1], float(re.search(r'stroke-width="([\d.]+)"', svg)[1])
    return Stroke(points, codes), colour, width, side


def draw(pixels, share, corner):
    """The stroke in the page's colour on a ground of its own, as PNG bytes."""
    stroke, colour, width, side = favicon()
    card = Figure(figsize=(1, 1), dpi=pixels, facecolor=colour)
    axes = card.add_axes([0, 0, 1, 1])
    margin = side * (1 / share - 1) / 2
    axes.set(xlim=(-margin, side + margin), ylim=(side + margin, -margin))
    axes.axis("off")
    whole = side + 2 * margin
    if corner:
        edge = corner * whole
        inner = whole - 2 * edge
        shape = FancyBboxPatch((edge - margin, edge - margin), inner, inner, boxstyle=f"round,pad={edge}")
        axes.add_patch(shape)
        shape.set(facecolor=colour, edgecolor="none")
        card.patch.set_alpha(0)
    line = PathPatch(stroke, fill=False, edgecolor=PAPER, linewidth=width / whole * 72, capstyle="round")
    axes.add_patch(line)
    written = io.BytesIO()
    card.savefig(written, format="png", dpi=pixels, metadata={"Software": None})
    return written.getvalue()


def manifest(title):
    """What a browser needs to install the book; every address is relative, so that it works below any path."""
    icons = [
        {"src": f"{FOLDER}/{name}", "sizes": f"{pixels}x{pixels}", "type": "image/png", "purpose": purpose}
        for name, pixels, *_ in ICONS
        for purpose in ["maskable" if name.startswith("maskable") else "any"]
        if not name.startswith("apple")
    ]
    return {
        "name": title,
        "short_name": "Weights & biases",
        "start_url": "index.html",
        "scope": ".",
        "display": "standalone",
        "display_override": ["minimal-ui", "standalone"],  # a book has a way back, where a browser can show one
        "background_color": LIGHT,
        "theme_color": LIGHT,
        "icons": icons,
    }


def bring(app):
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, *how in ICONS:
        (folder / name).write_bytes(draw(*how))
    text = json.dumps(manifest(app.config.html_title), ensure_ascii=False, indent=1)
    (Path(app.outdir) / "manifest.webmanifest").write_text(text + "\n", encoding="utf-8", newline="\n")


def add_links(app, page, template, context, doctree):
    root = context["pathto"](app.config.root_doc).rpartition("index.html")[0] if page != app.config.root_doc else ""
    lines = [line.format(root=root) for line in HEAD]
    context["metatags"] = context.get("metatags", "") + "\n    ".join(["", *lines])


def setup(app):
    app.connect("builder-inited", bring)
    app.connect("html-page-context", add_links, priority=720)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
