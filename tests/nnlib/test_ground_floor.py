"""The ground floor stays a ground floor: small files, NumPy only, every public name at hand and explained."""

import ast
import inspect
import pathlib
import re
import subprocess
import sys
import tokenize

import pytest

import nnlib

FOLDER = pathlib.Path(nnlib.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
BETWEEN_FILES = {
    "initial_weights",
    "as_floats",
    "all_finite",
    "without_trace",
    "check_parts",
}  # public to the other files here, not to readers
ALLOWED = {"numpy", "tqdm", "nnlib", *sys.stdlib_module_names}


def test_importing_nnlib_brings_no_pictures_and_no_widgets():
    code = "import nnlib, sys; print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = ast.literal_eval(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
    assert "numpy" in loaded and not {"matplotlib", "ipywidgets", "IPython", "torch", "sklearn"} & set(loaded)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_imports_stay_on_the_ground_floor(path):
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            assert {a.name.split(".")[0] for a in node.names} <= ALLOWED
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".")[0]
            if node.level:
                assert (FOLDER / f"{module}.py").exists(), f"{path.name} imports {module}, from the upper floor"
            else:
                assert module in ALLOWED


def lines_of_code(path):
    """Lines that hold code: no blank lines, no comments, no docstrings."""
    docstrings = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            docstrings |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = set()
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
                if token.type not in (tokenize.ENCODING, tokenize.ENDMARKER):
                    lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - docstrings)


def test_it_can_be_read_in_an_evening():
    assert len(FILES) == 11
    assert all(len(path.read_text("utf8").splitlines()) <= 300 for path in FILES)
    assert sum(lines_of_code(path) for path in FILES) < 1100


def test_no_pickle_no_network_no_processes():
    for path in FILES:
        code = path.read_text("utf8")
        assert not re.search(
            r"\b(import|from) (pickle|socket|urllib|http|subprocess|multiprocessing|threading)\b", code
        )
        assert "allow_pickle=True" not in code


def test_every_public_name_is_at_hand_and_explained():
    assert nnlib.__all__ == sorted(nnlib.__all__)
    for name in nnlib.__all__:
        thing = getattr(nnlib, name)
        assert inspect.getdoc(thing), f"{name} has no docstring"
    for path in FILES:
        tree = ast.parse(path.read_text("utf8"))
        assert ast.get_docstring(tree).count(".") >= 1 and "\n" not in ast.get_docstring(tree), path.name
        if path.name == "__init__.py":
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert node.name in {*nnlib.__all__, *BETWEEN_FILES}, f"{node.name} is not in nnlib"


def test_every_public_signature_is_annotated():
    assert (FOLDER / "py.typed").exists(), "or editors do not look at the annotations"
    for name in nnlib.__all__:
        thing = getattr(nnlib, name)
        functions = [thing]
        if inspect.isclass(thing):
            # a method that only fills in what its base class declares is annotated there
            inherited = {method for base in thing.__mro__[1:-1] for method in vars(base)}
            methods = {method: f for method, f in vars(thing).items() if inspect.isfunction(f)}
            functions = [f for m, f in methods.items() if (m[0] != "_" and m not in inherited) or m == "__init__"]
        for function in functions:
            for parameter in list(inspect.signature(function).parameters.values()):
                if parameter.name not in ("self", "_"):
                    assert parameter.annotation is not parameter.empty, f"{name}: {parameter.name} of {function}"
