"""How a test, a tool or a benchmark calls Jupyter Book: through a Python, wherever its scripts lie."""

import sys

JUPYTER_BOOK = ["-c", "from jupyter_book.cli.main import main; main()"]  # after the Python that has it
BUILD = [sys.executable, *JUPYTER_BOOK, "build"]
