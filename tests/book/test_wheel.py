"""What a reader takes away runs in an empty environment: the wheel, and a chapter's notebook that installs it."""

import os
import threading
import zipfile
from email.parser import Parser

import book_downloads
import pytest
import serve
from elsewhere import Elsewhere, printed


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return book_downloads.wheel(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_is_what_it_says(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        about = Parser().parsestr(packed.read(next(n for n in names if n.endswith("/METADATA"))).decode())
    assert {name.split("/")[0].split("-")[0] for name in names} == {"nnlib", "classroom", "nnlib_book"}
    assert not [name for name in names if "__pycache__" in name]
    for path in book_downloads.packaged():
        name = path.relative_to(book_downloads.ROOT).as_posix()
        assert name in names or not name.startswith(("nnlib/", "classroom/")), f"{name} is not in the wheel"
    assert about["License-Expression"] == "MIT AND CC-BY-4.0"
    assert set(about.get_all("License-File")) == {"LICENSE", "LICENSE-text"}


def test_a_wheel_is_built_once_and_again_when_something_is_newer(wheel):
    built = wheel.stat().st_mtime_ns
    assert book_downloads.wheel(wheel.parent).stat().st_mtime_ns == built
    os.utime(wheel, (0, 0))
    assert book_downloads.wheel(wheel.parent).stat().st_mtime > 0


def test_a_site_with_an_address_names_it():
    made = book_downloads.to_take_away({"cells": []}, "nnlib_book-1-py3-none-any.whl", "https://example.org/book/")
    address = "https://example.org/book/downloads/nnlib_book-1-py3-none-any.whl"
    assert f"]({address})" in made["cells"][0]["source"]
    assert made["cells"][1]["source"].endswith(f'%pip install -q "nnlib-book[classroom] @ {address}"')


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    return Elsewhere(tmp_path_factory.mktemp("elsewhere"))


def test_a_chapter_runs_where_nothing_of_the_book_is_installed(wheel, elsewhere):
    """From a folder: the wheel lies beside the notebook; where it does not, a sentence says what to do."""
    assert f"Put {wheel.name} beside this notebook first." in elsewhere.run(wheel.name)
    (elsewhere.folder / wheel.name).write_bytes(wheel.read_bytes())
    assert elsewhere.run(wheel.name)[1:] == printed()


def test_a_chapter_fetches_the_wheel_from_its_site_and_not_a_second_time(wheel, elsewhere, tmp_path):
    (tmp_path / "book" / "downloads").mkdir(parents=True)
    (tmp_path / "book" / "downloads" / wheel.name).write_bytes(wheel.read_bytes())
    elsewhere.forget()
    with serve.server(8600, tmp_path) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        assert elsewhere.run(wheel.name, f"http://localhost:{host.server_port}/book/")[1:] == printed()
        host.shutdown()
    assert elsewhere.run(wheel.name, "http://localhost:1/nobody/") == [[], *printed()]
