"""Optimizers: given the gradients, move the parameters; and schedules that say how far."""

import math
from collections.abc import Callable, Iterable

import numpy as np

from .layers import Parameter

Schedule = Callable[[int], float]

# θ is moved in pieces of so many numbers: what a step takes off it then never leaves the processor's cache.
_PIECE = 1 << 15


class Optimizer:
    """Holds all parameters end to end in one vector θ, and their gradients in another.

    The layers go on seeing their own weights and biases as parts of θ, so one operation on θ moves them all.
    learning_rate: a number above 0, or a schedule: a function of the number of steps taken that gives one.

    Raises ValueError for no parameters, for one listed twice, for mixed dtypes and for a bad learning rate.
    """

    def __init__(self, parameters: Iterable[Parameter], learning_rate: float | Schedule):
        name = type(self).__name__
        try:
            self.parameters = list(parameters)
        except TypeError:
            raise TypeError(f"{name}: expected a list of parameters, such as net.parameters().") from None
        for p in self.parameters:
            if not isinstance(p, Parameter):
                raise TypeError(f"{name}: expected Parameters, got {type(p).__name__}; make one with Parameter(W).")
        self.steps = 0
        self.learning_rate = learning_rate
        if not self.parameters:
            raise ValueError(f"{name}: there are no parameters to optimize.")
        if len({id(p) for p in self.parameters}) < len(self.parameters):
            raise ValueError(f"{name}: a parameter is listed twice.")
        dtypes = sorted({str(p.value.dtype) for p in self.parameters})
        if len(dtypes) > 1:
            raise ValueError(f"{name}: all parameters must have one dtype, got {' and '.join(dtypes)}.")
        self._lay_end_to_end()

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step."""
        return self._checked(self._schedule(self.steps), zero=True) if self._schedule else self._rate

    @learning_rate.setter
    def learning_rate(self, rate: float | Schedule):
        self._schedule = rate if callable(rate) else None
        self._rate = None if self._schedule else self._checked(rate)

    def _checked(self, rate, zero=False):  # a schedule may come down to 0
        if not (isinstance(rate, (int, float, np.number)) and 0 <= rate < math.inf and (rate or zero)):
            raise ValueError(f"{type(self).__name__}: the learning rate must be a number above 0, got {rate!r}.")
        return float(rate)

    def _lay_end_to_end(self):
        total = sum(p.value.size for p in self.parameters)
        self.theta = np.empty(total, self.parameters[0].value.dtype)  # (P,): every number of every parameter
        self.gradient = np.empty_like(self.theta)
        start = 0
        for p in self.parameters:
            part, shape = slice(start, start + p.value.size), p.value.shape
            # views into both, in the parameter's own shape
            p.move(self.theta[part].reshape(shape), self.gradient[part].reshape(shape))
            start = part.stop

    def step(self):
        """Move every parameter once, by the gradients as they are now."""
        if any(p.value.base is not self.theta for p in self.parameters):  # another has taken one over: take it back
            self._lay_end_to_end()
        self._update(self.learning_rate)
        self.steps += 1

    def _update(self, rate):
        raise NotImplementedError

    def __repr__(self):
        return f"{type(self).__name__}({len(self.parameters)} parameters, learning_rate={self.learning_rate:g})"


class SGD(Optimizer):
    """Stochastic gradient descent: θ ← θ - η g, with g the gradient on one mini-batch (Robbins and Monro 1951).

    momentum β: v ← βv + g, θ ← θ - η v: PyTorch's convention, in which a larger β also means longer steps
    (Polyak 1964). nesterov: θ ← θ - η (g + βv), with the new v (Nesterov 1983; Sutskever et al. 2013,
    with θ for the place ahead where they take the gradient).
    weight_decay λ: g ← g + λθ, for weights (matrices) but not for biases (vectors): the gradient of a penalty
    ½λ Σ w², which no loss that `fit` or `evaluate` reports contains. Where a text has the penalty λ Σ w², as
    micrograd does, pass twice its λ; PyTorch lets biases decay, too.

    Raises ValueError for momentum outside [0, 1), Nesterov without momentum and a negative weight decay.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        learning_rate: float | Schedule = 0.1,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ):
        if not 0 <= momentum < 1:
            raise ValueError(f"SGD: momentum must be at least 0 and below 1, got {momentum!r}.")
        if nesterov and momentum == 0:
            raise ValueError("SGD: nesterov needs a momentum above 0.")
        if not 0 <= weight_decay < math.inf:
            raise ValueError(f"SGD: weight_decay must be 0 or more, got {weight_decay!r}.")
        super().__init__(parameters, learning_rate)
        self.momentum, self.nesterov, self.weight_decay = momentum, nesterov, weight_decay
        self._velocity = np.zeros_like(self.theta)
        # (P,): whether a number of θ is a weight's
        self._decays = np.concatenate([np.full(p.value.size, p.value.ndim > 1) for p in self.parameters])

    def _update(self, rate):
        move = self.gradient
        if self.weight_decay:
            move = move + self.weight_decay * (self._decays * self.theta)
        if self.momentum:
            gradient, move = move, self._velocity
            self._velocity *= self.momentum
            self._velocity += gradient
            if self.nesterov:
                move = gradient + self.momentum * self._velocity
        for start in range(0, move.size, _PIECE):
            theta = self.theta[start : start + _PIECE]
            theta -= rate * move[start : start + _PIECE]


class Adam(Optimizer):
    """Adam: each parameter's step is scaled by the recent size of its own gradient (Kingma and Ba 2015).

    m ← β₁m + (1 - β₁)g, v ← β₂v + (1 - β₂)g², θ ← θ - η m̂ / (√v̂ + ε),
    where m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ) undo the start from 0.

    Raises ValueError for betas outside [0, 1) and an epsilon that is not above 0.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        learning_rate: float | Schedule = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ):
        if len(betas) != 2 or not all(0 <= beta < 1 for beta in betas):
            raise ValueError(f"Adam: both betas must be at least 0 and below 1, got {betas!r}.")
        if not epsilon > 0:
            raise ValueError(f"Adam: epsilon must be above 0, got {epsilon!r}.")
        super().__init__(parameters, learning_rate)
        self.betas, self.epsilon = tuple(betas), epsilon
        self._mean = np.zeros_like(self.theta)
        self._square = np.zeros_like(self.theta)

    def _update(self, rate):
        g, t, (beta1, beta2) = self.gradient, self.steps + 1, self.betas
        self._mean += (1 - beta1) * (g - self._mean)
        self._square += (1 - beta2) * (g * g - self._square)
        spread = np.sqrt(self._square / (1 - beta2**t))
        spread += self.epsilon
        self.theta -= rate / (1 - beta1**t) * self._mean / spread


def step_decay(start: float, factor: float, every: int) -> Schedule:
    """A schedule: `start`, multiplied by `factor` after each `every` steps."""
    return lambda step: start * factor ** (step // every)


def exponential_decay(start: float, factor: float) -> Schedule:
    """A schedule: start · factorˢ after s steps."""
    return lambda step: start * factor**step


def linear_decay(start: float, end: float, steps: int) -> Schedule:
    """A schedule: from `start` to `end` in a straight line over `steps` steps, then `end`."""
    return lambda step: start + (end - start) * min(step / steps, 1)


def cosine_decay(start: float, steps: int, end: float = 0.0) -> Schedule:
    """A schedule: from `start` to `end` along half a cosine over `steps` steps, then `end`.

    Source: Loshchilov and Hutter (2017).
    """
    return lambda step: end + (start - end) * (1 + math.cos(math.pi * min(step / steps, 1))) / 2
