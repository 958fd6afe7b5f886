"""Ask every question of a gold set and mark the answers: in this process, or from a batch output.

Knows nothing of figures on a screen; what it needs of the bot is one function, so that tests ask a fake.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from bot.record import as_record
from bot.types import Question, Reply
from evals.answers import Answer, Outcome, missing
from evals.gold import GoldQuestion, GoldSet
from evals.metrics import mark, time_alone
from evals.results import Origin, Result, put_together
from evals.texts import Papers
from ingest.errors import RatslotseError

log = logging.getLogger(__name__)

Ask = Callable[[Question], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All answers of a run.

    Attributes:
        failures: a sentence for each question that could not be asked.
    """

    answers: dict[str, Answer]
    failures: tuple[str, ...]


def ask_all(questions: Iterable[GoldQuestion], ask: Ask) -> Asked:
    """Ask every question; one that fails does not end the others."""
    answers: dict[str, Answer] = {}
    failures: list[str] = []
    for question in questions:
        try:
            reply = ask(Question(text=question.question, history=question.history))
        except RatslotseError as error:
            failures.append(f"{question.id}: {error}")
            answers[question.id] = Answer(id=question.id, outcome=Outcome.FAILED, answer=str(error))
        except Exception as error:  # a bug in one answer must not hide what the others are worth
            incident = uuid.uuid4().hex[:8]
            log.exception("incident=%s", incident)
            told = f"{type(error).__name__} (Kennung {incident})"
            failures.append(f"{question.id}: {told}")
            answers[question.id] = Answer(id=question.id, outcome=Outcome.FAILED, answer=told)
        else:
            answers[question.id] = Answer.model_validate(as_record(reply, question.id))
    return Asked(answers=answers, failures=tuple(failures))


def evaluate(gold: GoldSet, answers: Mapping[str, Answer], papers: Papers, origin: Origin) -> Result:
    """Mark the answers to a gold set. A question without an answer counts as one that was got wrong.

    Raises:
        UsageError: evidence is given by characters of a paper whose text is missing.
    """
    given = {question.id: answers.get(question.id) or missing(question.id) for question in gold.questions}
    marks = {question.id: mark(question, given[question.id], papers) for question in gold.questions}
    surplus = [time_alone(answer) for key, answer in answers.items() if key not in given]
    return put_together(origin, gold.questions, given, marks, surplus)


def unknown_evidence(gold: GoldSet, papers: Papers) -> tuple[str, ...]:
    """Return the evidence papers without a text, sorted: a wrong folder or an index of other papers shows here."""
    named = {item.file for question in gold.questions for item in question.evidence}
    return tuple(sorted(name for name in named if not papers.known(name)))


def origin(gold: GoldSet, answers: Mapping[str, Answer], documents: int | None = None, encoder: str = "") -> Origin:
    """Say where a result comes from, now."""
    fingerprints = sorted({answer.index for answer in answers.values() if answer.index})
    return Origin(
        gold=gold.name,
        index="+".join(fingerprints),
        version=_version(),
        created=dt.datetime.now(dt.UTC).replace(microsecond=0),
        documents=documents,
        encoder=encoder,
        reader="+".join(sorted({answer.reader for answer in answers.values() if answer.reader})),
    )


def _version() -> str:
    try:
        return version("ratslotse")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unbekannt"
