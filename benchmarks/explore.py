"""How fast figures answer, how large they are, and that they show what matplotlib draws; each against its bound.

    python benchmarks/explore.py             three figures made here
    python benchmarks/explore.py --book      also every figure of the built book at 200 random settings (minutes)
"""

import gzip
import io
import os
import re
import statistics
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).parent.parent
for folder in ("tools", "tests/site"):
    sys.path.insert(0, str(ROOT / folder))
os.environ.pop("NNLIB_FRAMES", None)

import chromium  # noqa: E402
from pictures import book_pages, differing, figures_of  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from nnlib.interactive import collecting, frames, page  # noqa: E402

FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update".split()
SITE = Path(os.environ.get("SITE", ROOT / "_build" / "html"))

SOURCE = '''
import numpy as np
from nnlib import sigmoid
from nnlib.figures import style
from nnlib.figures import style
from nnlib.interactive import explore

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

TIMES = """async id => {
    const figure = document.getElementById("explore-" + id);
    await figure.open();
    const sizes = figure.controls.map(c => c.texts.length), script = [], input = [];
    let seed = 1;
    const random = n => (seed = seed * 48271 % 2147483647) % n;
    const rest = () => new Promise(done => setTimeout(done, 4));
    for (let i = 0; i < 200; i++) {
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
    const slider = figure.inputs.find(e => e.type === "range");
    for (let i = 0; i < 120; i++) {
        await new Promise(done => setTimeout(done, random(20)));          // at any moment of the screen's beat
        slider.value = random(+slider.max + 1);
        const start = performance.now();
        slider.dispatchEvent(new Event("input", {bubbles: true}));
        await painted();
        input.push(performance.now() - start);
    }
    return [script, input];
}"""


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


rows, failed = [], []


def row(what, value, unit="", bound=None):
    ok = bound is None or value <= bound
    if not ok:
        failed.append(what)
    limit = "" if bound is None else f"≤ {bound:g}"
    rows.append((what, f"{value:.4g} {unit}".strip(), limit, "" if bound is None else "yes" if ok else "NO"))


def show():
    print("| what | measured | bound | held |\n|---|---|---|---|")
    for cells in rows:
        print("| " + " | ".join(cells) + " |")


def live_times(source, name):
    """Milliseconds from a slider's message to the new picture's message, through a real kernel."""
    from jupyter_client.manager import start_new_kernel
    environment = {k: v for k, v in os.environ.items() if k != "NNLIB_BAKE"}
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(ROOT), env=environment)
    try:
        client.execute(source + f"\nprint({name}.panel.inputs['w'].model_id, {name}.panel.picture.model_id)")
        models = None
        while models is None:
            message = client.get_iopub_msg(timeout=120)
            if message["msg_type"] == "stream":
                models = message["content"]["text"].split()
        client.get_shell_msg(timeout=60)
        slider, picture = models
        times = []
        for i in range(60):
            content = {"comm_id": slider, "data": {"method": "update", "state": {"index": i % 25}, "buffer_paths": []}}
            start = time.perf_counter()
            client.shell_channel.send(client.session.msg("comm_msg", content))
            while True:
                message = client.get_iopub_msg(timeout=30)
                if message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == picture:
                    break
            times.append((time.perf_counter() - start) * 1000)
            time.sleep(0.03)
        return times
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    space = {"__name__": "bench"}
    with collecting() as found:
        exec(SOURCE, space)
    spent, count, bodies, sizes = 0.0, 0, [], {}
    worked = os.times()
    for figure in found:
        figure.draw()
        start = time.perf_counter()
        frames.draw_frames(figure, figure.settings())
        elapsed = time.perf_counter() - start
        spent, count = spent + elapsed, count + figure.count
        row(f"{figure.name}: drawing at build, a frame of {figure.count}", elapsed / figure.count * 1000, "ms")
    busy = sum(os.times()[:4]) - sum(worked[:4])
    row("drawing at build, processor time a frame", busy / count * 1000, "ms")
    row(f"drawing at build, mean, {frames.cores()} cores", spent / count * 1000, "ms", 15)
    for figure in found:
        bodies.append(page.bake(figure))
        sizes[figure.name] = len(gzip.compress(bodies[-1].encode(), 9)) / 1000
    row("curve, 25 × 25, gzipped", sizes["curve"], "KB", 30)
    row("boundary, 9 × 9 × 9, gzipped", sizes["boundary"], "KB", 300)
    row("image, 25 × 25, gzipped", sizes["image"], "KB")

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        code = ROOT / "nnlib" / "interactive"
        document = Path(folder) / "page.html"
        sheet, script = ((code / name).read_text("utf-8") for name in ("explore.css", "explore.js"))
        document.write_text(f"<!doctype html><meta charset=utf-8><style>{sheet}</style><script>{script}</script>"
                            + "".join(bodies), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        shown.goto(document.as_uri())
        for figure in found:
            script, input_ = shown.evaluate(TIMES, figure.id)
            row(f"{figure.name}: script, p50", statistics.median(script), "ms")
            row(f"{figure.name}: script, p95", percentile(script, 0.95), "ms", 4)
            row(f"{figure.name}: input to frame, p95", percentile(input_, 0.95), "ms", 25)
            row(f"{figure.name}: pictures unlike matplotlib's, of 200", len(differing(shown, figure, 200)), "", 0)
        row("live kernel: slider to picture, p95", percentile(live_times(SOURCE, "curve"), 0.95), "ms", 60)
        sizes_of_the_book()
        if "--book" in sys.argv:
            truth_of_the_book(browser)
        browser.close()
    show()
    return 1 if failed else 0


def sizes_of_the_book():
    for path in book_pages():
        built = SITE / path.relative_to(ROOT).with_suffix(".html")
        if built.exists():
            whole = re.findall(r'<figure class="nn-figure">.*?</figure>', built.read_text("utf-8"), re.S)
            size = len(gzip.compress("".join(whole).encode(), 9)) / 1000
            row(f"{path.stem}: its {len(whole)} figures, gzipped", size, "KB", 600)


def truth_of_the_book(browser):
    for path in book_pages():
        built = SITE / path.relative_to(ROOT).with_suffix(".html")
        if built.exists():
            shown = browser.new_page()
            shown.goto(built.as_uri())
            with redirect_stdout(io.StringIO()):
                found = figures_of(path)
            for figure in found:
                row(f"{path.stem}, {figure.id}: unlike matplotlib's, of 200", len(differing(shown, figure, 200)), "", 0)
            shown.close()


if __name__ == "__main__":
    sys.exit(main())
