"""A question before the controls open: whoever has committed to a guess sees the answer with other eyes."""

import html
from dataclasses import dataclass

from .slips import ExploreError
from .words import inline


@dataclass(frozen=True)
class Guess:
    """What is asked before a figure answers; with `choices` the reader picks one, without them writes a few words."""

    question: str
    choices: tuple = ()

    @classmethod
    def of(cls, given):
        """The Guess that `guess=...` of `@explore` stands for; raises ExploreError."""
        question, choices = given if isinstance(given, tuple) and len(given) == 2 else (given, None)
        if not isinstance(question, str) or not question.strip():
            raise ExploreError("write guess='a question', or guess=('a question', ['one', 'another']).")
        if choices is None:
            return cls(question)
        if not isinstance(choices, list | tuple) or len({str(c) for c in choices}) != len(choices) or len(choices) < 2:
            raise ExploreError("the choices of the guess must be two at least, and differ from each other.")
        return cls(question, tuple(map(str, choices)))

    def describe(self):
        """For readers of plain text."""
        return "Guess first: " + self.question + (f" ({', '.join(self.choices)})" if self.choices else "")

    def as_text(self):
        """The question as HTML, for where nothing can be answered."""
        return f'<p class="nn-question"><strong>Guess first.</strong> {inline(self.question)}</p>'

    def for_page(self, key):
        """The question with what guess.js brings to life; CSS keeps that unseen until the script is there."""
        labelled = f'aria-labelledby="{key}-question"'
        if self.choices:
            options = "".join(
                f'<label><input type="radio" name="{key}-guess" value="{html.escape(choice)}">'
                f"<span>{inline(choice)}</span></label>"
                for choice in self.choices
            )
            answer = f'<div class="nn-options" role="radiogroup" {labelled}>{options}</div>'
        else:
            answer = f'<input type="text" {labelled} maxlength="200" autocomplete="off">'
        return (
            f'<nn-guess data-key="{html.escape(f"{key}: {self.question}")}">'
            f'<p class="nn-question" id="{key}-question"><strong>Guess first.</strong> {inline(self.question)}</p>'
            f'<div class="nn-answer"><template>{answer}'
            '<button type="button" data-act="guess">That is my guess</button>'
            '<button type="button" data-act="skip">Skip</button></template></div>'
            '<p class="nn-guessed" role="status"></p></nn-guess>'
        )

    def live(self, widgets, opened):
        """The same for a live kernel: a widget, which calls `opened()` once there is a guess or none is wanted."""
        if self.choices:
            answer = widgets.RadioButtons(options=self.choices, value=None, layout=widgets.Layout(width="auto"))
        else:
            answer = widgets.Text(placeholder="your guess", layout=widgets.Layout(width="min(26em, 100%)"))
        take, skip = widgets.Button(description="That is my guess"), widgets.Button(description="Skip")
        said = widgets.HTML()
        box = widgets.VBox([widgets.HTML(self.as_text()), answer, widgets.HBox([take, skip]), said])

        def taken(button):
            if button is take and not (answer.value or "").strip():
                said.value = "Choose one first, or skip." if self.choices else "Write a few words first, or skip."
                return
            guessed = f"<p>Your guess: {inline(answer.value)}</p>" if button is take else ""
            box.children = [box.children[0], widgets.HTML(guessed)]
            opened()

        take.on_click(taken)
        skip.on_click(taken)
        return box
