"""Python in the page starts when a reader asks, never before; what goes wrong is said, and the page stays."""

import re
import time

import chromium
import pytest
from inpage import exercise, requests

PAGE = "chapters/01_neuron.html"
RIGHT = "def relu(z):\n    return np.maximum(z, 0)"


@pytest.fixture
def page(visit, python_address):
    return visit(PAGE, base=python_address)


def first_check(page):
    """The verdict on a right answer, the first that this page is asked for."""
    part = exercise(page, "relu")
    return part, part.check(RIGHT)


def test_nothing_is_fetched_before_a_press(visit, python_address):
    page = visit("index.html", base=python_address)
    page.wait_for_load_state("networkidle")  # its icon comes last
    with requests(page) as found:
        page.goto(python_address + PAGE, wait_until="load")
        page.wait_for_timeout(1500)
        page.mouse.wheel(0, 3000)
        page.locator("nn-exercise").first.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
    assert found == []


def test_a_sentence_says_first_what_comes_and_from_where(page):
    said = page.locator(".nn-fetches:visible").first.inner_text()
    assert re.search(r"first time, it fetches \d+(\.\d)? MB from this site", said)
    assert "nothing you write leaves your browser" in said


def test_the_book_as_built_asks_pyodides_own_host(visit):
    """What the site says without PYODIDE: host, version and megabytes; nobody is asked here."""
    page = visit(PAGE)
    assert "9.6 MB from cdn.jsdelivr.net" in page.locator(".nn-fetches:visible").first.inner_text()
    settings = page.evaluate("JSON.parse(document.getElementById('nn-python').textContent)")
    assert re.fullmatch(r"https://cdn\.jsdelivr\.net/pyodide/v\d+\.\d+\.\d+/full/", settings["pyodide"])


def test_bytes_are_told_while_they_come_and_the_first_check_answers(page):
    page.evaluate("""() => {
      window.heard = [];
      new MutationObserver(() => heard.push(document.querySelector('[data-exercise="relu"] .nn-verdict').textContent))
        .observe(document.querySelector('[data-exercise="relu"] .nn-verdict'), { childList: true, subtree: true });
    }""")
    _, answer = first_check(page)
    assert answer["ok"] and answer["kind"] == "ok" and "right" in answer["message"]
    heard = page.evaluate("heard")
    assert any(re.search(r"Python: \d+\.\d of \d+\.\d MB from this site", said) for said in heard), heard


def test_the_worker_is_one_and_stays_warm(page):
    part, _ = first_check(page)
    assert page.locator(".nn-fetches").count() == 0, "what is here need not be announced"
    workers = len(page.workers)
    assert exercise(page, "leaky_relu").check("step = None")["kind"] in ("missing", "type")
    assert part.check(RIGHT)["ok"] and len(page.workers) == workers == 1


def test_a_second_tab_does_not_fetch_again(browser, python_address, tmp_path):
    """With a cache on the disk, as readers have it."""
    kind, path = browser.browser_type, chromium.find()
    context = kind.launch_persistent_context(str(tmp_path), executable_path=path, args=chromium.FLAGS)
    loaded = []
    for tab in (1, 2):
        page = context.new_page()
        page.goto(python_address + PAGE, wait_until="load")
        assert exercise(page, "relu").check(RIGHT)["ok"]
        sizes = page.workers[0].evaluate(
            "performance.getEntriesByType('resource').map(e => [e.name.split('/').pop(), e.transferSize])"
        )
        assert "pyodide.asm.wasm" in dict(sizes), f"tab {tab}: {sizes}"
        loaded.append(sum(sent for _, sent in sizes))
    context.close()
    assert loaded[0] > 10_000_000 and loaded[1] < 50_000, loaded


NO_MEMORY = "export const loadPyodide = () => { throw new RangeError('could not allocate memory'); };"
SCRIPT = {"content_type": "text/javascript"}


def answered(pattern, **answer):
    return lambda page: page.context.route(pattern, lambda route: route.fulfill(**answer))


# What goes wrong, the words that say so, and whether trying again in the same page can help once it is mended.
FAULTS = {
    "offline": (lambda page: page.context.set_offline(True), "is this browser offline", False),
    "blocked": (
        lambda page: page.context.route("**/_static/pyodide/**", lambda route: route.abort()),
        "this site could not be reached",
        True,
    ),
    "missing": (answered("**/*.wasm", status=404, body=""), "404", True),
    "memory": (answered("**/pyodide.mjs", body=NO_MEMORY, **SCRIPT), "too little free memory", True),
    "worker-ends": (answered("**/worker.mjs", body="throw new Error('ended early')", **SCRIPT), "ended early", True),
    "no-wasm": (lambda page: page.evaluate("delete globalThis.WebAssembly"), "no WebAssembly", False),
    "no-worker": (
        lambda page: page.evaluate("globalThis.Worker = class { constructor() { throw new Error('no') } }; 0"),
        "refuses it a worker",
        False,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_start_that_fails_says_why_and_the_page_stays_as_it_was(browser, python_address, fault):
    act, words, again = FAULTS[fault]
    context = browser.new_context()
    page = context.new_page()
    page.goto(python_address + PAGE, wait_until="load")
    text = page.locator("article p:not(.nn-help p)")  # without a line an exercise's hints come back: tested below
    before = text.all_inner_texts()
    part = exercise(page, "relu")
    part.write("def relu(z):\n    return z")
    act(page)
    answer = part.check()
    assert answer["ok"] is False and words in answer["message"], answer
    assert answer["message"] in part.says
    assert fault == "offline" or "or run this chapter as a notebook" in answer["message"]
    assert part.code == "def relu(z):\n    return z"
    assert text.all_inner_texts() == before
    context.unroute_all()
    if again:
        assert part.check(RIGHT)["ok"], "pressing again tries again"
    context.close()


def test_without_a_line_the_hints_stand_as_the_page_had_them(browser, python_address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(python_address + PAGE, wait_until="load")
    part = exercise(page, "relu")
    context.set_offline(True)
    part.press("Hint 1 of 3")
    part.wait("is this browser offline")
    part.at.get_by_text("Hint 1", exact=True).click()
    assert part.at.locator(".book-hint").first.inner_text().strip() != "Hint 1"
    context.close()


def test_a_line_that_drops_after_the_first_press_is_said(browser, python_address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(python_address + PAGE, wait_until="load")
    part = exercise(page, "relu")
    part.press("Hint 1 of 3")
    part.at.locator(".nn-hint").wait_for()
    context.set_offline(True)
    assert "this browser is offline" in part.check()["message"]
    context.close()


def until(happened, seconds=30):
    """Asked again and again from here, since the page's own clock stands still."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_start_that_stands_still_ends_with_a_sentence(browser, python_address):
    """Nothing comes for as long as the limit: the clock of the page is moved, not waited for."""
    context = browser.new_context()
    context.route("**/pyodide.mjs", lambda route: None)  # never answered
    page = context.new_page()
    page.clock.install()
    page.goto(python_address + PAGE, wait_until="load")
    part = exercise(page, "relu")
    page.evaluate("answer = null; document.querySelector('[data-exercise=relu]').check().then(a => answer = a); 0")
    until(lambda: re.search(r"Python: 0\.\d of", part.says))  # the book's own part may be here already
    page.clock.fast_forward(46_000)
    until(lambda: page.evaluate("answer"))
    assert "Nothing came from this site for 45 seconds" in page.evaluate("answer.message")
    context.close()


# What a slow device does after the limit, while nothing is told and the line is well.
SLOW = {
    "computes": "for (const end = Date.now() + 4000; Date.now() < end;);",
    "compiles beside": "await new Promise(done => setTimeout(done, 4000));",
    "computes, then asks for more": """for (const end = Date.now() + 3000; Date.now() < end;);
        await Promise.race([fetch("never.wasm"), new Promise(done => setTimeout(done, 3000))]);""",
}


@pytest.mark.parametrize("slow", SLOW)
def test_a_start_that_is_slow_is_not_taken_for_a_line_that_is_down(browser, python_address, slow):
    """All that was asked for is here, or was asked for just now: a slow device compiles for longer than the limit."""
    context = browser.new_context()
    busy = f"""export async function loadPyodide() {{
        self.postMessage({{ stage: "bytes", bytes: 3_000_000 }});
        {SLOW[slow]}
        throw new Error("it went on");
    }}"""
    context.route("**/pyodide.mjs", lambda route: route.fulfill(body=busy, **SCRIPT))
    context.route("**/never.wasm", lambda route: None)
    page = context.new_page()
    page.clock.install()
    page.goto(python_address + PAGE, wait_until="load")
    part = exercise(page, "relu")
    page.evaluate("answer = null; document.querySelector('[data-exercise=relu]').check().then(a => answer = a); 0")
    until(lambda: "Python: 3.0 of" in part.says)
    page.clock.fast_forward(46_000)
    until(lambda: page.evaluate("answer"))
    assert "it went on" in page.evaluate("answer.message")
    context.close()
