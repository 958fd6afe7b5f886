"""How many letters two words are apart, and words of confidentiality as hurried hands and OCR write them.

Must not know where in a paper a word stands.
"""

from __future__ import annotations

import re

MAX_TYPOS = 2
"""Letters that may be wrong in a word of ten or more."""

_LOOK_ALIKE = str.maketrans({"1": "i", "|": "i", "!": "i", "¡": "i", "0": "o", "6": "o", "ô": "ö", "ó": "ö", "õ": "ö"})
_CANDIDATE = re.compile(
    r"(?<![^\W_])(?:(?P<whole>[ni][\w¡|!][^\W_]{10,20})"
    r"|(?P<first>n[\w¡|!][^\W_]{1,4})[\s_-]{1,3}(?P<second>[^\W_]{9,17}))(?![^\W_])",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:e[nrms]?)?$", re.IGNORECASE)
_RIGHT = re.compile(r"nicht[\W_]*(?:ö|oe)ffentlich", re.IGNORECASE)
_NOT = "nicht"
_OTHER_WORDS = frozenset({"nacht", "nichts", "vertraglich"})
_WORDS = ("vertraulich", "verschlusssach", "confidential")
"""Without their inflection."""
_LONG = re.compile(r"(?<![^\W_])[vc][^\W_]{8,17}(?![^\W_])", re.IGNORECASE)
_PUBLIC = "oeffentlich"


def typos(one: str, other: str) -> int:
    """Count the letters to be inserted, left out or changed, a swap of neighbours as one (Damerau, restricted).

    More than `MAX_TYPOS` are told as `MAX_TYPOS + 1`.
    """
    if abs(len(one) - len(other)) > MAX_TYPOS:
        return MAX_TYPOS + 1
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return min(rows[-1][-1], MAX_TYPOS + 1)


def mended(text: str) -> str:
    """Return a text in which what is nearly "nichtöffentlich", "vertraulich" or "Verschlusssache" is that.

    Capitals stay capitals.
    """
    return _LONG.sub(_mended_word, _CANDIDATE.sub(_mended, text))


def _mended_word(found: re.Match[str]) -> str:
    word, stem = found.group(), _stem(found.group())
    near = next((meant for meant in _WORDS if stem != meant and typos(stem, meant) <= 1), None)
    if near is None or stem in _OTHER_WORDS:
        return word
    ending = _ENDING.search(word)
    meant = near + (ending.group() if ending else "")
    return meant.upper() if word.isupper() else meant


def _mended(found: re.Match[str]) -> str:
    word = found.group()
    if found["whole"]:
        distance = typos(_stem(found["whole"]), _NOT + _PUBLIC)
    else:
        first = _folded(found["first"])
        is_not = first not in _OTHER_WORDS and typos(first, _NOT) <= 1
        distance = typos(_stem(found["second"]), _PUBLIC) + (typos(first, _NOT) if is_not else MAX_TYPOS + 1)
    if distance > MAX_TYPOS or _RIGHT.match(word):
        return word
    ending = _ENDING.search(word)
    meant = "nichtöffentlich" + (ending.group() if ending else "")
    return meant.upper() if word.isupper() else meant


def _stem(word: str) -> str:
    return _ENDING.sub("", _folded(word))


def _folded(word: str) -> str:
    return word.casefold().translate(_LOOK_ALIKE).replace("ö", "oe")
