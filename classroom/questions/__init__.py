"""Quick questions: the data, the page and the element that a reader answers."""

from .questions import QuestionError, all_questions, ask

__all__ = ["QuestionError", "all_questions", "ask"]
