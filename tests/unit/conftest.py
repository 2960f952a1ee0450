"""What all unit tests share: PyTorch's answers, recorded and live, and one Hypothesis profile."""

import os

import numpy as np
import pytest
import record_torch
from hypothesis import settings

settings.register_profile("book", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("book")


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


@pytest.fixture(scope="session", params=["recorded", "live"])
def torch_says(request):
    """Inputs and PyTorch's answers, named as `record_torch.answers` names them; live, for other inputs."""
    if request.param == "live":
        request.getfixturevalue("torch")
        return record_torch.answers(seed=20)
    with np.load(record_torch.RECORDED / "torch.npz", allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


@pytest.fixture
def rng():
    return np.random.default_rng(0)
