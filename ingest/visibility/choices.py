"""Boxes of a form: "☐ öffentlich ☒ nichtöffentlich". Which one is ticked, if that can be read at all.

Forms put the box before its word or behind it. Where boxes stand on both sides, the side on which the line begins
tells; else the nearer word has the tick; what cannot be told is `UNCLEAR`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.visibility.spelling import NOT_PUBLIC, PUBLIC_STEM


class Choice(StrEnum):
    """What a line of choices says; `UNTICKED` also where its tick is not readable."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    UNTICKED = "unticked"
    UNCLEAR = "unclear"


_TICKED = r"[☒☑✓✔✗✘✕✖■◼⬛●◉⦿🗹🗷\uf0fd\uf0fe\uf053\uf054]|[\[({]\s*[xX✓✔✗✘*]\s*[\])}]|(?<![^\W_])[xX](?![^\W_])"
_EMPTY = r"[☐□▢◻⬜○◯\uf06f\uf0a8\uf071\uf072]|\[\s*\]|\(\s*\)|\{\s*\}|_{2,}|(?<=:\s)-(?=\s|$)"
_SESSION = r"(?:\s+(?:sitzung|behandlung|beratung|vorlage|teil)(?![^\W_]))?"
_WORDS = (
    rf"(?P<second>(?:{NOT_PUBLIC}){_SESSION}|(?<![^\W_])(?-i:nö|NÖ|N\.?Ö\.?)(?![^\W_])(?:\.)?)"
    rf"|(?P<first>(?<![^\W_]){PUBLIC_STEM}(?:ich\w*|\.)?(?![^\W_]){_SESSION}|(?<![^\W_])(?-i:ö|Ö)(?![^\W_]))"
)
_VISIBILITY = re.compile(f"{_WORDS}|(?P<ticked>{_TICKED})|(?P<empty>{_EMPTY})", re.IGNORECASE)
_YES_NO = re.compile(
    rf"(?P<first>(?<![^\W_])ja(?![^\W_]))|(?P<second>(?<![^\W_])nein(?![^\W_]))|(?P<ticked>{_TICKED})|(?P<empty>{_EMPTY})",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:lich|ö\.?|ja|nein|tl\.)$", re.IGNORECASE)
"""A word to choose is not inflected, unless it has a box."""
_JOINED = re.compile(r"\b(?:und|sowie|auch|als)\b", re.IGNORECASE)
_GLUED = re.compile(r"\bTOPönö|TOPöNö", re.IGNORECASE)


NEAR = 4
"""Blanks between a word and its box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    start: int
    end: int
    is_ticked: bool


def visibility_choice(text: str) -> Choice | None:
    """Tell which of "public" (first) and "non-public" (second) a line chooses; None if it is no line of choices.

    Args:
        text: one line as `spelling.spelled` gives it, its blanks kept: they tell which word a tick belongs to.
    """
    if _GLUED.search(text):
        return Choice.UNTICKED
    return _chosen(_VISIBILITY, text)


def yes_or_no(text: str) -> Choice | None:
    """Tell which of "ja" (first) and "nein" (second) a line chooses; None if it offers neither with boxes."""
    return _chosen(_YES_NO, text)


def is_only_choice(text: str) -> bool:
    """Tell whether a line holds nothing but words to choose from and boxes."""
    return bool(text.strip()) and not re.search(r"\w", _VISIBILITY.sub("", text).replace("_", ""))


def _chosen(pattern: re.Pattern[str], text: str) -> Choice | None:
    words: list[tuple[str, int, int]] = []
    marks: list[_Mark] = []
    for found in pattern.finditer(text):
        if found.lastgroup in ("first", "second"):
            words.append((found.lastgroup, found.start(), found.end()))
        else:
            marks.append(_Mark(start=found.start(), end=found.end(), is_ticked=found.lastgroup == "ticked"))
    names = {name for name, _, _ in words}
    if not names or (len(names) == 1 and not _beside(words, marks)):
        return None
    if not marks and (len(names) == 1 or _JOINED.search(text) or any(not _BARE.search(text[a:b]) for _, a, b in words)):
        return None
    if not any(mark.is_ticked for mark in marks):
        return Choice.UNTICKED
    if len(names) == 1:
        ticked = any(mark.is_ticked for mark in _beside(words, marks))
        return (Choice(words[0][0])) if ticked else Choice.UNTICKED
    owners = {_owner(mark, words, marks) for mark in marks if mark.is_ticked}
    if owners == {"first", "second"}:
        return Choice.BOTH
    return Choice.UNCLEAR if None in owners else Choice(str(owners.pop()))


def _beside(words: list[tuple[str, int, int]], marks: list[_Mark]) -> list[_Mark]:
    """Return the marks that stand directly beside a word, blanks apart; a letter x elsewhere is no mark."""
    return [
        mark
        for mark in marks
        if any(0 <= start - mark.end <= NEAR or 0 <= mark.start - end <= NEAR for _, start, end in words)
    ]


def _owner(mark: _Mark, words: list[tuple[str, int, int]], marks: list[_Mark]) -> str | None:
    before = next((word for word in reversed(words) if word[2] <= mark.start), None)
    behind = next((word for word in words if word[1] >= mark.end), None)
    if before is None or behind is None:
        word = before or behind
        return word[0] if word else None
    if len(marks) >= len(words):
        return behind[0] if marks[0].start < words[0][1] else before[0]
    nearer_before, nearer_behind = mark.start - before[2], behind[1] - mark.end
    if abs(nearer_before - nearer_behind) < 2:
        return None
    return before[0] if nearer_before < nearer_behind else behind[0]
