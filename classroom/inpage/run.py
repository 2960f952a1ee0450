"""Run a piece of a reader's code: what it prints, the value of its last line, and its error as one sentence."""

import ast
import contextlib
import io
import linecache
import traceback


class Stream(io.TextIOBase):
    """Passes on what is printed while it is printed, up to a limit; a flood is counted and not shown."""

    MOST = 100_000  # characters of one run that a page shows

    def __init__(self, send):
        self.send, self.length, self.kept = send, 0, []

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("only text can be printed")
        shown = text[: max(0, self.MOST - self.length)]
        self.length += len(text)
        if shown:
            self.kept.append(shown)
            self.send(shown)
        return len(text)

    @property
    def text(self):
        dropped = f"\n… ({self.length:,} characters in all)" if self.length > self.MOST else ""
        return "".join(self.kept) + dropped


class Bars(io.TextIOBase):
    """What goes to stderr: a progress bar writes over itself and is passed on as such; the rest is text."""

    def __init__(self, stream, bar):
        self.stream, self.bar = stream, bar

    def writable(self):
        return True

    def write(self, text):
        if "\r" in text:
            self.bar(text.rsplit("\r", 1)[1].strip())
        elif text.strip():
            self.stream.write(text if text.endswith("\n") else text + "\n")
        return len(text)


def parsed(code, name):
    """(statements, last expression or None), both compiled. Raises SyntaxError."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)  # so that an error shows its line
    tree = ast.parse(code, name)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not code.rstrip().endswith(";"):
        last = compile(ast.Expression(tree.body.pop().value), name, "eval")
    return compile(tree, name, "exec"), last


def run(code, name, space, stream, bar=lambda text: None):
    """Run code in the namespace `space`: (value of the last line or None, sentence about an error or "").

    `stream` takes what is printed, `bar` hears the newest state of a progress bar.

    A KeyboardInterrupt and a limit's TimeUp go through; everything else that code can raise becomes the sentence.
    """
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(Bars(stream, bar)):
        try:
            statements, last = parsed(code, name)
            exec(statements, space)
            return (eval(last, space) if last else None), ""
        except (Exception, SystemExit) as error:
            return None, sentence(error, name)


def sentence(error, name):
    """'NameError: name 'x' is not defined (line 3: `y = x`).'"""
    if isinstance(error, SyntaxError) and error.filename == name:
        line = (error.text or "").strip()
        return f"Python cannot read line {error.lineno}: {error.msg}" + (f" (`{line}`)." if line else ".")
    said = str(error).strip()
    kind = type(error).__name__
    if isinstance(error, SystemExit):
        kind, said = "SystemExit", "the code asked Python to stop; on this page Python goes on"
    if isinstance(error, ModuleNotFoundError):
        said += "; a page has NumPy, Matplotlib, nnlib, the classroom and Python's own library"
    if hasattr(error, "_render_traceback_"):  # it is a sentence already
        return said
    mine = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    where = f" (line {mine[-1].lineno}: `{mine[-1].line}`)" if mine else ""
    return f"{kind}{': ' + said.rstrip('.') if said else ''}{where}."
