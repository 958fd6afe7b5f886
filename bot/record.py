"""A reply as plain text and as the JSON record that other programs rely on (contract "Batch")."""

from __future__ import annotations

from typing import Any, assert_never

from bot.phrases import decline, model
from bot.phrases import reply as phrases
from bot.types import Answered, Citation, Declined, Hit, Language, Reply, Statement
from ingest.index import DocumentHeader


def plain_text(reply: Reply) -> str:
    """Return what a user would read, without markup: statements with their Stand, or what was searched."""
    if reply.parts:
        return "\n\n".join(f"{part.question}\n{plain_text(part.reply)}" for part in reply.parts)
    match reply:
        case Answered():
            lines = [reply.lead, *(statement_line(statement, reply.language) for statement in reply.statements)]
            return "\n".join(filter(None, (*lines, phrases.more(reply.more, reply.language), model.notice(reply))))
        case Declined():
            lines = [decline.told(reply), decline.searched(reply), decline.near_miss(reply)]
            if reply.near_miss:
                lines.append(f"[1] {source_line(reply.near_miss, reply.language)}")
            if reply.nearest:
                lines.append(phrases.NEAREST[reply.language])
                lines += [f"- {nearest_line(hit, reply.language)}" for hit in reply.nearest]
            return "\n".join(filter(None, (*lines, decline.who_might_know(reply))))
        case _:
            assert_never(reply)


def statement_line(statement: Statement, language: Language) -> str:
    """Return a statement with its source numbers and its Stand."""
    numbers = "".join(f"[{n}]" for n in statement.citations)
    note = phrases.note(statement, language)
    return f"{statement.text} {numbers}" + (f" ({note})" if note else "")


def source_line(citation: Citation, language: Language) -> str:
    """Return what a citation is, on one line: kind, number, title, date, page, agenda item."""
    parts = [phrases.paper_named(citation.paper_type, citation.kind, language)]
    if citation.summary_of:
        parts = [phrases.summary_of(citation.summary_of.title, citation.summary_of.number, language)]
        if citation.paper_type:
            parts.append(citation.paper_type)
    else:
        if citation.number:
            parts[0] += f" {citation.number}"
        parts.append(f"„{citation.title}“")
    if citation.date or not citation.as_of:
        parts.append(phrases.day(citation.date, language))
    else:
        parts.append(phrases.as_of(citation.as_of, None, language))
    if citation.page:
        parts.append(("p. " if language is Language.EN else "S. ") + str(citation.page))
    if citation.agenda_item:
        parts.append(f"{phrases.AGENDA_ITEM[language]} {citation.agenda_item}")
    if citation.visibility == "nonpublic":
        parts.append(phrases.NONPUBLIC[language].upper())
    return " · ".join(parts)


def nearest_line(hit: Hit, language: Language) -> str:
    """Return a paper that comes close, on one line."""
    return header_line(hit.document, language)


def header_line(paper: DocumentHeader, language: Language) -> str:
    """Return what a paper is, on one line: kind, number, title, date."""
    if paper.summary_of:
        name = phrases.summary_of(paper.summary_of.title, paper.summary_of.number, language)
    else:
        number = f" {paper.number}" if paper.number else ""
        name = f"{phrases.KIND[language][paper.kind]}{number} · „{paper.title}“"
    if paper.date:
        return f"{name} · {phrases.day(paper.date, language)}"
    return f"{name} · {phrases.as_of(paper.as_of, None, language)}" if paper.as_of else name


def as_record(reply: Reply, question_id: str) -> dict[str, Any]:
    """Return the contract's JSON object for a reply."""
    outcome: dict[str, Any]
    match reply:
        case Answered():
            outcome = {
                "outcome": "answered",
                "statements": [_statement(statement) for statement in reply.statements],
                "citations": [citation_record(citation) for citation in reply.citations],
                "fallback": str(reply.fallback) if reply.fallback else None,
                "more": reply.more,
            }
        case Declined():
            outcome = {
                "outcome": "declined",
                "reason": str(reply.reason),
                "statements": [],
                "citations": [],
                "more": 0,
                "nearest": [citation_record(reply.near_miss)] if reply.near_miss else [],
                "nearest_papers": [hit.document.path for hit in reply.nearest],
                "office": reply.office,
            }
        case _:
            assert_never(reply)
    if reply.parts:
        outcome["parts"] = [{"question": part.question, **as_record(part.reply, question_id)} for part in reply.parts]
    return {
        "id": question_id,
        **outcome,
        "lead": reply.lead,
        "answer": plain_text(reply),
        "hits": [_hit(hit) for hit in reply.hits],
        "searched": {
            "documents": reply.searched.documents,
            "until": reply.searched.until.isoformat() if reply.searched.until else None,
        },
        "language": str(reply.language),
        "mode": str(reply.mode),
        "reader": reply.read_by.reader,
        "parts_read": reply.read_by.parts,
        "confidence": None if reply.read_by.confidence is None else round(reply.read_by.confidence, 4),
        "milliseconds": {
            "retrieve": round(reply.timing.retrieve, 2),
            "answer": round(reply.timing.answer, 2),
            "total": round(reply.timing.total, 2),
        },
        "index": reply.index,
    }


def failed_record(question_id: str, message: str) -> dict[str, Any]:
    """Return the record of a question that could not be asked; `answer` says why."""
    return {
        "id": question_id,
        "outcome": "failed",
        "answer": message,
        "statements": [],
        "citations": [],
        "hits": [],
        "searched": {"documents": 0, "until": None},
        "language": "de",
        "mode": "extractive",
        "reader": "none",
        "parts_read": 0,
        "confidence": None,
        "milliseconds": {"retrieve": 0.0, "answer": 0.0, "total": 0.0},
        "index": "",
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "citations": list(statement.citations),
        "as_of": statement.as_of.day.isoformat() if statement.as_of else None,
        "as_of_precision": str(statement.as_of.precision) if statement.as_of else None,
        "as_of_basis": str(statement.as_of_basis) if statement.as_of_basis else None,
        "speaker": statement.speaker,
        "mood": str(statement.mood) if statement.mood else None,
        "is_earlier": statement.is_earlier,
        "contradicts": list(statement.contradicts),
        "confidence": statement.confidence,
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return the contract's JSON object for a citation."""
    record: dict[str, Any] = {
        "n": citation.n,
        "path": citation.path,
        "title": citation.title,
        "kind": str(citation.kind),
        "number": citation.number,
        "date": citation.date.isoformat() if citation.date else None,
        "date_basis": str(citation.date_basis) if citation.date_basis else None,
        "page": citation.page,
        "agenda_item": citation.agenda_item,
        "quote": citation.quote,
        "url": citation.url,
    }
    if citation.summary_of:
        record["summary_of"] = {"title": citation.summary_of.title, "number": citation.summary_of.number}
    return record


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "path": hit.document.path,
        "page": hit.passage.page,
        "text": hit.passage.text,
        "score": round(hit.score, 4),
    }
