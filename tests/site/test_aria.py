"""What a screen reader is given, as Chromium's tree has it: a figure, a question, an exercise, a formula."""

from playwright.sync_api import expect

CHAPTER = "chapters/01_neuron.html"


def test_a_figure_is_a_picture_a_sentence_and_named_controls(visit):
    page = visit(CHAPTER)
    figure = page.locator("#explore-one_neuron[data-ready]")
    expect(page.get_by_role("figure", name="One neuron with its numbers")).to_have_count(1)
    expect(figure).to_match_aria_snapshot("""
        - img "One neuron with its numbers, from two inputs to one answer."
        - paragraph: z = 1 · 2 + 2 · (−1) + 1 = 1, and the answer is a = 0.73.
        - group "Controls":
          - slider "x₁"
          - slider "x₂"
          - slider "w₁"
          - slider "w₂"
          - slider "b"
          - link "Link to this view"
          - button "Reset"
    """)
    slider = figure.get_by_role("slider", name="b")
    assert slider.get_attribute("aria-valuetext") == "1"  # the value of b, and not its place among the values
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "0")
    expect(figure.locator(".nn-live")).to_have_text(figure.locator(".nn-says").inner_text())  # said once it rests


def test_a_question_is_a_group_named_by_its_text_and_tells_its_verdict(visit):
    page = visit(CHAPTER)
    question = page.locator("#question-what-moves-on-the-curve")
    expect(question).to_match_aria_snapshot("""
        - group /Quick question Two pictures of a neuron .* What changes\\?/:
          - paragraph: More than one may be right.
          - list:
            - listitem:
              - 'checkbox "the line on the left: it is lifted"'
            - listitem:
              - checkbox "the slope of the line on the left"
            - listitem:
              - checkbox "the place of the dot on the right"
            - listitem:
              - checkbox "the shape or the place of the curve on the right"
          - paragraph:
            - button "Check"
        - status
    """)
    for name in ("the line on the left: it is lifted", "the place of the dot on the right"):
        question.get_by_role("checkbox", name=name).check()
    question.get_by_role("button", name="Check").press("Enter")
    expect(question).to_match_aria_snapshot("""
        - status:
          - paragraph:
            - strong: ✓ Right, and complete.
    """)


def test_an_exercise_is_its_text_a_field_and_named_buttons(visit):
    page = visit(CHAPTER)
    exercise = page.locator("nn-exercise.nn-awake").first
    expect(exercise).to_match_aria_snapshot("""
        - paragraph:
          - link "Exercise 1.1"
        - paragraph:
          - strong: One neuron.
          - code: neuron(x, w, b)
          - math: D ≥ 1
        - 'group "Exercise neuron: actions"':
          - button "Check"
          - button "Hint 1 of 3"
          - button "Solution"
          - button "Write"
        - paragraph: /“Check” starts Python in your browser\\./
        - status
    """)
    exercise.get_by_role("button", name="Write").click()
    field = exercise.get_by_role("textbox", name="neuron")
    expect(field).to_be_focused()


def test_a_formula_is_read_once_as_mathml(visit):
    page = visit(CHAPTER)
    formula = page.locator(".math.display, div.math").first
    expect(formula).to_match_aria_snapshot("""
        - group "formula":
          - math
    """)
    assert formula.locator("math").count() == 1
    assert formula.locator(".katex-html").get_attribute("aria-hidden") == "true"  # the drawn one
