"""Without a network the book is there, whole, one edition at a time; with one, the newest edition is what shows."""

import json
import re
import time

import book_offline
import pytest
from conftest import Watch, opened
from hosts import Host, edition, finish, some_pages
from test_pages import accessible

KEPT = "bookOffline.state().then(state => state.book)"
CACHES = "caches.keys().then(names => names.sort())"
WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
CHAPTER = "chapters/01_neuron.html"
LOOK = "getComputedStyle(document.documentElement).getPropertyValue('--edition').trim()"
FILES = "caches.keys().then(async names => names[0] && (await (await caches.open(names[0])).keys()).length)"
OLD, NEW = "Every term that the book uses", "Every single term that the book uses"


@pytest.fixture(scope="module")
def first(site, tmp_path_factory):
    """An edition of a handful of pages."""
    folder = some_pages(site, tmp_path_factory.mktemp("offline") / "first")
    glossary = folder / "glossary.html"
    html = glossary.read_text(encoding="utf-8")
    glossary.write_text(re.sub(r"(<article.*?<h1>).*?</h1>", rf"\1{OLD}</h1>", html, flags=re.S), encoding="utf-8")
    finish(folder)
    return folder


@pytest.fixture(scope="module")
def second(first, tmp_path_factory):
    """The next one: another text, another look, and a search that finds another word."""
    (look,) = first.glob("_static/lean-*.css")
    changes = {
        "glossary.html": (OLD, NEW),
        f"_static/{look.name}": (":root{--book-text", ":root{--edition:2;--book-text"),
        "_static/search.js": ("Momentum", "Impetus"),
    }
    return edition(first, tmp_path_factory.mktemp("offline") / "second", **changes)


@pytest.fixture
def host(first):
    with Host(first).served() as host:
        yield host


@pytest.fixture
def reader(browser):
    """A browser with nothing kept; each of its pages may complain of nothing while `reader.strict`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def until(page, expression, seconds=30):
    """Until a promise's value is true: `wait_for_function` would take the promise itself for true."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        time.sleep(0.05)


def keep(page, what="book"):
    """Ask for it, and wait until it is whole or has failed: true or false."""
    return page.evaluate(
        """what => new Promise(done => {
          document.addEventListener("nn-offline", ({ detail }) => {
            if (detail.what === what && (detail.whole || detail.failed)) done(!!detail.whole);
          });
          bookOffline.keep(what).catch(() => {});
        })""",
        what,
    )


def ready(page):
    """Until the worker answers for this page."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def heading(page):
    return page.locator("article h1").first.inner_text().rstrip("#").strip()


def installed(page):
    """Until the worker that the host has is here and ready."""
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    until(page, "navigator.serviceWorker.getRegistration().then(one => !one.installing && !!one.waiting)")


# --------------------------------------------------------------------------------------------------- when it is kept
def test_a_glance_keeps_nothing_and_a_reader_has_it_all(reader, host):
    page = reader.new_page()
    page.clock.install()
    page.goto(host.address + "glossary.html", wait_until="load")
    page.clock.fast_forward(25_000)
    assert page.evaluate(WORKERS) == 0 and host.named("sw.js") == 0
    page.clock.fast_forward(10_000)
    until(page, KEPT)


def test_who_reads_on_has_it_at_once(reader, host):
    page = reader.new_page()
    page.clock.install()
    page.goto(host.address + "index.html", wait_until="load")
    page.locator("article a[href='glossary.html'], nav a[href='glossary.html']").first.click()
    page.wait_for_url("**/glossary.html")
    page.wait_for_load_state("load")
    page.clock.fast_forward(3_500)
    until(page, KEPT)


def test_where_data_is_saved_nothing_comes_unasked(reader, host):
    reader.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = reader.new_page()
    page.clock.install()
    page.goto(host.address + "glossary.html", wait_until="load")
    page.clock.fast_forward(120_000)
    page.wait_for_timeout(300)
    assert page.evaluate(WORKERS) == 0
    assert keep(page) and page.evaluate(KEPT), "asked for, it comes"


def test_opened_as_a_file_it_keeps_nothing(visit, first):
    page = visit("about.html", base=first.as_uri() + "/")
    assert page.evaluate("bookOffline.can") is False
    assert "Opened as a file" in page.locator(".book-offline").inner_text()
    assert page.locator(".book-offline button").count() == 0


# --------------------------------------------------------------------------------------------------- without a network
def test_every_page_is_there_and_complains_of_nothing(reader, host, first):
    page = opened(reader, host.address)
    assert keep(page)
    ready(page)
    host.cut, host.asked = True, []
    watch = Watch(page, host.address, True)
    pages = {path.relative_to(first).as_posix() for path in [*first.glob("*.html"), *first.glob("chapters/*.html")]}
    for path in sorted(pages - {"search.html", "index.html"}):
        page.goto(host.address + path, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.locator("article").first.is_visible(), path
        if path == CHAPTER:
            page.locator("nn-exercise").first.get_by_role("button", name="Hint 1").click()
            page.locator(".nn-hint").first.wait_for()
    page.goto(host.address, wait_until="load")
    assert "Weights" in page.title(), "the folder is its front page"
    page.goto(host.address + "search.html?q=momentum", wait_until="load")
    page.locator("main .book-found a").first.wait_for()
    assert watch.complaints == []
    wanted = {path.split("?")[0] for path in host.asked}
    assert all(path.endswith((".html", "/", "sw.js")) for path in wanted), wanted


def test_a_slow_page_comes_from_what_is_kept(reader, host):
    page = opened(reader, host.address)
    assert keep(page)
    ready(page)
    host.held = ("glossary.html",)
    page.goto(host.address + "glossary.html", wait_until="load", timeout=8_000)
    assert heading(page) == OLD


def test_below_a_path_two_books_keep_apart(reader, first, second, tmp_path):
    (tmp_path / "one").symlink_to(first)
    (tmp_path / "two").symlink_to(second)
    with Host(tmp_path).served() as host:
        pages = [opened(reader, f"{host.address}{name}/glossary.html") for name in ("one", "two")]
        assert all([keep(page) for page in pages])
        assert [name.split(":")[1] for name in pages[0].evaluate(CACHES)] == ["/one/", "/two/"]
        pages[0].evaluate("bookOffline.forget()")
        pages[0].close()
        host.cut = True
        page = opened(reader, f"{host.address}two/index.html")
        page.goto(f"{host.address}two/glossary.html", wait_until="load")
        assert heading(page) == NEW
        assert [name.split(":")[1] for name in page.evaluate(CACHES)] == ["/two/"]


# --------------------------------------------------------------------------------------------------- two editions
def test_a_newer_edition_comes_while_a_page_is_open(reader, host, second):
    page = opened(reader, host.address + "glossary.html")
    assert keep(page)
    ready(page)
    host.folder = second
    other = opened(reader, host.address + "glossary.html")
    assert heading(other) == NEW, "with a network the newest edition shows at once"
    assert other.evaluate(LOOK) == "2"
    installed(other)
    page.locator(".book-newer").wait_for()
    assert other.locator(".book-newer").count() == 0, "the new page knows that it is new"

    # The open page goes on with its own edition's files, which the host no longer has.
    host.asked = []
    page.locator(".search-button-field:visible").click()
    page.locator("#pst-search-dialog input[type=search]").fill("momentum")
    page.locator("#pst-search-dialog .book-found-title", has_text="Momentum").first.wait_for()
    assert host.named("search.js") == 0

    host.cut = True
    other.reload()
    assert heading(other) == NEW, "without a network, too: the newest that is whole"
    host.cut = False
    page.keyboard.press("Escape")
    page.locator(".book-newer button").click()
    page.wait_for_function("words => document.querySelector('article h1').textContent.includes(words)", arg=NEW)
    assert page.locator(".book-newer").count() == 0

    # When no page of the old one is open any more, it is deleted.
    assert len(page.evaluate(CACHES)) == 2
    page.goto("about:blank")
    other.goto("about:blank")
    page.wait_for_timeout(300)
    page.goto(host.address + "about.html", wait_until="load")
    until(page, f"{CACHES}.then(names => names.length === 1)")
    assert heading(opened(reader, host.address + "glossary.html")) == NEW


def test_an_edition_that_the_host_has_half_is_not_taken(reader, host, first, second, tmp_path):
    """The new worker is published already, and a page is still the old one: the old edition stays, whole."""
    page = opened(reader, host.address + "glossary.html")
    assert keep(page)
    ready(page)
    host.folder = edition(second, tmp_path / "half")
    (host.folder / "glossary.html").write_bytes((first / "glossary.html").read_bytes())
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update()).catch(() => {})")
    until(page, "navigator.serviceWorker.getRegistration().then(one => !one.installing && !one.waiting)")
    host.cut = True
    page.reload()
    assert heading(page) == OLD and page.locator(".book-newer").count() == 0


# --------------------------------------------------------------------------------------------------- half-way
@pytest.mark.parametrize("how", ["a file fails", "the worker is killed"])
def test_what_is_half_here_is_not_used_and_is_completed_the_next_time(reader, host, how):
    page = opened(reader, host.address + "glossary.html")
    if how == "a file fails":
        host.broken = ("search.js",)
        assert keep(page) is False
    else:
        host.held = ("search.js",)
        page.evaluate("bookOffline.keep(); 0")
        until(page, f"{FILES}.then(count => count > 50)")
        developer = reader.new_cdp_session(page)
        developer.send("ServiceWorker.enable")
        developer.send("ServiceWorker.stopAllWorkers")
        host.released.set()
        until(page, f"{WORKERS}.then(count => count === 0)")
    assert page.evaluate(KEPT) is False
    host.cut = True
    other = reader.new_page()
    with pytest.raises(Exception, match="net::ERR"):
        other.goto(host.address + "about.html")
    other.close()
    host.cut, host.broken, host.held = False, (), ()
    page.goto(host.address + "glossary.html", wait_until="load")
    before = host.named("KaTeX_AMS-Regular.woff2")
    assert keep(page) and page.evaluate(KEPT)
    assert host.named("KaTeX_AMS-Regular.woff2") == before, "what has come need not come again"
    ready(page)
    host.cut = True
    page.goto(host.address + "about.html", wait_until="load")


def test_a_store_that_the_browser_has_emptied_is_filled_whole_again(reader, host):
    page = opened(reader, host.address + "glossary.html")
    assert keep(page)
    ready(page)
    page.evaluate("caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))")
    host.broken = ("search.js",)
    assert keep(page) is False
    host.cut = True
    other = reader.new_page()
    with pytest.raises(Exception, match="net::ERR"):
        other.goto(host.address + "about.html")
    other.close()
    host.cut, host.broken = False, ()
    assert keep(page)
    host.cut = True
    page.goto(host.address + "about.html", wait_until="load")


# --------------------------------------------------------------------------------------------------- Python
def test_python_is_kept_and_checks_without_a_network(reader, python_site, tmp_path):
    from inpage import exercise

    site = some_pages(python_site, tmp_path / "site", ("index", "about", "chapters/01_neuron"))
    (python,) = (site / "_static" / "pyodide").iterdir()
    source = {"pyodide": f"../../pyodide/{python.name}/", "bytes": 20_000_000, "megabytes": 20, "host": ""}
    finish(site, source)
    with Host(site).served() as host:
        page = opened(reader, host.address + "about.html")
        page.get_by_role("button", name="Keep Python").click()
        page.get_by_role("button", name="Remove Python").wait_for(timeout=60_000)
        page.get_by_role("button", name="Remove the book").wait_for(timeout=60_000)
        assert accessible(page) == []
        host.cut, host.asked = True, []
        page.goto(host.address + CHAPTER, wait_until="load")
        assert exercise(page, "relu").check("def relu(z):\n    return np.maximum(z, 0)")["ok"]
        page.goto(host.address + "about.html", wait_until="load")
        page.get_by_role("button", name="Remove Python").click()
        page.get_by_role("button", name="Keep Python").wait_for()
        assert [name.split(":")[0] for name in page.evaluate(CACHES)] == ["nn-book"]


# --------------------------------------------------------------------------------------------------- the way out
def test_the_way_out_deletes_all_and_takes_itself_off(reader, host, first, tmp_path):
    page = opened(reader, host.address + "glossary.html")
    assert keep(page)
    ready(page)
    host.folder = edition(first, tmp_path / "gone")
    book_offline.withdraw(host.folder)
    page.reload()
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one?.update()).catch(() => {})")
    until(page, f"{WORKERS}.then(count => count === 0)")
    assert page.evaluate(CACHES) == []
    page.goto(host.address + "about.html", wait_until="load")
    assert page.evaluate("[bookOffline.can, navigator.serviceWorker.controller]") == [False, None]
    assert "keeps nothing" in page.locator(".book-offline").inner_text()


def test_who_removes_the_book_is_not_given_it_again(reader, host):
    page = opened(reader, host.address + "about.html")
    page.get_by_role("button", name="Keep the book").click()
    page.get_by_role("button", name="Remove the book").click()
    page.get_by_role("button", name="Keep the book").wait_for()
    assert page.evaluate(CACHES) == [] and page.evaluate(WORKERS) == 0
    page.clock.install()
    page.reload()
    page.clock.fast_forward(120_000)
    page.wait_for_timeout(300)
    assert page.evaluate(WORKERS) == 0
    page.get_by_role("button", name="Keep the book").click()
    page.get_by_role("button", name="Remove the book").wait_for()


# --------------------------------------------------------------------------------------------------- the build
def test_all_but_pages_have_addresses_that_change_with_their_content(site):
    known = json.loads(re.search(r"BOOK=(\{.*?\});", (site / "sw.js").read_text(encoding="utf-8"))[1])
    unnamed = [name for name in known["files"] if not re.search(r"\?v=\w{8}$|[0-9a-f]{10,}|\.html$", name)]
    assert unnamed == []
    assert {path.relative_to(site).as_posix() for path in site.glob("chapters/*.html")} < set(known["files"])
    assert not any(name.startswith(("downloads", "_static/pyodide")) for name in known["files"])


def test_the_manifest_makes_it_an_app(visit, site):
    page = visit("chapters/01_neuron.html" if (site / CHAPTER).exists() else "glossary.html")
    answer = page.evaluate(
        """async () => {
          const address = document.querySelector("link[rel=manifest]").href, answer = await fetch(address);
          const manifest = await answer.json(), icons = {};
          for (const icon of manifest.icons) {
            const image = new Image();
            image.src = new URL(icon.src, address);
            await image.decode();
            icons[`${icon.purpose} ${image.naturalWidth}x${image.naturalHeight}`] = icon.sizes;
          }
          const [type, cached] = ["Content-Type", "Cache-Control"].map(name => answer.headers.get(name));
          return { manifest, icons, type, cached };
        }"""
    )
    assert answer["type"] == "application/manifest+json" and answer["cached"] == "no-cache"
    assert answer["icons"] == {"any 192x192": "192x192", "any 512x512": "512x512", "maskable 512x512": "512x512"}
    assert answer["manifest"]["scope"] == "." and answer["manifest"]["start_url"] == "index.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browsers_bar_has_the_pages_colour(visit, scheme):
    page = visit("glossary.html", color_scheme=scheme)
    colour = page.locator(f"meta[name=theme-color][media*={scheme}]").get_attribute("content")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
