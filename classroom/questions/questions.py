"""Quick questions: each written once in a chapter's TOML file, shown by `ask("id")` in a notebook and on the site."""

import re
import tomllib
import zlib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ..sentence import Sentence

# Another kind: PARTS, PART_KEYS and RULES here, and its own keys, as in NUMBER; `pieces`, `answers` and `to_text` in
# page.py; a form (`build`) and a judge (`check`) in question.js; docs/questions.schema.json; _ext/book_anki.py.
KINDS = ("one", "several", "number", "order")
FOLDER = Path(__file__).parents[1] / "chapters"

# Which keys a question may have, and which tables belong to its kind.
COMMON = {"id": str, "kind": str, "text": str, "explanation": str}
NUMBER = {"answer": (int, float), "tolerance": (int, float), "feedback": str, "otherwise": str}
PARTS = {"one": "option", "several": "option", "number": "mistake", "order": "step"}
PART_KEYS = {
    "option": {"text": str, "feedback": str, "right": bool},
    "mistake": {"value": (int, float), "feedback": str},
    "step": {"text": str, "feedback": str},
}
# What a notebook's output and the site must both be able to show; see `page.pieces`.
FORBIDDEN = {
    r"\]\(": "a link or picture",
    r"(?m)^ {0,3}#+ ": "a heading",
    r"(?m)^ {0,3}([-*+]|\d+[.)]) ": "a list",
    r"</?[a-zA-Z]": "HTML",
    r"\\\(|\\\[": r"\( or \[ (write maths as $…$)",
}


class QuestionError(Sentence):
    """A question's data break a rule; the sentence names the file, the question and the rule."""


@dataclass(frozen=True)
class Part:
    """An option, a common wrong number, or a step, with the sentence shown to whoever chooses it."""

    feedback: str
    text: str = ""
    right: bool = False
    value: float | None = None


@dataclass(frozen=True)
class Question:
    """One quick question. As a cell's last value it shows itself: HTML where there is a page, else text."""

    id: str
    chapter: str
    kind: str
    text: str
    explanation: str
    parts: tuple[Part, ...]
    misconception: str | None = None
    answer: float | None = None
    tolerance: float = 0.0
    feedback: str = ""
    otherwise: str = ""

    @property
    def shown(self):
        """The parts as shown: options as written; steps shuffled, the same way every time, never already in order."""
        if self.kind != "order":
            return self.parts
        by_hash = sorted(self.parts, key=lambda step: zlib.crc32(f"{self.id} {step.text}".encode()))
        return tuple(by_hash) if tuple(by_hash) != self.parts else self.parts[::-1]

    def __repr__(self):
        from .page import to_text

        return to_text(self)

    def _repr_html_(self):
        from .page import notebook_html

        return notebook_html(self)


def ask(identifier):
    """Show the quick question of this id; raises QuestionError when there is none."""
    known, slip = [], None
    for path in files():
        try:
            asked = {question.id: question for question in read(path)}
        except QuestionError as error:  # a slip in another chapter's file is no reason not to show this question
            slip = slip or error
            continue
        if identifier in asked:
            return asked[identifier]
        known += asked
    if slip:
        raise slip
    close = get_close_matches(str(identifier), known, n=1)
    raise QuestionError(f"There is no question “{identifier}”" + (f"; did you mean “{close[0]}”?" if close else "."))


def files():
    return sorted(FOLDER.glob("*.toml"))


def chapters():
    """The chapters that have a file of questions, in order."""
    return [path.stem for path in files()]


def all_questions():
    """Every question of the book by id, in the book's order; raises `QuestionError` on the first slip."""
    found = {}
    for path in files():
        for question in read(path):
            if question.id in found:
                other = found[question.id].chapter
                raise QuestionError(f"{path.name}, question “{question.id}”: the id is already used in {other}.toml.")
            found[question.id] = question
    return found


def read(path):
    """`load`, once for each state of the file: an author who edits it need not restart the kernel."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache
def _read(path, time):
    return load(path)


def load(path):
    """The questions of one TOML file, checked; raises `QuestionError` with one sentence on the first slip."""
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path.name} is not valid TOML: {error}.") from error
    tables = data.pop("question", [])
    if data or not isinstance(tables, list):
        raise QuestionError(f"{path.name}: only [[question]] tables belong here, not {', '.join(data) or 'this'}.")
    loaded = []
    for number, table in enumerate(tables, start=1):
        name = table.get("id") or f"number {number}"
        try:
            question = build(path.stem, dict(table))
            if any(question.id == other.id for other in loaded):
                raise QuestionError("the id is used twice")
        except QuestionError as error:
            raise QuestionError(f"{path.name}, question “{name}”: {error}.") from None
        loaded.append(question)
    return loaded


def build(chapter, table):
    """One table of the file as a `Question`."""
    kind = table.get("kind")
    if kind not in KINDS:
        raise QuestionError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
    part_name = PARTS[kind]
    parts = table.pop(part_name, [])
    misconception = table.pop("misconception", None)
    take(table, COMMON | (NUMBER if kind == "number" else {}), "the question")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", table["id"]):
        raise QuestionError("the id must be lower-case words joined by hyphens")
    if misconception is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(misconception)):
        raise QuestionError("misconception must be a slug such as “bias-after-activation”")
    keys = PART_KEYS[part_name]
    if not isinstance(parts, list):
        raise QuestionError(f"write [[question.{part_name}]] with two brackets on each side")
    for number, part in enumerate(parts, start=1):
        part.setdefault("right", False) if "right" in keys else None
        take(part, keys, f"{part_name} {number}")
    question = Question(chapter=chapter, misconception=misconception, parts=tuple(Part(**p) for p in parts), **table)
    RULES[kind](question)
    return question


def take(table, keys, where):
    """Exactly these keys, of these types, with text that both the notebook and the site can show."""
    for key in table:
        if key not in keys:
            close = get_close_matches(key, keys, n=1)
            raise QuestionError(f"{where} has an unknown key {key!r}" + (f" (is it {close[0]!r}?)" if close else ""))
    for key, kind in keys.items():
        if key not in table:
            raise QuestionError(f"{where} has no {key!r}")
        value = table[key]
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            expected = {str: "text", bool: "true or false"}.get(kind, "a number")
            raise QuestionError(f"{where}: {key!r} must be {expected}")
        if kind is str:
            check_text(value, f"{where}: {key!r}")
            table[key] = value.strip()


def check_text(text, where):
    if not text.strip():
        raise QuestionError(f"{where} is empty")
    outside_code = re.sub(r"(?s)```.*?```|`[^`]*`", "", text)
    if outside_code.replace(r"\$", "").replace("$$", "").count("$") % 2:
        raise QuestionError(f"{where} has a $ without its partner")
    outside = re.sub(r"(?s)\$\$.*?\$\$|\$[^$]*\$", "", outside_code)
    for pattern, what in FORBIDDEN.items():
        if re.search(pattern, outside):
            raise QuestionError(f"{where} has {what}, which a question cannot show")


def check_choice(question):
    right = sum(part.right for part in question.parts)
    texts = [part.text for part in question.parts]
    if len(set(texts)) < len(texts):
        raise QuestionError("two options have the same text")
    check_inline(question)
    if question.kind == "one" and (right != 1 or len(texts) < 2):
        raise QuestionError(f"kind “one” needs two options or more and exactly one right, not {right} of {len(texts)}")
    if question.kind == "several" and not 0 < right < len(texts):
        raise QuestionError(f"kind “several” needs both right and wrong options, not {right} right of {len(texts)}")


def check_number(question):
    if question.tolerance < 0:
        raise QuestionError("tolerance must not be negative")
    if not question.parts:
        raise QuestionError("a number question needs at least one [[question.mistake]], a common wrong value")
    taken = [("the answer", question.answer)]
    for part in question.parts:
        for name, value in taken:
            if abs(part.value - value) <= 2 * question.tolerance:
                raise QuestionError(f"the mistake {part.value} cannot be told from {name}: the tolerances overlap")
        taken.append((f"the mistake {part.value}", part.value))


def check_order(question):
    if len({part.text for part in question.parts}) < max(3, len(question.parts)):
        raise QuestionError("kind “order” needs three different steps or more")
    check_inline(question)


def check_inline(question):
    for number, part in enumerate(question.parts, start=1):
        if "\n\n" in part.text or "```" in part.text or "$$" in part.text:
            raise QuestionError(f"the text of {PARTS[question.kind]} {number} must be a single paragraph")


RULES = {"one": check_choice, "several": check_choice, "number": check_number, "order": check_order}
