"""Who belongs to the staff: names with bcrypt hashes from the settings, or a name from a trusted proxy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import bcrypt

from ingest.errors import UsageError

MOST_PASSWORD_BYTES: Final = 72
"""bcrypt reads no more."""
ROUNDS: Final = 12

_HASH: Final = re.compile(r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}")
_NAME: Final = re.compile(r"[\w.@ -]{1,60}")
_NOBODY: Final = b"$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZkV8hFqWcXKxk1XKeZQ5Yq4gk1t5iO"
"""Compared with where there is no such name, so that the answer takes as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Names and password hashes; an empty hash belongs to somebody whom only the proxy signs in.

    Attributes:
        proxy_header: whose value is a name, if it comes from this machine; empty if none is trusted.
    """

    hashes: Mapping[str, str]
    proxy_header: str = ""

    def __contains__(self, name: str) -> bool:
        return name in self.hashes

    def knows(self, name: str, password: str) -> bool:
        """Compare a password, which takes about 0.2 s on purpose."""
        known = self.hashes.get(name, "")
        secret = password.encode("utf-8", "surrogatepass")
        fits = len(secret) <= MOST_PASSWORD_BYTES and "\0" not in password
        matches = bcrypt.checkpw(secret if fits else b"-", known.encode() if known else _NOBODY)
        return bool(known) and fits and matches


def parse_staff(setting: str, proxy_header: str = "") -> Staff:
    """Read `RATSLOTSE_WEB_STAFF`: `name:hash, name:hash`; a name alone is signed in by the proxy only.

    Raises:
        UsageError: an entry cannot be understood; names its place, never its text.
    """
    hashes: dict[str, str] = {}
    for place, entry in enumerate(filter(None, (part.strip() for part in setting.split(","))), start=1):
        name, _, hashed = (part.strip() for part in entry.partition(":"))
        if not _NAME.fullmatch(name) or (hashed and not _HASH.fullmatch(hashed)):
            raise UsageError(
                f"RATSLOTSE_WEB_STAFF: Der {place}. Eintrag ist nicht von der Form „name:hash“.",
                "Den Hash gibt „ratslotse web --hash-password“ aus; in .env gehört er in einfache Anführungszeichen.",
            )
        if name in hashes:
            raise UsageError(f"RATSLOTSE_WEB_STAFF: Der Name im {place}. Eintrag steht zweimal da.")
        hashes[name] = hashed
    return Staff(hashes=hashes, proxy_header=proxy_header)


def hash_password(password: str) -> str:
    """Return what belongs behind the name in `RATSLOTSE_WEB_STAFF`.

    Raises:
        UsageError: it is shorter than 10 characters, or longer than bcrypt reads.
    """
    if len(password) < 10 or len(password.encode()) > MOST_PASSWORD_BYTES or "\0" in password:
        raise UsageError(
            "Das Kennwort passt nicht.", f"Es braucht mindestens 10 Zeichen und höchstens {MOST_PASSWORD_BYTES} Bytes."
        )
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode("ascii")
