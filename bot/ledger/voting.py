"""Which decision of which protocol is the motion's own, and what came of it.

A protocol is of one matter, as Stuttgart and Karlsruhe publish them, or of a whole session: then only the items count
that name the motion or bear its title. The newest protocol counts, and in it the last decision. Votes on other things
that stand in the same protocol (the Vorlage, another faction's motion) are never the motion's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.answering.citation import cite
from bot.answering.verify import located, stands_in
from bot.ledger.candidates import SAME_TITLE, may_answer, names, shared_words
from bot.ledger.outcome import is_labelled, outcome_of
from bot.ledger.reading import Reading
from bot.ledger.types import Evidence, Link, Outcome, Vote
from ingest.references import normal_number
from ingest.sentences import sentences
from ingest.types import AgendaItem, Decision, Document, Kind, SectionRole, Span, Stand

QUOTE_CHARS: Final = 400
"""A decision up to this length is quoted whole; of a longer one its vote, else its first sentence."""

TEXT_CHARS: Final = 300
"""Of a decision, and of its vote, on the line that says what came of a motion."""

_NO_VOTE = re.compile(r"^\W*keine\s+Abstimmung\W*$", re.IGNORECASE)
_AMENDS = re.compile(r"\b(?:Änderungs|Ergänzungs|Zusatz)-?antrag", re.IGNORECASE)
_EMPTY = re.compile(
    r"\b(?:gemeinsame[rn]?|interfraktionelle[rn]?)\b|\b[\wäöüß]*Antr(?:ags?|äge|ägen)\b|\bAnfragen?\b|\bNr\.|\b[\d/.-]+",
    re.IGNORECASE,
)
"""Words of a title that say only that it is a motion's."""


def vote_of(motion: Document, papers: Iterable[tuple[Reading, Link]]) -> Vote | None:
    """Return what the newest protocol that decided on a motion says, None if none did.

    Args:
        motion: as read.
        papers: those tied to it, each with what ties it.
    """
    protocols = [
        (reading.document, link)
        for reading, link in papers
        if reading.document.kind is Kind.PROTOCOL and may_answer(motion, reading.document.date)
    ]
    for document, link in sorted(protocols, key=lambda pair: (_day(pair[0]), pair[0].path), reverse=True):
        own = _own_decisions(motion, document, link)
        for decision in reversed(own):
            vote = _vote(motion, document, decision, own)
            if vote is not None:
                return vote
    return None


def _own_decisions(motion: Document, document: Document, link: Link) -> tuple[Decision, ...]:
    """Return the decisions of a protocol that are on a motion: those that name it, else those of its item."""
    decisions = tuple(d for d in document.decisions if (d.text or d.vote) and not _is_of_another(motion, document, d))
    naming = tuple(d for d in decisions if _is_named(motion, document, [d.span]))
    if naming:
        return naming
    if link is Link.PROCEDURE and len(document.decisions) == 1 and len(document.agenda_items) <= 1:
        return decisions
    return tuple(d for d in decisions if _is_on(motion, document, d))


def _is_of_another(motion: Document, document: Document, decision: Decision) -> bool:
    """Say whether a decision names motions, none of which is this one."""
    named = [r for r in document.references if _within(r.span, decision.span) and r.kind == "motion"]
    return motion.number is not None and bool(named) and not _is_named(motion, document, [decision.span])


def _is_named(motion: Document, document: Document, spans: Sequence[Span]) -> bool:
    if not motion.number:
        return False
    number = normal_number(motion.number)
    return any(names(r, number) for r in document.references if any(_within(r.span, span) for span in spans))


def _is_on(motion: Document, document: Document, decision: Decision) -> bool:
    """Say whether the agenda item of a decision names a motion or bears its title."""
    heads = [
        section.span
        for section in document.sections
        if section.role is SectionRole.HEADER and section.agenda_item == decision.agenda_item
    ]
    return _is_named(motion, document, heads) or any(
        _same_title(motion, title) for title in _titles(document, decision)
    )


def _items(document: Document, decision: Decision) -> tuple[AgendaItem, ...]:
    """Return the items that a decision is on: those that were called together share it."""
    return tuple(item for item in document.agenda_items if _within(decision.span, item.span))


def _titles(document: Document, decision: Decision) -> tuple[str, ...]:
    """Return the titles a decision stands under; of a protocol without items, its own subject and title."""
    if document.agenda_items:
        return tuple(item.title for item in _items(document, decision) if item.title)
    return tuple(title for title in (document.subject, document.title) if title)


def _same_title(motion: Document, title: str) -> bool:
    """Say whether a heading bears a motion's title, by the words that say what it is about."""
    here = _EMPTY.sub(" ", title)
    return any(shared_words(_EMPTY.sub(" ", own), here) >= SAME_TITLE for own in (motion.title, motion.subject) if own)


def _vote(motion: Document, document: Document, decision: Decision, own: Sequence[Decision]) -> Vote | None:
    """Put a vote together; None where nothing of it stands in the paper word for word."""
    span = _quoted(document, decision)
    if span is None:
        return None
    day = document.session_date or document.date
    evidence = Evidence(
        citation=cite(1, document, span),
        as_of=Stand(day=day) if day else None,
        as_of_basis=document.date_basis if day else None,
    )
    outcome = _outcome(motion, document, decision, own)
    return Vote(outcome=outcome, text=_wording(decision, outcome), evidence=evidence)


def _outcome(motion: Document, document: Document, decision: Decision, own: Sequence[Decision]) -> Outcome:
    """Return what came of a motion; unknown where the decision may be on something else of the same matter."""
    items = _items(document, decision)
    marks = [item.number for item in items if len(items) > 1 and _same_title(motion, item.title)]
    marks += [normal_number(motion.number)] if motion.number else []
    named = _is_named(motion, document, [decision.span])
    if not named and not is_labelled(decision.vote, marks):
        amends = _AMENDS.search(f"{motion.title} {motion.paper_type or ''}")
        own_title = any(_same_title(motion, title) for title in (document.title, document.subject))
        headed = any(item.title for item in items)
        elsewhere = headed and not own_title and not _is_on(motion, document, decision)
        if amends or len(items) > 1 or elsewhere:
            return Outcome.UNKNOWN
    outcomes = {outcome_of(one.text, one.vote, marks) for one in own if one.agenda_item == decision.agenda_item}
    return outcome_of(decision.text, decision.vote, marks) if named or len(outcomes) == 1 else Outcome.UNKNOWN


def _wording(decision: Decision, outcome: Outcome) -> str:
    """Return the vote as written; the decision where there was none, and before it where it alone would mislead."""
    text = decision.text if len(decision.text) <= TEXT_CHARS else _first_sentence(decision.text)
    if not decision.vote or (text and _NO_VOTE.match(decision.vote)):
        return text
    vote = decision.vote if len(decision.vote) <= TEXT_CHARS else _first_sentence(decision.vote)
    if outcome is not Outcome.UNKNOWN or not text:
        return vote
    return text if vote in text else f"{text} – {vote}"


def _first_sentence(text: str) -> str:
    first = next(iter(sentences(text)), None)
    shown = first.of(text) if first else text
    return shown if len(shown) <= TEXT_CHARS else shown[:TEXT_CHARS].rpartition(" ")[0] + " …"


def _quoted(document: Document, decision: Decision) -> Span | None:
    """Return the part of a decision that is quoted: all of it, else its vote, else its first sentence."""
    spans = [decision.span] if len(decision.span) <= QUOTE_CHARS else []
    if decision.vote and (there := located(decision.vote, document, decision.span)):
        spans.append(there)
    if first := next(iter(sentences(decision.span.of(document.text))), None):
        start = decision.span.start + first.start
        spans.append(Span(start=start, end=min(decision.span.start + first.end, start + QUOTE_CHARS)))
    return next((span for span in spans if stands_in(document, span, span.of(document.text))), None)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end


def _day(document: Document) -> dt.date:
    return document.session_date or document.date or dt.date.min
