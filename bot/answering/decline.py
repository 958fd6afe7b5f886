"""When there is no answer, and what is said then.

Two honest reasons: the papers found hold too little of what the question says, or they never name the thing whose
number is asked for ("Wie viel Umsatz …?").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.evidence import Evidence
from bot.types import Hit
from ingest.german import search_tokens

MIN_COVERED = 0.2
"""Share of the question's information that some sentence must cover together with its passage and title. gold-dev: .2
declines 3 % of the answerable questions, .3 declines 14 %."""

NEAREST = 2
"""Papers named when there is no answer: what a phone shows without scrolling."""


_ASKED_FOR = re.compile(r"\b[Ww]ie\s?[Vv]iele?[nr]?\s+((?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]+)")
_COUNTS_ANYTHING = "Leute Menschen Personen Personal Prozent Geld Euro Mittel Stück Mal Zeit Fälle Anteil Sachen"


def supports(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether the evidence carries an answer."""
    if not any(item.features["covered_with_passage"] >= MIN_COVERED for item in evidence):
        return False
    asked = _ASKED_FOR.search(question)
    return asked is None or _named(asked.group(1).split()[-1], evidence)


def _named(thing: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether the passages read name a thing, or a part of its name."""
    tokens = set(search_tokens(thing))
    return (
        not tokens
        or not tokens.isdisjoint(search_tokens(_COUNTS_ANYTHING))
        or any(tokens & item.tokens for item in evidence)
    )


def nearest(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each of the papers that come closest."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.document_id, hit)
    return tuple(first.values())[:NEAREST]
