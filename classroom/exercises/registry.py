"""What an exercise is, and where to find one: each chapter's file holds a list `EXERCISES`, read when needed."""

import ast
import difflib
import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..sentence import Sentence

UNSET = object()
CHAPTERS = "classroom.chapters"


class UnknownExercise(Sentence):
    """No exercise has this id; in a notebook only the sentence shows, no traceback."""


@dataclass(kw_only=True)
class Exercise:
    """One exercise, written once.

    A function exercise has `cases` and an `oracle`; a value exercise has an `answer`. Everything else is the same.
    `cases(rng)` gives tuples of arguments, the smallest first. `oracle(*arguments)` gives the right result, written
    differently from the solution; its structure (number, int, array, tuple, dict) is the structure an answer must have.
    `verify(result, *arguments)` replaces the comparison where many results are right: None or a sentence.
    `across(results)` sees the results of all cases: None, a sentence or (kind, sentence).
    `wrong` lists (answer, sentence that helps): a function as an expression or a whole `def`, or a value.
    `returns` names the parts of a tuple, for the verdict to speak of.
    """

    id: str
    title: str
    statement: str
    starter: str
    hints: Sequence[str]
    solution: str
    cases: Callable | Iterable = ()
    oracle: Callable | None = None
    answer: Any = UNSET
    verify: Callable | None = None
    across: Callable | None = None
    returns: Sequence[str] = ()
    unchanged: bool = False  # the contract says that the inputs stay as they are
    wrong: Sequence[tuple] = ()
    tolerance: float = 1e-4
    setup: str = ""  # imports that starter, solution and wrong answers need beside `np`
    chapter: str = field(default="", init=False)  # "01_neuron", from the file

    def __post_init__(self):
        self.starter, self.solution = self.starter.strip("\n"), self.solution.strip("\n")
        self.statement, self.setup = self.statement.strip(), self.setup.strip()
        if len(self.hints) != 3:
            raise ValueError(f"{self.id}: three hints, not {len(self.hints)}")
        if self.is_value == bool(self.oracle):
            raise ValueError(f"{self.id}: give either an answer, or cases and an oracle")

    @property
    def is_value(self):
        return self.answer is not UNSET

    @functools.cached_property
    def signature(self):
        """The arguments of the starter's function (an `ast.arguments`), as they are written there."""
        for node in ast.parse(self.starter).body:
            if isinstance(node, ast.FunctionDef) and node.name == self.id:
                return node.args
        raise ValueError(f"{self.id}: the starter defines no function of this name")

    @property
    def names(self):
        return [argument.arg for argument in self.signature.args]

    @functools.cached_property
    def starters(self):
        """The starter's function, compiled alone and in one unit with `import numpy as np`, as a script has it.

        CPython compiles `np.maximum` differently where it sees that `np` is an imported module.
        """
        return [self.run(self.starter), self.run(f"import numpy as np\n{self.starter}")]

    @functools.cached_property
    def call(self):
        """How it is called: the inspect.Signature of the starter."""
        return inspect.signature(self.starters[0])

    @property
    def is_repair(self):
        """Is there code to mend, where others have `...` to fill in?"""
        return "..." not in self.starter

    def make_cases(self, seed=0):
        """The arguments of every call; another seed draws other numbers where `cases` draws any."""
        if callable(self.cases):
            return [tuple(case) for case in self.cases(np.random.default_rng(seed))]
        return [tuple(case) for case in self.cases]

    def run(self, source):
        """The function (or value) that source defines; a bare expression is the body of the function."""
        if not self.is_value and f"def {self.id}(" not in source:
            source = f"def {self.id}({ast.unparse(self.signature)}):\n    return {source.strip()}"
        space = {"np": np, "__name__": "__main__"}
        exec(compile(self.setup, f"<setup of {self.id}>", "exec"), space)
        exec(compile(source, f"<{self.id}>", "exec"), space)
        return space["answer" if self.is_value else self.id]

    @property
    def cell(self):
        """The code cell that a reader starts from."""
        call = f'check("{self.id}", answer)' if self.is_value else f"check({self.id})"
        blank = "\n" if self.is_value else "\n\n"
        return f'{self.starter}{blank}{call}\n# hint("{self.id}")\n# solution("{self.id}")'

    @property
    def text(self):
        """The Markdown cell above it."""
        return f"**Exercise: {self.title}.** {self.statement}"


@functools.cache
def load():
    exercises = {}
    package = importlib.import_module(CHAPTERS)
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        if re.fullmatch(r"ch\d\d_\w+", name):
            for exercise in importlib.import_module(f"{CHAPTERS}.{name}").EXERCISES:
                if exercise.id in exercises:
                    raise ValueError(f"two exercises are called {exercise.id}")
                exercise.chapter = name.removeprefix("ch")
                exercises[exercise.id] = exercise
    return exercises


def all_exercises():
    """Every exercise, chapter by chapter."""
    return list(load().values())


def by_chapter():
    """{"01_neuron": [Exercise, ...], ...}"""
    chapters = {}
    for exercise in all_exercises():
        chapters.setdefault(exercise.chapter, []).append(exercise)
    return chapters


def get(name):
    """The exercise of this name (or of the name of this function). Raises UnknownExercise, a ValueError."""
    if not isinstance(name, str):
        name = getattr(name, "__name__", None)
        if not isinstance(name, str):
            raise UnknownExercise('Give the function you wrote, or the exercise\'s name in quotes: "relu".')
    if name in load():
        return load()[name]
    meant = near(name)
    raise UnknownExercise(f'No exercise is called "{name}"' + (f'; did you mean "{meant}"?' if meant else "."))


def near(name):
    """The exercise's name that a misspelt one is nearest to, or ""."""
    return next(iter(difflib.get_close_matches(name, load(), n=1, cutoff=0.5)), "")
