"""Chapters that have to run are run side by side, before Sphinx reads one after another.

Each is run as its reader would run it, and lands in the same cache, where the reader then finds it. A chapter that
fails is not kept: the reader runs it again and says what is wrong.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from jupyter_cache import get_cache
from myst_nb.core.execute import create_client
from myst_nb.core.execute.base import ExecutionError
from myst_nb.core.read import create_nb_reader
from sphinx.util import logging

log = logging.getLogger(__name__)


class News:
    """What is told of a chapter while it runs: not what is wrong with it, which its reader will say."""

    def __init__(self, path):
        self.path = path

    def info(self, message):
        log.info(f"{self.path}: {message}")

    def warning(self, message, **kind):
        pass


def notebooks(app, env, docnames):
    """The notebooks among some pages, as they will be read: `(path, notebook, format)`."""
    for docname in docnames:
        path = env.doc2path(docname)
        env.prepare_settings(docname)
        source = [Path(path).read_text(encoding="utf-8")]
        app.emit("source-read", docname, source)
        reader = create_nb_reader(path, env.myst_config, env.mystnb_config, source[0])
        if reader is not None:
            yield path, reader.read(source[0]), reader.read_fmt
    env.temp_data.clear()


def run(config, job):
    path, notebook, form = job
    try:
        with create_client(notebook, path, config, News(path), form):
            pass
    except ExecutionError:
        pass  # told when it is read


def run_ahead(app, env, docnames):
    waiting = list(notebooks(app, env, docnames))
    if env.mystnb_config.execution_mode == "cache" and len(waiting) > 1:
        get_cache(env.mystnb_config.execution_cache_path).db  # noqa: B018 - made here: two threads would both make it
        with ThreadPoolExecutor(min(4, max(2, os.cpu_count()))) as pool:
            list(pool.map(partial(run, env.mystnb_config), waiting))


def setup(app):
    app.connect("env-before-read-docs", run_ahead)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
