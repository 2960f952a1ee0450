"""A page as it comes: its forms and controls are made when a reader is near, by whatever way."""

import pytest
from test_pages import accessible

CHAPTER = "chapters/07_backprop.html"
FAR = "part => !part.checkVisibility({ contentVisibilityAuto: true })"  # its part of the page is not laid out
QUESTION = "[...document.querySelectorAll('.bd-article nn-question')].at(-1)"
FIGURE = "[...document.querySelectorAll('.bd-article nn-explore')].at(-1)"


@pytest.fixture
def page(visit):
    return visit(CHAPTER, newcomer=True)


def test_no_field_is_made_far_from_the_reader(page):
    page.wait_for_timeout(1000)
    far = "[...document.querySelectorAll('.bd-article {}')].filter({})".format
    assert page.evaluate(far("nn-question", FAR) + ".length") > 5
    assert page.evaluate(far(":is(input, select, textarea)", FAR) + ".length") == 0
    assert page.evaluate(f"!{QUESTION}.form && !{FIGURE}.matches('.nn-ready')")


@pytest.mark.parametrize("part, made", [(QUESTION, f"{QUESTION}.form"), (FIGURE, f"{FIGURE}.matches('.nn-ready')")])
def test_they_are_made_when_a_reader_comes_near(page, part, made):
    page.evaluate(f"{part}.scrollIntoView()")
    page.wait_for_function(f"() => !!{made} && {part}.querySelector('input, select, button').checkVisibility()")


def test_the_keyboard_finds_the_form_where_the_answer_stood(page):
    page.evaluate(f"{QUESTION}.querySelector('summary').focus()")
    page.wait_for_function(f"() => document.activeElement.matches('input, button') && {QUESTION}.form")
    assert page.evaluate(f"{QUESTION}.contains(document.activeElement)")


def test_an_address_wakes_the_figure_that_it_names(page, visit):
    name, control, key = page.evaluate(
        f"""(({{ dataset }}) => {{
            const [control] = JSON.parse(dataset.controls);
            return [dataset.name, control.name, control.keys.at(control.start ? 0 : -1)];
        }})({FIGURE})"""
    )
    other = visit(f"{CHAPTER}#{name}:{control}={key}", newcomer=True)
    assert other.evaluate(f"{FIGURE}.hash") == f"{name}:{control}={key}"
    other.wait_for_function(f"() => {FIGURE}.getBoundingClientRect().top < innerHeight")


def test_all_are_made_for_paper(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(
        "[...document.querySelectorAll('.bd-article nn-question')].every(question => question.form)"
        " && [...document.querySelectorAll('.bd-article nn-explore')].every(figure => figure.matches('.nn-ready'))"
    )


def test_the_keyboard_wakes_a_figure_and_holds_its_first_control(page):
    page.evaluate(f"{FIGURE}.focus()")
    page.wait_for_function(f"() => {FIGURE}.matches('.nn-ready') && document.activeElement.matches('input, select')")
    assert page.evaluate(f"{FIGURE}.contains(document.activeElement) && !{FIGURE}.hasAttribute('tabindex')")


def test_a_step_of_a_sleeping_figure_does_not_tell_what_is_to_be_guessed(page):
    steps = "[...document.querySelectorAll('.book-steps:has(nn-guess)')].at(-1)"
    assert page.evaluate(f"!{steps}.querySelector('nn-explore').matches('.nn-ready')")
    page.evaluate(f"{steps}.querySelector(':scope > ol > li:last-child').click()")
    page.evaluate(f"{steps}.querySelector(':scope > ol > li:last-child').scrollIntoView()")
    page.wait_for_function(f"() => {steps}.querySelector('nn-explore').matches('.nn-ready.nn-shut')")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{steps}.querySelector('nn-explore').hash") == ""  # as it was at first


HEIGHTS = "[...document.querySelectorAll('.bd-article > section > section')].map(section => section.offsetHeight)"


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("path", ["chapters/01_neuron.html", CHAPTER, "chapters/13_digits.html", "reference.html"])
def test_a_section_that_nobody_has_seen_is_about_as_tall_as_it_will_be(visit, path, width):
    laid_out = sum(visit(path, width=width).evaluate(HEIGHTS))
    guessed = sum(visit(path, width=width, newcomer=True).evaluate(HEIGHTS))
    assert 0.9 < guessed / laid_out < 1.3


@pytest.mark.parametrize("path", ["chapters/01_neuron.html", CHAPTER, "chapters/13_digits.html"])
def test_no_part_that_is_not_laid_out_seems_to_lie_upon_another(visit, path):
    """axe-core measures where things would stand; Lighthouse asks it of a page as it comes."""
    page = visit(path, width=412, newcomer=True)
    page.wait_for_timeout(1000)
    assert accessible(page, runOnly=["target-size"]) == []


def test_a_page_stands_before_its_scripts_come(browser, address):
    page = browser.new_page()
    page.route("**/_static/book.js*", lambda route: None)  # a line on which they never do
    page.goto(address + CHAPTER, wait_until="domcontentloaded")
    assert page.evaluate("document.readyState") == "interactive"
    assert page.locator("h1").is_visible() and page.evaluate("!window.nnNear")
    page.context.close()
