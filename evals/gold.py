"""Gold questions: what was asked, where the answer stands, and which words a right answer holds.

Evidence is a paper's name (path without folder and ending) and a quote, never a passage id, so that gold files survive
every change of reading and cutting.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from evals.errors import BrokenGold
from evals.lines import read_lines
from ingest.errors import UsageError

Text = Annotated[str, Field(min_length=1)]


class QuestionKind(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    DATE = "date"
    WHO = "who"
    LIST = "list"
    STATUS = "status"
    VOTE = "vote"
    FACT = "fact"
    PROCEDURE = "procedure"
    FOLLOWUP = "followup"
    UNANSWERABLE = "unanswerable"


class Evidence(BaseModel):
    """Where the answer stands: a quote of a paper, or a half-open range of characters of its text.

    Attributes:
        file: name of the paper.
        quote: verbatim; line breaks and hyphens do not count. None if `start` and `end` are given.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    file: Text
    quote: Text | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        spanned = self.start is not None and self.end is not None and self.start < self.end
        if self.quote is None and not spanned:
            raise ValueError(f"der Beleg aus „{self.file}“ hat weder „quote“ noch „start“ und „end“")
        return self


class GoldQuestion(BaseModel):
    """One question of a gold file.

    Attributes:
        papers: matters it was written about; told to people only.
        answers: right answers in words; told to people only.
        must_contain: groups of alternatives; a right answer holds one of each group.
        history: earlier questions of the conversation, oldest first.
        note: for people.
    """

    model_config = ConfigDict(frozen=True, extra="allow", coerce_numbers_to_str=True)

    id: Text
    question: Text
    kind: QuestionKind
    papers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: tuple[str, ...] = ()
    must_contain: tuple[tuple[str, ...], ...] = ()
    history: tuple[str, ...] = ()
    note: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the papers hold an answer."""
        return self.kind is not QuestionKind.UNANSWERABLE

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.answerable and not self.evidence:
            raise ValueError(f"„{self.id}“ ist beantwortbar ({self.kind}), nennt aber keinen Beleg („evidence“)")
        if not self.answerable and self.evidence:
            raise ValueError(f"„{self.id}“ ist nicht beantwortbar, nennt aber Belege („evidence“)")
        if any(not group or not all(word.strip() for word in group) for group in self.must_contain):
            raise ValueError(f"„must_contain“ von „{self.id}“ hat eine leere Gruppe oder ein leeres Wort")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """A gold file.

    Attributes:
        name: the file's name without folder.
        unknown_keys: keys that mean nothing here, sorted; worth a remark, for they may be typing errors.
    """

    name: str
    questions: tuple[GoldQuestion, ...]
    unknown_keys: tuple[str, ...] = ()


def load_gold(path: Path) -> GoldSet:
    """Read a gold file, in its order.

    Raises:
        UsageError: the file cannot be read or is empty.
        BrokenGold: a line is wrong; names file, line and reason.
    """
    questions: list[GoldQuestion] = []
    first_line: dict[str, int] = {}
    for number, question in read_lines(path, GoldQuestion, BrokenGold):
        if question.id in first_line:
            earlier = first_line[question.id]
            raise BrokenGold(path, number, f"die Kennung „{question.id}“ gibt es schon in Zeile {earlier}")
        first_line[question.id] = number
        questions.append(question)
    if not questions:
        raise UsageError(f"{path} enthält keine Fragen.", 'Eine Zeile ist {"id": "…", "question": "…", …}.')
    unknown = sorted({key for question in questions for key in question.model_extra or {}})
    return GoldSet(name=path.name, questions=tuple(questions), unknown_keys=tuple(unknown))
