"""The scripts travel without comments and indents; what takes those away cannot read a template within a template."""

import re
from pathlib import Path

import pytest
from rjsmin import jsmin

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(
    path for folder in ("classroom", "_ext") for path in (ROOT / folder).rglob("*.*js") if "_vendor" not in path.parts
)
# A comment, a string, or an expression between slashes, which stands where no value has ended; else one sign.
PIECE = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | (?<=[(,=:\[!&|?{};~])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/ | \\. | .""",
    re.S | re.X,
)


def nested(text):
    """The lines on which a template literal begins within another one's `${}`."""
    found, open_, at = [], [], 0  # open_: "`" in a template's words, "{" in its values or in any other braces
    while at < len(text):
        if open_ and open_[-1] == "`":
            two = text[at : at + 2]
            if two == "${":
                open_.append("{")
            elif text[at] == "`":
                open_.pop()
            at += 2 if two == "${" or text[at] == "\\" else 1
            continue
        piece = PIECE.match(text, at)[0]
        if piece == "`":
            if "`" in open_:
                found.append(text.count("\n", 0, at) + 1)
            open_.append("`")
        elif piece == "{":
            open_.append("{")
        elif piece == "}":
            open_.pop()
        at += len(piece)
    assert not open_, "not read to its end"
    return found


def test_why_a_template_within_a_template_is_refused():
    script = "const said = `${n} left${more ? ` and ${more} to come` : ''}.`;"
    assert nested(f"// one\n{script}") == [2] and "more}to come" in jsmin(script)
    assert nested("const a = `${b} c`, d = {e: `f`}, g = h.replace(/[`\"/]/g, '`'); // `${`") == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_template_stands_within_another(path):
    assert nested(path.read_text(encoding="utf-8")) == []
