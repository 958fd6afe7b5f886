"""What a focus session needs beside a point's state: what its evidence leaves out, what disagrees, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from bot.answering.citation import cite
from bot.answering.figures import claim_of, differ
from bot.answering.office import office_named
from bot.answering.standing import standing_of
from bot.ledger.finding import Asked, Finding
from bot.ledger.types import Contradiction, Evidence
from bot.types import Hit
from ingest.german import search_tokens
from ingest.types import Span

COMPARED: Final = 12
"""Best sentences compared with each other: 66 pairs a point."""

NAMED: Final = 5
"""Missing words that a reader is shown, the longest first: one line of a dossier."""

MIN_NOUN_CHARS: Final = 5
"""Shorter nouns ("Zeit", "Jahr") tell nothing about what is missing; set by reading, not measured."""

HEAD_CHARS: Final = 1500
"""The form at the head of a statement, which names who is responsible."""

_NOUN = re.compile(r"(?<=[a-zäöüß,;:(/„-] )[A-ZÄÖÜ][\wäöüß]*(?:-[\wÄÖÜäöüß]+)*|\b[A-ZÄÖÜ]{2,}[\w.-]*\w")
_EMPTY = re.compile(
    r"(?:Stadt|Gemeinde)?(?:[Vv]erwaltung|rat)s?|Stadt|Karlsruhe|Stuttgart|Antrag\w*|Anfrage\w*|Frage\w*|Punkte?\w*|Zusammenhang\w*|"
    r"Rahmen\w*|Amt|Ämter\w*|Hinblick|Bezug|Sicht|Form|Angaben?|Zeit\w*|Jahre?\w*|Teil\w*|Bereich\w*|Beispiel|Übersicht|Darstellung|Bericht"
)
_LABEL = re.compile(r"\s*(?:(?:Antwort\s+)?[Zz]u\s+)?(?:(?:Frage|Ziffer|Punkt)\s+)?\d{1,2}\s?[.):]+:?\s+(?=[A-ZÄÖÜ„])")
_OFFICE = re.compile(r"Dienststelle:[ \t]*(?P<office>[^\s:][^\n:]{2,60}?)\s*(?:\n|$)")
_DEPARTMENT = re.compile(r"\b(?:Dez(?:ernat|\.)\s?\d{1,2}|Referat [A-ZÄÖÜ][\wäöüß/]+)\b")


def evidence_of(n: int, finding: Finding) -> Evidence:
    """Cite a sentence with its Stand, without the number that it begins with."""
    paper = finding.reading.document
    label = _LABEL.match(finding.sentence.span.of(paper.text))
    span = finding.sentence.span
    citation = cite(n, paper, Span(start=span.start + (label.end() if label else 0), end=span.end))
    standing = standing_of(citation.quote, paper)
    return Evidence(citation=citation, as_of=standing.as_of, as_of_basis=standing.basis)


def missing(what: Asked, told: Sequence[Finding]) -> tuple[str, ...]:
    """Return the nouns of a point that no sentence of its answer names, longest first, at most `NAMED`."""
    held = {token for finding in told for token in finding.sentence.tokens}
    nouns = dict.fromkeys(_NOUN.findall(what.point.text))
    absent = [
        noun for noun in nouns if len(noun) >= MIN_NOUN_CHARS and not _EMPTY.fullmatch(noun) and _absent(noun, held)
    ]
    chosen = sorted(absent, key=lambda noun: (-len(noun), noun))[:NAMED]
    return tuple(noun for noun in nouns if noun in chosen)


def _absent(noun: str, held: set[str]) -> bool:
    tokens = search_tokens(noun)
    return bool(tokens) and held.isdisjoint(tokens)


def contradictions(ranked: Sequence[Finding]) -> tuple[Contradiction, ...]:
    """Return the pairs of sentences that give different values for the same thing."""
    best = list(ranked[:COMPARED])
    claims = [
        claim_of(
            f.sentence.text, f.reading.document.document_id, standing_of(f.sentence.text, f.reading.document).as_of
        )
        for f in best
    ]
    return tuple(
        Contradiction(one=evidence_of(1, best[i]), other=evidence_of(2, best[j]))
        for i, j in combinations(range(len(best)), 2)
        if differ(claims[i], claims[j])
    )


def whom(what: Asked, told: Sequence[Finding], hits: Sequence[Hit]) -> str:
    """Return the office to ask: the one that signs the statement, else the one nearby papers name; empty if none."""
    for finding in told:
        head = finding.reading.document.text[:HEAD_CHARS]
        office, department = _OFFICE.search(head), _DEPARTMENT.search(head)
        if office:
            return " ".join(office["office"].split())
        if department:
            return " ".join(department.group().split())
    return office_named(what.tokens, hits) or ""
