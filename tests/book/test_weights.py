"""A page that grows by a tenth is told by the bench, from the weights that results.md has."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import weights  # noqa: E402

TABLE = """## What a browser fetches

### Weight of a page

| page | gzipped, KB | of that its figures | bound |
|---|---|---|---|
| 01_neuron | 100.0 | 60.0 | ≤ 600: kept |
| about | 8.0 | 0.0 | ≤ 600: kept |
| all scripts | 20.0 |  | fetched once, for all pages |

### Another table

| 02_weights | 1.0 |
"""


def test_a_page_that_grew_by_more_than_a_tenth_is_named():
    was = weights.before(TABLE)
    assert was == {"01_neuron": 100, "about": 8, "all scripts": 20}
    assert weights.grown(was, was) == []
    now = {"01_neuron": 110, "about": 8.9, "all scripts": 22.5, "new": 500}
    assert weights.grown(was, now) == ["all scripts has grown from 20.0 KB to 22.5 KB, by more than a tenth."]


def test_the_bench_ends_there_unless_it_is_meant(monkeypatch, tmp_path):
    (tmp_path / "results.md").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(weights, "KEPT", tmp_path / "results.md")
    monkeypatch.setattr(weights, "weights", lambda: ({"01_neuron": (130, 60)}, [["01_neuron", "130.0", "60.0", ""]]))
    with pytest.raises(SystemExit, match="01_neuron has grown"):
        weights.tables()
    monkeypatch.setenv("HEAVIER", "yes")
    assert weights.tables()[0].rows[0][0] == "01_neuron"
