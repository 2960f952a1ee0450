"""Runs every benchmark, prints its tables and writes the book's page about speed: `python -m benchmarks`."""

import argparse
import datetime
import importlib
import pathlib
import sys

from .timing import REPETITIONS, machine

HERE = pathlib.Path(__file__).parent
PAGE, TEMPLATE = HERE.parent / "speed.md", HERE / "speed_page.md"
# Each is a file here whose function tables(repetitions) gives a list of `timing.Table`; the heading is the page's.
PARTS = {
    "race": "Training a network",
    "calls": "What one call costs",
    "scalars": "One number at a time",
    "explore": "Figures",
    "exercises": "Checking an exercise",
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
        PAGE.write_text(page(written), encoding="utf8")
        print(f"written to {PAGE.name}", file=sys.stderr)


def section(heading, tables):
    return f"## {heading}\n\n" + "\n".join(table.markdown() for table in tables)


def page(written):
    """The text of the page: three tables where they are talked about, all others below."""
    first, limit, *races = written["race"]
    below = {PARTS["race"]: races} | {PARTS[part]: written[part] for part in written if part not in ("race", "calls")}
    return (
        TEMPLATE.read_text("utf8")
        .format(
            race=first.markdown(title=False),
            limit=limit.markdown(title=False),
            calls=written["calls"][0].markdown(title=False),
            machine=f"Measured on {datetime.date.today():%d %B %Y}. {machine()}.",
            others="\n".join(section(heading, tables) for heading, tables in below.items()),
        )
        .rstrip()
        + "\n"
    )


if __name__ == "__main__":
    main()
