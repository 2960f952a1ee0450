"""Kept frames: used again when nothing changed, never when anything did."""

import datetime
import functools
import math
import random
import types

import numpy as np
import pytest

import nnlib
from nnlib.interactive import Layout, cache, collecting, explore, frames

TEMPLATE = """
import numpy as np
from nnlib import tanh

points = np.linspace(-1, 1, 5)
height = {height}
options = {{"color": {color!r}}}

class Shape:
    power = {power}
    def __call__(self, x):
        return x ** self.power

shape = Shape()

def helper(x):
    return deeper(x) + {offset}

def deeper(x):
    return shape(x) * {factor}

def maker(scale):
    def scaled(x):
        return x * scale
    return scaled

scaled = maker({scale})

def picture(ax, w=0):
    "A picture."
    ax.plot(points, scaled(helper(tanh(points * w))) + height, **options)
    return "At {word}."
"""
PLAIN = dict(height=1.0, color="red", power=2, offset=0, factor=1, scale=2, word="ease")


def figure(**changes):
    space = {"__name__": "chapter"}
    exec(TEMPLATE.format(**{**PLAIN, **{k: v for k, v in changes.items() if k in PLAIN}}), space)
    if "points" in changes:
        space["points"][:] = changes["points"]
    with collecting():
        return explore(*changes.get("options", ()), w=changes.get("w", (0, 2)))(space["picture"])


@pytest.fixture(autouse=True)
def kept_here(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_FRAMES", str(tmp_path))
    return tmp_path


@pytest.fixture
def drawn(monkeypatch):
    """How many figures were really drawn."""
    count, real = [], frames.draw_all
    monkeypatch.setattr(frames, "draw_all", lambda figure: count.append(figure.name) or real(figure))
    return count


def test_nothing_is_drawn_twice(drawn, kept_here):
    first = frames.frames(figure())
    assert frames.frames(figure()) == first
    assert len(drawn) == 1
    assert [path.suffix for path in kept_here.iterdir()] == [".z"]


@pytest.mark.parametrize("change", [
    {"height": 1.5}, {"color": "blue"}, {"power": 3}, {"offset": 1}, {"factor": 2}, {"scale": 3}, {"word": "once"},
    {"points": 0.5}, {"w": (0, 3)}, {"options": (Layout(width=5),)},
], ids=lambda change: next(iter(change)))
def test_whatever_the_picture_depends_on_draws_it_anew(change, drawn):
    before = frames.frames(figure())
    after = frames.frames(figure(**change))
    assert len(drawn) == 2
    assert before != after


def test_a_changed_function_in_nnlib_draws_it_anew(drawn, tmp_path, monkeypatch):
    house = tmp_path / "nnlib"
    (house / "interactive").mkdir(parents=True)
    (house / "activations.py").write_text("def tanh(x): return 1")
    monkeypatch.setattr(cache, "__file__", str(house / "interactive" / "cache.py"))
    cache.surroundings.cache_clear()
    frames.frames(figure())
    cache.surroundings.cache_clear()
    frames.frames(figure())
    assert len(drawn) == 1
    (house / "activations.py").write_text("def tanh(x): return 2")
    cache.surroundings.cache_clear()
    frames.frames(figure())
    assert len(drawn) == 2
    monkeypatch.undo()
    cache.surroundings.cache_clear()


def test_all_of_nnlib_is_in_the_key():
    root = types.SimpleNamespace(n=0)
    real = cache.Path.read_bytes

    def counted(path):
        root.n += path.suffix == ".py"
        return real(path)
    cache.surroundings.cache_clear()
    cache.Path.read_bytes, before = counted, cache.Path.read_bytes
    try:
        cache.surroundings()
    finally:
        cache.Path.read_bytes = before
    folder = cache.Path(nnlib.__file__).parent
    assert root.n == len(list(folder.rglob("*.py"))) > 20


ROWS, VIEW = iter([1, 2]), memoryview(b"abc")
LOOSE = [
    lambda ax: ax.plot(random.random()),
    lambda ax: ax.set_title(datetime.datetime.now()),
    lambda ax: ax.plot(np.load("weights.npy")),
    lambda ax: ax.set_title(open("title.txt").read()),
    lambda ax: ax.set_title(eval("1")),
    lambda ax, rows=ROWS: ax.plot(list(rows)),
    lambda ax, view=VIEW: ax.plot(list(view)),
]


@pytest.mark.parametrize("function", LOOSE)
def test_what_cannot_be_seen_is_never_kept(function):
    with pytest.raises(cache.Unknown):
        cache.digest(function)
    with collecting():
        assert cache.key_of(explore()(function)) is None


def test_an_import_inside_the_function_is_seen():
    def pure(ax):
        import math
        ax.set_title(math.pi)

    def impure(ax):
        import time
        ax.set_title(time.time())
    cache.digest(pure)
    with pytest.raises(cache.Unknown):
        cache.digest(impure)


class Slotted:
    __slots__ = ("x", "__y")

    def __init__(self, x, y):
        self.x, self.__y = x, y


class Hidden(dict):
    pass


def network(seed):
    return nnlib.Network([nnlib.Linear(2, 3, rng=np.random.default_rng(seed)), nnlib.Tanh()])


PAIRS = [
    (1, 1.0), (True, 1), ("1", 1), ([1, 2], (1, 2)), ([1, [2]], [1, 2]), ({"a": 1}, {"a": 2}), ({1}, {2}),
    (None, "None"),
    (np.zeros(2), np.zeros(3)), (np.zeros(2), np.zeros(2, np.float32)), (np.array([1.0]), np.array([1.0 + 1e-15])),
    (np.array([[1, 2]], object), np.array([[1, 3]], object)), (np.zeros((2, 3)), np.zeros((3, 2))),
    (network(0), network(1)), (np.random.default_rng(0), np.random.default_rng(1)), (Slotted(1, 2), Slotted(1, 3)),
    (functools.partial(max, 1), functools.partial(max, 2)), (math.sin, math.cos), (nnlib.tanh, nnlib.relu),
    (network(0).forward, network(1).forward), (lambda x: x + 1, lambda x: x + 2), (lambda x, y=1: x, lambda x, y=2: x),
    (functools.lru_cache(lambda x: 1), functools.lru_cache(lambda x: 2)), (slice(1, 2), slice(1, 3)),
]


@pytest.mark.parametrize("one, other", PAIRS)
def test_different_content_has_another_hash_and_the_same_has_the_same(one, other):
    assert cache.digest(one) == cache.digest(one)
    assert cache.digest(one) != cache.digest(other)


def test_equal_content_in_other_objects_has_the_same_hash():
    assert cache.digest(network(3)) == cache.digest(network(3))
    assert len({cache.digest([np.arange(3), {"a": Slotted(1, 2)}]) for _ in range(2)}) == 1
    loop = [1]
    loop.append(loop)
    assert cache.digest(loop)
    with pytest.raises(cache.Unknown):
        cache.digest(Hidden(a=1))


def test_a_damaged_file_is_drawn_over(drawn, kept_here):
    first = frames.frames(figure())
    (path,) = kept_here.iterdir()
    for damage in (b"", b"nonsense", path.read_bytes()[:100]):
        path.write_bytes(damage)
        assert frames.frames(figure()) == first
    assert len(drawn) == 4


def test_nowhere_to_keep_frames_means_no_key(monkeypatch):
    monkeypatch.delenv("NNLIB_FRAMES")
    assert cache.key_of(figure()) is None
