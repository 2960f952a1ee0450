"""A figure's other pictures come once a reader is near: from the site, a folder, what is kept; or it is said."""

import pytest

from benchmarks.weights import LATER

PAGE = "chapters/06_gradient_descent.html"
LAST = "[...document.querySelectorAll('nn-explore')].findLast(figure => figure.querySelector('script[data-from]'))"
MOVED = f"""async () => {{
    const figure = {LAST}, before = figure.querySelector("svg").outerHTML;
    figure.setting = figure.setting.map((place, i) => place ? 0 : figure.controls[i].texts.length - 1);
    figure.show();
    await figure.opening;
    return figure.querySelector("svg").outerHTML !== before;
}}"""


def named(site, path=PAGE):
    return LATER.findall((site / path).read_text(encoding="utf-8"))


def test_what_is_far_away_is_not_fetched_yet(browser, address, site):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address + PAGE, wait_until="networkidle")
    files = named(site)
    assert len(files) > 5 and len(set(files) & set(asked)) <= 2
    page.evaluate(f"{LAST}.scrollIntoView()")
    page.wait_for_function(f"() => {LAST}.dataset.ready === ''")
    assert files[-1] in asked
    page.close()


@pytest.mark.parametrize("served", [True, False], ids=["served", "from a folder"])
def test_a_figure_far_down_answers_its_controls(visit, site, address, served):
    assert visit(PAGE, base=address if served else site.as_uri() + "/").evaluate(MOVED)


def test_pictures_that_do_not_come_are_told_and_asked_for_again(browser, address):
    page = browser.new_page()
    page.route("**/_static/frames/*", lambda route: route.abort())
    page.goto(address + PAGE)
    assert page.evaluate(MOVED) is False
    says = page.evaluate(f"{LAST}.says.textContent")
    assert says == "The other pictures could not be fetched: is this browser offline? Move a control to try again."
    assert page.evaluate(f"{LAST}.querySelector('.nn-controls').checkVisibility()")
    page.unroute_all()
    page.evaluate(f"{LAST}.show()")
    page.wait_for_function(f"() => {LAST}.dataset.ready === ''")
    assert page.evaluate(f"{LAST}.says.textContent") != says
    page.close()


def test_what_is_kept_for_offline_holds_every_pages_pictures(site):
    kept = (site / "sw.js").read_text(encoding="utf-8")
    names = {name for path in site.glob("chapters/*.html") for name in named(site, path)}
    assert len(names) > 40 and not [name for name in names if name not in kept]
