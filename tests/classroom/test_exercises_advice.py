"""Advice names a slip only when it is that slip, says what is wrong with a form, and says nothing twice."""

import re
import textwrap

import numpy as np
import pytest
from exercise_answers.slips import SAID, SLIPS

from classroom.exercises import all_exercises, get
from classroom.exercises.compare import same
from classroom.exercises.engine import judge
from classroom.exercises.registry import Exercise
from classroom.exercises.values import Either


def verdict(id, source):
    space = {"np": np}
    exec(compile(textwrap.dedent(source), f"<{id}>", "exec"), space)
    return judge(get(id), space[id])


def lambda_of(id, body):
    names = ", ".join(get(id).names)
    return f"def {id}({names}):\n    return {body}\n"


def test_slips_of_learners_are_named_and_none_wrongly(capsys):
    named, silent, wrong = 0, 0, []
    for id, source, words in SLIPS:
        result = verdict(id, source)
        assert not result.ok, source
        if not words:
            silent += not result.slip
            wrong += [result.message] if result.slip else []
        elif words in result.message:
            named += 1
        else:
            wrong += [result.message] if result.slip else []
    to_name = sum(bool(words) for _, _, words in SLIPS)
    with capsys.disabled():
        print(
            f"\n{len(SLIPS)} slips: {named} of {to_name} named, {silent} rightly met with silence, {len(wrong)} wrong"
        )
    assert len(SLIPS) >= 100 and not wrong, wrong
    assert named >= 0.95 * to_name


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("id, body, words", SAID, ids=[f"{id}: {body[:30]}" for id, body, _ in SAID])
def test_what_is_said(id, body, words):
    result = verdict(id, lambda_of(id, body))
    assert not result.ok and words in result.message
    if not words:
        assert result.slip == ""


def test_a_product_that_does_not_fit_is_not_taken_for_another_one():
    """In `dY @ X` it is dW that fails; the advice for `dY @ W`, which fails too, would speak of a dX that is right."""
    result = verdict("linear_backward", lambda_of("linear_backward", "(dY @ W.T, dY @ X, dY.sum(axis=0))"))
    assert not result.ok and "In `A @ B`" in result.slip and "dX" not in result.slip


def test_mlp_backward_without_the_mean_is_shown_on_a_case_made_by_hand():
    source = get("mlp_backward").solution.replace(" / T.size", "")
    result = verdict("mlp_backward", source)
    assert "divide by the number of entries" in result.message and "X = [[1.0], [2.0]]" in result.message


def test_a_slip_that_fails_where_the_answer_is_right_is_not_named():
    listed = [sentence for source, sentence in get("dead_fraction").wrong if "np.any" in source]
    result = verdict(
        "dead_fraction", lambda_of("dead_fraction", "np.mean(np.all(Z <= 0, axis=0)) if len(Z) > 2 else 1.0")
    )
    assert not result.ok and listed[0] not in result.message and not result.slip


def small(cases, oracle, *wrong):
    """An exercise that asks for its argument."""
    return Exercise(
        id="small",
        title="",
        statement="",
        starter="def small(z):\n    ...",
        hints=["", "", ""],
        solution="def small(z):\n    return z",
        cases=[(case,) for case in cases],
        oracle=oracle,
        wrong=wrong,
    )


def test_one_coincidence_is_no_proof():
    """Both give 7 for 1; for 0 both are right, each in its own way: that is not the same function."""
    listed = ("{0.0: 5.0, 1.0: 7.0, 2.0: 2.0}[z]", "That is seven.")
    exercise = small([1.0, 0.0, 2.0], lambda z: z if z else Either([0.0, 5.0]), listed)
    assert judge(exercise, lambda z: {0.0: 0.0, 1.0: 7.0, 2.0: 2.0}[z]).slip == ""
    assert judge(exercise, lambda z: {0.0: 5.0, 1.0: 7.0, 2.0: 2.0}[z]).slip == "That is seven."


def test_where_the_listed_answer_is_right_it_says_nothing():
    """The answer is wrong by its type alone; the listed one is right for 1, 3 and 4, and for 2 differs."""
    exercise = small([1, 2, 3, 4], int, ("z + (z == 2)", "For 2 there is one too many."))
    assert judge(exercise, lambda z: z + 0.0).slip == ""
    assert judge(exercise, lambda z: z + (z == 2) + 0.0).slip == "For 2 there is one too many."


@pytest.mark.parametrize("weight, bias", [(1, -0.5), (1.0, -0.5), (1, -1), (1.0, -2), (1, 0), (-1, 1.5)])
def test_whole_numbers_get_the_advice_of_the_same_floats(weight, bias):
    gate = get("and_gate")
    result = judge(gate, lambda: ([weight, weight], bias))
    assert result.slip and result.slip == judge(gate, lambda: (np.full(2, float(weight)), float(bias))).slip


def test_an_infinite_result_agrees_only_with_itself():
    assert not same(0.693, np.inf) and not same(-np.inf, np.inf) and not same(np.inf, 1.0)
    assert same(np.inf, np.inf) and same(np.nan, np.nan) and same(np.array([1.0, np.inf]), np.array([1.0, np.inf]))
    assert not same(np.array([1.0, 2.0]), np.array([1.0, np.inf]))
    assert judge(get("mse"), lambda y_pred, y: np.inf).slip == ""


def test_a_permuted_signature_is_said_even_beside_another_slip():
    source = "def relu_backward(z, dout):\n    return dout * z\n"
    assert "It is called as relu_backward(dout, z): yours takes (z, dout)." in verdict("relu_backward", source).message


def test_other_names_for_the_same_places_are_no_mistake():
    assert verdict("mse", "def mse(y, y_pred):\n    return np.mean((y - y_pred)**2)\n").ok
    source = "def mse_backward(a, t):\n    return 2 * (t - a) / a.size\n"
    assert "The sign is turned" in verdict("mse_backward", source).message


def test_a_hidden_numpy_is_named_and_a_missing_one_too():
    source = "np = 5\ndef relu(z):\n    return np.maximum(z, 0)\n"
    assert "`np` is a variable of yours that hides NumPy" in verdict("relu", source).message
    source = "del np\ndef relu(z):\n    return np.maximum(z, 0)\n"
    assert "`import numpy as np`" in verdict("relu", source).message


@pytest.mark.parametrize("stop", ["breakpoint()", "raise __import__('bdb').BdbQuit"])
def test_a_breakpoint_is_refused_in_words(stop):
    message = verdict("relu", f"def relu(z):\n    {stop}\n    return np.maximum(z, 0)\n").message
    assert re.search("take (it|the breakpoint) out", message)


def test_a_default_of_another_value_is_named():
    source = "def leaky_relu(z, alpha=0.2):\n    return np.where(z < 0, alpha * z, z)\n"
    message = verdict("leaky_relu", source).message
    assert "alpha left out" in message and "The default of alpha should be 0.01." in message


def clauses(message):
    return [re.sub(r"\W+", " ", part).strip().lower() for part in re.split(r"[.:;,](?:\s|$)", message)]


def test_no_verdict_says_a_thing_twice():
    for exercise in all_exercises():
        for source, _ in exercise.wrong:
            result = judge(exercise, source if exercise.is_value else exercise.run(source))
            said = [part for part in clauses(result.message) if len(part.split()) >= 3 and not re.search(r"\d", part)]
            assert len(said) == len(set(said)), result.message


def test_the_part_that_is_wrong_has_a_name():
    for exercise in all_exercises():
        if exercise.is_value or not exercise.returns:
            continue
        assert len(exercise.oracle(*exercise.make_cases()[0])) == len(exercise.returns), exercise.id


def test_a_verify_sentence_names_the_eps():
    source = """
        def binary_cross_entropy(p, y):
            eps = np.finfo(float).eps
            p = np.clip(p, eps, 1 - eps)
            return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        """
    assert "p is limited to about 2.2e-16 here" in verdict("binary_cross_entropy", source).message
