"""What is said when a figure cannot be made."""

from ..sentence import Sentence


class ExploreError(Sentence):
    """One sentence about what to change in an `@explore(...)` line or in the drawing function."""
