"""An answer that a language model writes from numbered passages, and that only code lets pass.

Asks once, tells the model what did not pass and lets it try once more, all before one deadline. What passes is shown;
where nothing does, or the model fails, the reason is returned and the answer is made without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering import prompt
from bot.answering.citation import cite
from bot.answering.deadline import Deadline
from bot.answering.extractive import MAX_CHARS, MAX_STATEMENTS
from bot.answering.faults import ModelFault
from bot.answering.grounding import Grounded, Refused, ground
from bot.answering.prompt import Draft, Message
from bot.answering.stating import Basis, related, stated
from bot.types import Citation, Fallback, Hit, ModelState, Statement
from ingest.types import Document

SOURCES = 8
"""Passages given to the model: at 1,400 characters each about 4,000 tokens, which leaves room for the answer and its
repair in the context of `bot.answering.generative.CONTEXT_TOKENS`."""


class Writer(Protocol):
    """Writes drafts: a language model, or a stand-in for one."""

    @property
    def deadline_s(self) -> float:
        """Seconds that a whole answer may take."""

    @property
    def state(self) -> ModelState:
        """Whether it would be asked now."""

    def draft(self, messages: Sequence[Message], deadline: Deadline) -> Draft:
        """Write an answer, which nobody believes yet.

        Raises:
            ModelFault: there is none.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Statements and citations, numbered from 1 in the order shown; never empty."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswerable:
    """The model finds no answer in the passages."""


def compose(
    question: str,
    context: Sequence[str],
    hits: Sequence[Hit],
    document: Callable[[str], Document],
    writer: Writer,
) -> Composed | Unanswerable | Fallback:
    """Have an answer written and let pass what can be proven.

    Args:
        question: as typed.
        context: earlier questions that it leans on, oldest first.
        hits: best first; the first `SOURCES` are given to the model.
        document: looks a paper up by its id.
        writer: writes.
    """
    deadline = Deadline.after(writer.deadline_s)
    sources = hits[:SOURCES]
    messages = prompt.opening(question, context, sources)
    try:
        draft = writer.draft(messages, deadline)
    except ModelFault as fault:
        return fault.reason
    if not draft.answerable:
        return Unanswerable()
    passed, findings = _examined(draft, sources, document)
    if findings:
        try:
            second = writer.draft(prompt.repair(messages, draft, findings), deadline)
        except ModelFault as fault:
            return _shown(passed) if passed else fault.reason
        repaired, _ = _examined(second, sources, document)
        passed = max(passed, repaired, key=len)
    return _shown(passed) if passed else Fallback.UNPROVEN


def _examined(
    draft: Draft, sources: Sequence[Hit], document: Callable[[str], Document]
) -> tuple[list[Grounded], list[str]]:
    """Return the statements that pass, each once, and what is wrong with the others."""
    passed: dict[str, Grounded] = {}
    findings: list[str] = []
    for n, statement in enumerate(draft.statements[:MAX_STATEMENTS], start=1):
        text = " ".join(statement.text.split())
        result = ground(text, [(quote.source, quote.quote) for quote in statement.quotes], sources, document)
        match result:
            case Refused():
                findings.append(prompt.finding(n, result))
            case Grounded():
                passed.setdefault(text, result)
    return list(passed.values()), findings


def _shown(passed: Sequence[Grounded]) -> Composed:
    """Number what the statements rest on; a sentence that carries two of them is one citation."""
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    statements: list[Statement] = []
    for one in passed:
        if statements and sum(len(statement.text) for statement in statements) + len(one.text) > MAX_CHARS:
            break
        for basis in one.bases:
            if _key(basis) not in numbers:
                numbers[_key(basis)] = len(citations) + 1
                citations.append(cite(len(citations) + 1, basis.document, basis.span))
        statements.append(stated(one.text, tuple(numbers[_key(basis)] for basis in one.bases), one.bases[0]))
    leading = [one.bases[0] for one in passed[: len(statements)]]
    return Composed(statements=related(statements, leading), citations=tuple(citations))


def _key(basis: Basis) -> tuple[str, int, int]:
    return basis.document.document_id, basis.span.start, basis.span.end
