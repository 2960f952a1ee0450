"""PyTorch's answers, recorded and live."""

import numpy as np
import pytest
import record_torch


@pytest.fixture(scope="session", params=["recorded", "live"])
def torch_says(request):
    """Inputs and PyTorch's answers, named as `record_torch.answers` names them; live, for other inputs."""
    if request.param == "live":
        request.getfixturevalue("torch")
        return record_torch.answers(seed=20)
    with np.load(record_torch.RECORDED / "torch.npz", allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
