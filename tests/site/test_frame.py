"""The frame around the text: no control is dead, search works with no server, and the book opens from a folder."""

import json

import pytest


def chapter(site):
    pages = sorted(page.relative_to(site).as_posix() for page in site.glob("chapters/*.html"))
    return pages[0] if pages else "glossary.html"


def test_colour_scheme(visit):
    page = visit("glossary.html", color_scheme="light")
    button = page.locator(".theme-switch-button").first
    seen = set()
    for _ in range(3):
        button.click()
        seen.add(page.evaluate("document.documentElement.dataset.mode"))
    assert seen == {"light", "dark", "auto"}


def test_download(visit, site):
    page = visit(chapter(site))
    link = page.locator(".book-download")
    if not list(site.glob("chapters/*.html")):
        assert link.count() == 0
        return
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".ipynb")
    first, install = json.loads(download.value.path().read_text(encoding="utf-8"))["cells"][:2]
    wheels = [wheel.name for wheel in site.glob("downloads/*.whl")]
    assert len(wheels) == 1 and wheels[0] in first["source"] and wheels[0] in install["source"]


def test_every_chapter_can_be_taken_away(site):
    taken = {notebook.stem for notebook in site.glob("downloads/*.ipynb")}
    assert taken == {page.stem for page in site.glob("chapters/*.html")}


def test_github_pages_serves_every_folder(site):
    assert (site / ".nojekyll").exists()


def test_sidebars(visit):
    page = visit("glossary.html")
    sidebar = page.locator("#pst-primary-sidebar")
    menu = page.locator(".sidebar-toggle.primary-toggle:visible").first
    assert sidebar.is_visible() and menu.get_attribute("aria-expanded") == "true"
    menu.click()
    sidebar.wait_for(state="hidden")
    assert not page.locator("dialog[open]").count(), "the contents are folded away, not opened over the page"
    page.wait_for_function("() => document.querySelector('.primary-toggle').ariaExpanded === 'false'")
    page.set_viewport_size({"width": 600, "height": 900})  # a tablet is turned, opens the contents, and is turned back
    menu.click()
    page.locator("dialog[open]").wait_for()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("() => !document.querySelector('dialog[open]')")
    menu.click()
    sidebar.wait_for(state="visible")

    phone = visit("glossary.html", width=390)
    assert not phone.locator("#pst-primary-sidebar").is_visible()
    phone.locator(".sidebar-toggle.primary-toggle:visible").first.click()
    phone.locator("#pst-primary-sidebar-modal a", has_text="Notation").click()
    phone.wait_for_url("**/notation.html")


def test_every_button_of_the_frame_is_known(visit, page_path):
    """A new button comes with a test that it does something: those above and below."""
    page = visit(page_path)
    known = ".theme-switch-button, .search-button, .search-button-field, .sidebar-toggle, .copybtn"
    strangers = page.evaluate(
        """known => [...document.querySelectorAll('button')]
            .filter(b => !b.matches(known) && !b.closest('article'))
            .map(b => b.outerHTML.slice(0, 120))""",
        known,
    )
    assert strangers == []


def test_copy_code(visit, site):
    page = visit(chapter(site))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    code = page.locator("div.cell_input").first
    code.hover()
    page.evaluate(
        """() => new MutationObserver(() => {
            if (document.querySelector('.copybtn.success')) document.body.dataset.copied = 'yes';
        }).observe(document.querySelector('.copybtn'), { attributes: true })"""  # the mark goes again after 1.5 s
    )
    code.locator(".copybtn").click()
    page.wait_for_function("document.body.dataset.copied")
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.locator("pre").inner_text().strip()


@pytest.mark.parametrize("served", [True, False], ids=["served", "from a folder"])
def test_search(visit, site, address, served):
    page = visit("notation.html", base=address if served else site.as_uri() + "/")
    page.locator(".search-button-field:visible").click()
    page.locator("#pst-search-dialog input[type=search]").fill("momentum")
    page.keyboard.press("Enter")
    page.locator("main .book-found a", has_text="Glossary").first.wait_for()


def test_from_a_folder(visit, site):
    """The book works when index.html is opened as a file."""
    page = visit("index.html", base=site.as_uri() + "/")
    page.locator("a", has_text="Glossary").first.click()
    page.wait_for_url("**/glossary.html")
    assert page.locator("dt#term-bias").is_visible()


def test_a_term_leads_to_its_definition(visit):
    page = visit("index.html")
    page.locator("article a:has(> .term)", has_text="bias").first.click()
    page.wait_for_url("**/glossary.html#term-bias")
