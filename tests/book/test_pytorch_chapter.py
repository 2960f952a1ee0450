"""The last chapter shows the same network in nnlib and in PyTorch: both print what the chapter says they print."""

import json

from record_pytorch_chapter import CHAPTER, listing_and_output, run


def test_the_recorded_output_is_what_nnlib_prints():
    listing, recorded = listing_and_output()
    (cell,) = [
        cell
        for cell in json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code" and "loss on the last batch" in "".join(cell["source"])
    ]
    assert "".join(cell["outputs"][0]["text"]) == recorded
    assert recorded.count("\n") == 6


def test_pytorch_prints_what_is_recorded(torch):
    listing, recorded = listing_and_output()
    assert run(listing) == recorded
