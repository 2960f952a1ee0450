"""Matplotlib in the page's Python: imported so that WebKit can, drawing without a window, in the book's style."""

import warnings
from importlib.machinery import ExtensionFileLoader


def start_matplotlib():
    """Import Matplotlib; a reader's own plots begin with the house style, whose colours follow light and dark.

    While a package's parts are imported, Python asks each for a `__path__`. `matplotlib.ft2font` answers through a
    `__getattr__` of its own that raises in C++, which WebKitGTK 2.50 does not hand back to Python; so it is taken away.
    """
    create_module = ExtensionFileLoader.create_module

    def without_getattr(self, spec):
        module = create_module(self, spec)
        if spec.name == "matplotlib.ft2font":
            vars(module).pop("__getattr__", None)
        return module

    ExtensionFileLoader.create_module = without_getattr
    try:
        import matplotlib
    finally:
        ExtensionFileLoader.create_module = create_module
    from ..figures import style

    matplotlib.use("Agg")
    matplotlib.rcParams.update(style.RC)
    warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")  # `plt.show()`: a cell shows what it drew
