"""Find Firefox and WebKitGTK, which the site tests drive too; install them where that is one command, else say how."""

import os
import shutil
import subprocess
import sys

# {engine: {what it needs: names it goes by}}, and Debian's packages of these.
PROGRAMS = {
    "Firefox": {"firefox": ("firefox-esr", "firefox")},
    "WebKitGTK": {"driver": ("WebKitWebDriver",), "screen": ("Xvfb",)},
}
PACKAGES = {"Firefox": ["firefox-esr"], "WebKitGTK": ["webkit2gtk-driver", "xvfb"]}
HOW = "The site tests drive {engine} too; missing here: {missing}. Install it: `apt-get install {packages}`."


def find(engine):
    """{what the engine needs: its path}, with None for what is not here."""
    return {
        need: next((path for path in map(shutil.which, names) if path), None)
        for need, names in PROGRAMS[engine].items()
    }


def how(engine):
    """What is missing for an engine and how to install it, as a sentence; nothing if all of it is here."""
    missing = [PROGRAMS[engine][need][0] for need, path in find(engine).items() if not path]
    if not missing:
        return ""
    return HOW.format(engine=engine, missing=" and ".join(missing), packages=" ".join(PACKAGES[engine]))


def install(packages):
    """Install Debian's packages; returns what apt-get said if it failed, else nothing."""
    waits = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    for command in ([*waits, "update"], [*waits, "install", "-y", *packages]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return f"apt-get could not install {' '.join(packages)}:\n{done.stdout.strip()[-2000:]}" if done.returncode else ""


def main():
    """Never a failure: where an engine is missing its tests are skipped, and in CI they fail."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    for engine in PROGRAMS:
        if how(engine) and root and shutil.which("apt-get"):
            print(f"Installing {engine} through apt-get", flush=True)
            said = install(PACKAGES[engine])
            if said:
                print(said, file=sys.stderr)
        print(how(engine) or f"{engine}: {', '.join(find(engine).values())}", flush=True)


if __name__ == "__main__":
    main()
