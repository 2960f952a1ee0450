"""A term is used only once it has been introduced: its first use, in reading order, is a link to the glossary.

Reading order is the front page, then the chapters. Terms that are also everyday words ("everyday word" in the
glossary's source) may be used earlier in their everyday sense; of them only the link in their own chapter is checked.
"""

import json
import re
from functools import cache

import pytest
from notebooks import CHAPTERS

ROOT = CHAPTERS.parent

ENTRY = re.compile(
    r"^(?P<loose>\.\. everyday word\n\n)?(?P<term>\w[^\n]*)\n  [^\n]*\*(?P<place>Front page|Chapter \d+)\.\*$", re.M
)
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
GLOSSARY = re.compile(r"glossary\.md#(?P<slug>[\w-]+)$")


def slug(term):
    return re.sub(r"[^\w]+", "-", term.lower()).strip("-")


@cache
def terms():
    """{term: (number of its chapter, whether it is an everyday word)}; the front page is 0."""
    source = (ROOT / "glossary.md").read_text(encoding="utf-8")
    found = {m["term"]: (int(re.sub(r"\D", "", m["place"]) or 0), bool(m["loose"])) for m in ENTRY.finditer(source)}
    assert len(found) == len(re.findall(r"^\w.*\n  ", source.split("```{glossary}")[1], re.M))
    return found


def prose(text):
    """Markdown without code and maths, all lengths kept."""

    def blank(match):
        return " " * len(match[0])

    for pattern in (r"```.*?```", r"(?s)^---\n.*?\n---\n", r"<!--.*?-->", r"\$\$.*?\$\$", r"`[^`\n]*`", r"\$[^$\n]+\$"):
        text = re.sub(pattern, blank, text, flags=re.S)
    return text


def uses(text):
    """{term: places} of every term in plain words, the longest term at each place; and {slug: places} of links."""
    text = prose(text)
    links = {}

    def note(match):
        target = GLOSSARY.search(match["target"])
        if target:
            links.setdefault(target["slug"], []).append(match.start())
        return " " * len(match[0])

    text = LINK.sub(note, text)
    plain = {}
    for match in pattern().finditer(text):
        plain.setdefault(by_words()[simple(match[1])], []).append(match.start())
    return plain, links


def simple(words):
    return re.sub(r"[\s-]+", "", words.lower())


@cache
def by_words():
    return {simple(term): term for term in terms()}


@cache
def pattern():
    """Any term, the longest first; a space may be a hyphen or a line's end; a plural s."""
    alternatives = []
    for term in sorted(terms(), key=len, reverse=True):
        words = re.escape(term).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?")
        alternatives.append(words)
    return re.compile(rf"(?<![\w-])({'|'.join(alternatives)})(?:s|es)?(?![\w])", re.I)


def without_headings(text):
    return re.sub(r"^#+ .*$", lambda m: " " * len(m[0]), text, flags=re.M)


def chapter_text(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@cache
def pages():
    """[(number, name, text)] in reading order."""
    front = (0, "index.md", (ROOT / "index.md").read_text(encoding="utf-8"))
    return [front, *((int(path.name[:2]), path.name, chapter_text(path)) for path in sorted(CHAPTERS.glob("*.ipynb")))]


def problems(number, name, text, listed):
    """What is wrong with the terms on one page."""
    everywhere, links = uses(text)
    plain, _ = uses(without_headings(text))
    for term, (home, loose) in listed.items():
        places = links.get(slug(term), [])
        if number == home:
            if not places:
                yield f"{name}: “{term}” is introduced here, but no link leads to glossary.md#{slug(term)}"
            elif not loose and min(plain.get(term, [len(text)])) < min(places):
                yield f"{name}: “{term}” is used before its link"
        if number < home and not loose and term in everywhere:
            place = everywhere[term][0]
            around = " ".join(text[max(0, place - 40) : place + 40].split())
            yield f"{name}: “{term}” is used before chapter {home}: …{around}…"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page[1])
def test_terms_are_introduced_before_use(page):
    found = list(problems(*page, terms()))
    assert not found, "\n".join(found)


def test_every_link_is_a_term():
    known = {slug(term) for term in terms()}
    for _, name, text in pages():
        assert set(uses(text)[1]) <= known, name


SMALL = {"bias": (1, True), "gradient": (2, False), "mini-batch": (3, False), "gradient descent": (2, False)}


@pytest.mark.parametrize(
    "number, text, expected",
    [
        (2, "A [gradient](../glossary.md#gradient) is a vector. Gradients. [g](../glossary.md#gradient-descent)", 0),
        (2, "Gradients first, a [gradient](../glossary.md#gradient); [g](../glossary.md#gradient-descent)", 1),
        (2, "[descent](../glossary.md#gradient-descent) and gradient descent; [a](../glossary.md#gradient)", 0),
        (2, "# The gradient\n\nA [gradient](../glossary.md#gradient), [g](../glossary.md#gradient-descent)", 0),
        (2, "No link at all", 2),
        (1, "A [bias](../glossary.md#bias); a minibatch is for later", 1),
        (1, "A [bias](../glossary.md#bias); `gradient` and $gradient$ are code and maths", 0),
        (1, "A [bias](../glossary.md#bias), see [gradients](06.ipynb)", 0),
        (1, "A bias without its link", 1),
    ],
)
def test_the_rule_itself(number, text, expected):
    found = list(problems(number, "page", text, SMALL))
    assert len(found) == expected, found
