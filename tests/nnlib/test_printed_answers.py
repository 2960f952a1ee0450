"""Answers that courses, books and documentation print, digit by digit, worked out again with nnlib's public names."""

import math

import numpy as np
import pytest

import nnlib
from nnlib import (
    SGD,
    Adam,
    BinaryCrossEntropy,
    Hinge,
    Linear,
    MeanSquaredError,
    Network,
    Parameter,
    ReLU,
    Scalar,
    Sigmoid,
    SoftmaxCrossEntropy,
)

# ---- one number at a time


def test_karpathys_first_expression():
    """Karpathy (2022), "The spelled-out intro to neural networks": L = -8, and -7.286496 after a nudge."""
    a, b, c, f = (Scalar(v) for v in (2.0, -3.0, 10.0, -2.0))

    def loss():
        return (a * b + c) * f

    before = loss()
    before.backward()
    for leaf in (a, b, c, f):
        leaf.value += 0.01 * leaf.grad
    assert before.value == -8.0
    assert loss().value == pytest.approx(-7.286496, abs=1e-12)


def test_karpathys_neuron():
    """The same lecture: tanh(x1 w1 + x2 w2 + b) = 0.7071…, and the gradients 1, -1.5, 0, 0.5."""
    x1, x2, w1, w2, b = (Scalar(v) for v in (2.0, 0.0, -3.0, 1.0, 6.8813735870195432))
    out = (x1 * w1 + x2 * w2 + b).tanh()
    out.backward()
    assert out.value == pytest.approx(0.7071067811865476, abs=2e-16)
    assert [p.grad for p in (w1, x1, w2, x2)] == pytest.approx([1.0, -1.5, 0.0, 0.5], abs=1e-15)


def test_karpathys_exercises():
    """The exercises that go with it; the sine is made with the public constructor."""
    a, b, c = Scalar(2.0), Scalar(3.0), Scalar(4.0)
    angle = 3 * b
    sine = Scalar(math.sin(angle.value), (angle,), (math.cos(angle.value),), "sin")
    f = -(a**3) + sine - 1 / c + b**2.5 - a**0.5
    f.backward()
    assert f.value == pytest.approx(6.336362190988558, rel=1e-15)
    assert [p.grad for p in (a, b, c)] == pytest.approx([-12.353553390593273, 10.25699027111255, 0.0625], rel=1e-15)

    logits = [Scalar(v) for v in (0.0, 3.0, -2.0, 1.0)]
    exponentials = [z.exp() for z in logits]
    loss = -(exponentials[3] / sum(exponentials)).log()
    loss.backward()
    assert loss.value == pytest.approx(2.1755153626167147, rel=1e-15)
    gradients = [0.041772570515350445, 0.8390245074625319, 0.005653302662216329, -0.8864503806400986]
    assert [z.grad for z in logits] == pytest.approx(gradients, rel=1e-14)


def test_micrograds_own_tests():
    """micrograd, test_engine.py: y = -20 and dy/dx = 46 at x = -4, which PyTorch gives exactly."""
    x = Scalar(-4.0)
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()
    assert (y.value, x.grad) == (-20.0, 46.0)


def test_cs231n_circuits():
    """CS231n notes, "Backpropagation, Intuitions": (x + y) z, and a sigmoid neuron with two inputs."""
    x, y, z = Scalar(-2.0), Scalar(5.0), Scalar(-4.0)
    f = (x + y) * z
    f.backward()
    assert (f.value, x.grad, y.grad, z.grad) == (-12.0, -4.0, -4.0, 3.0)

    w0, x0, w1, x1, w2 = (Scalar(v) for v in (2.0, -1.0, -3.0, -2.0, -3.0))
    out = (w0 * x0 + w1 * x1 + w2).sigmoid()
    out.backward()
    assert round(out.value, 2) == 0.73
    assert [round(p.grad, 2) for p in (w0, x0, w1, x1, w2)] == [-0.2, 0.39, -0.39, -0.59, 0.2]


def test_autograd_tutorials():
    """PyTorch's tutorial: Q = 3a³ - b² has 9a² and -2b; Dive into Deep Learning: 2 xᵀx has 4x."""
    for a, b in [(2.0, 6.0), (3.0, 4.0)]:
        a, b = Scalar(a), Scalar(b)
        (3 * a**3 - b**2).backward()
        assert (a.grad, b.grad) == (9 * a.value**2, -2 * b.value)
    x = [Scalar(v) for v in range(4)]
    (2 * sum(v * v for v in x)).backward()
    assert [v.grad for v in x] == [0.0, 4.0, 8.0, 12.0]


# ---- losses


def test_losses_in_keras_documentation():
    """Keras, losses: predictions are probabilities there, so their logits go in here."""
    y, p = np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([[0.6, 0.4], [0.4, 0.6]])
    logits, entropy = np.log(p / (1 - p)), BinaryCrossEntropy()
    assert round(entropy(logits, y), 3) == 0.815
    assert [round(entropy(z, t), 3) for z, t in zip(logits, y, strict=True)] == [0.916, 0.714]
    assert [round(Hinge()(s, t), 3) for s, t in zip(p, 2 * y - 1, strict=True)] == [1.1, 1.5]
    assert round(Hinge()(p, 2 * y - 1), 3) == 1.3
    p = np.clip([[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]], 1e-7, 1)
    assert round(SoftmaxCrossEntropy()(np.log(p), [1, 2]), 3) == 1.177


def test_cross_entropy_in_dive_into_deep_learning():
    """d2l, 4.4: -log 0.1 and -log 0.5 of two rows of probabilities."""
    logits = np.log([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
    losses = [SoftmaxCrossEntropy()(logits[n : n + 1], [label]) for n, label in enumerate([0, 2])]
    assert [round(v, 4) for v in losses] == [2.3026, 0.6931]
    assert round(SoftmaxCrossEntropy()(logits, [0, 2]), 4) == 1.4979


def test_cs231n_softmax_loss():
    """CS231n 2020, assignment 2, FullyConnectedNets.ipynb, all digits."""
    random = np.random.RandomState(231)
    scores, labels = 0.001 * random.randn(50, 10), random.randint(10, size=50)
    assert SoftmaxCrossEntropy()(scores, labels) == pytest.approx(2.302545844500738, rel=1e-15)


# ---- optimizers


def walk(optimizer, point, gradient, steps):
    for _ in range(steps):
        point.grad = gradient(point.value)
        optimizer.step()
    return [float(f"{v:.6f}") for v in point.value]


@pytest.mark.parametrize(
    "slopes, settings, end",
    [
        ([0.2, 4.0], {"learning_rate": 0.4}, [-0.943467, -0.000073]),
        ([0.2, 4.0], {"learning_rate": 0.6}, [-0.387814, -1673.365109]),
        ([0.2, 4.0], {"learning_rate": 0.6, "momentum": 0.5}, [0.007188, 0.002553]),
        ([0.2, 4.0], {"learning_rate": 0.6, "momentum": 0.25}, [-0.126340, -0.186632]),
        ([2.0, 4.0], {"learning_rate": 0.1}, [-0.057646, -0.000073]),
    ],
)
def test_traces_in_dive_into_deep_learning(slopes, settings, end):
    """d2l, 12.3 and 12.6: 20 steps from (-5, -2), where the gradient is `slopes` times the point."""
    point = Parameter([-5.0, -2.0])
    assert walk(SGD([point], **settings), point, lambda x: np.array(slopes) * x, 20) == end


def test_one_dimension_in_dive_into_deep_learning():
    """d2l, 12.3: ten steps of size 0.2 down x², from 10."""
    point = Parameter([10.0])
    assert walk(SGD([point], 0.2), point, lambda x: 2 * x, 10) == [0.060466]


def between(start, end):
    return np.linspace(start, end, 20).reshape(4, 5)


def test_cs231n_momentum():
    """Assignment 2: weights and velocity after one step. Its v is ours times -η, so one gradient brings it about."""
    weights = Parameter(between(-0.4, 0.6))
    optimizer = SGD([weights], 1e-3, momentum=0.9)
    weights.grad = -between(0.6, 0.9) / 1e-3
    optimizer.step()
    start = weights.value = between(-0.4, 0.6)
    weights.grad = between(-0.6, 0.4)
    optimizer.step()
    expected = [0.1406, 0.20738947, 0.27417895, 0.34096842, 0.40775789, 0.47454737, 0.54133684, 0.60812632, 0.67491579]
    assert weights.value.ravel()[:9] == pytest.approx(expected, abs=1e-8)
    assert weights.value[3, 4] == pytest.approx(1.4096, abs=1e-8)
    assert (weights.value - start)[0, :2] == pytest.approx([0.5406, 0.55475789], abs=1e-8)


def test_cs231n_adam():
    """Assignment 2: one step from given running means. Two gradients bring them about: solve for the first."""
    weights, mean, square = Parameter(between(-0.4, 0.6)), between(0.6, 0.9), between(0.7, 0.5)
    # m = 0.09 g1 + 0.1 g2 and v = 0.000999 g1² + 0.001 g2², with g2 = (m - 0.09 g1) / 0.1
    a, b, c = 0.000999 + 0.1 * 0.09**2, -0.1 * 2 * 0.09 * mean, 0.1 * mean**2 - square
    first = (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)
    optimizer = Adam([weights], 1e-2)
    for gradient in (first, (mean - 0.09 * first) / 0.1):
        weights.grad = gradient
        optimizer.step()
    weights.value, weights.grad, optimizer.steps = between(-0.4, 0.6), between(-0.6, 0.4), 5
    optimizer.step()
    expected = [-0.40094747, -0.34836187, -0.29577703, -0.24319299, -0.19060977, -0.1380274, -0.08544591, -0.03286534]
    assert weights.value.ravel()[:8] == pytest.approx(expected, abs=1e-8)
    assert weights.value[3, 4] == pytest.approx(0.59801459, abs=1e-8)


def test_cs231n_rmsprop():
    """Assignment 2: one step from a given running mean of squares. Adam with β₁ = 0 is RMSProp once 1 - β₂ᵗ is 1."""
    weights = Parameter(between(-0.4, 0.6))
    optimizer = Adam([weights], 1e-2, betas=(0, 0.99))
    weights.grad = 10 * np.sqrt(between(0.6, 0.9))  # 0.01 g² is the mean that is given
    optimizer.step()
    weights.value, weights.grad, optimizer.steps = between(-0.4, 0.6), between(-0.6, 0.4), 10**6
    optimizer.step()
    expected = [-0.39223849, -0.34037513, -0.28849239, -0.23659121, -0.18467247, -0.132737, -0.08078555, -0.02881884]
    assert weights.value.ravel()[:8] == pytest.approx(expected, abs=1e-8)
    assert weights.value[3, 4] == pytest.approx(0.59576619, abs=1e-8)


# ---- whole networks


def given(*weights_and_biases, activation=ReLU, last=False):
    """A network with these weights and biases, an activation after each layer (but the last, unless asked)."""
    layers = []
    for W, b in weights_and_biases:
        linear = Linear(*np.shape(W), bias=b is not None)
        linear.weight.value = W
        if b is not None:
            linear.bias.value = b
        layers += [linear, activation()]
    return Network(layers if last else layers[:-1])


UDL_X = """
.09291784 .46809093 .93089486 .67612654 .73441752 .86847339 .49873225 .51083168 .18343972 .99380898
.27840809 .38028817 .12055708 .56715537 .92005746 .77072270 .85278176 .05315950 .87168699 .58858043""".split()
UDL_Y = """
-.25934537 .18195445 .651270150 .13921448 .09366691 .30567674 .372291170 .20716968 -.08131792 .51187806
.16943738 .3994327 .019062570 .55820410 .452564960 -.1183121 .02957665 -1.24354444 .248038840 .26824970""".split()


@pytest.mark.parametrize(
    "loss, weights, biases, targets, printed",
    [
        (MeanSquaredError(), [[-2], [-1], [7]], [0.1], np.array(UDL_Y, float), 2.020992572),
        (BinaryCrossEntropy(), [[-24], [-8], [50]], [2.6], np.array([*map(int, "01100110010101101011")]), 9.563639387),
        (
            SoftmaxCrossEntropy(),
            [[-24, -2, 16], [-8, 8, -8], [50, -30, -8]],
            [2, -2, 0],
            np.array([*map(int, "20121002202020121210")]),
            17.015457867,
        ),
    ],
)
def test_understanding_deep_learning(loss, weights, biases, targets, printed):
    """Prince (2023), notebooks 5.1 to 5.3: a 1-3-K network on 20 points. His losses are sums: 20 times ours."""
    net = given(([[-1, 1.8, 0.65]], [0.3, -1, -0.5]), (weights, biases))
    assert 20 * loss(net(np.array(UDL_X, float)[:, None]), targets) == pytest.approx(printed, abs=1e-9)


def test_cs231n_two_layer_net():
    """Assignment 1, two_layer_net.ipynb: the last of 100 losses, all 17 digits; the rate falls by 5 % each step."""
    random = np.random.RandomState(0)
    net = given((0.1 * random.randn(4, 10), np.zeros(10)), (0.1 * random.randn(10, 3), np.zeros(3)))
    X, y = 10 * np.random.RandomState(1).randn(5, 4), np.array([0, 1, 2, 2, 1])
    loss, penalty = SoftmaxCrossEntropy(), 5e-6  # times the sum of all squared weights, without a half
    weights = [layer.weight for layer in net.layers[::2]]

    def whole_loss(rows, penalty):
        return loss(net(X[rows]), y[rows]) + penalty * sum(np.sum(w.value**2) for w in weights)

    assert whole_loss(range(5), 0.05) == pytest.approx(1.30378789133, abs=1e-11)
    optimizer = SGD(net.parameters(), nnlib.exponential_decay(0.1, 0.95), weight_decay=2 * penalty)
    for _ in range(100):
        last = whole_loss(random.choice(5, 200), penalty)
        net.backward(loss.backward())
        optimizer.step()
    assert last == pytest.approx(0.017149607938732093, rel=1e-15)


def test_cs231n_fully_connected_net():
    """Assignment 2: the first loss of a 15-20-30-10 network, without and with ½ λ Σ W², λ = 3.14, all digits."""
    random = np.random.RandomState(231)
    X, y = random.randn(2, 15), random.randint(10, size=2)
    for penalty, printed in [(0, 2.3004790897684924), (3.14, 7.052114776533016)]:
        shapes = [(15, 20), (20, 30), (30, 10)]
        net = given(*((0.05 * random.randn(*shape), np.zeros(shape[1])) for shape in shapes))
        squares = sum(np.sum(layer.weight.value**2) for layer in net.layers[::2])
        assert SoftmaxCrossEntropy()(net(X), y) + 0.5 * penalty * squares == pytest.approx(printed, rel=1e-15)


def test_scikit_learns_step_by_hand():
    """scikit-learn, test_mlp.py, test_fit: one step of a 3-2-1 network with alpha = 0.1, to the decimals given."""
    net = given(
        ([[0.1, 0.2], [0.3, 0.1], [0.5, 0.0]], [0.1, 0.1]), ([[0.1], [0.2]], [1.0]), activation=Sigmoid, last=False
    )
    X, loss = np.array([[0.6, 0.8, 0.7]]), BinaryCrossEntropy()
    loss(net(X), [0])
    hidden = nnlib.sigmoid(X @ net.layers[0].weight.value + net.layers[0].bias.value)
    assert hidden[0] == pytest.approx([0.679178699175393, 0.574442516811659], rel=1e-14)
    net.backward(loss.backward())
    SGD(net.parameters(), 0.1, weight_decay=0.1).step()
    after = [
        [[0.098, 0.195756], [0.2956664, 0.096008], [0.4939998, -0.002244]],
        [0.098333, 0.09626],
        [[0.04706], [0.154089]],
        [0.9235],
    ]
    for parameter, printed in zip(net.parameters(), after, strict=True):
        np.testing.assert_allclose(parameter.value, printed, atol=1e-3)
    assert nnlib.sigmoid(net(X))[0, 0] == pytest.approx(0.739, abs=1e-3)


def test_mazurs_step_by_step_example():
    """Mazur (2015), "A step by step backpropagation example": outputs, error, and eight weights after one step."""
    net = given(
        ([[0.15, 0.25], [0.20, 0.30]], [0.35, 0.35]),
        ([[0.40, 0.50], [0.45, 0.55]], [0.60, 0.60]),
        activation=Sigmoid,
        last=True,
    )
    X, y, loss = [[0.05, 0.10]], [[0.01, 0.99]], MeanSquaredError()  # the mean of two squares: his sum of two halves
    output = net(X)
    assert output[0] == pytest.approx([0.75136507, 0.772928465], abs=1e-8)
    assert loss(output, y) == pytest.approx(0.298371109, abs=1e-9)
    net.backward(loss.backward())
    SGD([net.layers[0].weight, net.layers[2].weight], 0.5).step()  # his biases stay
    first, second = net.layers[0].weight.value.T.ravel(), net.layers[2].weight.value.T.ravel()
    assert first == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=1e-8)
    assert second == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=1e-8)


# Trask's error is y - output and his step the sum over four examples, which is ours times 2 / 4: so the rate is 2.
TRASK = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])


def trask(net, y, steps):
    loss, optimizer, errors = MeanSquaredError(), SGD(net.parameters(), 2.0), []
    for _ in range(steps):
        output = net(TRASK)
        errors.append(np.mean(np.abs(output[:, 0] - y)))
        loss(output, y)
        net.backward(loss.backward())
        optimizer.step()
    return output[:, 0], errors


def test_trasks_eleven_lines():
    """Trask (2015), "A Neural Network in 11 lines of Python": the output after 10,000 steps."""
    random = np.random.RandomState(1)
    output, _ = trask(
        given((2 * random.random_sample((3, 1)) - 1, None), activation=Sigmoid, last=True), [0, 0, 1, 1], 10_000
    )
    assert output == pytest.approx([0.00966449, 0.00786506, 0.99358898, 0.99211957], abs=5e-9)


def test_trasks_three_layers():
    """The same page: the error at the start and after 10,000 steps of learning XOR."""
    random = np.random.RandomState(1)
    first, second = 2 * random.random_sample((3, 4)) - 1, 2 * random.random_sample((4, 1)) - 1
    _, errors = trask(given((first, None), (second, None), activation=Sigmoid, last=True), [0, 1, 1, 0], 10_001)
    assert errors[0] == pytest.approx(0.4964100319027255, rel=1e-15)
    assert errors[10_000] == pytest.approx(0.00858452565325, abs=1e-14)


def test_nnfs_first_loss():
    """Kinsley and Kukieła (2020), chapter 5: a 2-3-3 network on their spiral, in float32."""
    random, X = np.random.RandomState(0), []
    for arm in range(3):
        angle = np.linspace(arm * 4, (arm + 1) * 4, 100) + random.randn(100) * 0.2
        radius = np.linspace(0.0, 1.0, 100)
        X.append(np.c_[radius * np.sin(angle * 2.5), radius * np.cos(angle * 2.5)])
    net = given((0.01 * random.randn(2, 3), np.zeros(3)), (0.01 * random.randn(3, 3), np.zeros(3)))
    assert SoftmaxCrossEntropy()(net(np.concatenate(X)), np.repeat([0, 1, 2], 100)) == pytest.approx(
        1.0986104, abs=2e-7
    )
