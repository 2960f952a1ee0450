"""Every exercise: its solution passes, its starter is `missing`, its wrong answers get their own sentence."""

import functools
import json
import re

import numpy as np
import pytest
from exercise_answers.variants import VARIANTS

from classroom.exercises import all_exercises, by_chapter, check, commands, get, hint, progress, solution
from classroom.exercises.engine import KINDS, Result, judge
from classroom.exercises.registry import UnknownExercise

FIXED = """neuron linear_forward relu leaky_relu sigmoid softmax and_gate xor_network count_parameters init_he mse
binary_cross_entropy cross_entropy numerical_gradient relu_backward sigmoid_backward mse_backward linear_backward
softmax_cross_entropy_backward mlp_forward mlp_backward sgd_step momentum_step minibatches fit_line""".split()
EXERCISES = all_exercises()
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


@pytest.fixture(autouse=True)
def nothing_done():
    for memory in (commands.done, commands.hints_seen, commands.solutions_asked):
        memory.clear()


def test_the_fixed_exercises_are_all_there():
    assert set(FIXED) <= {exercise.id for exercise in EXERCISES}
    assert len(FIXED) == 25


@each_exercise
def test_solution_is_right(exercise):
    result = judge(exercise, exercise.run(exercise.solution))
    assert result.ok and result.kind == "ok", result.message


@each_exercise
def test_starter_is_missing(exercise):
    result = judge(exercise, exercise.run(exercise.starter))
    assert result.kind == "missing" and not result.ok


@each_exercise
def test_wrong_answers_are_rejected_with_their_own_sentence(exercise):
    assert len(exercise.wrong) >= 3
    for source, sentence in exercise.wrong:
        result = judge(exercise, source if exercise.is_value else exercise.run(source))
        assert not result.ok and result.kind in KINDS, source
        assert sentence in result.message, (source, result.message)


@each_exercise
def test_texts(exercise):
    assert len(exercise.hints) == 3 and all(text.strip() for text in exercise.hints)
    assert exercise.id == exercise.id.lower() and exercise.title and exercise.statement
    assert "\t" not in exercise.text and ":::" not in exercise.text
    assert not re.search(r"```\{|\{\w+\}`", exercise.text), "statements are plain Markdown"
    compile(exercise.cell, "<cell>", "exec")
    if not exercise.is_value:
        call = re.search(rf"def ({exercise.id}\(.*?\)):", exercise.starter)[1]
        assert f"`{call}`" in exercise.statement or "..." not in exercise.starter, "the statement says how it is called"


@each_exercise
def test_cases_are_the_same_each_time(exercise):
    if exercise.is_value:
        return
    cases = exercise.make_cases()
    assert cases and all(len(case) <= len(exercise.names) for case in cases)
    for one, other in zip(cases, exercise.make_cases(), strict=True):
        for a, b in zip(one, other, strict=True):
            if isinstance(a, np.ndarray):
                assert np.array_equal(a, b)


@each_exercise
def test_the_solution_is_right_on_the_numbers_of_other_seeds(exercise):
    """Grading draws them for each student."""
    for seed in (1, 2, 2**32 - 1):
        result = judge(exercise, exercise.answer if exercise.is_value else exercise.run(exercise.solution), seed=seed)
        assert result.ok, (seed, result.message)


@pytest.mark.parametrize("id", list(VARIANTS))
def test_right_variants_are_accepted(id):
    exercise = get(id)
    for source in VARIANTS[id]:
        result = judge(exercise, exercise.run(source))
        assert result.ok, (source, result.message)


def test_there_are_enough_variants():
    assert set(FIXED) <= set(VARIANTS) <= {exercise.id for exercise in EXERCISES}
    assert sum(map(len, VARIANTS.values())) >= 100


# --- what the reader sees ---------------------------------------------------------------------------------------------


def test_a_message_has_input_expected_got_and_slip():
    result = judge(get("relu"), lambda z: np.abs(z))
    assert result.message == (
        "relu: not yet. For z = [-1.0, 2.0] expected [0.0, 2.0], got [1.0, 2.0]. "
        "That is abs(z): a negative input should become 0, not positive."
    )
    assert (result.ok, result.kind, result.inputs) == (False, "value", "z = [-1.0, 2.0]")
    assert result.slip.startswith("That is abs(z)") and np.array_equal(result.expected, [0, 2])


def test_an_unlisted_slip_gets_no_sentence():
    result = judge(get("relu"), lambda z: np.maximum(z, 0) * 1.5)
    assert result.message == "relu: not yet. For z = [-1.0, 2.0] expected [0.0, 2.0], got [0.0, 3.0]."


def test_a_large_difference_names_one_entry():
    result = judge(get("relu"), lambda z: np.where(np.size(z) > 12, np.maximum(z, 0) + 1, np.maximum(z, 0)))
    assert "an array of shape (2, 3, 4): part [0, 0, 0]" in result.message


@pytest.mark.parametrize("number", [float, np.float32])
def test_a_float_is_called_a_float(number):
    exercise = get("count_parameters")
    count = exercise.run(exercise.solution)
    result = judge(exercise, lambda sizes: number(count(sizes)))
    assert "it should give a whole number (int); it gives a float." in result.message


def test_an_exception_quotes_the_readers_line(tmp_path):
    file = tmp_path / "answer.py"
    file.write_text("def relu(z):\n    y = z + 1\n    return y @ np.zeros(7)\n")
    space = {"np": np}
    exec(compile(file.read_text(), str(file), "exec"), space)
    result = judge(get("relu"), space["relu"])
    assert result.kind == "raised" and "ValueError" in result.message
    assert "line 3: `return y @ np.zeros(7)`" in result.message


def test_wrong_number_of_arguments_is_said():
    result = judge(get("linear_forward"), lambda X, W: X @ W)
    assert result.kind == "type" and "linear_forward(X, W, b)" in result.message


EMPTY = ["pass", "...", '"docstring"', "return", "return None", "return ...", "raise NotImplementedError"]


@pytest.mark.parametrize("source", EMPTY)
def test_an_empty_function_is_missing(source):
    assert judge(get("relu"), get("relu").run(f"def relu(z):\n    {source}\n")).kind == "missing"


def test_a_forgotten_return_is_not_missing():
    result = judge(get("relu"), get("relu").run("def relu(z):\n    y = np.maximum(z, 0)\n"))
    assert result.kind == "type" and "`return`" in result.message


def test_a_hidden_builtin_is_named():
    source = "sum = 5\ndef neuron(x, w, b):\n    return sum(x * w) + b\n"
    assert "`del sum`" in judge(get("neuron"), get("neuron").run(source)).message


def test_nan_on_large_inputs_is_unstable():
    sources = {"sigmoid": "np.exp(z) / (1 + np.exp(z))", "softmax": "np.exp(Z) / np.exp(Z).sum(1)[:, None]"}
    for id, source in sources.items():
        assert judge(get(id), get(id).run(source)).kind == "unstable"


def test_a_warning_is_no_mistake_even_as_an_error():
    np_state = np.seterr(all="raise")
    try:
        assert judge(get("sigmoid"), lambda z: 1 / (1 + np.exp(-z))).ok
    finally:
        np.seterr(**np_state)


def test_check_finds_the_exercise_by_name_and_by_id(capsys):
    def relu(z):
        return np.maximum(z, 0)

    for result in (check(relu), check("relu", lambda z: np.maximum(z, 0)), check("relu", relu)):
        assert isinstance(result, Result) and result.ok and result
    assert capsys.readouterr().out == "relu: right. Checked on 5 inputs.\n" * 3


def my_own(z):
    return z


class Touchy:
    def __call__(self, z):
        return z

    def __getattr__(self, name):
        raise ValueError(name)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: check("rleu", abs), 'did you mean "relu"'),
        (lambda: hint("sigmoidd"), 'did you mean "sigmoid"'),
        (lambda: check("relu"), 'Say what to check, too: check("relu", relu)'),
        (lambda: check("chance_loss"), 'check("chance_loss", answer)'),
        (lambda: check(3.0), "without brackets, check(relu)"),
        (lambda: check(np.maximum([1.0], 0)), "without brackets, check(relu)"),
        (lambda: check(lambda z: z), 'check("relu", your_function)'),
        (lambda: check(my_own), 'No exercise is called "my_own". Say which one it answers: check("relu", my_own)'),
        (lambda: check(functools.partial(my_own)), 'check("relu", your_function)'),
        (lambda: check(np.frompyfunc(my_own, 1, 1)), 'check("relu", your_function)'),
        (lambda: check(Touchy()), "That has no name of its own."),
        (lambda: check(my_own, "relu"), 'The name comes first: check("relu", my_own)'),
        (lambda: check(lambda z: z, "relu"), 'The name comes first: check("relu", your_function)'),
        (lambda: solution(lambda z: z), "<lambda>"),
    ],
)
def test_an_unknown_name_is_one_sentence(call, words):
    with pytest.raises(UnknownExercise, match=re.escape(words)) as caught:
        call()
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_hints_come_one_at_a_time_and_the_solution_after_asking(capsys):
    solution("relu")
    asked = capsys.readouterr().out
    assert "np.maximum" not in asked and "again" in asked
    for level in (1, 2, 3, 3):
        hint("relu")
        assert f"hint {level} of 3" in capsys.readouterr().out
    solution("relu")
    assert "def relu(z):\n    return np.maximum(z, 0)" in capsys.readouterr().out


def test_progress_counts_what_is_right(capsys):
    check("relu", lambda z: -z)
    check("neuron", lambda x, w, b: x @ w + b)
    capsys.readouterr()
    progress()
    text = capsys.readouterr().out
    total = len(by_chapter()["01_neuron"])
    assert f"Chapter 1, neuron: 1 of {total} done" in text and "relu" in text.splitlines()[0]


def test_the_panel_is_html_with_a_plain_text_twin(monkeypatch):
    from classroom.exercises import panel

    shown = []
    monkeypatch.setattr(panel, "in_notebook", lambda: True)
    monkeypatch.setattr(panel, "display", lambda **formats: shown.append(formats))

    def relu(z):
        print("<script>alert(1)</script>")
        return z + 1

    result = check(relu)
    assert shown[0]["text"].startswith(f"{result.message}\nYour function printed:\n<script>")
    assert "role='status'" in shown[0]["html"] and "<script>" not in shown[0]["html"]
    assert "&lt;script&gt;" in shown[0]["html"], "what the function printed is shown"


def test_the_result_shows_nothing_as_the_value_of_a_cell():
    assert judge(get("relu"), lambda z: z)._ipython_display_() is None


# --- the command that writes the cells --------------------------------------------------------------------------------


def notebook(*cells):
    return {"cells": [dict(cell_type=kind, metadata=metadata, source=[source]) for kind, metadata, source in cells]}


def test_write_exercises_fills_its_cells_and_no_others(tmp_path, capsys):
    import importlib.util
    import pathlib

    path = pathlib.Path(__file__).parents[2] / "tools" / "write_exercises.py"
    spec = importlib.util.spec_from_file_location("write_exercises", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    chapter = tmp_path / "01_neuron.ipynb"
    mine = {"exercise": "relu"}
    pair = [("markdown", mine, "?"), ("code", dict(mine), "?")]
    book = notebook(("markdown", {}, "prose"), *pair, ("code", {}, "x = 1"))
    chapter.write_text(json.dumps(book))
    assert tool.main(["--check", str(chapter)]) == 1
    assert json.loads(chapter.read_text()) == book, "--check writes nothing"
    assert tool.main([str(chapter)]) == 0
    cells = json.loads(chapter.read_text())["cells"]
    assert cells[0] == book["cells"][0] and cells[3] == book["cells"][3]
    assert "".join(cells[1]["source"]) == get("relu").text
    assert "".join(cells[2]["source"]) == 'def relu(z):\n    ...\n\ncheck(relu)\n# hint("relu")\n# solution("relu")'
    assert cells[2]["metadata"]["tags"] == ["exercise"]
    assert tool.main(["--check", str(chapter)]) == 0
    capsys.readouterr()
    chapter.write_text(json.dumps(notebook(("markdown", {"exercise": "rleu"}, "?"))))
    assert tool.main([str(chapter)]) == 1
    assert 'did you mean "relu"' in capsys.readouterr().err
