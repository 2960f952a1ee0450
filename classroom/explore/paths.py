"""Numbers and paths, as short as they can be written at a tenth of a point."""

from math import sqrt


def tenth(value):
    """A number to one decimal, as short as it can be written: -0.50 → -.5."""
    return _digits(round(float(value) * 10))


_WRITTEN = {}


def _digits(tenths):
    text = _WRITTEN.get(tenths)
    if text is None:
        whole, part = divmod(abs(tenths), 10)
        text = (f"{whole}.{part}" if whole else f".{part}") if part else f"{whole}"
        text = _WRITTEN[tenths] = "-" + text if tenths < 0 else text
    return text


def short_path(path):
    """An absolute path as matplotlib writes it → relative steps of a tenth that add up without drift.

    Points that lie within a tolerance of a straight run are left out, which no eye can see: see `_straighten`.
    """
    out, x, y, start = [], 0, 0, (0, 0)
    for run in _runs(path.split()):
        if run == "z":
            out.append("z")
            x, y = start
            continue
        letter, points = run
        if letter == "m":
            start = points[0]
        out.append(letter)
        fresh, dotted = True, False
        per = {"q": 2, "c": 3}.get(letter, 1)
        for i in range(0, len(points), per):
            for px, py in points[i : i + per]:
                for step in (px - x, py - y):
                    text = _WRITTEN.get(step) or _digits(step)
                    if not (fresh or text[0] == "-" or (dotted and text[0] == ".")):
                        out.append(" ")
                    out.append(text)
                    fresh, dotted = False, "." in text
            x, y = px, py
    return "".join(out)


def _runs(tokens):
    """A path's pieces, `(letter, points)` or "z"; points in whole tenths."""
    i, count, here = 0, len(tokens), None
    while i < count:
        letter = tokens[i]
        i += 1
        if letter == "z":
            yield "z"
            continue
        values = []
        while True:
            n = 2 if letter in "ML" else 4 if letter == "Q" else 6
            values += [round(float(t) * 10) for t in tokens[i : i + n]]
            i += n
            if i < count and tokens[i] == letter and letter != "M":
                i += 1
            else:
                break
        points = list(zip(values[::2], values[1::2], strict=True))
        if letter == "L" and len(points) > 1:
            points = _straighten(here, points)
        here = points[-1]
        yield letter.lower(), points


TOLERANCE = 0.8  # tenths of a point: a tenth of a CSS pixel


def _straighten(start, points):
    """Leave out points of a line that stay within the tolerance of the line without them.

    From the last kept point, each point narrows the cone of directions that pass within the tolerance of all points
    so far; the first point outside the cone keeps its predecessor.
    """
    kept = []
    ax, ay = start
    previous, reach = None, 0
    lx = ly = rx = ry = 0.0
    for x, y in points:
        dx, dy = x - ax, y - ay
        if previous is not None and not (lx * dy - ly * dx <= 0 <= rx * dy - ry * dx and dx * dx + dy * dy >= reach):
            kept.append(previous)
            ax, ay = previous
            dx, dy = x - ax, y - ay
            lx = ly = rx = ry = 0.0
        reach = dx * dx + dy * dy
        if reach > TOLERANCE * TOLERANCE:
            h = sqrt(reach - TOLERANCE * TOLERANCE)
            ux, uy = dx * h - dy * TOLERANCE, dy * h + dx * TOLERANCE
            vx, vy = dx * h + dy * TOLERANCE, dy * h - dx * TOLERANCE
            if not (lx or ly) or lx * uy - ly * ux < 0:
                lx, ly = ux, uy
            if not (rx or ry) or rx * vy - ry * vx > 0:
                rx, ry = vx, vy
        previous = (x, y)
    kept.append(previous)
    return kept
