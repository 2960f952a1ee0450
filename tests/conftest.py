"""What all tests share: PyTorch where it is installed, one Hypothesis profile, one generator."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("book", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("book")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI nothing is passed over because something is not installed: there it can be."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and "could not import" in str(report.longrepr):
        report.outcome, report.longrepr = "failed", f"In CI this must be installed: {call.excinfo.value}"
    return report


@pytest.fixture(scope="session")
def torch():
    """PyTorch, for comparing live; in CI its absence is a failure."""
    try:
        import torch
    except ImportError:
        if os.environ.get("CI") == "true":
            pytest.fail("PyTorch is not installed here, and CI must compare with it live: pip install torch.")
        pytest.skip("PyTorch is not installed; compared with the recorded answers only.")
    return torch


@pytest.fixture(autouse=True)
def no_progress_file(monkeypatch):
    """A check that says right would otherwise be kept beside the notebooks, in kernels started by a test as well."""
    monkeypatch.setenv("CLASSROOM_PROGRESS", "off")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


# `pytest -m ch05` runs what concerns chapter 5: its cells, its claims, its exercises and its questions.
CHAPTERS = sorted(path.stem for path in Path(__file__).parents[1].glob("chapters/*.ipynb"))


def pytest_configure(config):
    for name in CHAPTERS:
        config.addinivalue_line("markers", f"ch{name[:2]}: what concerns chapter {int(name[:2])}, {name[3:]}")


def pytest_collection_modifyitems(items):
    """A test's file or name says its chapter, or what it is about does: an exercise, a question."""
    for item in items:
        given = item.callspec.params.values() if hasattr(item, "callspec") else ()
        said = " ".join([item.nodeid, *(str(getattr(value, "chapter", "")) for value in given)])
        for name in CHAPTERS:
            if name in said:
                item.add_marker(f"ch{name[:2]}")
