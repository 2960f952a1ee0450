"""What a reader writes is never lost: storage full, refused or corrupt, two tabs, new editions, a closed tab."""

import json

import pytest
from conftest import REFUSED, opened
from inpage import cell, exercise
from playwright.sync_api import Error

PAGE = "chapters/01_neuron.html"
MINE = "def relu(z):\n    return z  # mine"
KEY = "nn.work / relu"  # the site's path, then the exercise


@pytest.fixture
def context(browser, python_address):
    context = browser.new_context(accept_downloads=True)
    context.tab = lambda path=PAGE: opened(context, python_address + path)
    yield context
    context.close()


def stored(page, key=KEY):
    text = page.evaluate("key => localStorage.getItem(key)", key)
    return text and json.loads(text)


def kept(page, code, name="relu"):
    """After the pause in which it is kept."""
    is_kept = "([key, code]) => localStorage.getItem(key)?.includes(JSON.stringify(code))"
    page.wait_for_function(is_kept, arg=[KEY.replace("relu", name), code])


def write(page, code=MINE, name="relu"):
    part = exercise(page, name)
    part.write(code)
    kept(page, code, name)
    return part


def note(part):
    return part.at.locator(".nn-work").inner_text()


def test_it_is_there_after_a_reload_and_after_a_closed_tab(context):
    page = context.tab()
    write(page)
    page.reload(wait_until="load")
    assert exercise(page, "relu").code == MINE
    exercise(page, "relu").write(MINE + "!")  # closed before any pause
    page.close(run_before_unload=True)
    page = context.tab()
    page.wait_for_timeout(100)
    assert exercise(page, "relu").code == MINE + "!"
    assert MINE + "!" in page.locator("nn-exercise[data-exercise=relu] .cell_input pre").text_content()


def test_a_killed_tab_loses_only_what_came_after_the_last_pause(context):
    page = context.tab()
    write(page)
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash", timeout=10_000)
    assert exercise(context.tab(), "relu").code == MINE


@pytest.mark.parametrize(
    "fault",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        REFUSED,
        "Storage.prototype.setItem = () => {}",
    ],
    ids=["full", "refused", "forgets"],
)
def test_storage_that_keeps_nothing_is_said_and_the_page_works(context, fault):
    context.add_init_script(fault)
    page = context.tab()
    part = exercise(page, "relu")
    part.write(MINE)
    part.at.get_by_text("does not keep what you write").wait_for()
    assert part.code == MINE
    part.press("Reset")
    part.wait("Undo reset")
    assert part.code != MINE
    part.press("Undo reset")
    part.becomes(MINE)


@pytest.mark.parametrize("text", ["{", "null", "[]", '{"v": 1}', '{"v": 1, "code": 3, "past": {}}', '"text"'])
def test_a_corrupt_entry_is_passed_over(context, text):
    page = context.tab()
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.reload(wait_until="load")
    part = exercise(page, "relu")
    assert part.code.startswith("def relu(z):")
    write(page)
    assert stored(page)["code"] == MINE


def test_two_tabs_see_each_other(context):
    first, second = context.tab(), context.tab()
    write(first)
    exercise(second, "relu").becomes(MINE)


def test_the_tab_closed_last_does_not_win(context):
    """Both tabs write before either knows of the other: one text stands, the other can be had again."""
    first, second = context.tab(), context.tab()
    exercise(first, "relu").write("# of the first tab")
    exercise(second, "relu").write("# of the second tab")
    first.wait_for_timeout(800)
    for page in (first, second):
        page.close(run_before_unload=True)
    page = context.tab()
    part = exercise(page, "relu")
    entry = stored(page)
    assert {part.code, *(item["code"] for item in entry["past"])} >= {"# of the first tab", "# of the second tab"}
    standing = part.code
    part.press("Earlier text")
    part.becomes(next(code for code in ("# of the first tab", "# of the second tab") if code != standing))
    assert {standing, part.code} == {"# of the first tab", "# of the second tab"}


def test_reset_can_be_undone_also_after_a_reload(context):
    page = context.tab()
    part = write(page)
    part.press("Reset")
    part.wait("Undo reset")
    page.reload(wait_until="load")
    part = exercise(page, "relu")
    assert part.code.startswith("def relu(z):\n    ...")
    part.press("Undo reset")
    part.becomes(MINE)


def outdated(page, starter="def relu(z):\n    'Another start.'\n    ..."):
    entry = {"v": 1, "code": MINE, "starter": starter, "time": 5, "past": []}
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(entry)])
    page.reload(wait_until="load")
    part = exercise(page, "relu")
    part.at.locator(".nn-work button").first.wait_for()
    return part


def test_an_update_of_the_starter_keeps_the_readers_text_and_asks(context):
    part = outdated(context.tab())
    assert part.code == MINE and "has changed since you wrote yours" in note(part)
    part.at.get_by_text("See what changed").click()
    changed = part.at.locator(".nn-work pre").inner_text().split("\n")
    assert "-     'Another start.'" in changed and "  def relu(z):" in changed
    part.at.get_by_role("button", name="Keep mine").click()
    part.page.reload(wait_until="load")
    part = exercise(part.page, "relu")
    assert part.code == MINE and part.at.locator(".nn-work button").count() == 0


def test_the_new_starter_can_be_taken_and_the_old_text_had_again(context):
    part = outdated(context.tab())
    part.at.get_by_role("button", name="Take the new one").click()
    assert part.code.startswith("def relu(z):\n    ...")
    part.press("Undo reset")
    part.becomes(MINE)


def test_an_older_edition_leaves_a_newer_ones_work_alone(context):
    page = context.tab()
    newer = json.dumps({"v": 2, "whole": "other"})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, newer])
    page.reload(wait_until="load")
    part = exercise(page, "relu")
    part.write(MINE)
    part.at.get_by_text("newer edition").wait_for()
    assert part.code == MINE
    assert page.evaluate("key => localStorage.getItem(key)", KEY) == newer


def test_a_cell_that_an_edition_no_longer_has_shows_its_text_at_the_end(context):
    page = context.tab()
    entry = json.dumps({"v": 1, "code": "print('mine')", "starter": "old", "time": 5, "past": []})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", ["nn.work / chapters/01_neuron/gone1234", entry])
    page.reload(wait_until="load")
    page.get_by_text("cells that this edition no longer has (1)").click()
    assert "print('mine')" in page.locator(".nn-leave").inner_text()


def test_two_books_on_one_host_do_not_mix(context, python_address):
    page = context.tab()
    write(page)
    keys = page.evaluate("Object.keys(localStorage)")
    assert all(key.split(" ")[1] == "/" for key in keys if key.startswith("nn.work")), keys


def test_all_of_it_leaves_and_enters_in_one_file(context, browser, python_address, tmp_path):
    page = context.tab()
    write(page)
    changed = cell(page)
    changed.write("1 + 1")
    assert exercise(page, "leaky_relu").check(solution("leaky_relu"))["ok"]
    page.wait_for_timeout(600)
    page.goto(python_address + "about.html", wait_until="load")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "work.json"
    download.value.save_as(file)

    other = browser.new_context()
    page = opened(other, python_address + PAGE)
    write(page, "# written here, later")
    page.goto(python_address + "about.html", wait_until="load")
    page.locator(".question-store input[type=file]").set_input_files(file)
    page.get_by_text("what was here is kept too").wait_for()
    page.goto(python_address + PAGE, wait_until="load")
    part = exercise(page, "relu")
    assert part.code == "# written here, later"  # the later one stands, the other is not lost
    part.press("Earlier text")
    part.becomes(MINE)
    assert cell(page).code == "1 + 1"
    exercise(page, "leaky_relu").at.and_(page.locator(".nn-done")).wait_for()
    other.close()


def solution(name):
    from classroom.exercises import get

    return get(name).solution


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"format": "weights and biases: a reader\'s work", "version": 99}', '{"format": "something else"}'],
)
def test_another_file_changes_nothing(context, python_address, tmp_path, text):
    page = context.tab()
    write(page)
    page.goto(python_address + "about.html", wait_until="load")
    (tmp_path / "other.json").write_text(text)
    page.locator(".question-store input[type=file]").set_input_files(tmp_path / "other.json")
    page.get_by_text("nothing was changed").wait_for()
    assert stored(page)["code"] == MINE


def test_a_chapter_leaves_as_a_notebook_that_runs(context, tmp_path):
    page = context.tab()
    write(page, solution("relu"))
    with page.expect_download() as download:
        page.get_by_role("button", name="This chapter as a notebook, with what you wrote").click()
    file = tmp_path / "mine.ipynb"
    download.value.save_as(file)
    page.get_by_text("one cell is yours").wait_for()
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    mine = ["".join(c["source"]) for c in cells if c["metadata"].get("exercise") == "relu" and c["cell_type"] == "code"]
    space = {}
    exec("import numpy as np\nfrom nnlib import *\nfrom classroom import check\n" + mine[0], space)
    assert mine[0].startswith(solution("relu").rstrip()) and "check(relu)" in mine[0]
