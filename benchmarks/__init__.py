"""Races and stop-watches: how fast the book's own code is, beside its peers and beside its own promises."""
