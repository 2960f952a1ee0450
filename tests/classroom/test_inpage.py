"""What the page's Python answers: a cell as a notebook shows it, an error as one sentence, the notebook's verdicts."""

import pytest

from classroom.exercises import all_exercises, get
from classroom.inpage import Notebook, check_code


def ran(code, notebook=None):
    return (notebook or Notebook()).run(code, "test")


def test_a_cell_shows_what_it_prints_and_the_value_of_its_last_line():
    assert ran("print('a')\n1 + 1") == {"text": "a\n2\n", "printed": "a\n2\n", "error": "", "html": ""}
    assert ran("x = 1")["text"] == ""
    assert ran("3;")["text"] == ""
    assert ran("None")["text"] == ""


def test_cells_share_their_names():
    notebook = Notebook()
    ran("x = 20", notebook)
    assert ran("x + 1", notebook)["text"] == "21\n"


def test_what_is_printed_is_told_while_it_is_printed():
    heard = []
    Notebook().run("print('one')\nprint('two')", "test", heard.append)
    assert "".join(heard) == "one\ntwo\n"


@pytest.mark.parametrize(
    "code, sentence",
    [
        ("1\nx = y", "NameError: name 'y' is not defined (line 2: `x = y`)."),
        ("def f(:\n    pass", "Python cannot read line 1: "),
        ("import sys\nsys.exit(3)", "SystemExit: the code asked Python to stop"),
        ("raise ValueError('Too large.')", "ValueError: Too large (line 1: `raise ValueError('Too large.')`)."),
        ("from classroom import ask\nask('nothing-like-it')", "There is no question “nothing-like-it”"),
        ("def f(): return f()\nf()", "RecursionError: "),
    ],
)
def test_an_error_is_one_sentence_with_the_line(code, sentence):
    error = ran(code)["error"]
    assert error.startswith(sentence) and "\n" not in error and "Traceback" not in error


def test_a_flood_of_output_is_cut_and_counted():
    text = ran("for i in range(50_000): print('0123456789')")["text"]
    assert len(text) < 110_000 and text.rstrip().endswith("(550,000 characters in all)")


def test_a_figure_comes_alive_and_draws_the_frame_it_is_asked_for():
    notebook = Notebook()
    code = (
        "from classroom import explore\n@explore(w=(0, 3))\ndef line(ax, w=1):\n"
        "    'A line.'\n    ax.plot([0, 1], [0, w])\n    return f'it ends at {w}'"
    )
    shown = ran(code, notebook)
    assert shown["error"] == "" and "it ends at 1" in shown["text"] and "<nn-explore" in shown["html"]
    frame = notebook.frame("line", [3])
    assert "<figcaption" in shown["html"]
    assert frame["says"] == "it ends at 3" and frame["svg"].startswith("<svg") and frame["svg"] not in shown["html"]


def test_a_figure_that_cannot_draw_says_so():
    code = (
        "from classroom import explore\n@explore(w=(0, 3))\ndef broken(ax, w=1):\n    'A line.'\n    ax.plot(nothing)"
    )
    assert ran(code)["error"].startswith("broken could not draw at w = 1: NameError")


def test_a_figure_that_cannot_draw_at_one_end_says_so_there():
    notebook = Notebook()
    code = (
        "from classroom import explore\n@explore(w=(0, 3))\ndef line(ax, w=1):\n"
        "    'A line.'\n    ax.plot([0, 1 / (3 - w)])\n    return 'drawn'"
    )
    assert ran(code, notebook)["error"] == ""
    said = notebook.frame("line", [3])["error"]
    assert said.startswith("line could not draw at w = 3: ZeroDivisionError") and "Traceback" not in said


def test_a_pyplot_figure_becomes_a_picture_in_the_pages_colours():
    shown = ran("import matplotlib.pyplot as plt\nplt.plot([1, 2], color='#1f5fbf')\nplt.show()")
    assert shown["html"].count("<svg") == 1 and "var(--nn-blue)" in shown["html"]
    assert ran("import matplotlib.pyplot as plt\nplt.get_fignums()")["text"] == "[]\n"


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.id)
def test_solutions_and_starters_are_judged_from_their_text(exercise):
    setup = exercise.setup + "\n"
    assert check_code(exercise.id, setup + exercise.solution)["kind"] == "ok"
    starter = check_code(exercise.id, exercise.starter)
    assert (starter["kind"], starter["ok"]) == ("missing", False)


@pytest.mark.parametrize(
    "code, kind, part",
    [
        (
            "def relo(z):\n    return np.maximum(z, 0)",
            "missing",
            "The code defines `relo`; the exercise asks for `relu`",
        ),
        ("", "missing", "not written yet. The code defines no `relu`."),
        ("import tensorflow\ndef relu(z): pass", "raised", "No module named 'tensorflow'; a page has NumPy,"),
        ("def relu(z)\n    return 0", "raised", "Python cannot read line 1"),
        ("1 / 0", "raised", "ZeroDivisionError"),
        ("while True: pass", "timeout", "outside the function"),
        ("def relu(z):\n    print('hello')\n    return np.maximum(z, 0)", "ok", "right"),
        ("relu = lambda z: np.maximum(z, 0)\ncheck(relu)\nhint('relu')", "ok", "right"),
        ("import sys\nsys.exit()", "raised", "SystemExit"),
    ],
)
def test_verdicts_on_code(code, kind, part):
    found = check_code("relu", code)
    assert found["kind"] == kind and part in found["message"]
    assert found["ok"] == (kind == "ok")
    assert ("hello" in found["printed"]) == ("hello" in code)


def test_a_name_that_the_library_has_is_no_answer():
    assert check_code("relu", "z = relu(np.array([1.0]))")["kind"] == "missing"
    assert get("relu").id == "relu"
