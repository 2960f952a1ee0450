"""What a verdict looks like: the same words in a notebook and as text, and no pictures of the answer above it."""

import html
import re

import numpy as np
import pytest

from classroom.exercises import get, panel
from classroom.exercises.engine import judge
from classroom.exercises.sandbox import Session


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("`", " ").split())


def loud(z):
    print("a < b")
    return z + 1


@pytest.mark.parametrize("answer", [loud, lambda z: np.maximum(z, 0), None, lambda z: z[0]])
def test_the_panel_and_the_text_hold_the_same_words(answer):
    verdict = judge(get("relu"), answer)
    shown = words(panel.as_html(verdict)).lstrip("✓✗… ")
    assert re.sub(r"[\s:]+", "", shown) == re.sub(r"[\s:]+", "", words(panel.as_text(verdict)))


def test_pictures_that_the_answer_draws_are_closed_again():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    mine = pyplot.figure()
    before = pyplot.get_fignums()

    def relu(z):
        pyplot.figure()
        pyplot.plot(z.ravel())
        return np.maximum(z, 0)

    assert judge(get("relu"), relu).ok and pyplot.get_fignums() == before
    pyplot.close(mine)


def test_what_the_answer_displays_is_not_shown(monkeypatch):
    IPython = pytest.importorskip("IPython")
    shell = IPython.core.interactiveshell.InteractiveShell.instance()
    try:
        published = []
        monkeypatch.setattr(type(shell.display_pub), "publish", lambda *a, **k: published.append(1))
        mine = shell.display_pub
        with Session(None, 1.0) as session:
            session.call(lambda: IPython.display.display(3), ())
        assert shell.display_pub is mine and not published
        IPython.display.display(3)
        assert published, "outside it is shown"
    finally:
        type(shell).clear_instance()


def test_an_input_that_can_be_typed():
    given = judge(get("init_he"), lambda fan_in, fan_out, rng: (np.ones((fan_in, fan_out)), np.zeros(fan_out))).inputs
    assert re.search(r"rng = np\.random\.default_rng\(\d+\)", given)
