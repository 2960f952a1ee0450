"""Firefox and WebKitGTK, driven by what Python has: WebDriver BiDi over a websocket, WebDriver over HTTP.

Both have the same few methods: open, reload, evaluate, until, press, screenshot, close.
"""

import base64
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import websocket

START = 60  # seconds that a browser may take to start
PAGE = 60  # … a page to load, or one command to be answered
SIZE = (1280, 900)
AWAITED = """(async () => {
  try { return JSON.stringify({ value: await (EXPRESSION) }); }
  catch (error) { return JSON.stringify({ error: String(error) }); }
})()"""


class Trouble(Exception):
    """An engine did not do what it was told."""


class Engine:
    """What both share: their processes, which end with them, and JavaScript."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []

    def start(self, *command, **more):
        """A program in a group of its own; what it says goes into a file."""
        log = self.folder / f"said-{len(self.processes)}.txt"
        with log.open("wb") as said:
            process = subprocess.Popen(
                [str(part) for part in command], stdout=said, stderr=said, start_new_session=True, **more
            )
        self.processes.append(process)
        return process, log

    def wait(self, process, log, ready):
        """What `ready()` returns once that is something; a program that ends, or is late, shows what it said."""
        end = time.monotonic() + START
        while time.monotonic() < end and process.poll() is None:
            found = ready()
            if found:
                return found
            time.sleep(0.05)
        said = log.read_text(encoding="utf-8", errors="replace")
        raise Trouble(f"{self.name} did not start (exit code {process.poll()}):\n{said[-3000:]}")

    def close(self):
        for process in reversed(self.processes):
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, number)
                    process.wait(10)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue

    def evaluate(self, expression, seconds=PAGE):
        """The value of a JavaScript expression, awaited; what it throws is raised here."""
        answer = json.loads(self.script(AWAITED.replace("EXPRESSION", expression), seconds))
        if "error" in answer:
            raise Trouble(f"{self.name}: {answer['error']}\nin {expression}")
        return answer.get("value")

    def until(self, expression, wanted, seconds=20):
        """Wait till `wanted(value)`; returns the last value, so that a test can say what it was instead."""
        end = time.monotonic() + seconds
        value = self.evaluate(expression)
        while not wanted(value) and time.monotonic() < end:
            time.sleep(0.1)
            value = self.evaluate(expression)
        return value

    @staticmethod
    def keys(text):
        """Key by key, in the way of both protocols."""
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        return [{"type": "key", "id": "keys", "actions": actions}]


class Firefox(Engine):
    name = "Firefox"

    def __init__(self, programs, folder):
        super().__init__(folder)
        profile = folder / "profile"
        profile.mkdir()
        size = [f"--{side}={length}" for side, length in zip(("width", "height"), SIZE, strict=True)]
        process, log = self.start(
            programs["firefox"], "--headless", *size, "--remote-debugging-port=0", "--profile", profile
        )
        try:
            found = self.wait(
                process,
                log,
                lambda: re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text(errors="replace")),
            )
            self.socket = websocket.create_connection(f"{found[1]}/session", timeout=START, suppress_origin=True)
            self.number = 0
            self.version = self.command("session.new", capabilities={})["capabilities"]["browserVersion"]
            self.context = self.command("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.close()
            raise

    def command(self, method, seconds=PAGE, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        self.socket.settimeout(seconds)
        answer = {}
        while answer.get("id") != self.number:  # events, and answers that came too late, are passed over
            try:
                answer = json.loads(self.socket.recv())
            except websocket.WebSocketTimeoutException:
                raise Trouble(f"{self.name} has not answered {method} after {seconds} s: {parameters}") from None
        if answer["type"] == "error":
            raise Trouble(f"{self.name}: {method}: {answer['message']}")
        return answer["result"]

    def open(self, address):
        self.command("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def reload(self):
        self.command("browsingContext.reload", context=self.context, wait="complete")

    def script(self, expression, seconds):
        target = {"context": self.context}
        done = self.command("script.evaluate", seconds, expression=expression, target=target, awaitPromise=True)
        return done["result"]["value"]

    def press(self, keys):
        self.command("input.performActions", context=self.context, actions=self.keys(keys))

    def screenshot(self):
        return base64.b64decode(self.command("browsingContext.captureScreenshot", context=self.context)["data"])


class WebKitGTK(Engine):
    name = "WebKitGTK"

    def __init__(self, programs, folder):
        super().__init__(folder)
        self.session = ""
        try:
            screen = self.screen(programs["screen"])
            environment = os.environ | {
                "DISPLAY": screen,
                "GDK_BACKEND": "x11",
                "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
                "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it opens no page but the book's, and root may run it
                "XDG_DATA_HOME": str(folder / "data"),  # nothing is kept from one run to the next
                "XDG_CACHE_HOME": str(folder / "cache"),
            }
            self.driver(programs["driver"], environment)
            made = self.command("POST", "session", capabilities={})
            self.session, self.version = f"session/{made['sessionId']}/", made["capabilities"]["browserVersion"]
        except BaseException:
            self.close()
            raise

    def screen(self, program):
        """A screen that nobody sees, on the first number that is free."""
        read, write = os.pipe()
        try:
            size = f"{SIZE[0]}x{SIZE[1]}x24"
            process, log = self.start(
                program, "-displayfd", write, "-screen", 0, size, "-nolisten", "tcp", pass_fds=(write,)
            )
            os.set_blocking(read, False)

            def number():
                try:
                    return os.read(read, 20).decode().strip()
                except BlockingIOError:
                    return ""

            return f":{self.wait(process, log, number)}"
        finally:
            os.close(read)
            os.close(write)

    def driver(self, program, environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

        def ready():
            try:
                return self.command("GET", "status")["ready"]
            except OSError:
                return False

        self.wait(*self.start(program, "-p", port, env=environment), ready)

    def command(self, method, path, seconds=PAGE, **parameters):
        data = json.dumps(parameters).encode() if method == "POST" else None
        request = urllib.request.Request(
            self.address + self.session + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with self.ask(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            raise Trouble(f"{self.name}: {method} {path}: {said}") from None
        except TimeoutError:
            raise Trouble(f"{self.name} has not answered {path} after {seconds} s: {parameters}") from None

    def close(self):
        if self.session:
            try:
                self.command("DELETE", "")
            except (Trouble, OSError):
                pass
        super().close()

    def open(self, address):
        self.command("POST", "url", url=address)

    def reload(self):
        self.command("POST", "refresh")

    def script(self, expression, seconds):
        self.command("POST", "timeouts", script=1000 * seconds)
        return self.command("POST", "execute/async", seconds + 5, script=f"{expression}.then(arguments[0])", args=[])

    def press(self, keys):
        self.command("POST", "actions", actions=self.keys(keys))

    def screenshot(self):
        return base64.b64decode(self.command("GET", "screenshot"))
