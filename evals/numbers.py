"""Questions that name a paper by its number: one for each number of an index, in the spellings that people use.

The first hit must be a paper of the matter that the number belongs to (its `procedure`): motion and statement share a
number, and either may answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.question.query import understand
from bot.retrieval import search
from evals.errors import EmptySample
from ingest.embedding import Encoder
from ingest.index import DocumentHeader, IndexReader
from ingest.references import is_paper_number, normal_number

QUESTIONS = (
    "Was wurde zu {} beschlossen?",
    "Worum geht es in {}?",
    "Was steht in {} zu den Kosten?",
    "Wie hat der Gemeinderat über {} abgestimmt?",
    "{}",
)
_COUNTER_FIRST = ("GRDrs {}/{}", "GRDrs. {:0>4} / {}", "grdrs{}/{}", "Drucksache {}-{}", "{:0>4}/{}", "Drs. {}/{}")
_YEAR_FIRST = ("{}/{}", "{} / {}", "Vorlage Nr. {}/{}", "vorlage nr {}/{}", "Vorlage {}-{}", "Drucksache: {}/{}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberQuestion:
    """A question that names a number, and the matters of the papers that bear it."""

    question: str
    matters: frozenset[str]


def spellings(number: str) -> tuple[str, ...]:
    """Return how people write a number in its normal form: "236/2023" as on a Drucksache, "2023/0236" as in Karlsruhe.

    A number of more than two fields is written as it is.
    """
    first, _, second = number.partition("/")
    if "/" in second:
        return (number,)
    forms = _YEAR_FIRST if re.fullmatch(r"(?:19|20)\d\d", first) else _COUNTER_FIRST
    return tuple(form.format(first, second) for form in forms)


def questions(headers: Iterable[DocumentHeader]) -> tuple[NumberQuestion, ...]:
    """Make one question for each number, by number; question forms and spellings take turns.

    Raises:
        EmptySample: no paper bears a number.
    """
    matters: dict[str, set[str]] = {}
    for header in headers:
        number = normal_number(header.number or "")
        if is_paper_number(number):
            matters.setdefault(number, set()).add(matter(header))
    if not matters:
        raise EmptySample("no paper of this index bears a number")
    made = []
    for place, number in enumerate(sorted(matters)):
        written = spellings(number)
        text = QUESTIONS[place % len(QUESTIONS)].format(written[place // len(QUESTIONS) % len(written)])
        made.append(NumberQuestion(question=text, matters=frozenset(matters[number])))
    return tuple(made)


def matter(header: DocumentHeader) -> str:
    """Return what ties the papers of one matter together; a paper without a procedure is a matter of its own."""
    return header.procedure or header.document_id


def missed(asked: Sequence[NumberQuestion], index: IndexReader, encoder: Encoder) -> tuple[NumberQuestion, ...]:
    """Return the questions whose first hit is of another matter, or that find nothing."""
    wrong = []
    for question in asked:
        hits = search(understand(question.question), index, encoder, 1).hits
        if not hits or matter(hits[0].document) not in question.matters:
            wrong.append(question)
    return tuple(wrong)
