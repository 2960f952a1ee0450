"""The page as it is laid out: where one is, terms explained where they stand, what paper and high contrast show."""

import gzip
import re
import urllib.error
import urllib.request

import pytest
from conftest import REFUSED, settled

CHAPTER = "chapters/04_networks.html"
# Of every part of a page: what it is, where it stands, and how it looks.
LOOK = """[...document.body.querySelectorAll('*')].map(part => {
    const {x, y, width, height} = part.getBoundingClientRect(), style = getComputedStyle(part);
    const look = [style.color, style.backgroundColor, style.fontSize, style.fontWeight, style.display];
    return [`${part.tagName}.${part.className}`, [x, y, width, height], look];
})"""
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def test_a_term_is_explained_where_it_stands(visit):
    page = visit(CHAPTER)
    term = page.locator("a[href*='glossary.html#term-hidden-layer']").first
    term.hover()
    card = page.get_by_role("tooltip")
    card.wait_for(state="visible")
    assert "layer" in card.inner_text() and page.url.endswith(CHAPTER)
    assert term.get_attribute("aria-describedby") == "book-card"
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert term.get_attribute("aria-describedby") is None
    term.focus()
    page.keyboard.press("Shift+Tab")  # the keyboard comes back to it
    page.keyboard.press("Tab")
    card.wait_for(state="visible")


def test_a_source_is_named_where_it_is_cited(visit):
    page = visit(CHAPTER)
    page.locator("a[href*='bibliography.html#']:has(.source)").first.hover()
    card = page.get_by_role("tooltip")
    card.wait_for(state="visible")
    assert re.search(r"\b(19|20)\d\d\b", card.inner_text())


def test_the_first_touch_explains_and_the_second_goes_there(visit):
    page = visit(CHAPTER, **PHONE)
    term = page.locator("a[href*='glossary.html#term-']").first
    term.tap()
    card = page.get_by_role("tooltip")
    card.wait_for(state="visible")
    assert page.url.endswith(CHAPTER) and card.get_by_role("link", name="In the glossary").is_visible()
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    term.tap()
    page.wait_for_url("**/glossary.html#term-*")


def test_one_list_of_contents(visit):
    page = visit(CHAPTER)
    contents = page.get_by_role("navigation", name="Main")
    here = contents.locator("[aria-current=page]")
    assert here.count() == 1 and here.inner_text().startswith("4.")
    sections = contents.get_by_role("navigation", name="On this page").get_by_role("link")
    headings = page.locator(".bd-article h2").all_inner_texts()
    assert [text.rstrip("#").strip() for text in headings] == [text.strip() for text in sections.all_inner_texts()]


def test_a_chapter_says_how_long_it_takes(visit):
    page = visit(CHAPTER)
    said = page.locator(".book-opening").inner_text()
    assert re.search(r"About \d+ minutes to read", said) and re.search(r"\d+ to practise", said)
    assert f"{page.locator('nn-exercise').count()} exercises" in said
    assert page.locator(".book-state").is_hidden()  # nothing is done yet


def test_exercises_have_a_number_and_an_address(visit):
    page = visit(CHAPTER)
    labels = page.locator("nn-exercise .nn-label a")
    assert labels.all_inner_texts()[:2] in (["Exercise 4.1", "Exercise 4.2"], ["EXERCISE 4.1", "EXERCISE 4.2"])
    for label in labels.all():
        assert page.locator(label.get_attribute("href")).count() == 1


def test_the_front_page_leads_back_to_where_one_was(visit):
    page = visit("index.html")
    start = page.locator("a.book-start")
    page.wait_for_load_state("networkidle")
    assert start.inner_text().startswith("Begin")
    start.click()
    page.wait_for_url("**/chapters/01_neuron.html")
    page.wait_for_load_state("networkidle")
    page.goto(page.url.replace("01_neuron", "04_networks"))
    page.locator("section#wide-or-deep").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('section#wide-or-deep').scrollIntoView()")
    page.goto(page.url.split("chapters")[0] + "index.html")
    page.wait_for_load_state("networkidle")
    assert start.inner_text() == "Go on: 4. What can several neurons do that one cannot?"
    page.wait_for_load_state("networkidle")
    start.click()
    page.wait_for_url("**/chapters/04_networks.html#wide-or-deep")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scheme_is_settled_before_anything_is_painted(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(
        """new MutationObserver(() => (window.schemes ??= []).push(document.documentElement?.dataset.theme))
            .observe(document, {subtree: true, childList: true, attributes: true})"""
    )
    page.goto(address + CHAPTER)
    seen = set(page.evaluate("schemes").copy())
    context.close()
    assert scheme in seen and seen <= {scheme, None, "light"}  # "light" is the page without scripts
    assert "auto" not in seen


def test_where_nothing_may_be_kept_every_button_works(visit):
    page = visit("index.html")
    page.wait_for_load_state("networkidle")  # its icon comes last
    page.context.add_init_script(REFUSED)
    page.reload()
    before = page.evaluate("document.documentElement.dataset.theme")
    for _ in range(2):  # auto, then light, then dark
        page.locator(".bd-header-article .theme-switch-button").click()
    assert page.evaluate("document.documentElement.dataset.theme") in {"light", "dark"} and before == "light"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lean_style_sheet_leaves_the_page_as_it_was(visit, site, scheme):
    """With the theme's whole style sheets every part of a page has the same colours, and stands where it stood."""
    page = visit(CHAPTER, color_scheme=scheme, reduced_motion="reduce")
    page.add_style_tag(content="* { font-family: monospace !important }")  # a face may come between two pictures
    page.wait_for_timeout(500)
    lean = page.evaluate(LOOK)
    mystnb = [path.relative_to(site / "_static").as_posix() for path in site.glob("_static/mystnb*.css")]
    sheets = ["styles/theme.css", "styles/pydata-sphinx-theme.css", "pygments.css", "styles/sphinx-book-theme.css"]
    sheets = [f"_static/{name}" for name in [*sheets, "copybutton.css", *mystnb, "book.css"]]
    page.evaluate(
        """async sheets => {
            const lean = document.querySelector('link[href*="_static/lean-"]');
            await Promise.all(sheets.map(sheet => new Promise(done => {
                const link = document.createElement('link');
                Object.assign(link, {rel: 'stylesheet', href: '../' + sheet, onload: done});
                lean.before(link);
            })));
            lean.remove();
        }""",
        sheets,
    )
    page.wait_for_timeout(500)
    whole = page.evaluate(LOOK)
    assert len(lean) == len(whole) > 1000
    for (name, place, style), (_, other, styled) in zip(lean, whole, strict=True):
        assert style == styled, name
        assert all(abs(a - b) <= 1 for a, b in zip(place, other, strict=True)), name


def test_paper_has_ink_whatever_the_screen_was(visit):
    page = visit(CHAPTER, color_scheme="dark")
    page.emulate_media(media="print")
    colour = "getComputedStyle(document.querySelector({})).color"
    for part in ("'.bd-article p:not(.book-opening)'", "'.bd-article h1'", "'.bd-article pre span'"):
        assert page.evaluate(colour.format(part)) == "rgb(0, 0, 0)", part
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--nn-ink')").strip() == "#010203"
    assert page.locator("summary:visible").count() == 0  # what is shut is not there
    wide = (
        "[...document.querySelectorAll('.bd-article pre')].filter(pre => pre.scrollWidth > pre.clientWidth + 1).length"
    )
    page.set_viewport_size({"width": 700, "height": 900})
    assert page.evaluate(wide) == 0


def test_icons_are_seen_in_forced_colours(visit):
    page = visit(CHAPTER, forced_colors="active")
    for icon in page.locator(".bd-header-article .fas:visible, .bd-header-article .fa-solid:visible").all():
        assert icon.evaluate("e => getComputedStyle(e).backgroundColor") != page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )


def test_focus_is_seen_in_the_head(visit):
    page = visit(CHAPTER)
    for control in page.locator(".bd-header-article :is(a, button):visible").all():
        control.focus()
        page.keyboard.press("Shift")  # the keyboard is in use
        assert control.evaluate("e => getComputedStyle(e).outlineStyle") == "solid", control.evaluate(
            "e => e.outerHTML"
        )


def test_no_narrow_page_scrolls_sideways(visit, page_path):
    """320 px: a phone held close, or 400 % zoom on a desk."""
    page = visit(page_path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [768, 1024, 1440, 2000])
@pytest.mark.parametrize("path", ["index.html", CHAPTER, "glossary.html"])
def test_no_width_scrolls_sideways(visit, path, width):
    page = visit(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_travel_packed_and_only_when_changed(address):
    request = urllib.request.Request(address + CHAPTER, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        stamp, body = answer.headers["Last-Modified"], answer.read()
    with urllib.request.urlopen(address + CHAPTER) as answer:
        assert answer.read() == gzip.decompress(body)
    request.add_header("If-Modified-Since", stamp)
    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(request)


@pytest.mark.parametrize("which", [0, 1])
def test_a_derivations_figure_stays_in_view_and_shows_the_step_that_is_read(visit, which):
    page = visit("chapters/07_backprop.html", width=1440)
    part = page.locator(".book-steps").nth(which)
    figure, items = part.locator("nn-explore"), part.locator("ol > li")
    first = int(part.get_attribute("data-first"))
    if figure.locator("nn-guess").count():
        items.first.evaluate("item => scrollTo(0, item.getBoundingClientRect().top + scrollY - innerHeight * 0.4)")
        page.wait_for_timeout(200)
        assert figure.evaluate("figure => figure.setting[0]") < first  # nothing is shown before a guess
        figure.locator("nn-guess button").last.click()
    assert items.count() == 5
    for number in range(5):
        items.nth(number).evaluate(
            "item => scrollTo(0, item.getBoundingClientRect().top + scrollY - innerHeight * 0.4)"
        )
        page.wait_for_function(
            "([figure, item, at]) => figure.setting[0] === at && item.ariaCurrent === 'step'",
            arg=[figure.element_handle(), items.nth(number).element_handle(), first + number],
        )
        box = figure.locator(".nn-picture").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900
    figure.locator("input[type=range]").first.press("ArrowLeft")
    page.wait_for_function("item => item.ariaCurrent === 'step'", arg=items.nth(3).element_handle())
    assert part.locator("[aria-current]").count() == 1


def test_where_there_is_no_room_a_derivations_list_follows_its_figure(visit):
    page = visit("chapters/07_backprop.html", width=390)
    part = page.locator(".book-steps").first
    figure, steps = part.locator("figure").bounding_box(), part.locator("ol").bounding_box()
    assert figure["y"] + figure["height"] <= steps["y"] and steps["width"] > 300


LONE = """[...document.querySelectorAll('.bd-article span.math')].filter(math => {
    const after = math.nextSibling;
    if (after?.nodeType !== Node.TEXT_NODE || !/^[,.;:?!)]/.test(after.data)) return false;
    if (!math.getClientRects().length) return false;
    const sign = document.createRange();
    sign.setStart(after, 0);
    sign.setEnd(after, 1);
    const here = sign.getBoundingClientRect(), before = math.getBoundingClientRect();
    return here.left < before.left && here.top > before.top + 8;
}).map(math => math.parentNode.textContent)"""


def test_no_line_begins_with_the_comma_after_a_formula(visit, page_path):
    page = visit(page_path, width=390)
    assert page.evaluate(LONE) == []
    if page_path.startswith("chapters/"):
        assert page.locator(".book-together").count() > 3


def test_a_figures_controls_come_before_its_folded_code_key_by_key(visit):
    page = visit("chapters/04_networks.html")
    reached = page.evaluate(
        """[...document.querySelectorAll("nn-cell:has(nn-explore)")].map(cell =>
            [...cell.querySelectorAll("input, summary")].map(part => part.localName))"""
    )
    assert len(reached) > 4
    for parts in reached:
        assert parts.count("summary") == 1 and parts[-1] == "summary"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_figure_and_its_code_are_one_card(visit, width):
    page = visit(CHAPTER, width=width)
    code = page.locator("div.cell:has(.nn-figure) > details.hide").first
    for state in ("shut", "open"):
        frames = code.evaluate(
            """code => { const lined = [];
              for (let e = code; e.id !== "book-text"; e = e.parentElement)
                if (parseFloat(getComputedStyle(e).borderTopWidth)) lined.push(e);
              for (let e = code.parentElement.querySelector(".nn-picture"); !e.contains(code); e = e.parentElement)
                if (parseFloat(getComputedStyle(e).borderTopWidth)) lined.push("a frame of its own");
              return lined.map(e => e.contains?.(code) && !!e.querySelector(".nn-picture")); }"""
        )
        assert frames == [True], state
        code.evaluate("code => { code.open = true; }")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "path, part, least",
    [
        ("chapters/07_backprop.html", "div.math", 5),
        ("chapters/07_backprop.html", ".bd-article pre", 5),
        ("speed.html", ".pst-scrollable-table-container", 3),
    ],
)
def test_the_keyboard_reaches_what_scrolls_and_nothing_else(visit, path, part, least, width):
    page = visit(path, width=width)
    settled(page)
    found = page.evaluate(
        """part => [...document.querySelectorAll(part)].filter(box => box.checkVisibility())
            .map(box => [box.scrollWidth > box.clientWidth + 1, box.tabIndex === 0])""",
        part,
    )
    assert len(found) >= least and all(scrolls == reached for scrolls, reached in found)
    assert any(scrolls for scrolls, _ in found) == (width == 320)


LAID_OUT = "part => part.checkVisibility({ contentVisibilityAuto: true })"


def test_what_is_far_away_is_laid_out_when_a_reader_comes_near(visit):
    page = visit("chapters/07_backprop.html", newcomer=True)
    last = page.locator(".bd-article nn-question").last
    assert page.locator(".bd-article nn-explore").first.evaluate(LAID_OUT) and not last.evaluate(LAID_OUT)
    name = last.get_attribute("id")
    page.evaluate("name => { location.hash = name; }", name)  # a link leads there as ever
    page.wait_for_function(
        """name => {
            const { top } = document.getElementById(name).getBoundingClientRect();
            return top > 0 && top < 150;
        }""",
        arg=name,
    )
    assert last.evaluate(LAID_OUT)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_text_stays_in_its_place_while_what_is_above_it_is_laid_out(visit, width):
    """Scrolling up from a place that a link led to: nothing that is read moves by more than the wheel did."""
    page = visit("chapters/07_backprop.html#who-changes-the-weights", newcomer=True, width=width)
    settled(page)
    moved = page.evaluate(
        """async () => {
            const frame = () => new Promise(requestAnimationFrame), moved = [];
            for (let step = 0; step < 40; step++) {
                const [x, y] = [document.documentElement.clientWidth / 2, innerHeight / 2];
                const read = document.elementFromPoint(x, y), before = read.getBoundingClientRect().top;
                scrollBy({ top: -200, behavior: "instant" });
                for (let k = 0; k < 3; k++) await frame();
                moved.push(Math.round(read.getBoundingClientRect().top - before));
            }
            return moved;
        }"""
    )
    assert max(abs(by - 200) for by in moved) <= 2, moved


def test_what_is_printed_is_laid_out(visit):
    page = visit("chapters/07_backprop.html", newcomer=True)
    last = page.locator(".bd-article nn-question").last
    assert not last.evaluate(LAID_OUT)
    page.emulate_media(media="print")
    assert last.evaluate(LAID_OUT)


def test_the_browser_finds_what_has_not_been_laid_out(visit):
    page = visit("chapters/07_backprop.html", newcomer=True)
    last = page.locator(".bd-article nn-question").last
    assert not last.evaluate(LAID_OUT)
    words = re.match(r"[\w ,]{20,}", max(last.locator("p").all_text_contents(), key=len).strip())[0].strip()
    assert page.evaluate("words => find(words)", words), words
    page.wait_for_function("part => part.getBoundingClientRect().top < innerHeight", arg=last.element_handle())
    assert last.evaluate(LAID_OUT)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_name_of_a_control_is_read_across_and_not_down(visit, site, width):
    """Beside a long list of choices a name had room for one letter a line."""
    for path in sorted(site.glob("chapters/*.html")):
        page = visit(f"chapters/{path.name}", width=width)
        settled(page)
        names = page.evaluate(
            """() => [...document.querySelectorAll(".nn-row > label")].map(name =>
                [name.textContent, name.scrollHeight / parseFloat(getComputedStyle(name).lineHeight)])"""
        )
        assert names and [name for name, lines in names if lines > 3.2] == [], path.name
        page.close()


def test_a_chapter_ends_with_the_next_ones_figure(visit, site):
    page = visit(CHAPTER)
    picture = page.get_by_role("link", name=re.compile("Its first figure$")).locator("img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.book-next').naturalWidth > 100")
    assert (site / "_static" / "next" / "05_loss.png").name in picture.get_attribute("src")
    last = sorted(site.glob("chapters/*.html"))[-1].relative_to(site).as_posix()
    assert visit(last).locator(".book-next").count() == 0  # no chapter follows
