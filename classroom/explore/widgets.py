"""Widgets of our own in a live notebook, by anywidget, where it is there."""


def any_widget(code, css="", **parts):
    """A widget whose script is `code`, an ES module; each of `parts` is what both sides hold, with its first value.

    None where there is no anywidget.
    """
    try:
        import anywidget
        import traitlets
    except ImportError:
        return None
    kinds = {str: traitlets.Unicode, bool: traitlets.Bool, dict: traitlets.Dict}
    held = {name: kinds[type(first)](first).tag(sync=True) for name, first in parts.items()}
    return type("Widget", (anywidget.AnyWidget,), {"_esm": code, "_css": css, **held})
