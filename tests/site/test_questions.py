"""Quick questions in a browser: each kind answers, explains, is announced, works by keyboard, and remembers."""

import json
import re

import pytest
from conftest import REFUSED

from classroom.questions import questions
from classroom.questions.page import notebook_html

# A page of its own, as a notebook shows it: two choices, a number and an order, with no site around them.
DATA = """
[[question]]
id = "one"
kind = "one"
text = 'Where is $x_1$?'
explanation = 'The explanation of one.'
[[question.option]]
text = 'here'
feedback = 'Not here.'
[[question.option]]
text = 'there'
right = true
feedback = 'There it is.'

[[question]]
id = "several"
kind = "several"
text = 'Which?'
explanation = 'The explanation of several.'
[[question.option]]
text = 'a'
right = true
feedback = 'Yes, a.'
[[question.option]]
text = 'b'
feedback = 'No, not b.'
[[question.option]]
text = 'c'
right = true
feedback = 'Yes, c.'

[[question]]
id = "number"
kind = "number"
text = 'How much?'
answer = -0.5
tolerance = 0.01
feedback = 'Half.'
otherwise = 'Try a smaller number.'
explanation = 'The explanation of number.'
[[question.mistake]]
value = 0.5
feedback = 'The sign is lost.'

[[question]]
id = "order"
kind = "order"
text = 'In which order?'
explanation = 'The explanation of order.'
[[question.step]]
text = 'forward'
feedback = 'The forward pass needs nothing before it.'
[[question.step]]
text = 'loss'
feedback = 'The loss needs the output.'
[[question.step]]
text = 'backward'
feedback = 'The backward pass needs the loss.'
"""
KINDS = ["one", "several", "number", "order"]
ORDER = ["forward", "loss", "backward"]
WHY = {
    "forward": "forward: The forward pass needs nothing before it.",
    "loss": "loss: The loss needs the output.",
    "backward": "backward: The backward pass needs the loss.",
}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    (folder / "01_test.toml").write_text(DATA, encoding="utf-8")
    body = "\n".join(notebook_html(question) for question in questions.load(folder / "01_test.toml"))
    path = folder / "page.html"
    path.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><title>x</title>{body}", encoding="utf-8")
    return path


@pytest.fixture
def page(browser, page_file):
    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_file.as_uri())
    yield page
    context.close()
    assert not errors


def find(page, name):
    return page.locator(f"#question-{name}")


def check(box):
    box.get_by_role("button", name="Check", exact=True).click()
    return box.get_by_role("status").inner_text()


def test_a_wrong_answer_is_explained_and_can_be_tried_again(page):
    box = find(page, "one")
    assert box.locator("details").is_hidden()
    assert check(box) == "Choose an answer first."
    assert box.locator("details").is_hidden()
    box.get_by_label("here", exact=True).check()
    assert check(box) == "✗ Not this one. Not here."
    assert "✗ not this one" in box.get_by_role("listitem").first.inner_text()
    box.get_by_label("there", exact=True).check()
    assert box.get_by_role("status").inner_text() == "", "an old verdict stays beside a new choice"
    assert check(box) == "✓ Right. There it is."
    assert box.get_by_text("The explanation of one.").first.is_visible()
    assert "answered" in box.locator("legend").inner_text()
    assert box.get_by_text("Show the answer").is_visible()


def test_several(page):
    box = find(page, "several")
    box.get_by_label("a", exact=True).check()
    assert check(box).startswith("✗ Not complete: what you chose is right, but something is missing.")
    box.get_by_label("b", exact=True).check()
    said = check(box)
    assert said.startswith("✗ 1 of your 2 does not belong. Something is missing too.")
    assert "✓ a: Yes, a." in said and "✗ b: No, not b." in said and "Yes, c." not in said
    box.get_by_label("b", exact=True).uncheck()
    box.get_by_label("c", exact=True).check()
    assert check(box).startswith("✓ Right, and complete.")


def test_a_number_in_every_way_of_writing_it(page):
    box = find(page, "number")
    ways = "-0.5|−0.5|–0,5|-.5|-1/2| - 1 / 2 |-½|-5e-1|-5×10^-1|-5·10⁻¹|-50 %|z = -0.5|-0.495|-0,51"
    for typed in ways.split("|"):
        box.get_by_label("Your answer").fill(typed)
        assert check(box) == "✓ Right. Half.", typed


def test_another_number(page):
    unread = ["half", "1/0", "1 2", "--5", "1e999", "<b>1</b>", "1½", "-2 ¼"]
    sentences = {
        "0.5": "✗ Not this number. The sign is lost.",
        "1/2": "✗ Not this number. The sign is lost.",
        "-0.52": "✗ Not this number. Try a smaller number.",
        "7": "✗ Not this number. Try a smaller number.",
        "": "Type a number first.",
    } | {typed: f"“{typed}” could not be read as a number. Write it like −0.5, 1/3 or 2e−4." for typed in unread}
    box = find(page, "number")
    field = box.get_by_label("Your answer")
    for typed, said in sentences.items():
        field.fill(typed)
        field.press("Enter")
        assert box.get_by_role("status").inner_text() == said
        assert (field.get_attribute("aria-invalid") == "true") == (typed in unread)


def test_what_a_typed_number_may_mean(page):
    meant = {
        "13002": [13002],
        "13,002": [13.002, 13002],
        "13 002": [13002],
        "13.002": [13.002, 13002],
        "1,234,567.5": [1234567.5],
        "1.234.567,5": [1234567.5],
        "2e-4": [0.0002],
        "10^-4": [0.0001],
        "95%": [0.95, 95],
        "+3": [3],
    } | dict.fromkeys(["1,2,3", "0x10", "1/2/3", "NaN", "e", "Infinity", "2+2"], [])
    for typed, values in meant.items():
        assert sorted(page.evaluate("text => customElements.get('nn-question').numbers(text)", typed)) == values, typed


def test_steps_are_put_in_order_by_keyboard(page):
    box = find(page, "order")
    steps = box.locator(".question-order > li")
    assert [step.locator(".question-option").inner_text() for step in steps.all()] != ORDER
    assert check(box).startswith("✗ ")
    for place, name in enumerate(ORDER):
        button = box.get_by_role("button", name=f"Move up {name}")
        button.focus()
        for _ in range(3):
            at = [step.locator(".question-option").inner_text() for step in steps.all()].index(name)
            if at == place:
                break
            page.keyboard.press("Enter")
            assert button.evaluate("button => button === document.activeElement"), "the focus is lost on a move"
            assert box.locator("[aria-live=polite]").inner_text() == f"Now step {at} of 3."
    assert box.get_by_role("button", name="Move up forward").get_attribute("aria-disabled") == "true"
    assert check(box) == "✓ Right, every step is in its place."


def test_the_first_step_out_of_place_is_explained(page):
    box = find(page, "order")
    shown = box.locator(".question-order > li .question-option").all_inner_texts()
    place = next(at for at, (name, wanted) in enumerate(zip(shown, ORDER, strict=True)) if name != wanted)
    said = check(box)
    assert said.startswith("✗ The first step is" + (" in place; step 2 is not." if place else " not in its place yet."))
    assert said.endswith(WHY[shown[place]])


def test_everything_by_keyboard(page):
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert find(page, "one").get_by_role("status").inner_text().startswith("✓ Right.")
    assert page.evaluate("document.activeElement.textContent") == "Check"


def test_a_group_is_named_by_its_question(page):
    assert page.get_by_role("group", name=re.compile(r"Quick question.*How much\?")).count() == 1
    assert page.locator("[role=status]").count() == 4


def test_maths_that_nothing_typesets_is_shown_as_text(page):
    maths = find(page, "one").locator(".question-text .question-maths")
    assert maths.inner_text() == "$x_1$"
    page.wait_for_function("!document.querySelector('.question-maths').textContent.includes('$')")
    assert maths.inner_text() == "x₁"


def test_what_was_answered_is_remembered_and_nothing_else(page):
    box = find(page, "one")
    box.get_by_label("here", exact=True).check()
    check(box)
    box.get_by_label("there", exact=True).check()
    check(box)
    page.reload()
    assert "answered" in find(page, "one").locator("legend").inner_text()
    assert "answered" not in find(page, "several").locator("legend").inner_text()
    saved = page.evaluate("Object.entries(localStorage)")
    assert saved == [["nnlib.questions", '{"version":1,"answers":{"one":{"tries":2,"right":true,"missed":true}}}']]


def test_what_an_older_edition_kept_under_the_chapters_name_is_still_known(page):
    old = '{"version":1,"answers":{"07_test/one":{"tries":2,"right":true}}}'
    page.evaluate("text => localStorage.setItem('nnlib.questions', text)", old)
    page.reload()
    assert "answered" in find(page, "one").locator("legend").inner_text()


def test_strange_storage_does_no_harm(page):
    for saved in ["", "null", "7", "{", "[]", '{"version":9,"answers":{}}', '{"version":1,"answers":[[1]]}']:
        page.evaluate("text => localStorage.setItem('nnlib.questions', text)", saved)
        page.reload()
        box = find(page, "one")
        assert "answered" not in box.locator("legend").inner_text()
        box.get_by_label("there", exact=True).check()
        assert check(box).startswith("✓ Right.")


def test_what_a_later_edition_has_kept_stays_as_it_is(page):
    later = '{"version":2,"answers":"other"}'
    page.evaluate("text => localStorage.setItem('nnlib.questions', text)", later)
    page.reload()
    box = find(page, "one")
    box.get_by_label("there", exact=True).check()
    assert check(box).startswith("✓ Right.") and "answered" in box.locator("legend").inner_text()
    assert page.evaluate("localStorage.getItem('nnlib.questions')") == later


def test_in_a_frame_that_may_submit_nothing_questions_still_answer(page, page_file):
    page.set_content(f'<iframe sandbox="allow-scripts" src="{page_file.as_uri()}"></iframe>')
    box = page.frame_locator("iframe").locator("#question-number")
    box.get_by_label("Your answer").fill("-0.5")
    assert check(box) == "✓ Right. Half."
    box.get_by_label("Your answer").fill("0.5")
    box.get_by_label("Your answer").press("Enter")
    assert box.get_by_role("status").inner_text() == "✗ Not this number. The sign is lost."


def test_with_storage_off_questions_still_answer(browser, page_file):
    context = browser.new_context()
    context.add_init_script(REFUSED)
    page = context.new_page()
    page.goto(page_file.as_uri())
    box = find(page, "one")
    box.get_by_label("there", exact=True).check()
    assert check(box).startswith("✓ Right.") and "answered" in box.locator("legend").inner_text()
    context.close()


def test_paper_has_the_question_and_no_answer(page):
    box = find(page, "one")
    box.get_by_label("there", exact=True).check()
    check(box)
    box.get_by_text("Show the answer").click()
    page.emulate_media(media="print")
    shown = box.evaluate("box => box.innerText")
    assert "Where is" in shown and "there" in shown
    assert not re.search("✓|✗|answer|There it is|explanation", shown)
    assert box.locator("input").first.is_hidden() and box.locator("button").is_hidden()


def test_without_javascript_the_answer_is_in_a_closed_fold(browser, page_file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    for name in KINDS:
        box = find(page, name)
        assert box.locator("input, button").count() == 0, "a control that does nothing"
        assert box.get_by_text(f"The explanation of {name}.").is_hidden()
        box.locator("summary").click()
        assert box.get_by_text(f"The explanation of {name}.").is_visible()
    assert find(page, "one").get_by_text("✓ right").count() == 1
    context.close()


# On the site


@pytest.fixture(scope="module")
def asked(site):
    """{page: number of questions} of the built site."""
    found = {}
    for path in sorted(site.glob("chapters/*.html")):
        count = path.read_text(encoding="utf-8").count("<nn-question ")
        if count:
            found[path.relative_to(site).as_posix()] = count
    if not found:
        pytest.skip("no chapter of this site asks a question yet")
    return found


def right_choice(box):
    """Answer a question as its own data say."""
    asked = questions.ask(box.get_attribute("data-key"))
    if asked.kind == "number":
        box.locator("input").fill(repr(asked.answer))
    elif asked.kind == "order":
        for part in asked.parts:
            place = asked.parts.index(part)
            at = box.locator(".question-order li").evaluate_all("all => all.map(item => +item.dataset.place)")
            for _ in range(at.index(place) - place):
                box.locator(f".question-order li[data-place='{place}'] .question-move").first.click()
    else:
        for place, part in enumerate(asked.parts):
            if part.right:
                box.locator("form input").nth(place).check()


def test_every_question_of_every_chapter_answers(visit, asked):
    for path, count in asked.items():
        page = visit(path)
        assert page.locator("nn-question form").count() == count
        for box in page.locator("nn-question").all():
            right_choice(box)
            assert check(box).startswith("✓ Right"), box.get_attribute("id")
            assert "$" not in box.inner_text().replace("\\$", ""), f"maths is not typeset in {box.get_attribute('id')}"
        whole = count + page.locator("nn-exercise").count()
        assert page.locator("nav .current .question-count [aria-hidden]").inner_text() == f"{count}/{whole}"
        assert page.locator(".question-progress").inner_text().startswith(f"All {count} quick questions")


def test_progress_beside_the_chapter(visit, asked):
    path, count = next(iter(asked.items()))
    page = visit(path)
    assert page.locator(".question-count").count() == 0
    box = page.locator("nn-question").first
    whole = count + page.locator("nn-exercise").count()
    right_choice(box)
    check(box)
    assert page.locator(".question-count [aria-hidden]").first.inner_text() == f"1/{whole}"
    assert f"1 of {count} answered" in page.locator(".question-progress").inner_text()
    page.goto(page.url.split("chapters/")[0] + "index.html")
    assert page.locator(".question-count [aria-hidden]").first.inner_text() == f"1/{whole}"


def test_answers_are_saved_loaded_and_erased(visit, asked, site, tmp_path):
    control = next((p for p in sorted(site.glob("*.html")) if "question-store" in p.read_text(encoding="utf-8")), None)
    if control is None:
        pytest.skip("no page of this site has the control yet")
    page = visit(next(iter(asked)))
    box = page.locator("nn-question").first
    right_choice(box)
    check(box)
    page.goto(page.url.split("chapters/")[0] + control.name)
    store = page.locator(".question-store")
    total = sum(asked.values())
    assert f"Done so far: 1 of {total} questions, 0 of" in store.inner_text()
    with page.expect_download() as download:
        store.get_by_role("button", name="Save to a file").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text(encoding="utf-8"))["format"] == "weights and biases: a reader's work"

    store.get_by_role("button", name="Erase").click()
    assert "1 of" in store.inner_text(), "erased without asking"
    store.get_by_role("button", name="Erase for good").click()
    assert f"Done so far: 0 of {total} questions" in store.inner_text()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('nnlib.questions'))") == []
    assert page.locator(".question-count").count() == 0

    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format": "something else"}', encoding="utf-8")
    store.get_by_label("Load from a file").set_input_files(wrong)
    store.get_by_text("wrong.json is not a file saved here; nothing was changed.").wait_for()
    store.get_by_label("Load from a file").set_input_files(saved)
    store.get_by_text(f"Done so far: 1 of {total} questions").wait_for()
    assert page.locator(".question-count").count() == 1


def test_when_all_that_was_chosen_is_wrong_it_is_said(visit):
    box = visit("chapters/01_neuron.html").locator("#question-what-moves-on-the-curve")
    for name in ("the slope of the line on the left", "the shape or the place of the curve on the right"):
        box.get_by_role("checkbox", name=name).check()
    assert check(box).startswith("✗ None of your 2 belongs. Something is missing too.")
