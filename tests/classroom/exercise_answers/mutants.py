"""Machine-made mistakes: each small change of a solution's syntax tree is one mutant, which the checker must reject."""

import ast
import copy

OPERATORS = {
    ast.Add: [ast.Sub, ast.Mult],
    ast.Sub: [ast.Add, ast.Mult],
    ast.Mult: [ast.Add, ast.Div],
    ast.Div: [ast.Mult, ast.Sub],
    ast.Pow: [ast.Mult, ast.Add],
    ast.MatMult: [ast.Mult, ast.Add],
    ast.Gt: [ast.Lt, ast.GtE, ast.NotEq],
    ast.GtE: [ast.Gt, ast.Lt, ast.Eq],
    ast.Lt: [ast.Gt, ast.LtE, ast.NotEq],
    ast.LtE: [ast.Lt, ast.Gt, ast.Eq],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
NAMES = {
    "sum": ["mean", "max"],
    "mean": ["sum", "max"],
    "max": ["min", "mean"],
    "min": ["max"],
    "maximum": ["minimum", "add"],
    "minimum": ["maximum"],
    "exp": ["log1p", "abs"],
    "log": ["exp", "log2"],
    "tanh": ["sin", "arctan"],
    "sqrt": ["abs", "square"],
    "zeros": ["ones"],
    "ones": ["zeros"],
    "argmax": ["argmin"],
    "argmin": ["argmax"],
    "abs": ["sign"],
}


def mutations(node, parent):
    """(what, replacement) for one node; the replacement takes the node's place (None drops a statement)."""
    if isinstance(node, tuple(OPERATORS)):
        for other in OPERATORS[type(node)]:
            yield f"{type(node).__name__} to {other.__name__}", other()
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        value = node.value
        along = isinstance(parent, ast.keyword) and parent.arg == "axis"  # axis -1 is axis 1
        for new in dict.fromkeys([value + 1, value - 1, -value, 2 * value, 0]):
            if new != value and not (along and new < 0):
                yield f"{value} to {new}", ast.Constant(new)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} to {not node.value}", ast.Constant(not node.value)
    if isinstance(node, ast.Attribute):
        for other in NAMES.get(node.attr, []):
            yield f".{node.attr} to .{other}", ast.Attribute(node.value, other, node.ctx)
        if node.attr == "T":
            yield "T dropped", node.value
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not isinstance(parent, ast.Attribute):
        if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.MatMult):
            yield f"{node.id} transposed", ast.Attribute(node, "T", ast.Load())
    if isinstance(node, ast.BinOp):
        yield "left side only", node.left
        yield "right side only", node.right
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
            yield "sides swapped", ast.BinOp(node.right, node.op, node.left)
    if isinstance(node, ast.UnaryOp):
        yield "sign dropped", node.operand
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        for keyword in node.keywords:
            changed = copy.copy(node)
            changed.keywords = [other for other in node.keywords if other is not keyword]
            yield f"{keyword.arg} dropped", changed
        if len(node.args) > 1 and name not in ("maximum", "minimum"):
            changed = copy.copy(node)
            changed.args = [node.args[1], node.args[0], *node.args[2:]]
            yield "arguments swapped", changed
        if len(node.args) == 1 and name not in ("", "array", "permutation"):
            yield f"{ast.unparse(node.func)} dropped", node.args[0]
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield "tuple turned round", ast.Tuple(node.elts[::-1], node.ctx)
    if isinstance(node, ast.Slice):
        if node.lower is not None:
            yield "slice start dropped", ast.Slice(None, node.upper, node.step)
        if node.upper is not None:
            yield "slice end dropped", ast.Slice(node.lower, None, node.step)
    if isinstance(node, ast.Return) and node.value is not None:
        yield "result negated", ast.Return(ast.UnaryOp(ast.USub(), node.value))
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Return | ast.Delete):
        yield "statement dropped", ast.Pass()
    if isinstance(node, ast.For | ast.While | ast.If):
        yield "body once", ast.If(ast.Constant(True), node.body, [])
        yield "statement dropped", ast.Pass()
    if isinstance(node, ast.AugAssign):
        yield "= in place of an operator", ast.Assign([node.target], node.value)


def places(tree):
    """(parent, field, index or None, node) of every node below tree."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield parent, field, index, item
            elif isinstance(value, ast.AST):
                yield parent, field, None, value


def mutants(source):
    """(name, source) of each distinct mutant that compiles; the name says what was changed in which line."""
    tree, seen = ast.parse(source), {ast.unparse(ast.parse(source))}
    for parent, field, index, node in list(places(tree)):
        if isinstance(node, ast.arguments | ast.arg) or (isinstance(parent, ast.arguments) and field != "defaults"):
            continue
        for what, replacement in mutations(node, parent):
            line = getattr(node, "lineno", None) or getattr(parent, "lineno", 0)
            put(parent, field, index, replacement)
            try:
                text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
                compile(text, "<mutant>", "exec")
            except (SyntaxError, ValueError, RecursionError):
                text = None
            put(parent, field, index, node)
            if text and text not in seen:
                seen.add(text)
                yield f"line {line}: {what}", text


def put(parent, field, index, node):
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node
