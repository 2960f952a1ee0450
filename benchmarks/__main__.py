"""Runs every benchmark, prints its tables and writes the book's page about speed: `python -m benchmarks`."""

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
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"which of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    chosen = parser.parse_args()
    written = {}
    for part in chosen.parts:
        written[part] = importlib.import_module(f"{__package__}.{part}").tables(chosen.repetitions)
        print(section(PARTS[part], written[part]), flush=True)
    if set(chosen.parts) == set(PARTS):  # a page with some of its tables missing would mislead
        measured = f"Measured on {datetime.date.today():%d %B %Y}. {machine()}."
        PAGE.write_text(page(written, measured), encoding="utf8")
        OTHERS.write_text(others(written, measured), encoding="utf8")
        print(f"written to {PAGE.name} and {OTHERS.name}", file=sys.stderr)


def section(heading, tables):
    return f"## {heading}\n\n" + "\n".join(table.markdown() for table in tables)


def page(written, measured):
    """The book's page: its text, and the three tables where they are talked about."""
    first, limit, *_ = written["race"]
    told = {"race": first, "limit": limit, "calls": written["calls"][0]}
    tables = {name: table.markdown(title=False) for name, table in told.items()}
    return TEMPLATE.read_text("utf8").format(machine=measured, **tables).rstrip() + "\n"


def others(written, measured):
    """All the other tables, for whoever works on the book."""
    below = {"race": written["race"][2:]} | {part: written[part] for part in written if part not in ("race", "calls")}
    tables = "\n".join(section(PARTS[part], tables) for part, tables in below.items())
    opening = f"# Every other benchmark\n\nThe three that are talked about are in `speed.md`. {measured}"
    return f"{opening}\n\n{tables}".rstrip() + "\n"


if __name__ == "__main__":
    main()
