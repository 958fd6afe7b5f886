"""What a body decided, or that it did not. Only protocols hold decisions: a Beschlussantrag asks for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.lines import Line, fold
from ingest.types import Decision, Section, SectionRole, Span

_LABEL = re.compile(r"^(?:Beschlu(?:ss|ß)|Abstimmungs?ergebnis|Abstimmung)\s*:?\s*", re.IGNORECASE)
_EARLIER = re.compile(r"^Vorgang\s*:", re.IGNORECASE)
_RESULT = re.compile(r"^Ergebnis\s*:\s*(?P<text>.*)$", re.IGNORECASE)
_HEAD_FIELD = re.compile(
    r"^(?:Sitzungstermin|Sitzungsart|Vorsitz|Berichterstattung|Protokollführung|Betreff|Beschlu(?:ss|ß)antrag|TOP|GZ)\b"
)
_VOTE = re.compile(
    r"\b(?:einstimmig\w*|einmütig\w*|(?:mit\s+großer\s+Mehrheit|mehrheitlich\w*)(?:\s+bei\s+[^.;\n]{3,60})?"
    r"|bei\s+(?:\d+|einer|zwei|drei|vier|fünf)\s+(?:Gegenstimmen?|Enthaltung(?:en)?|(?:JA|Ja|NEIN|Nein)-Stimmen?)[^.;\n]{0,80}"
    r"|\d+\s+(?:Ja(?:-Stimmen?)?|(?:Stimmen\s+)?dafür)\b[^.;\n]{0,80})",
    re.IGNORECASE,
)
HEAD_LINES = 40
"""Lines in which Stuttgart's field "Ergebnis:" may stand; further down it is said in the debate."""


def decisions_of(text: str, lines: Sequence[Line], sections: Sequence[Section]) -> tuple[Decision, ...]:
    """Return the decisions of a protocol in order.

    A decision section and the vote behind it are one decision; a vote alone is one too (its text is
    empty, as the field is). Stuttgart's head field "Ergebnis:" counts unless it follows "Vorgang:",
    for then it tells what came of an earlier session.
    """
    found: list[Decision] = []
    pending: Section | None = None
    for section in sections:
        if section.role is SectionRole.DECISION:
            if pending is not None:
                found.append(_decision(text, pending, None))
            pending = section
        elif section.role is SectionRole.VOTE:
            found.append(_decision(text, pending, section))
            pending = None
        elif pending is not None and section.role not in (SectionRole.FINANCES, SectionRole.BODY):
            found.append(_decision(text, pending, None))
            pending = None
    if pending is not None:
        found.append(_decision(text, pending, None))
    return tuple(found) or _head_result(text, lines, sections)


def _decision(text: str, decision: Section | None, vote: Section | None) -> Decision:
    parts = [section for section in (decision, vote) if section is not None]
    decided = _content(text, decision)
    voted = _content(text, vote)
    if not voted:
        match = _VOTE.search(decided)
        voted = fold(match.group()) if match else ""
    span = Span(start=parts[0].span.start, end=parts[-1].span.end)
    return Decision(text=decided, vote=voted, span=_trimmed(text, span), agenda_item=parts[0].agenda_item)


def _content(text: str, section: Section | None) -> str:
    """Return a section's text without its label, words broken at a line's end made whole."""
    if section is None:
        return ""
    whole = re.sub(r"(?<=[a-zäöüß])-\n\s?(?=[a-zäöüß]{2,})(?!und\b|oder\b|bzw\b)", "", section.span.of(text))
    return _LABEL.sub("", fold(whole))


def _trimmed(text: str, span: Span) -> Span:
    return Span(start=span.start, end=span.start + len(span.of(text).rstrip()))


def _head_result(text: str, lines: Sequence[Line], sections: Sequence[Section]) -> tuple[Decision, ...]:
    """Read "Ergebnis: einmütige Zustimmung" of a Stuttgart head."""
    earlier = False
    for line in lines[:HEAD_LINES]:
        if _EARLIER.match(line.text):
            earlier = True
        elif _HEAD_FIELD.match(line.text):
            earlier = False
        match = _RESULT.match(line.text)
        if match is None or not match["text"]:
            continue
        if earlier:
            earlier = False
            continue
        vote = _VOTE.search(match["text"])
        item = next((section.agenda_item for section in sections if section.span.end > line.start), None)
        return (
            Decision(
                text=match["text"],
                vote=fold(vote.group()) if vote else "",
                span=Span(start=line.start, end=line.end),
                agenda_item=item,
            ),
        )
    return ()
