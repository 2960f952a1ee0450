"""A formula as a line of text: `\\frac{\\partial L}{\\partial w}` is “∂L/∂w”, a sum is “sum over n of”.

Where a page is quoted (what a search finds, a description, a card) a formula stands once, and can be read aloud.
"""

import re
import unicodedata

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}_^&]|\s+|[^\\{}_^&\s]", re.S)
# Where TeX's name is not the word, or a sign is shorter.
SIGNS = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "epsilon": "ε", "eta": "η"},
    **{"theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ"},
    **{"phi": "φ", "varphi": "φ", "Delta": "Δ", "Sigma": "Σ", "partial": "∂", "nabla": "∇", "infty": "∞"},
    **{"cdot": " · ", "times": " × ", "pm": " ± ", "le": " ≤ ", "ge": " ≥ ", "ne": " ≠ ", "approx": " ≈ ", "ll": " ≪ "},
    **{"gg": " ≫ ", "in": " ∈ ", "to": " → ", "rightarrow": " → ", "leftarrow": " ← ", "Longleftrightarrow": " ⇔ "},
    **{"sim": " ∼ ", "propto": " ∝ ", "odot": " ⊙ ", "dots": "…", "cdots": "…", "ldots": "…", "top": "ᵀ"},
    **{"lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|", "lceil": "⌈", "rceil": "⌉", "relu": "ReLU", "R": "ℝ"},
    **{name: "" for name in ("big", "Big", "bigl", "bigr", "left", "right", "displaystyle", "limits")},
}
SPACES = {",", ";", ":", "!", " ", "quad", "qquad"}
RAISED = str.maketrans("0123456789+−-ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱ")
LOWERED = str.maketrans("0123456789+−-ijknm", "₀₁₂₃₄₅₆₇₈₉₊₋₋ᵢⱼₖₙₘ")
OVER = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7"}


class Reader:
    """Reads TeX from left to right; each method returns the words for what it has read."""

    def __init__(self, tex):
        self.tokens = TOKEN.findall(tex)

    def next(self):
        return self.tokens.pop(0) if self.tokens else ""

    def skip_space(self):
        while self.tokens and self.tokens[0].isspace():
            self.tokens.pop(0)

    def sequence(self, end=""):
        """Up to `end`, or to the end of all."""
        said = ""
        while self.tokens and self.tokens[0] != end:
            said += self.piece()
        self.next()
        return said

    def argument(self):
        """What a command works on: a group, or the next sign."""
        self.skip_space()
        return self.piece().strip()

    def piece(self):
        token = self.next()
        if token == "{":
            return self.sequence("}")
        if token in "_^" and token:
            return shifted(token, self.argument())
        if token == "&" or token.isspace():
            return " " if token == "&" else ""
        if token.startswith("\\"):
            return self.command(token[1:])
        return f" {token.replace('-', '−')} " if token in "=<>+-" else token + (" " if token in ",;" else "")

    def command(self, name):
        if name == "\\":
            if self.tokens and self.tokens[0] == "[":  # \\[1ex]
                self.sequence("]")
            return "; "
        if name in SPACES:
            return " "
        if name in ("begin", "end"):
            self.argument()
            return " "
        if name in ("text", "mathrm", "operatorname", "textbf"):
            return self.verbatim()
        if name in ("frac", "dfrac", "tfrac"):
            return f"{bracketed(self.argument())}/{bracketed(self.argument())}"
        if name == "sqrt":
            return f"√{bracketed(self.argument())}"
        if name in OVER:
            return self.argument() + OVER[name]
        if name == "sum":
            return self.sum()
        if name in ("underbrace", "mathbf", "boldsymbol", "mathcal"):
            return self.argument()
        if name in SIGNS:
            return SIGNS[name]
        return name if not name.isalpha() else f" {name} "  # \{, \_; log, max, tanh

    def verbatim(self):
        """Text inside a formula keeps its spaces."""
        self.skip_space()
        if self.next() != "{":
            return ""
        said, depth = "", 1
        while self.tokens:
            token = self.next()
            depth += (token == "{") - (token == "}")
            if not depth:
                break
            said += token.lstrip("\\")
        return said

    def sum(self):
        limits = {}
        self.skip_space()
        while self.tokens and self.tokens[0] in ("_", "^", "\\limits"):
            sign = self.next()
            if sign != "\\limits":
                limits[sign] = self.argument()
            self.skip_space()
        over = limits.get("_", "")
        return " sum " + (f"over {over} " if over else "") + (f"to {limits['^']} " if "^" in limits else "") + "of "


def shifted(sign, what):
    """A subscript or a superscript, in small signs where there are any."""
    small = what.translate(RAISED if sign == "^" else LOWERED)
    if what in ("ᵀ", "′", "'"):
        return what
    if not set(small) & set(what):
        return small
    return f"{sign}{bracketed(what)}"


def bracketed(what):
    """In brackets if it would fall apart without; a product holds together."""
    return f"({what})" if re.search(r"[\s/]", what) else what


def in_words(tex):
    """One line of text for a formula."""
    said = Reader(tex).sequence()
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFC", said)).strip()
    said = re.sub(r"([(\[{⌈∂]) ", r"\1", said)
    said = re.sub(r" ([)\],;.])", r"\1", said).replace(",;", ";")
    return re.sub(r"(^|[(,=<>·;]) ?− ", lambda m: f"{m[1]}{' ' if m[1] not in '(' and m[1] else ''}−", said)
