"""The house style: one set of colours and matplotlib settings, so every picture follows the page, light or dark.

A picture drawn in these colours keeps them by *name* on a page: `explore` turns each hex value below into a CSS
variable (`--nn-blue`, …), so ink, paper and colours change with the reader's light or dark mode. The colour maps
vary only in transparency for the same reason: what is pale on white paper is dim on dark paper.
"""

import numpy as np
from matplotlib import colors

INK = "#010203"  # drawn in this = drawn in the page's text colour
PAPER = "#fefdfc"  # drawn in this = drawn in the page's background colour
BLUE = "#1f5fbf"
ORANGE = "#b05c00"
GREEN = "#00795c"
VERMILION = "#c02f2f"
PURPLE = "#8a4391"
SKY = "#147aa8"
YELLOW = "#857200"
GREY = "#696d74"
FAINT = "#d5d8dd"  # grid lines, axes through the origin: seen, never read

# What each becomes on dark paper; every pair keeps a contrast of at least 4.5 (a test says so).
DARK = {
    INK: "#e6e8ec",
    PAPER: "#14181e",
    BLUE: "#8ab4ff",
    ORANGE: "#ffb25a",
    GREEN: "#4fd0a6",
    VERMILION: "#ff8a7a",
    PURPLE: "#dfa2e6",
    SKY: "#7ccbf2",
    YELLOW: "#e6d252",
    GREY: "#a4a9b2",
    FAINT: "#3a414b",
}
NAMES = {
    INK: "ink",
    PAPER: "paper",
    BLUE: "blue",
    ORANGE: "orange",
    GREEN: "green",
    VERMILION: "vermilion",
    PURPLE: "purple",
    SKY: "sky",
    YELLOW: "yellow",
    GREY: "grey",
    FAINT: "faint",
}
CYCLE = [BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY, YELLOW]


def _fade(name, *stops, n=256):
    """A colour map through pairs of `(position, colour, alpha)` stops; both stops of a pair have one colour."""
    position = np.linspace(0, 1, n)
    table = np.zeros((n, 4))
    for (p0, colour, a0), (p1, _, a1) in zip(stops[::2], stops[1::2], strict=True):
        inside = (position >= p0) & (position <= p1)
        table[inside, :3] = colors.to_rgb(colour)
        table[inside, 3] = np.interp(position[inside], [p0, p1], [a0, a1])
    return colors.ListedColormap(table, name)


# Negative is orange, positive is blue, zero is paper.
DIVERGING = _fade("nn_diverging", (0, ORANGE, 0.85), (0.5, ORANGE, 0), (0.5, BLUE, 0), (1, BLUE, 0.85))
SEQUENTIAL = _fade("nn_sequential", (0, BLUE, 0.03), (1, BLUE, 0.9))
INKS = _fade("nn_inks", (0, INK, 0), (1, INK, 1))  # an image in ink: see `ink_image`

RC = {
    "figure.figsize": (6, 3.6),
    "figure.dpi": 72,
    "savefig.transparent": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "legend.facecolor": PAPER,
    "legend.edgecolor": FAINT,
    "legend.frameon": False,
    "legend.fontsize": 11.5,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 12,
    "axes.titlesize": 12.5,
    "axes.labelsize": 12,
    "xtick.labelsize": 11.5,
    "ytick.labelsize": 11.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": FAINT,
    "patch.edgecolor": INK,
    "hatch.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.9,
    "axes.axisbelow": True,
    "axes.prop_cycle": f"cycler('color', {CYCLE})",
    "axes.titlepad": 8,
    "axes.labelpad": 5,
    "lines.linewidth": 2.2,
    "lines.markersize": 6.5,
    "lines.solid_capstyle": "round",
    "grid.linewidth": 0.8,
    "image.cmap": "nn_sequential",
    "image.interpolation": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "nnlib",
    "path.simplify_threshold": 0.3,
}


def register():
    """Make the three colour maps known to matplotlib by name (`cmap="nn_diverging"`)."""
    import matplotlib as mpl

    for colour_map in (DIVERGING, SEQUENTIAL, INKS):
        mpl.colormaps.register(colour_map, force=True)


register()


def ink_image(ax, image, low=None, high=None, **options):
    """Show an array `(H, W)` in the page's ink: a digit is dark on light paper and light on dark."""
    shown = ax.imshow(image, cmap=INKS, vmin=low, vmax=high, **options)
    shown.set_gid("ink")  # images are pixels, not named colours: the page inverts those so marked
    return shown
