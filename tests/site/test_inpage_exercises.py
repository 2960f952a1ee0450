"""Exercises on the page: every one solvable, every verdict the notebook's, nothing hangs the page."""

import pytest
from exercise_answers.verdicts import honest
from inpage import Part, exercise
from test_pages import accessible

from classroom.exercises import all_exercises
from classroom.exercises.engine import judge
from classroom.inpage import check_code
from classroom.questions import questions

CHAPTERS = [name for name in questions.chapters()]
RIGHT = "def relu(z):\n    return np.maximum(z, 0)"


@pytest.fixture(scope="module")
def warm(browser, python_address):
    """One page with Python warm in it: warm(chapter) goes there, or gives the page that is there already."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    at = [None]

    def go(chapter):
        if at[0] != chapter:
            page.goto(f"{python_address}chapters/{chapter}.html", wait_until="load")
            at[0] = chapter
        return page

    yield go
    context.close()


def exercises_of(chapter):
    return [each for each in all_exercises() if each.chapter == chapter]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_is_solved_from_the_keyboard(warm, chapter):
    page = warm(chapter)
    page.keyboard.press("Escape")
    wanted = exercises_of(chapter)
    assert page.locator("nn-exercise").count() == len(wanted)
    for each in wanted:
        part = exercise(page, each.id)
        part.at.locator(".nn-bar").get_by_role("button", name="Write", exact=True).focus()
        page.keyboard.press("Enter")
        part.at.locator(".cm-content:focus").wait_for()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(f"{each.setup}\n{each.solution}".strip())
        page.keyboard.press("Shift+Enter")
        part.wait(each.id, "✓")
        part.at.and_(page.locator(".nn-done")).wait_for()
    done = page.locator(".question-progress").inner_text()
    assert f"All {len(wanted)} exercises of this chapter are solved" in done


def test_the_keyboard_goes_in_and_out(visit, python_address):
    """Tab reaches every button in the order in which they stand; in the editor Tab indents, Escape then Tab leaves."""
    page = visit("chapters/01_neuron.html", base=python_address)
    part = exercise(page, "leaky_relu")
    part.at.locator(".nn-bar").get_by_role("button", name="Check", exact=True).focus()
    seen = []
    for _ in range(4):
        seen.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("Tab" if len(seen) < 4 else "Enter")
    assert (seen[0], seen[2], seen[3]) == ("Check", "Solution", "Write") and seen[1].startswith("Hint 1 of"), seen
    editor = part.at.locator(".cm-content")
    part.at.locator(".cm-content:focus").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("x / 2")
    page.keyboard.press("/")  # which outside an editor opens the search
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert part.code == "    x / 2/"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not editor.evaluate("editor => editor.contains(document.activeElement)")


def as_typed(each, answer):
    """An answer of the tests' list as a reader would type it; None where it is not one of text."""
    if not isinstance(answer, str) or each.is_value and "answer =" not in answer:
        return f"answer = {answer!r}" if each.is_value and isinstance(answer, (int, float, str, tuple, list)) else None
    if each.is_value or f"def {each.id}(" in answer or f"{each.id} =" in answer:
        return f"{each.setup}\n{answer}"
    head = each.starter[: each.starter.index(":\n") + 2]
    return f"{each.setup}\n{head}    return {answer.strip()}"


def test_every_listed_answer_gets_the_verdict_that_it_gets_here(warm):
    """Solutions, starters, right variants and wrong answers of every exercise, judged in one page."""
    page = warm("01_neuron")
    exercise(page, "relu").check(RIGHT)
    listed = [(name, each, as_typed(each, answer)) for name, each, answer in honest()]
    typed = [(name, each, code) for name, each, code in listed if code]
    assert len(typed) > 450, f"{len(typed)} of {len(listed)} listed answers can be typed"
    differing = []
    for start in range(0, len(typed), 20):
        batch = typed[start : start + 20]
        found = page.evaluate(
            """async asked => {
              const { folder } = JSON.parse(document.getElementById('nn-python').textContent);
              const from = document.querySelector('script[src*="book.js"]').src;
              const python = await import(new URL(folder + 'python.mjs', from));
              const said = [];
              for (const [exercise, code] of asked) said.push(await python.check(exercise, code));
              return said;
            }""",
            [[each.id, code] for _, each, code in batch],
        )
        for (name, each, code), said in zip(batch, found, strict=True):
            wanted = check_code(each.id, code)
            if (said["kind"], said["message"]) != (wanted["kind"], wanted["message"]):
                differing.append((name, said["kind"], said["message"], wanted["kind"], wanted["message"]))
    assert not differing, "\n".join(map(str, differing))


def test_the_page_and_the_notebook_say_the_same():
    """The text of an answer against the answer itself: `check_code` adds nothing to the engine's own verdict."""
    for name, each, answer in honest():
        if name.endswith((": solution", ": wrong 0")) and (code := as_typed(each, answer)) and not each.is_value:
            wanted = judge(each, each.run(answer))
            said = check_code(each.id, code)
            assert (said["kind"], said["message"]) == (wanted.kind, wanted.message), name


HOSTILE = {
    "endless loop": ("def relu(z):\n    while True: pass", {"timeout"}),
    "endless outside": ("while True: pass", {"timeout"}),
    "exception": ("def relu(z):\n    raise ValueError('no')", {"raised"}),
    "flood": ("def relu(z):\n    for i in range(30_000): print('0123456789' * 5)\n    return np.maximum(z, 0)", {"ok"}),
    "sys.exit": ("import sys\ndef relu(z):\n    sys.exit(1)", {"raised"}),
    "exit outside": ("raise SystemExit", {"raised"}),
    # Asked for and not filled: how long that takes is the machine's.
    "1 GB": ("def relu(z):\n    np.empty(2**27)\n    return np.maximum(z, 0)", {"ok", "raised"}),
    "recursion": ("def relu(z):\n    return relu(z)", {"raised"}),
    "patched": ("np.maximum = None\ndef relu(z):\n    return z", {"value"}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_code_leaves_the_page_alive_and_the_work_kept(warm, kind):
    page = warm("01_neuron")
    part = exercise(page, "relu")
    code, wanted = HOSTILE[kind]
    answer = part.check(code)
    assert answer["kind"] in wanted, answer
    assert part.code == code
    assert page.evaluate("1 + 1") == 2
    assert exercise(page, "relu").check(RIGHT)["ok"], f"after {kind}"


def test_stop_ends_a_run_and_the_next_check_starts_anew(warm):
    page = warm("01_neuron")
    first = page.locator("nn-cell").first
    part = Part(page, f'nn-cell[data-cell="{first.get_attribute("data-cell")}"]')
    part.write("print('begun')\nwhile True: pass")
    part.press("Run")
    part.wait("begun")
    part.press("Stop")
    assert "Stopped" in part.wait("Stopped")
    assert exercise(page, "relu").check(RIGHT)["ok"]


def test_what_the_code_prints_is_shown_with_the_verdict(warm):
    page = warm("01_neuron")
    part = exercise(page, "relu")
    part.check("def relu(z):\n    print('shape', np.shape(z))\n    return np.maximum(z, 0)")
    assert "Your code printed" in part.says and "shape (" in part.says


def test_a_verdict_says_when_the_text_has_changed_since(warm):
    page = warm("01_neuron")
    part = exercise(page, "sigmoid")
    part.at.evaluate("part => part.open()")
    part.check(f"{next(e for e in exercises_of('01_neuron') if e.id == 'sigmoid').solution}")
    verdict = part.at.locator(".nn-result")
    mark = "verdict => getComputedStyle(verdict, '::before').content"
    assert verdict.evaluate(mark) == "none"
    part.at.locator(".cm-content").focus()
    page.keyboard.insert_text("#")
    assert "Before your last change" in verdict.evaluate(mark)
    part.check()
    assert verdict.evaluate(mark) == "none"


def test_hints_come_one_by_one_and_a_solution_after_asking(warm):
    page = warm("02_weights")
    each = next(e for e in exercises_of("02_weights") if len(e.hints) > 1)
    part = exercise(page, each.id)
    help_ = part.at.locator(".nn-hint")
    before = help_.count()
    page.evaluate("id => document.querySelector(`[data-exercise=${id}]`).classList.remove('nn-done')", each.id)
    part.press("Solution")
    part.wait("left. Press again")
    assert help_.count() == before
    part.press(f"Hint 1 of {len(each.hints)}")
    help_.nth(before).wait_for()
    part.press("Solution all the same")
    help_.nth(before + 1).wait_for()
    assert each.solution.split("\n")[0] in help_.last.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_editor_and_a_shown_verdict(visit, python_address, scheme):
    page = visit("chapters/01_neuron.html", base=python_address, color_scheme=scheme)
    part = exercise(page, "relu")
    part.press("Write")
    part.at.locator(".cm-content:focus").wait_for()
    part.check("def relu(z):\n    return z")
    assert part.at.locator(".nn-verdict").get_attribute("role") == "status"
    assert accessible(page) == []
    part.press("Plain text box")
    part.at.locator("textarea:focus").wait_for()
    assert accessible(page) == []


def test_a_phone_does_not_zoom_and_the_buttons_stay_in_reach(browser, python_address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(python_address + "chapters/07_backprop.html", wait_until="load")
    part = exercise(page, "mlp_backward")
    part.at.scroll_into_view_if_needed()
    part.at.locator(".nn-bar").get_by_role("button", name="Write", exact=True).tap()
    editor = part.at.locator(".cm-content:focus")
    editor.wait_for()
    assert float(editor.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 16
    editor.evaluate("editor => scrollBy(0, editor.getBoundingClientRect().bottom - 300)")
    page.wait_for_timeout(200)
    bar = part.at.locator(".nn-bar").bounding_box()
    assert 0 <= bar["y"] < 300, "the bar sticks above the text while it is written"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
