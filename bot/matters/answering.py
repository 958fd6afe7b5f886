"""A question about papers, answered from the catalogue and the ledger; None where it is better left to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.ledger.types import MotionState
from bot.matters.choosing import MOVED, Chosen, Held, choose
from bot.matters.outcomes import Outcomes
from bot.matters.points import (
    Ledger,
    headed,
    is_open,
    open_line,
    point_lines,
    points_told,
    states_of,
    with_points,
)
from bot.matters.register import Register
from bot.matters.sessions import decisions_of
from bot.matters.telling import LINES, TELLERS, Line, latest, listed, outcome_lead, shown, vote_line
from bot.phrases import matters as phrases
from bot.question.types import Form, PaperQuestion, State, Wanted
from bot.types import Citation, Language, Mode, Statement
from ingest.index import IndexReader

FITTING: Final = 5
"""Matters that "the motion" may mean and are all told of; more are listed only."""

_APART: Final = {Form.MOTION: Form.AMENDMENT}
"""What is counted apart: an amendment is moved to somebody else's paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of papers.

    Attributes:
        lead: what was found, in the program's own words.
        statements: none where there is no such paper.
        more: further matters that fit.
    """

    lead: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    more: int = 0
    mode: Mode = Mode.CATALOGUE


class Matters:
    """Answers questions about papers over whatever indexes it is handed. Thread-safe."""

    def __init__(self, ledger: Ledger | None = None) -> None:
        """Take the motion ledger, None where there is none."""
        self._register, self._outcomes, self._ledger = Register(), Outcomes(), ledger

    def answer(self, asked: PaperQuestion, indexes: Sequence[IndexReader], language: Language) -> Told | None:
        """Answer from the papers of these indexes and no others; None where a question is better left to search."""
        documents = sum(index.manifest.document_count for index in indexes)
        if not documents or asked.form is Form.REPORT:
            return None
        if Wanted.DECISIONS in asked.wants:
            lead, lines = decisions_of(asked, indexes, language)
            return _told(lead, lines, Mode.CATALOGUE) if lines else None
        if Wanted.POINTS in asked.wants:
            return self._points(asked, indexes, documents, language)
        chosen = choose(asked, indexes, self._register, self._outcomes)
        if chosen is None:
            return None
        if asked.references and not chosen.matters:
            return Told(lead=phrases.no_number(len(asked.references), documents, language))
        if State.OPEN in asked.states or State.ANSWERED in asked.states:
            return self._open(asked, chosen, documents, language)
        if asked.is_one:
            return self._by_points(asked, chosen, language) or self._each(asked, chosen, language)
        return self._listed(asked, chosen, indexes, documents, language)

    def _listed(
        self, asked: PaperQuestion, chosen: Chosen, indexes: Sequence[IndexReader], documents: int, language: Language
    ) -> Told | None:
        """Count and list what fits, the newest first."""
        if not chosen.matters:
            untold = phrases.untold(chosen.unknown, asked, language)
            return Told(lead=" ".join(filter(None, (phrases.none(documents, asked, language), untold))))
        tellers = [TELLERS[wanted] for wanted in asked.wants if wanted in TELLERS]
        wanted = chosen.matters[: asked.limit] if asked.newest and asked.limit else chosen.matters
        if tellers:
            return self._each(asked, replace(chosen, matters=wanted), language)
        lines = [listed(one, asked, self._outcomes, language) for one in wanted[:LINES]]
        statements, citations = shown(lines)
        return Told(
            lead=self._counted(asked, chosen, indexes, documents, language),
            statements=statements,
            citations=citations,
            more=len(wanted) - len(lines),
        )

    def _counted(
        self, asked: PaperQuestion, chosen: Chosen, indexes: Sequence[IndexReader], documents: int, language: Language
    ) -> str:
        """Say how many fit, over what, and what is not known or counted apart."""
        count, least = len(chosen.matters), bool(chosen.unknown or chosen.uncertain)
        said = [phrases.counted(count, documents, asked, language, least=least)]
        if asked.factions:
            joint = sum(len(one.matter.factions) > 1 for one in chosen.matters)
            said.append(phrases.jointly(joint, language))
        said.append(phrases.untold(chosen.unknown, asked, language))
        if apart := _APART.get(asked.form):
            others = choose(replace(asked, form=apart), indexes, self._register, self._outcomes)
            said.append(phrases.beside(len(others.matters) if others else 0, apart, language))
        if count > 1:
            said.append(phrases.newest_first(language))
        return " ".join(part for part in said if part)

    def _each(self, asked: PaperQuestion, chosen: Chosen, language: Language) -> Told | None:
        """Say of one matter, or of each of the few that may be meant, what is asked."""
        if not chosen.matters:
            return None
        few = chosen.matters[:FITTING]
        leads, lines = [], []
        for one in few:
            lead, told = self._of_one(one, asked, language)
            leads.append(lead)
            lines += told
        if not lines:
            return None
        lead = leads[0] if len(few) == 1 else phrases.several_fit(len(chosen.matters), language)
        statements, citations = shown(lines)
        return Told(lead=lead, statements=statements, citations=citations, more=len(chosen.matters) - len(few))

    def _by_points(self, asked: PaperQuestion, chosen: Chosen, language: Language) -> Told | None:
        """Say what came of a motion on which nobody voted by what came of its points; None where it has none."""
        if asked.wants != (Wanted.OUTCOME,) or len(chosen.matters) != 1 or self._ledger is None:
            return None
        (one,) = chosen.matters
        if one.matter.form not in MOVED or self._outcomes.vote(one.matter, one.index) is not None:
            return None
        motion = self._ledger.one(one.matter.opening.document_id)
        if motion is None or not motion.points:
            return None
        return _told(headed(one, motion, language), point_lines(one, motion, motion.points, language), Mode.LEDGER)

    def _of_one(self, one: Held, asked: PaperQuestion, language: Language) -> tuple[str, list[Line]]:
        leads: list[str] = []
        lines: list[Line] = []
        for wanted in asked.wants:
            if wanted in TELLERS:
                lines += TELLERS[wanted](one, language)
                continue
            if wanted in (Wanted.OVERVIEW, Wanted.LIST, Wanted.COUNT):
                lines.append(listed(one, asked, self._outcomes, language))
            vote = self._outcomes.vote(one.matter, one.index)
            if vote is not None:
                leads.append(outcome_lead(one, vote, asked, language))
                lines.append(vote_line(vote, one))
            elif wanted is not Wanted.OVERVIEW:
                leads.append(outcome_lead(one, None, asked, language))
                lines += latest(one, language)[:1] if wanted is Wanted.NEXT else latest(one, language)
            if wanted is Wanted.NEXT:
                leads.insert(0, phrases.no_future(language))
        return " ".join(leads), lines

    def _open(self, asked: PaperQuestion, chosen: Chosen, documents: int, language: Language) -> Told | None:
        """List the motions that wait for something, or that do not."""
        if not chosen.matters:
            return None
        known = states_of(chosen.matters, self._ledger)
        wants_open = State.OPEN in asked.states
        fitting = [one for one in chosen.matters if is_open(one, self._outcomes, known) is wants_open]
        if asked.is_one and fitting:
            return self._each(replace(asked, is_one=True), Chosen(matters=chosen.matters), language)
        if not fitting:
            return Told(lead=_none_open(asked, chosen, documents, language, known), mode=Mode.LEDGER)
        lines = [listed(one, asked, self._outcomes, language) for one in fitting[:LINES]]
        if wants_open:
            lines = [open_line(one, line, known, language) for one, line in zip(fitting, lines, strict=False)]
        lead = phrases.counted(len(fitting), documents, asked, language, least=bool(chosen.unknown or known is None))
        if known is None:
            lead = f"{lead} {phrases.not_worked_out(language)}"
        told = _told(lead, lines, Mode.LEDGER)
        return replace(told, more=len(fitting) - len(lines))

    def _points(
        self, asked: PaperQuestion, indexes: Sequence[IndexReader], documents: int, language: Language
    ) -> Told | None:
        """Say how the points of a motion stand."""
        if self._ledger is None:
            return None
        held: list[Held] = []
        for form in (Form.MOTION, Form.INQUIRY, Form.AMENDMENT):
            chosen = choose(replace(asked, form=form, states=()), indexes, self._register, self._outcomes)
            held += [one for one in (chosen.matters if chosen else ()) if one not in held]
        if asked.references and not held:
            return Told(lead=phrases.no_number(len(asked.references), documents, language))
        fitting = with_points(held, asked)
        if not fitting and not (asked.topic or asked.by):
            return Told(lead=phrases.no_points(asked, documents, language), mode=Mode.LEDGER)
        if len(fitting) != 1:
            lines = [listed(one, asked, self._outcomes, language) for one in fitting[:LINES]]
            told = _told(phrases.several_fit(len(fitting), language), lines, Mode.LEDGER)
            return replace(told, more=len(fitting) - len(lines)) if fitting else None
        motion = self._ledger.one(fitting[0].matter.opening.document_id)
        if motion is None:
            return None
        lines = point_lines(fitting[0], motion, points_told(fitting[0], motion, asked), language)
        return _told(headed(fitting[0], motion, language), lines, Mode.LEDGER)


def _none_open(
    asked: PaperQuestion,
    chosen: Chosen,
    documents: int,
    language: Language,
    known: Mapping[str, MotionState] | None,
) -> str:
    """Say that no motion fits; where their points have not been worked out, only what their papers tell."""
    if known is not None or State.OPEN not in asked.states:
        return phrases.none(documents, asked, language)
    told = phrases.all_replied(len(chosen.matters), documents, replace(asked, states=()), language)
    return f"{told} {phrases.not_worked_out(language)}"


def _told(lead: str, lines: Sequence[Line], mode: Mode) -> Told:
    statements, citations = shown(lines)
    return Told(lead=lead, statements=statements, citations=citations, mode=mode)
