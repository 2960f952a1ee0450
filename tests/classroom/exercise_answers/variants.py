"""Right answers in many styles, each of which must be accepted. An expression stands for the body of the function."""

VARIANTS = {
    "neuron": [
        "np.dot(x, w) + b",
        "sum(x * w) + b",
        "sum(a * c for a, c in zip(x, w)) + b",
        "np.einsum('i,i->', x, w) + b",
        "float(np.inner(w, x) + b)",
        "np.float32(np.sum(x.astype(np.float32) * w.astype(np.float32)) + np.float32(b))",
        "np.array(x @ w + b)",
        "def neuron(x, w, b):\n    total = b\n    for i in range(len(x)):\n        total += w[i] * x[i]\n    return total",
        "def neuron(x, w, b):\n    import math\n    return math.fsum(map(lambda p: p[0] * p[1], zip(x.tolist(), w.tolist()))) + b",
        "np.concatenate([x, [1.0]]) @ np.concatenate([w, [b]])",
        "def neuron(x, w, b):\n    x *= w\n    return x.sum() + b",
        "def neuron(*args):\n    x, w, b = args\n    return np.vdot(x, w) + b",
        "__import__('fractions').Fraction(float(x @ w + b))",
    ],
    "linear_forward": [
        "np.dot(X, W) + b",
        "np.einsum('nd,dm->nm', X, W) + b",
        "np.array([x @ W + b for x in X])",
        "[[sum(x[d] * W[d, m] for d in range(len(x))) + b[m] for m in range(len(b))] for x in X]",
        "(x @ W + b for x in X)",
        "tuple(tuple((x @ W + b).tolist()) for x in X)",
        "(X.astype(np.float32) @ W.astype(np.float32) + b.astype(np.float32))",
        "np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])",
        "np.matrix(X) * np.matrix(W) + b",
        "def linear_forward(X, W, b):\n    Y = np.tile(b, (X.shape[0], 1))\n    for n in range(X.shape[0]):\n"
        "        for m in range(W.shape[1]):\n            for d in range(X.shape[1]):\n"
        "                Y[n, m] += X[n, d] * W[d, m]\n    return Y",
        "def linear_forward(X, W, b):\n    for x in X:\n        yield [x @ column + bias for column, bias in zip(W.T, b)]",
        "(W.T @ X.T).T + b[None, :]",
        "np.asfortranarray(X @ W + b)",
    ],
    "relu": [
        "np.where(z > 0, z, 0)",
        "z * (z > 0)",
        "(z + np.abs(z)) / 2",
        "np.clip(z, 0, None)",
        "np.fmax(z, 0.0)",
        "np.maximum(z.astype(np.float32), 0)",
        "[max(0, v) for v in z] if z.ndim == 1 else [relu(row) for row in z]",
        "np.array([max(0.0, v) for v in z.ravel()]).reshape(z.shape)",
        "def relu(z):\n    out = z.copy()\n    out[out < 0] = 0\n    return out",
        "def relu(z):\n    out = np.zeros_like(z)\n    for i in np.ndindex(z.shape):\n        if z[i] > 0:\n            out[i] = z[i]\n    return out",
        "np.vectorize(lambda v: v if v > 0 else 0.0)(z)",
        "(max(v, 0) for v in z) if z.ndim == 1 else (relu(row) for row in z)",
        "np.max([z, np.zeros(z.shape)], axis=0)",
        "def relu(z):\n    def positive(v):\n        return v if v > 0 else 0\n    if np.ndim(z) == 0:\n        return positive(z)\n    return tuple(map(relu, z))",
    ],
    "leaky_relu": [
        "np.where(z < 0, alpha * z, z)",
        "z * np.where(z >= 0, 1, alpha)",
        "np.maximum(z, 0) + alpha * np.minimum(z, 0)",
        "z * ((z >= 0) + alpha * (z < 0))",
        "np.array([v if v >= 0 else alpha * v for v in z.flat]).reshape(z.shape)",
        "np.where(z >= 0, z, alpha * z).astype(np.float32)",
        "def leaky_relu(z, alpha=0.01):\n    out = z.copy()\n    out[z < 0] *= alpha\n    return out",
        "def leaky_relu(z, alpha=0.01):\n    z[z < 0] *= alpha\n    return z",
        "def leaky_relu(z, alpha=1e-2):\n    return np.piecewise(z, [z < 0, z >= 0], [lambda v: alpha * v, lambda v: v])",
        "def leaky_relu(z, slope=0.01):\n    return np.where(z > 0, z, slope * z).tolist()",
        "z - (1 - alpha) * np.minimum(z, 0)",
    ],
    "sigmoid": [
        "1 / (1 + np.exp(-z))",
        "1 / (1 + np.exp(-np.clip(z, -500, 500)))",
        "np.exp(-np.logaddexp(0, -z))",
        "0.5 + 0.5 * np.tanh(np.asarray(z) / 2)",
        "np.where(np.asarray(z) >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))",
        "np.reciprocal(1 + np.exp(-np.asarray(z, dtype=np.float32)))",
        "def sigmoid(z):\n    z = np.asarray(z, dtype=float)\n    out = np.empty_like(z)\n    up = z >= 0\n"
        "    out[up] = 1 / (1 + np.exp(-z[up]))\n    e = np.exp(z[~up])\n    out[~up] = e / (1 + e)\n    return out",
        "def sigmoid(z):\n    import math\n    def one(v):\n        return 1 / (1 + math.exp(-v)) if v > -700 else 0.0\n"
        "    return one(z) if np.ndim(z) == 0 else np.array([one(v) for v in z.ravel()]).reshape(z.shape)",
        "def sigmoid(z):\n    import warnings\n    with warnings.catch_warnings():\n        warnings.simplefilter('error')\n"
        "        return 0.5 * (1 + np.tanh(np.multiply(z, 0.5)))",
        "np.vectorize(lambda v: 1 / (1 + np.exp(-v)))(z)",
    ],
    "softmax": [
        "np.exp(Z - Z.max(1)[:, None]) / np.exp(Z - Z.max(1)[:, None]).sum(1)[:, None]",
        "np.exp(Z - np.log(np.sum(np.exp(Z - Z.max(1, keepdims=True)), 1, keepdims=True)) - Z.max(1, keepdims=True))",
        "np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))",
        "(np.exp(Z.T - Z.max(axis=1)) / np.exp(Z.T - Z.max(axis=1)).sum(axis=0)).T",
        "np.array([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in Z])",
        "[[1 / sum(np.exp(np.minimum(row - z, 700))) for z in row] for row in Z]",
        "(np.exp(r - max(r)) / sum(np.exp(r - max(r))) for r in Z)",
        "np.apply_along_axis(lambda r: np.exp(r - r.max()) / np.exp(r - r.max()).sum(), 1, Z)",
        "def softmax(Z):\n    Z = Z.astype(np.float32)\n    Z -= Z.max(axis=-1, keepdims=True)\n    np.exp(Z, out=Z)\n"
        "    Z /= Z.sum(axis=-1, keepdims=True)\n    return Z",
        "def softmax(Z):\n    for row in Z:\n        e = [float(np.exp(z - max(row))) for z in row]\n        yield [v / sum(e) for v in e]",
        "np.einsum('nk,n->nk', np.exp(Z - Z.max(1, keepdims=True)), 1 / np.exp(Z - Z.max(1, keepdims=True)).sum(1))",
    ],
    "and_gate": [
        "np.array([2, 2]), -3",
        "(0.5, 0.7), -1.0",
        "[1, 1], np.float32(-1.5)",
        "np.array([1e-9, 1e-9]), -1.5e-9",
        "(w for w in (20.0, 20.0)), -30.0",
        "[[1.0, 1.0], -1.5]",
        "def and_gate():\n    w = np.ones(2, dtype=np.float32)\n    return w, np.array(-1.2)",
        "{'w': [3, 1], 'b': -3.5}.values()",
    ],
    "xor_network": [
        "[[1, 1], [1, 1]], [0, -1], [[1], [-2]], [0]",
        "np.array([[1., -1.], [-1., 1.]]), np.zeros(2), np.ones((2, 1)), np.zeros(1)",
        "((1, 1), (1, 1)), (0, -1), ((1,), (-2,)), (0,)",
        "np.array([[20, -20], [20, -20]]), np.array([-10, 30]), np.array([[-1], [-1]]) * 0.1, np.array([3.0])",
        "def xor_network():\n    yield np.ones((2, 2), np.float32)\n    yield [0, -1]\n    yield np.array([[1], [-2]], dtype=np.float32)\n    yield [0.1]",
        "np.full((2, 2), 3.0), np.array([0.0, -3.0]), np.array([[1 / 3], [-2 / 3]]), np.array([0.0])",
    ],
    "count_parameters": [
        "sum((n + 1) * m for n, m in zip(sizes, sizes[1:]))",
        "sum([sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 1)])",
        "int(np.dot(np.array(sizes[:-1]) + 1, sizes[1:]))",
        "np.sum(np.multiply(sizes[:-1], sizes[1:])) + np.sum(sizes[1:])",
        "np.array(sum((a + 1) * b for a, b in zip(sizes, sizes[1:])))",
        "def count_parameters(sizes):\n    total = 0\n    for a, b in zip(sizes[:-1], sizes[1:]):\n        total += a * b\n        total += b\n    return total",
        "def count_parameters(sizes):\n    if len(sizes) < 2:\n        return 0\n    return (sizes[0] + 1) * sizes[1] + count_parameters(sizes[1:])",
        "def count_parameters(sizes):\n    import functools\n    return functools.reduce(lambda t, p: t + p[0] * p[1] + p[1], zip(sizes, sizes[1:]), 0)",
        "def count_parameters(sizes):\n    total, before = 0, sizes.pop(0)\n    while sizes:\n        after = sizes.pop(0)\n        total += (before + 1) * after\n        before = after\n    return total",
        "np.int32(sum((n + 1) * m for n, m in zip(sizes, sizes[1:])))",
    ],
    "init_he": [
        "rng.standard_normal((fan_in, fan_out)) * np.sqrt(2 / fan_in), np.zeros(fan_out)",
        "rng.normal(size=(fan_in, fan_out)) * (2 / fan_in) ** 0.5, [0.0] * fan_out",
        "rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in)).T, np.zeros((fan_out,))",
        "[rng.normal(0, (2 / fan_in) ** 0.5, size=(fan_in, fan_out)), [0] * fan_out]",
        "rng.standard_normal((fan_in, fan_out), dtype=np.float32) * np.float32(np.sqrt(2 / fan_in)), np.zeros(fan_out, np.float32)",
        "[[rng.normal(0, (2 / fan_in) ** 0.5) for _ in range(fan_out)] for _ in range(fan_in)], [0 for _ in range(fan_out)]",
        "np.sqrt(2.0 / fan_in) * rng.normal(0, 1, fan_in * fan_out).reshape(fan_in, fan_out), np.zeros(fan_out, dtype=int)",
        "def init_he(fan_in, fan_out, rng):\n    yield (rng.normal(scale=(2 / fan_in) ** 0.5, size=fan_out) for _ in range(fan_in))\n    yield (0.0 for _ in range(fan_out))",
    ],
    "mse": [
        "((y_pred - y) ** 2).mean()",
        "np.sum((y - y_pred) ** 2) / y.size",
        "np.average(np.square(y_pred - y))",
        "np.linalg.norm(y_pred - y) ** 2 / y.size",
        "sum((a - b) ** 2 for a, b in zip(y_pred.ravel(), y.ravel())) / y.size",
        "np.mean((y_pred.astype(np.float32) - y.astype(np.float32)) ** 2)",
        "np.vdot(y_pred - y, y_pred - y) / np.size(y)",
        "np.var(y_pred - y) + np.mean(y_pred - y) ** 2",
        "def mse(y_pred, y):\n    total, count = 0.0, 0\n    for i in np.ndindex(y.shape):\n        total += (y_pred[i] - y[i]) ** 2\n        count += 1\n    return total / count",
        "def mse(y_pred, y):\n    y_pred -= y\n    y_pred *= y_pred\n    return float(y_pred.mean())",
        "np.einsum('...,...->...', y_pred - y, y_pred - y).mean()",
    ],
    "binary_cross_entropy": [
        "np.mean(-(y * np.log(np.clip(p, 1e-15, 1 - 1e-15)) + (1 - y) * np.log(np.clip(1 - p, 1e-15, 1))))",
        "-np.mean(np.log(np.clip(np.where(y == 1, p, 1 - p), 1e-7, 1 - 1e-7)))",
        "-np.mean(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9))",
        "-sum(np.log(np.clip(a if t else 1 - a, 1e-10, 1 - 1e-10)) for a, t in zip(p, y)) / len(y)",
        "def binary_cross_entropy(p, y):\n    p = np.clip(p.astype(np.float32), np.float32(1e-7), np.float32(1 - 1e-7))\n"
        "    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
        "def binary_cross_entropy(p, y):\n    import math\n    total = 0.0\n    for a, t in zip(p.tolist(), y.tolist()):\n"
        "        a = min(max(a, 1e-12), 1 - 1e-12)\n        total -= math.log(a) if t == 1 else math.log(1 - a)\n    return total / len(p)",
        "def binary_cross_entropy(p, y):\n    p[p < 1e-8] = 1e-8\n    p[p > 1 - 1e-8] = 1 - 1e-8\n    return -(y * np.log(p) + (1 - y) * np.log1p(-p)).mean()",
        "-np.dot(y, np.log(np.maximum(p, 1e-14))) / len(y) - np.dot(1 - y, np.log(np.maximum(1 - p, 1e-14))) / len(y)",
    ],
    "cross_entropy": [
        "np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(labels)), labels])",
        "np.mean([np.logaddexp.reduce(row) - row[k] for row, k in zip(logits, labels)])",
        "sum(max(r) + np.log(sum(np.exp(r - max(r)))) - r[k] for r, k in zip(logits, labels)) / len(labels)",
        "np.mean(np.logaddexp.reduce(logits, axis=1) - np.take_along_axis(logits, labels[:, None], axis=1)[:, 0])",
        "np.float32(np.mean(np.logaddexp.reduce(logits.astype(np.float32), axis=1) - logits.astype(np.float32)[range(len(labels)), labels]))",
        "def cross_entropy(logits, labels):\n    m = logits.max(1, keepdims=True)\n"
        "    log_p = logits - m - np.log(np.exp(logits - m).sum(1, keepdims=True))\n"
        "    return -(log_p * np.eye(logits.shape[1])[labels]).sum() / len(logits)",
        "def cross_entropy(logits, labels):\n    total = 0\n    for i, k in enumerate(labels):\n        gaps = logits[i] - logits[i, k]\n"
        "        top = gaps.max()\n        total += top + np.log(np.exp(gaps - top).sum())\n    return total / (i + 1)",
        "def cross_entropy(logits, labels):\n    logits -= logits.max(axis=1, keepdims=True)\n"
        "    return np.log(np.exp(logits).sum(axis=1)).mean() - logits[np.arange(len(labels)), labels].mean()",
    ],
    "numerical_gradient": [
        "np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size).reshape(-1, *x.shape)]).reshape(x.shape)",
        "def numerical_gradient(f, x, h=1e-5):\n    g = np.zeros_like(x)\n    it = np.nditer(x, flags=['multi_index'])\n    for _ in it:\n"
        "        i = it.multi_index\n        old = x[i]\n        x[i] = old + h\n        up = f(x)\n        x[i] = old - h\n        down = f(x)\n"
        "        x[i] = old\n        g[i] = (up - down) / (2 * h)\n    return g",
        "def numerical_gradient(f, x, h=1e-5):\n    flat, out = x.reshape(-1), []\n    for i in range(flat.size):\n        flat[i] += h\n"
        "        up = f(x)\n        flat[i] -= 2 * h\n        down = f(x)\n        flat[i] += h\n        out.append((up - down) / (2 * h))\n"
        "    return np.reshape(out, x.shape)",
        "def numerical_gradient(f, x, h=1e-5):\n    grad = np.empty(x.shape, dtype=np.float32)\n    for i in range(x.size):\n"
        "        a, b = x.copy(), x.copy()\n        a.flat[i] += h\n        b.flat[i] -= h\n        grad.flat[i] = (f(a) - f(b)) / 2 / h\n    return grad",
        "def numerical_gradient(f, x, h=1e-5):\n    def slope(i):\n        e = np.zeros(x.shape)\n        e[i] = h\n"
        "        return (f(x + e) - f(x - e)) / (h + h)\n    return np.fromiter(map(slope, np.ndindex(*x.shape)), float).reshape(x.shape).tolist()",
        "def numerical_gradient(f, x, h=0.00001):\n    g = np.zeros(x.shape)\n    for i, _ in np.ndenumerate(x):\n        e = np.zeros_like(x)\n"
        "        e[i] = 1.0\n        g[i] = 0.5 * (f(x + h * e) - f(x - h * e)) / h\n    return g",
    ],
    "relu_backward": [
        "np.where(z > 0, dout, 0)",
        "np.where(z >= 0, dout, 0)",
        "dout * np.heaviside(z, 0.0)",
        "(z > 0).astype(np.float32) * dout",
        "[d if t > 0 else 0 for d, t in zip(dout, z)] if z.ndim == 1 else [relu_backward(d, t) for d, t in zip(dout, z)]",
        "np.multiply(dout, z > 0)",
        "def relu_backward(dout, z):\n    dz = dout.copy()\n    dz[z <= 0] = 0\n    return dz",
        "def relu_backward(dout, z):\n    dz = np.array(dout, copy=True)\n    dz[z < 0] = 0\n    return dz",
        "def relu_backward(dout, z):\n    out = np.zeros(z.shape)\n    for i in np.ndindex(z.shape):\n        out[i] = dout[i] if z[i] > 0 else 0\n    return out",
        "dout * (np.sign(z) > 0)",
    ],
    "sigmoid_backward": [
        "dout * (s - s**2)",
        "s * (1.0 - s) * dout",
        "np.multiply(np.multiply(dout, s), 1 - s)",
        "dout * (0.25 - (s - 0.5) ** 2)",
        "(dout.astype(np.float32) * s.astype(np.float32) * (1 - s.astype(np.float32)))",
        "np.array([d * a * (1 - a) for d, a in zip(dout.flat, s.flat)]).reshape(s.shape)",
        "np.einsum('...,...,...->...', dout, s, 1 - s)",
        "def sigmoid_backward(dout, s):\n    dout *= s\n    dout *= 1 - s\n    return dout",
        "def sigmoid_backward(dout, s):\n    z = np.log(s / (1 - s))\n    return dout * np.exp(-z) / (1 + np.exp(-z)) ** 2",
    ],
    "mse_backward": [
        "2.0 / y.size * (y_pred - y)",
        "2 * (y_pred - y) / np.prod(y.shape)",
        "(y_pred - y) / (y.size / 2)",
        "-2 * (y - y_pred) / y_pred.size",
        "(2 * (y_pred - y) / y.size).tolist()",
        "(2 * (y_pred.astype(np.float32) - y.astype(np.float32)) / y.size)",
        "np.array([2 * (a - b) / y.size for a, b in zip(y_pred.flat, y.flat)]).reshape(y.shape)",
        "def mse_backward(y_pred, y):\n    y_pred -= y\n    y_pred *= 2 / y.size\n    return y_pred",
        "np.gradient(np.array([0.0, 2.0]))[0] * (y_pred - y) / y.size",
    ],
    "linear_backward": [
        "np.dot(dY, W.T), np.dot(X.T, dY), np.sum(dY, axis=0)",
        "np.einsum('nm,dm->nd', dY, W), np.einsum('nd,nm->dm', X, dY), np.einsum('nm->m', dY)",
        "[dY @ W.T, X.T @ dY, np.ones(len(dY)) @ dY]",
        "(W @ dY.T).T, (dY.T @ X).T, sum(dY)",
        "dY @ W.T, sum(np.outer(x, d) for x, d in zip(X, dY)), dY.sum(0)",
        "(dY @ W.T).tolist(), (X.T @ dY).tolist(), [sum(column) for column in dY.T]",
        "(dY @ W.T).astype(np.float32), (X.T @ dY).astype(np.float32), dY.sum(0, dtype=np.float32)",
        "def linear_backward(dY, X, W):\n    yield dY @ W.transpose()\n    yield X.transpose() @ dY\n    yield np.add.reduce(dY)",
        "def linear_backward(dY, X, W):\n    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])\n"
        "    for n in range(len(X)):\n        for m in range(W.shape[1]):\n            db[m] += dY[n, m]\n            for d in range(len(W)):\n"
        "                dX[n, d] += dY[n, m] * W[d, m]\n                dW[d, m] += X[n, d] * dY[n, m]\n    return dX, dW, db",
        "np.matmul(dY, W.T), np.tensordot(X, dY, axes=(0, 0)), np.matmul(np.ones((1, len(dY))), dY)[0]",
    ],
    "softmax_cross_entropy_backward": [
        "(np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)) - np.eye(logits.shape[1])[labels]) / len(labels)",
        "(np.exp(logits) / np.exp(logits).sum(1, keepdims=True) - (np.arange(logits.shape[1]) == labels[:, None])) / logits.shape[0]",
        "[(np.exp(r) / np.exp(r).sum() - (np.arange(len(r)) == k)) / len(logits) for r, k in zip(logits, labels)]",
        "((np.exp(r) / sum(np.exp(r)) - np.eye(len(r))[k]) / len(labels) for r, k in zip(logits, labels))",
        "def softmax_cross_entropy_backward(logits, labels):\n    g = np.exp(logits.astype(np.float32))\n    g /= g.sum(axis=1, keepdims=True)\n"
        "    for n, k in enumerate(labels):\n        g[n, k] -= 1\n    g /= len(g)\n    return g",
        "def softmax_cross_entropy_backward(logits, labels):\n    p = np.exp(logits - logits.max(1)[:, None])\n    p = p / p.sum(1)[:, None]\n"
        "    y = np.zeros_like(p)\n    y[np.arange(len(y)), labels] = 1\n    return np.multiply(p - y, 1 / len(y))",
        "def softmax_cross_entropy_backward(logits, labels):\n    N, K = logits.shape\n    out = [[0.0] * K for _ in range(N)]\n"
        "    for n in range(N):\n        e = [np.exp(z) for z in logits[n]]\n        for k in range(K):\n"
        "            out[n][k] = (e[k] / sum(e) - (1 if k == labels[n] else 0)) / N\n    return out",
    ],
    "mlp_forward": [
        "np.maximum(X @ W1 + b1, 0) @ W2 + b2",
        "np.einsum('nh,hm->nm', np.clip(np.einsum('nd,dh->nh', X, W1) + b1, 0, None), W2) + b2",
        "[np.maximum(x @ W1 + b1, 0) @ W2 + b2 for x in X]",
        "((X @ W1 + b1) * (X @ W1 + b1 > 0)) @ W2 + b2",
        "(np.maximum(X.astype(np.float32) @ W1.astype(np.float32) + b1.astype(np.float32), 0) @ W2.astype(np.float32) + b2)",
        "np.where(X @ W1 + b1 > 0, X @ W1 + b1, 0).dot(W2) + b2",
        "def mlp_forward(X, W1, b1, W2, b2):\n    def relu(z):\n        return np.maximum(0, z)\n    def linear(x, W, b):\n        return x @ W + b\n"
        "    return linear(relu(linear(X, W1, b1)), W2, b2)",
        "def mlp_forward(X, W1, b1, W2, b2):\n    Z = X @ W1\n    Z += b1\n    Z[Z < 0] = 0\n    Y = Z @ W2\n    Y += b2\n    return Y.tolist()",
        "def mlp_forward(X, W1, b1, W2, b2):\n    for x in X:\n        h = [max(0, sum(x * W1[:, j]) + b1[j]) for j in range(len(b1))]\n"
        "        yield [sum(h[j] * W2[j, m] for j in range(len(h))) + b2[m] for m in range(len(b2))]",
    ],
    "mlp_backward": [
        "def mlp_backward(X, T, W1, b1, W2, b2):\n    Z = X @ W1 + b1\n    H = np.where(Z > 0, Z, 0)\n    dY = (2 / T.size) * (H @ W2 + b2 - T)\n"
        "    dZ = np.where(Z > 0, dY @ W2.T, 0)\n    return [X.T @ dZ, dZ.sum(0), H.T @ dY, dY.sum(0)]",
        "def mlp_backward(X, T, W1, b1, W2, b2):\n    Z = np.einsum('nd,dh->nh', X, W1) + b1\n    H = Z.clip(0)\n"
        "    dY = 2 * (H @ W2 + b2 - T) / np.prod(T.shape)\n    dZ = np.einsum('nm,hm->nh', dY, W2) * (H > 0)\n"
        "    return np.einsum('nd,nh->dh', X, dZ), np.einsum('nh->h', dZ), np.einsum('nh,nm->hm', H, dY), np.einsum('nm->m', dY)",
        "def mlp_backward(X, T, W1, b1, W2, b2):\n    g = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]\n    for x, t in zip(X, T):\n"
        "        z = x @ W1 + b1\n        h = np.maximum(z, 0)\n        d = 2 * (h @ W2 + b2 - t) / T.size\n        e = (W2 @ d) * (z > 0)\n"
        "        for total, part in zip(g, (np.outer(x, e), e, np.outer(h, d), d)):\n            total += part\n    return tuple(g)",
        "def mlp_backward(X, T, W1, b1, W2, b2):\n    X, T, W1, b1, W2, b2 = (a.astype(np.float32) for a in (X, T, W1, b1, W2, b2))\n"
        "    Z = X @ W1 + b1\n    H = np.maximum(Z, 0)\n    dY = 2 * (H @ W2 + b2 - T) / T.size\n    dH = dY @ W2.T\n    dH[Z <= 0] = 0\n"
        "    return X.T @ dH, dH.sum(axis=0), H.T @ dY, dY.sum(axis=0)",
        "def mlp_backward(X, T, W1, b1, W2, b2):\n    def loss(W1, b1, W2, b2):\n        return np.mean((np.maximum(X @ W1 + b1, 0) @ W2 + b2 - T) ** 2)\n"
        "    params, out = [W1, b1, W2, b2], []\n    for p in params:\n        g = np.zeros(p.shape)\n        for i in np.ndindex(p.shape):\n"
        "            old = p[i]\n            p[i] = old + 1e-6\n            up = loss(*params)\n            p[i] = old - 1e-6\n            down = loss(*params)\n"
        "            p[i] = old\n            g[i] = (up - down) / 2e-6\n        out.append(g)\n    return out",
        "def mlp_backward(X, T, W1, b1, W2, b2):\n    Z = X @ W1 + b1\n    H = np.maximum(Z, 0)\n    D = 2 * (H @ W2 + b2 - T) / T.size\n"
        "    E = (D @ W2.T) * (Z > 0)\n    yield (X.T @ E).tolist()\n    yield list(E.sum(axis=0))\n    yield (D.T @ H).T\n    yield np.sum(D, 0)",
    ],
    "sgd_step": [
        "dict((k, params[k] - lr * grads[k]) for k in params)",
        "{k: p - lr * g for (k, p), g in zip(params.items(), (grads[k] for k in params))}",
        "{k: np.subtract(params[k], np.multiply(lr, grads[k])) for k in grads}",
        "{k: (params[k] - lr * grads[k]).tolist() for k in params}",
        "{k: (params[k] - lr * grads[k]).astype(np.float32) for k in sorted(params)}",
        "def sgd_step(params, grads, lr):\n    new = {}\n    for name, value in params.items():\n        new[name] = value - lr * grads[name]\n    return new",
        "def sgd_step(params, grads, lr):\n    new = {k: v.copy() for k, v in params.items()}\n    for k in new:\n        new[k] -= lr * grads[k]\n    return new",
        "def sgd_step(params, grads, lr):\n    import copy\n    new = copy.deepcopy(params)\n    for k in grads:\n        new[k] -= lr * grads[k]\n    return new",
        "def sgd_step(params, grads, lr):\n    import collections\n    return collections.OrderedDict((k, params[k] - lr * grads[k]) for k in params)",
        "def sgd_step(params, grads, lr):\n    import types\n    return types.MappingProxyType({k: params[k] - lr * grads[k] for k in params})",
    ],
    "momentum_step": [
        "(w - lr * (beta * v + g), beta * v + g)",
        "[w - lr * (beta * v + g), beta * v + g]",
        "np.array([w - lr * (beta * v + g), beta * v + g])",
        "np.stack([w - lr * beta * v - lr * g, beta * v + g])",
        "((w - lr * (beta * v + g)).tolist(), (beta * v + g).tolist())",
        "((w - lr * (beta * v + g)).astype(np.float32), (beta * v + g).astype(np.float32))",
        "def momentum_step(w, v, g, lr, beta):\n    w, v = w.copy(), v.copy()\n    v *= beta\n    v += g\n    w -= lr * v\n    return w, v",
        "def momentum_step(w, v, g, lr, beta):\n    velocity = np.add(np.multiply(beta, v), g)\n    yield w - lr * velocity\n    yield velocity",
        "def momentum_step(w, v, g, lr, beta):\n    from collections import namedtuple\n    v = v * beta + g\n    return namedtuple('Step', 'w v')(w - lr * v, v)",
        "def momentum_step(w, v, g, lr, beta):\n    nw, nv = np.empty(w.shape), np.empty(v.shape)\n    for i in np.ndindex(w.shape):\n"
        "        nv[i] = beta * v[i] + g[i]\n        nw[i] = w[i] - lr * nv[i]\n    return nw, nv",
    ],
    "minibatches": [
        "[(X[r], y[r]) for r in np.split(rng.spawn(1)[0].permutation(len(X)), range(batch_size, len(X), batch_size))]",
        "[(X[r], y[r]) for r in np.split(rng.permutation(len(X)), range(batch_size, len(X), batch_size))]",
        "((X[r], y[r]) for o in [rng.permutation(len(y))] for r in (o[i:i + batch_size] for i in range(0, len(y), batch_size)))",
        "def minibatches(X, y, batch_size, rng):\n    order = np.arange(len(X))\n    rng.shuffle(order)\n    X, y = X[order], y[order]\n"
        "    batches = []\n    for i in range(0, len(X), batch_size):\n        batches.append((X[i:i + batch_size], y[i:i + batch_size]))\n    return batches",
        "def minibatches(X, y, batch_size, rng):\n    order = list(range(len(X)))\n    for i in range(len(order) - 1, 0, -1):\n"
        "        j = int(rng.integers(0, i + 1))\n        order[i], order[j] = order[j], order[i]\n    while order:\n        rows, order = order[:batch_size], order[batch_size:]\n"
        "        yield [X[r] for r in rows], [y[r] for r in rows]",
        "def minibatches(X, y, batch_size, rng):\n    order = np.argsort(rng.random(len(X)))\n    start = 0\n    while start < len(X):\n"
        "        rows = order[start:start + batch_size]\n        yield X[rows].tolist(), y[rows].tolist()\n        start += batch_size",
        "def minibatches(X, y, batch_size, rng):\n    pairs = list(zip(X, y))\n    rng.shuffle(pairs)\n    for i in range(0, len(pairs), batch_size):\n"
        "        a, b = zip(*pairs[i:i + batch_size])\n        yield np.array(a), np.array(b)",
        "def minibatches(X, y, batch_size, rng):\n    order = rng.choice(len(X), size=len(X), replace=False)\n"
        "    return tuple([X[order[i:i + batch_size]].astype(np.float32), y[order[i:i + batch_size]]] for i in range(0, len(X), batch_size))",
        "def minibatches(X, y, batch_size, rng):\n    both = np.column_stack([X, y])\n    both = rng.permutation(both)\n"
        "    return [(b[:, :-1], b[:, -1]) for b in (both[i:i + batch_size] for i in range(0, len(both), batch_size))]",
        "def minibatches(X, y, batch_size, rng):\n    order = rng.permutation(len(X))\n    buffer = np.empty((batch_size, X.shape[1]))\n"
        "    for i in range(0, len(X), batch_size):\n        rows = order[i:i + batch_size]\n        buffer[:len(rows)] = X[rows]\n        yield buffer[:len(rows)], y[rows]",
    ],
    "fit_line": [
        "def fit_line(x, y, lr, steps):\n    w = b = 0\n    for _ in range(steps):\n        r = w * x + b - y\n        w, b = w - lr * 2 * (r * x).mean(), b - lr * 2 * r.mean()\n    return w, b",
        "def fit_line(x, y, lr, steps):\n    p = np.zeros(2)\n    A = np.stack([x, np.ones(len(x))], axis=1)\n    for _ in range(steps):\n"
        "        p = p - lr * 2 / len(x) * A.T @ (A @ p - y)\n    return p",
        "def fit_line(x, y, lr, steps):\n    w, b, n = 0.0, 0.0, len(x)\n    for _ in range(steps):\n        dw = db = 0.0\n        for a, t in zip(x, y):\n"
        "            e = w * a + b - t\n            dw += 2 * e * a / n\n            db += 2 * e / n\n        w -= lr * dw\n        b -= lr * db\n    return [w, b]",
        "def fit_line(x, y, lr, steps):\n    x, y = x.astype(np.float32), y.astype(np.float32)\n    w, b = np.float32(0), np.float32(0)\n    for _ in range(steps):\n"
        "        e = w * x + b - y\n        w, b = w - np.float32(lr) * 2 * np.mean(e * x), b - np.float32(lr) * 2 * np.mean(e)\n    return w, b",
        "def fit_line(x, y, lr, steps, w=0.0, b=0.0):\n    if steps == 0:\n        return w, b\n    e = w * x + b - y\n"
        "    return fit_line(x, y, lr, steps - 1, w - 2 * lr * np.mean(e * x), b - 2 * lr * np.mean(e))",
        "def fit_line(x, y, lr, steps):\n    w, b = np.array(0.0), np.array(0.0)\n    while steps:\n        e = y - w * x - b\n        dw, db = -2 * np.dot(e, x) / e.size, -2 * e.sum() / e.size\n"
        "        w -= lr * dw\n        b -= lr * db\n        steps -= 1\n    return w, b",
    ],
    "blames": [
        "def blames(n, uses):\n    g = np.zeros(n)\n    g[n - 1] = 1\n    for k in range(len(uses) - 1, -1, -1):\n        i, j, s = uses[k]\n        g[j] = g[j] + g[i] * s\n    return g",
        "def blames(n, uses):\n    grads = [0] * (n - 1) + [1]\n    for k in range(n - 2, -1, -1):\n        grads[k] = sum(s * grads[i] for i, j, s in uses if j == k)\n    return tuple(grads)",
        "def blames(n, uses):\n    L = np.zeros((n, n))\n    for i, j, s in uses:\n        L[i, j] += s\n    return np.linalg.solve(np.eye(n) - L.T, np.eye(n)[-1])",
    ],
    "second_derivative": [
        "((f(x + h) - f(x)) / h - (f(x) - f(x - h)) / h) / h",
        "np.diff([f(x - h), f(x), f(x + h)], n=2)[0] / h**2",
        "def second_derivative(f, x, h):\n    slope = lambda at: (f(at + h / 2) - f(at - h / 2)) / h\n    return (slope(x + h / 2) - slope(x - h / 2)) / h",
    ],
    "largest_rate": [
        "def largest_rate(x):\n    A = np.column_stack([x, np.ones(len(x))])\n    return 2 / np.linalg.eigvalsh(2 * A.T @ A / len(x)).max()",
        "def largest_rate(x):\n    A = np.stack([x, np.ones_like(x)])\n    return len(x) / np.linalg.norm(A, 2) ** 2",
        "def largest_rate(x):\n    m, q = x.mean(), (x**2).mean()\n    H = np.array([[q, m], [m, 1.0]])\n    return 1 / max(np.linalg.eigvals(H))",
    ],
    "first_loss": [
        "share * np.log1p(np.exp(-b)) + (1 - share) * np.log1p(np.exp(b))",
        "np.logaddexp(0, b) - share * b",
        "def first_loss(share, b):\n    p = 1 / (1 + np.exp(-b))\n    return float(np.average([-np.log(p), -np.log(1 - p)], weights=[share, 1 - share]))",
    ],
    "expected_calibration_error": [
        "def expected_calibration_error(confidence, right, bins):\n    edges, total = np.linspace(0, 1, bins + 1), 0\n    for low, high in zip(edges, edges[1:]):\n"
        "        here = (confidence > low) & (confidence <= high)\n        if here.any():\n"
        "            total += abs(confidence[here].mean() - right[here].mean()) * here.mean()\n    return total",
        "def expected_calibration_error(confidence, right, bins):\n    part = np.ceil(confidence * bins)\n"
        "    return sum(abs(np.sum(confidence[part == k] - right[part == k])) for k in set(part)) / len(part)",
    ],
    "random_search": [
        "def random_search(draw, score, n, rng):\n    kept = draw(rng)\n    best = score(kept)\n    for _ in range(n - 1):\n        settings = draw(rng)\n"
        "        value = score(settings)\n        if value > best:\n            best, kept = value, settings\n    return kept, best",
    ],
    "crop_to_ink": [
        "def crop_to_ink(ink):\n    r, c = np.nonzero(ink)\n    return ink[r.min() : r.max() + 1, c.min() : c.max() + 1]",
        "def crop_to_ink(ink):\n    r, c = np.nonzero(ink)\n    return ink[r[0] : r[-1] + 1, min(c) : max(c) + 1]",
    ],
    "class_biases": [
        "np.log(np.bincount(labels))",
        "np.log([(labels == k).mean() for k in range(K)])",
        "def class_biases(labels, K):\n    b = np.log(np.array([np.sum(labels == k) for k in range(K)]))\n    return b - b[-1]",
        "def class_biases(labels, K):\n    b = np.log(np.bincount(labels, minlength=K))\n    return b - b.mean()",
    ],
}
