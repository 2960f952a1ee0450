"""More than a hundred wrong answers as learners write them: (exercise, source, words the verdict must hold, or "" for silence).

Silence is asked for where an answer is wrong in a way that nobody could name from what it gives. The sources are
written in styles of their own: loops, helpers, other names and other formulas than the listed wrong answers.
"""

import textwrap

from classroom.chapters.ch07_backprop import walk


def slip(id, source, words):
    return id, textwrap.dedent(source).strip("\n") + "\n", words


SLIPS = [
    # chapter 1
    slip("neuron", """
        def neuron(x, w, b):
            total = 0
            for i in range(len(x)):
                total += x[i] * w[i] + b
            return total
        """, "adds the bias once per input"),
    slip("neuron", """
        def neuron(inputs, weights, bias):
            return sum(i * w for i, w in zip(inputs, weights))
        """, "The bias is missing"),
    slip("neuron", """
        def neuron(x, w, b):
            return [float(np.dot(x, w)) + b]
        """, "it stands in a list"),
    slip("neuron", """
        def neuron(x, w, b):
            return np.dot(x.reshape(1, len(x)), w) + b
        """, "it stands in an array of shape (1,)"),
    slip("neuron", """
        def neuron(x, w, b):
            z = 0
            for i in range(len(x)):
                z = x[i] * w[i]
            return z + b
        """, "That is the last product only"),
    slip("neuron", """
        def neuron(x, w, b):
            return 1 / (1 + np.exp(-(x @ w + b)))
        """, "That applies an activation too"),
    slip("neuron", """
        def neuron(b, w, x):
            return np.dot(w, x) + b
        """, "It is called as neuron(x, w, b): yours takes (b, w, x)"),
    slip("fires", """
        def fires(x, w, b):
            if x * w + b > 0:
                return 1
            return 0
        """, "want one number and got an array"),
    slip("fires", """
        def fires(x, w, b):
            z = np.dot(x, w) + b
            return 1 if z >= 0 else 0
        """, "exactly 0 is not greater than 0"),
    slip("fires", """
        def fires(x, w, b):
            s = 0.0
            for a, c in zip(x, w):
                s += a * c
            if s > b:
                return 1
            else:
                return 0
        """, "subtracts b"),
    slip("fires", """
        def fires(x, w, b):
            z = sum(a * c for a, c in zip(x, w)) + b
            if z > 1:
                return 1
            return 0
        """, "ask whether the sum is above 0, not above another number"),
    slip("fires", """
        def fires(x, w, b):
            return 1 if np.dot(w, x) + b > 0.5 else 0
        """, "ask whether the sum is above 0, not above another number"),
    slip("relu", """
        def relu(z):
            if z > 0:
                return z
            else:
                return 0
        """, "np.where and np.maximum answer for every entry"),
    slip("relu", """
        def relu(z):
            return max(0.0, z)
        """, "np.where and np.maximum answer for every entry"),
    slip("relu", """
        def relu(z):
            result = z
            for i in np.ndindex(result.shape):
                if result[i] < 0:
                    result[i] = 0.0
            return result
        """, "changes the array that was given"),
    slip("relu", """
        def relu(z):
            return np.array([v for v in z.ravel() if v > 0])
        """, "drops the negative entries"),
    slip("relu", """
        def relu(z):
            yield np.where(z > 0, z, 0.0)
        """, "It yields: use `return`"),
    slip("relu", """
        def relu(z):
            a = np.where(z < 0, 0, z)
            return a, z
        """, "It gives two things, a tuple: return the array alone"),
    slip("relu", """
        def relu(z):
            return np.maximum(z, 0),
        """, "is there a comma at the end"),
    slip("relu", """
        def relu(z):
            return np.where(z > 0, 1.0, 0.0)
        """, "That is the step function"),
    slip("relu", """
        def relu(z):
            return maximum(z, 0)
        """, "write `np.maximum`"),
    slip("leaky_relu", """
        def leaky_relu(z, alpha):
            return np.where(z > 0, z, z * alpha)
        """, "give alpha a default, `alpha=0.01`"),
    slip("leaky_relu", """
        def leaky_relu(z, alpha=0.1):
            out = np.array(z, dtype=float)
            out[z < 0] = alpha * z[z < 0]
            return out
        """, "The default of alpha should be 0.01"),
    slip("leaky_relu", """
        def leaky_relu(x, alpha=0.01):
            return np.fmax(alpha * x, x)
        """, "works only while alpha is at most 1"),
    slip("leaky_relu", """
        def leaky_relu(z, alpha=0.01):
            return (z > 0) * z - alpha * z * (z <= 0)
        """, "The sign is turned"),
    slip("sigmoid", """
        import math
        def sigmoid(z):
            return 1 / (1 + math.exp(-z))
        """, "np.exp takes a whole array"),
    slip("sigmoid", """
        def sigmoid(z):
            e = np.exp(z)
            return e / (e + 1)
        """, "inf / inf is nan"),
    slip("sigmoid", """
        def sigmoid(z):
            return 1 / (1 + np.e ** z)
        """, "The sign in the exponent is turned"),
    slip("sigmoid", """
        def sigmoid(z):
            return 1 / 1 + np.exp(-z)
        """, "Parentheses are missing"),
    slip("sigmoid", """
        def sigmoid(z):
            return 1 / (1 + np.exp(-2 * z))
        """, "That is the sigmoid of 2z: halve z inside."),
    slip("sigmoid", """
        def sigmoid(z):
            if z >= 0:
                return 1 / (1 + np.exp(-z))
            return np.exp(z) / (1 + np.exp(z))
        """, "answer for every entry"),
    slip("relu", """
        def relu(z):
            return np.maximum(z, 0) / 3
        """, ""),
    slip("fires", """
        def fires(x, w, b):
            return int(len(x) % 2 == 0)
        """, ""),
    # chapters 2 and 3
    slip("distance_to_boundary", """
        def distance_to_boundary(x, w, b):
            length = np.sqrt(np.sum(w**2))
            return np.dot(x, w) + b / length
        """, "the whole sum x @ w + b is divided by the length"),
    slip("distance_to_boundary", """
        def distance_to_boundary(x, w, b):
            return abs(sum(w * x) + b) / np.linalg.norm(w)
        """, "the distance is negative"),
    slip("distance_to_boundary", """
        def distance_to_boundary(x, w, b):
            return (np.sum(w * x) + b) / w.size
        """, "len(w) counts the entries"),
    slip("scale_neuron", """
        def scale_neuron(w, b, c):
            return np.array([c * v for v in w]), b
        """, "With the old bias the boundary moves"),
    slip("scale_neuron", """
        def scale_neuron(w, b, c):
            return b * c, w * c
        """, "The order is (weights, bias)"),
    slip("linear_forward", """
        def linear_forward(X, W, b):
            return np.dot(W, X) + b
        """, "The order matters: X @ W"),
    slip("linear_forward", """
        def linear_forward(X, W, b):
            out = X * W
            return out + b
        """, "the matrix product is `@`"),
    slip("linear_forward", """
        def linear_forward(X, W, b):
            out = X.dot(W) + b
            cache = (X, W, b)
            return out, cache
        """, "return the array alone"),
    slip("linear_forward", """
        def linear_forward(X, W, b):
            rows = []
            for x in X:
                rows.append(x @ W)
            return np.array(rows)
        """, "The bias is missing"),
    slip("linear_forward", """
        def linear_forward(X, W, b):
            for x in X:
                return x @ W + b
        """, "That is the first example only"),
    slip("linear_forward", """
        def linear_forward(X, W, b):
            Z = X @ W + b
            return np.where(Z > 0, Z, 0)
        """, "A linear layer has no activation"),
    slip("step_position", """
        def step_position(w, b):
            return (1 / 2 - b) / w
        """, "the sum behind it is 0"),
    slip("step_position", """
        def step_position(weight, bias):
            return bias / weight
        """, "The sign is turned"),
    slip("and_gate", """
        def and_gate():
            return np.array([1.0, 1.0]), np.array([-1.5])
        """, "b, should be a number; it is an array of shape (1,)"),
    slip("and_gate", """
        def and_gate():
            return -1.5, [1.0, 1.0]
        """, "The order is (w, b)"),
    slip("and_gate", """
        def and_gate():
            w = [2, 2]
            b = -1
            return w, b
        """, "At the corner (0, 1)"),
    slip("and_gate", """
        def and_gate():
            w = [1, 1]
            b = -0.5
            return w, b
        """, "That is OR"),
    slip("and_gate", """
        def and_gate():
            return np.array([1, 1]), -2
        """, "With both inputs the sum is exactly 0"),
    slip("fold_bias", """
        def fold_bias(X, W, b):
            ones = np.ones((len(X), 1))
            return np.hstack((ones, X)), np.vstack((b, W))
        """, "the ones are the last column"),
    slip("relu_joints", """
        def relu_joints(joints, w):
            return [-j / k for j, k in zip(joints, w)]
        """, "here the place is given and the bias is wanted"),
    # chapter 4
    slip("count_parameters", """
        def count_parameters(sizes):
            total = 0
            for i in range(len(sizes) - 1):
                total += sizes[i] * sizes[i + 1]
            return total
        """, "Those are the weights"),
    slip("count_parameters", """
        def count_parameters(sizes):
            total = 1
            for s in sizes:
                total *= s
            return total + sum(sizes) - sizes[0]
        """, "That multiplies all the widths"),
    slip("count_parameters", """
        def count_parameters(sizes):
            n = 0
            for a, b in zip(sizes, sizes[1:]):
                n += (a + 1) * b
                return n
        """, "That is the first layer only"),
    slip("mlp_forward", """
        def mlp_forward(X, W1, b1, W2, b2):
            h = X.dot(W1) + b1
            return h.dot(W2) + b2
        """, "without relu the two layers are one"),
    slip("mlp_forward", """
        def mlp_forward(X, W1, b1, W2, b2):
            A1 = np.maximum(0, X @ W1 + b1)
            A2 = np.maximum(0, A1 @ W2 + b2)
            return A2
        """, "The output layer has no activation"),
    slip("mlp_forward", """
        def mlp_forward(X, W1, b1, W2, b2):
            A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
            return A1 @ W2 + b2
        """, "relu here, not the sigmoid"),
    slip("xor_network", """
        def xor_network():
            W1 = [[1, 1], [1, 1]]
            b1 = [0, -1]
            W2 = [[1], [-1]]
            b2 = [0]
            return W1, b1, W2, b2
        """, "That is OR"),
    slip("parameter_shapes", """
        def parameter_shapes(sizes):
            shapes = []
            for i in range(len(sizes) - 1):
                shapes.append((sizes[i], sizes[i + 1]))
                shapes.append((sizes[i + 1]))
            return shapes
        """, "A tuple with one entry needs its comma"),
    slip("parameter_shapes", """
        def parameter_shapes(sizes):
            weights = [(a, b) for a, b in zip(sizes, sizes[1:])]
            biases = [(b,) for b in sizes[1:]]
            return weights + biases
        """, "each weight is followed by its own bias"),
    # chapter 5
    slip("mse", """
        def mse(y_pred, y):
            return ((y_pred - y) ** 2).mean() / 2
        """, "There is no factor 1/2"),
    slip("mse", """
        def mse(y_pred, y):
            return np.mean((y_pred - y) ^ 2)
        """, "write `**`"),
    slip("mse", """
        def mse(y_pred, y):
            total = 0
            for p, t in zip(y_pred.ravel(), y.ravel()):
                total += (p - t) ** 2
            return total
        """, "That is the sum"),
    slip("mse", """
        def mse(y_pred, y):
            error = y - y_pred
            return np.mean(error ** 2), 2 * error / y.size
        """, "return the number alone"),
    slip("mse", """
        def mse(y_pred, y):
            return np.linalg.norm(y_pred - y) / np.sqrt(y.size)
        """, "leave the root out"),
    slip("binary_cross_entropy", """
        def binary_cross_entropy(p, y):
            loss = 0
            for i in range(len(p)):
                if y[i] == 1:
                    loss += -np.log(p[i])
                else:
                    loss += -np.log(1 - p[i])
            return loss / len(p)
        """, "log(0) is -inf"),
    slip("binary_cross_entropy", """
        def binary_cross_entropy(p, y):
            eps = 1e-3
            q = np.clip(p, eps, 1 - eps)
            return np.mean(-y * np.log(q) - (1 - y) * np.log(1 - q))
        """, "p is limited to about 0.001 here"),
    slip("binary_cross_entropy", """
        def binary_cross_entropy(y_true, y_hat):
            y_hat = np.clip(y_hat, 1e-10, 1 - 1e-10)
            return -np.mean(y_true * np.log(y_hat) + (1 - y_true) * np.log(1 - y_hat))
        """, "It is called as binary_cross_entropy(p, y): yours takes (y_true, y_hat)"),
    slip("binary_cross_entropy", """
        def binary_cross_entropy(p, y):
            p = np.clip(p, 1e-9, 1 - 1e-9)
            return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
        """, "That is the sum over the examples"),
    slip("softmax", """
        def softmax(Z):
            e = np.exp(Z)
            return e / np.sum(e, axis=0)
        """, "axis=0 works on columns"),
    slip("softmax", """
        def softmax(Z):
            exps = np.exp(Z - np.max(Z))
            return exps / np.sum(exps)
        """, "The whole array adds up to 1"),
    slip("softmax", """
        def softmax(Z):
            return np.array([np.exp(row) / np.exp(row).sum() for row in Z])
        """, "exp(1000) is inf"),
    slip("softmax", """
        def softmax(Z):
            e = np.exp(Z - Z.max(axis=1)[:, None])
            return e / e.sum(axis=1)
        """, "Without keepdims=True the row sums are laid"),
    slip("softmax", """
        def softmax(Z):
            powers = np.exp(Z)
            return powers / np.sum(powers, axis=1)
        """, "Without keepdims=True the row sums are laid"),
    slip("softmax", """
        def softmax(Z):
            shifted = np.exp(Z - np.max(Z, axis=1))
            return shifted / np.sum(shifted, axis=1, keepdims=True)
        """, "Without keepdims=True the maxima are laid"),
    slip("softmax", """
        def softmax(Z):
            shifted = np.exp(Z - np.max(Z, axis=1))
            return shifted / np.sum(shifted, axis=1)
        """, "Without keepdims=True the maxima and the row sums are laid"),
    slip("cross_entropy", """
        def cross_entropy(logits, labels):
            e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
            probs = e / np.sum(e, axis=1, keepdims=True)
            losses = [-np.log(probs[i, labels[i]]) for i in range(len(labels))]
            return sum(losses) / len(losses)
        """, "log(0) is -inf"),
    slip("cross_entropy", """
        def cross_entropy(logits, labels):
            total = 0
            for row, label in zip(logits, labels):
                total += np.log(np.sum(np.exp(row))) - row[label]
            return total / len(labels)
        """, "exp(1000) is inf"),
    slip("cross_entropy", """
        def cross_entropy(logits, labels):
            z = logits - logits.max(1)[:, None]
            logp = z - np.log(np.exp(z).sum(1))[:, None]
            return -logp[np.arange(len(labels)), labels].sum()
        """, "That is the sum over the rows"),
    slip("cross_entropy", """
        def cross_entropy(logits, labels):
            total = 0
            for row, label in zip(logits, labels):
                total += np.log(np.sum(np.exp(row - max(row)))) - row[label]
            return total / len(labels)
        """, "The row's maximum is taken away in one term"),
    slip("cross_entropy", """
        def cross_entropy(logits, labels):
            total = 0
            for row, label in zip(logits, labels):
                total += np.log(np.sum(np.exp(row))) - (row - max(row))[label]
            return total / len(labels)
        """, "The row's maximum is taken away in one term"),
    slip("cross_entropy", """
        def cross_entropy(logits, labels):
            return -np.mean(np.log(logits[range(len(labels)), labels]))
        """, "The logits are no probabilities"),
    slip("base_rate_bias", """
        def base_rate_bias(share):
            return -np.log(share / (1 - share))
        """, "a share above ½ needs a bias above 0"),
    slip("accuracy", """
        def accuracy(logits, labels):
            hits = 0
            for row, label in zip(logits, labels):
                if np.argmax(row) == label:
                    hits += 1
            return hits
        """, "divide by how many there are"),
    slip("accuracy", """
        def accuracy(logits, labels):
            return (logits.argmax() == labels).mean()
        """, "without axis=1"),
    slip("softmax", """
        def softmax(Z):
            e = np.exp(Z - Z.max(axis=1, keepdims=True)) ** 1.3
            return e / e.sum(axis=1, keepdims=True)
        """, ""),
    slip("accuracy", """
        def accuracy(logits, labels):
            return np.median(logits.argmax(axis=1) == labels)
        """, ""),
    slip("gaussian_nll", """
        def gaussian_nll(y_pred, y, s):
            density = np.exp(-0.5 * ((y - y_pred) / s) ** 2) / (s * np.sqrt(2 * np.pi))
            likelihood = 1.0
            for d in density.ravel():
                likelihood *= d
            return -np.log(likelihood) / density.size
        """, "add up logarithms in place of multiplying"),
    slip("gaussian_nll", """
        def gaussian_nll(y_pred, y, s):
            return np.mean(0.5 * ((y - y_pred) / s) ** 2) + np.log(s)
        """, "The √(2π) of the height is missing"),
    slip("gaussian_nll", """
        def gaussian_nll(y_pred, y, s):
            var = s ** 2
            return np.mean(0.5 * np.log(2 * np.pi * var) + (y - y_pred) ** 2 / var)
        """, "the 2 is missing"),
    slip("expected_calibration_error", """
        def expected_calibration_error(confidence, right, bins):
            edges = np.linspace(0, 1, bins + 1)
            gaps = []
            for low, high in zip(edges[:-1], edges[1:]):
                here = (confidence >= low) & (confidence < high)
                if here.any():
                    gaps.append(abs(confidence[here].mean() - right[here].mean()) * here.mean())
            return sum(gaps)
        """, "A confidence of exactly 1 falls out at the end"),
    slip("expected_calibration_error", """
        def expected_calibration_error(confidence, right, bins):
            where = np.minimum((confidence * bins).astype(int), bins - 1)
            gaps = [abs(confidence[where == k].mean() - right[where == k].mean()) for k in set(where)]
            return np.mean(gaps)
        """, "Every part counts alike there"),
    slip("best_temperature", """
        def best_temperature(logits, labels, candidates):
            best, best_loss = None, np.inf
            for T in candidates:
                z = logits * T
                loss = np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(labels)), labels])
                if loss < best_loss:
                    best, best_loss = T, loss
            return best
        """, "divided by T, not multiplied"),
    # chapter 6
    slip("fit_line", """
        from nnlib import line
        X, y = line(30, slope=1.5, intercept=1.0, noise=0.4, seed=2)
        x = X[:, 0] + 0.5

        def gradient(w, b, x=x, y=y):
            residual = w * x + b - y
            return np.array([np.mean(2 * residual * x), np.mean(2 * residual)])

        def fit_line(x, y, lr, steps):
            w, b = 0.0, 0.0
            for _ in range(steps):
                dw, db = gradient(w, b)
                w, b = w - lr * dw, b - lr * db
            return w, b
        """, "`gradient(w, b, x, y)` takes yours"),
    slip("fit_line", """
        def fit_line(x, y, lr, steps):
            w, b = 0, 0
            for i in range(steps):
                w = w - lr * 2 * np.mean((w * x + b - y) * x)
                b = b - lr * 2 * np.mean(w * x + b - y)
            return w, b
        """, "after w has moved"),
    slip("fit_line", """
        def fit_line(x, y, lr, steps):
            w, b = 0.0, 0.0
            for i in range(steps):
                e = w * x + b - y
                w -= lr * np.mean(2 * e * x)
                b -= lr * np.mean(2 * e)
                return w, b
        """, "That is a single step"),
    slip("fit_line", """
        def fit_line(x, y, lr, steps):
            w, b = 0.0, 0.0
            for i in range(steps):
                e = w * x + b - y
                w, b = w - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
            return b, w
        """, "The order is (w, b)"),
    slip("fit_line", """
        def fit_line(x, y, lr, steps):
            w = b = 0.0
            n = len(x)
            for i in range(steps):
                w_grad = b_grad = 0
                for j in range(n):
                    w_grad += (w * x[j] + b - y[j]) * x[j] / n
                    b_grad += (w * x[j] + b - y[j]) / n
                w, b = w - lr * w_grad, b - lr * b_grad
            return w, b
        """, "The factor 2"),
    slip("line_gradient", """
        def line_gradient(x, y, w, b):
            e = w * x + b - y
            return 2 * np.mean(e), 2 * np.mean(e * x)
        """, "The order is (dw, db)"),
    slip("descend", """
        def descend(df, x0, lr, steps):
            slope = df(x0)
            x = x0
            for _ in range(steps):
                x -= lr * slope
            return x
        """, "uses the slope of the starting point"),
    slip("second_derivative", """
        def second_derivative(f, x, h):
            right = (f(x + h) - f(x)) / h
            left = (f(x) - f(x - h)) / h
            return (right - left) / (2 * h)
        """, "The two middles are h apart"),
    slip("second_derivative", """
        def second_derivative(f, x, h):
            right = (f(x + h) - f(x)) / h
            left = (f(x) - f(x - h)) / h
            return right - left
        """, "That is the change of the slope"),
    slip("second_derivative", """
        def second_derivative(f, x, h):
            right = (f(x + h) + f(x)) / h
            left = -(f(x) + f(x - h)) / h
            return (right - left) / h
        """, "taken away twice, in the right slope and with the left one"),
    slip("largest_rate", """
        def largest_rate(x):
            A = np.column_stack([x, np.ones(len(x))])
            return 2 / np.linalg.eigvalsh(A.T @ A / len(x)).max()
        """, "The factor 2"),
    slip("largest_rate", """
        def largest_rate(x):
            H = np.diag([2 * np.mean(x ** 2), 2])
            return 2 / np.linalg.eigvalsh(H)[-1]
        """, "The corners couple w and b"),
    slip("largest_rate", """
        def largest_rate(x):
            m = np.mean(2 * x)
            H = np.array([[np.mean(2 * x * x), m], [m, 2.0]])
            return 2 / H.max()
        """, "2 over the largest entry of the table"),
    slip("largest_rate", """
        def largest_rate(x):
            m = 2 * np.mean(2 * x)
            H = np.array([[np.mean(2 * x * x), m], [m, 2.0]])
            return 2 / max(np.linalg.eigvalsh(H))
        """, "the 2 is in it already"),
    # chapter 7
    slip("numerical_gradient", """
        def numerical_gradient(f, x, h=1e-5):
            grad = np.zeros_like(x)
            for i in range(x.shape[0]):
                up, down = x.copy(), x.copy()
                up[i] += h
                down[i] -= h
                grad[i] = (f(up) - f(down)) / (2 * h)
            return grad
        """, "np.ndindex(x.shape)"),
    slip("numerical_gradient", """
        def numerical_gradient(f, x, h):
            grad = np.zeros_like(x)
            for i in np.ndindex(x.shape):
                e = np.zeros_like(x)
                e[i] = h
                grad[i] = (f(x + e) - f(x - e)) / (2 * h)
            return grad
        """, "give h a default, `h=1e-05`"),
    slip("numerical_gradient", """
        def numerical_gradient(f, x, h=1e-5):
            grad = np.zeros_like(x)
            it = np.nditer(x, flags=["multi_index"])
            while not it.finished:
                i = it.multi_index
                e = np.zeros_like(x)
                e[i] = h
                grad[i] = (f(x + e) - f(x)) / h
                it.iternext()
            return grad
        """, "That is the forward difference"),
    slip("relu_backward", """
        def relu_backward(z, dout):
            return dout * (z > 0)
        """, "It is called as relu_backward(dout, z): yours takes (z, dout)"),
    slip("relu_backward", """
        def relu_backward(dout, z):
            grad = np.zeros_like(z)
            grad[z > 0] = 1
            return grad
        """, "That is the local slope"),
    slip("sigmoid_backward", """
        def sigmoid_backward(dout, s):
            sig = 1 / (1 + np.exp(-s))
            return dout * sig * (1 - sig)
        """, "s is already the sigmoid's output"),
    slip("mse_backward", """
        def mse_backward(y_pred, y):
            return -2 * (y_pred - y) / y.size
        """, "The sign is turned"),
    slip("mse_backward", """
        def mse_backward(y_pred, y):
            n = y.shape[0]
            return (2 / n) * (y_pred - y)
        """, "len(y) counts the rows only"),
    slip("blames", """
        def blames(n, uses):
            g = np.zeros(n)
            g[n - 1] = 1
            for use in uses[::-1]:
                g[use[1]] = g[use[0]] * use[2]
            return g
        """, "The last use wins"),
    slip("blames", """
        def blames(n, uses):
            g = [0.0 for node in range(n)]
            g[-1] = 1.0
            while uses:
                i, j, s = uses.pop()
                g[j] = g[j] + s
            return g
        """, "Multiply by the blame of the result"),
    slip("blames", walk("grads[j] *= slope * grads[i]"), "Nothing reached any node but the loss"),
    slip("blames", walk("grads[j] *= slope"), "Nothing reached any node but the loss"),
    slip("blames", walk("grads[j] += slope * grads[j]"), "Nothing reached any node but the loss"),
    slip("blames", walk("grads[j] == slope * grads[i]"), "Nothing reached any node but the loss"),
    slip("blames", walk("grads[j] + slope * grads[i]"), "Nothing reached any node but the loss"),
    slip("blames", walk("grads[j] += grads[j] * slope * grads[i]"), "Nothing reached any node but the loss"),
    slip("blames", walk("grads[i] = grads[i] + slope * grads[j]"), "At least one of them is missing"),
    slip("blames", walk("grads[j] += slope * grads[i]\n        return grads"), "The `return` is inside the loop"),
    slip("linear_backward", """
        def linear_backward(dY, X, W):
            dX = np.dot(dY, W.T)
            dW = np.dot(X.T, dY)
            db = np.sum(dY, axis=0, keepdims=True)
            return dX, dW, db
        """, "Leave out keepdims"),
    slip("linear_backward", """
        def linear_backward(dY, X, W):
            db = dY.sum(0)
            return X.T @ dY, db, dY @ W.T
        """, "The order is (dX, dW, db)"),
    slip("linear_backward", """
        def linear_backward(dY, X, W):
            n = X.shape[0]
            return dY @ W.T, X.T @ dY / n, dY.sum(axis=0) / n
        """, "No division by N here"),
    slip("linear_backward", """
        def linear_backward(dY, X, W):
            return dY @ W, X @ dY, dY.sum(axis=0)
        """, "the way back goes through the transposed weights"),
    slip("softmax_cross_entropy_backward", """
        def softmax_cross_entropy_backward(logits, labels):
            e = np.exp(logits)
            p = e / e.sum(axis=1, keepdims=True)
            for i, k in enumerate(labels):
                p[i, k] -= 1
            return p
        """, "divide by N"),
    slip("mlp_backward", """
        def mlp_backward(X, T, W1, b1, W2, b2):
            Z = X @ W1 + b1
            H = np.maximum(Z, 0)
            d = 2 * (H @ W2 + b2 - T) / T.size
            dh = d.dot(W2.T)
            return X.T.dot(dh), dh.sum(0), H.T.dot(d), d.sum(0)
        """, "ReLU is skipped on the way back"),
    # chapter 8
    slip("relative_errors", """
        def relative_errors(exact, measured, floor=1e-8):
            below = np.maximum(abs(exact), abs(measured), floor)
            return abs(exact - measured) / below
        """, "for three numbers use it twice"),
    slip("relative_errors", """
        def relative_errors(exact, measured, floor=1e-8):
            a, b = np.abs(exact), np.abs(measured)
            return np.abs(measured - exact) / np.where(a > b, a, b)
        """, "The floor is missing"),
    # chapters 9 to 12
    slip("count_steps", """
        def count_steps(n, batch_size, epochs):
            return np.ceil(n / batch_size) * epochs
        """, "The count is right, but it is a float"),
    slip("count_steps", """
        def count_steps(n, batch_size, epochs):
            return (np.floor(n / batch_size) + 1) * epochs
        """, "When the batches fit exactly there is no extra one"),
    slip("sgd_step", """
        def sgd_step(params, grads, lr):
            for name in params:
                params[name] -= lr * grads[name]
            return params
        """, "were written to"),
    slip("sgd_step", """
        def sgd_step(params, grads, lr):
            out = {}
            for name, p in params.items():
                out[name] = p + lr * grads[name]
            return out
        """, "That climbs"),
    slip("momentum_step", """
        def momentum_step(w, v, g, lr, beta):
            v = beta * v + (1 - beta) * g
            w = w - lr * v
            return w, v
        """, "That is the averaging convention"),
    slip("momentum_step", """
        def momentum_step(w, v, g, lr, beta):
            v_new = beta * v + g
            return v_new, w - lr * v_new
        """, "The order is (w_new, v_new)"),
    slip("minibatches", """
        def minibatches(X, y, batch_size, rng):
            batches = []
            for i in range(0, len(X), batch_size):
                batches.append((X[i:i + batch_size], y[i:i + batch_size]))
            rng.shuffle(batches)
            return batches
        """, "Neighbours stay together"),
    slip("minibatches", """
        def minibatches(X, y, batch_size, rng):
            n = len(X)
            chunks = np.array_split(rng.permutation(n), int(np.ceil(n / batch_size)))
            for chunk in chunks:
                yield X[chunk], y[chunk]
        """, "The pieces are made equal"),
    slip("minibatches", """
        def minibatches(X, y, batch_size, rng):
            idx = np.random.permutation(len(X))
            for i in range(0, len(X), batch_size):
                yield X[idx[i:i + batch_size]], y[idx[i:i + batch_size]]
        """, "write rng.permutation"),
    slip("minibatches", """
        def minibatches(X, y, batch_size, rng):
            idx = rng.permutation(len(X))
            for i in range(0, len(X), batch_size):
                yield X[idx[i:i + batch_size]], y[i:i + batch_size]
        """, "The rows of X are shuffled and those of y are not"),
    slip("minibatches", """
        def minibatches(X, y, batch_size, rng):
            X = rng.permutation(X)
            for i in range(0, len(X), batch_size):
                yield X[i:i + batch_size], y[i:i + batch_size]
        """, "The rows of X are shuffled and those of y are not"),
    *(
        slip("minibatches", f"""
        def minibatches(X, y, batch_size, rng):
            out = []
            for i in range(0, len(X), batch_size):
                idx = {drawn}
                out.append((X[idx], y[idx]))
            return out
        """, words)
        for drawn, words in [
            ("rng.choice(len(X), size=batch_size, replace=False)", "drawn afresh"),
            ("rng.choice(np.arange(len(X)), min(batch_size, len(X) - i), replace=False)", "drawn afresh"),
            ("rng.choice(len(X), min(batch_size, len(X)), False)", "drawn afresh"),
            ("rng.permutation(len(X))[i:i + batch_size]", "drawn afresh"),
            ("rng.permutation(np.arange(len(X)))[:batch_size]", "drawn afresh"),
            ("rng.choice(len(X), batch_size)", "Drawing with replacement"),
            ("rng.choice(len(X), size=min(batch_size, len(X) - i))", "Drawing with replacement"),
        ]
    ),
    slip("minibatches", """
        def minibatches(X, y, batch_size, rng):
            idx = rng.permutation(len(X))
            Xs, ys = [], []
            for i in range(0, len(X), batch_size):
                Xs.append(X[idx[i:i + batch_size]])
                ys.append(y[idx[i:i + batch_size]])
            return Xs, ys
        """, "Those are two lists"),
    slip("init_he", """
        def init_he(fan_in, fan_out, rng):
            W = rng.standard_normal((fan_in, fan_out)) * (2 / fan_in)
            return W, np.zeros(fan_out)
        """, "2 / fan_in is the variance"),
    slip("init_he", """
        def init_he(fan_in, fan_out, rng):
            W = np.random.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
            return W, np.zeros(fan_out)
        """, "write rng.normal"),
    slip("dead_fraction", """
        def dead_fraction(Z):
            dead = np.all(Z <= 0, axis=0)
            return dead.sum() / Z.shape[0]
        """, "len(Z) counts the examples"),
    slip("first_loss", """
        def first_loss(share, b):
            p = 1 / (1 + np.exp(-b))
            return np.mean([-np.log(p), -np.log(1 - p)]) * 2
        """, "weigh each by how often it occurs"),
    slip("first_loss", """
        def first_loss(share, b):
            s = 1 / (1 + np.exp(-b))
            return -(share * np.log(1 - s) + (1 - share) * np.log(s))
        """, "the two shares are swapped"),
    slip("first_loss", """
        def first_loss(share, b):
            p = 1 / (1 + np.exp(b))
            return -share * np.log(p) - (1 - share) * np.log(1 - p)
        """, "or the sign in the exponent is turned"),
    slip("class_biases", """
        def class_biases(labels, K):
            share = np.array([np.mean(labels == k) for k in range(K)])
            return np.log(share) - np.log(1 - share)
        """, "That is the bias of a sigmoid"),
    slip("class_biases", """
        def class_biases(labels, K):
            counts = np.zeros(K)
            for k in labels:
                counts[k] += 1
            return counts / counts.max()
        """, "gives class"),
    slip("blame_after", """
        def blame_after(layers, slope, n, std):
            size = 1.0
            for _ in range(layers):
                size *= slope * n * std
            return size
        """, "Products of random sign cancel in part"),
    slip("layer_norm", """
        def layer_norm(X, gain, bias, epsilon=1e-5):
            mu = np.mean(X, axis=0, keepdims=True)
            sigma2 = np.var(X, axis=0, keepdims=True)
            return (X - mu) / np.sqrt(sigma2 + epsilon) * gain + bias
        """, "axis=0 measures each neuron over the batch"),
    slip("layer_norm", """
        def layer_norm(X, gain, bias, epsilon=1e-5):
            out = []
            for row in X:
                out.append(gain * (row - row.mean()) / (row.std() + epsilon) + bias)
            return np.array(out)
        """, "epsilon goes under the root"),
    slip("layer_norm", """
        def layer_norm(X, gain, bias, epsilon=1e-5):
            mu = X.mean(axis=1)[:, None]
            sigma2 = X.var(axis=1)[:, None]
            return gain * (X - mu) / (sigma2 + 1e-5) ** 0.5 + bias
        """, "epsilon is an argument"),
    slip("residual_forward", """
        def residual_forward(X, W, b):
            return np.maximum(0, X @ W + b + X)
        """, "X is added after it"),
    slip("residual_backward", """
        def residual_backward(dA, X, W, b):
            dZ = np.where(X @ W + b > 0, dA, 0.0)
            return np.dot(dZ, W.T), np.dot(X.T, dZ), np.sum(dZ, axis=0)
        """, "X was used twice"),
    slip("residual_backward", """
        def residual_backward(dA, X, W, b):
            A = X + np.maximum(X @ W + b, 0)
            dZ = np.where(A > 0, dA, 0)
            return dA + dZ.dot(W.T), X.T.dot(dZ), dZ.sum(0)
        """, "neither of X nor of the output A"),
    slip("residual_backward", """
        def residual_backward(dA, X, W, b):
            dZ = np.where(X > 0, dA, 0)
            return dA + dZ.dot(W.T), X.T.dot(dZ), dZ.sum(0)
        """, "neither of X nor of the output A"),
    slip("log_uniform", """
        def log_uniform(low, high, rng):
            exponent = np.log10(low) + rng.random() * (np.log10(high) - np.log10(low))
            return exponent
        """, "That is the logarithm"),
    slip("log_uniform", """
        def log_uniform(low, high, rng):
            return low + (high - low) * rng.random()
        """, "even in the numbers themselves"),
    slip("log_uniform", """
        def log_uniform(low, high, rng):
            a, b = np.log(low), np.log(high)
            return np.e ** np.random.uniform(a, b)
        """, "write rng.uniform"),
    slip("random_search", """
        def random_search(draw, score, n, rng):
            results = []
            for i in range(n):
                s = draw(rng)
                results.append((score(s), s))
            results.sort(key=lambda r: r[0])
            return results[0][1], results[0][0]
        """, "more is better"),
    slip("random_search", """
        def random_search(draw, score, n, rng):
            top = 0.0
            winner = None
            for _ in range(n):
                candidate = draw(rng)
                if score(candidate) > top:
                    top = score(candidate)
                    winner = candidate
            return winner, top
        """, "A score may be negative"),
    slip("random_search", """
        def random_search(draw, score, n, rng):
            winner = draw(rng)
            top = score(winner)
            for _ in range(n):
                candidate = draw(rng)
                points = score(candidate)
                if points > top:
                    winner, top = candidate, points
            return winner, top
        """, "draw n in all"),
    slip("random_search", """
        def random_search(draw, score, n, rng):
            winner, top = None, -np.inf
            for _ in range(n):
                candidate = draw(rng)
                points = score(candidate)
                if points > top:
                    winner, top = candidate, points
                return winner, top
        """, "and return after the loop"),
    slip("random_search", """
        def random_search(draw, score, n, rng):
            candidate = draw(rng)
            return candidate, max(score(candidate) for _ in range(n))
        """, "draw anew for every run"),
    slip("standard_error", """
        def standard_error(right, n):
            share = right / n
            return (share - share**2) / n
        """, "That is the variance"),
    slip("clip_by_norm", """
        def clip_by_norm(gradients, limit):
            out = {}
            for k in gradients:
                length = (gradients[k] ** 2).sum() ** 0.5
                out[k] = gradients[k] * (limit / length) if length > limit else gradients[k] * 1.0
            return out
        """, "one norm over all of them"),
    slip("clip_by_norm", """
        def clip_by_norm(gradients, limit):
            flat = np.concatenate([g.ravel() for g in gradients.values()])
            norm = np.linalg.norm(flat)
            for k in gradients:
                if norm > limit:
                    gradients[k] *= limit / norm
            return gradients
        """, ""),
    slip("warm_up_rate", """
        def warm_up_rate(rate, steps, step):
            if step < steps:
                return rate * step / steps
            return rate
        """, "count from 1"),
    slip("dropout", """
        def dropout(A, p, rng):
            out = A.copy()
            out[rng.random(A.shape) < p] = 0
            return out
        """, "What remains is not scaled"),
    slip("dropout", """
        def dropout(A, p, rng):
            mask = rng.random(A.shape) < p
            return np.where(mask, A / p, 0)
        """, ""),
    slip("standardize", """
        def standardize(X_train, X_test):
            mu, sd = X_train.mean(0), X_train.std(0)
            mu2, sd2 = X_test.mean(0), X_test.std(0)
            return (X_train - mu) / sd, (X_test - mu2) / sd2
        """, "The test set is measured by its own mean"),
    slip("confusion", """
        def confusion(labels, predictions, K):
            m = np.zeros((K, K))
            for k in range(len(labels)):
                m[predictions[k], labels[k]] += 1
            return m
        """, "Rows and columns are swapped"),
    slip("confusion", """
        def confusion(labels, predictions, K):
            m = np.zeros((K, K))
            for i, j in zip(labels, predictions):
                m[i, j] = 1
            return m
        """, "A pair that comes many times was counted once"),
    slip("confusion", """
        def confusion(labels, predictions, K):
            m = np.zeros((K, K), dtype=int)
            m[labels, predictions] = m[labels, predictions] + 1
            return m
        """, "A pair that comes many times was counted once"),
    slip("crop_to_ink", """
        def crop_to_ink(ink):
            places = np.argwhere(ink == 1)
            (top, left), (bottom, right) = places[0], places[-1]
            return ink[top:bottom + 1, left:right + 1]
        """, "their columns are in no order"),
    slip("repair_2", """
        def repair_2(X, y, batch_size, rng):
            rng.shuffle(X)
            rng.shuffle(y)
            batches = []
            for start in range(0, len(X), batch_size):
                rows = slice(start, start + batch_size)
                batches.append((X[rows], y[rows]))
            return batches
        """, "Two draws give two different orders"),
]

# What was said wrongly, or not at all, to answers like those found in public: (exercise, body, words that must be there)
SAID = [
    ("count_parameters", "int(np.prod(sizes) + np.sum(sizes[1:]))", "neighbours, pair by pair"),
    ("linear_backward", "(dY @ W.T, X.T @ dY, dY.sum(axis=0, keepdims=True))", "part [2], db, should be an array of shape (1,)"),
    ("linear_backward", "(dY @ W.T, X.T @ dY, dY.sum(axis=0, keepdims=True))", "Leave out keepdims."),
    ("linear_forward", "(X @ W + b, (X, W, b))", "It gives two things, a tuple: return the array alone."),
    ("linear_forward", "(W @ X, (X, W, b))", "The order matters: X @ W"),
    ("mse", "(np.mean((y_pred - y) ** 2), 2 * (y_pred - y) / y.size)", "return the number alone."),
    ("cross_entropy", "(0.5, logits)", "It gives two things, a tuple: return the number alone."),
    ("softmax_cross_entropy_backward", "(0.5, logits / 2)", "It gives two things, a tuple: return the array alone."),
    ("and_gate", "(np.array([2.0, 2.0]), np.array([-3.0]))", "b, should be a number"),
    ("linear_backward", "(X.T @ dY, dY.sum(axis=0), dY @ W.T)", "The order is (dX, dW, db)."),
    ("linear_backward", "(dY.sum(axis=0), dY @ W.T, X.T @ dY)", "The order is (dX, dW, db)."),
    ("softmax_cross_entropy_backward", "(np.exp(logits) / np.exp(logits).sum(1)[:, None] - np.eye(labels.max() + 1)[labels]) / len(logits)", "logits.shape[1] columns"),
    ("linear_forward", "X @ W + b,", "is there a comma at the end of the `return`?"),
    ("mse", "np.mean((y_pred - y) ** 2),", "is there a comma at the end of the `return`?"),
    ("cross_entropy", "[float(np.mean(np.log(np.exp(logits - logits.max(1)[:, None]).sum(1)) - (logits - logits.max(1)[:, None])[np.arange(len(labels)), labels]))]", "The number is right, but it stands in a list"),
    ("neuron", "x.reshape(1, -1) @ w + b", "The number is right, but it stands in an array of shape (1,)"),
    ("sigmoid", "exp(-z)", "write `np.exp`"),
    ("neuron", "2(x @ w) + b", "A `*` is missing before a bracket"),
    ("mse", "np.mean((y_pred - y) ^ 2)", "write `**`"),
    ("step_position", "(0.5 - b) / w", "½ is the answer"),
    ("step_position", "0.5", "½ is the answer"),
    ("linear_forward", "X * W + b", "`*` multiplies entry by entry"),
    ("dead_fraction", "np.sum(np.all(Z <= 0, axis=0)) / len(Z)", "len(Z) counts the examples"),
    ("base_rate_bias", "np.log(share/1-share)", "Brackets"),
    ("accuracy", "np.mean(np.argmax(logits) == labels)", "without axis=1"),
    ("softmax", "np.exp(Z - 1000) / np.exp(Z - 1000).sum(axis=1, keepdims=True)", ""),
    ("variance_after", "(q * n * v) ** layers", "q comes once"),
    ("softmax", "np.exp(Z) / np.exp(Z).sum(axis=0)", "axis=0 works on columns"),
    ("cross_entropy", "-np.mean(np.log(logits[np.arange(len(labels)), labels] + 1e-9))", "The logits are no probabilities"),
    ("distance_to_boundary", "(x @ w + b) / len(w)", "len(w) counts the entries"),
    ("linear_backward", "(dY @ W, X.T @ dY, dY.sum(axis=0))", "dX is dY @ W.T"),
    ("linear_backward", "(np.dot(dY, W), X.T @ dY, dY.sum(axis=0))", "dX is dY @ W.T"),
    ("softmax_cross_entropy_backward", "[p * (o - np.sum(p * o)) / len(p) for p in [np.exp(logits) / np.exp(logits).sum(1)[:, None]] for o in [p - np.eye(p.shape[1])[labels]]][0]", "it must not be applied again"),
]
