"""In a notebook the same field, with its script and its network in the output; with anywidget Python hears of it."""

import json
from functools import cache
from pathlib import Path

from .element import markup, reading, script
from .kept import take
from .reader import reader

HERE = Path(__file__).parent
TEXT = "A field to draw a digit in: the network reads what you draw."
INSTALL = "Here `mine()` hears nothing of what you draw; it does after `pip install anywidget` and a restart."
RENDER = """
export default { render({ model, el }) {
  el.innerHTML = %s;
  const tell = ({ detail }) => { model.set("drawn", JSON.stringify(detail)); model.save_changes(); };
  document.addEventListener("nn-drawn", tell);
  return () => document.removeEventListener("nn-drawn", tell);
} };
"""


@cache
def parts():
    """The field's style, its HTML and its script, with the network in it."""
    from ..explore.page import (
        stylesheet,
    )  # here, since it brings Matplotlib, which a page's Python has not at its start

    net = reader()
    css, code = ((HERE / f"draw.{end}").read_text(encoding="utf-8") for end in ("css", "js"))
    recipe = (HERE / "touch" / "recipe.js").read_text(encoding="utf-8")
    return stylesheet() + css, markup(reading(net)), "\n".join([recipe, script(net), code])


class Field:
    """What `draw_a_digit()` gives: shown, it is the field."""

    def __repr__(self):
        return TEXT

    def _repr_mimebundle_(self, include=None, exclude=None):
        css, field, code = parts()
        widget_class = usable_field()
        if widget_class is None:
            said = f"<p>{INSTALL.replace('`mine()`', '<code>mine()</code>')}</p>"
            return {"text/plain": TEXT, "text/html": f"<style>{css}</style>{field}{said}<script>{code}</script>"}
        self.widget = widget_class()  # kept, or it stops answering
        self.widget.observe(lambda change: take(change["new"]), "drawn")
        still = {"text/plain": TEXT, "text/html": f"<style>{css}</style>{field}"}  # for whoever has no kernel
        return self.widget._repr_mimebundle_()[0] | still


@cache
def usable_field():
    """The field as a widget, whose `drawn` is what the reader has drawn; None where there is no anywidget."""
    from ..explore.widgets import any_widget

    css, field, code = parts()
    return any_widget(code + RENDER % json.dumps(field), css, drawn="[]")


def draw_a_digit():
    """A field to draw a digit in; on the book's pages it stands there without being run."""
    return Field()
