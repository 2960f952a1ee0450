"""A page of the book whose Python runs, for the tests that write code into it."""

import contextlib

ASKED = "/_static/inpage/", "/_static/pyodide/"


class Part:
    """One exercise or cell on a page."""

    def __init__(self, page, selector):
        self.page, self.at = page, page.locator(selector)
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

    @property
    def selector(self):
        name = self.at.evaluate("part => part.dataset.exercise ?? part.dataset.cell")
        kind = self.at.evaluate("part => part.localName")
        return f'{kind}[data-{"exercise" if kind == "nn-exercise" else "cell"}="{name}"]'


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
