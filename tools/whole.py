"""Say what a built site lacks: `python tools/whole.py [FOLDER]`. A build that made no page does not pass for a book."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = ROOT / "_build" / "html"
LISTED = re.compile(r"^(?:root:|\s*- file:)\s*([\w/-]+)\s*$", re.M)
TITLE = re.compile(r"<h1[\s>]")


def pages(toc=ROOT / "_toc.yml"):
    """["index", "chapters/01_neuron", …]: every page that the contents name."""
    found = LISTED.findall(toc.read_text(encoding="utf-8"))
    if len(found) < 2:
        raise ValueError(f"{toc} names no pages")
    return found


def unwritten(site=SITE, toc=ROOT / "_toc.yml"):
    """The pages of the contents that a site has not, or has without a title."""
    files = {page: Path(site, f"{page}.html") for page in pages(toc)}
    return [page for page, file in files.items() if not (file.is_file() and TITLE.search(file.read_text("utf-8")))]


def files(site=SITE):
    """Every page that a site has, the chapters first."""
    return [*sorted(Path(site).glob("chapters/*.html")), *sorted(Path(site).glob("*.html"))]


def check(site=SITE):
    """End with what a site lacks, if it is not whole."""
    if said := missing(site):
        sys.exit("\n".join([f"{site} is not the whole book:", *said]))


def missing(site=SITE, toc=ROOT / "_toc.yml"):
    """What a site lacks, a sentence each; none if it is whole."""
    site = Path(site)
    said = [f"{page}.html is missing, or has no title." for page in unwritten(site, toc)]
    said += [f"{name} is missing." for name in ("404.html", "search.html", ".nojekyll") if not (site / name).is_file()]
    if not any(site.glob("_static/styles/*.css")):
        said.append("There is no style sheet.")
    for page in pages(toc):
        if page.startswith("chapters/") and not (site / "downloads" / f"{Path(page).name}.ipynb").is_file():
            said.append(f"{page} can't be taken away: its notebook is not in downloads.")
    if len(list(site.glob("downloads/*.whl"))) != 1:
        said.append("There is not one wheel in downloads.")
    return said


def main():
    site = Path(sys.argv[1]) if sys.argv[1:] else SITE
    check(site)
    print(f"{site}: {len(pages())} pages, all there")


if __name__ == "__main__":
    main()
