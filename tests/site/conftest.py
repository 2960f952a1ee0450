"""The built site, served on this machine, and a browser to read it in; `SITE=folder` tests another build."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import chromium
import pytest
import serve
import whole
from inpage import with_python
from jupyter_book_command import BUILD
from playwright.sync_api import sync_playwright
from pyodide_folder import pyodide_folder

ROOT = Path(__file__).parent.parent.parent
SITE = Path(os.environ.get("SITE", ROOT / "_build" / "html"))
LONG = ["test_inpage_cells", "test_truth", "test_rebuild", "test_inpage_exercises", "test_engines", "test_build_fails"]


def pytest_configure(config):
    """Build the site if nobody has, once, before any worker of xdist starts; and see that it is one."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if not (SITE / "index.html").exists():
        build_site()
    if lacks := whole.missing(SITE):  # a test that runs once for each page would run for none
        pytest.exit("\n".join([f"{SITE} is not the whole book:", *lacks]), returncode=1)


def pytest_collection_modifyitems(items):
    """What takes minutes begins first: else one process would still be at it when the other has nothing left."""
    assert {*LONG} <= {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


def build_site():
    command = [*BUILD, ".", "-W", "-n", "--keep-going"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if built.returncode:
        pytest.exit(f"The site could not be built:\n{built.stdout[-3000:]}", returncode=1)


def site_pages():
    """Every page of the book, as a path from the site's root."""
    return sorted(page.relative_to(SITE).as_posix() for page in whole.files(SITE))


def pytest_generate_tests(metafunc):
    """A test that asks for `page_path` runs once for each page."""
    if "page_path" in metafunc.fixturenames:
        metafunc.parametrize("page_path", site_pages())


@pytest.fixture(scope="session")
def site():
    return SITE


@pytest.fixture(scope="session")
def address():
    """Where the site is served, with a slash at the end."""
    with serve.server(8100, SITE) as book:
        threading.Thread(target=book.serve_forever, daemon=True).start()
        yield f"http://localhost:{book.server_port}/"
        book.shutdown()


@pytest.fixture(scope="session")
def python_site(tmp_path_factory):
    """A copy of the site with Pyodide in it, as PYODIDE=folder would have built it."""
    return with_python(SITE, tmp_path_factory.mktemp("python") / "site", pyodide_folder())


@pytest.fixture(scope="session")
def python_address(python_site):
    """Where the site with Pyodide in it is served, with a slash at the end."""
    with serve.server(8200, python_site) as book:
        threading.Thread(target=book.serve_forever, daemon=True).start()
        yield f"http://localhost:{book.server_port}/"
        book.shutdown()


# What is far away on a page is laid out when a reader comes near; until then it has no size and no text that is read.
EVERYWHERE = """
    const everywhere = new CSSStyleSheet();
    everywhere.replaceSync("* { content-visibility: visible !important; }");
    document.adoptedStyleSheets.push(everywhere);
"""


class Browser:
    """Chromium, whose pages are laid out as for a reader who has been everywhere on them; `newcomer`: as they come."""

    def __init__(self, browser):
        self.browser = browser

    def __getattr__(self, name):
        return getattr(self.browser, name)

    def new_context(self, newcomer=False, **options):
        context = self.browser.new_context(**options)
        if not newcomer:
            context.add_init_script(EVERYWHERE)
        return context

    def new_page(self, **options):
        return self.new_context(**options).new_page()


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    assert path, chromium.HOW.format(python=sys.executable)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield Browser(browser)
        browser.close()


# A browser that refuses storage: blocked cookies, a sandboxed frame.
REFUSED = """Object.defineProperty(window, 'localStorage', {
    configurable: true, get() { throw new DOMException('no', 'SecurityError'); }
})"""


def opened(context, address):
    """A new page of a context, with the page at an address loaded."""
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


def settled(page):
    """Until a page is laid out with its own letters, and whoever watches sizes has seen them."""
    page.evaluate(
        """async () => {
            await document.fonts.ready;
            for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        }"""
    )


class Watch:
    """What a page does that no page of this book may do."""

    def __init__(self, page, address, scripts):
        self.scripts = scripts
        self.told, self.aborted = [], []
        self.left, self.asked = 0, {}  # how often a page was left; and how often when a request was made
        page.on("framenavigated", self.leave)
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        page.on("requestfailed", self.failed)
        page.on("request", lambda request: self.request(request, address))
        page.on("response", self.response)

    def console(self, message):
        if message.type in ("error", "warning"):
            self.told.append(f"console {message.type}: {message.text}")

    @property
    def complaints(self):
        """What was told, and every request that was given up though nobody left the page that had made it."""
        stayed = [request.url for request in self.aborted if self.asked.get(request) == self.left]
        return self.told + [f"request given up: {url}" for url in stayed]

    def leave(self, frame):
        self.left += frame.parent_frame is None

    def request(self, request, address):
        self.asked[request] = self.left
        if not request.url.startswith((address, "data:", "blob:")):
            self.told.append(f"asks another host: {request.url}")

    def failed(self, request):
        if request.failure == "net::ERR_ABORTED":  # it may be that the page is being left
            self.aborted.append(request)
        elif request.resource_type != "script" or self.scripts:  # with JavaScript off no script is fetched
            self.told.append(f"request failed: {request.url}")

    def response(self, response):
        if response.status >= 400:
            self.told.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(browser, address):
    """visit(path, width=1280, …): a new page with nothing stored; at the test's end its complaints must be none."""
    opened = []

    def open_page(path, width=1280, height=900, base=address, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        watch = Watch(page, base, options.get("java_script_enabled", True))
        opened.append((context, path, watch))
        page.goto(base + path, wait_until="load")
        return page

    yield open_page
    for context, _, _ in opened:
        context.close()
    complaints = [f"{path}: {line}" for _, path, watch in opened for line in watch.complaints]
    assert not complaints, "\n".join(complaints)
