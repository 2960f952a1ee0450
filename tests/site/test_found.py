"""Found and shared: what a page says of itself, the search and its sentences, the page that stands where none is."""

import json
import re
import shutil
import threading
import tomllib
from urllib.parse import urljoin, urlsplit

import pytest
import serve
from book_words import in_words
from bs4 import BeautifulSoup
from matplotlib.image import imread
from small_book import ROOT, TITLE, build, cell, lay_out, write
from test_pages import PHONE, accessible

ADDRESS = "https://example.org/books/wb/"
REPOSITORY = "https://github.com/somebody/book"
CHAPTER = r"""# How far is a step?

The learning rate $\eta$ says how far. With $\frac{\partial L}{\partial w}$ the slope is known, and one step follows
another until the loss is small enough for you to stop. That is descent, and there is more to say than fits into a line
or two.

## When the loss rises

The quokka sum is $z = w_1 x_1 + b$, an unusual name. A quokka is not a wallaby.

> **A common misconception: "a quokka learns".** It does not.

## What you can now do

- Say how far $\eta$ leads.
- Stop in time.
"""
FIGURE = """from classroom import explore
from classroom.figures import ORANGE, curve
import nnlib


@explore(w=(-2, 2, 1))
def neuron(ax, w=1):
    \"\"\"One neuron.

    Move it.\"\"\"
    curve(ax, lambda x: nnlib.sigmoid(w * x), (-4, 4), (-0.1, 1.1))
    ax.axhspan(0, 1, color=ORANGE)
    return f"w = {w}"
"""
SECRET = "<details>\n<summary>A solution</summary>\n\nThe secret is a zebra.\n\n</details>"


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The same small book twice, `(shared, unknown)`: built with its address, and without any."""
    folder = tmp_path_factory.mktemp("found")
    code = cell("code", FIGURE, tags=["hide-input"])
    write(folder, cell("markdown", CHAPTER), code, cell("markdown", SECRET), name="01_steps")
    lay_out(folder)
    built = []
    for address in (ADDRESS.rstrip("/"), ""):
        exit_code, log = build(folder, BOOK_URL=address, BOOK_REPOSITORY=REPOSITORY if address else "")
        assert exit_code == 0, log[-3000:]
        built.append(folder / ("shared" if address else "unknown"))
        shutil.copytree(folder / "_build" / "html", built[-1])
    return built


@pytest.fixture(scope="module")
def served(books):
    """Both books, each at /books/wb/ of a host of its own: `(shared, unknown)`."""
    servers = []
    for book in books:
        host = book.parent / f"host-of-{book.name}"
        shutil.copytree(book, host / "books" / "wb")
        servers.append(serve.server(8300, host))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
    yield [f"http://localhost:{server.server_port}/books/wb/" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def head(path):
    """{name: content} of the page's meta elements, and its canonical address."""
    page = soup(path)
    named = {tag.get("name") or tag.get("property"): tag.get("content") for tag in page.find_all("meta")}
    canonical = page.find("link", rel="canonical")
    return named | {"canonical": canonical["href"] if canonical else None}


def data(path):
    return json.loads(soup(path).find("script", type="application/ld+json").string)


# ------------------------------------------------------------------------------------------------ where a page leads


def test_a_chapter_opens_elsewhere_where_a_repository_is_named(books):
    shared, unknown = (soup(book / "chapters" / "01_steps.html") for book in books)
    links = [link["href"] for link in shared.select(".book-launch a")]
    assert [urlsplit(link).hostname for link in links] == ["colab.research.google.com", "mybinder.org", "kaggle.com"]
    assert all("somebody/book" in link and "01_steps.ipynb" in link for link in links)
    assert not unknown.select(".book-launch") and not soup(books[0] / "glossary.html").select(".book-launch")


def test_what_opens_elsewhere_fetches_the_wheel_from_the_site(books):
    install = json.loads((books[0] / "downloads" / "01_steps.ipynb").read_text(encoding="utf-8"))["cells"][1]["source"]
    wheel = next(books[0].glob("downloads/*.whl")).name
    assert f"{ADDRESS.rstrip('/')}/downloads/{wheel}" in install


# ------------------------------------------------------------------------------------------------ what a page says


def test_a_chapter_describes_itself(books):
    for book in books:
        said = head(book / "chapters" / "01_steps.html")
        assert said["description"].startswith("The learning rate η says how far. With ∂L/∂w the slope is known")
        assert said["description"].endswith("for you to stop.")
        assert said["og:description"] == said["description"] and said["og:title"] == "How far is a step?"


def test_canonical_addresses(books):
    shared, unknown = books
    assert head(shared / "index.html")["canonical"] == ADDRESS
    assert head(shared / "chapters" / "01_steps.html")["canonical"] == f"{ADDRESS}chapters/01_steps.html"
    assert head(shared / "glossary.html")["og:url"] == f"{ADDRESS}glossary.html"
    for page in unknown.rglob("*.html"):
        said = head(page)
        assert not {"og:url", "og:image"} & set(said) and said["canonical"] is None
        assert "example.org" not in page.read_text(encoding="utf-8")


def test_pages_that_nobody_should_be_sent_to(books):
    for book in books:
        for name in ("search", "404", "genindex"):
            said = head(book / f"{name}.html")
            assert said["robots"] == "noindex" and said["canonical"] is None
        assert "robots" not in head(book / "glossary.html")


def card(book, page):
    address = head(book / f"{page}.html")["og:image"]
    assert address.startswith(ADDRESS)
    return imread(book / address.removeprefix(ADDRESS))


def test_a_card_for_every_page(books):
    shared, unknown = books
    cards = {page: card(shared, page) for page in ("index", "chapters/01_steps", "glossary", "notation")}
    for picture in cards.values():
        assert picture.shape[:2] == (630, 1200)
    assert not (cards["glossary"] == cards["notation"]).all(), "a card without its page's title"
    assert not list(unknown.rglob("cards/*.png"))


def test_a_chapters_card_shows_its_first_figure(books):
    """The figure is mostly orange; nothing else on any card is."""

    def orange(picture):
        return ((picture[..., 0] > 0.6) & (picture[..., 2] < 0.3)).mean()

    assert orange(card(books[0], "chapters/01_steps")) > 0.1
    assert orange(card(books[0], "glossary")) == 0


def test_structured_data(books):
    for book, address in zip(books, (ADDRESS, None), strict=True):
        whole = data(book / "index.html")
        assert whole["@type"] == "Book" and whole["name"] == TITLE and whole.get("url") == address
        assert [(part["position"], part["name"]) for part in whole["hasPart"]] == [(1, "How far is a step?")]
        chapter = data(book / "chapters" / "01_steps.html")
        assert chapter["@type"] == "LearningResource" and chapter["isPartOf"]["name"] == TITLE
        assert chapter["teaches"] == ["Say how far η leads.", "Stop in time."]
        assert soup(book / "glossary.html").find("script", type="application/ld+json") is None


def test_the_site_map_lists_what_there_is(books):
    shared, unknown = books
    listed = re.findall("<loc>(.*?)</loc>", (shared / "sitemap.xml").read_text(encoding="utf-8"))
    pages = {path.relative_to(shared).as_posix() for path in shared.rglob("*.html")}
    pages -= {"search.html", "404.html", "genindex.html"} | {page for page in pages if page.startswith("_static")}
    assert {urljoin(ADDRESS, page).replace("/index.html", "/") for page in pages} == set(listed)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (shared / "robots.txt").read_text(encoding="utf-8")
    assert not (unknown / "sitemap.xml").exists()
    assert "Sitemap" not in (unknown / "robots.txt").read_text(encoding="utf-8")


def test_data_is_no_script_to_the_policy(books):
    """The encoding stands in the first 1,024 bytes, and only what is executed has a hash."""
    html = (books[0] / "chapters" / "01_steps.html").read_text(encoding="utf-8")
    assert "charset" in html[:1024] and html.index("charset") < html.index("Content-Security-Policy")
    executed = [
        s for s in soup(books[0] / "chapters" / "01_steps.html").find_all("script") if s.string and not s.get("type")
    ]
    assert html.count("'sha256-") == len({script.string for script in executed}) > 0


# ------------------------------------------------------------------------------------------------- formulas in words

WORDS = {
    r"\frac{\partial L}{\partial w}": "∂L/∂w",
    r"z = \mathbf{w}\cdot\mathbf{x} + b": "z = w · x + b",
    r"\sum_{n=1}^{N} (\hat y_n - y_n)^2": "sum over n = 1 to N of (ŷₙ − yₙ)²",
    r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}": "pₖ = e^zₖ/(sum over j of e^zⱼ)",
    r"n_\text{in}": "nᵢₙ",
    r"X\,(N, D)": "X (N, D)",
    r"(M,)": "(M,)",
    r"w \leftarrow w - \eta\, dw": "w ← w − η dw",
    r"a = \begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise.} \end{cases}": "a = 1 if z > 0; 0 otherwise.",
}


@pytest.mark.parametrize("tex", WORDS)
def test_a_formula_in_words(tex):
    assert in_words(tex) == WORDS[tex]


def test_every_formula_of_the_book_is_readable():
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("*.md")]
    for path in ROOT.glob("chapters/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    formulas = {a or b for text in texts for a, b in re.findall(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", text, re.S)}
    assert len(formulas) > 300
    for tex in formulas:
        assert in_words(tex) and not set(in_words(tex)) & set("\\&$\n"), tex


# ------------------------------------------------------------------------------------------------------- the search


def search(page, query):
    """What stands below the field of the page's dialog: [(title, where it leads, sentence), …]."""
    if not page.locator("#pst-search-dialog").is_visible():
        page.keyboard.press("/")
    field = page.locator("#pst-search-dialog input")
    field.fill(query)
    page.locator("#pst-search-dialog [role=status]", has_text=f"“{query.strip()}”").wait_for()
    return page.eval_on_selector_all(
        "#pst-search-dialog .book-found a",
        """links => links.map(a => [a.querySelector(".book-found-title").textContent, a.getAttribute("href"),
            a.querySelector(".book-found-sentence").textContent])""",
    )


@pytest.fixture
def page(visit, served):
    return visit("glossary.html", base=served[1])


def test_search_shows_the_sentence_with_the_formula_once(page):
    [title, link, sentence], *_ = search(page, "quokka sum")
    assert (title, link) == ("When the loss rises", "./chapters/01_steps.html#when-the-loss-rises")
    assert sentence == "The quokka sum is z = w₁x₁ + b, an unusual name."
    marked = page.locator("#pst-search-dialog .book-found a").first.locator("mark").all_inner_texts()
    assert marked == ["quokka", "sum"]


def test_search_gives_no_answer_away_and_quotes_no_code(page):
    assert search(page, "zebra") == []
    assert not any("axhspan" in sentence for _, _, sentence in search(page, "axhspan"))


@pytest.mark.parametrize("name", ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf", "prototype"])
def test_names_that_every_object_has_are_words_like_others(page, name):
    """`page` complains at the end if anything was thrown."""
    assert len(search(page, name)) < 8
    assert search(page, f"bias {name}") and search(page, "bias")[0][0]


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("overfitting", "over-fitting"),
        ("overfiting", "over-fitting"),
        ("learning rate too high", "divergence"),
        ("my weights explode", "exploding-gradient"),
        ("loss is nan", "divergence"),
        ("gradient vanishes", "vanishing-gradient"),
        ("gradient decent", "gradient-descent"),
        ("eta", "learning-rate"),
        ("cost function", "loss"),
        ("momentu", "momentum"),
    ],
)
def test_what_newcomers_type_leads_to_the_term(page, query, term):
    assert f"./glossary.html#term-{term}" in [link for _, link, _ in search(page, query)[:3]]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("overfitting", "13_digits.html#what-helps-against-over-fitting"),
        ("learning rate too high", "06_gradient_descent.html#"),
        ("accuracy stuck", "10_initialization.html#a-bad-start-can-look-like-a-slow-one"),
        ("why random weights", "10_initialization.html#"),
        ("gradient vanishes", "11_depth.html#"),
        ("backprop", "07_backprop.html"),
        ("what is a bias", "03_biases.html"),
    ],
)
def test_what_newcomers_type_leads_into_the_chapters(visit, query, place):
    found = [link for _, link, _ in search(visit("glossary.html"), query)[:3]]
    assert any(link.startswith(f"./chapters/{place}") for link in found), found


def test_phrases_name_pages_that_there_are():
    """Whether the place is on its page, the build checks; a build of a part of the book has not every page."""
    for target in tomllib.loads((ROOT / "_ext" / "book_search.toml").read_text(encoding="utf-8")):
        page = ROOT / target.partition("#")[0]
        assert page.with_suffix(".ipynb").exists() or page.with_suffix(".md").exists(), target


def test_the_whole_search_by_keyboard(page):
    focused = "document.activeElement.textContent || document.activeElement.name"
    page.keyboard.press("Control+k")
    page.keyboard.type("momentum")
    page.locator("#pst-search-dialog [role=status]", has_text="“momentum”").wait_for()
    links = page.locator("#pst-search-dialog .book-found a").all_text_contents()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == links[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "q"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == links[0]
    page.keyboard.press("Escape")
    page.locator("#pst-search-dialog").wait_for(state="hidden")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-momentum")
    page.locator("#pst-search-dialog").wait_for(state="hidden")


def test_enter_lists_all_places_on_a_page_of_its_own(page):
    page.keyboard.press("/")
    page.keyboard.type("bias")
    page.locator("#pst-search-dialog [role=status]", has_text="“bias”").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=bias")
    page.locator("main .book-found a").nth(8).wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("quokka")  # the field has the focus
    page.locator("main [role=status]", has_text="“quokka”").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=quokka")


def test_a_slash_is_a_slash_where_one_writes(page):
    page.evaluate("document.querySelector('article').append(document.createElement('textarea'))")
    page.locator("article textarea").focus()
    page.keyboard.press("/")
    assert page.locator("article textarea").input_value() == "/"
    assert not page.locator("#pst-search-dialog").is_visible()


def test_nothing_found_is_said_and_leads_on(page):
    assert search(page, "xyzzyx") == []
    assert page.locator("#pst-search-dialog [role=status] a").get_attribute("href") == "./glossary.html"


def test_search_from_a_folder(visit, books):
    page = visit("chapters/01_steps.html", base=books[1].as_uri() + "/")
    (_, link, sentence), *_ = search(page, "quokka sum")
    assert link == "../chapters/01_steps.html#when-the-loss-rises" and sentence


def test_search_opens_in_a_frame_that_keeps_nothing(browser, served):
    """As a learning platform shows a page: no storage, which stops the theme's own script."""
    page = browser.new_page()
    page.set_content(
        f'<iframe sandbox="allow-scripts" width="900" height="700" src="{served[1]}glossary.html"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator(".search-button__button:visible").first.click()
    frame.locator("#pst-search-dialog input").fill("momentum")
    frame.locator("#pst-search-dialog .book-found a").first.wait_for()
    page.close()


def test_nothing_is_fetched_before_the_search_opens(visit, served):
    page = visit("glossary.html", base=served[1])
    names = "performance.getEntriesByType('resource').map(entry => entry.name)"
    loaded = f"{names}.filter(name => /_static\\/search\\.js/.test(name))"
    assert [name.rsplit("/")[-1] for name in page.evaluate(loaded)] == []
    search(page, "bias")
    (asked,) = page.evaluate(loaded)
    assert asked.split("?")[0] == f"{served[1]}_static/search.js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_search_is_accessible(visit, served, scheme):
    page = visit("glossary.html", base=served[1], color_scheme=scheme, **PHONE)
    page.locator(".search-button").first.click()
    search(page, "learning rate")
    assert accessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# ------------------------------------------------------------------------------------------------ no such page

LOST = ["momentum.html", "chapters/12_momentum.html", "a/b/c/momentum"]


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("which", [0, 1], ids=["address known", "address unknown"])
def test_no_such_page_helps_at_any_depth(browser, served, which, lost):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    assert page.goto(served[which] + lost).status == 404
    page.locator("#book-meant a").first.wait_for()
    assert "momentum" in page.locator("#book-meant").inner_text().lower()
    assert page.locator("article h1").inner_text() == "There is no such page"
    assert page.evaluate("getComputedStyle(document.querySelector('.bd-sidebar-primary')).position") == "sticky", (
        "no style"
    )
    links = page.eval_on_selector_all("a[href]:not([href^='#'])", "links => links.map(link => link.href.split('#')[0])")
    for link in set(links):
        assert link.startswith(served[which]) and page.request.get(link).status == 200, link
    page.locator("main input[name=q]").fill("quokka")
    page.locator("main .book-found-status", has_text="“quokka”").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served[which]}search.html?q=quokka")
    assert errors == []
    page.close()


def test_no_such_page_without_javascript(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served[0] + "chapters/nowhere.html")
    assert page.locator(".bd-sidebar-primary a", has_text="Glossary").get_attribute("href") == "/books/wb/glossary.html"
    page.locator(".bd-sidebar-primary a", has_text="Glossary").click()
    page.wait_for_url(f"{served[0]}glossary.html")
    context.close()


def test_github_pages_leaves_no_folder_out(books):
    assert all((book / ".nojekyll").exists() for book in books)
