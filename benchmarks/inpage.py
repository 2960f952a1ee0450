"""Python in the page: from the press to the first verdict, beside a bare start of Pyodide; later checks, cells, frames.

The bare start is a page of its own that loads the same Pyodide with NumPy in a worker and calls `np.ones`, in the same
run and with the same cache, cold or warm. PYODIDE names the folder, or one beside the repository is found.
"""

import contextlib
import gzip
import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import chromium
import pyodide_folder
import serve
from book_assets import small
from inpage import with_python
from playwright.sync_api import sync_playwright

from classroom.exercises import all_exercises
from classroom.exercises.engine import judge

from . import ROOT
from .explore import SITE, kilobytes, p95
from .timing import Table, verdict

PRESS, CHECK, BEFORE, FRAME = 1.5, 200, 6, 150  # bounds: a ratio, milliseconds, KB, milliseconds
BARE = """<!doctype html><meta charset="utf-8"><script type="module">
window.go = () => new Promise(done => {
  const source = `import { loadPyodide } from "${new URL("_static/pyodide/", location)}pyodide.mjs";
    const python = await loadPyodide({ indexURL: "${new URL("_static/pyodide/", location)}", packages: ["numpy"] });
    self.postMessage(python.runPython("import numpy as np; float(np.ones(3).sum())"));`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
  worker.onmessage = () => { worker.terminate(); done(); };
});
</script>"""
PRESSED = "part => part.check()"


@contextlib.contextmanager
def served():
    """The built site with Pyodide in it, and the bare page beside it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = with_python(SITE, Path(folder) / "site", pyodide_folder.find() or sys.exit(pyodide_folder.ABSENT))
        (python,) = (copy / "_static" / "pyodide").iterdir()  # its name changes with its content
        bare = BARE.replace("_static/pyodide/", f"_static/pyodide/{python.name}/")
        (copy / "bare.html").write_text(bare, encoding="utf-8")
        with serve.server(8300, copy) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://localhost:{server.server_port}/"
            server.shutdown()


def seconds(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def bare(context, address):
    page = context.new_page()
    page.goto(address + "bare.html", wait_until="load")
    taken = seconds(lambda: page.evaluate("go()"))
    page.close()
    return taken


def first_verdict(context, address):
    page = context.new_page()
    page.goto(address + "chapters/01_neuron.html", wait_until="load")
    part = page.locator("nn-exercise[data-exercise=relu]")
    part.evaluate("part => { part.code = 'def relu(z):\\n    return np.maximum(z, 0)'; }")
    page.wait_for_timeout(500)
    answer = {}
    taken = seconds(lambda: answer.update(part.evaluate(PRESSED)))
    assert answer["ok"], answer
    page.close()
    return taken


def starts(browser, address, repetitions):
    """Cold: a browser profile that has seen nothing. Warm: the same profile, once more. Turn by turn."""
    found = {(act, cache): [] for act in ("bare", "book") for cache in ("cold", "warm")}
    for round_ in range(repetitions):
        order = [("bare", bare), ("book", first_verdict)]
        for name, act in order if round_ % 2 else reversed(order):
            context = browser.new_context()
            for cache in ("cold", "warm"):
                found[name, cache].append(act(context, address))
            context.close()
    table = Table(
        "From the press to the first verdict, against Pyodide with NumPy alone",
        ["cache", "Pyodide + NumPy, s", "the book, s", "book ÷ bare", "bound"],
        note="Medians; a verdict needs nnlib, the classroom and an answer's check besides.",
    )
    for cache in ("cold", "warm"):
        plain, book = (statistics.median(found[name, cache]) for name in ("bare", "book"))
        ratio = statistics.median(b / a for a, b in zip(found["bare", cache], found["book", cache], strict=True))
        table.rows.append([cache, f"{plain:.2f}", f"{book:.2f}", f"{ratio:.2f}", verdict(ratio, PRESS, at_least=False)])
    return table


def later_checks(browser, address, repetitions):
    """Every exercise's solution, checked in a warm page and by the notebook's own engine."""
    page = browser.new_context().new_page()
    over, here, there = [], [], []
    for chapter in sorted({each.chapter for each in all_exercises()}):
        page.goto(f"{address}chapters/{chapter}.html", wait_until="load")
        for each in (e for e in all_exercises() if e.chapter == chapter):
            part = page.locator(f"nn-exercise[data-exercise={each.id}]")
            part.evaluate("(part, code) => { part.code = code; }", f"{each.setup}\n{each.solution}")
            part.evaluate(PRESSED)  # the first of a page starts Python
            times = [part.evaluate("async part => { const t = performance.now(); await part.check();"
                                   " return performance.now() - t; }") for _ in range(3)]  # fmt: skip
            mine = [1000 * seconds(lambda e=each: judge(e, e.run(e.solution))) for _ in range(3)]
            here.append(statistics.median(mine))
            there.append(statistics.median(times))
            over.append(there[-1] - here[-1])
    page.context.close()
    table = Table("A later check", ["over all solutions", "notebook, ms", "page, ms", "page − notebook, ms", "bound"])
    for name, of in (("median", statistics.median), ("p95", p95), ("slowest", max)):
        row = [name, f"{of(here):.0f}", f"{of(there):.0f}", f"{of(over):.0f}"]
        table.rows.append([*row, verdict(of(over), CHECK, at_least=False)])
    return table


def before_the_press(browser, address):
    """What the elements add to every page that has them, compressed, and what is asked for before any press."""
    parts = [ROOT / "classroom" / "inpage" / name for name in ("code.js", "work.js", "code.css")]
    scripts = sum(len(gzip.compress(small(path), 9)) for path in parts)
    table = Table(
        "Before the press",
        ["page", "scripts and styles, KB gz", "in the page itself, KB gz", "together", "requests for Python", "bound"],
        note="In the page itself: elements, settings; against the same page without them.",
    )
    tags = re.compile(r'</?nn-(?:cell|exercise)\b[^>]*>|<script id="nn-python".*?</script>', re.DOTALL)
    for path in sorted(SITE.glob("chapters/*.html")):
        html = path.read_text(encoding="utf-8")
        more = kilobytes(html) - kilobytes(tags.sub("", html))
        asked = []
        page = browser.new_page()
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{address}chapters/{path.name}", wait_until="networkidle")
        late = [url for url in asked if "/inpage/" in url or "/pyodide/" in url]
        page.close()
        total = scripts / 1000 + more
        row = [path.stem, f"{scripts / 1000:.2f}", f"{more:.2f}", f"{total:.2f}", len(late)]
        table.rows.append([*row, verdict(total, BEFORE, at_least=False)])
    return table


def live_frames(browser, address, wanted=40):
    """Every figure of the chapters, its code changed by a comment, moved by its first control: input to new frame."""
    table = Table(
        "A figure whose code was changed, its first control moved",
        ["chapter", "figures", "median, ms", "p95, ms", "bound"],
    )
    for path in sorted(SITE.glob("chapters/*.html")):
        page = browser.new_context().new_page()
        page.goto(f"{address}chapters/{path.name}", wait_until="load")
        times, figures = [], 0
        cells = page.locator("nn-cell:has(.cell_output nn-explore)")
        for number in range(cells.count()):
            cell = cells.nth(number) if number < cells.count() else None
            if cell is None:
                break
            name = cell.get_attribute("data-cell")
            part = page.locator(f'nn-cell[data-cell="{name}"]')
            found = part.evaluate("part => { part.code += '\\n# changed'; return part.run(); }")
            if found["error"]:
                raise RuntimeError(f"{path.stem}, {name}: {found['error']}")
            figures += 1
        for figure in page.locator(".nn-output nn-explore").all():
            times += figure.evaluate(
                """async (figure, wanted) => {
                  const input = figure.querySelector("input[type=range], input[type=checkbox], select"), taken = [];
                  if (!input || !figure.source) return [];
                  const picture = () => figure.querySelector(".nn-frame > svg").outerHTML, first = picture();
                  let moved = false;
                  for (let i = 0; i < wanted; i++) {
                    const most = +input.max || (input.options?.length ?? 2) - 1;
                    const start = performance.now();
                    if (input.type === "checkbox") input.checked = !input.checked;
                    else if (input.type === "range") input.value = (i % most) + (i % 2);
                    else input.selectedIndex = i % (most + 1);
                    input.dispatchEvent(new Event("input", { bubbles: true }));
                    // Asked for at the screen's next frame, then drawn in the worker.
                    while (figure.request || figure.drawing) await new Promise(done => setTimeout(done, 1));
                    taken.push(performance.now() - start);
                    moved ||= picture() !== first;
                  }
                  if (!moved) throw new Error(`${figure.name}: no other picture came`);
                  return taken.slice(2);
                }""",
                wanted,
            )
        page.context.close()
        if times:
            row = [path.stem, figures, f"{statistics.median(times):.0f}", f"{p95(times):.0f}"]
            table.rows.append([*row, verdict(p95(times), FRAME, at_least=False)])
    return table


def tables(repetitions):
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        try:
            return [
                starts(browser, address, repetitions),
                later_checks(browser, address, repetitions),
                before_the_press(browser, address),
                live_frames(browser, address),
            ]
        finally:
            browser.close()
