"""What one answer is worth: pure functions from gold question, answer and papers to per-question values.

The measures that issues name are defined by `tools/score_answers.py` of the contracts; this is our own code for them
and must give the same figures (tested where that program is at hand).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answering.verify import fold
from evals import ranking
from evals.answers import Answer, Citation, Outcome
from evals.errors import EmptySample
from evals.gold import GoldQuestion
from evals.measures import Column, Tally, Values
from evals.support import supported
from evals.texts import Papers, paper_name

MAX_RIGHT_CHARS = 1200
"""A longer answer is not right, whatever stands in it."""

LONG_QUOTE = 80
"""Folded characters from which the quote's beginning or end is enough: passages may cut a long quote."""
QUOTE_EDGE = 60
"""Folded characters of that beginning or end; both figures are those of score_answers.py."""

STUB = 12
"""Folded characters up to which a quote says nothing of what it bears on; as in score_more.py."""

READ_COLUMNS = ((Column.READ700, 700), (Column.READ4500, 4500), (Column.READ9000, 9000))
FILE_COLUMNS = ((Column.FILE1, 1), (Column.FILE5, 5), (Column.FILE10, 10))
RIGHT_COLUMNS = ((Column.RIGHT300, 300), (Column.RIGHT600, 600))

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What an answer brought.

    Attributes:
        rank: 1-based rank of the first evidence paper among the distinct papers found; None if there is none, or if
            the question has no evidence.
    """

    values: Values
    rank: int | None = None


def mark(question: GoldQuestion, answer: Answer, papers: Papers) -> Marks:
    """Mark one answer.

    Raises:
        UsageError: evidence is given by characters of a paper whose text is missing.
    """
    values = {**_time(answer), **_supported(answer)}
    if not question.answerable:
        values |= {Column.DECLINED: _yes(answer.outcome is Outcome.DECLINED)}
        wrong = {Column.GIVEN_RIGHT: _yes(False)} if answer.outcome is Outcome.ANSWERED else {}
        return Marks(values=values | wrong)
    evidence = {papers.identity(item.file) for item in question.evidence} | {item.file for item in question.evidence}
    quotes = list(dict.fromkeys(_quotes(question, papers)))
    rank, ranked = _ranked(question, answer, papers)
    values |= ranked
    values |= _read(answer, quotes)
    values |= _right(question, answer, cited=_cites(answer.citations, evidence, papers))
    values |= _first(question, answer, evidence, papers)
    values |= _bearing(answer, quotes)
    values |= _recalled(question, answer, quotes, papers)
    values |= _verbatim(answer, papers)
    values[Column.OVERDECLINED] = _yes(answer.outcome is Outcome.DECLINED)
    values[Column.ANSWERED] = _yes(answer.outcome is Outcome.ANSWERED)
    return Marks(values=values, rank=rank)


def time_alone(answer: Answer) -> Values:
    """Return what an answer to no gold question brings: how long it took."""
    return _time(answer)


def holds(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Say whether a text holds one alternative of each group, from the beginning of a word, in any case.

    The end of a word is left open, for German endings and compounds: "Bechtle" holds in "Bechtles".
    """
    text = _SPACE.sub(" ", text).lower()
    return all(any(re.search(rf"(?<!\w){re.escape(word.lower())}", text) for word in group) for group in groups)


def read_until(answer: Answer, quotes: Sequence[str]) -> int | None:
    """Return how many characters of hits were read at the end of the first one with a quote; None if none has one.

    Args:
        answer: its hits are read in order, each to its end.
        quotes: folded.

    Raises:
        EmptySample: no quotes.
    """
    if not quotes:
        raise EmptySample("no quote to look for")
    read = 0
    for hit in answer.hits:
        read += len(hit.text)
        text = fold(hit.text)
        if any(_overlaps(quote, text) for quote in quotes):
            return read
    return None


def _time(answer: Answer) -> dict[Column, Tally]:
    return {Column.MILLISECONDS: Tally(total=answer.milliseconds.total)} if answer.milliseconds else {}


def _yes(value: bool) -> Tally:
    return Tally(total=float(value))


def _quotes(question: GoldQuestion, papers: Papers) -> Iterator[str]:
    """Yield the evidence quotes, folded."""
    for item in question.evidence:
        if item.quote is not None:
            yield fold(item.quote)
        elif item.start is not None and item.end is not None:
            yield fold(papers.stretch(item.file, item.start, item.end))


def _cites(citations: Iterable[Citation], evidence: set[str], papers: Papers) -> bool:
    names = (paper_name(citation.path) for citation in citations)
    return any(name in evidence or papers.identity(name) in evidence for name in names)


def _ranked(question: GoldQuestion, answer: Answer, papers: Papers) -> tuple[int | None, dict[Column, Tally]]:
    """Mark the order of the distinct papers found; the same paper under another id counts, but gains once."""
    order = [papers.identity(name) for name in dict.fromkeys(paper_name(hit.path) for hit in answer.hits)]
    right = {papers.identity(item.file): 1.0 for item in question.evidence}
    rank = ranking.first_rank(order, right)
    values = {column: _yes(rank is not None and rank <= k) for column, k in FILE_COLUMNS}
    values[Column.NDCG10] = Tally(total=ranking.ndcg(order, right))
    values[Column.MRR] = Tally(total=ranking.reciprocal_rank(order, right))
    values[Column.RECALL10] = Tally(total=ranking.recall(order, right))
    return rank, values


def _read(answer: Answer, quotes: Sequence[str]) -> dict[Column, Tally]:
    found = read_until(answer, quotes)
    return {column: _yes(found is not None and found <= limit) for column, limit in READ_COLUMNS}


def _right(question: GoldQuestion, answer: Answer, *, cited: bool) -> dict[Column, Tally]:
    body = " ".join(statement.text for statement in answer.statements)
    sourced = answer.outcome is Outcome.ANSWERED and cited
    whole = sourced and len(body) <= MAX_RIGHT_CHARS and holds(body, question.must_contain)
    short = {column: _yes(sourced and holds(body[:n], question.must_contain)) for column, n in RIGHT_COLUMNS}
    given = {Column.GIVEN_RIGHT: _yes(whole)} if answer.outcome is Outcome.ANSWERED else {}
    return {Column.RIGHT: _yes(whole)} | given | short


def _first(question: GoldQuestion, answer: Answer, evidence: set[str], papers: Papers) -> dict[Column, Tally]:
    """Mark whether the first statement alone is a right answer."""
    if answer.outcome is not Outcome.ANSWERED or not answer.statements:
        return {Column.FIRST: _yes(False)}
    first = answer.statements[0]
    cited = [citation for citation in answer.citations if citation.n in first.citations]
    right = holds(first.text, question.must_contain) and _cites(cited, evidence, papers)
    return {Column.FIRST: _yes(right)}


def _bearing(answer: Answer, quotes: Sequence[str]) -> dict[Column, Tally]:
    """Mark the statements that stand in an evidence quote or hold one."""
    if not answer.statements:
        return {}
    quote_of = {citation.n: fold(citation.quote) for citation in answer.citations}
    said = [[quote_of[n] for n in statement.citations if n in quote_of] for statement in answer.statements]
    good = sum(
        any(quote in text or text in quote for quote in quotes for text in texts if len(text) > STUB) for texts in said
    )
    return {Column.BEARING: Tally(total=good, count=len(said))}


def _recalled(question: GoldQuestion, answer: Answer, quotes: Sequence[str], papers: Papers) -> dict[Column, Tally]:
    """Mark which of the distinct evidence papers and quotes are cited; nothing is for a question declined."""
    wanted = {papers.identity(item.file) for item in question.evidence}
    cited = {papers.identity(paper_name(citation.path)) for citation in answer.citations}
    texts = [text for citation in answer.citations if (text := fold(citation.quote))]
    found = sum(any(_overlaps(quote, text) or text in quote for text in texts) for quote in quotes)
    return {
        Column.CITATION_RECALL: Tally(total=len(wanted & cited) / len(wanted)),
        Column.QUOTE_RECALL: Tally(total=found / len(quotes)),
    }


def _verbatim(answer: Answer, papers: Papers) -> dict[Column, Tally]:
    if not answer.citations:
        return {}
    good = sum(papers.holds(paper_name(citation.path), citation.quote) for citation in answer.citations)
    return {Column.VERBATIM: Tally(total=good, count=len(answer.citations))}


def _supported(answer: Answer) -> dict[Column, Tally]:
    """Mark the statements of any answer, also of one that should not have been given."""
    if not answer.statements:
        return {}
    quote_of = {citation.n: citation.quote for citation in answer.citations}
    good = sum(
        supported(statement.text, [quote_of[n] for n in statement.citations if n in quote_of])
        for statement in answer.statements
    )
    return {Column.CITATION_SUPPORT: Tally(total=good, count=len(answer.statements))}


def _overlaps(quote: str, text: str) -> bool:
    """Say whether a folded quote, or the beginning or end of a long one, stands in a folded text."""
    if quote in text:
        return True
    return len(quote) > LONG_QUOTE and (quote[:QUOTE_EDGE] in text or quote[-QUOTE_EDGE:] in text)
