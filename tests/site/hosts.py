"""A host of the book, for tests: its line can be cut, slowed or broken at one file, and its edition can change."""

import contextlib
import functools
import hashlib
import shutil
import threading
from http.server import ThreadingHTTPServer

import book_offline
import book_python
import book_stamp
import serve

PAGES = ("index", "about", "glossary", "search", "404", "chapters/01_neuron")


class Line(serve.Handler):
    def do_GET(self):
        host, path = self.server.host, self.path
        host.asked.append(path)
        self.directory = str(host.folder)
        if host.cut or path.split("?")[0].endswith(host.broken or ("//",)):
            return  # the line is closed without a word
        if path.split("?")[0].endswith(host.held or ("//",)):
            host.released.wait(60)
        with contextlib.suppress(ConnectionError):
            super().do_GET()


class Host:
    """`cut`: nobody is answered; `broken`, `held`: files, by their names' ends, that do not come, or not yet."""

    def __init__(self, folder):
        self.folder, self.cut, self.broken, self.held, self.asked = folder, False, (), (), []
        self.released = threading.Event()

    @contextlib.contextmanager
    def served(self):
        with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Line, directory=str(self.folder))) as server:
            server.host = self
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.address = f"http://localhost:{server.server_port}/"
            yield self
            self.released.set()
            server.shutdown()

    def named(self, end):
        """How often a file was asked for."""
        return sum(path.split("?")[0].endswith(end) for path in self.asked)


def some_pages(site, folder, pages=PAGES):
    """A copy of the site with a handful of its pages."""
    wanted = {f"{page}.html" for page in pages}

    def others(at, names):
        inside = [name for name in names if name.endswith((".html", ".map"))]
        place = "chapters/" if str(at).endswith("chapters") else ""
        return [name for name in inside if place + name not in wanted or "_static" in str(at)]

    shutil.copytree(site, folder, ignore=others)
    return folder


def edition(site, folder, **changes):
    """The site with other texts in some files, finished as a build finishes it: {path: (old, new)}."""
    shutil.copytree(site, folder)
    for name, (old, new) in changes.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        if named := book_stamp.HASHED.search(path.name):  # its name says what it holds, as a build would have it
            other = hashlib.sha256(path.read_bytes()).hexdigest()[: len(named[0]) - 2]
            path.rename(path.with_name(path.name.replace(named[0][1:-1], other)))
            for page in [*folder.glob("*.html"), *folder.glob("chapters/*.html")]:
                html = page.read_text(encoding="utf-8")
                page.write_text(html.replace(named[0][1:-1], other), encoding="utf-8")
    finish(folder)
    return folder


def finish(folder, python=book_python.FROM_ITS_HOST):
    book_stamp.stamp_all(folder, list(folder.glob("*.html")) + list(folder.glob("chapters/*.html")))
    book_offline.keep(folder, python)
