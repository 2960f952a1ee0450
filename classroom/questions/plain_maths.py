"""Simple TeX as plain text: `\\frac{w_1}{2}` is w₁/2, for terminals and for notebooks that typeset nothing."""

import re
import unicodedata

SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ε", "eta": "η", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "Sigma": "Σ", "tau": "τ", "phi": "φ",
    "partial": "∂", "nabla": "∇", "sum": "Σ", "prod": "∏", "sqrt": "√", "infty": "∞", "in": "∈", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "cdot": "·", "times": "×", "odot": "⊙", "pm": "±",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "ll": "≪", "gg": "≫",
    "dots": "…", "ldots": "…", "cdots": "…", "top": "ᵀ", "lVert": "‖", "rVert": "‖", "Vert": "‖", "prime": "′",
    "quad": "  ", "qquad": "  ", "lfloor": "⌊", "rfloor": "⌋", "mid": "|", "ell": "ℓ", "relu": "ReLU",
}  # fmt: skip
DOWN = str.maketrans("0123456789+-=()aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
UP = str.maketrans("0123456789+-−=()nijkTx", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʲᵏᵀˣ")
# Braces that only group go; those that TeX escapes, and scripts that have no small letter, come back.
LAST = str.maketrans({"{": "", "}": "", "-": "−", "'": "′", "\ue000": "{", "\ue001": "}", "\ue002": "^", "\ue003": "_"})


def tex_to_text(tex):
    """Simple TeX in Unicode; a command it does not know keeps its name."""
    tex = tex.replace(r"\{", "\ue000").replace(r"\}", "\ue001")
    tex = re.sub(r"\\(?:(?:left|right|big|Big|displaystyle)(?![a-zA-Z])|[,;:! ])", " ", tex).replace("~", " ")
    # Innermost braces first, so that one pattern without nesting is enough.
    for _ in range(8):
        before = tex
        tex = re.sub(r"\\(hat|bar)\{([^{}])\}", lambda m: m[2] + ("\u0302" if m[1] == "hat" else "\u0304"), tex)
        tex = re.sub(r"\\(?:text|mathrm|mathbf|mathit|boldsymbol|operatorname|mathbb|hat|bar)\{([^{}]*)\}", r"\1", tex)
        tex = re.sub(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", lambda m: f"{group(m[1])}/{group(m[2])}", tex)
        tex = re.sub(r"\\[dt]?frac\s*(\d)(\d)", r"\1/\2", tex)
        tex = re.sub(r"\\sqrt\{([^{}]*)\}", lambda m: f"√{group(m[1])}", tex)
        tex = re.sub(r"_(?:\{([^{}]*)\}|([^\\{}\s]))", lambda m: script(m[1] or m[2], DOWN, "\ue003"), tex)
        tex = re.sub(
            r"\^(?:\{([^{}]*)\}|(\\(?:top|prime))(?![a-zA-Z])|([^\\{}\s]))",
            lambda m: script(m[1] or m[2] or m[3], UP, "\ue002"),
            tex,
        )
        if tex == before:
            break
    tex = re.sub(r"\\(partial|nabla|Delta|sum|prod)\s+", lambda m: SYMBOLS[m[1]], tex)
    tex = re.sub(r"\\([a-zA-Z]+)", lambda m: SYMBOLS.get(m[1], m[1]), tex)
    tex = re.sub(r"\\(.)", r"\1", tex).translate(LAST)
    return unicodedata.normalize("NFC", " ".join(tex.split()))


def group(text):
    return text if re.fullmatch(r"\\?[\w.₀-₉]+", text.strip()) else f"({text})"


def script(text, table, mark):
    text = text.strip()
    if text in (r"\top", r"\prime"):
        return SYMBOLS[text[1:]]
    moved = text.translate(table)
    if all(new != old or old.isspace() for new, old in zip(moved, text, strict=True)):
        return moved
    return mark + (text if len(text) == 1 else f"({text})")
