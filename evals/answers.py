"""Answer records as the contract "Batch" tells them, whoever wrote them: our bot in this process, or a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from evals.errors import BrokenAnswers
from evals.lines import read_lines


class Outcome(StrEnum):
    """What became of a question; `missing` if the file holds no answer to it."""

    ANSWERED = "answered"
    DECLINED = "declined"
    FAILED = "failed"
    MISSING = "missing"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Statement(_Record):
    """One sentence of an answer; `citations` are numbers of the record's citations."""

    text: str
    citations: tuple[int, ...] = ()


class Citation(_Record):
    """A source of an answer."""

    n: int = 0
    path: str
    quote: str = ""
    title: str = ""
    kind: str = ""
    number: str | None = None
    date: str | None = None
    page: int | None = None
    url: str | None = None


class AnswerHit(_Record):
    """A passage that search found."""

    path: str
    text: str
    page: int | None = None
    score: float = 0.0


class Milliseconds(_Record):
    """How long it took."""

    total: float


class Answer(_Record):
    """One record of a batch output.

    Attributes:
        answer: what a user would have read.
        hits: best first.
        confidence: 0 to 1, how sure the bot is that it can answer; None if the record does not say.
        threshold: below this confidence the bot declines; None if the record does not say.
        milliseconds: None if the record does not say.
        reader: name of the model that read; empty if the record does not say.
    """

    id: str
    outcome: Outcome
    answer: str = ""
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[AnswerHit, ...] = ()
    milliseconds: Milliseconds | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    threshold: float | None = None
    index: str = ""
    reader: str = ""


def missing(question_id: str) -> Answer:
    """Return the record of a question that nobody answered."""
    return Answer(id=question_id, outcome=Outcome.MISSING)


def load_answers(path: Path) -> dict[str, Answer]:
    """Read a batch output by id; of several records of one question the last counts.

    Raises:
        UsageError: the file cannot be read.
        BrokenAnswers: a line is no answer record; names file, line and reason.
    """
    return {answer.id: answer for _, answer in read_lines(path, Answer, BrokenAnswers)}
