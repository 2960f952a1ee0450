"""A page of the book whose Python runs, for the tests that write code into it."""

import contextlib
import shutil

import book_offline
import book_python

ASKED = "/_static/inpage/", "/_static/pyodide/"


def with_python(site, copy, pyodide):
    """A built site copied, with a Pyodide folder put into the copy; no page of it asks another host."""
    shutil.copytree(site, copy)
    source = book_python.own_pyodide(copy, pyodide)
    book_python.settle(copy, source)
    book_offline.keep(copy, source)
    return copy


class Part:
    """One exercise or cell on a page."""

    def __init__(self, page, selector):
        self.page, self.selector, self.at = page, selector, page.locator(selector)
        self.at.and_(page.locator(".nn-awake")).wait_for()

    def write(self, code):
        self.at.evaluate("(part, code) => { part.code = code; }", code)

    @property
    def code(self):
        return self.at.evaluate("part => part.code")

    def check(self, code=None):
        if code is not None:
            self.write(code)
        return self.at.evaluate("part => part.check()")

    def run(self, code=None):
        if code is not None:
            self.write(code)
        return self.at.evaluate("part => part.run()")

    def press(self, name):
        self.at.evaluate("part => { if (part.folded) part.folded.open = true; }")
        self.at.locator(".nn-bar").get_by_role("button", name=name, exact=True).click()

    def becomes(self, code):
        """Until the part's text is this one."""
        self.page.wait_for_function(
            "([part, code]) => document.querySelector(part).code === code", arg=[self.selector, code]
        )

    @property
    def says(self):
        return self.at.locator(".nn-verdict").inner_text()

    def wait(self, *words, seconds=60):
        """Until the part's status has all these words."""
        self.page.wait_for_function(
            "([id, words]) => { const text = document.querySelector(id).textContent;"
            " return words.every(word => text.includes(word)); }",
            arg=[f"{self.selector} .nn-verdict", list(words)],
            timeout=seconds * 1000,
        )
        return self.says


def exercise(page, name):
    return Part(page, f'nn-exercise[data-exercise="{name}"]')


def cell(page, number=0):
    """The cell of that number, from the page's start."""
    name = page.locator("nn-cell").nth(number).get_attribute("data-cell")
    return Part(page, f'nn-cell[data-cell="{name}"]')


@contextlib.contextmanager
def requests(page):
    """The requests for what only a press may fetch, filled while the block runs."""
    found = []
    hear = lambda request: found.append(request.url) if any(part in request.url for part in ASKED) else None  # noqa: E731
    page.context.on("request", hear)
    try:
        yield found
    finally:
        page.context.remove_listener("request", hear)
