"""The page about speed says what its template says, and every benchmark has its table there or in results.md."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_page_is_the_template_with_its_tables():
    page = (ROOT / "speed.md").read_text("utf-8")
    template = (ROOT / "benchmarks" / "speed_page.md").read_text("utf-8")
    at = 0
    for prose in re.split(r"\{\w+\}", template.strip()):
        assert prose.strip() in page[at:]
        at += page[at:].index(prose.strip()) + len(prose.strip())


def test_every_benchmark_is_in_one_of_the_two():
    page = (ROOT / "speed.md").read_text("utf-8")
    others = (ROOT / "benchmarks" / "results.md").read_text("utf-8")
    parts = re.search(r"PARTS = \{(.*?)\}", (ROOT / "benchmarks" / "__main__.py").read_text("utf-8"), re.S)[1]
    tables = re.findall(r"^### .*\n\n(?:\|.*\n){3,}", others, re.M)
    assert len(tables) >= 6
    assert "µs a call | NumPy | PyTorch" in page  # told about in the text, under no heading of its own
    for name, heading in re.findall(r"\"(\w+)\": \"(.*)\"", parts):
        assert name == "calls" or f"## {heading}\n" in others, heading
    for text in (page, others):
        assert re.search(r"Measured on \d\d \w+ 20\d\d\. .*Python 3\.\d+.*numpy 2\.", text)
