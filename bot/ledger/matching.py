"""Where a paper deals with each point of a motion: by repeating its words, or by its number.

A statement answers in one of three forms (read off 22 Karlsruhe motions and their statements): it repeats each question
and answers below it, it counts ("Zu 2. und 3."), or it runs as one text. Pure: two texts in, stretches out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.ledger.folding import GRAM, Folded, folded, grams_of, plain_of
from ingest.types import Point, Span

LEAD_CHARS = 110
"""So much of a point's beginning is looked for: statements shorten, and answer between sub-points."""

LEAD_SHARE = 0.55
"""Share of the lead's shingles from which it counts as repeated. Of 101 points of gold-dev, .45 to .7 find the same."""

MIN_ANSWER_CHARS = 6
"""Letters and digits; a shorter stretch behind an anchor holds no answer ("Ja." is told by its own rule)."""

DRIFT = 12
"""Letters by which a repetition may be shorter or longer between two shingles: a word put in or left out."""

MAX_PREFACE_CHARS = 400
"""Letters and digits before the first bare number of its section: a list further down is one of something else."""

_LIST = r"(?P<numbers>\d{1,2}[a-z]?\s?\.?(?:\s?(?:,|und|u\.|&|\+|/|bis|-|–)\s?(?:zu\s)?\d{1,2}\s?\.?)*)"
_NAMED = re.compile(
    rf"^[ \t]*(?:(?:Die\s)?Antwort(?:en)?\s+)?(?:[Zz]u\s+)?(?:(?:den\s|der\s)?(?:Fragen?|Punkt(?:en)?|Ziff(?:\.|ern?)|"
    rf"Nr\.|Nummern?|Antrag(?:spunkt)?))\s*{_LIST}\s?[:).]*|^[ \t]*[Zz]u\s+{_LIST.replace('numbers', 'bare')}\s?[:).]*",
    re.MULTILINE,
)
_CLOSING = re.compile(r"[?!.:)\]“\"]*")
_COUNTED = re.compile(r"^[ \t]*\(?(?P<number>\d{1,2})\s?(?:\.\)|[.):])(?!\d)(?=\s)", re.MULTILINE)
_ELSEWHERE = re.compile(
    r"\b(?:siehe|s\.|vgl\.|verweis\w*|analog)\b[^.?!]{0,60}?\b(?:Antwort(?:en)?|Fragen?|Ziff(?:er|\.)|Punkt|"
    r"Nr\.|zu|auf|oben)\s*"
    r"(?:zu\s+)?(?:(?:Frage|Ziffer|Punkt|Nr\.)\s*)?(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)


class How(StrEnum):
    """How a stretch was found to deal with a point, strongest first."""

    REPEATED = "repeated"
    NUMBERED = "numbered"
    SHARED = "shared"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a paper that may answer a point.

    Attributes:
        span: characters of the paper's `text`.
    """

    span: Span
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    """Where a paper turns to a point: `start` and `end` of the words that say so, `position` of the point."""

    position: int
    start: int
    end: int
    how: How


def stretches(text: str, points: Sequence[Point], bodies: Sequence[Span]) -> dict[int, tuple[Stretch, ...]]:
    """Return the stretches of a paper that deal with each point, by the point's position.

    A point that is neither repeated nor numbered may be dealt with anywhere that is not given to another point.

    Args:
        text: of the paper.
        points: of the motion, in order.
        bodies: where the paper says something (no head, no form of costs), ascending.
    """
    if not bodies:
        return {}
    anchors = _anchors(text, points, bodies)
    found: dict[int, list[Stretch]] = {}
    for place, anchor in enumerate(anchors):
        end = next((later.start for later in anchors[place + 1 :] if later.start > anchor.start), bodies[-1].end)
        for span in _inside(Span(start=anchor.end, end=max(anchor.end, end)), bodies):
            if _letters(span.of(text)) >= MIN_ANSWER_CHARS or re.search(r"\b(?:Ja|Nein)\b", span.of(text)):
                found.setdefault(anchor.position, []).append(Stretch(span=span, how=anchor.how))
    _share(anchors, found)
    _refer(text, points, found)
    taken = sorted({s.span for given in found.values() for s in given}, key=lambda span: (span.start, span.end))
    rest = tuple(Stretch(span=span, how=How.WHOLE) for body in bodies for span in _without(body, taken))
    whole = rest if found else tuple(Stretch(span=body, how=How.WHOLE) for body in bodies)
    return {point.position: tuple(found.get(point.position, whole)) for point in points}


def _anchors(text: str, points: Sequence[Point], bodies: Sequence[Span]) -> list[_Anchor]:
    """Return where the paper turns to each point, in the order of the paper."""
    repeated = _repeated(text, points)
    named = list(_named(text, points, bodies))
    counted = [] if named else _counted(text, points, bodies, repeated)
    everything = [*repeated, *named, *counted]
    return sorted(everything, key=lambda anchor: (anchor.start, anchor.end, anchor.position))


def _repeated(text: str, points: Sequence[Point]) -> list[_Anchor]:
    """Return where the paper repeats the beginning of a point, each point after the one before it."""
    paper = folded(text)
    found: list[_Anchor] = []
    earliest = 0
    for point in points:
        whole = plain_of(point.text)
        lead = whole[:LEAD_CHARS]
        window = _window(lead, paper, earliest)
        if window is None:
            continue
        first, _ = window
        last = _end_of_repetition(whole, paper, first)
        start = paper.offsets[first]
        closing = _CLOSING.match(text, paper.offsets[min(last, len(paper.offsets) - 1)] + 1)
        end = closing.end() if closing else start
        found.append(_Anchor(position=point.position, start=start, end=end, how=How.REPEATED))
        earliest = first + 1
    return found


def _window(lead: str, paper: Folded, earliest: int) -> tuple[int, int] | None:
    """Return the first and last folded place of the densest repetition of `lead` from `earliest` on."""
    grams = grams_of(lead)
    if not grams:
        return None
    hits = sorted(
        (place - i, place) for i, gram in enumerate(grams) for place in paper.places(gram) if place >= earliest
    )
    best, at = 0, 0
    starts = [start for start, _ in hits]
    slack = max(8, len(lead) // 8)
    for n, start in enumerate(starts):
        count = bisect_left(starts, start + slack) - n
        if count > best:
            best, at = count, n
    if best < LEAD_SHARE * len(grams):
        return None
    places = [place for _, place in hits[at : at + best]]
    return min(places), max(places) + GRAM - 1


def _end_of_repetition(point: str, paper: Folded, first: int) -> int:
    """Return the folded place of the last character that repeats the point, which began at `first`.

    Only words at their own distance from the ones before count: an answer takes up the question's words, too.
    """
    at, last = first, first + GRAM - 1
    for i, gram in enumerate(grams_of(point)):
        places = paper.places(gram)
        near = bisect_left(places, at + i - DRIFT)
        if near < len(places) and places[near] <= at + i + DRIFT:
            at, last = places[near] - i, max(last, places[near] + GRAM - 1)
    return last


def _named(text: str, points: Sequence[Point], bodies: Sequence[Span]) -> Iterator[_Anchor]:
    """Find "Zu 1.", "Zu Frage 3:", "zu 2. und 3."."""
    for match in _NAMED.finditer(text):
        if not any(body.start <= match.start() < body.end for body in bodies):
            continue
        for point in _of_numbers(match["numbers"] or match["bare"], points):
            yield _Anchor(position=point.position, start=match.start(), end=match.end(), how=How.NUMBERED)


def _counted(text: str, points: Sequence[Point], bodies: Sequence[Span], repeated: Sequence[_Anchor]) -> list[_Anchor]:
    """Find bare numbers that count through the points: from the first on, none left out but the last."""
    if len(points) < 2:
        return []
    by_position = {anchor.position: anchor for anchor in repeated}
    chain: list[_Anchor] = []
    marks = [m for m in _COUNTED.finditer(text) if any(b.start <= m.start() < b.end for b in bodies)]
    for point in points:
        known = by_position.get(point.position)
        if known is not None:
            chain.append(known)
            continue
        after = chain[-1].start if chain else -1
        before = min((a.start for a in repeated if a.position > point.position), default=len(text))
        wanted = point.number.rstrip("abcdefgh")
        mark = next((m for m in marks if m["number"] == wanted and after < m.start() < before), None)
        if mark is not None:
            chain.append(_Anchor(position=point.position, start=mark.start(), end=mark.end(), how=How.NUMBERED))
    complete = len(chain) >= max(2, len(points) - 1) and chain[0].position == points[0].position
    begins = next((body.start for body in reversed(bodies) if chain and body.start <= chain[0].start), 0)
    if complete and _letters(text[begins : chain[0].start]) > MAX_PREFACE_CHARS:
        return []
    return [anchor for anchor in chain if anchor.how is How.NUMBERED] if complete else []


def _of_numbers(written: str, points: Sequence[Point]) -> list[Point]:
    """Return the points that "2. und 3." or "1 bis 4" mean: by their number, else by their place."""
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if re.search(r"\d\s?\.?\s?(?:bis|-|–)\s?\d", written) and len(numbers) == 2:
        numbers = list(range(numbers[0], min(numbers[1], numbers[0] + len(points)) + 1))
    as_written = {point.number: point for point in reversed(points)}
    unique = len(as_written) == len(points)
    by_place = {str(point.position): point for point in points}
    known = as_written if unique else by_place
    return [known[str(number)] for number in numbers if str(number) in known]


def _share(anchors: Sequence[_Anchor], found: dict[int, list[Stretch]]) -> None:
    """Give a point that is repeated right before another one the answer to both."""
    for place, anchor in enumerate(anchors):
        if anchor.position in found:
            continue
        following = next((a for a in anchors[place + 1 :] if a.position in found), None)
        if following is not None:
            shared = found[following.position]
            found[anchor.position] = [Stretch(span=stretch.span, how=How.SHARED) for stretch in shared]


def _refer(text: str, points: Sequence[Point], found: dict[int, list[Stretch]]) -> None:
    """Follow "siehe Antwort zu Frage 7"."""
    for position, given in list(found.items()):
        said = " ".join(stretch.span.of(text) for stretch in given)
        reference = _ELSEWHERE.search(said)
        if reference is None or len(said) > 300:
            continue
        for point in _of_numbers(reference["number"], points):
            if point.position != position and point.position in found:
                more = [Stretch(span=stretch.span, how=How.SHARED) for stretch in found[point.position]]
                found[position] = [*given, *more]


def _inside(span: Span, bodies: Sequence[Span]) -> Iterator[Span]:
    for body in bodies:
        start, end = max(span.start, body.start), min(span.end, body.end)
        if start < end:
            yield Span(start=start, end=end)


def _without(body: Span, taken: Sequence[Span]) -> Iterator[Span]:
    start = body.start
    for span in taken:
        if span.end <= start or span.start >= body.end:
            continue
        if span.start > start:
            yield Span(start=start, end=span.start)
        start = max(start, span.end)
    if start < body.end:
        yield Span(start=start, end=body.end)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
