"""micrograd's algorithm (Karpathy 2020), written anew from its definition: what `Scalar` races against.

The definition: every operation returns a node that knows its inputs (a set, no repeats) and a function that passes
its gradient on to them; `backward` sorts the graph by depth-first search, inputs first, sets the last gradient to 1,
and calls those functions in the opposite order. Differences and quotients are made of sums, products and powers.
"""


class Node:
    def __init__(self, data, inputs=(), op=""):
        self.data = data
        self.grad = 0
        self.pass_back = lambda: None
        self.inputs = set(inputs)
        self.op = op

    def __add__(self, other):
        other = other if isinstance(other, Node) else Node(other)
        out = Node(self.data + other.data, (self, other), "+")

        def pass_back():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Node) else Node(other)
        out = Node(self.data * other.data, (self, other), "*")

        def pass_back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    def relu(self):
        out = Node(self.data if self.data > 0 else 0, (self,), "relu")

        def pass_back():
            self.grad += (out.data > 0) * out.grad

        out.pass_back = pass_back
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for before in node.inputs:
                    visit(before)
                order.append(node)

        visit(self)
        self.grad = 1
        for node in reversed(order):
            node.pass_back()

    def __neg__(self):
        return self * -1

    __radd__ = __add__
    __rmul__ = __mul__
