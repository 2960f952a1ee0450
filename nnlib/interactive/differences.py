"""Many almost equal pictures, stored as the first one and what differs in the others."""

from nnlib.interactive.render import markup, walk


def differences(trees):
    """`[(node number in the first tree, what, value in each tree)]`.

    `what` is an attribute's name, "#" for the text, or "" for everything inside the node, where the shapes differ. A value
    of None is an absent attribute.
    """
    number = {id(node): i for i, node in enumerate(walk(trees[0]))}
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
                    slots.append((number[id(first)], key, values))
        shape = [child[0] for child in first[3]]
        if all([child[0] for child in node[3]] == shape for node in nodes):
            texts = [node[2] for node in nodes]
            if texts.count(texts[0]) < len(texts):
                slots.append((number[id(first)], "#" if not shape else "", texts))
            for children in zip(*(node[3] for node in nodes), strict=True):
                compare(list(children))
        else:
            slots.append((number[id(first)], "", ["".join(map(markup, node[3])) for node in nodes]))

    compare(trees)
    return slots


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
