"""JupyterLab as `make lab` starts it, in a browser: nothing pops up, no other host is asked, every link is there."""

import json
import posixpath
import re
import subprocess
import time
import urllib.parse
import urllib.request

import lab
import pytest

LINK = re.compile(r"\]\((?!https?:)([^)\s#]+)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, site):
    """Readers' copies, with pictures from the site that is tested."""
    folder = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lab, "SITE", site)
        lab.trust(lab.write(lab.contents(), folder), folder)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    port = 8950
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    with open(folder / "log", "w") as log:
        running = subprocess.Popen([*lab.command(folder), *options], cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(240):
            address = re.search(r"http://localhost:\d+/", (folder / "log").read_text())
            if address:
                break
            assert running.poll() is None, (folder / "log").read_text()[-2000:]
            time.sleep(0.5)
        yield address[0]
    finally:
        running.terminate()
        running.wait(30)


def test_every_link_is_a_file_that_jupyter_serves(folder, server):
    for path in folder.glob("chapters/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found = LINK.findall("".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"))
        for target in {posixpath.normpath(f"chapters/{file}") for file in found}:
            asked = f"{server}api/contents/{urllib.parse.quote(target)}?content=0"
            with urllib.request.urlopen(asked, timeout=60) as answer:
                assert answer.status == 200


def test_it_starts_calmly_and_asks_nobody(browser, server):
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}lab/tree/chapters/01_neuron.ipynb")
    page.locator(".jp-MarkdownOutput h1").first.wait_for(timeout=120_000)
    page.locator(".jp-OutputArea-output .nn-picture svg").first.wait_for()
    assert page.locator(".jp-Placeholder").count() > 0, "no figure's code is folded"
    page.locator(".jp-MarkdownOutput a", has_text="weight").first.click()
    page.locator(".jp-MarkdownViewer h2", has_text=re.compile("^weight")).first.wait_for()
    page.wait_for_timeout(3000)  # news would ask by now
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert [url for url in asked if not url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))] == []
    page.close()


CORNER = '''
from classroom import drag, explore

@explore(x=(0, 12, 1), y=(0, 12, 1))
def corner(ax, x=3, y=3):
    """A corner."""
    ax.set(xlim=(0, 12), ylim=(0, 12))
    drag(ax, x, y, "x", "y")
    return f"x is {x}, y is {y}"
'''


def test_a_handle_can_be_dragged_in_a_live_notebook(browser, server, folder):
    cell = {"cell_type": "code", "id": "corner", "metadata": {}, "outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell | {"source": CORNER}], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "corner.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.goto(f"{server}doc/tree/corner.ipynb")  # by itself: no other notebook beside it
    page.get_by_text("| Idle").wait_for(timeout=120_000)
    page.get_by_text("@explore(x=").click()
    page.keyboard.press("Shift+Enter")
    grip = page.locator(".nn-grip")
    grip.wait_for(timeout=120_000)
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 9):  # to the right and up, faster than Python answers
        page.mouse.move(x + 15 * step, y - 5 * step)
    page.locator(".nn-says", has_not_text="x is 3, y is 3").wait_for()
    page.wait_for_timeout(1000)
    page.mouse.up()
    said = page.locator(".nn-says").inner_text()
    x_is, y_is = map(int, re.fullmatch(r"x is (\d+), y is (\d+)", said).groups())
    assert x_is > 5 and y_is > 3
    sliders = page.locator(".widget-readout").all_inner_texts()
    assert sliders == [str(x_is), str(y_is)]  # the sliders went with it
    now = grip.bounding_box()
    assert abs(now["x"] - box["x"] - 120) < 40 and abs(now["y"] - box["y"] + 40) < 40
    page.close()
