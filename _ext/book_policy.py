"""Every page carries a Content-Security-Policy: its own files and nothing else, no script it was not built with."""

import base64
import hashlib
import re

from book_pages import written_pages

DATA = re.compile(r"""\btype\s*=\s*["']?(?!module|text/javascript|application/javascript)[\w-]""")  # never executed
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.S)
# A browser looks for the encoding in the first 1,024 bytes, so the policy comes after it.
CHARSET = re.compile(r'<head>\s*<meta charset="utf-8" ?/?>')
SAID = re.compile(r'\n    <meta http-equiv="Content-Security-Policy" content="[^"]*">')
RULES = (
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",  # KaTeX and the figures place their parts with style attributes
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",  # Python runs in a worker of the book's own
    "form-action 'self'",
    "base-uri 'none'",
)


def policy(html):
    """The page's rules; the theme's few inline scripts are let in by the hash of their text."""
    hashes = set()
    for match in SCRIPT.finditer(html):
        if "src=" not in match["attributes"] and not DATA.search(match["attributes"]) and match["body"].strip():
            digest = hashlib.sha256(match["body"].encode()).digest()
            hashes.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return "; ".join([*RULES, " ".join(["script-src 'self'", *sorted(hashes)])])


def secure(path):
    """Anew at each build: a page that an earlier one wrote may have other scripts by now."""
    before = path.read_text(encoding="utf-8")
    html = SAID.sub("", before)
    meta = f'\n    <meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    html, placed = CHARSET.subn(lambda match: match[0] + meta, html, count=1)
    if not placed:
        raise ValueError(f"{path} does not say its encoding: the policy stands right after it")
    if html != before:
        path.write_text(html, encoding="utf-8", newline="\n")


def secure_all(app, exception):
    if exception is None and app.builder.format == "html":
        for path in written_pages(app):
            secure(path)


def setup(app):
    app.connect("build-finished", secure_all, priority=900)  # after the last change of a page
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
