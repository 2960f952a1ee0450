"""What may not reach a reader fails the build: a wrong reference, an unknown term, bad TeX, a failing cell."""

import pytest
from small_book import build, cell, lay_out, write

FAULTS = {
    "term": ("[x](../glossary.md#no-such-term)", "“no-such-term” is not a term of the glossary"),
    "source": ("[x](../bibliography.md#nobody1900)", "“nobody1900” is not a key of the bibliography"),
    "name": ("[x](../reference.md#nnlib.Nothing)", "“nnlib.Nothing” is not a name in the nnlib reference"),
    "page": ("[x](99_nowhere.ipynb)", "99_nowhere.ipynb"),
    "role": ("{ref}`nowhere`", "nowhere"),
    "tex": (r"$\notacommand{x}$", "bad TeX"),
}
RIGHT = """# A page

A [bias](../glossary.md#bias), by [Nielsen](../bibliography.md#nielsen2015),
in [Linear](../reference.md#nnlib.Linear): $z = w x + b$.

> **A common misconception: "the bias is added after".** No: before.
"""


def test_a_right_page_builds(tmp_path):
    write(tmp_path, cell("markdown", RIGHT), cell("code", "print(1 + 1)", tags=["hide-input"]))
    lay_out(tmp_path)
    code, log = build(tmp_path)
    assert code == 0, log[-3000:]
    html = (tmp_path / "_build" / "html" / "chapters" / "01_page.html").read_text(encoding="utf-8")
    for piece in ("glossary.html#term-bias", "bibliography.html#nielsen2015", "reference.html#nnlib.Linear"):
        assert f'href="../{piece}"' in html
    assert 'class="misconception admonition"' in html or 'class="admonition misconception"' in html
    assert 'class="katex"' in html


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """One book with every fault but a failing cell, which would end the build before the others show."""
    folder = tmp_path_factory.mktemp("faulty")
    display = "class Broken:\n    def _repr_html_(self):\n        raise ValueError('cannot draw')\ndisplay(Broken())"
    write(folder, *(cell("markdown", text) for text, _ in FAULTS.values()), cell("code", display, tags=["steps-0"]))
    lay_out(folder)
    return build(folder)


def test_faults_fail_the_build(faulty):
    assert faulty[0] != 0


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named(faulty, fault):
    warnings = [line for line in faulty[1].splitlines() if "WARNING" in line]
    assert any(FAULTS[fault][1] in line for line in warnings), "\n".join(warnings)


def test_a_figure_that_cannot_draw_is_named(faulty):
    """IPython prints such an error and goes on; the build does not."""
    assert "a cell shows an error: ValueError: cannot draw" in faulty[1]


def test_a_chapter_without_a_title_is_named(faulty):
    assert "a chapter opens with its title, and this one has none" in faulty[1]


def test_steps_without_a_list_are_named(faulty):
    assert "no numbered list follows the figure whose steps it should show" in faulty[1]


def test_an_edit_of_the_theme_that_finds_nothing_is_named(faulty):
    """This small book folds no cell, so the edit of what opens one has nothing to do there."""
    assert "no page has what this edit is for: <summary" in faulty[1]


def test_failing_cell_fails_the_build(tmp_path):
    write(tmp_path, cell("markdown", "# A page"), cell("code", "1 / 0"))
    lay_out(tmp_path)
    code, log = build(tmp_path)
    assert code != 0 and "ZeroDivisionError" in log
