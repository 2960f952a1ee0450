"""The race: the same network, data, batches and plain SGD, trained by nnlib, PyTorch, scikit-learn and by hand."""

import os
import statistics
import sys
import time
import warnings

import numpy as np

import nnlib

from . import by_hand
from .timing import REPETITIONS, Table, ratio, take_turns, verdict

# widths, batch size, examples, epochs a run; how many times faster than PyTorch and scikit-learn we promise to be
RACES = [
    ([2, 16, 16, 2], 32, 1600, 10, 6.0, 3.0),
    ([64, 32, 10], 32, 1600, 10, 6.0, 3.0),
    ([784, 128, 10], 32, 3200, 4, 2.5, 1.8),
    ([784, 128, 10], 128, 6400, 4, 2.0, 1.8),
    ([784, 512, 512, 10], 256, 5120, 1, 1.25, 1.4),
]
RATE = 0.05
GEMM_SHARE = 0.85
BY_HAND = 0.95  # of what the same training takes in bare NumPy, where rows are wide; on one thread, in process time


class Race:
    """One network and batch size: the data, the start, and everyone's way of training from there."""

    def __init__(self, widths, batch, examples, epochs, dtype):
        rng = np.random.default_rng(0)
        self.widths, self.batch, self.epochs, self.dtype = widths, batch, epochs, dtype
        self.X = rng.normal(size=(examples, widths[0])).astype(dtype)
        self.y = rng.integers(0, widths[-1], examples)
        self.start = [
            (nnlib.he(i, o, rng).astype(dtype), np.zeros(o, dtype)) for i, o in zip(widths, widths[1:], strict=False)
        ]
        self.ends, self.models = {}, {}

    def orders(self):
        """The order of the examples in every epoch, the same for all."""
        rng = np.random.default_rng(1)
        return [rng.permutation(len(self.X)) for _ in range(self.epochs)]

    def network(self, parameters):
        layers = []
        for W, b in parameters:
            layers += [nnlib.Linear(*W.shape, dtype=W.dtype), nnlib.ReLU()]
            layers[-2].weight.value, layers[-2].bias.value = W, b
        return nnlib.Network(layers[:-1])

    def nnlib(self):
        net, loss = self.network(self.start), nnlib.SoftmaxCrossEntropy()
        optimizer = nnlib.SGD(net.parameters(), RATE)
        self.ends["nnlib"] = lambda: [(p.weight.value, p.bias.value) for p in net.layers[::2]]
        return lambda: nnlib.fit(net, loss, optimizer, self.X, self.y, self.epochs, self.batch, rng=1, progress=False)

    def pytorch(self, compiled=False):
        import torch

        if compiled not in self.models:
            self.models[compiled] = self.pytorch_model(compiled)
        model, loss_of = self.models[compiled]
        linears = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
        with torch.no_grad():
            for linear, (W, b) in zip(linears, self.start, strict=True):
                linear.weight.copy_(torch.tensor(W.T))
                linear.bias.copy_(torch.tensor(b))
        X, y, orders = torch.tensor(self.X), torch.tensor(self.y), [torch.tensor(o) for o in self.orders()]
        optimizer = torch.optim.SGD(model.parameters(), lr=RATE)

        def run():
            losses = []
            for order in orders:
                for start in range(0, len(X), self.batch):
                    rows = order[start : start + self.batch]
                    loss = loss_of(X[rows], y[rows])
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()
                    losses.append(loss.item())

        name = "torch.compile" if compiled else "PyTorch"
        self.ends[name] = lambda: [(m.weight.detach().numpy().T, m.bias.detach().numpy()) for m in linears]
        return run

    def pytorch_model(self, compiled):
        """The model, and a function that gives its loss, to be compiled at its first call."""
        import torch

        layers = []
        for W, _ in self.start:
            layers += [torch.nn.Linear(*W.shape, dtype=getattr(torch, np.dtype(self.dtype).name)), torch.nn.ReLU()]
        model, criterion = torch.nn.Sequential(*layers[:-1]), torch.nn.CrossEntropyLoss()

        def loss_of(X, y):
            return criterion(model(X), y)

        torch.compiler.reset()  # or it gives up after some networks and runs the rest uncompiled
        return model, torch.compile(loss_of) if compiled else loss_of

    def compiled(self):
        return self.pytorch(compiled=True)

    def sklearn(self):
        from sklearn.neural_network import MLPClassifier

        model = MLPClassifier(
            self.widths[1:-1],
            solver="sgd",
            momentum=0.0,
            nesterovs_momentum=False,
            alpha=0.0,
            batch_size=self.batch,
            learning_rate_init=RATE,
            max_iter=self.epochs,
            n_iter_no_change=self.epochs + 1,
            tol=0.0,
            random_state=_InThisOrder(self.orders()),
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.partial_fit(self.X[:1], self.y[:1], classes=np.arange(self.widths[-1]))  # makes the arrays
        model.set_params(warm_start=True)
        model.random_state.restart()
        for i, (W, b) in enumerate(self.start):
            two_classes = model.coefs_[i].shape != W.shape  # for two classes scikit-learn has one output, not two
            model.coefs_[i][...] = W[:, 1:] - W[:, :1] if two_classes else W
            model.intercepts_[i][...] = b[1:] - b[:1] if two_classes else b

        def run():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.fit(self.X, self.y)

        self.ends["scikit-learn"] = lambda: list(zip(model.coefs_, model.intercepts_, strict=True))
        return run

    def by_hand(self):
        parameters = []
        self.ends["by hand"] = lambda: parameters
        return lambda: by_hand.run(self.start, self.X, self.y, self.orders(), self.batch, self.dtype(RATE), parameters)

    def gemm(self):
        """Only the matrix products of the same steps, into memory that is there already: the machine's limit."""
        products = []
        for i, (W, _) in enumerate(self.start):
            x = np.ones((self.batch, W.shape[0]), self.dtype)
            dz = np.ones((self.batch, W.shape[1]), self.dtype)
            products += [(x, W, np.empty_like(dz)), (x.T, dz, np.empty_like(W))]
            if i:
                products.append((dz, W.T, np.empty_like(x)))
        steps = self.epochs * -(-len(self.X) // self.batch)

        def run():
            for _ in range(steps):
                for a, b, out in products:
                    np.matmul(a, b, out=out)

        return run

    def run(self, repetitions, compiled, clock=time.perf_counter):
        """Seconds of everybody's rounds, by name; raises AssertionError when they did not all do the same work."""
        contestants = {
            "nnlib": self.nnlib,
            "PyTorch": self.pytorch,
            "scikit-learn": self.sklearn,
            "by hand": self.by_hand,
            "GEMM": self.gemm,
        }
        if compiled:
            try:
                self.compiled()()  # compiles
                contestants["torch.compile"] = self.compiled
            except Exception as problem:  # most often: no C++ compiler here
                print(f"torch.compile does not work here: {str(problem).splitlines()[0]}", file=sys.stderr)
        seconds = take_turns(contestants, repetitions, clock)
        self.check_all_ended_alike()
        return seconds

    def flops(self):
        weights = [W.size for W, _ in self.start]
        return self.epochs * len(self.X) * 2 * (3 * sum(weights) - weights[0])

    def check_all_ended_alike(self):
        """Everyone's last weights must give the same loss."""
        losses = {}
        for name, end in self.ends.items():
            if end()[-1][0].shape == self.start[-1][0].shape:
                output = self.network([(W.astype(float), b.astype(float)) for W, b in end()]).forward(self.X)
                losses[name] = nnlib.SoftmaxCrossEntropy().forward(output, self.y)
        tolerance = 1e-3 if self.dtype == np.float32 else 1e-10
        for name, loss in losses.items():
            if not abs(loss - losses["nnlib"]) <= tolerance * abs(loss):
                raise AssertionError(f"{self.widths}: {name} ended on loss {loss}, nnlib on {losses['nnlib']}")


class _InThisOrder(np.random.RandomState):
    """Makes scikit-learn visit the examples in the given orders (it shuffles its own last order anew each epoch)."""

    def __init__(self, orders):
        super().__init__(0)
        self.orders = orders
        self.restart()

    def restart(self):
        self.epoch, self.place = 0, None

    def shuffle(self, indices):
        if len(indices) == len(self.orders[0]):
            order = self.orders[self.epoch]
            indices[:] = order if self.place is None else self.place[order]
            self.place = np.argsort(order)
            self.epoch += 1


def tables(repetitions=REPETITIONS, compiled=True):
    """float32 and float64 on every core, and float32 on one; two tables each."""
    cores = os.cpu_count() or 1
    settings = [(np.float32, cores), (np.float64, cores), *([(np.float32, 1)] if cores > 1 else [])]
    return [table for dtype, threads in settings for table in _tables(dtype, threads, repetitions, compiled)]


def _tables(dtype, threads, repetitions, compiled):
    """How much longer the others take, and how near to the limit that leaves `nnlib`."""
    import torch
    from threadpoolctl import threadpool_limits

    how = f"{np.dtype(dtype).name}, {threads} thread{'s' * (threads > 1)}"
    others = Table(
        f"Training, {how}",
        ["network", "batch", "nnlib, µs a step", "PyTorch ÷ nnlib", "scikit-learn ÷ nnlib"]
        + ["torch.compile ÷ nnlib", "nnlib, GFLOP/s"],
        note=f"{how[0].upper()}{how[1:]} for everyone; medians of {repetitions} rounds in which all take turns. The "
        "last weights of all give the same loss (except scikit-learn's for two classes, where it has one output).",
    )
    limit = Table(
        f"How near to the limit, {how}",
        ["network", "batch", "by hand ÷ nnlib", "GEMM ÷ nnlib", "PyTorch ÷ GEMM", "scikit-learn ÷ GEMM"],
        note=f"{how[0].upper()}{how[1:]}, from the same rounds." + (" Process time." if threads == 1 else ""),
    )
    alone = threads == 1 and dtype == np.float32
    torch.set_num_threads(threads)
    with threadpool_limits(threads):
        for widths, batch, examples, epochs, torch_bound, sklearn_bound in RACES:
            race = Race(widths, batch, examples, epochs, dtype)
            seconds = race.run(repetitions, compiled, time.process_time if threads == 1 else time.perf_counter)
            ours, names = statistics.median(seconds["nnlib"]), ["-".join(map(str, widths)), batch]
            against = {name: ratio(seconds, name, "nnlib") for name in seconds}
            others.rows.append(
                [
                    *names,
                    f"{1e6 * ours / (epochs * -(-examples // batch)):.0f}",
                    f"{against['PyTorch']:.2f} ({verdict(against['PyTorch'], torch_bound)})",
                    f"{against['scikit-learn']:.2f} ({verdict(against['scikit-learn'], sklearn_bound)})",
                    f"{against['torch.compile']:.2f}" if "torch.compile" in against else "does not work here",
                    f"{race.flops() / ours / 1e9:.1f}",
                ]
            )
            share = f"{against['GEMM']:.0%}"
            if widths == RACES[-1][0]:
                share += f" ({verdict(against['GEMM'], GEMM_SHARE)})"
            most = [f"{ratio(seconds, name, 'GEMM'):.2f}" for name in ("PyTorch", "scikit-learn")]
            by_hand = f"{against['by hand']:.2f}"
            if alone and widths[0] == 784:
                by_hand += f" ({verdict(against['by hand'], BY_HAND)})"
            limit.rows.append([*names, by_hand, share, *most])
    return others, limit


if __name__ == "__main__":
    for table in tables():
        print(table.markdown())
