"""The book in two more engines, Gecko and WebKit: what a reader does there is answered as in a notebook."""

import functools
import json
import os
from pathlib import Path

import drivers
import engines
import pytest
from hosts import Host, finish, some_pages

from classroom.exercises import get
from classroom.inpage import check_code

ROOT = Path(__file__).parent.parent.parent
CHAPTER = "chapters/03_biases"
FIGURE = "document.querySelector('nn-explore[data-name=gate]')"
CELL = "9dc6f142"  # it prints four lines
EXERCISE, OTHER = "and_gate", "step_position"
STARTS = 120  # seconds for Python to start on a busy machine, and for Matplotlib to come


def part(name):
    """An exercise or a cell, as JavaScript."""
    return f'document.querySelector(\'[data-exercise="{name}"], [data-cell="{name}"]\')'


@pytest.fixture(scope="module", params=["Firefox", "WebKitGTK"])
def engine(request, tmp_path_factory, python_address):
    """One started browser for all tests of this file, with the chapter open and every part of it awake."""
    missing = engines.how(request.param)
    if missing:
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    driven = getattr(drivers, request.param)(engines.find(request.param), tmp_path_factory.mktemp("engine"))
    try:
        driven.open(f"{python_address}{CHAPTER}.html")
        awake(driven)
        yield driven
    finally:
        driven.close()


def awake(engine):
    asleep = "document.querySelectorAll(':is(nn-exercise, nn-cell):not(.nn-awake)').length"
    left = engine.until(asleep, lambda count: count == 0)
    assert left == 0, f"{engine.name}: {left} exercises and cells of {CHAPTER} do not come alive"


def checked(engine, name, code):
    """What a check on the page answers; the sentence below the exercise is the same."""
    answer = engine.evaluate(f"({part(name)}.code = {json.dumps(code)}, {part(name)}.check())", STARTS)
    shown = engine.evaluate(f"{part(name)}.says.textContent")
    assert answer["message"].replace("`", "") in shown, f"{engine.name} shows {shown!r}, but answers {answer}"
    return answer


@functools.cache
def verdict(name, code):
    """The same from the notebook's Python."""
    said = check_code(name, code)
    return {key: said[key] for key in ("ok", "kind", "message")}


def test_a_figure_answers_its_slider(engine):
    says, slider = f"{FIGURE}.querySelector('.nn-says').textContent", f"{FIGURE}.querySelector('input[type=range]')"
    engine.evaluate(f"{FIGURE}.scrollIntoView({{ block: 'center', behavior: 'instant' }})")
    awake = engine.until(f"{FIGURE}.matches('.nn-ready')", lambda ready: ready)
    assert awake, f"{engine.name}: the figure does not come alive where a reader is near"
    engine.evaluate(f"{FIGURE}.open()")
    before, picture = engine.evaluate(says), engine.screenshot()
    assert before.startswith("b = −2.75"), f"{engine.name} says {before!r}"
    engine.evaluate(f"{slider}.focus()")
    engine.press("\ue014" * 5)  # the right arrow
    after = engine.until(says, lambda now: now.startswith("b = −1.50"), 5)
    assert after.startswith("b = −1.50") and "(AND)" in after, f"{engine.name} says {after!r}"
    assert engine.screenshot() != picture, f"{engine.name} says {after!r}, and its picture is the one of {before!r}"


@pytest.mark.parametrize(
    "name, code",
    [
        (EXERCISE, get(EXERCISE).starter),
        (EXERCISE, get(EXERCISE).solution),
        (EXERCISE, get(EXERCISE).solution.replace("-1.5", "-0.5")),
        (EXERCISE, "def and_gate(:\n    pass"),
        (OTHER, get(OTHER).solution),
        (OTHER, get(OTHER).solution.replace("-b", "b")),
    ],
    ids=["not written", "right", "wrong", "no Python", "another right", "another wrong"],
)
def test_an_answer_gets_the_notebooks_verdict(engine, name, code):
    answer = checked(engine, name, code)
    assert answer == verdict(name, code), f"{engine.name} says {answer}"


def test_a_cell_prints_what_the_notebook_prints(engine):
    notebook = json.loads((ROOT / f"{CHAPTER}.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["id"] == CELL)
    stored = "".join(text for output in cell["outputs"] for text in output["text"])
    done = engine.evaluate(f"{part(CELL)}.run()", STARTS)
    assert done == {"text": stored, "error": ""}, f"{engine.name} says {done}"
    shown = engine.evaluate(f"{part(CELL)}.querySelector('.nn-output').textContent")
    assert shown == stored, f"{engine.name} shows {shown!r}"


def test_an_endless_loop_is_stopped_and_the_page_lives_on(engine):
    endless = "def and_gate():\n    while True: pass"  # on one line, so that it is stopped there in every Python
    answer = checked(engine, EXERCISE, endless)
    assert answer["kind"] == "timeout" and answer == verdict(EXERCISE, endless), f"{engine.name} says {answer}"
    answer = checked(engine, EXERCISE, get(EXERCISE).solution)
    assert answer["ok"], f"after an endless loop {engine.name} says {answer}"


def test_after_stop_the_next_check_works(engine):
    endless = "print('it runs')\nwhile True:\n    pass"
    engine.evaluate(f"{part(CELL)}.code = {json.dumps(endless)}")
    engine.evaluate(f"(window.ends = {part(CELL)}.run(), null)")
    state = f"[{part(CELL)}.says.textContent, {part(CELL)}.busy]"
    shown, busy = engine.until(state, lambda now: "it runs" in now[0] or not now[1], STARTS)
    assert busy and "it runs" in shown, f"{engine.name} shows {shown!r} where a cell should run"
    engine.evaluate(f"{part(CELL)}.stop.click()")
    done = engine.evaluate("window.ends")
    assert done["error"].startswith("Stopped. Python starts anew"), f"{engine.name} says {done}"
    answer = checked(engine, EXERCISE, get(EXERCISE).solution)
    assert answer["ok"], f"after Stop {engine.name} says {answer}"


def test_what_was_written_and_solved_is_there_after_a_reload(engine):
    answer = checked(engine, EXERCISE, get(EXERCISE).solution)
    assert answer["ok"], f"{engine.name} says {answer}"
    engine.evaluate(f"{part(OTHER)}.code = 'def step_position(w, b):\\n    return '")
    engine.evaluate(f"{part(OTHER)}.open()")
    engine.evaluate(f"{part(OTHER)}.querySelector('.cm-content').focus()")
    engine.evaluate("getSelection().selectAllChildren(document.activeElement)")
    engine.evaluate("getSelection().collapseToEnd()")
    engine.press("-b / (w)")
    written = engine.evaluate(f"{part(OTHER)}.code")
    assert written == "def step_position(w, b):\n    return -b / (w)", f"{engine.name} has written {written!r}"

    engine.reload()
    awake(engine)
    kept = engine.evaluate(f"{part(OTHER)}.code")
    assert kept == written, f"{engine.name} keeps {kept!r}"
    shown = engine.evaluate(f"{part(OTHER)}.pre.textContent")
    assert shown == written + "\n", f"{engine.name} shows {shown!r}"
    progress = engine.evaluate("document.querySelector('.question-progress').textContent")
    solved = engine.evaluate("document.querySelectorAll('nn-exercise.nn-done').length")
    count = engine.evaluate("document.querySelectorAll('nn-exercise').length")
    assert solved >= 1, f"{engine.name} has forgotten that {EXERCISE} is solved"
    assert f"Exercises of this chapter: {solved} of {count} solved." in progress, f"{engine.name} says {progress!r}"
    beside = engine.evaluate("document.querySelector('nav .current .question-count [aria-hidden]')?.textContent")
    assert beside and beside.startswith(f"{solved}/"), f"{engine.name} shows {beside!r} beside the chapter"


def test_the_book_is_there_without_a_network(engine, site, tmp_path):
    """The last one here: it leaves the chapter for a host whose line it cuts."""
    few = some_pages(site, tmp_path / "site")
    finish(few)
    with Host(few).served() as host:
        engine.open(f"{host.address}about.html")
        engine.until("!!window.bookOffline", lambda there: there)
        assert engine.evaluate("bookOffline.can"), f"{engine.name} has no service worker"
        engine.evaluate("bookOffline.keep()")
        state = "bookOffline.state().then(kept => kept.book && !!navigator.serviceWorker.controller)"
        assert engine.until(state, lambda kept: kept, 60), f"{engine.name} does not keep the book"
        host.cut = True
        for name, said in (("glossary.html", "Glossary"), ("chapters/01_neuron.html", "What does one neuron compute?")):
            engine.open(host.address + name)
            shown = engine.evaluate("document.querySelector('article h1')?.textContent ?? document.title")
            assert said in shown, f"{engine.name} shows {shown!r} without a network"
