"""The build tells figures to come out as pages need them; a changed nnlib runs the chapters again."""

import hashlib
import os
import platform
import shutil
from importlib.metadata import version
from pathlib import Path

NNLIB = Path(__file__).parent.parent / "nnlib"
PACKAGES = ("numpy", "matplotlib", "ipython", "ipykernel")


def fingerprint():
    """A short hash of everything besides its own text that a chapter's outputs depend on."""
    digest = hashlib.sha256(platform.python_version().encode())
    for name in PACKAGES:
        digest.update(f"{name} {version(name)}".encode())
    for path in sorted(NNLIB.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(NNLIB).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def choose_cache(app, config):
    """Give jupyter-cache, which looks only at a notebook's code, one folder per fingerprint; old ones go."""
    config.nnlib_fingerprint = fingerprint()
    cache = Path(config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    config.nb_execution_cache_path = str(cache / config.nnlib_fingerprint)
    old = [path for path in cache.glob("*") if path.is_dir() and path.name != config.nnlib_fingerprint]
    for path in sorted(old, key=lambda path: path.stat().st_mtime)[:-2]:
        shutil.rmtree(path, ignore_errors=True)


def setup(app):
    # Kernels inherit this variable. A reader's kernel never has it: there a figure is a live widget.
    before = os.environ.get("CLASSROOM_BAKE")
    os.environ["CLASSROOM_BAKE"] = "1"

    def restore(app, exception):
        if before is None:
            os.environ.pop("CLASSROOM_BAKE", None)

    # "env": another fingerprint makes Sphinx read every page again.
    app.add_config_value("nnlib_fingerprint", "", "env")
    app.connect("config-inited", choose_cache, priority=400)
    app.connect("build-finished", restore)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
