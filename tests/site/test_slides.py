"""A chapter as slides: one thing at a time, by keys and buttons; without the word after its address it is a page."""

CHAPTER = "chapters/03_biases.html"
SHOWN = """[...document.querySelectorAll('.bd-article section > :not(section)')]
    .filter(part => part.getClientRects().length).map(part => part.textContent.trim().slice(0, 60))"""
PLACE = ".book-slides-bar [role=status]"


def test_a_chapter_is_a_page_until_it_is_asked_for(visit):
    page = visit(CHAPTER)
    assert page.locator(".book-slides-bar").count() == 0 and len(page.evaluate(SHOWN)) > 30


def test_one_thing_at_a_time_by_keys_and_buttons(visit):
    page = visit(CHAPTER + "?slides")
    assert "What does a bias do?" in page.evaluate(SHOWN)[0] and len(page.evaluate(SHOWN)) <= 2
    assert not page.locator(".bd-sidebar-primary").is_visible()
    for key, number in (("PageDown", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("PageUp", 1), ("PageUp", 1)):
        page.keyboard.press(key)
        assert page.locator(PLACE).inner_text().startswith(f"{number} of ")
        assert 1 <= len(page.evaluate(SHOWN)) <= 2
    page.get_by_role("button", name="Next").click()
    assert page.url.endswith("?slides=2") and page.locator(PLACE).inner_text().startswith("2 of ")
    page.reload()
    assert page.locator(PLACE).inner_text().startswith("2 of ")


def test_a_figure_answers_on_its_slide_and_its_keys_are_its_own(visit):
    page = visit(CHAPTER + "?slides")
    # One that does not ask for a guess first.
    free = page.locator("nn-explore:not(.nn-shut) > .nn-controls input[type=range]:visible")
    for _ in range(60):
        if free.count():
            break
        page.keyboard.press("PageDown")
    slider, number = free.first, page.locator(PLACE).inner_text()
    before = slider.input_value()
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.input_value() != before and page.locator(PLACE).inner_text() == number


def test_leaving_shows_the_page_at_that_place(visit):
    page = visit(CHAPTER + "?slides=5")
    page.get_by_role("button", name="Next").click()
    page.keyboard.press("Escape")
    assert page.locator(".book-slides-bar").count() == 0 and len(page.evaluate(SHOWN)) > 30
    assert "slides" not in page.url


def test_a_page_without_sections_stays_a_page(visit):
    assert visit("404.html?slides").locator(".book-slides-bar").count() == 0
