"""Drawn digits: Python and JavaScript agree on every pixel, and the recipe reads what a script's hand writes."""

import base64
import gzip
import json
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib
from classroom.draw import draw_a_digit, element, hand, kept, mine, notebook, recipe
from classroom.draw.reader import packed, reader

SCRIPTS = pathlib.Path(__file__).parents[2] / "classroom" / "draw" / "touch"
TWIN = pathlib.Path(__file__).with_name("drawn_twin.mjs")


@pytest.fixture(scope="module")
def net():
    return reader()


def all_but_counting(ink):
    """All of NIST's steps but the counting."""
    if not ink.any():
        return np.zeros((32, 32), int)
    box = recipe.stretch(recipe.crop(ink))
    return recipe.upright(recipe.even(np.pad(box, ((0, 0), (6, 6)))))


def random_drawings():
    """Scribbles, dots, lines at the very edge, nothing at all, and digits in every style."""
    rng = np.random.default_rng(0)
    drawings = [([], 0.06), ([[(0.5, 0.5)]], 0.06), ([[(0, 0), (1, 1)]], 0.06), ([[(0.3, 0.2), (0.3, 0.2)]], 0.01)]
    drawings += [([[(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]], 0.2), ([[(0.1, 0.5), (0.9, 0.5)]], 0.03)]
    for _ in range(150):
        strokes = [rng.random((rng.integers(1, 12), 2)) for _ in range(rng.integers(1, 4))]
        drawings.append((strokes, rng.uniform(0.01, 0.2)))
    for _ in range(150):  # coarse coordinates: distances that lie exactly at the pen's edge
        strokes = [rng.integers(0, 65, (rng.integers(1, 6), 2)) / 64 for _ in range(rng.integers(1, 4))]
        drawings.append((strokes, rng.integers(1, 12) / 64))
    drawings += [hand.write(digit, style, rng) for style in hand.STYLES for digit in range(10)]
    return drawings


def test_python_and_javascript_agree_pixel_for_pixel(net):
    node = shutil.which("node")
    assert node, "install Node.js 20 or later: it runs the page's own script"
    drawings = random_drawings()
    given = [{"strokes": [np.asarray(s).tolist() for s in strokes], "pen": float(pen)} for strokes, pen in drawings]
    asked = json.dumps({"drawings": given, "layers": json.loads(packed(net))})
    command = [node, str(TWIN), str(SCRIPTS / "recipe.js")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for k, (there, (strokes, pen)) in enumerate(zip(json.loads(done.stdout), drawings, strict=True)):
        ink = recipe.bitmap(strokes, pen)
        assert there["ink"] == "".join(map(str, ink.ravel())), k
        assert there["recipe"] == "".join(map(str, all_but_counting(ink).ravel())), k
        seen = recipe.normalise(ink)
        assert there["seen"] == seen.tolist() and there["shrunk"] == recipe.as_drawn(ink).tolist(), k
        here = nnlib.softmax(net.forward(seen[None]))[0]
        assert np.abs(np.array(there["said"]) - here).max() < 1e-6, k


def test_a_bitmap_has_ink_where_a_pixels_middle_is_near_a_stroke():
    """Measured the plain way: the distance to a thousand points of each line."""
    rng = np.random.default_rng(1)
    middles = (np.stack(np.meshgrid(np.arange(64), np.arange(64)), -1) + 0.5) / 64
    for _ in range(20):
        a, b = np.round(rng.random((2, 2)) * 1024) / 1024
        points = a + np.linspace(0, 1, 1000)[:, None] * (b - a)
        away = np.sqrt(((middles[:, :, None] - points) ** 2).sum(-1)).min(-1)
        ink = recipe.bitmap([[a, b]], 0.1)
        clear = (
            np.abs(away - 51 / 1024) > 2e-3
        )  # the pen is rounded to 102 of 1024; at the very edge the points are too few
        assert (ink == (away < 51 / 1024))[clear].all()


@given(st.lists(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6), min_size=1, max_size=3),
       st.floats(0.03, 0.15))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_the_recipe_forgets_where_and_how_large(strokes, pen):
    """Cropping: a drawing moved by whole pixels gives the same 64 numbers."""
    ink = recipe.bitmap(strokes, pen)
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    if len(rows):
        moved = np.roll(ink, (-rows[0], -columns[0]), (0, 1))
        assert np.array_equal(recipe.normalise(ink), recipe.normalise(moved))
    assert ((0 <= recipe.normalise(ink)) & (recipe.normalise(ink) <= 1)).all()


def test_each_step_of_the_recipe():
    bar = np.zeros((64, 64), int)
    bar[10:50, 30:34] = 1
    assert recipe.crop(bar).shape == (40, 16)  # 4/10 of the height
    full = recipe.stretch(recipe.crop(bar))
    assert full.shape == (32, 20) and full.any(1).all()
    thin, thick = np.zeros((32, 32), int), np.ones((32, 32), int)
    thin[:, 15] = 1
    assert recipe.even(thin).sum() == 32 * 5  # 32 pixels are few: thickened twice
    assert recipe.even(thick).sum() == 28 * 28
    lean = np.zeros((32, 32), int)
    for row in range(32):
        lean[row, 24 - row // 2 : 27 - row // 2] = 1
    columns = [int(row.argmax()) for row in recipe.upright(lean)]
    assert max(columns) - min(columns) <= 1
    assert recipe.normalise(np.zeros((64, 64), int)).tolist() == [0] * 64


def test_the_readers_own_digits_are_a_training_set(capsys):
    kept.take("[]")
    X, y = mine()
    assert X.shape == (0, 64) and y.shape == (0,)
    assert capsys.readouterr().out.count("\n") == 1
    strokes = hand.write(7)[0]
    kept.take(json.dumps([{"strokes": element.whole(strokes), "meant": 7, "said": [7, 1]}] * 2))
    X, y = mine()
    kept.take("[]")
    assert y.tolist() == [7, 7] and X.shape == (2, 64) and capsys.readouterr().out == ""
    assert np.array_equal(X[0], recipe.normalise(recipe.bitmap(strokes)))


def test_the_readers_digits_need_no_matplotlib():
    """A page's Python starts without it."""
    code = (
        "import sys; sys.modules['matplotlib'] = None; import classroom.inpage; from classroom.draw import mine; mine()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=120)


def test_a_notebooks_field_tells_python_what_is_drawn():
    field = draw_a_digit()
    shown = field._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown and repr(field) == shown["text/plain"]
    field.widget.drawn = json.dumps([{"strokes": [[512, 100, 512, 900]], "meant": 1, "said": [1, 1]}])
    assert mine()[1].tolist() == [1]
    kept.take("[]")


def test_without_anywidget_the_field_still_reads_and_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(notebook, "usable_field", lambda: None)
    shown = draw_a_digit()._repr_mimebundle_()
    assert "pip install anywidget" in shown["text/html"] and "nnDigits" in shown["text/html"]


def test_the_network_of_the_pages_is_small_and_as_good_as_chapter_13_says(net):
    _, _, X_test, y_test = nnlib.stratified_split(*nnlib.digits(), test=0.25, seed=0)
    assert (net.predict(X_test) == y_test).mean() == pytest.approx(0.9822, abs=1e-4)  # the first of the five
    text = element.script(net) + (SCRIPTS / "recipe.js").read_text(encoding="utf-8")
    assert len(gzip.compress(text.encode(), 9)) < 41_000
    layers = json.loads(packed(net))
    assert [len(base64.b64decode(layer["weight"])) for layer in layers] == [4 * 64 * 128, 4 * 128 * 10]


def test_the_recipe_reads_a_hand_that_is_unreadable_without_it(net):
    """Chapter 13's table, drawn anew with another seed: the floor that it must not fall through."""
    labels, rng = np.repeat(np.arange(10), 5), np.random.default_rng(2)
    on, off = [], []
    for style in hand.STYLES:
        inks = [recipe.bitmap(*hand.write(k, style, rng)) for k in labels]
        on.append(np.mean(net.predict(np.array([recipe.normalise(ink) for ink in inks])) == labels))
        off.append(np.mean(net.predict(np.array([recipe.as_drawn(ink) for ink in inks])) == labels))
    assert np.mean(on) >= 0.85 and min(on) >= 0.75
    assert np.mean(off) <= 0.45 and all(a > b for a, b in zip(on, off, strict=True))
