"""Many almost equal pictures, stored as the first one and what differs in the others."""

import re
from difflib import SequenceMatcher

from .render import markup, walk


def differences(trees):
    """`[(node number in the first tree, what, value in each tree)]`.

    `what` is an attribute's name, "#" for the text, or "" for everything inside the node, where the shapes differ. A
    value of None is an absent attribute. Groups that only some trees have get an empty group in the others.
    """
    slots = []

    def compare(nodes):
        first = nodes[0]
        if nodes.count(first) == len(nodes):
            return
        attributes = [node[1] for node in nodes]
        if attributes.count(first[1]) < len(nodes):
            for key in sorted(set().union(*attributes)):
                values = [a.get(key) for a in attributes]
                if values.count(values[0]) < len(values):
                    slots.append((first, key, values))
        if first[0] != "g":
            texts = [node[2] for node in nodes]
            if texts.count(texts[0]) < len(texts):
                slots.append((first, "#", texts))
        if align(nodes):
            for children in zip(*(node[3] for node in nodes), strict=True):
                compare(list(children))
        else:
            slots.append((first, "", ["".join(map(markup, node[3])) for node in nodes]))

    compare(trees)
    number = {id(node): i for i, node in enumerate(walk(trees[0]))}
    return [(number[id(node)], what, values) for node, what, values in slots]


def align(nodes):
    """Make the children of all nodes correspond, by empty groups where one is missing; False if they cannot.

    matplotlib names each group by its kind and counts on, so a number says nothing about what it is: `patch_5` lies
    under the axes in one frame and over them in the next. Groups correspond by kind and order.
    """
    shapes = [[_kind(child) for child in node[3]] for node in nodes]
    if shapes.count(shapes[0]) == len(shapes):
        return True
    distinct = list(dict.fromkeys(map(tuple, shapes)))
    if any(tag != "g" or not name for shape in distinct for tag, name in shape):
        tags = [[tag for tag, _ in shape] for shape in distinct]
        return tags.count(tags[0]) == len(tags)
    order = []
    for shape in distinct:
        order = _merged(order, list(shape))
    for node, shape in zip(nodes, shapes, strict=True):
        children, place = node[3][:], 0
        node[3][:] = []
        for tag, name in order:
            here = place < len(shape) and shape[place] == (tag, name)
            node[3].append(children[place] if here else ["g", {}, name, []])
            place += here
    return True


def _kind(node):
    """What may stand for what: a tag, and for a group its name without the number."""
    return node[0], re.sub(r"_?\d+$", "", node[2]) if node[0] == "g" else ""


def _merged(one, other):
    """One order of kinds into which both fit."""
    whole, i, j = [], 0, 0
    for a, b, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        whole += one[i:a] + other[j:b] + one[a : a + size]
        i, j = a + size, b + size
    return whole


def table(values):
    """A list with repeats as `[its different values, the index of each]`."""
    place = {}
    index = [place.setdefault(v, len(place)) for v in values]
    return list(place), index


def pack(trees):
    """The differences of `trees[1:]` from what they share, ready for JSON: `{"slots": [...], "orders": [...]}`.

    Slots that change together share one row of `orders`.
    """
    orders, slots = {}, []
    for node, what, values in differences(trees):
        unique, index = table(values[1:])
        row = orders.setdefault(tuple(index), len(orders))
        slots.append([node, what, unique, row])
    return {"slots": slots, "orders": [list(order) for order in orders]}
