"""The one place where everything is put together: settings in, a `Ratslotse` out."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.access import Access, roots
from bot.answering.composed import Writer
from bot.ledger import Motions
from bot.reading import load_reader
from bot.reading.bundled import BUNDLED
from bot.service import Ratslotse
from ingest.embedding import load_encoder
from ingest.index import LiveIndex, refuse_other_encoder
from ingest.settings import Settings


def build(
    *,
    index_dir: Path,
    encoder_name: str,
    reader_name: str = BUNDLED,
    access: Access = Access.PUBLIC,
    writer: Writer | None = None,
    state_dir: Path | None = None,
) -> Ratslotse:
    """Open the indexes that `access` allows and load the encoder.

    A language model is never asked over non-public papers, wherever it runs: no setting can make a mistake there.

    Args:
        index_dir: holds the index roots.
        encoder_name: as the settings name it.
        reader_name: as the settings name it.
        access: which roots to open.
        writer: the language model of `language_model`, None for verbatim answers.
        state_dir: where the ledger of motions is kept; without it nobody says how motions stand.

    Raises:
        IndexMismatch: an encoder of another name built the index; none is loaded then.
        EncoderUnavailable, ReaderUnavailable: the encoder or the reader cannot be loaded.
    """
    opened = roots(index_dir, access)
    for root in opened:
        refuse_other_encoder(root, encoder_name)
    encoder, reader = load_encoder(encoder_name), load_reader(reader_name)
    indexes = [LiveIndex(root, encoder) for root in opened]
    ledger = None
    if state_dir is not None:
        ledger = Motions(index=indexes[0], root=opened[0], encoder=encoder, reader=reader, state_dir=state_dir)
    return Ratslotse(
        indexes=indexes,
        encoder=encoder,
        reader=reader,
        writer=writer if access is Access.PUBLIC else None,
        ledger=ledger,
    )


def language_model(settings: Settings) -> Writer | None:
    """Load the language model that the settings name, None if they name none; makes no call.

    Raises:
        UsageError: it cannot be loaded.
    """
    if not settings.model:
        return None
    from bot.answering.generative import Limits, load_model  # LangChain takes seconds to import

    limits = Limits(
        deadline_s=settings.model_deadline,
        first_byte_s=settings.model_first_byte,
        concurrency=settings.model_concurrency,
    )
    return load_model(settings.model, base_url=settings.model_base_url, api_key=settings.model_api_key, limits=limits)


def open_motions(settings: Settings) -> Motions:
    """Open the motion ledger over the public index.

    Raises:
        IndexMismatch: an encoder of another name built the index; none is loaded then.
        EncoderUnavailable: the encoder cannot be loaded.
    """
    (root,) = roots(settings.index_dir, Access.PUBLIC)
    refuse_other_encoder(root, settings.encoder)
    encoder = load_encoder(settings.encoder)
    return Motions(
        index=LiveIndex(root, encoder),
        root=root,
        encoder=encoder,
        reader=load_reader(settings.reader),
        state_dir=settings.state_dir,
    )


def configure_logging(*, verbose: bool) -> None:
    """Set up logging at the door: our own lines at INFO if asked, everybody else's warnings only.

    httpx writes addresses, and with them secrets, at INFO.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    for name in ("bot", "ingest", "evals"):
        logging.getLogger(name).setLevel(logging.INFO if verbose else logging.WARNING)
    for name in ("httpx", "httpcore", "chromadb"):
        logging.getLogger(name).setLevel(logging.WARNING)
