"""Whether the evidence carries an answer, and which papers come closest where it does not.

Full of the question's words is no sign of an answer: who asks for what no paper says (the operator's turnover, the
other bidders' names) often uses the papers' own words, and who asks for what they do say paraphrases it. AUC of the
share of words covered: gold-dev .22 (the wrong way round), Stuttgart .71; what rests on it fails on the next set. What
holds on all sets is relative: whether the sentences that come nearest hold the *kind* of thing asked for
(`bot.answering.asked`), how far one must go down to find one that does, and how much speaks for that one. Five grounds,
each may push one way only.

By cross-validation over papers (the weights of the evidence learned anew, too), at one threshold for all sets: gold-dev
declined .60 at overdeclined .14 (AUC .81), Stuttgart .39 at .09 (.79). Learned on the other set alone, each with a
threshold of its own: .67 at .14 (.81) and .52 at .15 (.80). Curve: `docs/declining.svg`; all of it by
`python -m evals.fit_decline`. What it cannot see: that a sentence of the right kind says it of another year, city or
thing; and questions that ask for no form (why, what, whether), which are declined only where hardly anything was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.asked import asked_for, holds
from bot.answering.calibration import COEFFICIENTS, THRESHOLD
from bot.answering.evidence import Evidence
from bot.retrieval.likeness import likeness
from bot.types import Asked, Hit
from ingest.german import words
from ingest.types import Kind

FIRST = 5
"""Sentences that must hold the kind of thing asked for; of those that do, so many are looked at for its name. AUC with
3 / 5: gold-dev .811 / .813, Stuttgart .785 / .787; learned on the other set alone .799 / .812 and .797 / .796."""

NEAREST = 2
"""Papers named when there is no answer: what a phone shows without scrolling."""

_COUNTED = re.compile(r"\b[Ww]ie\s?[Vv]iele?[nr]?\s+((?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]+)")
_NAMED_PERSON = re.compile(
    r"\b(?:[Ss]tadtr[aä]t(?:in)?|StR(?:in)?|\w*[Bb]ürgermeister(?:in)?|Ortsvorsteher(?:in)?|Herrn?|Frau)\s+"
    r"(?:Dr\. |Prof\. )*([A-ZÄÖÜ][\w-]+)"
)
_COUNTS_ANYTHING = frozenset(
    words("Leute Menschen Personen Personal Prozent Geld Euro Mittel Stück Mal Zeit Fälle Anteil Sachen")
)
_SUMS: tuple[frozenset[str], ...] = tuple(
    frozenset(words(names))
    for names in (
        "Umsatz Umsätze Erlös Erlöse Einnahmen",
        "Gewinn Gewinne Überschuss",
        "Verlust Verluste Defizit Fehlbetrag",
        "Gehalt Gehälter Lohn Löhne Besoldung Vergütung Entgelt",
        "Miete Mieten Mietzins Pacht",
        "Schulden Verbindlichkeiten Darlehen Kredite",
        "Spende Spenden",
        "Bußgeld Bußgelder Geldbuße Strafe",
        "Schadenersatz Schadensersatz",
    )
)
"""Sums that are no cost and no budget, each with its other names: who asks for the turnover shall not be told the
capital. Common words of public accounts; on gold-dev and the corpus one unanswerable question is declined by them."""


def supports(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether the evidence carries an answer.

    Args:
        question: what is asked, as typed.
        evidence: best first.
    """
    if is_ruled_out(question, evidence):
        return False
    grounds = grounds_of(question, evidence)
    return sum(COEFFICIENTS[name] * value for name, value in grounds.items()) >= THRESHOLD


def is_ruled_out(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether nothing could make the evidence an answer: it is about another person or sum, or there is none."""
    return not evidence or not _speaks_of_person(question, evidence) or _asks_for_another_sum(question, evidence)


def grounds_of(question: str, evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return what speaks for an answer, by name.

    Returns:
        `best`: score of the best sentence that holds what is asked for, 0 if none does.
        `among_first`: share of the first `FIRST` sentences that do.
        `as_near`: how near the words of the nearest that does come to the question's, as a share of the nearest of all.
        `named`: how near the first `FIRST` sentences that do come to naming the thing that is counted; 1 if none is.
            AUC on gold-dev, learned on Stuttgart alone: .81; .76 where any sentence may name it.
        `counted`: 1 for "wie viele …?", which papers answer more seldom than anything else (unanswerable in gold-dev
        17 of 30, answerable 13 of 90).
    """
    asked = asked_for(question)
    holding = [item for item in evidence if holds(item.text, question, asked)]
    first = evidence[:FIRST]
    nearest_of_all = max((item.features["alike_with_title"] for item in evidence), default=0.0)
    near = max((item.features["alike_with_title"] for item in holding), default=0.0)
    return {
        "best": max((item.score for item in holding), default=0.0),
        "among_first": sum(item in holding for item in first) / len(first) if first else 0.0,
        "as_near": near / nearest_of_all if nearest_of_all > 0 else 0.0,
        "named": _nearness(_counted(question), holding[:FIRST]),
        "counted": float(asked is Asked.COUNT),
    }


def _asks_for_another_sum(question: str, evidence: Sequence[Evidence]) -> bool:
    """Say whether a sum is asked for that no sentence names, by any of its names, alone or within a word."""
    asked = set(words(question))
    names = [name for sums in _SUMS if not sums.isdisjoint(asked) for name in sums]
    said = " ".join(item.text for item in evidence).casefold()
    return bool(names) and asked_for(question) in (Asked.MONEY, Asked.AMOUNT) and not any(n in said for n in names)


def _counted(question: str) -> list[str]:
    """Return the words of the thing that is counted; none where it is anything ("Leute", "Geld")."""
    found = _COUNTED.search(question)
    thing = words(found.group(1).split()[-1]) if found else []
    return [] if not set(thing).isdisjoint(_COUNTS_ANYTHING) else thing


def _nearness(thing: Sequence[str], sentences: Sequence[Evidence]) -> float:
    """Return how near sentences come to naming a thing, 0 to 1."""
    if not thing:
        return 1.0
    return float(likeness(thing, [item.text for item in sentences]).max(initial=0.0))


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
