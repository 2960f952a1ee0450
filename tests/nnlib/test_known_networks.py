"""Other people's networks, run again in float64: one book's training runs, another's equations and numbers."""

import numpy as np
import pytest

import nnlib
from nnlib import SGD, Adam, BinaryCrossEntropy, Linear, MeanSquaredError, Network, ReLU, Sigmoid, SoftmaxCrossEntropy

# ---- Kinsley and Kukieła (2020), "Neural Networks from Scratch in Python". Their log is in float32, and rounding takes
# a run elsewhere long before its last epoch. So the long numbers here are what their code (Sentdex/nnfs_book on GitHub,
# ChN_Final.py) gives in float64, after nnfs.core.init(dot_precision_workaround=False, default_dtype="float64").
# Their seed is 0, for the data first and for the weights next.


def spiral_and_network(classes, *sizes):
    """The spiral of the package nnfs, 100 points an arm, and a network with a ReLU between each two layers."""
    random, X, radius = np.random.RandomState(0), [], np.linspace(0.0, 1.0, 100)
    for arm in range(classes):
        angle = np.linspace(arm * 4, (arm + 1) * 4, 100) + random.randn(100) * 0.2
        X.append(np.c_[radius * np.sin(angle * 2.5), radius * np.cos(angle * 2.5)])
    return np.concatenate(X), np.repeat(np.arange(classes), 100), dense(random, 0.01, *sizes)


def dense(random, spread, *sizes):
    layers = []
    for fan_in, fan_out in zip(sizes, sizes[1:], strict=False):
        layers += [Linear(fan_in, fan_out), ReLU()]
        layers[-2].weight.value = spread * random.randn(fan_in, fan_out)
    return Network(layers[:-1])


def lowered(rate, decay):
    return lambda step: rate / (1 + decay * step)


def adam(rate, decay=5e-7):
    return lambda parameters: Adam(parameters, lowered(rate, decay), epsilon=1e-7)


def train(X, y, net, loss, optimizer, epochs, penalty=0.0, fading=0.0):
    """Loss with penalty, penalty and accuracy before each full-batch step; L2 on the first layer, its biases too."""
    first, optimizer, rows = net.layers[0].parameters(), optimizer(net.parameters()), []
    for epoch in range(epochs + 1):
        data_loss, squares = loss(net(X), y), penalty * sum(np.sum(p.value**2) for p in first)
        rows.append((data_loss + squares, squares, np.mean(net.predict(X) == np.ravel(y))))
        net.backward(loss.backward())
        for p in net.parameters():
            p.grad = lowered(1.0, fading)(epoch) * (p.grad + 2 * penalty * p.value * (p in first))
        optimizer.step()
    return np.array(rows)


def test_nnfs_first_gradients():
    """Chapter 9: a 2-3-3 network on the spiral, all 21 gradients of the first pass backward."""
    (X, y, net), loss = spiral_and_network(3, 2, 3, 3), SoftmaxCrossEntropy()
    assert loss(net(X), y) == pytest.approx(1.0986104615465142, rel=1e-14)
    net.backward(loss.backward())
    gradients = """
     1.576635750574e-04  7.836858680423e-05  4.732439393464e-05
     1.816103902397e-04  1.104557073188e-05 -3.309629725545e-05
    -3.605536838256e-04  9.661222212908e-05 -1.036715110482e-04
     5.441095541353e-05  1.074114131452e-04 -1.618223685587e-04
    -4.079135276032e-05 -7.167809448665e-05  1.124694472470e-04
    -5.301129703963e-05  8.581729041082e-05 -3.280599337120e-05
    -1.065210794274e-05 -9.444904528691e-06  2.009701247122e-05"""
    ours = np.concatenate([p.grad.ravel() for p in net.parameters()])
    np.testing.assert_allclose(ours, np.array(gradients.split(), float), rtol=1e-10)


@pytest.mark.parametrize(
    "optimizer, fading, losses",
    [
        (lambda p: SGD(p, 1.0), 0.0, [1.0984524501103923, 1.097058835690059, 1.0869206255308654]),
        (lambda p: SGD(p, lowered(1.0, 1e-3)), 0.0, [1.098453039672096, 1.0971483623146105, 1.0882050447724745]),
        # their velocity takes in the rate and ours does not, so here the gradient brings it along: it fades
        (lambda p: SGD(p, 1.0, momentum=0.9), 1e-3, [1.097996511137464, 1.076185487896243, 1.0534933344965123]),
        (adam(0.05), 0.0, [1.068731764912537, 0.8706493070607682, 0.6750893276424665]),
    ],
    ids=["SGD", "decay", "momentum", "Adam"],
)
def test_nnfs_optimizers(optimizer, fading, losses):
    """Chapter 10: a 2-64-3 network on the spiral under four optimizers, the losses at epochs 10, 50 and 100."""
    rows = train(*spiral_and_network(3, 2, 64, 3), SoftmaxCrossEntropy(), optimizer, 100, fading=fading)
    assert rows[[10, 50, 100], 0] == pytest.approx(losses, abs=1e-8)


def test_nnfs_penalty():
    """Chapter 14: the same network with an L2 penalty; loss, penalty and accuracy at epochs 50 and 100."""
    rows = train(*spiral_and_network(3, 2, 64, 3), SoftmaxCrossEntropy(), adam(0.02), 100, penalty=5e-4)
    assert rows[50] == pytest.approx([0.9960888901506537, 0.0106161804676692, 0.56], abs=1e-8)
    assert rows[100] == pytest.approx([0.838651862028217, 0.0403613317098404, 0.7], abs=1e-8)


def test_nnfs_binary_run():
    """Chapter 16: one sigmoid, and L2. First the book's own seven lines (accuracy, loss, data loss, penalty), in which
    1 of the 200 points falls on the other side at epoch 500; last the loss as their code gives it in float64."""
    rows = train(*spiral_and_network(2, 2, 64, 1), BinaryCrossEntropy(), adam(0.001), 600, penalty=5e-4)
    lines = [
        (0.500, 0.693, 0.693, 0.000, 0.6931549732299219),
        (0.630, 0.674, 0.673, 0.001, 0.6742055810890439),
        (0.625, 0.669, 0.668, 0.001, 0.6688458407914482),
        (0.650, 0.664, 0.663, 0.002, 0.6644949598325485),
        (0.650, 0.659, 0.657, 0.002, 0.6590376028999549),
        (0.675, 0.647, 0.644, 0.004, 0.6473538923838239),
        (0.720, 0.632, 0.625, 0.006, 0.6315052522964538),
    ]
    for (loss, penalty, right), (accuracy, *printed, in_full) in zip(rows[::100], lines, strict=True):
        assert [round(v, 3) for v in (loss, loss - penalty, penalty)] == printed
        assert right == pytest.approx(accuracy, abs=0.00501)
        assert loss == pytest.approx(in_full, abs=1e-9)


def test_nnfs_sine():
    """Chapter 17: a 1-64-64-1 network learns a sine wave from 1,000 points; the losses at epochs 0, 1 and 10."""
    X, net = np.arange(1000)[:, None] / 1000, dense(np.random.RandomState(0), 0.1, 1, 64, 64, 1)
    rows = train(X, np.sin(2 * np.pi * X), net, MeanSquaredError(), adam(0.005, 1e-3), 10)
    assert rows[[0, 1, 10], 0] == pytest.approx([0.4964391096715918, 0.4810349923497405, 0.334899496234868], rel=1e-10)


# ---- Nielsen (2015), "Neural Networks and Deep Learning"


def backpropagated(layers, a, blame):
    """Chapter 2, (BP1) to (BP4), in columns: ∂C/∂w and ∂C/∂b layer by layer, ∂C/∂a of the input, and the output."""
    if not layers:
        return [], blame(a), a
    (w, b), *later = layers
    z = w @ a + b
    gradients, blamed, output = backpropagated(later, 1 / (1 + np.exp(-z)), blame)
    delta = blamed * np.exp(-z) / (1 + np.exp(-z)) ** 2
    return [delta @ a.T, delta, *gradients], w.T @ delta, output


@pytest.mark.parametrize("quadratic, eta, lmbda", [(True, 3.0, 0.0), (False, 0.5, 5.0)], ids=["network", "network2"])
def test_nielsens_networks(quadratic, eta, lmbda):
    """network.py (chapter 1: quadratic cost, η = 3) and network2.py (chapter 3: cross-entropy, η = 0.5, λ = 5): output,
    cost, gradients and parameters in twenty mini-batches of ten digits, w → (1 - ηλ/n) w - η/m Σ ∂Cₓ/∂w."""
    random, n, close = np.random.default_rng(0), 200, {"rtol": 0, "atol": 1e-12}
    layers = [(random.normal(0, k**-0.5, (j, k)), random.normal(size=(j, 1))) for k, j in ((64, 30), (30, 10))]
    net = Network([Linear(64, 30), Sigmoid(), Linear(30, 10), Sigmoid()][: 4 if quadratic else 3])
    for linear, (w, b) in zip(net.layers[::2], layers, strict=True):
        linear.weight.value, linear.bias.value = w.T, b[:, 0]
    loss = MeanSquaredError() if quadratic else BinaryCrossEntropy()
    means = 5 if quadratic else 10  # his cost, ½ Σ (a - y)² or a sum of 10 as well, is so many of our means
    optimizer = SGD(net.parameters(), eta * means, weight_decay=lmbda / n / means)
    X, Y = nnlib.digits()[0][:n], np.eye(10)[nnlib.digits()[1][:n]]
    for batch in np.split(np.arange(n), 20):
        sums, a = [0.0] * 4, []
        for x, y in zip(X[batch, :, None], Y[batch, :, None], strict=True):
            blame = (lambda a, y=y: a - y) if quadratic else (lambda a, y=y: (a - y) / (a * (1 - a)))
            gradients, _, output = backpropagated(layers, x, blame)
            sums = [s + g for s, g in zip(sums, gradients, strict=True)]
            a.append(output[:, 0])
        a, y, z = np.array(a), Y[batch], net(X[batch])
        np.testing.assert_allclose(z if quadratic else nnlib.sigmoid(z), a, **close)
        cost = np.sum((a - y) ** 2) / 20 if quadratic else -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / 10
        assert means * loss(z, y) == pytest.approx(cost, abs=1e-12)
        net.backward(loss.backward())
        for p, s in zip(net.parameters(), sums, strict=True):
            np.testing.assert_allclose(means * p.grad, s.T.reshape(p.grad.shape) / 10, **close)
        optimizer.step()
        pairs = zip(layers, sums[::2], sums[1::2], strict=True)
        layers = [((1 - eta * lmbda / n) * w - eta / 10 * dw, b - eta / 10 * db) for (w, b), dw, db in pairs]
        for p, value in zip(net.parameters(), [*layers[0], *layers[1]], strict=True):
            np.testing.assert_allclose(p.value, value.T.reshape(p.value.shape), **close)


def test_nielsens_nand():
    """Chapter 1, "Perceptrons": weights -2, -2 and bias 3 make a NAND gate: z is 3 for 00 and -1 for 11."""
    perceptron = Linear(2, 1)
    perceptron.weight.value, perceptron.bias.value = [[-2], [-2]], [3]
    z = perceptron([[0, 0], [0, 1], [1, 0], [1, 1]]).ravel()
    assert (z[0], z[3]) == (3, -1) and nnlib.step(z).tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize("std, printed", [(1.0, 22.4), (1000**-0.5, 1.22)])
def test_nielsens_broad_and_sharp_start(std, printed):
    """Chapter 3, "Weight initialization": how far z spreads with 500 of 1,000 inputs on and a bias of spread 1."""
    start = Linear(1000, 5_000, initializer=lambda *sizes_and_rng: nnlib.normal(*sizes_and_rng, std=std), rng=0)
    start.bias.value = nnlib.normal(1, 5_000, 1, std=1.0)[0]
    assert np.std(start([[0, 1] * 500])) == pytest.approx(printed, rel=0.03)  # three times the error of such a sample


def test_nielsens_exploding_gradient():
    """Chapter 5: four neurons in a row, weights 100 and every z at 0: a gradient grows by 100/4 = 25 a layer."""
    neurons = [Linear(1, 1) for _ in range(4)]
    for neuron, a in zip(neurons, (0.8, 0.5, 0.5, 0.5), strict=True):
        neuron.weight.value, neuron.bias.value = [[100.0]], [-100 * a]
    net = Network([layer for neuron in neurons for layer in (neuron, Sigmoid())])
    assert net([[0.8]]) == 0.5
    net.backward(np.array([[1.0]]))
    assert [neuron.bias.grad[0] for neuron in neurons] == [25**3 / 4, 25**2 / 4, 25 / 4, 1 / 4]


def test_nielsens_narrow_window():
    """Chapter 5, a problem: the inputs a with |w σ'(wa + b)| ≥ 1 span at most 0.45, at |w| ≈ 6.9; below 4 are none."""
    weights, a = np.arange(3.5, 12, 0.1), np.linspace(-0.5, 0.5, 100_001)
    widths = np.array([np.mean(w * nnlib.sigmoid_derivative(w * a) >= 1) for w in weights])
    assert round(max(widths), 2) == 0.45 and weights[np.argmax(widths)] == pytest.approx(6.9, abs=0.051)
    assert not widths[weights < 3.99].any()
