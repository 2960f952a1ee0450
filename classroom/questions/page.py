"""A quick question as a page shows it: one template, filled by a notebook as HTML and by the site as typeset nodes."""

import re
from html import escape
from pathlib import Path

from .plain_maths import tex_to_text

HERE = Path(__file__).parent
RIGHT, WRONG = "✓ right", "✗ wrong"


def pieces(question):
    """The parts of the page in order: ("html", markup), ("inline", Markdown) and ("block", Markdown).

    Without a script this is the whole thing: question, options, and the answer in a closed fold.
    `question.js` makes the form out of it.
    """
    yield from html('<p class="question-label">Quick question</p>\n<div class="question-text">')
    yield "block", question.text
    yield from html("</div>\n")
    if question.kind != "number":
        yield from html('<ul class="question-options">\n')
        for part in question.shown:
            yield from html(f'<li data-place="{question.parts.index(part)}">')
            yield "inline", part.text
            yield from html("</li>\n")
        yield from html("</ul>\n")
    yield from html('<details class="question-answer">\n<summary>Answer</summary>\n')
    kind_of_list = "ol" if question.kind == "order" else "ul"
    yield from html(f'<{kind_of_list} class="question-feedback">\n')
    for attributes, mark, said, why in answers(question):
        yield from html(f'<li{attributes}><strong class="question-said">')
        yield "inline", said
        yield from html(f'</strong>{mark and " · " + mark}: <span class="question-why">')
        yield "inline", why
        yield from html("</span></li>\n")
    yield from html(f'</{kind_of_list}>\n<div class="question-explanation">')
    yield "block", question.explanation
    yield from html("</div>\n</details>\n")


def html(markup):
    yield "html", markup


def answers(question):
    """(attributes, mark, what the reader said, what the book says to it) for everything with feedback of its own."""
    if question.kind == "number":
        tolerance = f' data-tolerance="{question.tolerance!r}"'
        right = f' data-value="{question.answer!r}"{tolerance} data-right'
        yield right, RIGHT, number(question.answer), question.feedback
        for part in question.parts:
            yield f' data-value="{part.value!r}"{tolerance}', WRONG, number(part.value), part.feedback
        yield "", WRONG, "Anything else", question.otherwise
    else:
        for part in question.parts:
            mark = "" if question.kind == "order" else RIGHT if part.right else WRONG
            yield " data-right" if part.right else "", mark, part.text, part.feedback


def attributes(question):
    """Of the element that holds the pieces."""
    return {
        "id": f"question-{question.id}",
        "data-key": question.id,
        "data-kind": question.kind,
    }


def notebook_html(question):
    """Everything in one output: no other file, and maths left as `$…$` for the notebook's own typesetter."""
    fill = {"html": str, "inline": inline_html, "block": block_html}
    body = "".join(fill[kind](text) for kind, text in pieces(question))
    opening = " ".join(f'{name}="{escape(value)}"' for name, value in attributes(question).items())
    css, js = ((HERE / f"question.{end}").read_text(encoding="utf-8") for end in ("css", "js"))
    return f"<style>{css}</style>\n<nn-question {opening}>\n{body}</nn-question>\n<script>{js}</script>"


def to_text(question):
    """The question and its options in plain text; the answer is not told."""
    marks = {"one": "( ) ", "several": "[ ] ", "order": "- "}
    lines = ["Quick question", "", plain(question.text), ""]
    if question.kind == "several":
        lines[0] += " (more than one may be right)"
    if question.kind == "number":
        lines.append("Your answer: ____")
    lines += [f"{marks[question.kind]}{plain(part.text)}" for part in question.shown if question.kind != "number"]
    return "\n".join(lines)


# Markdown: the few marks a question may have. `questions.check_text` refuses the others.

INLINE = re.compile(
    r"(?P<code>`[^`]+`)|(?P<display>\$\$.+?\$\$)|(?P<maths>(?<!\\)\$[^$]+\$)|(?P<strong>\*\*.+?\*\*)|(?P<em>\*[^*\s][^*]*\*)",
    re.S,
)


def inline_html(text):
    """Code, maths, bold and emphasis; everything else is text."""

    def mark(match):
        found = match[0]
        if match["code"]:
            return f"<code>{escape(found[1:-1])}</code>"
        if match["maths"] or match["display"]:
            # Where nothing typesets (VS Code, Colab) the script shows the plain form instead.
            shown = escape(tex_to_text(found.strip("$")))
            return f'<span class="question-maths" data-plain="{shown}">{escape(found)}</span>'
        tag, width = ("strong", 2) if match["strong"] else ("em", 1)
        return f"<{tag}>{inline_html(found[width:-width])}</{tag}>"

    parts, last = [], 0
    for match in INLINE.finditer(text):
        parts += [escape(unescape(text[last : match.start()])), mark(match)]
        last = match.end()
    return "".join([*parts, escape(unescape(text[last:]))])


def unescape(text):
    return re.sub(r"\\([\\$*_`])", r"\1", text)


def block_html(text):
    """Paragraphs and fenced code."""
    blocks = []
    for part in re.split(r"(?s)(```.*?```)", text):
        if part.startswith("```"):
            code = part.strip("`").split("\n", 1)[1]
            blocks.append(f"<pre><code>{escape(code.rstrip())}</code></pre>")
        else:
            blocks += [f"<p>{inline_html(p.strip())}</p>" for p in re.split(r"\n\s*\n", part) if p.strip()]
    return "\n".join(blocks)


def plain(text):
    """Markdown as a terminal shows it: maths in Unicode, code as it is, no other marks, lines as in the paragraph."""
    kept = []

    def mark(match):
        found = match[0]
        if match["maths"] or match["display"]:
            return tex_to_text(found.strip("$"))
        if match["code"]:
            return found
        return plain(found.strip("*"))

    for part in re.split(r"(?s)(```.*?```)", text):
        if part.startswith("```"):
            kept.append("\n".join("    " + line for line in part.strip("`").split("\n", 1)[1].rstrip().split("\n")))
        else:
            paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", part) if p.strip()]
            kept += [unescape(INLINE.sub(mark, p)) for p in paragraphs]
    return "\n\n".join(kept)


def number(value):
    """−0.5, 13002, 2e−05."""
    return f"{value:.10g}".replace("-", "−")
