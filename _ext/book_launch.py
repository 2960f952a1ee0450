"""A chapter can be opened where notebooks run: Colab, Binder, Kaggle. Links alone: nobody is asked before a click.

These services read a repository, so there are links only where one is named, `BOOK_REPOSITORY=https://github.com/…`
(or `book_repository` in `_config.yml`). They open its branch `notebooks`, which holds what `downloads/` holds: chapters
that install what they need, the wheel, and what Binder asks for. The workflow `pages` keeps it.
"""

import os
import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import nnlib

BRANCH = "notebooks"
GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")
# Each with what its readers have to know first.
SERVICES = {
    "Colab": ("https://colab.research.google.com/github/{place}/blob/{branch}/{name}", "asks for a Google account"),
    "Binder": ("https://mybinder.org/v2/gh/{place}/{branch}?urlpath={tree}", "no account; starts in some minutes"),
    "Kaggle": (
        "https://kaggle.com/kernels/welcome?src=https://github.com/{place}/blob/{branch}/{name}",
        "asks for an account, and for its switch Internet to be on",
    ),
}


def place(repository):
    """`owner/name` of a repository's address; "" for none."""
    if not repository:
        return ""
    found = GITHUB.fullmatch(repository)
    if not found:
        raise ValueError(f"BOOK_REPOSITORY is {repository}; what opens notebooks needs https://github.com/OWNER/NAME")
    return f"{found[1]}/{found[2]}"


def links(repository, name):
    """[(service, address, what to know), …] for a chapter's notebook; none without a repository."""
    if not repository:
        return []
    parts = {"place": place(repository), "branch": BRANCH, "name": name, "tree": quote(f"lab/tree/{name}", safe="")}
    return [(service, address.format(**parts), known) for service, (address, known) in SERVICES.items()]


def take_repository(app, config):
    config.book_repository = os.environ.get("BOOK_REPOSITORY") or config.book_repository
    place(config.book_repository)  # another address is told at once


def sources(repository):
    """Where the book's own files are, as HTML: its package on this site, and all of it where a repository is named."""
    package, where = f"nnlib_book-{nnlib.__version__}-py3-none-any.whl", place(repository)
    said = f'The book\'s package, with all of <code>nnlib</code>, is <a href="downloads/{package}">{package}</a>; '
    said += "a wheel is a zip, and can be opened as one. "
    if where:
        address = f"https://github.com/{where}"
        said += f'The sources of the whole book are at <a href="{address}">{address}</a>, '
        said += f'and defects are told <a href="{address}/issues">there</a>.'
    else:
        said += "Whoever put up this site has the sources of the whole book, and is the one to tell of a defect."
    return f"<p>{said}</p>"


class Sources(SphinxDirective):
    def run(self):
        return [nodes.raw("", sources(self.config.book_repository), format="html")]


def offer(app, pagename, templatename, context, doctree):
    context["edition"], context["launch_links"] = nnlib.__version__, []
    if context.get("page_source_suffix") == ".ipynb":
        context["launch_links"] = links(app.config.book_repository, f"{Path(pagename).name}.ipynb")


def setup(app):
    app.add_config_value("book_repository", "", "env")  # a page's text says it
    app.add_directive("book-sources", Sources)
    app.connect("config-inited", take_repository)
    app.connect("html-page-context", offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
