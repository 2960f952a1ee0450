"""Figures: how fast they are drawn, how fast they answer on a page and in a live kernel, how large they are.

Also that they show what matplotlib draws. First three figures made here, then every figure of the built book.
"""

import contextlib
import gzip
import json
import os
import queue
import random
import tempfile
import time
from pathlib import Path

import chromium
from pictures import book_pages, code_cells, differing, figures_of
from playwright.sync_api import sync_playwright

from classroom.explore import collecting, frames, page

from . import ROOT
from .timing import Table, verdict

SITE = Path(os.environ.get("SITE", ROOT / "_build" / "html"))
COMPARED = 200  # random settings of each figure, or all where it has fewer
SCRIPT, FRAME, LIVE, DRAWING = 4, 25, 60, 15  # bounds, in milliseconds
SIZES = {"curve": 30, "boundary": 300}  # bounds, in KB

SOURCE = '''
import numpy as np
from nnlib import sigmoid
from classroom.figures import style
from classroom.explore import explore

x = np.linspace(-6, 6, 121)
side = np.linspace(-3, 3, 41)
X1, X2 = np.meshgrid(side, side)
points = np.random.default_rng(0).normal(size=(60, 2))
above = points.sum(axis=1) > 0

@explore(w=(-6, 6, 0.5), b=(-6, 6, 0.5))
def curve(ax, w=1.0, b=0.0):
    """A curve, 25 × 25."""
    ax.plot(x, sigmoid(w * x + b))
    ax.set(xlim=(-6, 6), ylim=(-0.05, 1.05), xlabel="x", ylabel="output")
    return f"w = {w}, b = {b}"

@explore(w1=(-2, 2, 0.5), w2=(-2, 2, 0.5), b=(-2, 2, 0.5))
def boundary(ax, w1=1.0, w2=0.5, b=0.0):
    """A boundary over points, 9 × 9 × 9."""
    ax.contourf(X1, X2, sigmoid(w1 * X1 + w2 * X2 + b), levels=np.linspace(0, 1, 9), cmap=style.DIVERGING)
    ax.plot(*points[above].T, "o", color=style.BLUE, markeredgecolor=style.PAPER)
    ax.plot(*points[~above].T, "s", color=style.ORANGE, markeredgecolor=style.PAPER)
    ax.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="$x_1$", ylabel="$x_2$", aspect="equal")

@explore(row=(0, 24), column=(0, 24))
def image(ax, row=4, column=4):
    """An image, 25 × 25."""
    ax.imshow(np.add.outer(np.sin(np.arange(16) * row / 9), np.cos(np.arange(16) * column / 9)), cmap=style.DIVERGING)
'''

TIMES = """async ([id, scripts, frames]) => {
    const figure = document.getElementById("explore-" + id);
    await figure.open();
    const sizes = figure.controls.map(c => c.texts.length), script = [], input = [];
    let seed = 1;
    const random = n => (seed = seed * 48271 % 2147483647) % n;
    const rest = () => new Promise(done => setTimeout(done, 4));
    for (let i = 0; i < scripts; i++) {
        figure.setting = sizes.map(random);
        const start = performance.now();
        figure.show();
        script.push(performance.now() - start);
        await rest();
    }
    const channel = new MessageChannel();
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        channel.port1.onmessage = done; channel.port2.postMessage(0);     // after the frame that shows the change
    }));
    const control = figure.inputs.find(e => e.type === "range") || figure.inputs[0];
    for (let i = 0; i < frames; i++) {
        await new Promise(done => setTimeout(done, random(20)));          // at any moment of the screen's beat
        if (control.type === "checkbox") control.checked = !control.checked;
        else if (control.type === "range") control.value = random(+control.max + 1);
        else control.selectedIndex = random(control.options.length);
        const start = performance.now();
        control.dispatchEvent(new Event("input", {bubbles: true}));
        await painted();
        input.push(performance.now() - start);
    }
    return [script, input];
}"""

PANELS = """
import json as _json
from classroom.explore import Explore as _Explore
print(_json.dumps({figure.id: [figure.panel.picture.model_id, [
    [control.model_id, "index" if hasattr(control, "index") else "value", len(figure.parameters[i].values)]
    for i, control in enumerate(figure.panel.inputs.values())]]
    for figure in list(globals().values()) if isinstance(figure, _Explore) and hasattr(figure, "panel")}))
"""


def p95(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def kilobytes(text):
    return len(gzip.compress(text.encode(), 9)) / 1000


def drawing(figure):
    """Seconds, and seconds of processor time, for all frames of a figure, drawn as the build draws them."""
    figure.draw()
    worked, start = sum(os.times()[:4]), time.perf_counter()
    frames.draw_frames(figure, figure.settings())
    return time.perf_counter() - start, sum(os.times()[:4]) - worked


def tables(repetitions=None):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        try:
            return [three_figures(browser), the_book(browser)]
        finally:
            browser.close()


def three_figures(browser):
    """A curve of 25 × 25 settings, a boundary of 9 × 9 × 9, an image of 25 × 25."""
    with collecting() as found:
        exec(SOURCE, {"__name__": "bench"})
    columns = [
        "figure",
        "frames",
        "drawn at build, ms a frame",
        "bound",
        "gzipped, KB",
        "bound",
        "script, p95 ms",
        "bound",
        "input to frame, p95 ms",
        "bound",
        f"unlike matplotlib, of {COMPARED}",
    ]
    table = Table("Three figures", columns, note=f"Drawn on {frames.cores()} cores; frames shown in headless Chromium.")
    with tempfile.TemporaryDirectory() as folder:
        code, document = ROOT / "classroom" / "explore", Path(folder) / "page.html"
        names = ("explore.css", "drag.js", "explore.js")
        sheet, grip, script = ((code / name).read_text("utf-8") for name in names)
        times, bodies = [drawing(figure)[0] / figure.count * 1000 for figure in found], [page.bake(f) for f in found]
        document.write_text(
            f"<!doctype html><meta charset=utf-8><style>{sheet}</style><script>{grip}{script}</script>"
            + "".join(bodies),
            "utf-8",
        )
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        shown.goto(document.as_uri())
        for figure, each, body in zip(found, times, bodies, strict=True):
            size, bound = kilobytes(body), SIZES.get(figure.name)
            script, input_ = map(p95, shown.evaluate(TIMES, [figure.id, 200, 120]))
            table.rows.append(
                [
                    figure.name,
                    figure.count,
                    f"{each:.1f}",
                    verdict(each, DRAWING, False),
                    f"{size:.0f}",
                    verdict(size, bound, False) if bound else "",
                    f"{script:.1f}",
                    verdict(script, SCRIPT, False),
                    f"{input_:.1f}",
                    verdict(input_, FRAME, False),
                    len(differing(shown, figure, COMPARED, seed=1)),
                ]
            )
        shown.close()
    return table


def the_book(browser):
    """Every figure of every page; a page's times are those of its slowest figure."""
    columns = [
        "page",
        "figures",
        "script, p95 ms",
        "bound",
        "input to frame, p95 ms",
        "bound",
        "live kernel, p95 ms",
        "bound",
        "settings compared",
        "unlike matplotlib",
    ]
    table = Table(
        "Every figure of the book",
        columns,
        note=f"Each page's slowest figure. Compared with matplotlib at "
        f"{COMPARED} random settings of each figure, or at all where it has fewer.",
    )
    for path in book_pages():
        built = SITE / path.relative_to(ROOT).with_suffix(".html")
        figures = [figure for figure in figures_of(path) if figure.parameters]
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        shown.goto(built.as_uri())
        on_page = [shown.evaluate(TIMES, [figure.id, 60, 40]) for figure in figures]
        script, input_ = (max(p95(times) for times in column) for column in zip(*on_page, strict=True))
        unlike = sum(len(differing(shown, figure, COMPARED, seed=1)) for figure in figures)
        shown.close()
        live = max(map(p95, live_times(path).values()))
        table.rows.append(
            [
                path.stem,
                len(figures),
                f"{script:.1f}",
                verdict(script, SCRIPT, False),
                f"{input_:.1f}",
                verdict(input_, FRAME, False),
                f"{live:.0f}",
                verdict(live, LIVE, False),
                sum(min(COMPARED, figure.count) for figure in figures),
                unlike,
            ]
        )
    return table


def live_times(path, changes=60):
    """Milliseconds from a control's message to the new picture's message, in a kernel that ran the page's cells."""
    from jupyter_client.manager import start_new_kernel

    environment = {k: v for k, v in os.environ.items() if k != "CLASSROOM_BAKE"}
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(path.parent), env=environment)
    try:
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            for cell in code_cells(path):
                client.execute_interactive(cell, timeout=120, output_hook=lambda message: None)
        said = []
        client.execute_interactive(PANELS, output_hook=lambda message: said.append(message["content"].get("text", "")))
        return {
            name: list(answers(client, picture, controls, changes))
            for name, (picture, controls) in json.loads("".join(said)).items()
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answers(client, picture, controls, changes):
    """The times of one figure; a change that leaves the picture as it was sends none."""
    chance, at = random.Random(0), {}
    for _ in range(changes):
        control, name, count = chance.choice(controls)
        at[control] = value = chance.choice([v for v in range(count) if v != at.get(control)])
        state = {name: value if name == "index" else bool(value)}
        content = {"comm_id": control, "data": {"method": "update", "state": state, "buffer_paths": []}}
        start = time.perf_counter()
        client.shell_channel.send(client.session.msg("comm_msg", content))
        with contextlib.suppress(queue.Empty):
            while True:
                message = client.get_iopub_msg(timeout=1)
                if message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == picture:
                    yield (time.perf_counter() - start) * 1000
                    break
        time.sleep(0.02)


def drawn_at_build():
    """One row a figure of the book, `(page, figure, frames, seconds, processor seconds)`, slowest frames first."""
    rows = [
        (path.stem, figure.id, figure.count, *drawing(figure))
        for path in book_pages()
        for figure in figures_of(path)
        if figure.parameters
    ]
    return sorted(rows, key=lambda row: -row[3] / row[2])
