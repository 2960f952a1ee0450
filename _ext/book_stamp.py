"""What a page asks for has an address that changes with its content: no page meets the files of another edition.

Sphinx does so for scripts and styles as they are when a page is written. Here it is done once all are as they stay, and
for fonts, pictures and what a script asks for too: `?v=` and a hash, unless the address holds one already.
"""

import hashlib
import re
from pathlib import Path

from book_pages import written_pages

HASHED = re.compile(r"(?:^|[/.-])[0-9a-f]{10,}[/.]")
NAMED = re.compile(r"(?<![\w-])(?P<path>_(?:static|images)/[\w./-]+\.\w+)(?P<stamp>\?(?:v|digest)=\w+)?")
URL = re.compile(r"""(?<=url[(])(?P<path>["']?[\w./-]+\.\w+)(?P<stamp>\?v=\w+)?""")


def stamped(path, file):
    """A path as it is asked for, and the file that lies there."""
    return path if HASHED.search(path) else f"{path}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"


def stamp(path, pattern, folder):
    """Give every file that a text names its stamp; whether that changed the text."""

    def with_stamp(match):
        file = folder / match["path"].lstrip("\"'")
        return stamped(match["path"], file) if file.is_file() else match[0]

    before = path.read_text(encoding="utf-8")
    after = pattern.sub(with_stamp, before)
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def stamp_all(site, pages):
    """Fonts are named by styles, scripts by scripts: until no address changes any more; then all that pages name."""
    assets = [(path, URL, path.parent) for path in site.glob("_static/**/*.css")]
    assets += [(path, NAMED, site) for path in [*site.glob("_static/*.js"), *site.glob("*.webmanifest")]]
    assets = [asset for asset in assets if not HASHED.search(asset[0].relative_to(site).as_posix())]
    while any([stamp(*asset) for asset in assets]):
        pass
    for path in pages:
        stamp(path, NAMED, site)


def finish(app, exception):
    if exception is None and app.builder.format == "html":
        stamp_all(Path(app.outdir), list(written_pages(app)))


def setup(app):
    app.connect("build-finished", finish, priority=870)  # when files are as they stay, before the policy hashes scripts
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
