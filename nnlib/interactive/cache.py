"""Frames drawn before, kept by the content of everything that went into them; what cannot be hashed is never kept."""


def key_of(figure):
    return None


def load(key):
    return None


def save(key, drawn):
    pass
