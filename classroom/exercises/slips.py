"""Which of the listed wrong answers is it? Named only when the calls leave no other: silence beats wrong advice."""

import re
from dataclasses import dataclass, field

from .compare import agree, is_finite_frozen
from .examine import examine

# NumPy's two sentences for A @ B that do not fit end in two sizes, and name them in opposite orders.
SIZES = r"size (\d+) is different from (\d+)|(\d+) \(dim \d+\) != (\d+) \(dim"


@dataclass
class Match:
    """How far one listed wrong answer does what the reader's does."""

    sentence: str
    agreeing: set = field(default_factory=set)  # numbers of the failing cases on which both do the same
    others: int = 0  # of the failing cases, those on which they differ
    everywhere: bool = False  # do they agree on every case, right or wrong?


def named_slip(session, exercise, cases, outcomes, troubles):
    """(sentence, numbers of the failing cases that tell it from its rivals), or ("", set()).

    outcomes are the reader's, troubles {number of a case: its Trouble}. A slip that does the same on every case is
    named. Otherwise it has to agree on most of the failing cases, and on more of them than any other; one that fails
    where the reader is right is out. That both give nan is no evidence.
    """
    matches = []
    for source, sentence in exercise.wrong:
        session.left = max(session.left, 0.5)
        theirs = session.run(exercise.run(source), cases)
        match = compare_with(exercise, cases, theirs, outcomes, troubles, sentence)
        if match and match.everywhere:
            return match.sentence, match.agreeing
        if match:
            matches.append(match)
    matches.sort(key=lambda match: -len(match.agreeing))
    if not matches:
        return "", set()
    best, rivals = matches[0], matches[1:]
    if len(best.agreeing) <= max(best.others, 1):  # one alone may be a coincidence
        return "", set()
    if rivals and len(rivals[0].agreeing) == len(best.agreeing) and rivals[0].sentence != best.sentence:
        return "", set()
    return best.sentence, best.agreeing - set().union(*(rival.agreeing for rival in rivals)) or best.agreeing


def compare_with(exercise, cases, theirs, yours, troubles, sentence):
    """The Match of one listed wrong answer, or None when it cannot be that."""

    def fails(number):
        return examine(exercise, cases[number], theirs[number], number)[0] is not None

    match = Match(sentence, everywhere=len(theirs) == len(yours))
    for number, (their, your) in enumerate(zip(theirs, yours, strict=False)):
        mutated = number in troubles and troubles[number].kind == "mutated"
        if agree(their, your, arguments=mutated) and gist(their) == gist(your):
            told = number in troubles and (your.kind != "returned" or is_finite_frozen(your.value))
            if told and fails(number):  # it may be right where yours is wrong, as 3 is and 3.0 is not
                match.agreeing.add(number)
        else:
            match.everywhere = False
            match.others += number in troubles
            if troubles and number not in troubles and fails(number):
                return None
    return match


def gist(outcome):
    """What an error says; of a product that does not fit, the two sizes, whichever way it was written."""
    found = re.search(SIZES, outcome.sentence)
    return (found[2] or found[3], found[1] or found[4]) if found else outcome.sentence
