"""From a sentence of a paper to a statement of an answer: its Stand, who says it, how it is meant.

The same for sentences shown as they stand and for those that a language model words, which lean on one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.figures import Claim, claim_of, differ, same_stand
from bot.answering.mood import mood_of
from bot.answering.speaker import speaker_of
from bot.answering.standing import last_day, standing_of
from bot.types import Statement
from ingest.types import Document, SectionRole, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The sentence that a statement rests on.

    Attributes:
        text: white space folded.
        span: characters of the document's `text`.
        role: of the section it stands in.
    """

    text: str
    span: Span
    role: SectionRole
    document: Document


def stated(text: str, citations: tuple[int, ...], basis: Basis) -> Statement:
    """Return a statement with the Stand, speaker and mood of the sentence it rests on."""
    standing = standing_of(basis.text, basis.document)
    return Statement(
        text=text,
        citations=citations,
        as_of=standing.as_of,
        as_of_basis=standing.basis,
        speaker=speaker_of(basis.document, basis.span),
        mood=mood_of(basis.text, basis.span, basis.role, basis.document, standing.as_of),
    )


def related(statements: Sequence[Statement], bases: Sequence[Basis]) -> tuple[Statement, ...]:
    """Mark which statements give an earlier figure for the same than one before them, and which contradict another.

    Args:
        statements: in the order shown.
        bases: the sentence that each rests on.
    """
    claims = [
        claim_of(basis.text, basis.document.document_id, statement.as_of)
        for statement, basis in zip(statements, bases, strict=True)
    ]
    return tuple(_related(n, statements, claims) for n in range(len(statements)))


def _related(n: int, statements: Sequence[Statement], claims: Sequence[Claim]) -> Statement:
    mine = claims[n]
    others = [i for i, other in enumerate(claims) if i != n and differ(mine, other)]
    against = [i for i in others if same_stand(mine, claims[i])]
    is_earlier = any(i < n and i not in against and _is_older(mine, claims[i]) for i in others)
    numbers = sorted({number for i in against for number in statements[i].citations})
    return replace(statements[n], is_earlier=is_earlier, contradicts=tuple(numbers))


def _is_older(one: Claim, other: Claim) -> bool:
    return bool(one.as_of and other.as_of and last_day(one.as_of) < last_day(other.as_of))
