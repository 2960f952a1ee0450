"""What a reader's browser fetches, page by page, beside what was agreed: what is a tenth heavier ends the run with 1.

HEAVIER=yes python -m benchmarks weights    agrees to the new weights, as a change that was meant does
"""

import os
import re
from pathlib import Path

from tools import whole

from .explore import SITE, kilobytes
from .timing import Table, verdict

KEPT = Path(__file__).with_name("results.md")
HEADING = "Weight of a page"
COLUMNS = ["page", "gzipped, KB", "agreed, KB", "of that its figures, KB", "bound", "at once, KB"]
FIGURES, FIRST = 600, 500  # KB, gzipped: a page's figures together; a chapter's first load without them
GROWTH = 1.1
SMALL = 1  # KB that may come to the smallest pages, where a tenth is a few words
LATER = re.compile(r'data-from="(?:\.\./)*(_static/frames/\w+\.js)"')  # book_frames
SHARED = {"css": "all style sheets", "js": "all scripts"}


def tables(repetitions=None):
    now, figures, at_once = weights()
    agreed = {} if os.environ.get("HEAVIER") == "yes" else agreements(KEPT.read_text("utf-8"))
    rows = [
        [
            name,
            f"{kb:.1f}",
            f"{agreed.get(name, kb):.1f}",
            f"{figures[name]:.1f}",
            verdict(figures[name], FIGURES, False),
            f"{at_once[name]:.1f}",
        ]
        if name in figures
        else [name, f"{kb:.1f}", f"{agreed.get(name, kb):.1f}", "", "fetched once, for all pages", ""]
        for name, kb in now.items()
    ]
    chapters = [now[name] - kb for name, kb in figures.items() if re.match(r"\d\d_", name)]
    first = max(chapters) + sum(now[name] for name in SHARED.values())
    note = f"A chapter's first load, without its figures: at most {first:.1f} KB ({verdict(first, FIRST, False)})."
    return [Table(HEADING, COLUMNS, rows, note, grown(agreed, now))]


def weights():
    """`({name: KB}, {name: KB of its figures}, {name: KB at once})`, gzipped, of every page.

    The first says what all pages share, too; the last leaves out the pictures that come once a reader is near them.
    """
    texts = {path.stem: path.read_text("utf-8") for path in whole.files(SITE)}
    later = {name: sum(map(weight, set(LATER.findall(text)))) for name, text in texts.items()}
    if not any(later.values()):
        raise ValueError("No page names a file of its figures' pictures.")
    figures = {
        name: later[name] + kilobytes("".join(re.findall(r'<figure class="nn-figure"[^>]*>.*?</figure>', text, re.S)))
        for name, text in texts.items()
    }
    at_once = {name: kilobytes(text) for name, text in texts.items()}
    now = {name: kb + later[name] for name, kb in at_once.items()}
    return now | {what: shared(texts["index"], ending) for ending, what in SHARED.items()}, figures, at_once


def weight(name):
    """KB, gzipped, of a file of the site."""
    return kilobytes((SITE / name).read_text("utf-8"))


def shared(text, ending):
    """KB, gzipped, of the files of one kind that the front page names."""
    named = set(re.findall(rf'(?:href|src)="(_static/[^"?]+\.{ending})\b', text))
    if not named:
        raise ValueError(f"The front page names no file that ends in .{ending}.")
    return sum(map(weight, named))


def agreements(text):
    """`{name: KB}` of the column that says what was agreed, in the table of results.md."""
    table = text.partition(f"### {HEADING}\n")[2].partition("\n#")[0]
    found = dict(re.findall(r"^\| ([^|]+?) \| [\d.]+ \| ([\d.]+) \|", table, re.M))
    if not found:
        raise ValueError(f"{KEPT.name} has no table “{HEADING}” with what was agreed.")
    return {name: float(kb) for name, kb in found.items()}


def grown(agreed, now):
    """A sentence for each page that is more than a tenth heavier than was agreed."""
    return [
        f"{name}: {kb:.1f} KB, and {agreed[name]:.1f} were agreed. If that is meant: HEAVIER=yes."
        for name, kb in now.items()
        if name in agreed and kb > max(GROWTH * agreed[name], agreed[name] + SMALL)
    ]
