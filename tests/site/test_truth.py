"""Every figure of the book shows what matplotlib draws: compared in the browser at 200 random settings of each."""

import pytest
from pictures import ROOT, book_pages, differing, figures_of

SETTINGS = 200  # of each figure, or all where it has fewer


@pytest.mark.parametrize("path", book_pages(), ids=lambda path: path.stem)
def test_every_figure_of_the_book_is_what_matplotlib_draws(path, visit, site):
    built = path.relative_to(ROOT).with_suffix(".html").as_posix()
    assert (site / built).exists(), f"{built} is not in this build"
    found = figures_of(path)
    shown = visit(built)
    assert [f"explore-{figure.id}" for figure in found] == shown.evaluate(
        "[...document.querySelectorAll('.nn-figure > .nn-explore')].map(figure => figure.id)"
    )
    for figure in found:
        wrong = differing(shown, figure, SETTINGS)
        assert not wrong, f"{figure.id} at {wrong[0][0]}:\n{wrong[0][1]}\n{wrong[0][2]}"
