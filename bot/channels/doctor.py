"""`ratslotse doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from bot.access import Access, roots
from bot.answering.deadline import Deadline
from bot.answering.faults import ModelFault
from bot.answering.prompt import opening
from bot.app import language_model
from bot.phrases.model import without
from bot.reading import load_reader
from bot.types import Language
from ingest.embedding import load_encoder
from ingest.errors import RatslotseError
from ingest.index import open_index
from ingest.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report.

    Attributes:
        ok: None for something optional that is not there.
        advice: what to do; empty if nothing.
    """

    name: str
    ok: bool | None
    detail: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield findings in the order a newcomer needs them; reads only."""
    yield Finding(name="Python", ok=True, detail=platform.python_version())
    yield from (_package(name) for name in ("chromadb", "tantivy", "model2vec", "pypdfium2", "pypandoc_binary"))
    yield _encoder(settings)
    yield _reader(settings)
    for root in roots(settings.index_dir, Access.ALL):
        yield _index(root.name, settings)
    yield _ocr()
    yield _model(settings)
    yield _telegram(settings)


def _package(name: str) -> Finding:
    try:
        return Finding(name=name, ok=True, detail=version(name))
    except PackageNotFoundError:
        return Finding(name=name, ok=False, detail="fehlt", advice="Bitte „make demo“ oder „pip install .“ ausführen.")


def _encoder(settings: Settings) -> Finding:
    started = time.perf_counter()
    try:
        encoder = load_encoder(settings.encoder)
    except RatslotseError as error:
        return Finding(name="Encoder", ok=False, detail=str(error), advice=error.hint)
    seconds = time.perf_counter() - started
    return Finding(
        name="Encoder",
        ok=True,
        detail=f"{encoder.name}, {encoder.dimensions} Dimensionen, geladen in {seconds:.2f} s",
    )


def _reader(settings: Settings) -> Finding:
    started = time.perf_counter()
    try:
        reader = load_reader(settings.reader)
    except RatslotseError as error:
        return Finding(name="Leser", ok=False, detail=str(error), advice=error.hint)
    seconds = time.perf_counter() - started
    return Finding(name="Leser", ok=True, detail=f"{reader.name}, geladen in {seconds:.2f} s")


def _index(name: str, settings: Settings) -> Finding:
    label = "Index öffentlich" if name == "public" else "Index nichtöffentlich"
    try:
        with closing(open_index(settings.index_dir / name, load_encoder(settings.encoder))) as reader:
            statistics = reader.statistics()
            newest = statistics.newest.isoformat() if statistics.newest else "–"
            return Finding(
                name=label,
                ok=True,
                detail=f"{statistics.document_count} Papiere, {statistics.passages} Passagen, jüngstes {newest}, "
                f"Generation {reader.generation}",
            )
    except PermissionError:  # as it should be for papers that are not for this user
        return Finding(name=label, ok=None, detail="kein Zugriff für diesen Benutzer")
    except RatslotseError as error:
        return Finding(name=label, ok=False, detail=str(error), advice=error.hint)


def _ocr() -> Finding:
    if shutil.which("tesseract"):
        return Finding(name="Texterkennung", ok=None, detail="tesseract ist da, wird aber noch nicht genutzt")
    return Finding(name="Texterkennung", ok=None, detail="keine: Scans ohne Text werden beim Einlesen gemeldet")


def _model(settings: Settings) -> Finding:
    """Ask the language model one question without a paper."""
    try:
        writer = language_model(settings)
    except RatslotseError as error:
        return Finding(name="Sprachmodell", ok=False, detail=str(error), advice=error.hint)
    if writer is None:
        return Finding(name="Sprachmodell", ok=None, detail="keines: Antworten sind wörtliche Auszüge")
    started = time.perf_counter()
    try:
        writer.draft(opening("Welche Papiere liegen vor?", (), ()), Deadline.after(writer.deadline_s))
    except ModelFault as fault:
        return Finding(
            name="Sprachmodell",
            ok=False,
            detail=f"{settings.model}. {without(fault.reason, Language.DE)}",
            advice="Bitte RATSLOTSE_MODEL, …_MODEL_BASE_URL und …_MODEL_API_KEY prüfen; bis dahin gibt es Auszüge.",
        )
    seconds = time.perf_counter() - started
    return Finding(name="Sprachmodell", ok=True, detail=f"{settings.model}, antwortet in {seconds:.1f} s")


def _telegram(settings: Settings) -> Finding:
    there = bool(settings.telegram_token.get_secret_value())
    return Finding(name="Telegram", ok=None, detail="Token gesetzt" if there else "kein Token gesetzt")
