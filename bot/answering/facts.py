"""The numbers and dates a sentence claims, in one spelling, so that they can be looked for in another sentence.

Strict on purpose: what is not surely the same is different. "1,4 Mio. €" is "1.400.000 Euro" and "sieben" is "7", but
31 € is not 31 posts, "bis zu 31" is not 31, and a day must stand as that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ingest.dates import MONTH_NAME, find_dates
from ingest.dates import MONTHS as _MONTH_NAMES

_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_DAY_AND_MONTH: Final = re.compile(rf"\b(\d{{1,2}})\.\s{{0,2}}({MONTH_NAME})\b", re.IGNORECASE)
_MONTH_AND_YEAR: Final = re.compile(rf"\b({MONTH_NAME})\.?\s{{1,2}}(\d{{4}})\b", re.IGNORECASE)

_ONES: Final = tuple(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn".split()
)
_TENS: Final = ("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")

SCALES: Final = {
    "t": 3, "tsd": 3, "tausend": 3, "mio": 6, "million": 6, "millionen": 6, "mrd": 9, "milliarde": 9, "milliarden": 9,
}  # fmt: skip
"""Powers of ten by what is written behind a number, in lower case without a stop."""

LONGEST_BOUND: Final = 16
"""Characters in front of a number in which "weniger als" and its space stand."""

_MAX_DIGITS: Final = 24
"""Longer runs are no amounts, and `Decimal` would round them."""
_NUMBER: Final = re.compile(
    r"""
    (?P<before>€|\bEUR\b|\bTEUR\b|\bT€)?\s?
    (?P<head>[^\W\d_]+)?
    (?P<sign>(?<![\w.,/)])[-−](?=\d))?
    (?P<digits>
        \d+(?:[/:]\d+)+                                        # 236/2023, 18:30
      | \d{1,3}(?:[.\u00a0\u202f' ]\d{3})+(?![\d])(?:,\d+)?    # 1.250,50
      | \d+(?:,\d+)?(?:\.\d+)*                                 # 3,5 and 3.5.1
    )
    (?P<letters>[^\W\d_]*)
    (?:\s?(?P<scale>Tsd\b\.?|Tausend\b|Mio\b\.?|Million(?:en)?\b|Mrd\b\.?|Milliarden?\b|T(?=€|EUR)))?
    (?:\s?(?P<unit>%|Prozentpunkte?n?\b|Prozent\b|v\.\s?H\.|€|Euro\b|EUR\b))?
    """,
    re.VERBOSE,
)
_BOUND: Final = re.compile(
    r"\b(?:(?P<atmost>bis zu|höchstens|maximal|max\.)|(?P<atleast>mindestens|wenigstens)|(?P<over>mehr als|über)"
    r"|(?P<under>weniger als|unter)|(?P<almost>knapp|fast|nahezu)|(?P<about>rund|rd\.|ca\.|circa|etwa|ungefähr))\s*$",
    re.IGNORECASE,
)
_UNITS: Final = {"€": "€", "euro": "€", "eur": "€", "%": "%", "prozent": "%", "v.h.": "%"}


def claimed(text: str) -> frozenset[str]:
    """Return the numbers and dates that a sentence names, each once and as exactly as it names them."""
    return frozenset(fact for fact, _ in _facts(text))


def held(text: str) -> frozenset[str]:
    """Return the numbers and dates that a text carries: those it names, and the month and year of each date."""
    return frozenset(one for fact, wider in _facts(text) for one in (fact, *wider))


def _facts(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each fact with those that follow from it."""
    left = list(text)

    def take(start: int, end: int) -> None:
        left[start:end] = " " * (end - start)

    for found in find_dates(text):
        day = found.day
        yield f"{day}", (f"{day:%Y-%m}", f"{day:--%m-%d}", f"{day:%Y}")
        take(found.span.start, found.span.end)
    for match in _DAY_AND_MONTH.finditer("".join(left)):
        yield f"--{_MONTHS[match[2].lower()]:02}-{int(match[1]):02}", ()
        take(*match.span())
    for match in _MONTH_AND_YEAR.finditer("".join(left)):
        yield f"{match[2]}-{_MONTHS[match[1].lower()]:02}", (match[2],)
        take(*match.span())
    written = _with_digits("".join(left))
    for match in _NUMBER.finditer(written):
        bound = _BOUND.search(written[max(0, match.start() - LONGEST_BOUND) : match.start()])
        yield (f"{bound.lastgroup} " if bound else "") + _number(match), ()


def _number(match: re.Match[str]) -> str:
    digits, letters = match["digits"], match["letters"].lower()
    if match["head"] or len(digits) > _MAX_DIGITS:  # CO2, A5
        return f"{match['head'] or ''}{digits}{letters}".lower()
    if re.search("[/:]", digits):  # a paper's number or a time of day: leading noughts mean nothing
        return re.sub(r"(?<!\d)0+(?=\d)", "", digits) + letters
    grouped = re.fullmatch(r"\d{1,3}(?:\D\d{3})+(?:,\d+)?", digits) and not re.fullmatch(r"\d+,\d{3}", digits)
    before = (match["before"] or "").lower()
    unit = re.sub(r"\s", "", (match["unit"] or before.removeprefix("t"))).lower()
    unit = _UNITS.get(unit, unit and "%p")  # percentage points are no percent
    if letters or not (grouped or re.fullmatch(r"\d+(?:,\d+)?", digits)):  # 4a, 5G, 3.5.1
        return digits + letters + unit
    value = Decimal(re.sub(r"[^\d,]", "", digits).replace(",", "."))
    scale = (match["scale"] or "").lower().strip(".")
    value = value.scaleb(SCALES.get(scale, 0) + (3 if before.startswith("t") else 0))
    if match["sign"]:
        value = -value
    return f"{value.normalize():f}{unit}"


def _with_digits(text: str) -> str:
    """Write number words as digits: "sieben", "einundzwanzig", "dreihundert", "eine Million"."""
    text = re.sub(r"\b[Ee]ine?r?\s+(?=Million|Milliarde)", "1 ", text)
    return re.sub(r"[^\W\d_]+", _digits, text)


def _digits(match: re.Match[str]) -> str:
    value = _value(match[0].lower())
    return match[0] if value is None else str(value)


def _value(word: str) -> int | None:
    """Return what a German number word from 0 to 999,999 says, None for every other word."""
    if word in _ONES:
        return _ONES.index(word)
    if word in _TENS[2:]:
        return 10 * _TENS.index(word)
    for name, factor in (("tausend", 1000), ("hundert", 100)):
        many, found, rest = word.partition(name)
        if found:
            head = 1 if many in ("", "ein") else _value(many)
            tail = 0 if not rest else _value(rest.removeprefix("und"))
            return None if head is None or tail is None else factor * head + tail
    one, found, ten = word.partition("und")
    if found and ten in _TENS[2:]:
        ones = 1 if one == "ein" else _value(one)
        return 10 * _TENS.index(ten) + ones if ones is not None and ones < 10 else None
    return None
