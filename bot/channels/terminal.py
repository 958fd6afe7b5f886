"""The terminal: one question, a conversation, or a batch. Readable at 80 columns and in a pipe."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, assert_never

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from rich.console import Console
from rich.padding import Padding
from rich.progress import track
from rich.text import Text

from bot.phrases import decline, model
from bot.phrases import reply as phrases
from bot.record import as_record, failed_record, nearest_line, source_line
from bot.service import Ratslotse
from bot.types import Answered, Citation, Declined, Language, Question, Reply
from ingest.errors import RatslotseError, UsageError
from ingest.validation import german

log = logging.getLogger(__name__)

WIDTH = 80
PIPE_WIDTH = 100_000
"""No line of an answer is longer: what reads from a pipe gets a statement as one line."""

REMEMBERED = 6
"""Earlier questions kept in a conversation; nothing is written anywhere."""

HELP = """\
Fragen Sie einfach. Dazu:
  q 2     zeigt Quelle 2 der letzten Antwort in ihrem Zusammenhang
  neu     beginnt ein neues Thema (vergisst die Fragen davor)
  hilfe   zeigt diese Zeilen
  ende    beendet das Gespräch"""


def console(*, stderr: bool = False) -> Console:
    """Return a console that is at most `WIDTH` wide; in a pipe it writes plain text and wraps nothing."""
    probe = Console(stderr=stderr)
    return Console(
        stderr=stderr, highlight=False, markup=False, width=min(WIDTH, probe.width) if probe.is_terminal else PIPE_WIDTH
    )


def show(reply: Reply, out: Console) -> None:
    """Write a reply: statements first, then numbered sources; of several questions one after the other."""
    for part in reply.parts:
        out.print(Text(part.question, style="bold underline"))
        show(part.reply, out)
        out.print()
    if reply.parts:
        return
    match reply:
        case Answered():
            _show_answer(reply, out)
        case Declined():
            _show_declined(reply, out)
        case _:
            assert_never(reply)


def _show_answer(reply: Answered, out: Console) -> None:
    if reply.lead:
        out.print(Text(reply.lead, style="bold"))
    for statement in reply.statements:
        line = Text(statement.text)
        line.append(" " + "".join(f"[{n}]" for n in statement.citations), style="bold cyan")
        if note := phrases.note(statement, reply.language):
            line.append(f" ({note})", style="dim")
        out.print(line)
    if further := phrases.more(reply.more, reply.language):
        out.print(Text(further))
    if notice := model.notice(reply):
        out.print(Text(notice, style="dim"))
    out.print()
    out.print(Text(phrases.SOURCES[reply.language], style="bold"))
    said = [statement.text for statement in reply.statements]
    for citations in _by_source(reply):
        _show_source(citations, reply.language, out)
        for citation in citations:
            if not any(text in citation.quote for text in said):
                out.print(
                    Padding(Text(f"[{citation.n}] „{citation.quote}“", style="italic"), (0, 0, 0, 4), expand=False)
                )


def _by_source(reply: Answered) -> list[tuple[Citation, ...]]:
    """Group the citations that name the same place of the same paper, in the order of their first number."""
    groups: dict[str, list[Citation]] = {}
    for citation in reply.citations:
        groups.setdefault(f"{citation.document_id} {source_line(citation, reply.language)}", []).append(citation)
    return [tuple(group) for group in groups.values()]


def _show_source(citations: Sequence[Citation], language: Language, out: Console) -> None:
    head = Text("".join(f"[{citation.n}]" for citation in citations) + " ", style="bold cyan")
    head.append(source_line(citations[0], language), style="not bold default")
    out.print(head)
    if url := citations[0].url:
        # an address is never wrapped: it must stay one piece to be opened
        out.print(Text(f"    {url}", style="dim"), soft_wrap=True)


def _show_declined(reply: Declined, out: Console) -> None:
    out.print(Text(decline.told(reply), style="bold"))
    if searched := decline.searched(reply):
        out.print(searched)
    if reply.near_miss:
        out.print()
        out.print(Text(decline.near_miss(reply)))
        _show_source([reply.near_miss], reply.language, out)
    if reply.nearest:
        out.print()
        out.print(phrases.NEAREST[reply.language])
        for hit in reply.nearest:
            out.print(Padding(Text("– " + nearest_line(hit, reply.language)), (0, 0, 0, 2), expand=False))
    if advice := decline.who_might_know(reply):
        out.print(advice)


def show_source(ratslotse: Ratslotse, citation: Citation, language: Language, out: Console) -> None:
    """Write a source in its context, the quote marked."""
    view = ratslotse.source(citation)
    if view is None:
        out.print(f"Das Papier „{citation.title}“ ist nicht mehr im Index.")
        return
    _show_source([citation], language, out)
    out.print()
    text = Text(_unwrapped(view.before), style="dim")
    text.append("»" + _unwrapped(view.quote).strip() + "«", style="bold")
    text.append(_unwrapped(view.after), style="dim")
    out.print(Padding(text, (0, 0, 0, 4), expand=False))


def _unwrapped(text: str) -> str:
    """Join lines that a page's width broke, keep paragraphs."""
    return "\n\n".join(" ".join(paragraph.split(" ")).replace("\n", " ") for paragraph in text.split("\n\n"))


def chat(ratslotse: Ratslotse, language: Language, out: Console, read: Callable[[], str]) -> None:
    """Talk until the end of input.

    Args:
        ratslotse: answers.
        language: of everything around the quotes.
        out: where to write.
        read: asks for the next line; raises EOFError at the end.
    """
    searched = ratslotse.searched()
    out.print("Ratslotse ist ein Programm, kein Mensch. Es antwortet nur mit Sätzen aus den Papieren.")
    out.print(phrases.searched(searched.documents, searched.until, language))
    out.print("„hilfe“ zeigt, was Sie eingeben können.\n")
    history: tuple[str, ...] = ()
    last: Reply | None = None
    while True:
        try:
            line = read().strip()
        except (EOFError, KeyboardInterrupt):
            out.print("\nAuf Wiedersehen.")
            return
        match line.lower().split():
            case []:
                continue
            case ["ende" | "exit" | "quit" | "tschüss"]:
                out.print("Auf Wiedersehen.")
                return
            case ["hilfe" | "help" | "?"]:
                out.print(HELP)
            case ["neu" | "new"]:
                history, last = (), None
                out.print("Neues Thema.")
            case ["q" | "quelle", number] if re.fullmatch("[0-9]{1,4}", number):
                _show_numbered(ratslotse, last, int(number), language, out)
            case ["q" | "quelle", *_]:
                out.print("Bitte mit Nummer, zum Beispiel: q 2")
            case _:
                reply = _asked(ratslotse, Question(text=line, history=history, language=language), out)
                if not (isinstance(reply, Declined) and reply.reason.is_courtesy):
                    last, history = reply, (*history, line)[-REMEMBERED:]
        out.print()


def _show_numbered(ratslotse: Ratslotse, last: Reply | None, number: int, language: Language, out: Console) -> None:
    citations = last.citations if isinstance(last, Answered) else ()
    for citation in citations:
        if citation.n == number:
            show_source(ratslotse, citation, language, out)
            return
    out.print(f"Eine Quelle {number} hat die letzte Antwort nicht." if citations else "Dazu gibt es keine Quellen.")


def _asked(ratslotse: Ratslotse, question: Question, out: Console) -> Reply | None:
    try:
        reply = ratslotse.ask(question)
    except RatslotseError as error:
        out.print(f"{error} {error.hint}")
        return None
    show(reply, out)
    return reply


class BatchLine(BaseModel):
    """One line of a batch; unknown keys (of gold files) are ignored."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str
    question: str
    history: Annotated[tuple[str, ...], BeforeValidator(lambda given: () if given is None else given)] = ()


def batch(ratslotse: Ratslotse, source: Path, target: Path, language: Language) -> int:
    """Ask every line of a JSONL file and write one record a line, in the same order.

    Returns:
        How many questions failed.

    Raises:
        UsageError: the file cannot be read, or a line of it is no question; names the line. Or answers would be
            written over the questions.
    """
    lines = _batch_lines(source)
    if target.exists() and target.samefile(source):
        raise UsageError(f"--out würde die Fragen in {source} überschreiben.", "Bitte eine andere Datei angeben.")
    failed = 0
    quiet = not Console(stderr=True).is_terminal
    progress = track(lines, "Fragen", console=Console(stderr=True), disable=quiet)
    with target.open("w", encoding="utf-8") as out:
        for line in progress:
            record = _record(ratslotse, line, language)
            failed += record["outcome"] == "failed"
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return failed


def _batch_lines(source: Path) -> list[BatchLine]:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{source} kann nicht gelesen werden.", "Erwartet wird JSONL in UTF-8.") from error
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):  # JSON may hold U+2028 and U+0085 as they are
        if not line.strip():
            continue
        try:
            lines.append(BatchLine.model_validate_json(line))
        except ValidationError as error:
            raise UsageError(
                f"{source}, Zeile {number}: {german(error)}.",
                'Eine Zeile ist {"id": "…", "question": "…"}.',
            ) from error
    return lines


def _record(ratslotse: Ratslotse, line: BatchLine, language: Language) -> dict[str, Any]:
    try:
        reply = ratslotse.ask(Question(text=line.question, history=line.history, language=language))
    except RatslotseError as error:
        return failed_record(line.id, f"{error} {error.hint}".strip())
    except Exception:  # one broken question must not end the others
        incident = uuid.uuid4().hex[:8]
        log.exception("incident=%s", incident)
        return failed_record(line.id, phrases.FALLBACK_ERROR[language].format(id=incident))
    return as_record(reply, line.id)
