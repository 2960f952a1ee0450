"""Is every page HTML as its standard says? html-validate reads the built site.

npm's npx fetches it: the release below, with what it needs in the newest releases that fit. No part of the book comes
from there.

python tools/valid.py           a page's faults, each with its place; ends with 1 if there is one
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import whole

HTML_VALIDATE = "html-validate@10.17.0"
SETTINGS = {"root": True, "extends": ["html-validate:standard"]}


def main():
    npx = shutil.which("npx")
    if not npx:
        sys.exit("npx is missing: install Node.js (nodejs.org), then run this again.")
    whole.check()
    pages = [str(path) for path in whole.files()]
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "settings.json")
        settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
        ran = subprocess.run([npx, "--yes", HTML_VALIDATE, "--config", str(settings), *pages])
    if ran.returncode:
        sys.exit(1)
    print(f"html-validate finds no fault in {len(pages)} pages")


if __name__ == "__main__":
    main()
