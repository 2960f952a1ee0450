"""A page that grows by a tenth is told by the bench, from what results.md says was agreed."""

from pathlib import Path

import pytest

from benchmarks import weights

TABLE = """## What a browser fetches

### Weight of a page

| page | gzipped, KB | agreed, KB | of that its figures, KB | bound | at once, KB |
|---|---|---|---|---|---|
| 01_neuron | 108.0 | 100.0 | 60.0 | ≤ 600: kept | 50.0 |
| about | 8.0 | 8.0 | 0.0 | ≤ 600: kept | 8.0 |
| all scripts | 20.0 | 20.0 |  | fetched once, for all pages |  |

### Another table

| 02_weights | 1.0 | 1.0 |
"""
FIGURES = {"01_neuron": 60.0, "about": 0.0}


@pytest.fixture
def site(monkeypatch, tmp_path):
    """What a site weighs, to be set; and a results.md of ours."""
    now = {"01_neuron": 109.0, "about": 8.9, "all style sheets": 5.0, "all scripts": 20.0}
    (tmp_path / "results.md").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(weights, "KEPT", tmp_path / "results.md")
    monkeypatch.setattr(weights, "weights", lambda: (now, FIGURES, FIGURES))
    return now


def test_a_page_that_grew_by_more_than_a_tenth_is_a_fault(site):
    assert weights.tables()[0].faults == []
    site |= {"01_neuron": 110.5, "all scripts": 22.5}
    told = weights.tables()[0].faults
    assert [line.partition(",")[0] for line in told] == ["01_neuron: 110.5 KB", "all scripts: 22.5 KB"]


def test_what_was_agreed_stays_until_more_is_agreed(site, monkeypatch):
    assert weights.tables()[0].rows[0][:3] == ["01_neuron", "109.0", "100.0"]  # nothing creeps up by a little each time
    site["01_neuron"] = 130.0
    monkeypatch.setenv("HEAVIER", "yes")
    (table,) = weights.tables()
    assert table.faults == [] and table.rows[0][:3] == ["01_neuron", "130.0", "130.0"]


def test_without_the_table_nothing_passes(site):
    weights.KEPT.write_text(TABLE.replace("Weight of a page", "Weights"), encoding="utf-8")
    with pytest.raises(ValueError, match="has no table"):
        weights.tables()


def test_pages_whose_pictures_are_not_found_are_a_fault(monkeypatch, tmp_path):
    (tmp_path / "index.html").write_text("<p>No picture is named.</p>", encoding="utf-8")
    monkeypatch.setattr(weights, "SITE", tmp_path)
    with pytest.raises(ValueError, match="No page names"):
        weights.weights()


def test_the_committed_table_has_every_chapter():
    root = Path(__file__).parents[2]
    agreed = weights.agreements((root / "benchmarks" / "results.md").read_text("utf-8"))
    assert {path.stem for path in root.glob("chapters/*.ipynb")} <= set(agreed)
