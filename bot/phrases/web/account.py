"""What stands on the page where staff sign in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Of one language; sentences with a gap are filled by `str.format`."""

    user: str
    password: str
    wrong_password: str


DE = Account(
    user="Name",
    password="Kennwort",
    wrong_password="Name oder Kennwort stimmen nicht.",
)

EN = Account(
    user="Name",
    password="Password",
    wrong_password="Name or password is wrong.",
)
