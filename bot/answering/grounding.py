"""What a sentence of a language model must pass before anybody reads it. Pure.

The model is not believed. Each of its quotes must stand in the passage it names and is then widened to the whole
sentence there, so that nothing is quoted by halves. Numbers, dates and names of the statement must stand in those
sentences (`bot.answering.verify`); so must words that turn a meaning round or decide something, and a sentence that
denies may only rest on one that denies. What different people say, or what is decided and what is asked for, stays
apart. The statement itself must be plain German text: no address, mention, command,
markup or letter of another alphabet ever passes, not even where it stands in a paper.

What this cannot see: words that are right one by one and wrong together ("31 of 212" for "212 of 31").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.stating import Basis, stated
from bot.answering.verify import acts, fold, located, stands_in, unsupported
from bot.types import Hit
from ingest.german import words
from ingest.sentences import sentences
from ingest.types import Document, Span

MAX_STATEMENT = 400
"""Characters. Of 7,510 sentences of corpus/ and karlsruhe-small half have 120 or fewer, 99 % 377 or fewer."""

MIN_QUOTE, MAX_QUOTE = 8, 1500
"""Folded characters, and characters: "einstimmig" is long enough, and no passage is longer."""

MAX_SENTENCE = 700
"""A longer stretch is a table without stops: the quote stays as it is. The bound of `bot.answering.features`."""

MAX_QUOTES = 3
"""More than a phone shows for one sentence."""

_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüßÀ-ÖØ-öø-ÿ0-9 .,;:!?()„“”\"‚‘’'–\-/%€§&+°²³]+")
_GENDER = re.compile(r"(?<=[a-zäöüß])[*_:](?=in(?:nen)?\b)")
_SCHEME = re.compile(r"[^\W\d_][+.-]?:[^\s\d]|//|\[|\]")
_CLOSED = re.compile(r"[.!?][\"“”»’')]*$")
_DENYING = re.compile(r"\b(?:nicht|kein\w*|weder|niemand\w*|niemals|nie|nichts|ohne|unmöglich|nein)\b", re.IGNORECASE)
_WEIGHTY = re.compile(
    r"\b(?:(?:ab|an|zu)?ge(?:lehnt|nommen|stimmt|stiegen|sunken|kürzt|senkt|wachsen|nehmigt|ringer|macht|fordert|sichert)"
    r"|(?:be|ver)(?:schl[oi]\w+|willigt\w*|abschiedet\w*|doppelt\w*|antragt\w*|antragen)|ablehn\w*|zustimm\w*"
    r"|genehm\w+|entsch[ie]\w+|erhöh\w*|halbiert\w*|mehr|weniger|höher\w*|niedriger\w*|mindestens|höchstens|maximal"
    r"|minimal|nur|alle[nrs]?|sämtliche\w*|immer|jede[nrsm]?|beide[nr]?|meisten|mehrheitlich\w*|einstimmig\w*|hälfte"
    r"|drittel|viertel|doppelt\w*|dreifach\w*|dutzend\w*|hunderte?n?|tausende?n?|erste[nrsm]?|zweite[nrsm]?"
    r"|dritte[nrsm]?|letzte[nrsm]?|aktuell\w*|derzeit\w*|heute|inzwischen|bereits|endgültig\w*|umgesetzt|abgeschlossen"
    r"|fertiggestellt|eingeführt|gescheitert)\b",
    re.IGNORECASE,
)
"""Words that decide, compare, count or date without a digit: each must stand in a basis as it is."""

_UN = re.compile(r"un(?!d|s|ter|gefähr|ion|iv)\w{4,}")
_PLANNED = re.compile(
    r"\b(?:soll(?:en|te|ten)?|gepl?ant\w*|plan(?:t|en)|beabsichtig\w*|vorgesehen|beantrag\w*|bitte[nt]?|forder[nt]\w*|vorgeschlagen"
    r"|schl(?:ägt|agen)|würden?|könnten?|möchten?|voraussichtlich\w*|künftig\w*|angestrebt\w*|will|wollen)\b",
    re.IGNORECASE,
)


class Finding(StrEnum):
    """Why a statement does not pass."""

    NOT_PLAIN = "not_plain"
    NOT_A_SENTENCE = "not_a_sentence"
    NO_QUOTE = "no_quote"
    NO_SUCH_SOURCE = "no_such_source"
    NOT_VERBATIM = "not_verbatim"
    QUOTE_NOT_PLAIN = "quote_not_plain"
    UNSUPPORTED = "unsupported"
    TURNED_ROUND = "turned_round"
    NOT_DECIDED = "not_decided"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A statement that does not pass.

    Attributes:
        details: words, numbers or the source at fault; may be empty.
    """

    finding: Finding
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """A statement that passed, and what it rests on, each once and in the order given."""

    text: str
    bases: tuple[Basis, ...]


def ground(
    text: str, quotes: Sequence[tuple[int, str]], sources: Sequence[Hit], document: Callable[[str], Document]
) -> Grounded | Refused:
    """Let a statement pass or say what is wrong with it.

    Args:
        text: the statement.
        quotes: number of a source, from 1, and what is said to stand there.
        sources: the passages that were given, in the order of their numbers.
        document: looks a paper up by its id.
    """
    if refused := _form(text):
        return refused
    bases: list[Basis] = []
    for number, quote in quotes[:MAX_QUOTES]:
        basis = _basis(number, quote, sources, document)
        if isinstance(basis, Refused):
            return basis
        if basis not in bases:
            bases.append(basis)
    if not bases:
        return Refused(finding=Finding.NO_QUOTE)
    return _meaning(text, bases) or Grounded(text=text, bases=tuple(bases))


def _form(text: str) -> Refused | None:
    """Say what keeps a text from being one short plain sentence."""
    plain = _GENDER.sub("", text)
    if acts(plain) or _SCHEME.search(plain) or not _PLAIN.fullmatch(plain):
        return Refused(finding=Finding.NOT_PLAIN)
    if len(text) > MAX_STATEMENT or not _CLOSED.search(text):
        return Refused(finding=Finding.NOT_A_SENTENCE)
    return None


def _basis(number: int, quote: str, sources: Sequence[Hit], document: Callable[[str], Document]) -> Basis | Refused:
    """Find a quote in the passage it names and widen it to what may be shown."""
    if not 1 <= number <= len(sources):
        return Refused(finding=Finding.NO_SUCH_SOURCE, details=(str(number),))
    not_there = Refused(finding=Finding.NOT_VERBATIM, details=(str(number),))
    if len(quote) > MAX_QUOTE or len(fold(quote)) < MIN_QUOTE:
        return not_there
    passage = sources[number - 1].passage
    paper = document(passage.document_id)
    found = located(quote, paper, passage.span)
    if found is None:
        return not_there
    for span in (_sentence(found, passage.text, passage.span), _whole_words(found, passage.text, passage.span)):
        shown = span.of(paper.text)
        if len(span) <= MAX_SENTENCE and stands_in(paper, span, shown):
            if acts(shown):
                return Refused(finding=Finding.QUOTE_NOT_PLAIN, details=(str(number),))
            return Basis(text=" ".join(shown.split()), span=span, role=passage.role, document=paper)
    return not_there


def _sentence(found: Span, text: str, passage: Span) -> Span:
    """Widen a span to the sentences it touches.

    Args:
        found: characters of the paper.
        text: of the passage.
        passage: where it stands in the paper.
    """
    touched = [
        one
        for one in sentences(text)
        if passage.start + one.start < found.end and found.start < passage.start + one.end
    ]
    if not touched:
        return found
    return Span(start=passage.start + touched[0].start, end=passage.start + touched[-1].end)


def _whole_words(found: Span, text: str, passage: Span) -> Span:
    """Widen a span to the white space around it; same arguments as `_sentence`."""
    start, end = found.start - passage.start, found.end - passage.start
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start=passage.start + start, end=passage.start + end)


def _meaning(text: str, bases: Sequence[Basis]) -> Refused | None:
    """Say what a statement says that its bases do not."""
    shown = [basis.text for basis in bases]
    if missing := unsupported(text, shown):
        return Refused(finding=Finding.UNSUPPORTED, details=missing)
    if turned := _turned(text, shown):
        return Refused(finding=Finding.TURNED_ROUND, details=turned)
    if all(_PLANNED.search(sentence) for sentence in shown) and not _PLANNED.search(text):
        return Refused(finding=Finding.NOT_DECIDED)
    meant = {(one.mood, one.speaker) for one in (stated(text, (), basis) for basis in bases)}
    return Refused(finding=Finding.MIXED) if len(meant) > 1 else None


def _turned(text: str, shown: Sequence[str]) -> tuple[str, ...]:
    """Return the words by which a statement may mean something else than its bases, in a fixed order."""
    said, spoken = set(words(text)), {word for sentence in shown for word in words(sentence)}
    turned = {word.casefold() for word in _WEIGHTY.findall(text)} - spoken
    turned |= {word for word in said - spoken if _UN.match(word) or "un" + word in spoken}
    denying = [bool(_DENYING.search(sentence)) for sentence in shown]
    if any(denying) != bool(_DENYING.search(text)):
        turned.add("nicht")
    return tuple(sorted(turned))
