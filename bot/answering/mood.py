"""How a sentence is meant: asked for, proposed, announced, decided, turned down, noted or reported.

What a motion wants is never a decision, and neither is the draft that a report puts to the vote; what a protocol holds
below "Beschluss:" is one only if its vote says so.
"""

from __future__ import annotations

import re

from bot.types import Mood
from ingest.dates import find_stands
from ingest.types import Decision, Document, Kind, SectionRole, Span, Stand

_QUESTION = re.compile(r"\?[\"“”»)]*$")
_SENTENCE = re.compile(r"[.!?][\"“”»)]*$")
_TOLD_DECISION = re.compile(
    r"\b(?:stimmten?\b.*\bzu|gab(?:en)?\b.*\bfrei|beschloss(?:en)?|lehnten?\b.*\bab|nahm(?:en)?\b.*\bKenntnis|verabschiedeten?"
    r"|ha(?:t|ben)\b.*\b(?:beschlossen|zugestimmt|abgelehnt|bewilligt)|(?:wurden?|worden)\b.*\b(?:beschlossen|abgelehnt|bewilligt)"
    r"|(?:beschlossen|abgelehnt|bewilligt|angenommen)\s+(?:worden|wurden?)|Zustimmung betrifft|Ergebnis betrifft)\b",
)
_ASKS = re.compile(r"\b(?:beantrag(?:t|en)|bitte[tn]?|forder[nt]|frag(?:t|en))\b")
_TOLD = re.compile(
    r"^Zur Begründung\b|\b[Nn]ach (?:dem Antrag|(?:Ansicht|Angaben|Meinung) der)\b"
    r"|\b(?:war(?:en)?|wurden?|hatten?|stand(?:en)?|enthielt(?:en)?|nannten?|gab(?:en)?|lag(?:en)?|betrug(?:en)?)\b"
)
_PLAN = re.compile(
    r"\b(?:soll|sollen|plant|planen|beabsichtigt|beabsichtigen|will|wollen|strebt\b.*\ban|angestrebt|vorgesehen|angekündigt"
    r"|geplant|anvisiert|kündigt\b.*\ban)\b"
)
_WILL = re.compile(r"\b(?:wird|werden)\b")
_SOON = re.compile(
    r"\b(?:künftig|zukünftig|demnächst|voraussichtlich|in den (?:kommenden|nächsten) \w+|perspektivisch)\b", re.I
)
_TURNED_DOWN = re.compile(r"abgelehnt|\bAblehnung\b|keine Mehrheit|nicht zugestimmt|lehnt\b.*\bab\b", re.I)
_CARRIED = re.compile(
    r"(?<!nicht )zugestimmt|\bZustimmung\b|angenommen|beschlossen|\bbeschließt\b|\bstimmt\b.*\bzu\b"
    r"|\bwählt\b|\bempfiehlt\b|einstimmig(?! abgelehnt|e Ablehnung)|mehrheitlich(?! abgelehnt|e Ablehnung)",
    re.I,
)
_NOTED = re.compile(r"\bKenntnis(?:nahme)?\b", re.I)
_COUNTED = re.compile(r"(\d+)\s*(?:x\s*)?(Ja|Nein)", re.I)


def mood_of(sentence: str, span: Span, role: SectionRole, paper: Document, as_of: Stand | None) -> Mood | None:
    """Say how a sentence is meant.

    Args:
        sentence: white space folded.
        span: of the sentence, in the paper's text.
        role: of the section it stands in.
        paper: the paper.
        as_of: its Stand; what lies behind it has yet to come.
    """
    match paper.kind:
        case Kind.MOTION:
            return _in_motion(sentence, role)
        case Kind.PROTOCOL:
            return _in_protocol(sentence, span, role, paper)
        case Kind.REPORT | Kind.OTHER:
            return _in_report(sentence, role, as_of)


def _in_motion(sentence: str, role: SectionRole) -> Mood | None:
    if role is SectionRole.HEADER:
        return None
    if role is SectionRole.REPORT:  # the administration's answer below the motion
        return _in_report(sentence, role, None)
    if _QUESTION.search(sentence):
        return Mood.ASKED
    if _ASKS.search(sentence):
        return Mood.REQUESTED
    tells = _TOLD.search(sentence.partition(",")[0])  # "…, wie viele Anträge gestellt wurden" still asks
    return Mood.REQUESTED if role is SectionRole.REQUEST and not tells else Mood.ARGUED


def _in_protocol(sentence: str, span: Span, role: SectionRole, paper: Document) -> Mood | None:
    if role is SectionRole.REQUEST:
        return Mood.REPORTED if _TOLD_DECISION.search(sentence) else Mood.PROPOSED
    if role is not SectionRole.DECISION:
        return None
    decision = next((one for one in paper.decisions if one.span.start <= span.start < one.span.end), None)
    return _outcome(decision) if decision else None


def _outcome(decision: Decision) -> Mood | None:
    """Return what became of a draft: its vote decides, then its words; None where neither says, or both ways."""
    for said in (decision.vote, decision.text):
        carried, turned_down = _CARRIED.search(said), _TURNED_DOWN.search(said)
        if carried and turned_down:
            return None
        if turned_down:
            return Mood.REJECTED
        if carried:
            return Mood.DECIDED
        if _NOTED.search(said):
            return Mood.NOTED
        counts = {side.lower(): int(count) for count, side in _COUNTED.findall(said)}
        if len(counts) == 2 and counts["ja"] != counts["nein"]:
            return Mood.DECIDED if counts["ja"] > counts["nein"] else Mood.REJECTED
    return None


def _in_report(sentence: str, role: SectionRole, as_of: Stand | None) -> Mood | None:
    if role in (SectionRole.HEADER, SectionRole.CLOSING) and not _SENTENCE.search(sentence):
        return None
    if _QUESTION.search(sentence):  # a report repeats what it answers
        return Mood.ASKED
    if _TOLD_DECISION.search(sentence):
        return Mood.REPORTED
    if role is SectionRole.REQUEST:
        return Mood.PROPOSED
    if re.search(r"\bbeantragt\b", sentence):
        return Mood.REQUESTED
    return Mood.PLANNED if _is_plan(sentence, as_of) else Mood.REPORTED


def _is_plan(sentence: str, as_of: Stand | None) -> bool:
    if _PLAN.search(sentence):
        return True
    ahead = as_of is not None and any(one.stand.day > as_of.day for one in find_stands(sentence))
    return bool(_WILL.search(sentence)) and (ahead or bool(_SOON.search(sentence)))
