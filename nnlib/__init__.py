"""A neural network you can read in an evening: each file is one chapter's idea, and NumPy does the arithmetic."""

from .activations import (
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_derivative,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)
from .datasets import blobs, circles, digits, line, moons, spiral, stratified_split, xor
from .gradients import check_gradients, numerical_gradient, relative_error
from .initializers import constant, glorot, he, normal, zeros
from .layers import Layer, LayerNorm, LeakyReLU, Linear, Parameter, ReLU, Sigmoid, Softmax, Tanh
from .losses import BinaryCrossEntropy, Hinge, Loss, MeanSquaredError, SoftmaxCrossEntropy
from .network import Network, Residual
from .optimizers import SGD, Adam, Optimizer, cosine_decay, exponential_decay, linear_decay, step_decay
from .scalar import Scalar
from .training import DivergenceWarning, History, evaluate, fit, minibatches

__version__ = "0.1.0"

# fmt: off
__all__ = [
    "Adam", "BinaryCrossEntropy", "DivergenceWarning", "Hinge", "History", "Layer", "LayerNorm", "LeakyReLU",
    "Linear", "Loss", "MeanSquaredError", "Network", "Optimizer", "Parameter", "ReLU", "Residual", "SGD", "Scalar",
    "Sigmoid", "Softmax", "SoftmaxCrossEntropy", "Tanh", "blobs", "check_gradients", "circles", "constant",
    "cosine_decay", "digits", "evaluate", "exponential_decay", "fit", "glorot", "he", "leaky_relu",
    "leaky_relu_derivative", "line", "linear_decay", "minibatches", "moons", "normal", "numerical_gradient",
    "relative_error", "relu", "relu_derivative", "sigmoid", "sigmoid_derivative", "softmax", "softmax_derivative",
    "spiral", "step", "step_decay", "step_derivative", "stratified_split", "tanh", "tanh_derivative", "xor", "zeros",
]
# fmt: on
