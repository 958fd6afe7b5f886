"""Which file is the sidecar of a paper. Must not know what is in it.

`X.ext.meta.yaml` counts, else `X.meta.yaml`. A name in other capitals, with umlauts written in two characters (macOS),
with another blank, ending or separator is meant as one and counts where no exact one is there: overlooked, it would
make its paper public. What is there but cannot be read (a folder, a link to nowhere) is still the sidecar.
"""

from __future__ import annotations

import errno
import os
import re
import time
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

SUFFIX: Final = ".meta.yaml"
FRESH_NS: Final = 2_000_000_000
"""A folder changed so shortly ago may change again within one tick of its clock; its list is then read anew."""

_MEANT: Final = re.compile(
    r"(?P<base>.+?)[\s._-]*(?:meta(?:data|daten)?)?[\s._-]*ya?ml(?:\.txt)?", re.IGNORECASE | re.DOTALL
)
_ASIDE: Final = re.compile(r"[\s._-]meta(?:data|daten)?[\s._-]*ya?ml(?:\.txt)?$", re.IGNORECASE)


def sidecar_path(path: Path) -> Path | None:
    """Return what is meant as the sidecar of a paper, None if nothing is."""
    exact = (path.name + SUFFIX, path.stem + SUFFIX)
    for name in exact:
        try:
            if os.path.lexists(path.with_name(name)):
                return path.with_name(name)
        except OSError as error:  # a paper's name may be allowed and its sidecar's too long: then there is none
            if error.errno != errno.ENAMETOOLONG:
                raise
    meant = _meant_in(path.parent)
    found = next((meant[base] for base in (_plain(path.name), _plain(path.stem)) if base in meant), None)
    return path.with_name(found) if found and found != path.name else None


def is_sidecar(name: str) -> bool:
    """Tell whether a file's name is that of a sidecar, in whatever spelling."""
    return bool(_ASIDE.search(name))


def _meant_in(folder: Path) -> Mapping[str, str]:
    try:
        status = folder.stat()
    except OSError:
        return {}
    if status.st_mtime_ns > time.time_ns() - FRESH_NS:
        return _list(str(folder))
    return _remembered(str(folder), status.st_mtime_ns, status.st_ino)


@lru_cache(maxsize=16)
def _remembered(folder: str, _changed_ns: int, _inode: int) -> Mapping[str, str]:
    return _list(folder)


def _list(folder: str) -> Mapping[str, str]:
    try:
        names = sorted(os.listdir(folder), reverse=True)  # noqa: PTH208 - names are all that is needed
    except OSError:
        return {}
    return {_plain(found["base"]): name for name in names if (found := _MEANT.fullmatch(name))}


def _plain(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", name).casefold())
