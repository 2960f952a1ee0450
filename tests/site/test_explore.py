"""Figures on a page: the hand moves them, by every means; what they show is what matplotlib draws."""

import re

import numpy as np
import pytest
from pictures import ROOT, differing

from classroom.explore import Layout, Play, collecting, drag, explore, page
from classroom.figures import style

CODE = ROOT / "classroom" / "explore"
AXE = (ROOT / "_vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
GRID = np.linspace(-2, 2, 25)


# ------------------------------------------------------------------------------------------- a page of our own


def curve(ax, w=1.0, b=0.0, shape="tanh", grid=False):
    """A curve."""
    f = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[shape]
    ax.plot(GRID, f(w * GRID + b))
    ax.set(xlim=(-2, 2), ylim=(-1.1, 2.1), xlabel="$x$")
    ax.grid(grid)
    if w:
        drag(ax, -b / w, 0, "b")
    return f"It crosses zero at {-b / w + 0.0:.2f}." if w else "It never crosses zero."


def field(ax, w=1.0):
    """A field.

    No sentence here.
    """
    X, Y = np.meshgrid(GRID, GRID)
    ax.contourf(X, Y, np.tanh(w * X * Y), levels=np.linspace(-1, 1, 6), cmap=style.DIVERGING)


def film(axes, epoch=3, blur=False):
    """A film in two panels."""
    axes[0].imshow(np.outer(GRID, GRID) * epoch, cmap=style.DIVERGING, vmin=-4, vmax=4)
    style.ink_image(axes[1], np.eye(4) * (0.5 if blur else 1.0), 0, 1)
    axes[1].set_title("4 & 4 < 9")
    return f"Epoch {epoch}."


def arrow(ax, w1=1.0, w2=0.5):
    """An arrow: drag its tip."""
    ax.plot([0, w1], [0, w2])
    ax.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2))
    drag(ax, w1, w2, "w1", "w2")


def step(ax, b=0.0):
    """A step."""
    ax.plot(GRID, np.tanh(4 * GRID + b))
    drag(ax, -b / 4, 0, "b")
    return f"b is {b}."


def turn(ax, w=1.0):
    """A line."""
    ax.plot(GRID, w * GRID)


@pytest.fixture(scope="module")
def drawn():
    with collecting() as found:
        explore(w=(-2, 2, 1.0), b=(-1, 1, 0.25), shape=["tanh", "relu"], grid=False)(curve)
        explore(w=(-2, 2, 0.5))(field)
        explore(Layout(1, 2, width=8, height=3), epoch=Play(0, 6, interval=40), blur=False)(film)
        explore(w1=(-2, 2, 0.5), w2=(-2, 2, 0.5))(arrow)
        explore()(field)
        explore(b=(-2, 2, 1.0), guess="Where does the *step* go?")(step)
        explore(w=(-2, 2, 1.0), guess=("Which way does it turn?", ["to the left", "to the right"]))(turn)
    return {figure.id: figure for figure in found}


@pytest.fixture(scope="module")
def base(drawn, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    for name in ("drag.js", "explore.js", "guess.js", "explore.css"):
        (folder / name).write_text((CODE / name).read_text(encoding="utf-8"), encoding="utf-8")
    bodies = "<p>Words.</p>".join(page.bake(figure) for figure in drawn.values())
    (folder / "page.html").write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
        <title>Figures</title><meta name="viewport" content="width=device-width">
        <link rel="stylesheet" href="explore.css"><script defer src="drag.js"></script>
        <script defer src="explore.js"></script>
        <script defer src="guess.js"></script>
        <style>body {{ font: 17px/1.5 sans-serif; margin: 0;
        color: var(--nn-text); background: var(--nn-paper) }}
        main {{ max-width: 44rem; margin: auto; padding: 1rem }}</style></head>
        <body><main><h1 id="top">Figures</h1>{bodies}<h2 id="end">End</h2></main></body></html>""",
        encoding="utf-8",
    )
    whole = (folder / "page.html").read_text(encoding="utf-8")
    (folder / "broken.html").write_text(re.sub(r'(x-explore">).{9}', r"\1broken!!!", whole), encoding="utf-8")
    return folder.as_uri() + "/"


@pytest.fixture
def opened(visit, base):
    """opened(hash, ...): the page, with every figure's frames unpacked."""

    def open_page(path="page.html", **options):
        shown = visit(path, base=base, **options)
        if options.get("java_script_enabled", True):
            shown.evaluate("Promise.all([...document.querySelectorAll('nn-explore')].map(f => f.open()))")
        return shown

    return open_page


def after_a_frame(shown):
    shown.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def says(shown, name="curve"):
    after_a_frame(shown)
    return shown.inner_text(f"#explore-{name} .nn-says")


def address_becomes(shown, wanted):
    """Once the hand has rested: what follows the address's #, for as long as it takes on a busy machine."""
    shown.wait_for_function("wanted => location.hash.slice(1) === wanted", arg=wanted)


# -------------------------------------------------------------------------------------------------- the picture


def test_the_picture_is_what_matplotlib_draws(opened, drawn):
    shown = opened()
    for figure in drawn.values():
        wrong = differing(shown, figure, 60)
        assert not wrong, wrong[0]


# --------------------------------------------------------------------------------------------------- by keyboard


def test_every_control_answers_the_keyboard(opened):
    shown = opened()
    reached = []
    for _ in range(40):
        shown.keyboard.press("Tab")
        reached.append(shown.evaluate("document.activeElement.id || document.activeElement.dataset.act || ''"))
    for name in (
        "curve-w",
        "curve-b",
        "curve-shape",
        "curve-grid",
        "field-w",
        "film-epoch",
        "back",
        "play",
        "forward",
        "link",
        "reset",
    ):
        assert name in reached, name

    before = shown.inner_html("#explore-curve .nn-frame > svg")
    shown.focus("#curve-b")
    shown.keyboard.press("ArrowRight")
    assert says(shown) == "It crosses zero at -0.25."
    assert shown.inner_html("#explore-curve .nn-frame > svg") != before
    assert shown.get_attribute("#curve-b", "aria-valuetext") == "0.25"
    assert shown.inner_text("#explore-curve output[for=curve-b]") == "0.25"
    shown.keyboard.press("End")
    assert says(shown) == "It crosses zero at -1.00."
    shown.focus("#curve-w")
    shown.keyboard.press("Home")
    assert says(shown) == "It crosses zero at 0.50."
    assert shown.inner_text("#explore-curve output[for=curve-w]") == "−2"

    paths = shown.inner_html("#explore-curve .nn-frame > svg")
    shown.select_option("#curve-shape", "relu")
    after_a_frame(shown)
    assert shown.inner_html("#explore-curve .nn-frame > svg") != paths
    paths = shown.inner_html("#explore-curve .nn-frame > svg")
    shown.focus("#curve-grid")
    shown.keyboard.press("Space")
    after_a_frame(shown)
    assert shown.inner_html("#explore-curve .nn-frame > svg") != paths

    shown.focus("#explore-curve [data-act=reset]")
    shown.keyboard.press("Enter")
    assert says(shown) == "It crosses zero at 0.00."
    assert shown.inner_html("#explore-curve .nn-frame > svg") == before


# A frame of a film is there for 40 ms: too short for a hand outside the page.
STOP_AT = """words => {
    const film = document.querySelector('#explore-film'), says = film.querySelector('.nn-says');
    new MutationObserver((_, watch) => {
        if (says.textContent !== words) return;
        watch.disconnect();
        film.querySelector('[data-act=play]').click();
        film.dataset.stopped = 'yes';
    }).observe(says, { childList: true, characterData: true, subtree: true });
}"""


def test_play_steps_runs_and_stops(opened):
    shown = opened()
    shown.click("#explore-film [data-act=forward]")
    assert says(shown, "film") == "Epoch 4."
    shown.click("#explore-film [data-act=back]")
    shown.click("#explore-film [data-act=back]")
    assert says(shown, "film") == "Epoch 2."
    play = shown.locator("#explore-film [data-act=play]")
    play.click()
    assert play.get_attribute("aria-pressed") == "true"
    shown.wait_for_function("document.querySelector('#explore-film .nn-says').textContent === 'Epoch 6.'")
    shown.wait_for_function("document.querySelector('#explore-film [data-act=play]').ariaPressed === 'false'")
    shown.evaluate(STOP_AT, "Epoch 1.")
    play.click()  # at the end it starts over
    shown.wait_for_function("document.querySelector('#explore-film').dataset.stopped")
    shown.wait_for_timeout(200)
    assert says(shown, "film") == "Epoch 1."


def test_reduced_motion_jumps(opened):
    shown = opened(reduced_motion="reduce")
    shown.click("#explore-film [data-act=play]")
    assert says(shown, "film") == "Epoch 6."
    shown.click("#explore-film [data-act=play]")
    assert says(shown, "film") == "Epoch 0."


def test_the_sentence_is_read_once_the_hand_rests(opened):
    shown = opened()
    live = shown.locator("#explore-curve .nn-live")
    assert live.get_attribute("aria-live") == "polite" and live.inner_text() == ""
    shown.focus("#curve-b")
    for _ in range(4):
        shown.keyboard.press("ArrowRight")
    assert live.inner_text() == ""
    shown.wait_for_function("document.querySelector('#explore-curve .nn-live').textContent !== ''")
    assert live.inner_text() == "It crosses zero at -1.00."
    shown.focus("#field-w")  # without a sentence: the values
    shown.keyboard.press("ArrowRight")
    shown.wait_for_function("document.querySelector('#explore-field .nn-live').textContent !== ''")
    assert shown.locator("#explore-field .nn-live").inner_text() == "w = 1.5"


# ---------------------------------------------------------------------------------------------------- by pointer


def test_a_point_is_dragged_to_the_nearest_value(opened):
    shown = opened()
    grip = shown.locator("#explore-curve .nn-grip")
    box, frame = grip.bounding_box(), shown.locator("#explore-curve .nn-frame").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    shown.mouse.move(x + 5, y + 5)
    shown.mouse.down()
    shown.mouse.move(x + 5 + frame["width"] * 0.2, y + 60, steps=4)  # 0.2 of the width: near x = 0.94
    shown.mouse.up()
    assert says(shown) == "It crosses zero at 1.00."
    assert shown.inner_text("output[for=curve-b]") == "−1.00"
    assert grip.bounding_box()["x"] > box["x"] + 50
    shown.mouse.move(10, 10)  # let go: it stays
    assert says(shown) == "It crosses zero at 1.00."
    shown.focus("#curve-w")
    for _ in range(3):
        shown.keyboard.press("ArrowLeft")
    assert says(shown) == "It crosses zero at -0.50."
    shown.locator("#curve-w").evaluate("e => { e.value = 2; e.dispatchEvent(new Event('input', {bubbles: true})) }")
    assert says(shown) == "It never crosses zero."
    assert not grip.is_visible()
    shown.click("#explore-curve [data-act=reset]")
    after_a_frame(shown)
    assert grip.bounding_box() == box


def test_a_point_in_the_plane_is_dragged_by_touch(opened):
    shown = opened(has_touch=True, width=390, is_mobile=True)
    grip = shown.locator("#explore-arrow .nn-grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box["width"] >= 44 and box["height"] >= 44
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = shown.context.new_cdp_session(shown)
    touch = lambda kind, points: client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # noqa: E731
    touch("touchStart", [{"x": x, "y": y}])
    for part in (0.3, 0.6, 1):
        touch("touchMove", [{"x": x - 100 * part, "y": y + 40 * part}])
    touch("touchEnd", [])
    after_a_frame(shown)
    values = [float(shown.inner_text(f"output[for=arrow-{name}]").replace("−", "-")) for name in ("w1", "w2")]
    assert values[0] <= -0.5 and values[1] <= -0.5


# ---------------------------------------------------------------------------------------------------- the address


def test_a_view_can_be_shared(opened, base):
    shown = opened("page.html#end")
    shown.focus("#curve-b")
    shown.keyboard.press("ArrowLeft")
    shown.select_option("#curve-shape", "relu")
    shown.focus("#field-w")
    shown.keyboard.press("Home")
    wanted = "curve:b=-0.25,shape=relu&field:w=-2.0"
    address_becomes(shown, wanted)
    assert shown.get_attribute("#explore-curve .nn-link", "href") == "#curve:b=-0.25,shape=relu"

    other = opened("page.html#" + wanted)
    assert says(other) == "It crosses zero at 0.25."
    assert other.input_value("#curve-shape") == "relu" and other.inner_text("output[for=field-w]") == "−2.0"
    other.evaluate("location.hash = '#arrow:w1=2,w2=-2'")
    other.wait_for_function("document.querySelector('output[for=arrow-w1]').textContent === '2.0'")
    other.wait_for_timeout(100)
    top = other.locator("#explore-arrow").bounding_box()["y"]
    assert -300 < top < 800
    other.click("#explore-arrow [data-act=reset]")
    other.click("#explore-curve [data-act=reset]")
    other.click("#explore-field [data-act=reset]")
    address_becomes(other, "")


def test_an_ordinary_anchor_stays_and_nonsense_is_harmless(opened):
    shown = opened("page.html#end")
    shown.focus("#curve-b")
    shown.keyboard.press("ArrowLeft")
    shown.keyboard.press("ArrowRight")  # told, as an address would be
    shown.wait_for_function("document.querySelector('#explore-curve .nn-live').textContent")
    after_a_frame(shown)
    assert shown.url.endswith("#end")
    shown = opened("page.html#curve:w=99,zzz=1,b=%E0%A4%A&nothing:x=1&field")
    assert says(shown) == "It crosses zero at 0.00."


def test_of_an_address_that_says_a_thing_twice_the_last_counts_however_long_it_is(opened):
    shown = opened("page.html#curve:b=0.5&field:w=-2.0&curve:b=-0.25")
    assert says(shown) == "It crosses zero at 0.25." and shown.inner_text("output[for=field-w]") == "−2.0"
    shown.evaluate("location.hash = 'curve:b=0.5&'.repeat(20_000)")  # it once held a page up for minutes
    shown.wait_for_function("document.querySelector('#explore-curve .nn-says').textContent.endsWith('-0.50.')")


# --------------------------------------------------------------------------------------------------- guess first


def shut(shown, name):
    """Whether a figure's controls are shut, for the keyboard, the pointer and a screen reader alike."""
    panel = shown.locator(f"#explore-{name} .nn-controls")
    return panel.evaluate("panel => panel.inert") and not shown.locator(f"#explore-{name} .nn-grip").first.is_visible()


def test_the_controls_open_once_there_is_a_guess_and_it_stays_beside_the_answer(opened):
    shown = opened()
    assert shown.inner_text("#explore-step .nn-question") == "Guess first. Where does the step go?"
    assert shut(shown, "step") and not shown.evaluate("document.querySelector('#explore-curve .nn-controls').inert")
    shown.focus("#explore-step .nn-answer input")
    shown.keyboard.press("Enter")  # nothing written yet
    assert "Write a few words first" in shown.inner_text("#explore-step .nn-guessed") and shut(shown, "step")
    shown.keyboard.type("to <the> left")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    assert shown.inner_text("#explore-step .nn-guessed").startswith("Your guess: to <the> left")
    assert not shown.locator("#explore-step .nn-answer").is_visible()
    assert shown.evaluate("document.activeElement.id") == "step-b"
    shown.keyboard.press("ArrowRight")
    assert says(shown, "step") == "b is 1.0."
    assert "to <the> left" in shown.inner_text("#explore-step")
    assert shown.locator("#explore-step .nn-grip").is_visible()


def test_a_guess_is_picked_kept_and_asked_again(opened):
    shown = opened()
    assert shut(shown, "turn")
    pick = shown.locator("#explore-turn .nn-answer [data-act=guess]")
    pick.click()
    assert "Choose one first" in shown.inner_text("#explore-turn .nn-guessed") and shut(shown, "turn")
    shown.get_by_label("to the right").check()
    pick.click()
    assert shown.inner_text("#explore-turn .nn-guessed").startswith("Your guess: to the right")
    shown.reload()
    shown.wait_for_selector("#explore-turn .nn-answered")
    assert shown.inner_text("#explore-turn .nn-guessed").startswith("Your guess: to the right")
    assert not shown.evaluate("document.querySelector('#explore-turn .nn-controls').inert")
    assert shut(shown, "step")
    shown.click("#explore-turn [data-act=again]")
    assert shut(shown, "turn") and pick.is_visible()
    shown.reload()
    shown.wait_for_selector("#explore-turn .nn-asking")


def test_a_guess_may_be_skipped_and_that_is_kept_too(opened):
    shown = opened()
    shown.click("#explore-step [data-act=skip]")
    assert shown.inner_text("#explore-step .nn-guessed").startswith("Skipped.")
    assert not shown.evaluate("document.querySelector('#explore-step .nn-controls').inert")
    shown.reload()
    shown.wait_for_selector("#explore-step .nn-answered")


def test_a_guess_is_asked_where_nothing_can_be_kept(opened):
    shown = opened()
    shown.evaluate("localStorage.setItem(customElements.get('nn-guess').store.key, '[broken')")
    shown.reload()
    shown.wait_for_selector("#explore-step .nn-asking")
    shown.evaluate("Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('off'); }; 0")
    shown.click("#explore-step [data-act=skip]")
    assert shown.inner_text("#explore-step .nn-guessed").startswith("Skipped.")


def test_without_script_the_question_is_read(opened):
    shown = opened(java_script_enabled=False)
    assert shown.inner_text("#explore-step .nn-question") == "Guess first. Where does the step go?"
    assert not shown.locator("#explore-step .nn-answer").is_visible()


# ------------------------------------------------------------------------------------ without script, on paper, small


def test_without_script_the_first_picture_and_its_values(opened):
    shown = opened(java_script_enabled=False)
    assert shown.locator("#explore-curve svg[role=img]").is_visible()
    assert shown.locator("#explore-curve .nn-values").inner_text() == "w = 1, b = 0.00, shape: tanh, grid: off"
    assert shown.locator("#explore-curve .nn-says").inner_text() == "It crosses zero at 0.00."
    assert not shown.locator(".nn-controls").first.is_visible()


def test_frames_that_cannot_be_read_leave_the_first_picture(opened):
    shown = opened("broken.html")
    assert shown.locator("#explore-curve .nn-values").is_visible()
    assert not shown.locator("#explore-curve .nn-controls").is_visible()


def test_paper_has_the_values_and_no_controls(opened):
    shown = opened()
    shown.focus("#curve-b")
    shown.keyboard.press("ArrowRight")
    after_a_frame(shown)
    shown.emulate_media(media="print")
    assert not shown.locator("#explore-curve .nn-controls").is_visible()
    assert "b = 0.25" in shown.locator("#explore-curve .nn-values").inner_text()


def test_a_phone_scrolls_only_the_wide_picture_and_can_touch_everything(opened):
    shown = opened(width=390, is_mobile=True, has_touch=True)
    assert shown.evaluate("document.documentElement.scrollWidth") == 390
    touched = ".nn-controls :is(input[type=range], select, button, a), .nn-tick, .nn-answer > *, .nn-options > label"
    small = shown.evaluate(
        """touched => [...document.querySelectorAll(touched)]
        .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""",
        touched,
    )
    assert small == []
    wide = shown.locator("#explore-film .nn-picture")
    assert wide.get_attribute("tabindex") == "0" and wide.get_attribute("aria-label")
    assert shown.locator("#explore-curve .nn-picture").get_attribute("tabindex") is None
    size = shown.evaluate("""Math.min(...[...document.querySelectorAll('.nn-frame > svg text')].map(t =>
        parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a).filter(s => s > 0))""")
    assert size >= 9, size


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(opened, scheme):
    shown = opened(color_scheme=scheme)
    shown.evaluate(AXE + ";0")
    found = shown.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    assert [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found["violations"]] == []
    ink = shown.evaluate("getComputedStyle(document.querySelector('#explore-curve text')).fill")
    assert ink == {"light": "rgb(1, 2, 3)", "dark": "rgb(230, 232, 236)"}[scheme]


def test_colours_of_the_page_are_those_of_the_house_style():
    sheet = (CODE / "explore.css").read_text(encoding="utf-8")
    for colour, name in style.NAMES.items():
        assert re.findall(rf"--nn-{name}: (#\w+);", sheet) == [colour, style.DARK[colour], style.DARK[colour]], name
