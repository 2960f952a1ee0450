"""Every page: nothing from elsewhere, nothing broken, readable by everyone, on a phone and on paper."""

import html
import re
from pathlib import Path

import pytest
from conftest import settled, site_pages

AXE = (Path(__file__).parent.parent.parent / "_vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def accessible(page, part="html", **options):
    """What axe-core finds wrong, one line each. It comes in through the debugger, past the page's policy."""
    settled(page)
    page.evaluate(AXE + ";0")
    result = page.evaluate(
        "([part, options]) => axe.run(part, options)", [part, {"resultTypes": ["violations"], **options}]
    )
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]} ({node['any'][0]['message'] if node['any'] else ''})"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_and_quiet(visit, page_path, scheme):
    """axe-core: 0 violations. And, by `visit`, no other host, no error, nothing missing."""
    page = visit(page_path, color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
    assert accessible(page) == []


def test_phone(visit, page_path):
    """No sideways scroll, and everything to touch is 44 px high."""
    page = visit(page_path, **PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 391)
            .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
    )
    small = page.evaluate(
        """touched => [...document.querySelectorAll(touched)]
            .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}))
            .filter(e => e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().right > 0)
            .map(e => [e, Math.max(...[e, ...(e.labels || [])].map(part => part.getBoundingClientRect().height))])
            .filter(([e, height]) => height < 43.5)
            .map(([e, height]) => `${e.tagName}.${e.className}: ${height}`)""",
        "button, summary, select, .header-article__inner a, input:not([type=hidden])",
    )
    assert small == []


def test_policy(site, page_path):
    text = (site / page_path).read_text(encoding="utf-8")
    head = text[: text.index("</head>")]
    rules = re.search(r'Content-Security-Policy" content="([^"]*)"', head)[1]
    assert "default-src 'none'" in rules and "http" not in rules
    script = re.search(r"script-src ([^;]*)", rules)[1]
    assert "unsafe" not in script and "*" not in script
    assert head.index("Content-Security-Policy") < head.index("<script")
    assert not re.search(r"\son\w+=\"", text), "an inline handler, which the policy blocks"


def test_a_title_has_room_in_a_tab_and_is_no_other_pages(site):
    found = [re.search(r"<title>(.*?)</title>", (site / path).read_text(encoding="utf-8"))[1] for path in site_pages()]
    titles = [html.unescape(title) for title in found]
    assert len({*titles}) == len(titles) and [title for title in titles if len(title) > 70] == []
    assert "Glossary — Weights, biases, backprop and SGD" in titles and any(name.startswith("11. ") for name in titles)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_without_a_mark_has_the_colour_that_its_mark_would_give(visit, scheme):
    page = visit("chapters/01_neuron.html", color_scheme=scheme)
    colours = page.evaluate(
        """() => {
            const box = document.querySelector(".bd-article .cell_input pre");
            const colour = part => getComputedStyle(part).color;
            const marked = ["n", "nn", "nx", "p", "w"].map(name => {
                const mark = box.appendChild(document.createElement("span"));
                mark.className = name;
                return colour(mark);
            });
            return [colour(box), ...marked];
        }"""
    )
    assert len(colours) == 6 and len({*colours}) == 1


def test_without_javascript(visit, page_path):
    """Text and maths are there, and colours too."""
    page = visit(page_path, java_script_enabled=False)
    assert page.locator("article h1").first.is_visible() or page_path in ("search.html", "genindex.html")
    for formula in page.locator(".math").all()[:3]:
        assert formula.locator(".katex-html").count() > 0
    phone = visit(page_path, java_script_enabled=False, **PHONE)
    contents = phone.locator(".bd-sidebar-primary")
    assert contents.is_visible() and contents.evaluate("part => part.scrollHeight <= part.clientHeight + 1"), "whole"


def test_print(visit, page_path):
    """On paper: the page's text, not its chrome."""
    page = visit(page_path)
    page.emulate_media(media="print")
    assert not page.locator(".bd-sidebar-primary, .bd-header-article").first.is_visible()
    assert page_path == "search.html" or page.locator("article").first.is_visible()
