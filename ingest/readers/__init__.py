"""File to text: one foreign library a module, each file read in a limited process of its own.

`ReaderPool` is the door; everything else serves it.
"""

from ingest.formats import ENDINGS
from ingest.readers.files import check_place
from ingest.readers.limits import DEFAULT, Limits
from ingest.readers.pool import ReaderPool

__all__ = ["DEFAULT", "ENDINGS", "Limits", "ReaderPool", "check_place"]
