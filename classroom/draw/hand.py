"""A hand made of numbers: digits drawn by a script, as strokes, in ten styles.

Each digit is one or two strokes through a few points; a style says how wide the pen is and how large, where and how
slanted the digit stands; a random generator moves every point a little, so that no two are alike.
"""

import numpy as np

from .recipe import PEN

# A stroke is a list of pieces, each through its points: two points a straight line, more a smooth curve. The box is
# one wide and one high, y downwards.
FORMS = {
    0: [
        [
            [
                (0.5, 0.04),
                (0.2, 0.18),
                (0.08, 0.5),
                (0.22, 0.84),
                (0.5, 0.96),
                (0.8, 0.83),
                (0.92, 0.5),
                (0.78, 0.16),
                (0.5, 0.04),
            ]
        ]
    ],
    1: [[[(0.25, 0.28), (0.6, 0.04)], [(0.6, 0.04), (0.6, 0.96)]]],
    2: [
        [
            [(0.14, 0.26), (0.28, 0.09), (0.55, 0.04), (0.82, 0.16), (0.8, 0.38), (0.5, 0.68), (0.1, 0.95)],
            [(0.1, 0.95), (0.92, 0.94)],
        ]
    ],
    3: [
        [
            [(0.14, 0.14), (0.45, 0.04), (0.82, 0.15), (0.76, 0.36), (0.4, 0.47)],
            [(0.4, 0.47), (0.8, 0.57), (0.86, 0.8), (0.5, 0.96), (0.1, 0.86)],
        ]
    ],
    4: [[[(0.3, 0.05), (0.1, 0.6)], [(0.1, 0.6), (0.92, 0.6)]], [[(0.66, 0.3), (0.62, 0.96)]]],
    5: [
        [
            [(0.86, 0.05), (0.24, 0.06)],
            [(0.24, 0.06), (0.18, 0.45)],
            [(0.18, 0.45), (0.5, 0.38), (0.84, 0.55), (0.8, 0.82), (0.48, 0.96), (0.12, 0.88)],
        ]
    ],
    6: [
        [
            [
                (0.72, 0.05),
                (0.4, 0.22),
                (0.15, 0.6),
                (0.25, 0.88),
                (0.52, 0.96),
                (0.82, 0.8),
                (0.75, 0.58),
                (0.48, 0.52),
                (0.2, 0.7),
            ]
        ]
    ],
    7: [[[(0.1, 0.08), (0.9, 0.06)], [(0.9, 0.06), (0.58, 0.5), (0.42, 0.96)]], [[(0.3, 0.52), (0.82, 0.5)]]],
    8: [
        [
            [
                (0.78, 0.16),
                (0.48, 0.04),
                (0.2, 0.2),
                (0.36, 0.42),
                (0.66, 0.56),
                (0.84, 0.78),
                (0.5, 0.96),
                (0.16, 0.8),
                (0.36, 0.57),
                (0.66, 0.42),
                (0.82, 0.24),
                (0.78, 0.16),
            ]
        ]
    ],
    9: [
        [
            [(0.82, 0.2), (0.5, 0.04), (0.16, 0.2), (0.22, 0.45), (0.5, 0.52), (0.8, 0.36), (0.82, 0.2)],
            [(0.82, 0.2), (0.76, 0.6), (0.6, 0.96)],
        ]
    ],
}
# Other ways to write the same: a bare 1, a 2 with a loop, a closed 4, a 7 in one stroke, a 9 with a hook.
OTHERS = {
    1: [[[(0.5, 0.04), (0.5, 0.96)]]],
    2: [[[(0.14, 0.22), (0.5, 0.04), (0.82, 0.22), (0.6, 0.6), (0.2, 0.92), (0.14, 0.78), (0.34, 0.78), (0.6, 0.93),
          (0.92, 0.86)]]],
    4: [[[(0.64, 0.04), (0.08, 0.64)], [(0.08, 0.64), (0.92, 0.64)]], [[(0.64, 0.04), (0.64, 0.96)]]],
    7: [[[(0.1, 0.08), (0.9, 0.06)], [(0.9, 0.06), (0.58, 0.5), (0.42, 0.96)]]],
    9: [[[(0.82, 0.2), (0.5, 0.04), (0.16, 0.2), (0.22, 0.45), (0.5, 0.52), (0.8, 0.36), (0.82, 0.2)],
         [(0.82, 0.2), (0.82, 0.7), (0.5, 0.96), (0.16, 0.86)]]],
}  # fmt: skip
PLAIN = dict(pen=PEN, height=0.7, aspect=0.62, slant=0.0, middle=(0.5, 0.5), wobble=0.02, forms=FORMS)
STYLES = {
    "plain": {},
    "thin pen": dict(pen=0.02),
    "thick pen": dict(pen=0.12),
    "small": dict(height=0.35),
    "off centre": dict(height=0.5, middle=(0.3, 0.68)),
    "slanted": dict(slant=0.45),
    "leaning back": dict(slant=-0.3),
    "wide": dict(aspect=1.1),
    "narrow": dict(aspect=0.4),
    "other forms": dict(forms=FORMS | OTHERS),
}


def curve(points, steps=5):
    """A smooth curve through the points, as a list of points (Catmull and Rom's)."""
    points = np.asarray(points, float)
    if len(points) == 2:
        return points
    closed = np.array_equal(points[0], points[-1])
    before = points[-2] if closed else 2 * points[0] - points[1]
    after = points[1] if closed else 2 * points[-1] - points[-2]
    p = np.concatenate([[before], points, [after]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        pieces.append(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))))
    return np.concatenate([*pieces, points[-1:]])


def write(digit, style="plain", rng=None):
    """Strokes of a digit in one of STYLES, each (n, 2) from 0 to 1, and the pen's width: `(strokes, pen)`.

    rng: moves, turns and stretches it a little; without one the digit is drawn as its form says.
    """
    how = PLAIN | STYLES[style]
    noise = (lambda spread, size=None: rng.normal(0, spread, size)) if rng else (lambda spread, size=2: np.zeros(size))
    height = how["height"] * (1 + float(np.sum(noise(0.05, 1))))
    width = height * how["aspect"] * (1 + float(np.sum(noise(0.08, 1))))
    slant = how["slant"] + float(np.sum(noise(0.06, 1)))
    middle = np.array(how["middle"]) + noise(0.02, 2)
    moved = {}  # points that pieces share stay shared

    def place(point):
        if point not in moved:
            x, y = np.array(point) - 0.5 + noise(how["wobble"], 2)
            moved[point] = middle + (x * width - y * height * slant, y * height)
        return moved[point]

    strokes = []
    for stroke in how["forms"][digit]:
        pieces = [curve([place(point) for point in piece]) for piece in stroke]
        strokes.append(np.clip(np.concatenate(pieces), 0, 1))
    return strokes, how["pen"]
