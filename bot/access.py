"""Who may see which index root. A root that is not opened cannot leak."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from ingest.types import Visibility


class Access(StrEnum):
    """What a channel may open."""

    PUBLIC = "public"
    ALL = "all"


def roots(index_dir: Path, access: Access) -> tuple[Path, ...]:
    """Return the index roots to open, public first.

    The non-public root is named only for a caller that asked for it, and only if it exists.
    """
    public = index_dir / Visibility.PUBLIC
    nonpublic = index_dir / Visibility.NONPUBLIC
    if access is Access.ALL and nonpublic.is_dir():
        return public, nonpublic
    return (public,)
