"""The site's copies of fonts have all that a page is set in, and no more than that."""

import html
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

VENDOR = Path(__file__).parent.parent.parent / "_vendor"
# Of every formula as it is drawn: its letters and the font that they are in.
LETTERS = """[...document.querySelectorAll('.katex-html *')].flatMap(part =>
    [...part.childNodes].filter(node => node.nodeType === 3 && node.data.trim()).map(node => {
        const { fontFamily, fontWeight, fontStyle } = getComputedStyle(part);
        return [fontFamily.split(',')[0].replaceAll('"', ''), fontWeight >= 600, fontStyle === 'italic', node.data];
    }))"""
HAS = {}


def has(font):
    """The characters of a font file."""
    if font not in HAS:
        HAS[font] = {*map(chr, TTFont(font).getBestCmap())}
    return HAS[font]


def file_of(family, bold, italic):
    style = "Bold" * bold + "Italic" * italic or "Regular"
    return f"katex/fonts/{family}-{style}.woff2"


def test_every_letter_of_a_formula_is_in_its_font(visit, site, page_path):
    letters = {tuple(found) for found in visit(page_path).evaluate(LETTERS)}
    assert all(family.startswith("KaTeX_") for family, *_ in letters)
    for *font, text in letters:
        name = file_of(*font)
        lost = {*text} & has(VENDOR / name) - has(site / "_static" / name)
        assert not lost, f"{name} lacks {lost}, of “{text}”"


def test_the_fonts_of_formulas_weigh_half(site):
    for name in ("Main-Regular", "Main-Bold", "AMS-Regular"):
        name = f"katex/fonts/KaTeX_{name}.woff2"
        assert (site / "_static" / name).stat().st_size < 0.6 * (VENDOR / name).stat().st_size


@pytest.mark.parametrize("face, weights", [("roman", (400, 700)), ("italic", None)])
def test_the_text_face_has_the_weights_that_the_sheet_promises(site, face, weights):
    font = TTFont(site / "_static" / "source-serif" / f"{face}.woff2")
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}
    assert axes == ({"wght": weights} if weights else {})
    (sheet,) = site.glob("_static/lean-*.css")
    rule = re.search(rf"@font-face\s*{{[^}}]*{face}\.woff2[^}}]*}}", sheet.read_text(encoding="utf-8"))[0]
    promised = re.search(r"font-weight:\s*([\d ]+)", rule)[1].split()
    assert promised == ([str(weight) for weight in weights] if weights else ["400"])


def test_the_text_face_has_the_letters_of_the_text(site, page_path):
    """Or a word is set in two faces: the letters of the languages of Western Europe, which the vendor's file has."""
    text = re.sub(r"(?s)<(script|style|pre|svg|code|math)\b.*?</\1>|<[^>]*>", "", (site / page_path).read_text("utf-8"))
    latin = {letter for letter in html.unescape(text) if letter.isalpha() and ord(letter) < 0x100}
    assert latin <= has(site / "_static" / "source-serif" / "roman.woff2")
