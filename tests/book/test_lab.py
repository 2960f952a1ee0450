"""`make lab`: every link of the copies leads somewhere, and what a reader has changed is never written over."""

import json
import posixpath
import re

import lab
import plain_pages
import pytest

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)")


@pytest.fixture(scope="module")
def made():
    return lab.contents()


def markdown(name, text):
    if not name.endswith(".ipynb"):
        return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return "\n\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")


def headings(text):
    return {plain_pages.anchor(found) for found in re.findall(r"^#+ +(.+)$", text, re.M)}


def test_every_link_leads_somewhere(made):
    dead, places = [], {name: headings(markdown(name, text)) for name, text in made.items()}
    for name, text in made.items():
        for file, place in LINK.findall(markdown(name, text)):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
            if target not in made or place and place not in places[target]:
                dead.append(f"{name}: {file}#{place}")
    assert dead == []
    assert sum(len(LINK.findall(markdown(name, text))) for name, text in made.items()) > 200


def test_pages_are_plain(made):
    for name, text in made.items():
        if name.endswith(".md"):
            assert not re.search(r"^```\{|^:::|\{\w+:?\w*\}`|^---$", text, re.M), name
    assert "## learning rate\n" in made["glossary.md"] and "everyday word" not in made["glossary.md"]
    assert "## nielsen2015\n" in made["bibliography.md"] and "Determination Press" in made["bibliography.md"]
    assert "### nnlib.Linear\n" in made["reference.md"] and "#### nnlib.Network.forward\n" in made["reference.md"]


def test_code_of_figures_is_folded_and_pictures_are_shown():
    cell = {"cell_type": "code", "metadata": {"tags": ["hide-input"]}, "source": ["draw()"]}
    cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/plain": ["curve: A line."]}}]
    made = lab.for_lab({"cells": [cell]}, {"curve": "<svg/>"})["cells"][0]
    assert made["metadata"]["jupyter"] == {"source_hidden": True}
    assert made["outputs"][0]["data"]["text/html"] == "<svg/>"


def notebook(*sources):
    return json.dumps({"cells": [{"cell_type": "code", "source": [source], "outputs": []} for source in sources]})


@pytest.fixture
def folder(tmp_path):
    lab.write({"chapters/01.ipynb": notebook("x = 1"), "glossary.md": "old"}, tmp_path)
    return tmp_path


NEWER = {"chapters/01.ipynb": notebook("x = 2"), "glossary.md": "new"}


def test_what_nobody_changed_follows_the_book(folder):
    ran = json.loads(notebook("x = 1"))
    ran["cells"][0]["outputs"] = ["1"]  # run, and saved by JupyterLab: nothing of the reader's is in it
    (folder / "chapters" / "01.ipynb").write_text(json.dumps(ran))
    lab.write(NEWER, folder)
    assert (folder / "chapters" / "01.ipynb").read_text() == NEWER["chapters/01.ipynb"]
    assert (folder / "glossary.md").read_text() == "new"


def test_what_a_reader_changed_stays(folder):
    mine = notebook("x = 1", "my work")
    (folder / "chapters" / "01.ipynb").write_text(mine)
    (folder / "glossary.md").write_text("my notes")
    for _ in range(2):
        lab.write(NEWER, folder)
        assert (folder / "chapters" / "01.ipynb").read_text() == mine
        assert (folder / "glossary.md").read_text() == "my notes"
    assert (folder / "chapters" / "01.new.ipynb").read_text() == NEWER["chapters/01.ipynb"]


def test_an_unchanged_book_writes_nothing(folder):
    (folder / "chapters" / "01.ipynb").write_text("{}")
    assert lab.write({"chapters/01.ipynb": notebook("x = 1"), "glossary.md": "old"}, folder) == []
    (folder / "glossary.md").unlink()
    assert lab.write({"chapters/01.ipynb": notebook("x = 1"), "glossary.md": "old"}, folder) == [folder / "glossary.md"]


def test_a_lost_record_loses_no_work(folder):
    (folder / lab.KEPT / "written.json").unlink()
    (folder / "glossary.md").write_text("my notes")
    lab.write(NEWER, folder)
    assert (folder / "glossary.md").read_text() == "my notes"
