"""Search by places, not pages: a section, a term, a name, a misconception is found by itself, with its sentence.

Sphinx's own search ranks whole pages and quotes their furniture, so it is left out. What a place says is kept from the
page as read (book_text); MiniSearch ranks it in the reader's browser, from one file that comes when the search opens.
"""

import json
import tomllib
from pathlib import Path

from book_chapters import number
from book_pagedata import PageData
from book_text import places
from sphinx.search.en import SearchEnglish
from sphinx.util import logging

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
MINISEARCH = HERE.parent / "_vendor" / "minisearch" / "minisearch.min.js"
FIND = HERE / "search" / "find.js"
PHRASES = HERE / "book_search.toml"
BESIDE = {"index": 0.6, "about": 0.5, "instructors": 0.5, "review": 0.5, "speed": 0.5}  # not where a term is explained
SOURCES = "where-this-comes-from"


class Places(PageData):
    """{page: [place, …]}: see book_text."""

    name = "book_places"

    def process_doc(self, app, doctree):
        self.of(app.env)[app.env.docname] = list(places(doctree))


def sources(env):
    """The bibliography is filled in after reading: its places come from the citations themselves."""
    for citation in env.get_domain("cite").citations:
        text = citation.tooltip_entry.text.render_as("text") if citation.tooltip_entry else ""
        page = citation.bibliography_key.docname
        title = citation.entry.fields.get("title", citation.key).replace("{", "").replace("}", "")
        yield page, {"kind": "source", "anchor": citation.citation_id, "title": title, "text": text}


def page_name(env, page):
    title = env.titles[page].astext()
    if page == env.config.root_doc:
        return "Front page"
    return f"{number(page)}. {title}" if number(page) else title


def gathered(app):
    """(pages, places, phrases) as find.js reads them."""
    env = app.env
    pages, listed, at = [], [], {}
    found = [(page, place) for page, kept in sorted(Places.of(env).items()) for place in kept]
    rows = {}
    for page, place in found + list(sources(env)):
        if page not in rows:
            rows[page] = len(pages)
            pages.append([app.builder.get_target_uri(page), page_name(env, page), BESIDE.get(page, 1)])
        kind = "aside" if place["anchor"] == SOURCES else place["kind"]
        title = page_name(env, page) if page == env.config.root_doc and not place["anchor"] else place["title"]
        at[page, place["anchor"]] = len(listed)
        listed.append([rows[page], kind, place["anchor"], title, place["text"]])
    phrases = []
    for target, meant in tomllib.loads(PHRASES.read_text(encoding="utf-8")).items():
        page, _, anchor = target.partition("#")
        if (page, anchor) in at:
            phrases += [[phrase, at[page, anchor]] for phrase in meant]
        elif page in env.found_docs:  # a small book has not every chapter
            log.warning("book_search.toml: there is no place “%s”", target, type="book", subtype="search")
    return pages, listed, phrases


def check(app, env):
    gathered(app)


def write(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    code = [MINISEARCH.read_text(encoding="utf-8"), SearchEnglish.js_stemmer_code, FIND.read_text(encoding="utf-8")]
    data = ",".join(json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in gathered(app))
    target = Path(app.outdir) / "_static" / "search.js"
    target.write_text("\n".join([*code, f"bookSearch.load({data});\n"]), encoding="utf-8", newline="\n")


def leave_out(app):
    if app.builder.format == "html":
        app.builder.search = False  # Sphinx's own


def add_page(app):
    yield "search", {"title": "Search"}, "search.html"


def setup(app):
    app.add_env_collector(Places)
    app.connect("builder-inited", leave_out)
    app.connect("html-collect-pages", add_page)
    app.connect("env-check-consistency", check)
    app.connect("build-finished", write)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
