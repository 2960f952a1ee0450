"""Runs every benchmark, prints its tables and writes the book's page about speed: `python -m benchmarks [PART …]`."""

import argparse
import datetime
import importlib
import pathlib
import sys

from .timing import REPETITIONS, machine

HERE = pathlib.Path(__file__).parent
PAGE, TEMPLATE, OTHERS = HERE.parent / "speed.md", HERE / "speed_page.md", HERE / "results.md"
# Each is a file here whose function tables(repetitions) gives a list of `timing.Table`; the heading is the page's.
PARTS = {
    "race": "Training a network",
    "calls": "What one call costs",
    "scalars": "One number at a time",
    "explore": "Figures",
    "exercises": "Checking an exercise",
    "inpage": "Python in the page",
    "book": "Building the book",
    "weights": "What a browser fetches",
}
OPENING = """# Every other benchmark

The three that are talked about are in `speed.md`. Each part says when and where it was measured."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"which of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    chosen = parser.parse_args()
    written, measured = {}, f"Measured on {datetime.date.today():%d %B %Y}. {machine()}."
    for part in chosen.parts:
        written[part] = importlib.import_module(f"{__package__}.{part}").tables(chosen.repetitions)
        print("\n".join(table.markdown() for table in written[part]), flush=True)
        if not any(table.faults for table in written[part]):
            keep(part, written[part], measured)
    if {"race", "calls"} <= set(written):  # the page's tables are of one run
        PAGE.write_text(page(written, measured), encoding="utf8")
        print(f"written to {PAGE.name}", file=sys.stderr)
    sys.exit("\n".join(fault for tables in written.values() for table in tables for fault in table.faults) or 0)


def keep(part, tables, measured):
    """Put a part's tables in the place of its older ones in results.md, but for those that are on the page."""
    shown = tables[2:] if part == "race" else [] if part == "calls" else tables
    text = OTHERS.read_text(encoding="utf8") if OTHERS.exists() else ""
    sections = dict(section.split("\n", 1) for section in text.split("\n## ")[1:])
    if shown:
        sections[PARTS[part]] = f"\n{measured}\n\n" + "\n".join(table.markdown() for table in shown)
    kept = [f"## {heading}\n{sections[heading].rstrip()}" for heading in PARTS.values() if heading in sections]
    OTHERS.write_text("\n\n".join([OPENING, *kept]) + "\n", encoding="utf8")


def page(written, measured):
    """The book's page: its text, and the three tables where they are talked about."""
    first, limit, *_ = written["race"]
    told = {"race": first, "limit": limit, "calls": written["calls"][0]}
    tables = {name: table.markdown(title=False) for name, table in told.items()}
    return TEMPLATE.read_text("utf8").format(machine=measured, **tables).rstrip() + "\n"


if __name__ == "__main__":
    main()
