"""Quick questions: the book's data are whole, a slip is named in one sentence, and the text twin tells no answer."""

import json
import re
from pathlib import Path

import pytest
from sample_questions import CHOICE, NUMBER, ORDER

from classroom.questions import questions
from classroom.questions.page import block_html, inline_html, notebook_html, number, pieces, plain
from classroom.questions.plain_maths import tex_to_text
from classroom.questions.questions import QuestionError, all_questions, ask, load

CHAPTERS = Path(__file__).parents[2] / "chapters"


def whole(path):
    try:
        return load(path)
    except QuestionError:
        return []  # test_every_file_of_the_book_loads says so


BOOK = [question for path in questions.files() for question in whole(path)]


def read(tmp_path, text):
    path = tmp_path / "05_loss.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


# The book's own questions


@pytest.mark.parametrize("path", questions.files(), ids=lambda path: path.stem)
def test_every_file_of_the_book_loads(path):
    assert load(path)


def test_ids_are_unique_in_the_book():
    assert list(all_questions()) == [question.id for question in BOOK]


@pytest.mark.parametrize("question", BOOK, ids=lambda question: question.id)
def test_every_choice_has_feedback_of_its_own(question):
    said = [part.feedback for part in question.parts] + ([question.feedback] if question.kind == "number" else [])
    assert all(said) and len(set(said)) == len(said)


@pytest.mark.parametrize("chapter", questions.chapters())
def test_the_right_option_is_not_always_at_the_same_place(chapter):
    asked = [question for question in BOOK if question.chapter == chapter and question.kind == "one"]
    places = {[part.right for part in question.parts].index(True) for question in asked}
    assert len(asked) < 3 or len(places) > 1


@pytest.mark.parametrize("chapter", questions.chapters())
def test_a_chapter_asks_each_of_its_questions_once_and_no_other(chapter):
    path = CHAPTERS / f"{chapter}.ipynb"
    if not path.exists():
        pytest.skip("this chapter is not written yet")
    asked = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "ask(" in source:
            assert re.fullmatch(r'ask\("[\w-]+"\)', source), f"ask stands alone in its cell, not: {source}"
            assert "question" in cell["metadata"].get("tags", [])
            asked.append(source[5:-2])
            stored = "".join(cell["outputs"][0]["data"]["text/plain"])
            assert stored == repr(ask(asked[-1])), f"run: tools/notebooks.py --execute chapters/{path.name}"
    assert sorted(asked) == sorted(question.id for question in BOOK if question.chapter == chapter)


@pytest.mark.parametrize("question", BOOK, ids=lambda question: question.id)
def test_the_text_twin_shows_the_question_and_tells_no_answer(question):
    shown = repr(question)
    assert shown == repr(ask(question.id)) and shown.startswith("Quick question")
    assert "$" not in shown and "\\" not in shown
    for part in question.parts:
        assert plain(part.text) in shown
        assert plain(part.feedback) not in shown
    assert plain(question.explanation) not in shown


@pytest.mark.parametrize("question", BOOK, ids=lambda question: question.id)
def test_the_notebook_output_needs_no_other_file_and_no_other_host(question):
    html = question._repr_html_()
    assert html == notebook_html(question)
    assert html.count("<nn-question ") == html.count("</nn-question>") == html.count("<script>") == 1
    assert "src=" not in html and "http" not in html and "@import" not in html
    assert re.search(r"<details(?![^>]*open)", html)


@pytest.mark.parametrize("question", BOOK, ids=lambda question: question.id)
def test_steps_are_shown_out_of_order_but_always_alike(question):
    assert question.shown == question.shown
    assert sorted(map(str, question.shown)) == sorted(map(str, question.parts))
    assert (question.shown == question.parts) == (question.kind != "order")


def test_every_text_is_in_the_page():
    for question in BOOK:
        texts = {text for kind, text in pieces(question) if kind != "html"}
        assert {question.text, question.explanation} <= texts
        assert {part.feedback for part in question.parts} <= texts


def test_an_unknown_id_suggests_the_nearest():
    with pytest.raises(QuestionError, match="order-of-one-neuron"):
        ask("order-of-a-neuron")


# Slips in a file


def test_the_examples_of_this_test_are_right(tmp_path):
    one, many, order = read(tmp_path, CHOICE + NUMBER + ORDER)
    assert [part.right for part in one.parts] == [True, False]
    assert (many.answer, many.parts[0].value, one.chapter) == (0.5, 2, "05_loss")
    assert [part.text for part in order.parts] == ["step a", "step b", "step c"]


@pytest.mark.parametrize("key", ["kind", "text", "explanation", "feedback"])
def test_every_key_of_a_choice_is_required(tmp_path, key):
    with pytest.raises(QuestionError, match=rf"05_loss.toml, question “a-question”: .*{key}"):
        read(tmp_path, re.sub(rf"(?m)^{key} = .*\n", "", CHOICE, count=1))


@pytest.mark.parametrize("key", ["answer", "tolerance", "feedback", "otherwise", "value"])
def test_every_key_of_a_number_is_required(tmp_path, key):
    with pytest.raises(QuestionError, match=rf"“a-number”: .*'{key}'"):
        read(tmp_path, re.sub(rf"(?m)^{key} = .*\n", "", NUMBER, count=1))


def test_every_option_needs_feedback(tmp_path):
    with pytest.raises(QuestionError, match="option 2 has no 'feedback'"):
        read(tmp_path, CHOICE.replace("feedback = 'No.'\n", ""))
    with pytest.raises(QuestionError, match="step 3 has no 'feedback'"):
        read(tmp_path, ORDER[: ORDER.rindex("feedback")])


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("right = true\n", "", "exactly one right, not 0 of 2"),
        ("feedback = 'No.'", "feedback = 'No.'\nright = true", "exactly one right, not 2 of 2"),
        ('kind = "one"', 'kind = "several"\nmisconception = "Not A Slug"', "misconception must be a slug"),
        ('kind = "one"', 'kind = "choice"', "kind must be one of one, several, number, order"),
        ('id = "a-question"', 'id = "A question"', "lower-case words joined by hyphens"),
        ("explanation", "explanaton", "unknown key 'explanaton' .is it 'explanation'"),
        ("'that'", "'this'", "two options have the same text"),
        ("'Which?'", "'Which $x?'", "a . without its partner"),
        ("'Which?'", "'See [here](there.md).'", "a link or picture"),
        ("'Which?'", "'<b>Which</b>?'", "HTML"),
        ("'Which?'", '"""\n- a\n- b"""', "a list"),
        ("'Which?'", "'  '", "'text' is empty"),
        ("'Which?'", "7", "'text' must be text"),
        ("right = true", "right = 1", "'right' must be true or false"),
        ("'that'", '"that\\n\\nand that"', "a single paragraph"),
        ("[[question.option]]\ntext = 'this'", "[[question.option]\ntext = 'this'", "is not valid TOML"),
        ('\n[[question]]\nid = "a', '\ntitle = "x"\n[[question]]\nid = "a', "only .*question.* tables belong here"),
    ],
)
def test_a_slip_is_named_in_one_sentence(tmp_path, before, after, sentence):
    assert before in CHOICE
    with pytest.raises(QuestionError, match=sentence) as caught:
        read(tmp_path, CHOICE.replace(before, after, 1))
    assert "05_loss.toml" in str(caught.value) and "\n" not in str(caught.value)


def test_numbers_that_cannot_be_told_apart_are_refused(tmp_path):
    with pytest.raises(QuestionError, match="the tolerances overlap"):
        read(tmp_path, NUMBER.replace("value = 2", "value = 0.515"))
    with pytest.raises(QuestionError, match="must not be negative"):
        read(tmp_path, NUMBER.replace("0.01", "-0.01"))
    with pytest.raises(QuestionError, match="must be a number"):
        read(tmp_path, NUMBER.replace("answer = 0.5", "answer = true"))
    with pytest.raises(QuestionError, match="at least one"):
        read(tmp_path, NUMBER[: NUMBER.index("[[question.mistake")])


def test_an_id_is_used_once(tmp_path):
    with pytest.raises(QuestionError, match="the id is used twice"):
        read(tmp_path, CHOICE + CHOICE)


def test_an_id_is_used_once_in_the_whole_book(tmp_path, monkeypatch):
    for name in ("05_loss.toml", "06_gradient_descent.toml"):
        (tmp_path / name).write_text(CHOICE, encoding="utf-8")
    monkeypatch.setattr(questions, "FOLDER", tmp_path)
    with pytest.raises(QuestionError, match="06_gradient_descent.toml.*already used in 05_loss.toml"):
        all_questions()


def test_maths_may_look_like_a_list_or_html(tmp_path):
    assert read(tmp_path, CHOICE.replace("'Which?'", "'Is $a<b$ and `x<y` or `[a](b)`?'"))


# Markdown and maths as text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a `w * x` b", "a <code>w * x</code> b"),
        ("**not** *so* & <", "<strong>not</strong> <em>so</em> &amp; &lt;"),
        (r"costs \$5 and \*", "costs $5 and *"),
        ("$a<b$", '<span class="question-maths" data-plain="a&lt;b">$a&lt;b$</span>'),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_inline_marks(markdown, html):
    assert inline_html(markdown) == html


def test_blocks():
    assert block_html("One\nline.\n\n```python\nx = 1 < 2\n```\n\nTwo.") == (
        "<p>One\nline.</p>\n<pre><code>x = 1 &lt; 2</code></pre>\n<p>Two.</p>"
    )
    assert plain("One\nline **b**.\n\n```python\nx = 1\n```") == "One line b.\n\n    x = 1"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"w_1x_1 + b", "w₁x₁ + b"),
        (r"-\frac{b}{w}", "−b/w"),
        (r"\frac{\partial L}{\partial w_{ij}}", "(∂L)/(∂wᵢⱼ)"),
        (r"\sigma'(z) = e^{-z}/(1+e^{-z})^2", "σ′(z) = e^(−z)/(1+e^(−z))²"),
        (r"XW^\top + b", "XWᵀ + b"),
        (r"\sqrt{2/n_{\text{in}}}", "√(2/nᵢₙ)"),
        (r"\{0, 1\}", "{0, 1}"),
        (r"\tfrac12", "1/2"),
        (r"\eta \cdot 10^{-4}", "η · 10⁻⁴"),
        (r"\hat{y} \approx 0", "ŷ ≈ 0"),
        (r"0.9\,v + 2", "0.9 v + 2"),
    ],
)
def test_simple_tex_reads_as_text(tex, text):
    assert tex_to_text(tex) == text


def test_numbers_read_as_typed():
    assert [number(value) for value in (-0.5, 13002, 2.0, 2e-5)] == ["−0.5", "13002", "2", "2e−05"]
