"""Which matters a question means, and for how many of the others a paper does not say what it would take to know."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.matters.outcomes import Outcomes, state_of
from bot.matters.register import Register
from bot.matters.types import Matter
from bot.question.types import Form, PaperQuestion, Period, State
from bot.question.vocabulary import fold
from ingest.german import search_tokens
from ingest.index import IndexReader
from ingest.references import number_key
from ingest.types import ReferenceKind, SectionRole

CANDIDATES: Final = 100
"""Passages that search gives for a topic."""

MOVED: Final = frozenset({Form.MOTION, Form.AMENDMENT, Form.INQUIRY})

_YEAR_OF_NUMBER = re.compile(r"\b((?:19|20)\d\d)/\d|\d/((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A matter and the index that holds it."""

    matter: Matter
    index: IndexReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The matters that fit a question.

    Attributes:
        matters: newest first.
        unknown: matters of which no paper says whether they fit, so that what is counted is the least.
        uncertain: whether the topic was looked for in titles, which never name all that is on it.
    """

    matters: tuple[Held, ...]
    unknown: int = 0
    uncertain: bool = False


def choose(
    asked: PaperQuestion, indexes: Sequence[IndexReader], register: Register, outcomes: Outcomes
) -> Chosen | None:
    """Return the matters that fit a question; None where it names somebody or something that no paper does."""
    form = Form.MOTION if asked.references else asked.form
    held = [Held(matter=matter, index=index) for index in indexes for matter in register.matters(index, form)]
    if asked.references:
        return Chosen(matters=tuple(_numbered(asked, held)))
    held = [one for one in held if _is_of(one.matter, asked.form)]
    tests: list[Callable[[Held], bool | None]] = []
    if asked.by:
        tests.append(lambda one: _signed(one.matter, asked.by))
        if not any(_signed(one.matter, asked.by) for one in held):
            return None
    if asked.factions:
        tests.append(lambda one: _moved_by(one.matter, asked.factions))
    if asked.bodies:
        tests.append(lambda one: _dealt_with(one.matter, asked.bodies))
    by_vote = not asked.is_one and bool(set(asked.states) - {State.OPEN, State.ANSWERED})
    if asked.period and not by_vote:
        period = asked.period
        tests.append(lambda one: _falls_into(one.matter, period))
    if asked.topic:
        held = _on(asked.topic, held, in_text=not asked.is_one)
        if not held:
            return None
    fitting, unknown = _sifted(held, tests)
    if by_vote:
        decided, untold = _sifted(fitting, [lambda one: _has_state(one, asked, outcomes)])
        return Chosen(matters=_newest(decided), unknown=unknown + untold, uncertain=bool(asked.topic))
    return Chosen(matters=_newest(fitting), unknown=unknown, uncertain=bool(asked.topic))


def _sifted(held: Iterable[Held], tests: Sequence[Callable[[Held], bool | None]]) -> tuple[list[Held], int]:
    """Return what passes all tests, and how many might: none says no, and one at least cannot tell."""
    passed, unknown = [], 0
    for one in held:
        said = [test(one) for test in tests]
        if all(said):
            passed.append(one)
        elif False not in said:
            unknown += 1
    return passed, unknown


def _newest(held: Iterable[Held]) -> tuple[Held, ...]:
    ordered = sorted(held, key=lambda one: one.matter.opening.path)
    return tuple(sorted(ordered, key=lambda one: one.matter.day or dt.date.min, reverse=True))


def _is_of(matter: Matter, form: Form) -> bool:
    return form is Form.PAPER or matter.form is form


def _numbered(asked: PaperQuestion, held: Sequence[Held]) -> list[Held]:
    """Return the matters of the papers that are named; of several forms under one number the one asked for."""
    found: list[Held] = []
    for index in {id(one.index): one.index for one in held}.values():
        for reference in asked.references:
            kind = None if reference.kind is ReferenceKind.UNKNOWN else reference.kind
            papers = set(index.by_number(reference.number, kind) or index.by_number(reference.number))
            found += [
                one
                for one in held
                if one.index is index and any(paper.document_id in papers for paper in one.matter.papers)
            ]
    fitting = [one for one in found if one.matter.form is asked.form]
    own = [one for one in fitting or found if any(_bears(one.matter, r.number) for r in asked.references)]
    return own or fitting or found


def _bears(matter: Matter, number: str) -> bool:
    return matter.opening.number is not None and number_key(matter.opening.number) == number_key(number)


def _moved_by(matter: Matter, factions: Sequence[str]) -> bool | None:
    return bool(set(factions) & set(matter.factions)) if matter.factions else None


def _signed(matter: Matter, names: Sequence[str]) -> bool | None:
    """Say whether one of the names is among who moved a matter; unknown where no paper names anybody."""
    known = [*matter.signatories, *matter.factions]
    if any(_holds(name, one) for name in names for one in (*known, *_named_in(matter))):
        return True
    return False if matter.signatories else None


def _named_in(matter: Matter) -> tuple[str, ...]:
    return (matter.opening.title,) if matter.form in MOVED else ()


def _holds(name: str, text: str) -> bool:
    words = fold(text).replace(".", " ").replace("(", " ").replace(")", " ").replace(",", " ").replace(":", " ").split()
    return all(word in words for word in fold(name).replace(".", " ").split() if word not in ("dr", "prof"))


def _dealt_with(matter: Matter, bodies: Sequence[str]) -> bool | None:
    if not matter.bodies:
        return None
    return any(fold(known).startswith(fold(asked)) for asked in bodies for known in matter.bodies)


def _falls_into(matter: Matter, period: Period) -> bool | None:
    """Say whether a matter was moved in a span of time.

    Unknown where nothing is dated, where only its session is and the span is no whole years, and where date and number
    name two years of which one lies in the span: a motion of December bears a number of January.
    """
    day = matter.day
    if day and (matter.has_own_day or matter.form not in MOVED):
        counted = numbered_year(matter)
        inside = period.holds(day)
        if counted is None or counted == day.year:
            return inside
        return inside if _year_inside(period, counted) is inside else None
    year = numbered_year(matter) or (day.year if day else None)
    return None if year is None else _year_inside(period, year)


def _year_inside(period: Period, year: int) -> bool | None:
    """Say whether a year lies in a span; unknown where a part of it does."""
    first, last = (period.holds(dt.date(year, month, day)) for month, day in ((1, 1), (12, 31)))
    within = any(edge is not None and edge.year == year for edge in (period.first, period.last))
    if first and last:
        return True
    return None if first or last or within else False


def numbered_year(matter: Matter) -> int | None:
    """Return the year that a matter's number counts in, None where it names none."""
    match = _YEAR_OF_NUMBER.search(matter.opening.number or "")
    return int(match[1] or match[2]) if match else None


def _on(topic: str, held: Sequence[Held], *, in_text: bool) -> list[Held]:
    """Return the matters whose titles hold all words of a topic, each as a whole or in its parts.

    Args:
        topic: as typed.
        held: looked through.
        in_text: whether also those count whose opening paper says so where it says what it wants.
    """
    wanted = [tokens for word in re.findall(r"\w+(?:-\w+)*", topic) if (tokens := search_tokens(word))]
    if not wanted:
        return []
    said = _said_by(wanted, held) if in_text else frozenset()
    return [
        one
        for one in held
        if all(_says(tokens, one.matter.words) for tokens in wanted)
        or fold(topic) in fold(one.matter.opening.title)
        or one.matter.opening.document_id in said
    ]


def _said_by(wanted: Sequence[Sequence[str]], held: Sequence[Held]) -> frozenset[str]:
    """Search for the papers that hold all words of a topic at their beginning or in what they request."""
    found: set[str] = set()
    for index in {id(one.index): one.index for one in held}.values():
        ranked = index.lexical([tokens[0] for tokens in wanted], CANDIDATES)
        for passage in index.passages(name for name, _ in ranked).values():
            if passage.ordinal == 0 or passage.role is SectionRole.REQUEST:
                words = frozenset(search_tokens(passage.text))
                if all(_says(tokens, words) for tokens in wanted):
                    found.add(passage.document_id)
    return frozenset(found)


def _says(tokens: Sequence[str], words: frozenset[str]) -> bool:
    return tokens[0] in words or (len(tokens) > 1 and all(token in words for token in tokens[1:]))


def _has_state(one: Held, asked: PaperQuestion, outcomes: Outcomes) -> bool | None:
    """Say whether a matter came to what is asked for; unknown where there is a vote and its words do not tell."""
    vote = outcomes.vote(one.matter, one.index)
    if vote is None:
        return None
    state = state_of(vote)
    if state is None and State.DECIDED not in asked.states:
        return None
    if state not in asked.states and State.DECIDED not in asked.states:
        return False
    day = vote.evidence.as_of.day if vote.evidence.as_of else None
    return asked.period is None or (None if day is None else asked.period.holds(day))
