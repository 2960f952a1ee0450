"""The field to draw in, on the built pages: it reads, by hand and by keyboard; the tally counts, and is kept."""

import re

import pytest

PAGE = "chapters/13_digits.html"
SEVEN = [(0.28, 0.22), (0.74, 0.22), (0.6, 0.5), (0.45, 0.85)]
ONE = [(0.5, 0.1), (0.5, 0.9)]


class Field:
    def __init__(self, page):
        self.page, self.at = page, page.locator("nn-draw.draw-awake")

    def draw(self, *strokes):
        self.at.locator(".draw-field").scroll_into_view_if_needed()
        box = self.at.locator(".draw-field").bounding_box()
        for stroke in strokes:
            points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
            self.page.mouse.move(*points[0])
            self.page.mouse.down()
            for point in points[1:]:
                self.page.mouse.move(*point, steps=5)
            self.page.mouse.up()

    def says(self, pattern):
        """Until its status, which a screen reader hears, matches."""
        said = self.at.locator(".draw-answer")
        assert said.get_attribute("role") == "status"
        self.page.wait_for_function(
            "pattern => RegExp(pattern).test(document.querySelector('.draw-answer').textContent)", arg=pattern
        )
        return said.inner_text()

    def press(self, name):
        self.at.get_by_role("button", name=name, exact=True).click()

    @property
    def tally(self):
        return self.at.locator(".draw-tally").inner_text()

    @property
    def seen(self):
        return self.at.locator(".draw-seen rect").evaluate_all(
            "cells => cells.map(c => +c.getAttribute('fill-opacity'))"
        )

    @property
    def strokes(self):
        return self.at.locator(".draw-ink polyline").count()


def fetched(page):
    return page.evaluate("performance.getEntriesByType('resource').map(r => r.name)")


def test_the_network_comes_with_the_first_stroke_and_python_never(visit):
    page = visit(PAGE)
    field = Field(page)
    assert "the network reads 3" in field.at.locator(".draw-answer").inner_text()
    assert not [name for name in fetched(page) if "reader.js" in name]
    field.draw(SEVEN)
    field.says(r"The network reads 7 \(\d+ %\)")
    assert len([name for name in fetched(page) if "reader.js" in name]) == 1
    assert not [name for name in fetched(page) if "inpage/" in name and "code" not in name]
    bars = field.at.locator(".draw-bars > li").all_inner_texts()
    assert sum(int(re.search(r"(\d+) %", bar)[1]) for bar in bars) in range(97, 104)


def test_the_page_reads_as_python_does(visit):
    import numpy as np

    from classroom.draw import bitmap, normalise
    from classroom.draw.reader import reader
    from nnlib import softmax

    page = visit(PAGE)
    field = Field(page)
    field.draw(SEVEN)
    field.says("The network reads")
    strokes = field.at.evaluate("f => f.strokes")
    seen = normalise(bitmap([np.reshape(stroke, (-1, 2)) / 1024 for stroke in strokes]))
    assert np.array(field.seen).tolist() == seen.tolist()
    there = page.evaluate("x => [...nnDigits.probabilities(nnDigits.network, x)]", seen.tolist())
    assert np.abs(np.array(there) - softmax(reader().forward(seen[None]))[0]).max() < 1e-6


def test_undo_clear_switch_and_menu(visit):
    page = visit(PAGE)
    field = Field(page)
    field.draw(ONE, [(0.2, 0.5), (0.8, 0.5)])
    field.says("The network reads")
    assert field.strokes == 2
    field.press("Undo stroke")
    field.says("The network reads 1")
    stretched = field.seen
    field.at.get_by_role("checkbox").uncheck()
    field.says("The network reads")
    assert field.strokes == 1 and field.seen != stretched and max(field.seen[::8]) == 0
    field.press("Clear")
    field.says("The field is empty.")
    assert field.strokes == 0 and max(field.seen) == 0
    field.at.get_by_role("checkbox").check()
    field.at.get_by_role("combobox").select_option("8")
    field.says("The network reads 8")


def test_the_tally_counts_own_digits_only_and_outlasts_the_page(visit):
    page = visit(PAGE)
    field = Field(page)
    field.press("3")
    field.says("Draw a digit first")
    for meant in "7", "7", "2":
        field.draw(SEVEN)
        field.says("The network reads 7")
        field.press(meant)
        field.says(f"Counted as a {meant}; the network read 7")
        field.press(meant)
        field.says("Draw a digit first")
    assert "Your tally, 3 digits: read rightly 2 (67 % ± 27 %) preprocessed" in field.tally
    page.reload()
    field = Field(page)
    assert "3 digits" in field.tally
    field.press("Take the last one back")
    assert "Your tally, 2 digits: read rightly 2 (100 %) preprocessed" in field.tally


def test_a_digit_is_drawn_with_the_keyboard_alone(visit):
    page = visit(PAGE)
    field = Field(page)
    field.at.locator(".draw-field").focus()
    for key in [*["ArrowUp"] * 6, "Space", *["ArrowDown"] * 12, "Space"]:
        page.keyboard.press(key)
    field.says("The network reads 1")
    page.keyboard.press("Backspace")
    field.says("The field is empty.")


def test_what_is_drawn_leaves_and_enters_with_everything_else(visit, tmp_path):
    page = visit(PAGE)
    field = Field(page)
    field.draw(SEVEN)
    field.says("The network reads 7")
    field.press("7")
    field.says("Counted")
    page.goto(page.url.replace(PAGE, "about.html"))
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save to a file").click()
    saved.value.save_as(tmp_path / "work.json")
    status = page.locator(".question-store [role=status]")
    assert "0 texts of code and 1 digit of your own" in status.inner_text()
    other = visit("about.html")
    for _ in range(2):  # twice the same file: each digit once
        other.get_by_label("Load from a file").set_input_files(tmp_path / "work.json")
        other.get_by_text("With your own digits there are 1 now.").wait_for()
    other.goto(page.url.replace("about.html", PAGE))
    assert "Your tally, 1 digit" in Field(other).tally


def test_the_pages_python_has_the_readers_digits(visit, python_address):
    page = visit(PAGE, base=python_address)
    field = Field(page)
    for _ in range(4):
        field.draw(SEVEN)
        field.says("The network reads 7")
        field.press("7")
        field.says("Counted")
    cell = page.locator('nn-cell[data-name="train-again"].nn-awake')
    ran = cell.evaluate("part => part.run()")
    assert ran["error"] == ""
    assert re.search(r"^with yours: 3\d\d of 337 validation digits, 2 of 2 of yours", ran["text"], re.M)


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_a_phone_and_its_parts_are_large_enough(visit, width):
    page = visit(PAGE, width=width)
    field = Field(page)
    box = field.at.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    for part in field.at.locator("button:visible, select, .draw-switch").all():
        assert part.bounding_box()["height"] >= 44
    assert field.at.locator(".draw-field").evaluate("f => getComputedStyle(f).touchAction") == "none"


def test_without_scripts_there_is_an_example_and_a_sentence(visit):
    page = visit(PAGE, java_script_enabled=False)
    field = page.locator("nn-draw")
    assert "With JavaScript on, you draw in this field" in field.inner_text()
    assert "3 100 %" in " ".join(field.locator(".draw-bars").inner_text().split())
    assert not field.locator("button:visible").count()


def test_the_front_page_has_a_small_one_that_moves_nothing(visit):
    page = visit("index.html")
    before = page.locator("nn-draw").bounding_box()
    field = Field(page)
    assert not [name for name in fetched(page) if "reader.js" in name]
    field.draw(SEVEN)
    field.says("The network reads 7")
    assert page.locator("nn-draw").bounding_box()["height"] == before["height"]
    assert not field.at.locator(".draw-tally, .draw-bars").count()


def test_in_a_notebook_what_is_drawn_is_told_to_python(browser):
    from classroom.draw.notebook import usable_field

    page = browser.new_page()
    page.set_content("<div id=cell></div>")
    page.evaluate(
        """async code => {
            const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
            const { default: widget } = await import(address);
            const set = (name, value) => { window.told = [name, value]; };
            const model = { set, save_changes: () => { window.sent = true; } };
            widget.render({ model, el: document.getElementById("cell") });
        }""",
        usable_field()._esm,
    )
    field = Field(page)
    field.draw(SEVEN)
    field.says("The network reads 7")
    field.press("7")
    field.says("Counted as a 7")
    name, drawn = page.evaluate("[window.sent && window.told[0], JSON.parse(window.told[1])]")
    assert name == "drawn" and [digit["meant"] for digit in drawn] == [7]
    page.close()
