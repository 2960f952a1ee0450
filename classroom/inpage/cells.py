"""The cells of one page, run one after another in one namespace, as a notebook's kernel runs them."""

from tqdm import tqdm

from ..explore import collecting
from .run import Stream, run


class Notebook:
    """One namespace for all cells of a page, and the figures that they have made."""

    def __init__(self):
        tqdm.monitor_interval = 0  # it would watch its bars from a thread, and the page's Python has none
        self.space = {"__name__": "__main__"}
        self.figures = {}  # the Explore objects whose sliders are alive, by the id on the page

    def run(self, code, name, send=lambda text: None, bar=lambda text: None):
        """Run a cell: `{text, printed, error, html}`.

        text: what it prints, what its figures say, and the value of its last line, as a notebook shows them in text.
        printed: the same without the figures' sentences, which stand below them.
        html: its pictures, ready for the page.
        """
        stream = Stream(send)
        with collecting() as explored:
            value, error = run(code, f"<cell {name}>", self.space, stream, bar)
        if not error and value is not None and not any(value is figure for figure in explored):
            try:
                stream.write(repr(value) + "\n")
            except Exception as trouble:  # a reader's own __repr__
                error = f"The value of the last line cannot be shown: {type(trouble).__name__}: {trouble}."
        shown, text = [], stream.text
        for figure in explored if not error else []:
            try:
                shown.append(self.explored(figure))
                text += ("\n" if text and not text.endswith("\n") else "") + repr(figure) + "\n"
            except Exception as trouble:  # a drawing function's error is one sentence, like any other
                error = str(trouble)
        return {"text": text, "printed": stream.text, "error": error, "html": "".join(shown) + self.plots()}

    def explored(self, figure):
        """A figure with live controls: its first frame, and no others; the page asks for them as they are needed."""
        from ..explore.page import picture, whole

        tree, said, _ = figure.draw()
        self.figures[figure.id] = figure
        return whole(figure, picture(figure, tree), said, packed="")

    def frame(self, identifier, places):
        """One frame of a live figure for these values of its controls: `{svg, says}`, or `{error}`, a sentence."""
        from ..explore.page import picture

        figure = self.figures[identifier]
        values = {p.name: p.values[place] for p, place in zip(figure.parameters, places, strict=True)}
        try:
            tree, said, _ = figure.draw(values)
        except Exception as trouble:
            return {"error": str(trouble)}
        return {"svg": picture(figure, tree), "says": said}

    @staticmethod
    def plots():
        """Figures that the cell drew with pyplot, as SVG in the page's own colours; then they are closed."""
        import sys

        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return ""
        from ..explore.render import markup, prefixed, tree_of

        drawn = []
        for number in pyplot.get_fignums():
            tree = prefixed(tree_of(pyplot.figure(number)), f"plot-{number}-")
            tree[1] |= {"role": "img", "aria-label": "A picture drawn by this cell"}
            drawn.append(f'<div class="nn-picture"><div class="nn-frame">{markup(tree)}</div></div>')
        pyplot.close("all")
        return f'<div class="nn-explore">{"".join(drawn)}</div>' if drawn else ""
