"""Pages carry one style sheet: what some page uses of the theme's six, a fifth of their size, and the book's own.

A rule stays if every class it needs is a word somewhere in the site's pages or scripts. That keeps too much rather than
too little: a class that only a script sets is a word of that script.
"""

import hashlib
import re
from pathlib import Path

import book_assets
import book_stamp
import tinycss2
from rcssmin import cssmin
from sphinx.util import logging

log = logging.getLogger(__name__)
SHEET = re.compile(
    r'\s*<link (?=[^>]*rel="stylesheet")[^>]*?href="(?P<root>[^"]*)_static/'
    r"(?P<name>styles/(?!lean)[\w-]+\.css|book\.css|pygments\.css|copybutton\.css|mystnb\.[0-9a-f]+\.css)(?:\?[^\"]*)?\"[^>]*>"
)
IMPORT = re.compile(r'@import "([\w./-]+)";')
LEAN = "lean-{}.css"
THEME = "styles/lean.css"  # the theme's part, kept for a build that writes no page anew
OLD = re.compile(r"(_static/)lean-[0-9a-f]+\.css")
FULL = re.compile(r'href="[^"]*(?:_static/(?:styles/|book)|pydata|bootstrap|pygments|copybutton|mystnb)[^"]*\.css')
CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
EITHER = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")  # needs none of what stands inside
WORD = re.compile(r"[\w-]+")


def whole(path):
    """A style sheet with those that it imports in their places: one that comes later holds up the page."""
    return IMPORT.sub(lambda match: whole(path.parent / match[1]), path.read_text(encoding="utf-8"))


def words(site):
    """Every word of the pages and scripts, class names among them."""
    found = set()
    for path in [*site.rglob("*.html"), *site.glob("_static/**/*.js"), *site.glob("_static/**/*.mjs")]:
        found.update(WORD.findall(path.read_text(encoding="utf-8")))
    return found


def purged(css, known):
    """The rules of a style sheet that may apply, as text."""
    kept = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            selectors = [s.strip() for s in split(tinycss2.serialize(rule.prelude))]
            used = [s for s in selectors if set(CLASS.findall(EITHER.sub("", s))) <= known]
            if used:
                kept.append(f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
            if inner := purged(tinycss2.serialize(rule.content), known):
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        elif not (rule.type == "at-rule" and rule.lower_at_keyword == "font-face"):  # the theme's icons: book_pages
            kept.append(rule.serialize())
    return "".join(kept)


def split(selectors):
    """A list of selectors at its commas, but for those in brackets."""
    depth, parts = 0, [""]
    for letter in selectors:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    names = list(dict.fromkeys(m["name"] for html in pages.values() for m in SHEET.finditer(html)))
    theme, own = site / "_static" / THEME, site / "_static" / book_assets.SHEET
    if names:  # some page was written anew
        known = words(site)
        parts = [purged(whole(site / "_static" / name), known) for name in names if name != own.name]
        theme.write_text(cssmin("".join(parts)), encoding="utf-8", newline="\n")
    elif not theme.exists():
        raise ValueError(f"The pages in {site} are of an earlier edition: run “make clean html”.")
    book_stamp.stamp(own, book_stamp.URL, own.parent)  # its fonts: the sheet's own name says its content as it stays
    css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in (theme, own))
    lean = LEAN.format(hashlib.sha256(css.encode()).hexdigest()[:12])
    for path in site.glob("_static/" + LEAN.format("*")):
        path.unlink()
    (site / "_static" / lean).write_text(css, encoding="utf-8", newline="\n")
    for path, html in pages.items():
        link = f'\n    <link rel="stylesheet" href="{{root}}_static/{lean}" />'
        first, rest = SHEET.search(html), OLD.sub(rf"\g<1>{lean}", html)
        if first:
            rest = (
                SHEET.sub("", html[: first.start()])
                + link.format(**first.groupdict())
                + SHEET.sub("", html[first.end() :])
            )
        if rest != html:
            path.write_text(rest, encoding="utf-8", newline="\n")
            pages[path] = rest
    lean_everywhere(pages)


def lean_everywhere(pages):
    """Every page has the one sheet, and none of the theme's: another release may name its own otherwise."""
    for path, html in pages.items():
        if "_static" in path.parts:  # the theme's templates, which come along
            continue
        if not OLD.search(html) or FULL.search(html):
            raise ValueError(f"{path.name} does not have the lean style sheet alone: book_lean.py knows it no longer")


def setup(app):
    app.connect("build-finished", finish, priority=850)  # after the pages are as they stay, before their policy
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
