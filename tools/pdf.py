"""The whole book as one PDF, printed by Chromium: a cover, contents with page numbers, bookmarks, links that lead on.

python tools/pdf.py                                   the whole book, into _build/book.pdf
python tools/pdf.py --only chapters/04_networks OUT   some of its pages
python tools/pdf.py --solutions                       with hints, solutions and answers after each chapter
"""

import argparse
import html
import io
import re
import sys
import threading
from pathlib import Path

import chromium
import serve
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject
from tqdm import tqdm

ROOT = Path(__file__).parent.parent
PAPER = {"format": "A4", "margin": {"top": "20mm", "bottom": "22mm", "left": "22mm", "right": "22mm"}}
FACE = "".join(
    f'@font-face {{ font-family: "Source Serif"; font-style: {style}; font-weight: 200 900; font-display: block; '
    f'src: url("ADDRESS_static/source-serif/{file}.woff2"); }}'
    for style, file in (("normal", "roman"), ("italic", "italic"))
)
STYLE = """<meta charset="utf-8"><style>
  @page { size: A4; margin: 20mm 22mm 22mm; }
  body { font-family: "Source Serif", Charter, Georgia, serif; color: #000; margin: 0; }
  h1 { font-size: 34pt; font-weight: 640; margin: 80mm 0 6mm; line-height: 1.1; } p { font-size: 13pt; }
  ol { list-style: none; padding: 0; font-size: 12pt; } li { display: flex; gap: 4mm; padding: 1.6mm 0; }
  li span:last-child { margin-left: auto; font-variant-numeric: tabular-nums; }
  .number { height: 287mm; display: flex; align-items: flex-end; justify-content: center; font-size: 9pt; }
  .number:not(:last-child) { break-after: page; }
</style>"""


def title(config):
    return re.search(r"^title: (.+)$", config, re.M)[1]


def pages(toc):
    """The book's pages in the order of its contents, but for the one that is nothing without a screen."""
    root = re.search(r"^root: (\S+)", toc, re.M)[1]
    return [root, *(name for name in re.findall(r"- file: (\S+)", toc) if name != "review")]


class Printer:
    """A browser that prints pages of the served book, and pages of our own."""

    def __init__(self, browser, address, solutions=False):
        self.solutions = solutions
        self.page = browser.new_context(color_scheme="light").new_page()
        self.address = address

    def book_page(self, name):
        self.page.goto(f"{self.address}{name}.html", wait_until="load")
        # On the screen a face that comes late is not waited for; paper can wait.
        self.page.add_style_tag(content=FACE.replace("ADDRESS", self.address))
        self.page.evaluate(
            "Promise.all(['', 'italic ', 'bold '].map(kind => document.fonts.load(`${kind}1em 'Source Serif'`)))"
        )
        if self.solutions:
            self.page.evaluate("window.bookPaper?.(); 0")
        heading = self.page.locator("article h1").first.inner_text().rstrip("#").strip()
        return heading, PdfReader(io.BytesIO(self.page.pdf(**PAPER, outline=True, tagged=True, print_background=True)))

    def own(self, body):
        self.page.set_content(f"<style>{FACE.replace('ADDRESS', self.address)}</style>{STYLE}{body}", wait_until="load")
        self.page.evaluate("document.fonts.load('1em \\'Source Serif\\'')")
        return PdfReader(io.BytesIO(self.page.pdf(prefer_css_page_size=True)))


def contents(listed, before):
    """The list of what is in it; `before` pages come before the first."""
    rows = (f"<li><span>{html.escape(name)}</span><span>{start + before + 1}</span></li>" for name, start in listed)
    return f"<h2>Contents</h2><ol>{''.join(rows)}</ol>"


def bound(printer, names, book):
    """A `PdfWriter` with the cover, the contents and the pages."""
    printed = [printer.book_page(name) for name in tqdm(names, desc="pages", file=sys.stderr)]
    starts, count = [], 0
    for heading, reader in printed:
        starts.append((heading, count))
        count += len(reader.pages)
    front = 1 + len(printer.own(contents(starts, 0)).pages)  # the cover, and what the contents take
    writer = PdfWriter()
    writer.append(printer.own(f"<h1>{html.escape(book)}</h1><p>The interactive book, on paper</p>"))
    writer.append(printer.own(contents(starts, front)), outline_item="Contents")
    for heading, reader in printed:
        writer.append(reader, outline_item=heading, import_outline=True)
    lead_on(writer, printer.address, {name: start + front for name, (_, start) in zip(names, starts, strict=True)})
    numbers = printer.own(
        "<style>@page { margin: 0; }</style>"
        + "".join(f'<div class="number">{n}</div>' for n in range(1, len(writer.pages) + 1))
    )
    for page, number in list(zip(writer.pages, numbers.pages, strict=False))[1:]:  # the cover has none
        page.merge_page(number)
    writer.add_metadata({"/Title": book})
    return writer


def lead_on(writer, address, first):
    """Links to a page of the book lead to it in the PDF; those to pages that are not in it are links no more."""
    for page in writer.pages:
        kept = ArrayObject()
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            target = str(link.get("/A", {}).get("/URI", ""))
            if target.startswith(address):
                name = re.sub(r"(\.html)?([#?].*)?$", "", target[len(address) :]) or "index"
                if name not in first:
                    continue
                place = [writer.pages[first[name]].indirect_reference, NameObject("/Fit")]
                del link["/A"]
                link[NameObject("/Dest")] = ArrayObject(place)
            kept.append(annotation)
        if "/Annots" in page:
            page[NameObject("/Annots")] = kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="PAGE", help="some pages, such as chapters/04_networks")
    parser.add_argument("--solutions", action="store_true", help="hints, solutions and answers after each chapter")
    parser.add_argument("--site", type=Path, default=serve.HTML)
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "_build" / "book.pdf")
    asked = parser.parse_args()
    if not (asked.site / "index.html").exists():
        sys.exit("The book is not built yet: make html")
    if not chromium.find():
        sys.exit(chromium.HOW.format(python=sys.executable))
    names = asked.only or pages((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    book = title((ROOT / "_config.yml").read_text(encoding="utf-8"))
    with serve.server(8300, asked.site) as site, sync_playwright() as playwright:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        printer = Printer(browser, f"http://localhost:{site.server_port}/", asked.solutions)
        writer = bound(printer, names, book)
        writer.write(asked.out)
        browser.close()
        site.shutdown()
    print(f"{asked.out}: {len(writer.pages)} pages")


if __name__ == "__main__":
    main()
