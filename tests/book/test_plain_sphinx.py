"""The way out of Jupyter Book: what its settings mean to Sphinx, said without it, is what it says itself."""

import subprocess
import sys
from pathlib import Path

import plain_sphinx
import pytest
import yaml
from jupyter_book_command import JUPYTER_BOOK

ROOT = Path(__file__).parents[2]
# Jupyter Book's own, which mean nothing to this book: other services, other outputs, buttons that it has not.
ITS_OWN = {"comments_config", "latex_engine", "use_jupyterbook_latex", "use_multitoc_numbering", "html_logo"}
ITS_OWN |= {"html_sourcelink_suffix", "html_baseurl", "nb_execution_cache_path", "pygments_style"}
ITS_OWN |= {"nb_execution_allow_errors", "nb_execution_excludepatterns", "nb_execution_in_temp"}
ELSEWHERE = {"exclude_patterns", "extensions", "html_theme_options", "html_favicon", "templates_path"}
ELSEWHERE |= {"bibtex_bibfiles"}


def settings():
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def its(tmp_path_factory):
    """The `conf.py` that Jupyter Book writes, read."""
    folder = tmp_path_factory.mktemp("conf")
    for name in ("_config.yml", "_toc.yml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run([sys.executable, *JUPYTER_BOOK, "config", "sphinx", str(folder)], check=True, capture_output=True)
    return read((folder / "conf.py").read_text(encoding="utf-8"))


def read(text):
    space = {}
    exec(compile(text, "conf.py", "exec"), space)
    return {name: value for name, value in space.items() if not name.startswith("_") and name != "sys"}


def test_ours_says_what_its_own_says(its):
    ours = plain_sphinx.conf(settings())
    for name in set(its) - ITS_OWN - ELSEWHERE:
        assert ours[name] == its[name], name


def test_no_extension_is_lost_but_its_own(its):
    ours = plain_sphinx.conf(settings())["extensions"]
    brought = {"sphinx_jupyterbook_latex", "sphinx_multitoc_numbering"}
    assert set(its["extensions"]) - set(ours) == plain_sphinx.NOT_NEEDED | brought


def test_what_is_written_is_what_is_meant():
    made = plain_sphinx.conf(settings())
    assert read(plain_sphinx.written(made, [])) == made


def test_nothing_of_ours_imports_jupyter_book():
    for path in [*ROOT.glob("_ext/*.py"), *ROOT.glob("classroom/**/*.py")]:
        assert "jupyter_book" not in path.read_text(encoding="utf-8"), path.name
