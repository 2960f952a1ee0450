"""A machine of somebody else's, where a reader opens a chapter: Jupyter's kernel, and nothing of the book."""

import json
import os
import subprocess
import sys

import book_downloads
import notebooks

CHAPTER = notebooks.CHAPTERS / "01_neuron.ipynb"
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""


class Elsewhere:
    """An environment in a folder of its own, where the chapter is put and run."""

    def __init__(self, folder):
        self.folder, self.uv = folder, [sys.executable, "-m", "uv", "-q"]
        self.python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.bare = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        subprocess.run([*self.uv, "venv", "--seed", "--python", sys.executable, folder / "venv"], check=True)
        self.pip("install", "nbclient", "ipykernel")

    def pip(self, command, *packages):
        subprocess.run([*self.uv, "pip", command, "--python", self.python, *packages], check=True)

    def forget(self):
        """The book's package goes, and what it needs stays."""
        self.pip("uninstall", "nnlib-book")

    def run(self, wheel, site=""):
        """What each cell of the taken chapter prints, the installing one first; or, as a text, what went wrong."""
        taken = self.folder / CHAPTER.name
        made = book_downloads.to_take_away(json.loads(CHAPTER.read_text(encoding="utf-8")), wheel, site)
        taken.write_text(json.dumps(made), encoding="utf-8")
        command = [self.python, "-c", RUN, taken.name]
        ran = subprocess.run(command, cwd=self.folder, env=self.bare, capture_output=True, text=True)
        if ran.returncode:
            return ran.stderr
        done = notebooks.normal(json.loads(taken.read_text(encoding="utf-8")))
        return [cell["outputs"] for cell in done["cells"] if cell["cell_type"] == "code"]


def printed():
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    return [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
