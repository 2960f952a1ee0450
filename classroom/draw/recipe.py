"""What happens to a drawing before a network sees it: NIST's recipe, by which the book's own digits were made.

Drawn strokes become a square of SIDE × SIDE pixels; its ink is cropped, stretched to 20 × 32, centred in 32 × 32,
thinned or thickened, sheared upright and counted in blocks of 4 × 4. All of it in whole numbers, and written a second
time in JavaScript (`touch/recipe.js`): a test holds the two together, pixel for pixel.

Source: Garris and others (1994), the NIST Form-Based Handprint Recognition System, whose software is in the public
domain; Alpaydin and Kaynak (1998) made the digits with it. Three things are ours: how a stroke becomes pixels, that
shrinking keeps thin lines (a pixel is ink if any of those it stands for is), and the least width of a box, without
which an upright 1 would be stretched to a block.
"""

import numpy as np

SIDE = 64  # pixels each way of a drawing
FINE = 1024  # a drawing's own coordinates are whole numbers from 0 to FINE
PEN = 0.06  # how wide a pen is, as a share of the drawing's side
LEAST_WIDTH = 4, 10  # a box is at least 4/10 as wide as it is high


def bitmap(strokes, pen=PEN):
    """Strokes as pixels (SIDE, SIDE) of 0 and 1: a pixel is ink if its middle is within half a pen of a stroke.

    strokes: lists of points (x, y) from 0 to 1, y downwards; a stroke of one point is a dot.
    """
    ink = np.zeros((SIDE, SIDE), np.int64)
    wide = int(np.floor(pen * FINE + 0.5))  # twice the pen's radius, so that the radius may be half a unit
    cell = FINE // SIDE
    middles = np.arange(SIDE, dtype=np.int64) * cell + cell // 2  # in a browser whole numbers have 32 bits else
    for stroke in strokes:
        points = np.floor(np.asarray(stroke, float).reshape(-1, 2) * FINE + 0.5).astype(np.int64).tolist()
        for (ax, ay), (bx, by) in zip(points, points[1:] or points, strict=False):
            # Only the pixels near enough: the others are too far from the line.
            left, top = (max(0, (min(start, end) - wide) // cell) for start, end in ((ax, bx), (ay, by)))
            right, bottom = (max(0, (max(start, end) + wide) // cell + 1) for start, end in ((ax, bx), (ay, by)))
            ex, ey = middles[left:right] - ax, middles[top:bottom, None] - ay
            dx, dy = bx - ax, by - ay
            length, along, across = dx * dx + dy * dy, ex * dx + ey * dy, ex * dy - ey * dx
            ends = np.minimum(ex * ex + ey * ey, (ex - dx) ** 2 + (ey - dy) ** 2)
            beside = (along > 0) & (along < length) & (4 * across * across <= wide * wide * length)
            ink[top:bottom, left:right] |= (4 * ends <= wide * wide) | beside
    return ink


def crop(ink):
    """The smallest box (h, w) that holds all ink, made wider on both sides where it is too narrow for its height."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = box.shape
    missing = -(-height * LEAST_WIDTH[0] // LEAST_WIDTH[1]) - width
    return np.pad(box, ((0, 0), (missing // 2, missing - missing // 2))) if missing > 0 else box


def stretch(box, height=32, width=20):
    """The box (h, w) as (height, width): each pixel is ink if one of the pixels that it stands for is."""
    for axis, size in enumerate((height, width)):
        old = box.shape[axis]
        first = np.arange(size) * old // size
        last = np.maximum(first + 1, (np.arange(size) + 1) * old // size)
        sums = np.concatenate([np.zeros_like(box.take([0], axis)), np.cumsum(box, axis)], axis)
        box = (sums.take(last, axis) > sums.take(first, axis)).astype(np.int64)
    return box


def neighbours(image):
    """How many of its four neighbours are ink, for each pixel; outside there is none."""
    wide = np.pad(image, 1)
    return wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]


def even(image):
    """One stroke width for all: thinned once or twice where much is ink, thickened once or twice where little is."""
    ink = image.sum()
    for limit in (412, 560):
        if ink > limit:
            image = image * (neighbours(image) == 4)
    for limit in (256, 108):
        if ink < limit:
            image = np.minimum(1, image + neighbours(image))
    return image


def upright(image):
    """Rows shifted so that the left edge at the top (two rows in) stands above the left edge at the bottom."""
    rows = np.flatnonzero(image.any(axis=1))
    if len(rows) == 0 or rows[-1] - rows[0] < 5:
        return image
    top, bottom = rows[0] + 2, rows[-1] - 2
    if not image[top].any() or not image[bottom].any():
        return image
    lean = int(image[top].argmax() - image[bottom].argmax())
    height, width = image.shape
    sheared = np.zeros_like(image)
    for row in range(height):
        twice = 2 * (row - height // 2) * lean
        shift = int(np.sign(twice)) * ((abs(twice) + bottom - top) // (2 * (bottom - top)))  # rounded, halves outwards
        if abs(shift) < width:
            sheared[row, max(0, shift) : width + min(0, shift)] = image[row, max(0, -shift) : width - max(0, shift)]
    return sheared


def counted(image, size=4):
    """How much of each block of `size` × `size` pixels is ink, 0 to 1, row by row."""
    height, width = image.shape
    blocks = image.reshape(height // size, size, width // size, size).sum(axis=(1, 3))
    return blocks.reshape(-1) / (size * size)


def normalise(ink):
    """A drawing's pixels (SIDE, SIDE) as the network's 64 numbers, by the whole recipe; a blank one stays blank."""
    if not ink.any():
        return np.zeros(64)
    return counted(upright(even(np.pad(stretch(crop(ink)), ((0, 0), (6, 6))))))


def as_drawn(ink):
    """The same without the recipe: the whole drawing, as it lies, counted in 8 × 8 blocks."""
    return counted(ink, SIDE // 8)
