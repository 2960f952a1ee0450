"""The links to Colab, Binder and Kaggle: none without a repository, and then each to the chapter's own notebook."""

from urllib.parse import parse_qs, urlsplit

import book_launch
import pytest

HERE = "https://github.com/somebody/the.book"


def test_no_repository_no_links():
    assert book_launch.links("", "01_neuron.ipynb") == []


@pytest.mark.parametrize("repository", [HERE, f"{HERE}/", f"{HERE}.git"])
def test_each_service_is_told_where_the_chapter_lies(repository):
    found = {service: urlsplit(address) for service, address, _ in book_launch.links(repository, "01_neuron.ipynb")}
    assert found["Colab"].path == "/github/somebody/the.book/blob/notebooks/01_neuron.ipynb"
    assert found["Binder"].path == "/v2/gh/somebody/the.book/notebooks"
    assert parse_qs(found["Binder"].query) == {"urlpath": ["lab/tree/01_neuron.ipynb"]}
    assert parse_qs(found["Kaggle"].query) == {"src": [f"{HERE}/blob/notebooks/01_neuron.ipynb"]}
    assert {address.scheme for address in found.values()} == {"https"}


@pytest.mark.parametrize("repository", [HERE, f"{HERE}/", f"{HERE}.git"])
def test_the_sources_are_where_the_repository_is_and_defects_too(repository):
    assert f'href="{HERE}"' in book_launch.sources(repository) and f'href="{HERE}/issues"' in book_launch.sources(
        repository
    )
    assert "github" not in book_launch.sources("")


@pytest.mark.parametrize("repository", ["https://example.org/a/b", "somebody/book", f"{HERE}/tree/main"])
def test_another_address_is_told_at_once(repository):
    with pytest.raises(ValueError, match="https://github.com/OWNER/NAME"):
        book_launch.place(repository)
