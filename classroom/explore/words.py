"""A docstring's marks, `code`, *stress* and **strong**, as HTML or left out."""

import html
import re


def plain(text):
    """The text without its marks."""
    return re.sub(r"[`*]", "", text)


def inline(text):
    """The text as HTML, everything else in it escaped."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text)
