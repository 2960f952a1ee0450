"""A page can be found and shared: what it says of itself to search engines, and to those who show a link as a card.

Some of it needs the book's own address, `BOOK_URL=https://… make html` (or `html_baseurl` in `_config.yml`): canonical
addresses, preview pictures (book_cards), the site map. Without one the rest is there and nothing is guessed.
"""

import json
import os
from html import escape
from pathlib import Path

from book_chapters import listed, number
from book_text import plain
from docutils import nodes

NOT_LISTED = {"search", "genindex", "py-modindex", "404"}
MOST = 200  # characters of a description; search engines cut a longer one
LEARNED = "what-you-can-now-do"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def take_address(app, config):
    """The address ends with a slash, so that pages can be named below it."""
    address = os.environ.get("BOOK_URL") or config.html_baseurl
    config.html_baseurl = f"{address.rstrip('/')}/" if address else ""


def description(doctree):
    """The page's first sentences, as many as there is room for."""
    section = next(doctree.findall(nodes.section), doctree)
    text = next((plain(child) for child in section.children if isinstance(child, nodes.paragraph)), "")
    if len(text) <= MOST:
        return text
    ends = [i + 1 for i in range(60, MOST) if text[i] in ".?!" and text[i + 1 : i + 2] == " "]
    return text[: ends[-1]] if ends else text[: text.rindex(" ", 0, MOST - 1)] + "…"


def learned(doctree):
    """The lines of “What you can now do”."""
    for section in doctree.findall(nodes.section):
        if LEARNED in section["ids"]:
            return [plain(item) for item in section.findall(nodes.list_item)]
    return []


def address(app, page):
    """A page's own address; the front page is the folder itself."""
    uri = app.builder.get_target_uri(page)
    return app.config.html_baseurl + ("" if uri == "index.html" else uri)


def known(data):
    """Without what is not known here."""
    return {key: value for key, value in data.items() if value}


def book(app):
    return known({"@type": "Book", "name": app.config.html_title, "url": app.config.html_baseurl})


def structured(app, page, doctree, image):
    """What schema.org calls the page: the front page is a Book, a chapter a LearningResource that is part of it."""
    config, site = app.config, app.config.html_baseurl
    common = {
        "@context": "https://schema.org",
        "description": description(doctree),
        "inLanguage": config.language,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "image": image,
    }
    if page == config.root_doc:
        parts = [
            known({"@type": "LearningResource", "position": number(name), "name": app.env.titles[name].astext()})
            | ({"url": address(app, name)} if site else {})
            for name in listed(app.env)
        ]
        author = {"@type": "Organization", "name": config.author}
        return known(common | book(app) | {"author": author, "hasPart": parts})
    if not number(page):
        return None
    return known(
        common
        | {
            "@type": "LearningResource",
            "name": app.env.titles[page].astext(),
            "url": address(app, page) if site else "",
            "position": number(page),
            "learningResourceType": "chapter",
            "teaches": learned(doctree),
            "isPartOf": book(app),
        }
    )


def tags(app, page, title, doctree, image):
    """The lines of the page's head."""
    config = app.config
    if page in NOT_LISTED or doctree is None:
        return ['<meta name="robots" content="noindex" />']
    said = description(doctree)
    named = [("description", said), ("twitter:card", "summary_large_image" if image else "summary")]
    properties = [
        ("og:title", title),
        ("og:description", said),
        ("og:type", "article" if number(page) else "website"),
        ("og:site_name", config.html_title),
        ("og:locale", config.language),
    ]
    if config.html_baseurl:
        properties.append(("og:url", address(app, page)))
    if image:
        properties += [
            ("og:image", image),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("og:image:alt", title),
        ]
    lines = [f'<meta name="{name}" content="{escape(value)}" />' for name, value in named if value]
    lines += [f'<meta property="{name}" content="{escape(value)}" />' for name, value in properties if value]
    data = structured(app, page, doctree, image)
    if data:  # "<" would end the element early
        text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
        lines.append(f'<script type="application/ld+json">{text}</script>')
    return lines


def add_tags(app, page, template, context, doctree):
    from book_cards import card_address

    if page in NOT_LISTED:
        context.pop("pageurl", None)
    elif context.get("pageurl"):
        context["pageurl"] = address(app, page)
    title = app.env.titles[page].astext() if page in app.env.titles else ""
    lines = tags(app, page, title, doctree, card_address(app, page))
    context["metatags"] = context.get("metatags", "") + "\n    ".join(["", *lines])


def write_lists(app, exception):
    """robots.txt (heeded only at a host's root) and, where the address is known, the site map."""
    if exception is not None or app.builder.format != "html":
        return
    site, robots = app.config.html_baseurl, "User-agent: *\nAllow: /\n"
    sitemap = Path(app.outdir) / "sitemap.xml"
    sitemap.unlink(missing_ok=True)
    if site:
        robots += f"Sitemap: {site}sitemap.xml\n"
        places = "".join(f"<url><loc>{escape(address(app, page))}</loc></url>\n" for page in sorted(app.env.found_docs))
        text = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        sitemap.write_text(f"{text}{places}</urlset>\n", encoding="utf-8", newline="\n")
    (Path(app.outdir) / "robots.txt").write_text(robots, encoding="utf-8", newline="\n")


def setup(app):
    app.connect("config-inited", take_address, priority=300)
    app.connect("html-page-context", add_tags, priority=700)
    app.connect("build-finished", write_lists)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
