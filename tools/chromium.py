"""Find the Chromium that the site tests drive; install it where that is one command, else say how."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()  # no window, and no talk with hosts of its own
HOW = "The site tests need Chromium: run `{python} -m playwright install chromium`, or set CHROMIUM to its path."


def find():
    """The path of a Chromium, Chrome or Edge, or None."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen if Path(chosen).exists() else None
    for name in NAMES:
        if shutil.which(name):
            return shutil.which(name)
    for place in PLACES:
        if Path(place).exists():
            return place
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install(package, tries=2):
    """Install a package of Debian's; returns what apt-get said if it failed, else nothing.

    A second try, since the first may meet another apt-get at work, or an old list.
    """
    waits = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    for command in ([*waits, "update"], [*waits, "install", "-y", "--no-install-recommends", package]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode and tries > 1:
        return install(package, tries - 1)
    return f"apt-get could not install {package}:\n{done.stdout.strip()[-2000:]}" if done.returncode else ""


def main():
    if find():
        return
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root and shutil.which("apt-get") and not os.environ.get("CHROMIUM"):
        print("Installing Chromium through apt-get", flush=True)
        if said := install("chromium"):
            print(said, file=sys.stderr)
    if not find():
        sys.exit(HOW.format(python=sys.executable))


if __name__ == "__main__":
    main()
