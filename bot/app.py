"""The one place where everything is put together: settings in, a `Ratslotse` out."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.access import Access, roots
from bot.service import Ratslotse
from ingest.embedding import load_encoder
from ingest.index import LiveIndex, refuse_other_encoder


def build(*, index_dir: Path, encoder_name: str, access: Access = Access.PUBLIC) -> Ratslotse:
    """Open the indexes that `access` allows and load the encoder.

    Raises:
        IndexMismatch: an encoder of another name built the index; none is loaded then.
        EncoderUnavailable: the encoder cannot be loaded.
    """
    opened = roots(index_dir, access)
    for root in opened:
        refuse_other_encoder(root, encoder_name)
    encoder = load_encoder(encoder_name)
    return Ratslotse(indexes=[LiveIndex(root, encoder) for root in opened], encoder=encoder)


def configure_logging(*, verbose: bool) -> None:
    """Set up logging at the door: our own lines at INFO if asked, everybody else's warnings only.

    httpx writes addresses, and with them secrets, at INFO.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    for name in ("bot", "ingest", "evals"):
        logging.getLogger(name).setLevel(logging.INFO if verbose else logging.WARNING)
    for name in ("httpx", "httpcore", "chromadb"):
        logging.getLogger(name).setLevel(logging.WARNING)
