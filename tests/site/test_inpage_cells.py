"""Code cells run on the page: they print what the book prints, figures come alive, errors are a sentence."""

import json
import re

import pytest
from inpage import Part, cell
from notebooks import CHAPTERS as NOTEBOOKS
from notebooks import printed

from classroom.questions import questions

CHAPTERS = [name for name in questions.chapters()]


@pytest.fixture
def page(visit, python_address):
    return visit("chapters/01_neuron.html", base=python_address)


ROUNDING = re.compile(r"\b\d(\.\d+)?e-(0[7-9]|[1-9]\d)\b")  # what is left over in float64: another on another processor
SPREAD = re.compile(r"(\d+\.\d+) ± (\d+\.\d+)")


def same(found, wanted):
    """Whether two lines say the same: a mean over several trainings may differ, but by less than its spread.

    Rounding differs between processors in the last digit, and a long training makes more of it.
    """
    pairs = list(zip(SPREAD.findall(found), SPREAD.findall(wanted), strict=False))
    near = all(abs(float(a) - float(b)) <= max(float(s), float(t)) for (a, s), (b, t) in pairs)
    return found == wanted or near and SPREAD.sub("…", found) == SPREAD.sub("…", wanted)


def differing(found, wanted):
    found, wanted = lines(found), lines(wanted)
    return len(found) != len(wanted) or not all(map(same, found, wanted))


def lines(text):
    return [ROUNDING.sub("…", line.rstrip()) for line in text.strip().splitlines() if line.strip()]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapters_cells_print_what_the_book_prints(browser, python_address, chapter):
    stored = json.loads((NOTEBOOKS / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    book = {each["id"]: each for each in stored if each["cell_type"] == "code"}
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{python_address}chapters/{chapter}.html", wait_until="load")
    names = page.locator("nn-cell").evaluate_all("cells => cells.map(cell => cell.dataset.cell)")
    assert set(names) <= set(book) and len(names) >= 5
    wrong = []
    for name in names:
        found = Part(page, f'nn-cell[data-cell="{name}"]').run()
        if "nbval-ignore-output" in book[name]["metadata"].get("tags", []):
            found["text"] = printed(book[name])
        if found["error"] or differing(found["text"], printed(book[name])):
            wrong.append((name, found["error"], found["text"], printed(book[name])))
    context.close()
    assert not wrong, "\n".join(map(str, wrong))


def test_running_a_cell_runs_those_above_it_first_once_and_in_order(page):
    count = page.locator("nn-cell").count()
    parts = [cell(page, number) for number in range(min(4, count))]
    parts[0].write("log = ['a']")
    parts[1].write("log.append('b')")
    parts[2].write("log.append('c')")
    assert parts[3].run("print(log)")["text"] == "['a', 'b', 'c']\n"
    assert parts[3].run("print(log)")["text"] == "['a', 'b', 'c']\n"
    parts[1].write("log.append('changed')")
    assert parts[3].run("print(log)")["text"] == "['a', 'b', 'c', 'changed']\n"  # as in a notebook: it runs again


def test_an_error_is_one_sentence_with_the_readers_line(page):
    part = cell(page)
    found = part.run("x = 1\ny = x + z")
    assert found["error"] == "NameError: name 'z' is not defined (line 2: `y = x + z`)."
    assert "line 2" in part.at.locator(".nn-error").inner_text()


def test_an_error_above_is_said_and_nothing_else_runs(page):
    cell(page, 0).write("1 / 0")
    found = cell(page, 2).run("print('never')")
    assert "A cell above did not run" in found["error"] and "never" not in found["text"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plot_is_a_picture_in_the_pages_colours(visit, python_address, scheme):
    page = visit("chapters/01_neuron.html", base=python_address, color_scheme=scheme)
    part = cell(page)
    found = part.run("import matplotlib.pyplot as plt\nplt.plot([0, 1], [0, 1])\nplt.show()")
    assert found["text"] == ""  # nor a warning that a window is missing
    drawn = part.at.locator(".nn-output svg")
    assert drawn.count() == 1
    text = drawn.locator("text, use").first
    colour = text.evaluate("element => getComputedStyle(element).fill")
    bright = sum(int(part) for part in colour[4:-1].split(",")[:3]) / 3
    assert (bright > 128) == (scheme == "dark"), colour
    paper = drawn.locator("path").first.evaluate("element => getComputedStyle(element).fill")
    assert paper == page.evaluate("getComputedStyle(document.body).backgroundColor") or paper == "none"


CODE = """
from classroom import explore

@explore(w=(0, 10))
def line(ax, w=1):
    "A line."
    ax.plot([0, 1], [0, w])
    return f"it ends at {w}"
"""


def test_a_figure_that_was_changed_answers_its_slider(page):
    part = cell(page)
    assert "it ends at 1" in part.run(CODE)["text"]
    slider = part.at.locator("nn-explore input[type=range]")
    first = part.at.locator(".nn-frame svg").evaluate("svg => svg.outerHTML")
    slider.focus()
    page.keyboard.press("End")
    part.at.get_by_text("it ends at 10").wait_for()
    assert part.at.locator(".nn-frame svg").evaluate("svg => svg.outerHTML") != first


def test_a_figure_that_fails_at_one_end_says_so_in_a_sentence(page):
    part = cell(page)
    assert part.run(CODE.replace("[0, w]", "[0, 1 / (10 - w)]"))["error"] == ""
    part.at.locator("nn-explore input[type=range]").focus()
    page.keyboard.press("End")
    said = part.at.get_by_text("line could not draw at w = 10")
    said.wait_for()
    assert "ZeroDivisionError" in said.inner_text() and "File" not in said.inner_text()


def test_a_changed_figure_stands_where_the_books_stood_with_its_caption(page):
    number = page.locator("nn-cell").evaluate_all("cells => cells.findIndex(cell => cell.querySelector('nn-explore'))")
    part = cell(page, number)
    before = part.at.locator("figcaption").inner_text()
    assert part.run(part.code.replace("w1=2", "w1=1") + "\n")["error"] == ""
    assert part.at.locator("nn-explore").count() == 1 and part.at.locator("figcaption").inner_text() == before
    above = part.at.locator("nn-explore").bounding_box()["y"] < part.at.locator("summary").first.bounding_box()["y"]
    assert above
    assert part.at.locator("summary").first.evaluate(
        "s => getComputedStyle(s.querySelector('span'), '::after').content"
    ) == ('" (changed by you)"')


def test_a_figure_as_the_book_has_it_keeps_its_frames(page):
    """A cell that was not changed draws what stands there already: the figure stays, with all its frames."""
    number = page.locator("nn-cell").evaluate_all("cells => cells.findIndex(cell => cell.querySelector('nn-explore'))")
    part = cell(page, number)
    part.press("Run")  # as a reader does, with the code unfolded
    part.wait("the figure that stands here")
    assert "the figure that stands here" in part.says
    assert part.at.locator("nn-explore").count() == 1


def test_the_books_version_comes_back_with_its_output(page):
    number = page.locator("nn-cell").evaluate_all("cells => cells.findIndex(cell => cell.querySelector('.output pre'))")
    part = cell(page, number)
    before, shown = part.code, part.at.locator(".cell_output").inner_text()
    assert shown.strip()
    part.run("print('mine')")
    assert "mine" in part.at.locator(".nn-output").inner_text() and part.at.locator(".cell_output").count() == 0
    part.press("Back to the book’s version")
    part.becomes(before)
    assert part.at.locator(".nn-output").inner_text() == ""
    assert part.at.locator(".cell_output").inner_text() == shown


def test_questions_checks_and_bars_work_in_a_cell(page):
    part = cell(page)
    code = (
        "from classroom import ask, check\nimport numpy as np\nimport nnlib\n"
        "def relu(z):\n    return np.maximum(z, 0)\n"
        "print(check(relu))\n"
        "X, y = nnlib.moons(40, seed=0)\nnet = nnlib.Network([nnlib.Linear(2, 2, rng=0)])\n"
        "h = nnlib.fit(net, nnlib.SoftmaxCrossEntropy(), nnlib.SGD(net.parameters(), 0.1), X, y, epochs=3, rng=0)\n"
        "ask('order-of-one-neuron')"
    )
    found = part.run(code)
    assert found["error"] == "" and "right" in found["text"] and "Quick question" in found["text"]
    assert "epochs" not in found["text"]  # a progress bar is shown while it runs and is no output


def test_a_flood_of_output_is_cut_and_the_page_answers(page):
    part = cell(page)
    page.evaluate("""() => {
      let before = performance.now();
      window.slowest = 0;
      const tick = now => { slowest = Math.max(slowest, now - before); before = now; requestAnimationFrame(tick); };
      requestAnimationFrame(tick);
    }""")
    found = part.run("for i in range(200_000): print('0123456789')")
    assert found["text"].rstrip().endswith("characters in all)") and len(found["text"]) < 120_000
    assert page.evaluate("slowest") < 2000
