"""One symbol, one meaning: what a chapter writes in maths stands in notation.md, once, or as borrowed by that chapter.

What is read: the text of each chapter with its exercises, and its quick questions. A letter is told from the same
letter in bold, under a hat, or with a word as its index ($n$, $n_\\text{in}$); a number or a letter as an index is not.
"""

import re

import pytest
from notebooks import CHAPTERS
from test_terms import ROOT, chapter_text

MATHS = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.S)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
TOKEN = re.compile(
    r"\\hat\s*\{?\s*(?P<hat>[A-Za-z])"
    r"|\\mathbf\s*\{(?P<bold>\w)\}"
    r"|(?P<named>[A-Za-z]_)\{?\\text\{(?P<word>\w+)\}"
    r"|(?P<differential>\\mathrm\{d\}|d(?=[A-Zabwxyz]))"
    r"|(?P<prime>')"
    r"|\\(?:text|mathrm|operatorname|begin|end|textbf)\s*\{[^}]*\}"
    r"|\\(?P<command>[A-Za-z]+)"
    r"|(?P<letter>[A-Za-z])"
)
GREEK = """alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi
    chi psi omega""".split()
SIGNS = "odot nabla partial top lVert leftarrow sum max approx Longleftrightarrow log cdot lceil".split()
INDEX = "an index"  # how the table says that a letter only numbers things


def formulas(text):
    """What stands between dollars, code left out."""
    return [(m[1] or m[2]).strip() for m in MATHS.finditer(CODE.sub(" ", text))]


def symbols(tex):
    """The symbols of a formula: `W`, `\\eta`, `bold x`, `hat y`, `n_in`, `differential`, `prime`, `\\odot` and the like."""
    found = set()
    for m in TOKEN.finditer(tex):
        if m["hat"]:
            found.add(f"hat {m['hat']}")
        elif m["bold"]:
            found.add(f"bold {m['bold']}")
        elif m["named"]:
            found.add(m["named"] + m["word"])
        elif m["differential"] or m["prime"]:
            found.add(m.lastgroup)
        elif m["command"] and (m["command"].lower() in GREEK or m["command"] in SIGNS):
            found.add("\\" + m["command"])
        elif m["letter"]:
            found.add(m["letter"])
    return found


def all_symbols(text):
    return set().union(*map(symbols, formulas(text)))


def table_rows(text):
    """`(symbols of each formula in the first cell, all cells)` of each row; of `z = …` only the left side counts."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and "$" in cells[0]:
            yield [symbols(tex.split("=")[0]) for tex in formulas(cells[0])], cells


def tables():
    """`([(symbols, meaning)], [(symbols, chapters)])` of notation.md: the book's own symbols, and the borrowed ones."""
    own, borrowed = (ROOT / "notation.md").read_text(encoding="utf-8").split("\n## Borrowed")
    return (
        [(named, cells[-1]) for named, cells in table_rows(own)],
        [(named, re.findall(r"chapters/(\w+)", cells[1])) for named, cells in table_rows(borrowed)],
    )


OWN, BORROWED = tables()
KNOWN = set().union(*(s for named, _ in OWN for s in named))
PAGES = sorted(path.stem for path in CHAPTERS.glob("*.ipynb"))


def text_of(page):
    questions = ROOT / "classroom" / "chapters" / f"{page}.toml"
    asked = questions.read_text(encoding="utf-8") if questions.exists() else ""
    return chapter_text(CHAPTERS / f"{page}.ipynb") + "\n\n" + asked


def borrowed_by(page):
    return set().union(*(s for named, chapters in BORROWED if page in chapters for s in named))


def calculated_with(tex, letters):
    """The index letters that a formula uses as numbers: neither alone, nor as an index, nor to count through."""
    bare = re.sub(r"[_^]\s*(\{[^{}]*\}|\\?\w)", " ", tex)
    bare = re.sub(r"\b(\w)\s*(=|\\in)", r"\2", bare)
    return set() if re.fullmatch(r"\w", bare.strip()) else symbols(bare) & letters


@pytest.mark.parametrize("page", PAGES)
def test_every_symbol_is_in_the_notation(page):
    strangers = all_symbols(text_of(page)) - KNOWN - borrowed_by(page)
    assert not strangers, f"{page}: {sorted(strangers)} are neither in notation.md nor borrowed by this chapter"


@pytest.mark.parametrize("page", PAGES)
def test_an_index_is_not_calculated_with(page):
    letters = {s for named, meaning in OWN if INDEX in meaning for part in named for s in part} - borrowed_by(page)
    wrong = [tex for tex in formulas(text_of(page)) if calculated_with(tex, letters)]
    assert not wrong, f"{page}: an index stands for a number in {wrong}; a number of things is a capital, N, D, M, K"


def test_a_symbol_has_one_meaning():
    seen = [min(part) for named, _ in OWN for part in named if len(part) == 1]
    twice = {symbol for symbol in seen if seen.count(symbol) > 1}
    assert not twice, f"notation.md gives {sorted(twice)} more than one meaning"


def test_nothing_is_listed_that_is_not_used():
    glossary = (ROOT / "glossary.md").read_text(encoding="utf-8").replace("```", "")
    used = all_symbols("\n\n".join([glossary, *map(text_of, PAGES)]))
    assert not KNOWN - used, f"notation.md lists {sorted(KNOWN - used)}, which the book never uses"
    for named, chapters in BORROWED:
        for page in chapters:
            idle = set().union(*named) - all_symbols(text_of(page))
            assert not idle, f"notation.md says that {page} borrows {sorted(idle)}, which it never uses"


def test_symbols_of_a_formula():
    assert symbols(r"w_1 \cdot x + \text{bias}") == {"w", "\\cdot", "x"}
    assert symbols(r"\eta\,\partial L, \hat y_n, \mathbf{w}") == {"\\eta", "\\partial", "L", "hat y", "n", "bold w"}
    assert symbols(r"n_\text{in} + n_{\text{out}}") == {"n_in", "n_out"}
    assert symbols(r"\mathrm{d}W = X_{nd}\,dZ") == {"differential", "W", "X", "n", "d", "Z"}
    assert all_symbols("A $w$ and `$code$`, $$b$$") == {"w", "b"}


@pytest.mark.parametrize(
    "tex, wrong",
    [
        ("n", ""), ("x_n", ""), ("X_{nd}", ""), (r"\sum_{n=1}^{N} y_n", ""), (r"k = 1, \dots, K", ""),
        ("1/n", "n"), (r"n \ge 1", "n"), (r"x_1 + \dots + n", "n"), ("2k + x_k", "k"),
    ],
)  # fmt: skip
def test_what_an_index_may_do(tex, wrong):
    assert calculated_with(tex, {"n", "d", "m", "k"}) == set(wrong)
