"""Runs every benchmark, prints its tables and writes the book's page about speed: `python -m benchmarks`."""

import argparse
import datetime
import importlib
import pathlib
import subprocess
import sys

from .timing import REPETITIONS, machine

HERE = pathlib.Path(__file__).parent
PAGE, TEMPLATE = HERE.parent / "speed.md", HERE / "speed_page.md"
# Each is a file here. It has a function tables(repetitions) that gives a list of `timing.Table`; or it is a script, and
# what it prints is taken as it is. The heading is the page's.
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
        if not (HERE / f"{part}.py").exists():
            print(f"no benchmarks/{part}.py, left out", file=sys.stderr)
            continue
        written[part] = report(part, chosen.repetitions)
        print(f"## {PARTS[part]}\n\n{written[part]}", flush=True)
    if set(chosen.parts) == set(PARTS):  # a page with some of its tables missing would mislead
        PAGE.write_text(page(written), encoding="utf8")
        print(f"written to {PAGE.name}", file=sys.stderr)


def report(part, repetitions):
    """What one part has to say, as Markdown."""
    path = HERE / f"{part}.py"
    if "\ndef tables(" not in path.read_text("utf8"):
        done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"benchmarks/{part}.py failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done.stdout if done.stdout.lstrip().startswith(("|", "#")) else f"```text\n{done.stdout.strip()}\n```\n"
    tables = importlib.import_module(f"{__package__}.{part}").tables(repetitions)
    return "\n".join(table.markdown() for table in tables)


def page(written):
    when = f"Measured on {datetime.date.today():%d %B %Y}. {machine()}."
    others = "".join(f"\n## {PARTS[part]}\n\n{text}" for part, text in written.items() if part not in ("race", "calls"))
    values = {"race": written["race"], "calls": written["calls"], "machine": when, "others": others}
    return TEMPLATE.read_text("utf8").format(**values).rstrip() + "\n"


if __name__ == "__main__":
    main()
