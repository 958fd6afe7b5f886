"""Questions about papers themselves: how many, which, by whom, when, in which committee, what came of them.

A question is one only if every word of it is understood: what is left over must be the topic ("zum Radverkehr") or a
name ("von Stadträtin Ott"). Whatever asks what stands in papers has words of its own and goes on to search: to take
such a question for one about papers would do more harm than to miss one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.question.marks import Marked, mark
from bot.question.types import Form, PaperQuestion, State, Wanted
from bot.question.vocabulary import (
    DECISION,
    EXIST,
    FORMS,
    HANDLED,
    LOWERCASE_FACTIONS,
    NEWEST,
    NUMBER_WORDS,
    OUTCOME_WORDS,
    PLURAL,
    POINTS,
    SESSION,
    SMALL,
    STANDING,
    STATES,
    SUBMITTED,
    TOPIC,
    WANTS,
    fold,
)
from ingest.types import ReferenceKind

MAX_WORDS = 30
"""A longer question tells a story; none about papers needs more."""

_WORD = re.compile(r"§\w+|\w+(?:[-/]\w+)*")
_CONTENT = re.compile(r"\bwas steht\b(?!.*\bpunkt)|\bworum geht\b")
_BY: Final = frozenset({"der", "des", "von", "vom", "by"})
_OF_REFERENCE: Final = {
    ReferenceKind.MOTION: Form.MOTION,
    ReferenceKind.PROTOCOL: Form.PROTOCOL,
    ReferenceKind.REPORT: Form.PROPOSAL,
    ReferenceKind.UNKNOWN: Form.PAPER,
}
_DECISIVE: Final = frozenset(State) - {State.OPEN, State.ANSWERED}


@dataclass(slots=True)
class _Read:
    """What the words of a question say, one after the other."""

    forms: list[Form] = field(default_factory=list)
    plural: bool = False
    states: list[State] = field(default_factory=list)
    factions: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    topic: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)


def papers_asked(text: str, context: Sequence[str], today: dt.date) -> PaperQuestion | None:
    """Return what a question wants to know of papers; None where it asks what stands in them.

    Args:
        text: the question.
        context: earlier questions it leans on, oldest first, without what it replaces.
        today: what "last year" counts from.
    """
    if len(text.split()) > MAX_WORDS:
        return None
    own = _understood(text, today)
    if own is not None or not context:
        return own
    joined = _understood(" ".join((*context, text)), today)
    if joined is None:
        return None
    wants = _wants(fold(text))
    return replace(joined, wants=wants or joined.wants, is_follow_up=True)


def _understood(text: str, today: dt.date) -> PaperQuestion | None:
    marked = mark(text, today)
    read, folded = _read(marked.text), fold(marked.text)
    if read.left or _CONTENT.search(folded):
        return None
    about_points = bool(marked.points or read.said & POINTS)
    return _session(marked, read) or (_points(marked, read) if about_points else _matters(marked, read, folded))


def _matters(marked: Marked, read: _Read, folded: str) -> PaperQuestion | None:
    """Read a question about motions and other papers."""
    if read.said & (SESSION | DECISION):
        return None
    form = _form(marked, read)
    wants = _wants(folded)
    factions = tuple(dict.fromkeys((*marked.factions, *read.factions)))
    by = (*marked.persons, *read.by)
    moved = form is None and bool(factions or by) and bool(re.search(r"\bwas (?:hat|haben)\b.*\bbeantragt", folded))
    open_for = form is None and State.OPEN in read.states and bool(factions or by or marked.bodies)
    if moved or open_for:
        form, read.plural = Form.MOTION, True
    if form is None or (moved and read.topic):
        return None
    if "beantragt" in read.said and not moved:
        return None
    named = bool(marked.references or marked.title)
    is_one = named or not read.plural
    if is_one and not named and not read.topic and not _is_picked(read, factions, by, wants):
        return None
    wants = wants or _wants_of(read, is_one=is_one, named=named)
    if not wants:
        return None
    return PaperQuestion(
        wants=wants,
        form=form,
        factions=factions,
        by=by,
        bodies=marked.bodies,
        references=marked.references,
        period=marked.period,
        states=tuple(dict.fromkeys(read.states)),
        topic=marked.title or " ".join(read.topic),
        newest=bool(read.said & NEWEST),
        limit=read.numbers[0]
        if read.numbers and read.said & NEWEST
        else (1 if is_one and read.said & NEWEST else None),
        is_one=is_one and not (read.said & NEWEST),
    )


def _wants_of(read: _Read, *, is_one: bool, named: bool) -> tuple[Wanted, ...]:
    """Return what a question wants that says so by its verb or its plural alone."""
    if State.OPEN in read.states or State.ANSWERED in read.states:
        return (Wanted.POINTS,) if is_one else (Wanted.LIST,)
    if is_one and (read.states or read.said & STANDING):
        return (Wanted.OUTCOME,)
    if not is_one or read.said & NEWEST:
        return (Wanted.LIST,)
    return (Wanted.OVERVIEW,) if named and not read.said & (SUBMITTED | HANDLED) else ()


def _is_picked(read: _Read, factions: Sequence[str], by: Sequence[str], wants: Sequence[Wanted]) -> bool:
    """Say whether "the motion" is one that can be told: the newest, or a group's."""
    return bool(read.said & NEWEST) or bool((factions or by) and wants)


def _points(marked: Marked, read: _Read) -> PaperQuestion | None:
    """Read a question about the points of a motion."""
    if read.forms and set(read.forms) - {Form.MOTION, Form.AMENDMENT, Form.INQUIRY, Form.PAPER}:
        return None
    count = read.numbers[0] if read.numbers and not marked.points else None
    if not (marked.points or read.states or count or read.said & STANDING):
        return None
    if any(state in _DECISIVE - {State.SETTLED} for state in read.states):
        return None
    return PaperQuestion(
        wants=(Wanted.POINTS,),
        form=Form.MOTION,
        factions=tuple(dict.fromkeys((*marked.factions, *read.factions))),
        by=(*marked.persons, *read.by),
        bodies=marked.bodies,
        references=marked.references,
        period=marked.period,
        states=tuple(State.ANSWERED if state is State.SETTLED else state for state in dict.fromkeys(read.states)),
        topic=marked.title or " ".join(read.topic),
        points=marked.points,
        point_count=count,
        is_one=True,
    )


def _session(marked: Marked, read: _Read) -> PaperQuestion | None:
    """Read a question about what a session decided: "Was wurde in der letzten Sitzung des Rates beschlossen?"."""
    decides = State.ADOPTED in read.states or State.DECIDED in read.states or read.said & DECISION
    if not (read.said & SESSION and decides) or read.forms or read.topic or marked.references:
        return None
    if not (read.said & NEWEST or marked.period):
        return None
    return PaperQuestion(
        wants=(Wanted.DECISIONS,),
        form=Form.PROTOCOL,
        bodies=marked.bodies,
        period=marked.period,
        newest=bool(read.said & NEWEST),
    )


def _read(text: str) -> _Read:
    """Go through the words of a question; what none of the lists knows is topic, name, or left over."""
    read = _Read()
    words = _WORD.findall(text)
    in_topic, before = False, ""
    for place, word in enumerate(words):
        folded = fold(word)
        form = next((form for form, pattern in FORMS if pattern.fullmatch(folded)), None)
        known = form is not None or _take(folded, read)
        if form is not None:
            read.forms.append(form)
            read.plural = read.plural or PLURAL.fullmatch(folded) is not None
            in_topic = False
        elif known:
            in_topic = in_topic and folded in SMALL
        elif in_topic:
            read.topic.append(word)
        elif folded in TOPIC:
            in_topic = True
        elif before in _BY and word[:1].isupper() and read.forms:
            read.by.append(word)
        elif before in TOPIC or (before in SMALL and place > 1 and fold(words[place - 2]) in TOPIC):
            in_topic = True
            read.topic.append(word)
        else:
            read.left.append(word)
        before = folded
    return read


def _take(folded: str, read: _Read) -> bool:
    """Note what a known word says; say whether it is known."""
    if folded in STATES:
        read.states.append(STATES[folded])
    elif folded in LOWERCASE_FACTIONS:
        read.factions.append(LOWERCASE_FACTIONS[folded])
    elif folded in NUMBER_WORDS or (folded.isdigit() and len(folded) <= 2):
        read.numbers.append(NUMBER_WORDS.get(folded) or int(folded))
    elif folded in TOPIC or not (folded.startswith("§") or folded in SMALL or folded in _SAYING):
        return False
    read.said.add(folded)
    return True


_SAYING: Final = (
    SUBMITTED | HANDLED | EXIST | OUTCOME_WORDS | NEWEST | POINTS | SESSION | DECISION | STANDING
    | frozenset(
        "wieviele wieviel viele viel anzahl zahl wer wem wessen wann datum gremium gremien ausschuss ausschuesse "
        "antragsteller antragstellerin partei parteien gruppen stadtraete stadtraetin stadtraetinnen geht gehts "
        "naechste naechster naechsten schritt schritte naechstes beantragt how many who when welchem tag letzte".split()
    )
)  # fmt: skip


def _form(marked: Marked, read: _Read) -> Form | None:
    """Return the form asked for; of several the first, of a number alone that of its count."""
    if read.forms:
        return read.forms[0]
    if marked.references:
        return _OF_REFERENCE[marked.references[0].kind]
    return None


def _wants(folded: str) -> tuple[Wanted, ...]:
    """Return what a question says it wants, in the order of its words."""
    found = [(match.start(), wanted) for wanted, pattern in WANTS if (match := pattern.search(folded))]
    return tuple(dict.fromkeys(wanted for _, wanted in sorted(found)))
