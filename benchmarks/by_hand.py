"""The same training written out in NumPy: no layers, no checks, no objects; what `nnlib` costs on top of that."""

import numpy as np


def run(start, X, y, orders, batch, rate, parameters):
    """Train a ReLU network with softmax cross-entropy by plain SGD; the last weights are left in `parameters`.

    start: [(W (D, M), b (M,)), …]; X (N, D), y (N,); orders: the order of the examples, epoch by epoch.
    """
    weights, biases = ([p[i].copy() for p in start] for i in (0, 1))
    dtype, last = X.dtype, len(weights) - 1
    outputs, errors = ([np.empty((batch, b.size), dtype) for b in biases] for _ in range(2))
    dW, db = [np.empty_like(W) for W in weights], [np.empty_like(b) for b in biases]
    x, examples = np.empty((batch, X.shape[1]), dtype), np.arange(batch)
    for order in orders:
        for begin in range(0, len(X), batch):
            rows = order[begin : begin + batch]
            np.take(X, rows, axis=0, out=x, mode="clip")
            labels, inputs = y[rows], [x]
            for i, (W, b) in enumerate(zip(weights, biases, strict=True)):
                z = np.dot(inputs[i], W, out=outputs[i])
                z += b
                if i < last:
                    inputs.append(np.maximum(z, 0, out=z))
            scores = z.T.copy()
            scores -= np.maximum.reduce(scores)
            p = np.exp(scores)
            totals = np.add.reduce(p)
            loss = float(np.add.reduce(np.log(totals) - scores[labels, examples])) / batch
            if not np.isfinite(loss):
                raise FloatingPointError("the loss is no longer finite")
            p /= totals
            p[labels, examples] -= 1
            p *= 1 / batch
            grad = p.T
            for i in range(last, -1, -1):
                np.dot(inputs[i].T, grad, out=dW[i])
                np.add.reduce(grad, axis=0, out=db[i])
                if i:
                    grad = np.dot(grad, weights[i].T, out=errors[i - 1])
                    grad *= inputs[i] > 0
            for value, gradient in zip(weights + biases, dW + db, strict=True):
                gradient *= rate
                value -= gradient
    parameters[:] = zip(weights, biases, strict=True)
