"""A run that is over: figures with intervals, and what became of each question. Kept as one JSON file.

A result tells all that a report and a comparison need, so that neither needs the index or the gold file again. Texts
of hits are left out: a committed result must stay small, and papers have their home in the index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from evals.answers import Answer, Outcome
from evals.bootstrap import Interval, estimate
from evals.errors import BrokenResult, EmptySample
from evals.gold import GoldQuestion, QuestionKind
from evals.measures import MEASURES, Column, Tally, Values
from evals.metrics import Marks
from evals.texts import paper_name
from ingest.errors import UsageError
from ingest.validation import german

FORMAT: Final = 1
"""Raise it when old results can no longer be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A citation as a report shows it."""

    n: int
    path: str
    title: str
    kind: str
    number: str | None
    date: str | None
    page: int | None
    quote: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A statement and the numbers of its sources."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Evidence of a question: a paper and the quote, empty if it was given by characters."""

    file: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question of a run.

    Attributes:
        expected: right answers in words.
        papers_found: names of the distinct papers found, best first.
        best_score: of the best passage; None if nothing was found.
        rank: 1-based rank of the first evidence paper; None if not found or if there is none to find.
        values: what it brought to each column.
    """

    id: str
    question: str
    history: tuple[str, ...]
    kind: QuestionKind
    expected: tuple[str, ...]
    note: str
    evidence: tuple[Expected, ...]
    outcome: Outcome
    answer: str
    statements: tuple[Given, ...]
    sources: tuple[Source, ...]
    papers_found: tuple[str, ...]
    best_score: float | None
    confidence: float | None
    threshold: float | None
    rank: int | None
    values: dict[Column, Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a result comes from.

    Attributes:
        gold: name of the gold file.
        index: fingerprint of the index; empty if it is not known.
        version: of Ratslotse.
        documents: papers in the index, None if it is not known.
        reader: which read; empty if it is not known.
    """

    gold: str
    index: str
    version: str
    created: dt.datetime
    documents: int | None = None
    encoder: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A run.

    Attributes:
        measures: figures by measure, in the order of `evals.measures`.
        kinds: the same for each kind of question.
    """

    origin: Origin
    measures: dict[str, Interval]
    kinds: dict[QuestionKind, dict[str, Interval]]
    cases: tuple[Case, ...]
    format: int = FORMAT


_RESULT: Final[TypeAdapter[Result]] = TypeAdapter(Result)


def figures(values: Iterable[Values]) -> dict[str, Interval]:
    """Work out every measure that applies to any of the questions."""
    rows = list(values)
    found = {}
    for measure in MEASURES:
        try:
            found[measure.name] = estimate(measure, rows)
        except EmptySample:
            continue
    return found


def put_together(
    origin: Origin,
    questions: Sequence[GoldQuestion],
    answers: Mapping[str, Answer],
    marks: Mapping[str, Marks],
    surplus: Sequence[Values] = (),
) -> Result:
    """Make a result of what was asked, answered and marked.

    Args:
        origin: where it comes from.
        questions: in the order of the gold file.
        answers: by question.
        marks: by question.
        surplus: what answers to no gold question brought; counts in the whole alone.
    """
    cases = tuple(_case(question, answers[question.id], marks[question.id]) for question in questions)
    kinds = {
        kind: figures(case.values for case in cases if case.kind is kind)
        for kind in QuestionKind
        if any(case.kind is kind for case in cases)
    }
    whole = figures([*(case.values for case in cases), *surplus])
    return Result(origin=origin, measures=whole, kinds=kinds, cases=cases)


def write_result(path: Path, result: Result) -> None:
    """Write a result, readable in a diff.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_RESULT.dump_json(result, indent=1) + b"\n")
    except OSError as error:
        raise UsageError(f"{path} kann nicht geschrieben werden.", "Bitte den Pfad prüfen.") from error


def read_result(path: Path) -> Result:
    """Read a result.

    Raises:
        UsageError: the file cannot be read.
        BrokenResult: it is no result, or one of another format.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} kann nicht gelesen werden.", "Bitte den Pfad prüfen.") from error
    try:
        result = _RESULT.validate_json(raw)
    except ValidationError as error:
        raise BrokenResult(path, german(error)) from error
    if result.format != FORMAT:
        raise BrokenResult(path, f"es hat das Format {result.format}, erwartet wird {FORMAT}")
    return result


def _case(question: GoldQuestion, answer: Answer, marks: Marks) -> Case:
    found = tuple(dict.fromkeys(paper_name(hit.path) for hit in answer.hits))
    return Case(
        id=question.id,
        question=question.question,
        history=question.history,
        kind=question.kind,
        expected=question.answers,
        note=question.note or "",
        evidence=tuple(Expected(file=item.file, quote=item.quote or "") for item in question.evidence),
        outcome=answer.outcome,
        answer=answer.answer,
        statements=tuple(Given(text=item.text, sources=item.citations) for item in answer.statements),
        sources=tuple(
            Source(
                n=item.n,
                path=item.path,
                title=item.title,
                kind=item.kind,
                number=item.number,
                date=item.date,
                page=item.page,
                quote=item.quote,
                url=item.url,
            )
            for item in answer.citations
        ),
        papers_found=found,
        best_score=max((hit.score for hit in answer.hits), default=None),
        confidence=answer.confidence,
        threshold=answer.threshold,
        rank=marks.rank,
        values=dict(marks.values),
    )
