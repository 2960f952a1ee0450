"""Every chapter keeps the book's form: plain, text outputs only, short cells, figures that say what they show."""

import ast
import json

import notebooks

SHORT, LONG = 15, 25  # lines of a cell that is read; of one that draws (folded on the site) or is an exercise
WIDEST = 78  # characters that a page shows in one line


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def tags(cell):
    return cell["metadata"].get("tags", [])


def test_normaliser_changes_nothing(chapter):
    before = chapter.read_text(encoding="utf-8")
    assert notebooks.dump(notebooks.normal(json.loads(before))) == before, "run: make notebooks"


def test_only_text_is_committed(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            assert set(output.get("data", {})) <= {"text/plain"}
            assert output["output_type"] != "error" or "raises-exception" in tags(cell)


def test_cells_are_short(notebook):
    for cell in code_cells(notebook):
        lines = "".join(cell["source"]).splitlines()
        limit = LONG if {"exercise", "hide-input"} & set(tags(cell)) else SHORT
        assert len(lines) <= limit, f"{len(lines)} lines, at most {limit}:\n" + "\n".join(lines)


def test_lines_of_code_fit_their_box(notebook):
    """Those of a folded cell, too: it opens into the same box."""
    shown = [cell for cell in code_cells(notebook) if "remove-input" not in tags(cell)]
    assert [line for cell in shown for line in "".join(cell["source"]).splitlines() if len(line) > WIDEST] == []


def plain_outputs(cell):
    """What a page shows of a cell's outputs as text in a box: not a figure, a question or a check."""
    own = {"question", "exercise"} & set(tags(cell)) or any(figures(cell))
    for output in cell["outputs"]:
        if output["output_type"] == "stream" or not own:
            yield notebooks.text(output.get("text") or output.get("data", {}).get("text/plain", ""))


def test_printed_lines_fit_their_box(notebook):
    printed = [text for cell in code_cells(notebook) for text in plain_outputs(cell)]
    assert printed or len(code_cells(notebook)) < 5  # a chapter that is still to be written
    assert [line for text in printed for line in text.splitlines() if len(line) > WIDEST] == []


def figures(cell):
    """The functions of a cell that `explore` draws."""
    source = "".join(line for line in cell["source"] if not line.lstrip().startswith(("%", "!")))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            names = {ast.unparse(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list}
            if "explore" in names:
                yield node


def test_figures_say_what_they_show(notebook):
    for cell in code_cells(notebook):
        for function in figures(cell):
            title = (ast.get_docstring(function) or "").partition("\n")[0]
            assert len(title.split()) >= 3, f"{function.name}: its docstring's first line is the picture's alt text"
            assert "hide-input" in tags(cell), f"{function.name}: a figure's cell is tagged hide-input"


def test_pictures_in_text_have_alt(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            assert "![](" not in "".join(cell["source"])


def test_markdown_is_plain(notebook):
    """No MyST directive or role: JupyterLab and Colab would show it raw."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            assert "```{" not in source and ":::" not in source and "}`" not in source.replace("$", "")


# The normaliser itself, on a small notebook.

OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": "a\n"},
    {"output_type": "stream", "name": "stderr", "text": "50 %"},
    {"output_type": "stream", "name": "stdout", "text": ["b\n"]},
    {
        "output_type": "execute_result",
        "execution_count": 4,
        "metadata": {"x": 1},
        "data": {"text/plain": "3", "text/html": "<b>3</b>", "image/png": "…"},
    },
    {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.jupyter.widget-view+json": {}}},
]


def small(**metadata):
    code = {"cell_type": "code", "id": "random1", "execution_count": 4, "source": "print('a')\n", "outputs": OUTPUTS}
    text = {"cell_type": "markdown", "id": "random2", "metadata": {"editable": True}, "source": ["A line"]}
    code["metadata"] = {"tags": ["hide-input"], "scrolled": False} | metadata
    return {"cells": [code, text, dict(text)], "metadata": {"widgets": {}}, "nbformat": 4, "nbformat_minor": 5}


def test_normal_form():
    result = notebooks.normal(small(exercise="relu"))
    code, first, second = result["cells"]
    assert [output["output_type"] for output in code["outputs"]] == ["stream", "execute_result"]
    assert code["outputs"][0]["text"] == ["a\n", "b\n"]
    assert code["outputs"][1]["data"] == {"text/plain": ["3"]}
    assert code["execution_count"] is None and code["source"] == ["print('a')"]
    assert code["metadata"] == {"exercise": "relu", "tags": ["hide-input"]}
    assert first["metadata"] == {} and first["id"] != second["id"]
    assert result["metadata"] == notebooks.METADATA


def test_normal_form_is_stable():
    once = notebooks.dump(notebooks.normal(small()))
    assert notebooks.dump(notebooks.normal(json.loads(once))) == once


def test_check_fails_on_another_form(tmp_path, monkeypatch):
    path = tmp_path / "01.ipynb"
    path.write_text(json.dumps(small()), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["notebooks.py", "--check", str(path)])
    try:
        notebooks.main()
    except SystemExit as stop:
        assert "01.ipynb" in str(stop.code)
    else:
        raise AssertionError("the check passed")
    assert json.loads(path.read_text(encoding="utf-8")) == small()
