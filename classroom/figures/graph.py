"""A computation graph, one step at a time: values flow forward above the edges, gradients flow back below them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import FancyBboxPatch

from .axes import canvas, number, short
from .boundary import arrow
from .style import BLUE, GREY, INK, ORANGE, PAPER

HEIGHT, RADIUS = 1.2, 0.06  # of the sheet and of a node, in the same unit
HALO = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}


@dataclass(eq=False)
class Node:
    """A step of a calculation to draw when there is no `Scalar`: its value, gradient, operation and inputs."""

    value: float
    grad: float = 0.0
    parents: tuple = ()
    op: str = ""
    label: str = ""
    local: tuple = ()


def nodes_of(root):
    """Return every node of the graph, inputs before what they make; `root` is a `Scalar` or a `Node`."""
    for name in ("value", "grad", "parents", "op"):
        if not hasattr(root, name):
            raise TypeError(f"root must be a Scalar or a figures.Node, got {type(root).__name__}.")
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack += [(parent, False) for parent in reversed(node.parents)]
    return order


def _constant(node):
    """Whether a node is a plain number, or made of plain numbers alone."""
    return not node.label and all(_constant(parent) for parent in node.parents)


def _operations(nodes):
    return [node for node in nodes if node.parents and not _constant(node)]


def graph_steps(root):
    """Return the last step of `computation_graph(…, step)`: n operations forward, the seed 1, n operations back."""
    return 2 * len(_operations(nodes_of(root))) + 1


def computation_graph(ax, root, step=None, *, digits=2, heights=None):
    """Draw the graph that ends in `root` (a `Scalar`, or a `Node`), values above every edge and gradients below.

    `step` counts from 0: n steps compute one operation each, the next sets the gradient of the end to 1, and n more
    carry gradients back through one operation each; `graph_steps(root)` is the last. The operation at work has a thick
    outline. None shows everything. Call `root.backward()` first. An unlabelled input is a constant and is written into
    its operation. Where a number is used twice, each edge shows its own share, and their sum Σ stands by the node.
    With `digits=None` every number has as few decimals as it needs.
    `heights` is {node: 0 to 1} for nodes to place by hand, where numbers used twice would lie on top of each other.
    Returns {("value" | "grad" | "sum", node's label or operation): [text, …]}, everything that was written.
    """
    order = nodes_of(root)
    operations = _operations(order)
    if not operations:
        raise ValueError("root must be the result of at least one operation.")
    progress = _progress(order, operations, step)
    nodes = [node for node in order if not _constant(node)]
    place = _places(root, nodes, canvas(ax, HEIGHT), heights or {})
    sheet = _Sheet(ax, digits, progress, place, _uses(nodes, operations))
    for node in nodes:
        sheet.wires(node)
        sheet.numbers(node)
        sheet.box(node, named=node is not root)
    sheet.end(root)
    return sheet.written


@dataclass(eq=False)
class _Progress:
    """How far the walk has come: values known, nodes that have passed gradients on, the one at work, the seed set."""

    known: set
    passed: set
    active: object
    seeded: bool


def _progress(order, operations, step):
    n = len(operations)
    if step is not None and not 0 <= step <= 2 * n + 1:
        raise ValueError(f"step must be from 0 to {2 * n + 1}, got {step}.")
    forward = n if step is None else min(step, n)
    backward = n if step is None else step - n - 1  # how many operations have passed gradients on; −1: no seed yet
    known = {id(node) for node in operations[:forward]} | {id(node) for node in order if not node.parents}
    passed = {id(node) for node in operations[::-1][: max(backward, 0)]}
    active = None
    if step:
        active = operations[step - 1] if step <= n else operations[::-1][backward - 1] if backward > 0 else None
    return _Progress(known, passed, active, backward >= 0)


def _uses(nodes, operations):
    """Of each node, the operations that use it, with the local slope where it is known."""
    uses = {id(node): [] for node in nodes}
    for node in operations:
        for i, parent in enumerate(node.parents):
            if not _constant(parent):
                uses[id(parent)].append((node, node.local[i] if node.local else None))
    return uses


class _Sheet:
    """The Axes on which one graph is drawn, and everything that was written there."""

    def __init__(self, ax, digits, progress, place, uses):
        self.ax, self.digits, self.progress, self.place, self.uses = ax, digits, progress, place, uses
        self.written = {}

    def write(self, kind, node, value, at, prefix=""):
        text = prefix + (short(value) if self.digits is None else number(value, self.digits))
        self.written.setdefault((kind, node.label or node.op), []).append(text)
        color = BLUE if kind == "value" else ORANGE
        self.ax.text(*at, text, ha="center", va="center_baseline", color=color, size=11, zorder=2, bbox=HALO)

    def edge(self, node, start, end, share, back, valued):
        """The arrow, and on it the value above and, once it has come back, the gradient below: a pair for each edge."""
        arrow(self.ax, start, end, color=ORANGE if back else INK, width=1.4, head=8, zorder=1)
        away = np.array([0, 0.052])
        middle = start + 0.45 * (end - start)  # clear of the arrow's head
        if valued and id(node) in self.progress.known and node.parents:
            self.write("value", node, node.value, middle + away)
        if back and (node.parents or len(self.uses[id(node)]) > 1):
            self.write("grad", node, share, middle - away)

    def wires(self, node):
        """An edge to each operation that uses the node; the value stands on the first."""
        here = self.place[id(node)]
        for n, (user, local) in enumerate(self.uses[id(node)]):
            along = self.place[id(user)] - here
            along = along / np.hypot(*along)
            start = here + along * _reach(node, along)
            end = self.place[id(user)] - along * _reach(user, along)
            share = node.grad if local is None else local * user.grad
            self.edge(node, start, end, share, id(user) in self.progress.passed, valued=n == 0)

    def numbers(self, node):
        """An input's value above it and its gradient below; the sum of the shares where a number is used twice."""
        here, used = self.place[id(node)], self.uses[id(node)]
        below = here - [0, RADIUS + 0.045]
        beside = here - [_half_width(node) + 0.11, 0]  # no wire arrives at an input, and several leave it
        if not node.parents:
            self.write("value", node, node.value, here + [0, RADIUS + 0.045])
        if all(id(user) in self.progress.passed for user, _ in used):
            if len(used) > 1:
                self.write("sum", node, node.grad, below if node.parents else beside, "Σ ")
            elif not node.parents:
                self.write("grad", node, node.grad, below)

    def box(self, node, named):
        """The node itself: an input with its name, an operation with its sign and, above it, the name of its result."""
        here, half = self.place[id(node)], _half_width(node)
        shape = f"round,pad=0,rounding_size={RADIUS if node.parents else 0.02}"
        self.ax.add_artist(
            FancyBboxPatch(
                here - [half, RADIUS],
                2 * half,
                2 * RADIUS,
                boxstyle=shape,
                facecolor=PAPER,
                zorder=3,
                edgecolor=INK if node.parents else GREY,
                linewidth=3.4 if node is self.progress.active else 1.3,
            )
        )
        self.ax.text(*here, _symbol(node), ha="center", va="center_baseline", zorder=4, size=12)
        if named and node.parents and node.label:
            self.ax.text(here[0], here[1] + RADIUS + 0.045, node.label, ha="center", va="center_baseline", size=11)

    def end(self, root):
        """The edge that leaves the last node, with the result's name at its tip."""
        tail = self.place[id(root)] + [_half_width(root), 0]
        self.edge(root, tail, tail + [0.2, 0], 1.0, self.progress.seeded, valued=True)
        if root.label:
            self.ax.text(tail[0] + 0.22, tail[1], root.label, ha="left", va="center_baseline")


def _half_width(node):
    return max(RADIUS, 0.026 + 0.028 * len(_symbol(node)))


def _reach(node, along):
    """How far the outline of a node's box is from its middle, in the direction `along`."""
    half = _half_width(node)
    return min(half / max(abs(along[0]), 1e-9), RADIUS / max(abs(along[1]), 1e-9), half + 0.02)


def _symbol(node):
    if not node.parents:
        return node.label
    constants = [short(p.value) for p in node.parents if _constant(p)]
    powers = {"^2": "□²", "^3": "□³", "^-1": "1/x", "^-1.0": "1/x"}
    if node.op == "+" and constants and constants[0].startswith("−"):
        return constants[0]
    return powers.get(node.op, node.op) + "".join(constants)


def _places(root, nodes, width, heights):
    """Where every node goes: columns by the longest way to the end, inputs in a row down, operations between theirs."""
    back = {id(root): 0}
    for node in reversed(nodes):
        for parent in node.parents:
            if not _constant(parent):
                back[id(parent)] = max(back.get(id(parent), 0), back[id(node)] + 1)
    columns = max(back.values())
    forked = {id(node) for node in nodes if sum(node in user.parents for user in nodes) > 1}
    left = 0.1 + 0.16 * any(back[k] == columns for k in forked)  # room for a sum beside an input used twice
    step = (width - left - 0.36) / max(columns, 1)
    leaves = [node for node in nodes if not node.parents]
    y = {id(leaf): 0.5 if len(leaves) == 1 else 1 - i / (len(leaves) - 1) for i, leaf in enumerate(leaves)}
    y |= {id(node): float(height) for node, height in heights.items()}
    for node in nodes:
        if id(node) not in y:
            y[id(node)] = float(np.mean([y[id(p)] for p in node.parents if not _constant(p)]))
    return {k: np.array([left + step * (columns - back[k]), 0.16 + (HEIGHT - 0.3) * y[k]]) for k in back}
