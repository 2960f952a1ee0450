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
