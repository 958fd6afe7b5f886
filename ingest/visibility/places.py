"""What a paper's place says: its folders and its file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from ingest.visibility.mentions import is_mention
from ingest.visibility.signs import Zone, is_banner, says_confidential
from ingest.visibility.spelling import INTERNAL, folded, spelled

FOLDER = "nichtoeffentlich"

_BETWEEN = re.compile(r"[_.+~()\[\]-]+|(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|(?<=N[ÖO])(?=[A-ZÄÖÜ][a-z])|(?<=[^\W\d_]{3})(?=\d)")
_ABBREVIATED = re.compile(
    r"(?<![^\W_])(?:nö|noe|n\s(?:ö|oe)|vs\s?nfd|\d+\s(?-i:N)$|top\s\d+\s(?-i:N)|top\s(?-i:N)\s?\d+|(?:sitzung|teil|status)\s(?-i:N)|öffentlich\snein)(?![^\W_])",
    re.IGNORECASE,
)
_BOTH = re.compile(r"(?<![^\W_])(?:ö|oe)\s(?:u\s|und\s)?(?:nö|noe)(?![^\W_])", re.IGNORECASE)
_ALONE = re.compile(r"(?<![^\W_])(?:geheim|intern|confidential)(?![^\W_])", re.IGNORECASE)


def names_nonpublic(folders: Iterable[str]) -> bool:
    """Tell whether one of these folder names is the one that wins over everything, also as Nicht-Öffentlich."""
    return any(folded(name) == FOLDER for name in folders)


def folder_sign(folders: Iterable[str]) -> str:
    """Return the folder whose whole name means "confidential" ("NÖ", "vertraulich", "nichtöffentliche Sitzungen")."""
    return next((name for name in folders if _is_sign(name)), "")


def name_sign(name: str) -> str:
    """Return a file's name if it says that its paper is confidential, else an empty text.

    Args:
        name: with or without its ending.
    """
    stem = PurePosixPath(name).stem if re.search(r"\.[A-Za-z]{1,5}$", name) else name
    plain = " ".join(_BETWEEN.sub(" ", spelled(stem)).split())
    if (_ABBREVIATED.search(plain) and not _BOTH.search(plain)) or (_ALONE.search(plain) and not is_mention(plain)):
        return name
    return name if says_confidential([plain], 0, Zone.NAME) else ""


def _is_sign(name: str) -> bool:
    plain = " ".join(_BETWEEN.sub(" ", spelled(name)).split())
    return bool(
        is_banner(plain) or INTERNAL.fullmatch(plain) or _ALONE.fullmatch(plain)
        or (_ABBREVIATED.search(plain) and not _BOTH.search(plain))
    )  # fmt: skip
