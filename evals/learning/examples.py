"""What the reader learns from: questions with the parts that answer them and the parts that search takes for answers.

A part answers if it holds a quote of the question's evidence. What search ranks high and what does not answer is a hard
negative; left out of these is what, in the same matter, holds all words of the right answer: it may answer as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering.verify import fold
from bot.question.context import context_of
from bot.question.query import understand
from bot.reading.wording import worded_head, worded_question
from bot.retrieval.search import parts_of, search
from bot.types import Hit
from evals.errors import BrokenGold
from evals.gold import GoldQuestion
from evals.lines import read_lines
from evals.texts import paper_name
from ingest.embedding import Encoder
from ingest.index import IndexReader

NEAR = "near"
NEAR_FILE = "near_file"
TWIN_OF = "twin_of"
BEGINNING = 60
"""Folded characters by which a longer quote is known where a part ends within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A part as the reader sees it.

    Attributes:
        head: what stands in front.
        text: the part.
        sentences: half-open ranges of characters of `text`.
        right: which of them hold or stand in a quote; none in a part that does not answer.
        file: name of its paper.
    """

    head: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    right: tuple[bool, ...]
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question and what there is to read for it.

    Attributes:
        answers: parts that answer; none where there is no answer.
        others: parts that do not, as search ranks them.
        status: of a motion's point, by its place in `STATUSES`; None for questions.
        twin: of a near miss: the question with an answer that it resembles; then `others` begins with what is near.
    """

    id: str
    matter: str
    question: str
    kind: str
    lang: str
    answers: tuple[Text, ...]
    others: tuple[Text, ...]
    twin: str | None = None
    status: int | None = None


def load_questions(folders: Iterable[Path], pattern: str) -> Iterator[GoldQuestion]:
    """Yield the questions of all files of this pattern, folder by folder, in the order of their names.

    Raises:
        BrokenGold: a line is wrong.
    """
    for folder in folders:
        for path in sorted(folder.glob(pattern)):
            for _, question in read_lines(path, GoldQuestion, BrokenGold):
                yield question


class Examples:
    """Makes examples of questions over one index that holds their papers."""

    def __init__(self, index: IndexReader, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._files = {paper_name(header.path): header for header in index.all_headers()}

    def of(self, question: GoldQuestion) -> Example | None:
        """Return an example; None where no part holds the evidence or nothing is found."""
        context = context_of(question.question, question.history)
        extra = question.model_extra or {}
        twin = str(extra[TWIN_OF]) if TWIN_OF in extra else None
        query = understand(question.question, context)
        hits = () if twin else search(query, self._index, self._encoder).hits  # a near miss is read where its twin is
        quotes = [fold(evidence.quote or "") for evidence in question.evidence]
        answers = [text for evidence in question.evidence for text in self._holding(evidence.file, quotes)]
        if question.evidence and not answers:
            return None
        near = list(self._holding(str(extra[NEAR_FILE]), [fold(str(extra[NEAR]))])) if NEAR in extra else []
        others = [text_of(hit, ()) for hit in hits if not self._may_answer(hit, question, quotes)]
        known = {text.text for text in (*answers, *near)}
        return Example(
            id=question.id,
            matter=question.papers[0],
            question=worded_question(question.question, context),
            kind=question.kind,
            lang=str(extra.get("lang", "de")),
            answers=tuple({text.text: text for text in answers}.values()),
            others=(*[_wrong(text) for text in near], *[text for text in others if text.text not in known]),
            twin=twin,
        )

    def _holding(self, file: str, quotes: Sequence[str]) -> Iterator[Text]:
        """Yield the parts of a paper that hold a quote."""
        header = self._files.get(file)
        if header is None:
            return
        for hit in parts_of(header, self._index):
            if any(holds(fold(hit.passage.text), quote) for quote in quotes):
                yield text_of(hit, quotes)

    def _may_answer(self, hit: Hit, question: GoldQuestion, quotes: Sequence[str]) -> bool:
        folded = fold(hit.passage.text)
        if any(holds(folded, quote) for quote in quotes):
            return True
        if not question.must_contain or hit.document.procedure not in question.papers:
            return False
        words = " ".join(hit.passage.text.split()).lower()
        return all(
            any(re.search(r"(?<!\w)" + re.escape(word.lower()), words) for word in group)
            for group in question.must_contain
        )


def holds(folded: str, quote: str) -> bool:
    """Say whether a folded part holds a folded quote, or begins or ends within it."""
    return quote in folded or (
        len(quote) > BEGINNING + 20 and (quote[:BEGINNING] in folded or quote[-BEGINNING:] in folded)
    )


def text_of(hit: Hit, quotes: Sequence[str]) -> Text:
    """Return a part as the reader sees it, its sentences marked by the quotes they share."""
    text = hit.passage.text
    return Text(
        head=worded_head(hit.document, hit.passage.heading),
        text=text,
        sentences=tuple((sentence.start, sentence.end) for sentence in hit.sentences),
        right=tuple(shares(fold(sentence.of(text)), quotes) for sentence in hit.sentences),
        file=paper_name(hit.document.path),
    )


def shares(sentence: str, quotes: Sequence[str]) -> bool:
    """Say whether a folded sentence holds a quote, stands in one, or has half of itself in common with one's end."""
    if len(sentence) < 3:
        return False
    for quote in quotes:
        if quote in sentence or (len(sentence) > 12 and sentence in quote):
            return True
        half = min(len(sentence), len(quote)) // 2
        if half >= 20 and (sentence[:half] in quote or sentence[-half:] in quote):
            return True
    return False


def _wrong(text: Text) -> Text:
    return Text(
        head=text.head, text=text.text, sentences=text.sentences, right=(False,) * len(text.right), file=text.file
    )
