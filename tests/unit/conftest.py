"""What all unit tests share: PyTorch's answers, recorded and live, and one Hypothesis profile."""

import os

import numpy as np
import pytest
import record_torch
from hypothesis import settings

settings.register_profile("book", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("book")


def live_answers():
    """PyTorch's answers, computed now for other inputs than the recorded ones; in CI its absence is a failure."""
    try:
        import torch  # noqa: F401
    except ImportError:
        if os.environ.get("CI") == "true":
            pytest.fail("PyTorch is not installed here; CI must compare with it live (see CONTRIBUTING).")
        pytest.skip("PyTorch is not installed; compared with the recorded answers only.")
    return record_torch.answers(seed=20)


@pytest.fixture(scope="session", params=["recorded", "live"])
def torch_says(request):
    """A dictionary of arrays, inputs and PyTorch's answers, named as `record_torch.answers` names them."""
    if request.param == "live":
        return live_answers()
    with np.load(record_torch.RECORDED / "torch.npz", allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


@pytest.fixture
def rng():
    return np.random.default_rng(0)
