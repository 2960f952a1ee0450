"""Make a release, and see that it can be made again: the same files give the same bytes.

python tools/release.py agree v0.2.0       do the tag, the version, the changelog and the citation say the same?
python tools/release.py same FIRST SECOND  are two built sites equal, file for file?
python tools/release.py make               the wheel, built twice and compared, the site as one zip, their checksums and
                                           what is new: in `_build/release/`

The source of a release is its tag; there is no archive of it beside the wheel.
"""

import argparse
import hashlib
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = ROOT / "_build" / "html"
RELEASE = ROOT / "_build" / "release"
NOT_COMPARED = {".buildinfo", "objects.inv"}  # Sphinx's own: no reader's browser asks for them
ANY_DAY = (2020, 1, 1, 0, 0, 0)


def version(root=ROOT):
    """The version, which stands once: in nnlib."""
    return re.search(r'^__version__ = "(.+)"$', (root / "nnlib" / "__init__.py").read_text("utf-8"), re.M)[1]


def entry(wanted, root=ROOT):
    """(date, text) of a version in CHANGELOG.md; None if it has no entry with a date."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(wanted)} · (\d{{4}}-\d\d-\d\d)$\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return (found[1], found[2].strip()) if found else None


def disagreements(tag, root=ROOT):
    """What does not go with a tag, a sentence each."""
    said, now, new = [], version(root), entry(tag.removeprefix("v"), root)
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    if tag != f"v{now}":
        said.append(f"The tag is {tag}, but nnlib/__init__.py says {now}: a release of it is tagged v{now}.")
    if new is None:
        said.append(f"CHANGELOG.md has no entry “## {tag.removeprefix('v')} · YEAR-MONTH-DAY”.")
    elif not new[1]:
        said.append(f"CHANGELOG.md says nothing of {tag.removeprefix('v')}.")
    cited = dict(re.findall(r"^(version|date-released): [\"']?([^\"'\n]+)", citation, re.M))
    if cited.get("version") != now:
        said.append(f"CITATION.cff cites version {cited.get('version')}, but nnlib/__init__.py says {now}.")
    if new and cited.get("date-released") != new[0]:
        said.append(f"CITATION.cff gives the date {cited.get('date-released')}, CHANGELOG.md gives {new[0]}.")
    return said


def checksum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def checksums(folder):
    """{path: hash} of the files in a folder."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: checksum(path) for name, path in files.items() if name not in NOT_COMPARED}


def differences(first, second):
    """The files of which two folders hold different bytes, or that one of them lacks."""
    one, other = checksums(first), checksums(second)
    if not one or not other:
        raise ValueError(f"{second if one else first} holds no files: there is nothing to compare")
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def wheel_twice(folder):
    """The wheel in a folder; two builds of it must be equal."""
    sys.path.insert(0, str(ROOT / "_ext"))
    from book_downloads import build_wheel

    with tempfile.TemporaryDirectory() as again:
        for place in (folder, again):
            build_wheel(place)
        if other := differences(folder, Path(again)):
            sys.exit(f"Two builds of the wheel differ: {', '.join(other)}.")
    return next(folder.glob("*.whl"))


def packed(folder, target, name):
    """A folder as a zip, below a folder `name`: the same bytes for the same files, whenever and wherever."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            inside = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", ANY_DAY)
            inside.compress_type, inside.external_attr, inside.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(inside, path.read_bytes())


def make():
    """Lay out the release; returns its files."""
    from whole import missing

    if lacks := missing(SITE):
        sys.exit("\n".join(["The built site is not the whole book; make html builds it:", *lacks]))
    shutil.rmtree(RELEASE, ignore_errors=True)
    RELEASE.mkdir(parents=True)
    name = f"nnlib-book-{version()}"
    wheel = wheel_twice(RELEASE)
    carried = next(SITE.glob("downloads/*.whl"))
    if checksum(wheel) != checksum(carried):
        sys.exit(f"The site carries another {carried.name} than the one of this release; make html builds it anew.")
    packed(SITE, RELEASE / f"{name}-site.zip", name)
    files = sorted(RELEASE.iterdir())
    lines = "".join(f"{checksum(path)}  {path.name}\n" for path in files)
    (RELEASE / "SHA256SUMS").write_text(lines, encoding="utf-8", newline="\n")
    new = entry(version())
    (RELEASE / "NOTES.md").write_text(f"{new[1] if new else ''}\n", encoding="utf-8", newline="\n")
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("agree").add_argument("tag")
    same = commands.add_parser("same")
    same.add_argument("first", type=Path)
    same.add_argument("second", type=Path)
    commands.add_parser("make")
    asked = parser.parse_args()
    if asked.command == "agree":
        if said := disagreements(asked.tag):
            sys.exit("\n".join(said))
        print(f"{asked.tag}: the tag, the version, the changelog and the citation say the same")
    elif asked.command == "same":
        if other := differences(asked.first, asked.second):
            sys.exit("\n".join([f"{len(other)} files differ:", *other]))
        print(f"{asked.first} and {asked.second} hold the same bytes")
    else:
        for path in make():
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB, sha256 {checksum(path)[:12]}…")


if __name__ == "__main__":
    main()
