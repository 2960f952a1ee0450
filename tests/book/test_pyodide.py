"""The browser's Python is fetched whole or not at all: another hash is another file."""

import hashlib
import io
import json
import sys
import tarfile
import threading

import pyodide
import pytest
import serve


@pytest.fixture
def host(tmp_path, monkeypatch):
    """A host of our own with a small Pyodide on it: the core, NumPy, and what Matplotlib needs."""
    folder = tmp_path / "host"
    folder.mkdir()
    depends = {"numpy": [], "cycler": [], "matplotlib": ["numpy", "cycler"], "scipy": ["numpy"]}
    for name in depends:
        (folder / f"{name}.whl").write_bytes(name.encode())
    lock = {
        name: {"file_name": f"{name}.whl", "depends": needs, "sha256": hashlib.sha256(name.encode()).hexdigest()}
        for name, needs in depends.items()
    }
    with tarfile.open(folder / "core.tgz", "w:gz") as packed:
        for name, content in {
            "pyodide.mjs": b"run",
            "pyodide-lock.json": json.dumps({"packages": lock}).encode(),
        }.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    digest = hashlib.sha512((folder / "core.tgz").read_bytes()).digest()
    monkeypatch.setattr(pyodide, "INTEGRITY", pyodide.base64.b64encode(digest).decode())
    with serve.server(8500, folder) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        monkeypatch.setattr(pyodide, "CORE", f"http://localhost:{served.server_port}/core.tgz")
        monkeypatch.setattr(pyodide, "PACKAGES", f"http://localhost:{served.server_port}/")
        monkeypatch.setattr(sys, "argv", ["pyodide.py", str(tmp_path / "pyodide")])
        yield folder
        served.shutdown()


def fetched(tmp_path):
    return {path.name for path in tmp_path.glob("pyodide/*")}


def test_the_core_and_what_the_book_needs_come(host, tmp_path):
    pyodide.main()
    assert fetched(tmp_path) == {"pyodide.mjs", "pyodide-lock.json", "numpy.whl", "cycler.whl", "matplotlib.whl"}


@pytest.mark.parametrize("name", ["core.tgz", "cycler.whl"])
def test_another_file_is_refused_and_nothing_kept(host, tmp_path, name):
    (host / name).write_bytes(b"something else")
    with pytest.raises(SystemExit, match=f"{name} is not the file it should be"):
        pyodide.main()
    assert fetched(tmp_path) == set()


def test_a_host_that_lacks_a_file_is_told_in_a_sentence(host, tmp_path):
    (host / "numpy.whl").unlink()
    with pytest.raises(SystemExit, match="numpy.whl can't be fetched"):
        pyodide.main()
    assert fetched(tmp_path) == set()
