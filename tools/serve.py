"""Serve the built book on this machine only, and print its address."""

import argparse
import contextlib
import errno
import gzip
import io
import os
import sys
from email.utils import formatdate
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
# In the book's folder, or beside a site that was taken along (tools/offline.py).
HTML = HERE / "site" if (HERE / "site").is_dir() else HERE.parent / "_build" / "html"
PACKED = (
    ".css",
    ".html",
    ".ipynb",
    ".js",
    ".json",
    ".mjs",
    ".svg",
    ".txt",
    ".wasm",
    ".webmanifest",
    ".xml",
)  # as any host would send them


@lru_cache(maxsize=256)
def packed(path, changed):
    """A file's bytes as they travel; `changed`, its time, makes a rebuilt file another one."""
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    # Named here, since on Windows another program may have told the registry otherwise.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".ipynb": "application/json",
    }

    def send_head(self):
        path = self.translate_path(self.path)
        if os.path.isdir(path) and self.path.split("?")[0].endswith("/"):
            path = os.path.join(path, "index.html")
        if (
            "gzip" not in self.headers.get("Accept-Encoding", "")
            or not path.endswith(PACKED)
            or not os.path.isfile(path)
        ):
            return super().send_head()
        changed = os.stat(path).st_mtime
        stamp = formatdate(changed, usegmt=True)
        if self.headers.get("If-Modified-Since") == stamp:
            self.send_response(304)
            self.end_headers()
            return None
        body = packed(path, changed)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", stamp)
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")  # a rebuilt page shows at once
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        """Where there is no page, the book's own 404.html, from the nearest folder above: as GitHub Pages does it."""
        wanted, top = Path(self.translate_path(self.path)), Path(self.directory)
        pages = (folder / "404.html" for folder in wanted.parents if folder == top or top in folder.parents)
        page = next((page for page in pages if page.is_file()), None)
        if code != 404 or page is None:
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def server(port, folder=HTML):
    """A server on the first free port from `port` on."""
    for candidate in range(port, min(port + 50, 65536)):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), partial(Handler, directory=str(folder)))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    sys.exit(f"No free port from {port} to {candidate}; choose another: make site PORT=…")


def port_number(text):
    """What `--port` takes: a number that a port can have."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=port_number, default=8000)
    port = parser.parse_args().port
    if not (HTML / "index.html").exists():
        sys.exit("The book is not built yet: make html, or jupyter-book build .")
    with server(port) as book:
        if book.server_port != port:
            print(f"Port {port} is taken.")
        print(f"The book is at http://localhost:{book.server_port}/  (Ctrl-C stops it)", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            book.serve_forever()


if __name__ == "__main__":
    main()
