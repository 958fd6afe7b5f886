"""What heads of council papers print, read from a table: `ingest/data/heads.toml`, one section for each system.

Cities change their forms, so a head is never first told to be of one system: the labels and lines of all count in each.
The same table says how papers call themselves. This module must not know a German word.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from enum import StrEnum
from typing import Final

TABLE: Final = "heads.toml"


class FieldRole(StrEnum):
    """What a field of a head says; the names are the table's."""

    SUBJECT = "subject"
    NUMBER = "number"
    DATE = "date"
    MOVER = "mover"
    KIND = "kind"
    OTHER = "other"


@functools.lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(importlib.resources.files("ingest").joinpath("data", TABLE).read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def label_pattern() -> re.Pattern[str]:
    """Return what finds labels in a line; the group that matched is named after its role.

    A label has a colon behind it or a line of its own; one that ends in a blank and begins its line needs neither.
    """
    roles = (
        rf"(?P<{role}>{'|'.join(label for form in _table().values() for label in form.get(role, ()))})"
        for role in FieldRole
    )
    label = "|".join(roles)
    return re.compile(
        rf"(?:(?P<first>^\W{{0,2}})|(?<=\s))(?-i:(?=[A-ZÄÖÜ]))(?:{label})(?:\s*[:：]|(?(first)(?:\s*$|(?<=\s))|(?!)))",
        re.IGNORECASE,
    )


@functools.lru_cache(maxsize=1)
def line_pattern() -> re.Pattern[str]:
    """Return what matches a line that is neither title nor label: letterhead, address, value, name of a form."""
    return re.compile("|".join(f"(?:{line})" for form in _table().values() for line in form.get("lines", ())), re.I)


def words(section: str, name: str) -> str:
    """Return a row of words of the table as alternatives for a regular expression."""
    return "|".join(f"(?:{word})" for word in word_list(section, name))


def word_list(section: str, name: str) -> tuple[str, ...]:
    """Return a row of words of the table."""
    return tuple(_table()[section][name])
