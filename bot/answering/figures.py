"""Figures over time: which sentences give different values for the same thing, and which only round.

Two sentences speak of the same thing if they stand in different papers, share unit and counted noun, say most of their
words alike, and if all nouns of one are nouns of the other: "3,1 Stellen für das neue Amt" and "3,5 Stellen für das
Personalamt" are two things. "rd. 90 Mio. €" and "89,76 Mio. €" are one value; "01.01.2022" and "April 2022" as the day
an office began its work are two. Careful by design: a contradiction that is none is worse than one not named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.answering.facts import SCALES
from bot.answering.standing import last_day
from ingest.dates import MONTH_NAME, find_stands
from ingest.german import search_tokens
from ingest.types import Stand

ALIKE = 0.75
"""Share of the shorter sentence's words that the other must hold; as `bot.answering.extractive.SAME`."""

MIN_NOUNS = 2
"""Nouns in common besides what is counted: one is too few to name a thing."""

_NUMBER = re.compile(
    r"(?<![\d.,/–-])(?P<digits>\d{1,3}(?:[.\u00a0 ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/–]|-\d|\.\d)"
    r"(?:\s?(?P<scale>(?:Tsd|Mio|Mrd)\b\.?|Tausend|Million(?:en)?|Milliarden?|T(?=€|EUR)))?"
    r"(?:\s?(?P<unit>€|Euro\b|EUR\b|%|Prozent\b))?(?:\s(?P<words>(?:[a-zäöüß]+\s){0,2}[A-ZÄÖÜ][\w-]*[a-zäöüß]))?"
)
_NEAR = re.compile(
    r"\b(?:rd\.|rund|ca\.|circa|etwa|ungefähr|knapp|fast|gut|über|nahezu|mehr als|bis zu)\s$", re.IGNORECASE
)
_FILLING = re.compile(
    r"\b(?:rd|rund|ca|circa|etwa|ungefähr|knapp|fast|gut|über|nahezu|mehr als|bis zu|Tsd|Mio|Mrd|Million(?:en)?"
    r"|Milliarden?|insgesamt|Stand)(?![a-zäöüß])\.?|\bGesamt(?=[a-zäöü]{3})",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"\b[Nn]ach (?:den (?:Worten|Angaben)|der Auskunft) (?:seine[sr]|ihre[sr]|de[sr])\s[\w-]+"
    r"|\b[Nn]ach (?:dem|der) (?:Stand|GRDrs|Vorlage|Bericht|Pressemitteilung|Antrag|Angabe)[^,;]*?(?:\d{4}|\d+/\d{4})\b"
    r"|\((?:Stand|Quelle)[^)]*\)"
)
_PART = re.compile(r",\s*(?:davon|darunter|hiervon|wovon)\b[^.;]*")
_NO_NOUN = re.compile(
    rf"(?:{MONTH_NAME}|Stand|Ende|Anfang|Mitte|Jahr\w*|Mio|Mrd|Tsd|Euro|EUR|GRDrs|Nr|Seite|Uhr|Arbeit|Betrieb)",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?<![\w.])[A-ZÄÖÜ][\w.@-]*\w")
_OPENING = re.compile(
    r"^\W*(?:Der|Die|Das|Den|Dem|Ein|Eine|Im|In|Am|An|Für|Zum|Zur|Von|Vom|Mit|Bei|Auf|Seit|Es|Rund|Etwa|Insgesamt)\b"
)
_APART = re.compile(
    r"\b(?:[IVX]{1,4}|zusätzlich\w*|weitere\w*|nochmals|mehr|weniger|davon|je|pro|monatlich|jährlich\w*|einmalig\w*|laufend\w*"
    r"|durchschnittlich|(?:un)?besetzt\w*|frei|offen\w*|nicht|kein\w*|beantragt\w*|geplant\w*)\b"
)
_BEGINS = re.compile(r"\bgegründet\b|\bArbeit (?:auf|aufgenommen)\b|\bstarte(?:te?|n)\b|\bgestartet\b|\beröffnet\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value and what it counts.

    Attributes:
        unit: "€", "%", the stem of the noun counted, or "begin" for the day something began.
        low: smallest value meant: "rd. 90" reaches from 85 to 95, "1,4 Mio." from 1.35 to 1.45 million.
        high: the largest; days count from the calendar's first.
    """

    unit: str
    low: Decimal
    high: Decimal

    def agrees(self, other: Figure) -> bool:
        """Say whether both may be the same value, rounded or not."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence as far as it gives figures for something.

    Attributes:
        source: of which paper; a paper does not contradict itself.
        figures: those whose unit stands only once in the sentence.
        nouns: what it speaks of, without dates and whom it quotes.
        words: its search tokens without numbers and dates.
        apart: what tells things apart that are called alike: Roman numbers ("Digital MoveS II"), "zusätzlich", "je".
    """

    source: str
    as_of: Stand | None
    figures: tuple[Figure, ...]
    nouns: frozenset[str]
    words: frozenset[str]
    apart: frozenset[str]


def claim_of(sentence: str, source: str, as_of: Stand | None) -> Claim:
    """Read the figures of a sentence (white space folded) and what they are figures of.

    A question claims nothing, and "200 Dienste, davon 114 kostenfrei" gives 200.
    """
    bare = _PART.sub(" ", _ATTRIBUTED.sub(" ", sentence))
    found = [] if sentence.endswith("?") else [*_amounts(bare), *_beginnings(bare)]
    units = [figure.unit for figure in found]
    nouns = {
        noun.lower().removeprefix("gesamt")
        for noun in _NOUN.findall(_OPENING.sub("", bare))
        if not _NO_NOUN.fullmatch(noun)
    }
    return Claim(
        source=source,
        as_of=as_of,
        figures=tuple(figure for figure in found if units.count(figure.unit) == 1),
        nouns=frozenset(nouns),
        words=frozenset(token for token in search_tokens(_FILLING.sub(" ", bare)) if not token[0].isdigit()),
        apart=frozenset(_APART.findall(_FILLING.sub(" ", bare))),
    )


def differ(one: Claim, other: Claim) -> bool:
    """Say whether two sentences give different values for the same thing."""
    if one.source == other.source or one.apart != other.apart or not _same_thing(one, other):
        return False
    pairs = [(a, b) for a in one.figures for b in other.figures if a.unit == b.unit]
    return bool(pairs) and not any(a.agrees(b) for a, b in pairs)


def same_stand(one: Claim, other: Claim) -> bool:
    """Say whether both refer to the same time, or tell of the same beginning when it was past: then one is wrong."""
    if one.as_of is None or other.as_of is None:
        return False
    begins = [figure for claim in (one, other) for figure in claim.figures if figure.unit == "begin"]
    if begins:
        first = min(last_day(one.as_of).toordinal(), last_day(other.as_of).toordinal())
        return all(first >= figure.low for figure in begins)
    return one.as_of == other.as_of


def _same_thing(one: Claim, other: Claim) -> bool:
    smaller, larger = sorted((one.nouns, other.nouns), key=len)
    if len(smaller) < MIN_NOUNS or not smaller <= larger:
        return False
    if any(figure.unit == "begin" for figure in one.figures) and any(
        figure.unit == "begin" for figure in other.figures
    ):
        return True
    common = len(one.words & other.words)
    return common >= ALIKE * min(len(one.words), len(other.words))


def _amounts(sentence: str) -> list[Figure]:
    dates = [found.span for found in find_stands(sentence)]
    found = []
    for match in _NUMBER.finditer(sentence):
        if any(span.start <= match.start() < span.end for span in dates):
            continue
        unit = _unit(match)
        if unit:
            low, high = _range(match, near=_NEAR.search(sentence[: match.start()]) is not None)
            found.append(Figure(unit=unit, low=low, high=high))
    return found


def _unit(match: re.Match[str]) -> str:
    if match["unit"]:
        return "%" if match["unit"] in ("%", "Prozent") else "€"
    if not match["words"] or _NO_NOUN.fullmatch(match["words"].split()[-1]):
        return ""
    return " ".join(sorted(search_tokens(match["words"].split()[-1])))


def _range(match: re.Match[str], *, near: bool) -> tuple[Decimal, Decimal]:
    """Return what a number may mean: half its last place up and down if it is scaled, a whole one if it says "rund"."""
    written = match["digits"].replace(".", "").replace("\u00a0", "").replace(" ", "")
    scale = Decimal(10) ** SCALES.get((match["scale"] or "").lower().rstrip("."), 0)
    value = Decimal(written.replace(",", ".")) * scale
    if not near and scale == 1:
        return value, value
    places = len(written.partition(",")[2])
    zeros = len(written) - len(written.rstrip("0")) if near and not places else 0
    place = scale * Decimal(10) ** (zeros - places)
    slack = place if near else place / 2
    return value - slack, value + slack


def _beginnings(sentence: str) -> list[Figure]:
    """Return the day, month or year something began, if the sentence names one alone."""
    found = find_stands(sentence)
    if len(found) != 1 or not _BEGINS.search(sentence):
        return []
    stand = found[0].stand
    low, high = stand.day.toordinal(), last_day(stand).toordinal()
    return [Figure(unit="begin", low=Decimal(low), high=Decimal(high))]
