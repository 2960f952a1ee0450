"""What chapter 7 says about the blame in a deep network of sigmoids: the slopes take it, not the weights."""

import numpy as np

from nnlib import Linear, Network, Sigmoid, SoftmaxCrossEntropy


def factors(seed):
    """By how much each layer multiplies the root mean square of the blame, from the last layer to the first."""
    rng, stack = np.random.default_rng(seed), []
    for _ in range(9):
        stack += [Linear(20, 20, initializer="glorot", rng=rng), Sigmoid()]
    network, loss = Network([*stack, Linear(20, 2, initializer="glorot", rng=rng)]), SoftmaxCrossEntropy()
    loss.forward(network.forward(rng.normal(size=(50, 20))), rng.integers(0, 2, 50))
    sizes, grad = [], loss.backward()
    for layer in [None, *reversed(network.layers)]:
        grad = grad if layer is None else layer.backward(grad)
        sizes.append(np.sqrt(np.mean(grad**2)))
    return np.array(sizes[1:]) / sizes[:-1]


def test_sigmoids_take_the_blame_and_the_square_matrices_nothing():
    runs = np.array([factors(seed) for seed in range(20)])
    last, sigmoids, matrices = runs[:, 0], runs[:, 1::2], runs[:, 2::2]
    assert sigmoids.shape[1] == 9
    assert (sigmoids < 0.25).all() and sigmoids.mean() > 0.22
    assert np.prod(sigmoids, axis=1).max() < 0.25**9, "¼ nine times is what they leave at most"
    assert np.all(np.abs(matrices.mean(axis=0) - 1) < 0.06)
    assert 0.35 < last.mean() < 0.55
