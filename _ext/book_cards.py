"""The picture that a shared link shows: a page's title, and its first figure as the book itself drew it.

A figure comes from the chapter's own run, as a PNG beside its page form (classroom/explore/page.py); a page that has
none shows a neuron's curve. Drawn only where the book's address is known, since whoever shows it needs a whole address.
"""

import hashlib
import io
import textwrap
from pathlib import Path

import matplotlib.image
import matplotlib.patches
import numpy as np
from book_chapters import number
from book_pagedata import PageData
from docutils import nodes
from matplotlib.figure import Figure

SIZE = (1200, 630)
DPI = 100
PAPER, INK, MUTED, ACCENT = "#ffffff", "#1d232b", "#505a66", "#1f5fbf"
LEFT, RIGHT, TOP, BOTTOM = 72, 1140, 566, 64  # of what is drawn, in pixels
MIDDLE = 560  # words end here where a figure stands beside them
FOLDER = "_static/cards"


class Figures(PageData):
    """{page: the file of its first figure}; the notebook's run has written it."""

    name = "book_card_figures"

    def process_doc(self, app, doctree):
        for image in doctree.findall(nodes.image):
            path = (
                Path(app.srcdir, image["uri"].lstrip("/")) if not Path(image["uri"]).is_file() else Path(image["uri"])
            )
            if path.suffix == ".png" and path.is_file():
                self.of(app.env)[app.env.docname] = str(path)
                return


def figure_of(env, page):
    path = Path(Figures.of(env).get(page, ""))
    return path.read_bytes() if path.is_file() else b""


def words(app, page):
    """What is written on the card: (a line above the title, the title, a line at the foot)."""
    book = app.config.html_title
    if page == app.config.root_doc:
        return "An interactive textbook", book, ""
    title = app.env.titles[page].astext()
    return (f"Chapter {number(page)}", title, book) if number(page) else (book, title, "")


def card_name(app, page):
    """The file's name carries what is on it: another picture is another address, whatever a network has kept."""
    seen = hashlib.sha256(figure_of(app.env, page) + "\0".join([app.config.book_card, *words(app, page)]).encode())
    return f"{page.rpartition('/')[2]}-{seen.hexdigest()[:10]}.png"


def card_address(app, page):
    if not app.config.html_baseurl or page not in app.env.found_docs:
        return ""
    return f"{app.config.html_baseurl}{FOLDER}/{card_name(app, page)}"


def draw(above, title, below, picture):
    """The card as PNG bytes."""
    card = Figure(figsize=(SIZE[0] / DPI, SIZE[1] / DPI), dpi=DPI, facecolor=PAPER)

    def write(x, y, text, size, **style):
        return card.text(x / SIZE[0], y / SIZE[1], text, fontsize=size, va="top", family="DejaVu Sans", **style)

    card.add_artist(matplotlib.patches.Rectangle((0, 0), 12 / SIZE[0], 1, color=ACCENT, transform=card.transFigure))
    write(LEFT, TOP, above, 19, color=ACCENT, weight="bold")
    size, wide = fitting(title)
    write(LEFT, TOP - 52, "\n".join(textwrap.wrap(title, wide)), size, color=INK, weight="bold", linespacing=1.25)
    write(LEFT, BOTTOM + 20, below, 15, color=MUTED)
    room = (MIDDLE + 20, BOTTOM + 20, RIGHT - MIDDLE - 20, TOP - BOTTOM - 20)
    axes = card.add_axes([room[0] / SIZE[0], room[1] / SIZE[1], room[2] / SIZE[0], room[3] / SIZE[1]])
    axes.axis("off")
    if picture:
        axes.imshow(matplotlib.image.imread(io.BytesIO(picture)), interpolation="lanczos")
    else:
        curve(axes)
    written = io.BytesIO()
    card.savefig(written, format="png", dpi=DPI, metadata={"Software": None})
    return written.getvalue()


def fitting(title):
    """(size, characters a line) at which the title fits beside the figure, in at most six lines."""
    for size in (36, 32, 28, 24):
        wide = int((MIDDLE - LEFT) / (size * DPI / 72 * 0.66))
        longest = max(map(len, title.split()), default=0)
        if longest <= wide and len(textwrap.wrap(title, wide)) <= 6:
            break
    return size, max(wide, longest)


def curve(axes):
    """What the favicon shows too: a neuron's answer against its input, for three weights."""
    from nnlib import sigmoid  # here: Sphinx loads extensions before the book's own packages are found

    x = np.linspace(-6, 6, 400)
    for weight, strength in ((0.6, 0.25), (1.2, 0.5), (3, 1)):
        axes.plot(x, sigmoid(weight * x), color=ACCENT, alpha=strength, linewidth=7, solid_capstyle="round")
    axes.set(xlim=(-6.5, 6.5), ylim=(-0.15, 1.15))


def write(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir, FOLDER)
    wanted = {card_name(app, page): page for page in app.env.found_docs} if app.config.html_baseurl else {}
    for old in folder.glob("*.png"):
        if old.name not in wanted:
            old.unlink()
    for name, page in wanted.items():
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_bytes(draw(*words(app, page), figure_of(app.env, page)))


def setup(app):
    # "html": cards that look otherwise have other names, so every page is written again.
    app.add_config_value("book_card", hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:10], "html")
    app.add_env_collector(Figures)
    app.connect("build-finished", write)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
