"""What looks inside CPython holds on this Python, and the rooms of the exercises stand on floors."""

import ast
import pathlib

import numpy as np
import pytest

from classroom import exercises
from classroom.exercises import all_exercises, get, written
from classroom.exercises.engine import judge
from classroom.exercises.sandbox import Session

FUNCTIONS = [exercise for exercise in all_exercises() if not exercise.is_value]


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda exercise: exercise.id)
def test_an_untouched_starter_is_missing_in_a_script_too(exercise):
    """There CPython sees that `np` is a module and compiles `np.maximum` in another way."""
    source = f"import numpy as np\n{exercise.setup}\nfrom classroom import check\n\n\n{exercise.starter}\n\ncheck\n"
    space = {"__name__": "__main__"}
    exec(compile(source, "script.py", "exec"), space)
    assert judge(exercise, space[exercise.id]).kind == "missing"


def test_a_broken_part_left_as_it_was_is_said_to_be_that():
    for number in range(1, 6):
        exercise = get(f"repair_{number}")
        message = judge(exercise, exercise.run(exercise.starter)).message
        assert message.startswith(f"repair_{number}: not repaired yet. This is still the broken part")
        assert "..." not in message
    assert "`...`" in judge(get("relu"), get("relu").run(get("relu").starter)).message


def test_operators_and_keywords_are_read_from_the_code():
    assert written.operators(lambda X, W: X * W) == {"*"}
    assert written.operators(lambda X, W: [x @ W for x in X]) == {"@"}
    assert written.operators(np.maximum) == set()
    assert written.passes_keyword(lambda a: np.sum(a, axis=0, keepdims=True), "keepdims")
    assert not written.passes_keyword(lambda a: np.sum(a, axis=0), "keepdims")


def test_a_generator_function_is_known():
    def gives(z):
        yield z

    assert written.yields(gives) and not written.yields(lambda z: z) and not written.yields(np.maximum)


def test_a_function_that_runs_elsewhere_is_read_and_never_called():
    def relu(z):
        raise AssertionError("called")

    away = written.Elsewhere(relu)
    assert written.code_of(away) is relu.__code__ and written.parameters(away) == written.parameters(relu)
    assert judge(get("relu"), written.Elsewhere(lambda z, w: z)).kind == "type"
    assert judge(get("relu"), written.Elsewhere(get("relu").starters[0])).kind == "missing"
    unknown = written.Elsewhere()
    assert written.code_of(unknown) is None and written.parameters(unknown) is None
    with pytest.raises(TypeError):
        away(1)


def test_the_session_calls_the_function():
    class Wired(Session):
        def call(self, function, arguments):
            return super().call(np.abs if function is self.function else function, arguments)

    result = judge(get("relu"), written.Elsewhere(), session=Wired)
    assert result.slip.startswith("That is abs(z)")


FLOORS = [
    ["commands"],
    ["engine", "panel", "kept"],
    ["advice"],
    ["slips"],
    ["examine"],
    ["compare", "sandbox"],
    ["limits", "written", "values", "show", "registry"],
]


def test_no_arrow_goes_up_or_along():
    """Each room imports from lower floors only."""
    folder = pathlib.Path(exercises.__file__).parent
    level = {name: number for number, floor in enumerate(FLOORS) for name in floor}
    assert set(level) == {path.stem for path in folder.glob("*.py")} - {"__init__"}
    for name, floor in level.items():
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                targets = [node.module] if node.module else [alias.name for alias in node.names]
                for target in targets:
                    assert level[target] > floor, f"{name} imports {target}"
