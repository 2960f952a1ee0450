"""What a reader's browser fetches, page by page, beside what results.md has: what grew by a tenth ends the run with 1.

HEAVIER=yes python -m benchmarks weights    takes the new weights, as a change that was meant does
"""

import os
import re
from pathlib import Path

from .explore import SITE, kilobytes
from .timing import Table, verdict

KEPT = Path(__file__).with_name("results.md")
HEADING = "Weight of a page"
FIGURES, FIRST = 600, 500  # KB, gzipped: a page's figures together; a chapter's first load without them
GROWTH = 1.1
SMALL = 1  # KB that may come to the smallest pages, where a tenth is a few words


def tables(repetitions=None):
    now, rows = weights()
    heavier = grown(before(KEPT.read_text("utf-8")), {name: whole for name, (whole, _) in now.items()})
    if heavier and os.environ.get("HEAVIER") != "yes":
        raise SystemExit("\n".join([*heavier, "If that is meant: HEAVIER=yes python -m benchmarks weights"]))
    return [Table(HEADING, ["page", "gzipped, KB", "of that its figures", "bound"], rows)]


def weights():
    """`({name: (KB, KB of its figures)}, rows)` of every page, and of what all pages share."""
    found = {}
    for path in [*sorted(SITE.glob("chapters/*.html")), *sorted(SITE.glob("*.html"))]:
        text = path.read_text("utf-8")
        figures = "".join(re.findall(r'<figure class="nn-figure">.*?</figure>', text, re.S))
        found[path.stem] = kilobytes(text), kilobytes(figures)
    rows = [
        [name, f"{whole:.1f}", f"{figures:.1f}", verdict(figures, FIGURES, False)]
        for name, (whole, figures) in found.items()
    ]
    for ending, what in (("css", "all style sheets"), ("js", "all scripts")):
        found[what] = shared(ending), 0
        rows.append([what, f"{found[what][0]:.1f}", "", "fetched once, for all pages"])
    of_all = found["all style sheets"][0] + found["all scripts"][0]
    first = max(whole - figures for name, (whole, figures) in found.items() if name[:2].isdigit()) + of_all
    rows.append(["a chapter's first load, the largest", f"{first:.1f}", "without them", verdict(first, FIRST, False)])
    return found, rows


def shared(ending):
    """KB, gzipped, of the files of one kind that the front page names."""
    named = set(re.findall(rf'(?:href|src)="([^":?]+\.{ending})\b', (SITE / "index.html").read_text("utf-8")))
    return sum(kilobytes((SITE / name).read_text("utf-8")) for name in named if (SITE / name).exists())


def before(text):
    """`{name: KB}` of the table in results.md."""
    table = text.partition(f"### {HEADING}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    return {name: float(whole) for name, whole in re.findall(r"^\| ([^|]+?) \| (\d+(?:\.\d+)?) \|", table, re.M)}


def grown(was, now):
    """A sentence for each page that is more than a tenth heavier than it was."""
    return [
        f"{name} has grown from {was[name]:.1f} KB to {kb:.1f} KB, by more than a tenth."
        for name, kb in now.items()
        if name in was and kb > GROWTH * was[name] and kb > was[name] + SMALL
    ]
