"""The network that reads a page's drawings: chapter 13's choice, trained from its seed when a book is built."""

import base64
import json

import numpy as np

from nnlib import SGD, Linear, Network, ReLU, SoftmaxCrossEntropy, cosine_decay, digits, fit, stratified_split

SIZES, EPOCHS, BATCH = (64, 128, 10), 15, 32


def reader(seed=0):
    """Chapter 13's network: 64-128-10, on 1,347 digits and their shifts, 15 epochs. Trained here, in about a second."""
    X, y, _, _ = stratified_split(*digits(), test=0.25, seed=0)
    images = np.pad(X.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    places = [(1, 1), (0, 1), (2, 1), (1, 0), (1, 2)]
    X = np.concatenate([images[:, i : i + 8, j : j + 8].reshape(-1, 64) for i, j in places])
    rng, layers = np.random.default_rng(seed), []
    for fan_in, fan_out in zip(SIZES, SIZES[1:], strict=False):
        layers += [Linear(fan_in, fan_out, rng=rng), ReLU()]
    net = Network(layers[:-1])
    steps = EPOCHS * -(-len(X) // BATCH)
    optimizer = SGD(net.parameters(), cosine_decay(0.1, steps), momentum=0.9)
    labels = np.tile(y, len(places))
    fit(net, SoftmaxCrossEntropy(), optimizer, X, labels, EPOCHS, batch_size=BATCH, rng=seed, progress=False)
    return net


def packed(net):
    """Weights and biases of a network of Linear and ReLU as text for a page: a pair for each layer.

    Each is float32 in base64, the four bytes of all numbers apart (all first bytes, all second ones, …): signs and
    exponents are alike, and side by side they compress.
    """
    text = []
    for parameter in net.parameters():
        columns = parameter.value.astype("<f4").reshape(-1, 1).view(np.uint8)
        text.append(base64.b64encode(columns.T.tobytes()).decode())
    pairs = zip(text[::2], text[1::2], strict=True)
    return json.dumps([{"weight": weight, "bias": bias} for weight, bias in pairs])
