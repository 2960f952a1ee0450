"""Asks PyTorch, and scikit-learn, for right answers; `python tests/nnlib/record_torch.py` records them."""

import hashlib
import pathlib
import random

import numpy as np

RECORDED = pathlib.Path(__file__).parent / "recorded"

# name -> (optimizer's class in PyTorch, its settings); nnlib's tests build the same from these
OPTIMIZERS = {
    "plain": ("SGD", {"lr": 0.1}),
    "momentum": ("SGD", {"lr": 0.05, "momentum": 0.9}),
    "nesterov": ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "weight_decay": ("SGD", {"lr": 0.1, "weight_decay": 0.02}),
    "all_together": ("SGD", {"lr": 0.05, "momentum": 0.8, "nesterov": True, "weight_decay": 0.02}),
    "adam": ("Adam", {"lr": 0.01}),
    "adam_other": ("Adam", {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-6}),
}
STEPS = 50


def answers(seed=10):
    """Inputs and PyTorch's answers in float64, by name: "activation/tanh/value", "loss/Hinge/grad", …"""
    rng = np.random.default_rng(seed)
    deep = _deep_layers(np.random.default_rng(seed + 1))
    return {**_activations(rng), **_layers(rng), **_losses(rng), **_initializers(seed), **_training(rng), **deep}


def _tensor(array, grad=True):
    import torch

    return torch.tensor(array, requires_grad=grad and array.dtype.kind == "f")


def _activations(rng):
    import torch
    import torch.nn.functional as F

    functions = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky_relu": F.leaky_relu,
        "softmax": lambda z: torch.softmax(z, -1),
    }
    z = np.concatenate([rng.normal(0, 3, 94), [0.0, -0.0, 1000, -1000, 40, -40]]).reshape(20, 5)
    answer = {"activation/z": z}
    for name, function in functions.items():
        t = _tensor(z)
        value = function(t)
        answer[f"activation/{name}/value"] = value.detach().numpy()
        if name == "softmax":
            answer["activation/softmax/derivative"] = np.stack(
                [torch.autograd.functional.jacobian(function, _tensor(row)).numpy() for row in z]
            )
        else:
            value.sum().backward()
            answer[f"activation/{name}/derivative"] = t.grad.numpy()
    return answer


def _layers(rng):
    import torch

    layers = {
        "Linear": torch.nn.Linear(5, 3, dtype=torch.float64),
        "Sigmoid": torch.nn.Sigmoid(),
        "Tanh": torch.nn.Tanh(),
        "ReLU": torch.nn.ReLU(),
        "LeakyReLU": torch.nn.LeakyReLU(0.2),
        "Softmax": torch.nn.Softmax(dim=-1),
    }
    x, answer = rng.normal(0, 2, (7, 5)), {}
    for name, layer in layers.items():
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter.copy_(torch.tensor(rng.normal(size=parameter.shape)))
        t = _tensor(x)
        out = layer(t)
        above = rng.normal(size=out.shape)
        out.backward(torch.tensor(above))
        parts = {"x": x, "above": above, "out": out.detach().numpy(), "dx": t.grad.numpy()}
        for what, parameter in layer.named_parameters():  # PyTorch keeps W as (out, in)
            parts[what] = parameter.detach().numpy().T
            parts[f"d{what}"] = parameter.grad.numpy().T
        answer |= {f"layer/{name}/{part}": array for part, array in parts.items()}
    return answer


def _deep_layers(rng):
    """A layer norm; and a residual block around a linear layer, a layer norm and tanh, whose bias is not 0."""
    import torch

    norm, linear, inner = (
        torch.nn.LayerNorm(5, dtype=torch.float64),
        torch.nn.Linear(5, 5, dtype=torch.float64),
        torch.nn.LayerNorm(5, dtype=torch.float64),
    )
    with torch.no_grad():
        for parameter in [p for layer in (norm, linear, inner) for p in layer.parameters()]:
            parameter.copy_(torch.tensor(rng.normal(size=parameter.shape)))
    x, answer = rng.normal(1, 2, (7, 5)), {}
    for name, parts, layer in [
        ("LayerNorm", {"gain": norm.weight, "bias": norm.bias}, norm),
        (
            "Residual",
            {"0.weight": linear.weight, "0.bias": linear.bias, "1.gain": inner.weight, "1.bias": inner.bias},
            lambda t: t + torch.tanh(inner(linear(t))),
        ),
    ]:
        t = _tensor(x)
        out = layer(t)
        above = rng.normal(size=out.shape)
        out.backward(torch.tensor(above))
        answer |= {f"deep/{name}/{part}": a for part, a in [("x", x), ("above", above)]}
        answer |= {f"deep/{name}/out": out.detach().numpy(), f"deep/{name}/dx": t.grad.numpy()}
        for part, parameter in parts.items():
            answer[f"deep/{name}/{part}"] = parameter.detach().numpy().T
            answer[f"deep/{name}/d{part}"] = parameter.grad.numpy().T
    return answer


def _losses(rng):
    import torch
    import torch.nn.functional as F

    scores, values = rng.normal(0, 3, (9, 4)), rng.normal(0, 2, (9, 1))
    scores[0], values[:2, 0] = [1000, -1000, 500, 0], [800, -800]
    signs = np.where(rng.random((9, 1)) < 0.5, -1.0, 1.0)
    losses = {
        "MeanSquaredError": (F.mse_loss, scores, rng.normal(size=(9, 4))),
        "BinaryCrossEntropy": (F.binary_cross_entropy_with_logits, values, rng.random((9, 1))),
        "SoftmaxCrossEntropy": (F.cross_entropy, scores, rng.integers(0, 4, 9)),
        "Hinge": (lambda s, y: torch.relu(1 - y * s).mean(), values, signs),
    }
    answer = {}
    for name, (function, prediction, target) in losses.items():
        t = _tensor(prediction)
        value = function(t, _tensor(target, grad=False))
        value.backward()
        parts = {"prediction": prediction, "target": target, "value": value.item(), "grad": t.grad.numpy()}
        answer |= {f"loss/{name}/{part}": np.asarray(array) for part, array in parts.items()}
    return answer


def _initializers(seed):
    """The spread of a large matrix as PyTorch draws it: what nnlib's must agree with, to within sampling error."""
    import torch

    torch.manual_seed(seed)
    fan_in, fan_out, answer = 1200, 800, {"initializer/fans": np.array([1200, 800])}
    for name, draw in {
        "he": lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu"),
        "glorot": torch.nn.init.xavier_normal_,
        "normal": lambda w: torch.nn.init.normal_(w, std=0.01),
    }.items():
        w = draw(torch.empty(fan_out, fan_in, dtype=torch.float64))
        answer[f"initializer/{name}/std"] = np.asarray(w.std().item())
    return answer


def _training(rng):
    """A 6-8-3 tanh network trained for 50 steps by every optimizer: all losses and the last weights."""
    import torch

    X, y = rng.normal(size=(STEPS, 16, 6)), rng.integers(0, 3, (STEPS, 16))
    start = [rng.normal(0, 0.5, shape) for shape in [(6, 8), (8,), (8, 3), (3,)]]
    answer = {"training/X": X, "training/y": y} | {f"training/start{i}": p for i, p in enumerate(start)}
    for name, (kind, settings) in OPTIMIZERS.items():
        parameters = [_tensor(p) for p in start]
        weights, biases = parameters[::2], parameters[1::2]
        groups = [{"params": weights}, {"params": biases, "weight_decay": 0.0}]  # decay is for weights only
        optimizer, losses = getattr(torch.optim, kind)(groups, **settings), []
        for batch, labels in zip(torch.tensor(X), torch.tensor(y), strict=True):
            W1, b1, W2, b2 = parameters
            loss = torch.nn.functional.cross_entropy(torch.tanh(batch @ W1 + b1) @ W2 + b2, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        answer[f"training/{name}/losses"] = np.array(losses)
        answer |= {f"training/{name}/end{i}": p.detach().numpy() for i, p in enumerate(parameters)}
    return answer


def micrograd_demo():
    """The data and the start of micrograd's demo.ipynb: 100 points of two moons, and 2-16-16-1 random weights."""
    from sklearn.datasets import make_moons

    np.random.seed(1337)  # noqa: NPY002 (the demo's own seeds)
    random.seed(1337)
    X, y = make_moons(n_samples=100, noise=0.1)
    demo = {"X": X, "y": y * 2 - 1}
    for i, (fan_in, fan_out) in enumerate([(2, 16), (16, 16), (16, 1)]):
        demo[f"W{i}"] = np.array([[random.uniform(-1, 1) for _ in range(fan_in)] for _ in range(fan_out)]).T
    return demo


def digits_sha256():
    """A fingerprint of scikit-learn's digits, images then labels, as whole numbers of one byte."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return hashlib.sha256(X.astype(np.uint8).tobytes() + y.astype(np.uint8).tobytes()).hexdigest()


if __name__ == "__main__":
    import sklearn
    import torch

    RECORDED.mkdir(exist_ok=True)
    versions = {"version": np.array(f"torch {torch.__version__}, scikit-learn {sklearn.__version__}")}
    np.savez_compressed(RECORDED / "torch.npz", **versions, **answers())
    others = {**micrograd_demo(), "digits_sha256": np.array(digits_sha256())}
    np.savez_compressed(RECORDED / "scikit_learn.npz", **others)
    print(f"recorded with {versions['version']}: " + ", ".join(p.name for p in sorted(RECORDED.glob("*.npz"))))
