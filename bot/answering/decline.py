"""Whether the evidence carries an answer, and which papers come closest where it does not.

Full of the question's words is no sign of an answer: who asks for what no paper says (the operator's turnover, the
other bidders' names) often uses the papers' own words, and who asks for what they do say paraphrases it. AUC of the
share of words covered: gold-dev .22 (the wrong way round), Stuttgart .71; what rests on it fails on the next set. What
holds on all sets is relative: whether the sentences that come nearest hold the *kind* of thing asked for
(`bot.answering.asked`), how far one must go down to find one that does, and how much speaks for that one. Five grounds,
each may push one way only.

By cross-validation over papers (the weights of the evidence learned anew, too), at one threshold for all sets: gold-dev
declined .60 at overdeclined .14 (AUC .84), Stuttgart .39 at .10 (.76). Learned on the other set alone, each with a
threshold of its own: .50 at .14 (.80) and .48 at .15 (.78). Curve: `docs/declining.svg`; all of it by
`python -m evals.fit_decline`. What it cannot see: that a sentence of the right kind says it of another year, city or
thing; and questions that ask for no form (why, what, whether), which are declined only where hardly anything was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.asked import asked_for, holds
from bot.answering.calibration import COEFFICIENTS, THRESHOLD
from bot.answering.evidence import Evidence
from bot.types import Asked, Hit
from ingest.german import search_tokens
from ingest.types import Kind

FIRST = 3
"""Sentences that must hold the kind of thing asked for. AUC with 3 / 5 / 10: gold-dev .82 / .84 / .80, Stuttgart .61 /
.59 / .58."""

NEAREST = 2
"""Papers named when there is no answer: what a phone shows without scrolling."""

_COUNTED = re.compile(r"\b[Ww]ie\s?[Vv]iele?[nr]?\s+((?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]+)")
_NAMED_PERSON = re.compile(
    r"\b(?:[Ss]tadtr[aä]t(?:in)?|StR(?:in)?|\w*[Bb]ürgermeister(?:in)?|Ortsvorsteher(?:in)?|Herrn?|Frau)\s+"
    r"(?:Dr\. |Prof\. )*([A-ZÄÖÜ][\w-]+)"
)
_COUNTS_ANYTHING = "Leute Menschen Personen Personal Prozent Geld Euro Mittel Stück Mal Zeit Fälle Anteil Sachen"


def supports(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether the evidence carries an answer.

    Args:
        question: what is asked, as typed.
        evidence: best first.
    """
    if not evidence or not _speaks_of_person(question, evidence):
        return False
    grounds = grounds_of(question, evidence)
    return sum(COEFFICIENTS[name] * value for name, value in grounds.items()) >= THRESHOLD


def grounds_of(question: str, evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return what speaks for an answer, by name.

    Returns:
        `best`: score of the best sentence that holds what is asked for, 0 if none does.
        `among_first`: share of the first `FIRST` sentences that do.
        `as_near`: nearness in meaning of the nearest that does, as a share of the nearest of all.
        `named`: 0 where the thing that is counted stands in none of the sentences, 1 otherwise.
        `counted`: 1 for "wie viele …?", which papers answer more seldom than anything else (unanswerable in gold-dev
        17 of 30, answerable 13 of 90).
    """
    asked = asked_for(question)
    holding = [item for item in evidence if holds(item.text, question, asked)]
    first = evidence[:FIRST]
    nearest = max((item.features["cosine"] for item in evidence), default=0.0)
    near = max((item.features["cosine"] for item in holding), default=0.0)
    return {
        "best": max((item.score for item in holding), default=0.0),
        "among_first": sum(item in holding for item in first) / len(first) if first else 0.0,
        "as_near": max(near, 0.0) / nearest if nearest > 0 else 0.0,
        "named": float(_named(question, evidence)),
        "counted": float(asked is Asked.COUNT),
    }


def _named(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether the sentences name what is counted, or a part of its name."""
    counted = _COUNTED.search(question)
    thing = set(search_tokens(counted.group(1).split()[-1])) if counted else set()
    return (
        not thing
        or not thing.isdisjoint(search_tokens(_COUNTS_ANYTHING))
        or any(not thing.isdisjoint(item.tokens) for item in evidence)
    )


def _speaks_of_person(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether the passages name the person that the question names: what others said is no answer."""
    named = _NAMED_PERSON.search(question)
    name = named.group(1).removesuffix("s").lower() if named else ""
    return any(name in f"{item.hit.document.title} {item.hit.passage.text}".lower() for item in evidence)


def nearest(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each of the papers that come closest; of files that look the same to a reader only one."""
    first: dict[tuple[Kind, str | None, str], Hit] = {}
    for hit in hits:
        paper = hit.document
        first.setdefault((paper.kind, paper.number, paper.title), hit)
    return tuple(first.values())[:NEAREST]
