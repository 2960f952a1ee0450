"""Draw a digit: a hand's strokes, the recipe that makes 64 numbers of them, and the network that reads those."""
