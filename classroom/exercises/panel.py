"""How a verdict looks: a calm panel in a notebook with the same words as plain text, and plain text elsewhere."""

import html
import re
import sys

COLOURS = {"ok": "#2e8b57", "missing": "#7f8894"}
WRONG = "#c8791a"
PRINTED = "Your function printed"
SIGNS = {"ok": "✓", "missing": "…"}


def in_notebook():
    """True where a front end shows HTML: a running IPython kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and getattr(shell, "kernel", None) is not None


def display(**formats):
    from IPython.display import display as ipython_display

    data = {"text/plain": formats["text"]}
    if "html" in formats:
        data["text/html"] = formats["html"]
    if "markdown" in formats:
        data["text/markdown"] = formats["markdown"]
    ipython_display(data, raw=True)


def with_code(text):
    """Escaped, with `code` as <code>."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def as_html(verdict):
    """Ink and background come from the page, so that it reads in a light and in a dark theme."""
    colour, sign = COLOURS.get(verdict.kind, WRONG), SIGNS.get(verdict.kind, "✗")
    name, _, rest = verdict.message.partition(": ")
    box = (
        f"border-left:4px solid {colour};padding:.5em .9em;margin:.4em 0;border-radius:0 4px 4px 0;"
        f"background:color-mix(in srgb,{colour} 10%,transparent);color:inherit;line-height:1.5;"
        "overflow-wrap:anywhere"
    )
    printed = ""
    if verdict.printed.strip():
        printed = (
            f"<details style='margin-top:.3em'><summary>{PRINTED}</summary>"
            f"<pre style='white-space:pre-wrap;color:inherit;background:none'>{html.escape(verdict.printed)}</pre>"
            "</details>"
        )
    return (
        f"<div role='status' style='{box}'>"
        f"<span aria-hidden='true' style='color:{colour};font-weight:700'>{sign}</span> "
        f"<strong>{html.escape(name)}</strong>: {with_code(rest)}{printed}</div>"
    )


def as_text(verdict):
    """The same words."""
    printed = verdict.printed.strip()
    return verdict.message + (f"\n{PRINTED}:\n{printed}" if printed else "")


def show_verdict(verdict):
    if in_notebook():
        display(text=as_text(verdict), html=as_html(verdict))
    else:
        print(as_text(verdict))


def show_markdown(text):
    if in_notebook():
        display(text=text, markdown=text)
    else:
        print(text)
