"""Races and stop-watches: how fast the book's own code is, beside its peers and beside its own promises."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / folder) for folder in ("tools", "_ext", "tests", "tests/site")]  # what they share with tests
