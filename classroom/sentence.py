"""An error that is one sentence: it says what to do, and a notebook shows it in place of a wall of frames."""


class Sentence(ValueError):
    """The reader's or the author's slip, named in one sentence."""

    def _render_traceback_(self):  # IPython asks for this
        return [str(self)]


class Missing(Sentence, ImportError):
    """A package that has to be installed first."""
