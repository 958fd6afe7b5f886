"""The store of papers. Reading: `open_index` and `LiveIndex`; writing is the pipeline's business (`generation`)."""

from ingest.index.live import LiveIndex
from ingest.index.manifest import Fingerprint, Manifest
from ingest.index.reader import IndexReader, open_generation, open_index, refuse_other_encoder
from ingest.index.records import Change, DocumentHeader, Statistics

__all__ = [
    "Change",
    "DocumentHeader",
    "Fingerprint",
    "IndexReader",
    "LiveIndex",
    "Manifest",
    "Statistics",
    "open_generation",
    "open_index",
    "refuse_other_encoder",
]
