"""The scripts travel without comments and indents; what takes those away cannot read a template within a template."""

from pathlib import Path

import book_assets
import pytest
from rjsmin import jsmin

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path for folder in ("classroom", "_ext") for path in (ROOT / folder).rglob("*.*js"))
NESTED = "// one\nconst said = `${n} left${more ? ` and ${more} to come` : ''}.`;\n"


def test_why_a_template_within_a_template_is_refused(tmp_path):
    assert "more}to come" in jsmin(NESTED)
    for name in ("a.js", "a.mjs"):
        (tmp_path / name).write_text(NESTED, encoding="utf-8")
        with pytest.raises(ValueError, match=f"{name}, line 2: a template within a template"):
            book_assets.small(tmp_path / name)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_can_be_shortened(path):
    assert 0 < len(book_assets.small(path)) < path.stat().st_size
