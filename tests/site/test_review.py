"""Questions that stick: a missed one comes back at its page's end, an answered one after days on the Review page."""

import json
import re
from datetime import date, timedelta

import pytest
from conftest import REFUSED
from record_py_fsrs import RECORDED
from test_pages import PHONE, accessible
from test_questions import right_choice

from classroom.questions import ask

CHAPTER = "chapters/08_checking.html"
START = date(2026, 3, 5)  # a Thursday
KEY = "nn.work / reviewed"  # the site's path, then the list


def on(page, days=0):
    """The same page is looked at again, so many days after the start, at noon where the reader is."""
    page.clock.set_fixed_time(f"{START + timedelta(days=days)}T12:00:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def known(page, answered):
    """Give the browser answers of earlier days: {question: [(day before today, right), …]}."""
    log = [[name, str(START - timedelta(days=ago)), right] for name, days in answered.items() for ago, right in days]
    entry = {"v": 1, "code": json.dumps(log), "starter": "", "time": 1, "past": []}
    page.evaluate("([key, entry]) => localStorage.setItem(key, JSON.stringify(entry))", [KEY, entry])
    on(page)


def log(page):
    entry = page.evaluate("key => JSON.parse(localStorage.getItem(key))", KEY)
    return [tuple(item) for item in json.loads(entry["code"])]


def said(page):
    return page.locator(".review > p[role=status]").first.inner_text()


def of_chapters(page, *numbers):
    """The questions of some chapters, in their order."""
    pages = page.evaluate("JSON.parse(document.getElementById('question-index').textContent).questions")
    return [names for name, names in pages.items() if int(name[9:11]) in numbers]


def answer(box, right=True):
    """Answer a question as its own data say, or as they say one should not."""
    question = ask(box.get_attribute("data-key"))
    if question.kind == "several":
        box.locator("form").evaluate("form => form.reset()")
    if right:
        right_choice(box)
    elif question.kind == "number":
        box.locator("input").fill(repr(question.parts[0].value))
    elif question.kind != "order":  # steps are shown in a wrong order
        box.locator("form input").nth([part.right for part in question.parts].index(False)).check()
    box.get_by_role("button", name="Check", exact=True).click()


def begin(page):
    page.get_by_role("button", name=re.compile("^Begin")).click()
    page.locator(".review nn-question form").wait_for()
    return page.locator(".review nn-question")


# ---------------------------------------------------------------------------------------------- at the page's end


def test_a_missed_question_comes_back_at_the_end_of_its_page(visit):
    page = visit(CHAPTER)
    box, again = page.locator("nn-question").first, page.locator("details.question-again")
    answer(page.locator("nn-question").nth(1))
    assert again.count() == 0  # nothing was missed
    answer(box, right=False)
    assert again.inner_text() == "Once more: one question of this page that you missed"
    answer(box)  # right after the reason was read: it comes back all the same
    page.reload(wait_until="load")
    again.locator("> summary").click()
    copy = again.locator("nn-question")
    assert copy.locator(".question-text").inner_text() == box.locator(".question-text").inner_text()
    assert copy.locator("input:checked").count() == 0 and "answered" not in copy.locator("legend").inner_text()
    answer(copy, right=False)
    assert copy.get_by_role("status").inner_text().startswith("✗ ")
    assert accessible(page, ".question-again") == []
    answer(copy)
    assert copy.get_by_role("status").inner_text().startswith("✓ ")  # its reason can be read as long as one likes
    again.locator("> summary").click()
    again.wait_for(state="detached")
    page.reload(wait_until="load")
    assert again.count() == 0


def test_several_missed_ones_come_back_one_at_a_time(visit):
    page = visit(CHAPTER)
    for place in (0, 1):
        answer(page.locator("nn-question").nth(place), right=False)
    again = page.locator("details.question-again")
    again.locator("> summary").click()
    copy = again.locator("nn-question")
    assert copy.count() == 1 and again.get_by_role("button", name="The next one").is_hidden()
    first = copy.get_attribute("data-key")
    answer(copy)
    again.get_by_role("button", name="The next one").click()
    assert copy.count() == 1 and copy.get_attribute("data-key") != first
    assert copy.evaluate("copy => copy.contains(document.activeElement)")


# ---------------------------------------------------------------------------------------------- what is due


def test_nothing_is_due_where_nothing_was_answered(visit):
    page = visit("review.html")
    assert said(page).startswith("Nothing is due: you have not answered a question")
    assert page.locator(".review button").locator("visible=true").count() == 0
    page.get_by_role("link", name="To the first chapter").click()
    page.wait_for_url("**/chapters/01_neuron.html")


def test_an_answer_in_a_chapter_comes_back_after_days(visit):
    page = visit(CHAPTER)
    on(page)
    missed, right = page.locator("nn-question").nth(0), page.locator("nn-question").nth(1)
    names = [box.get_attribute("data-key") for box in (missed, right)]
    answer(missed, right=False)
    answer(missed)  # only the first answer counts
    answer(right)
    assert log(page) == [(names[0], str(START), False), (names[1], str(START), True)]
    page.locator(".question-progress").get_by_role("link", name="Review").click()
    page.wait_for_url("**/review.html")
    assert said(page) == "Nothing is due today. 2 questions will come back, the next tomorrow."
    on(page, 1)
    assert said(page) == "1 question is due today. After that the next is due on Sunday 8 March, in 2 days."
    box = begin(page)
    assert box.get_attribute("data-key") == names[0] and page.get_by_text("Question 1 of 1").is_visible()
    answer(box)
    page.get_by_text("It comes back on").wait_for()
    assert page.locator(".review").get_by_role("link").get_attribute("href").endswith(f"{CHAPTER}#question-{names[0]}")
    page.get_by_role("button", name="Done").click()
    assert said(page).startswith("That was a sitting of 1 question, 1 answered right at once. Nothing is due today.")
    on(page, 3)
    box = begin(page)
    page.get_by_role("button", name="I don’t know").click()
    assert (
        box.locator("details").get_attribute("open") is not None
        and page.get_by_text("comes back tomorrow").is_visible()
    )
    assert not box.get_by_role("button", name="Check").is_visible()
    assert log(page)[-1] == (names[1], str(START + timedelta(days=3)), False)


def test_one_answered_before_days_were_noted_is_due(visit):
    page = visit("review.html")
    [[first, *_]] = of_chapters(page, 3)
    old = json.dumps({"version": 1, "answers": {first: {"tries": 1, "right": True}}})
    page.evaluate("text => localStorage.setItem('nnlib.questions', text)", old)
    on(page)
    assert said(page) == "1 question is due today."


def test_ten_make_a_sitting_and_chapters_take_turns(visit):
    page = visit("review.html")
    names = [name for chapter in of_chapters(page, 2, 5, 9) for name in chapter[:5]]
    known(page, {name: [(9, True)] for name in names})
    assert said(page) == "15 questions are due today. 10 of them make a sitting."
    box, chapters = begin(page), []
    for place in range(1, 11):
        page.get_by_text(f"Question {place} of 10", exact=True).wait_for()
        page.get_by_role("button", name="I don’t know").click()
        chapters.append(page.locator(".review a").inner_text())
        page.get_by_role("button", name="Next question" if place < 10 else "Done", exact=True).click()
    assert all(one != other for one, other in zip(chapters, chapters[1:], strict=False)), chapters
    assert box.count() == 0
    assert said(page).startswith(
        "That was a sitting of 10 questions, 0 answered right at once. 5 questions are due today."
    )
    begin(page)
    assert page.get_by_text("Question 1 of 5").is_visible()


def test_days_are_those_of_py_fsrs(visit):
    """The same memory after every answer; a right answer waits as long, or up to two days more: ts-fsrs, which knows
    four grades, keeps their days apart."""
    histories = json.loads(RECORDED.read_text(encoding="utf-8"))
    page = visit("review.html")
    on(page)
    memories = page.evaluate(
        """histories => histories.map(rows => {
            const schedule = FSRS.fsrs({ request_retention: 0.9, enable_short_term: false, enable_fuzz: false });
            let card = FSRS.createEmptyCard(new Date(0));
            return rows.map(([day, right]) => {
                ({ card } = schedule.next(card, new Date(day * 864e5), right ? 3 : 1));
                return [card.stability, card.difficulty];
            });
        })""",
        histories,
    )
    waits = page.evaluate(
        """([key, histories, [name]]) => histories.map(rows => rows.map(([last], place) => {
            const day = ago => new Date(Date.now() - ago * 864e5).toISOString().slice(0, 10);
            const code = JSON.stringify(rows.slice(0, place + 1).map(([at, right]) => [name, day(last - at), right]));
            localStorage.setItem(key, JSON.stringify({ v: 1, code, starter: "", time: 1, past: [] }));
            document.dispatchEvent(new Event("nn-reviewed"));
            const said = document.querySelector(".review > [role=status]").textContent;
            return said.includes("tomorrow") ? 1 : +/in (\\d+) days/.exec(said)?.[1];
        }))""",
        [KEY, histories, of_chapters(page, 1)[0]],
    )
    assert waits[0] == [3, 14, 57, 196]
    for rows, memory, waited in zip(histories, memories, waits, strict=True):
        for (_, right, *same, days), ours, wait in zip(rows, memory, waited, strict=True):
            assert ours == pytest.approx(same, rel=1e-6)
            assert days <= wait <= days + 2 * right


# ---------------------------------------------------------------------------------------------- the questions


def test_every_question_is_asked_as_its_chapter_shows_it(site, visit):
    page = visit("review.html")
    address = page.locator(".review").get_attribute("data-questions")
    text = (site / address.split("?")[0]).read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.nnQuestions = ").removesuffix(";\n"))
    chapters = [path.read_text(encoding="utf-8") for path in sorted(site.glob("chapters/*.html"))]
    assert len(data["questions"]) == sum(html.count("<nn-question ") for html in chapters)
    for name, html in data["questions"].items():
        assert f'data-key="{name}"' in html and any(html in chapter for chapter in chapters), name


def test_answered_by_keyboard_alone(visit):
    page = visit("review.html")
    [names] = of_chapters(page, 1)
    name = next(name for name in names if ask(name).kind == "one")
    known(page, {name: [(9, True)]})
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Question 1 of 1").wait_for()
    assert page.evaluate("document.activeElement.textContent").startswith("Question 1 of 1, from 1. ")
    page.keyboard.press("Tab")  # the link to its place
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range([part.right for part in ask(name).parts].index(True)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("nn-question").get_by_role("status").inner_text().startswith("✓ Right.")
    while page.evaluate("document.activeElement.textContent") != "Done":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent").startswith("That was a sitting of 1 question")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_in_every_state(visit, scheme):
    page = visit("review.html", color_scheme=scheme, reduced_motion="reduce", **PHONE)
    names = of_chapters(page, 1)[0][:2]
    known(page, {name: [(9, True)] for name in names})
    states = [accessible(page)]
    box = begin(page)
    states.append(accessible(page))
    answer(box, right=False)
    page.get_by_role("button", name="Next question").wait_for()
    states.append(accessible(page))
    assert states == [[], [], []]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert box.locator("xpath=..").locator("button:visible").evaluate_all("all => all.every(b => b.offsetHeight >= 44)")


# ---------------------------------------------------------------------------------------------- nothing is lost


def test_two_tabs_lose_nothing(visit):
    page = visit("review.html")
    names = of_chapters(page, 1)[0][:3]
    known(page, {name: [(9, True)] for name in names})
    other = page.context.new_page()
    other.clock.set_fixed_time(f"{START}T12:00:00")
    other.goto(page.url, wait_until="load")
    for tab in (page, other):
        tab.bring_to_front()
        begin(tab)
    for tab in (page, other):  # both ask the first; the second answer of a day does not count
        tab.bring_to_front()
        answer(tab.locator(".review nn-question"), right=tab is page)
        tab.get_by_role("button", name="Next question").click()
    answer(page.locator(".review nn-question"))
    answer(other.locator(".review nn-question"), right=False)
    today = [item for item in log(page) if item[1] == str(START)]
    assert today == [(names[0], str(START), True), (names[1], str(START), True)]
    other.get_by_role("button", name="Next question").click()
    assert other.locator(".review nn-question").get_attribute("data-key") == names[2]


def test_all_of_it_is_in_the_one_file(visit, tmp_path):
    page = visit("review.html")
    names = of_chapters(page, 1)[0][:3]
    known(page, {names[0]: [(2, True)], names[1]: [(9, True)]})
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    download.value.save_as(tmp_path / "work.json")
    assert "2 dates for Review" in page.locator(".question-store").inner_text()
    other = visit("review.html")
    known(other, {names[0]: [(2, False)], names[2]: [(1, True)]})  # a day on which it was missed once counts as missed
    other.get_by_label("Load from a file").set_input_files(tmp_path / "work.json")
    other.get_by_text("what was here is kept too").wait_for()
    assert said(other).startswith("2 questions are due today. After that")
    assert len(log(other)) == 4
    other.get_by_role("button", name="Erase").click()
    other.get_by_role("button", name="Erase for good").click()
    assert said(other).startswith("Nothing is due: you have not answered")


def test_a_browser_that_keeps_nothing_is_told_of(browser, address):
    context = browser.new_context()
    context.add_init_script(REFUSED)
    page = context.new_page()
    page.goto(address + "review.html", wait_until="load")
    assert said(page) == "This browser keeps nothing for this page, so no question can come back."
    assert page.locator(".review button").locator("visible=true").count() == 0
    context.close()


def test_strange_storage_does_no_harm(visit):
    page = visit("review.html")
    for code in ["", "7", "[[]]", '[["a", "2026-99-99", true]]', '[["gone-from-the-book", "2026-01-01", true]]']:
        entry = json.dumps({"v": 1, "code": code})
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, entry])
        on(page)
        assert said(page).startswith("Nothing is due")
    page.evaluate("key => localStorage.setItem(key, '{\"v\": 2}')", KEY)
    on(page)
    assert "newer edition" in said(page)


# ---------------------------------------------------------------------------------------------- without the network


def test_questions_that_do_not_come_are_told_of(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "review.html", wait_until="load")
    known(page, {of_chapters(page, 1)[0][0]: [(9, True)]})
    context.route("**/review-questions.js*", lambda route: route.abort())
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("The questions could not be fetched. Is the network there?").wait_for()
    context.unroute("**/review-questions.js*")
    begin(page)
    context.close()


def test_it_works_from_a_folder(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "review.html").as_uri(), wait_until="load")
    [[first, *_]] = of_chapters(page, 1)
    old = json.dumps({"version": 1, "answers": {first: {"tries": 1, "right": True}}})
    page.evaluate("text => localStorage.setItem('nnlib.questions', text)", old)
    on(page)
    answer(begin(page))
    page.get_by_text("It comes back on").wait_for()
    context.close()


def test_without_javascript_it_says_what_it_would_do(visit):
    page = visit("review.html", java_script_enabled=False)
    box = page.locator(".review")
    assert box.inner_text().startswith("With JavaScript off nothing is kept")
    assert box.locator("a").count() >= 10 and box.locator("button").count() == 0
