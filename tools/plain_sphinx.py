"""The way out, tried: the book on plain Sphinx, the newest there is, without the `jupyter-book` package.

python tools/plain_sphinx.py             makes `.plain`, with the newest packages; builds; counts the pages
python tools/plain_sphinx.py --not-run   the same, with the outputs that the notebooks hold, and none of their figures

Jupyter Book 1 writes a `conf.py` and calls Sphinx. What it does for this book is `conf()` below: if it ends, that text
becomes `conf.py`, `_config.yml` goes, and the extensions in `_ext` stay as they are.
"""

import argparse
import pprint
import shutil
import sys
from pathlib import Path

import pythons
import whole
import yaml

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".plain"
# What Jupyter Book brings and the book uses, with pyproject.toml's `book` without it.
PACKAGES = ["sphinx>=9", "myst-nb", "sphinx-book-theme", "sphinx-external-toc", "sphinx-copybutton"]
PACKAGES += ["sphinxcontrib-bibtex", "quickjs-ng", "fonttools", "brotli", "rcssmin", "rjsmin", "tinycss2"]
PACKAGES += ["setuptools>=77"]
NOT_NEEDED = {"jupyter_book", "sphinx_comments"}  # its own, and one that is there for its defaults alone
HEADER = "# Written by tools/plain_sphinx.py from _config.yml.\nimport sys\n\n"


def conf(settings, root=ROOT, run=True):
    """What `_config.yml`, read, means to Sphinx: {name: value} of a `conf.py`."""
    book, parse, execute, html = (settings.get(part, {}) for part in ("sphinx", "parse", "execute", "html"))
    made = {
        "project": settings["title"],
        "html_title": settings["title"],
        "author": settings["author"],
        "copyright": settings["copyright"],
        "exclude_patterns": settings["exclude_patterns"],
        "external_toc_path": "_toc.yml",
        "external_toc_exclude_missing": settings["only_build_toc_files"],
        "bibtex_bibfiles": [str(root / name) for name in settings["bibtex_bibfiles"]],  # seen from `conf.py`
        "myst_enable_extensions": parse["myst_enable_extensions"],
        "myst_url_schemes": ["mailto", "http", "https"],
        "nb_execution_mode": execute["execute_notebooks"] if run else "off",
        "nb_execution_timeout": execute["timeout"],
        "nb_execution_raise_on_error": execute["raise_on_error"],
        "nb_output_stderr": execute["stderr_output"],
        "numfig": True,
        "html_theme": "sphinx_book_theme",
        "html_favicon": str(root / html["favicon"]),
        "html_static_path": [str(root / "_static")],
    }
    made |= book["config"]
    made["templates_path"] = [str(root / folder) for folder in made["templates_path"]]
    made["extensions"] = [name for name in made["extensions"] if name not in NOT_NEEDED]
    return made


def written(made, folders):
    """A `conf.py` with these settings, and folders where extensions lie."""
    lines = [f"sys.path.insert(0, {str(folder)!r})" for folder in folders]
    lines += [f"{name} = {pprint.pformat(value, width=110)}" for name, value in made.items()]
    return HEADER + "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--not-run", action="store_true", help="run no notebook")
    parser.add_argument("--again", action="store_true", help="in the environment that is there")
    asked = parser.parse_args()
    python = FOLDER.joinpath("venv", *pythons.BIN)
    if not asked.again:
        pythons.environment(FOLDER / "venv", sys.executable, "--upgrade", "-e", ".[classroom]", "ipykernel", *PACKAGES)
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    text = written(conf(settings, run=not asked.not_run), [ROOT / "_ext"])
    (FOLDER / "conf.py").write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(FOLDER / "html", ignore_errors=True)
    sphinx = ["-m", "sphinx", "-b", "html", "-c", FOLDER, "-W", "-n", "--keep-going", ROOT, FOLDER / "html"]
    ran = pythons.tested("the book on plain Sphinx", python, sphinx)
    lacks = whole.missing(FOLDER / "html")
    print(f"{len(whole.pages()) - len(whole.unwritten(FOLDER / 'html'))} of {len(whole.pages())} pages")
    sys.exit("\n".join(lacks) if lacks else int(not ran))


if __name__ == "__main__":
    main()
