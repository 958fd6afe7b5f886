"""Writing the `.meta.yaml` beside a paper from a form: known keys from the form, all others as they were."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from bot.channels.web.forms import Form, web_address
from bot.phrases import staff as words
from ingest.sidecar_path import SUFFIX, sidecar_path
from ingest.types import Document, Kind

MAX_BYTES: Final = 65_536
"""As `ingest.sidecar` reads."""
_STAND: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class WrongField(Exception):
    """A field of the form cannot be used; says which and what would be right."""


def path_beside(paper: Path) -> Path:
    """Return the sidecar that counts for a paper, or the one to write where there is none."""
    return sidecar_path(paper) or paper.with_name(paper.name + SUFFIX)


def written(sidecar: Path) -> dict[str, str]:
    """Return the values of the form's keys as they are written; what cannot be read counts as empty."""
    values = _loaded(sidecar, yaml.BaseLoader)  # no value is interpreted: "0123" is no octal number
    found = {}
    for key in words.FIELDS:
        value = values.get(key)
        if isinstance(value, list):
            value = ", ".join(str(one) for one in value)
        found[key] = value if isinstance(value, str) else ""
    return found


def from_form(form: Form) -> dict[str, str]:
    """Return the filled fields of a form, each checked.

    Raises:
        WrongField: a value that its key cannot have.
    """
    values = {key: " ".join(form.text(key, 1_000).split()) for key in words.FIELDS}
    for key, fits, hint in (
        ("kind", lambda value: value in tuple(Kind), words.BAD_CHOICE),
        ("date", _is_date, words.BAD_DATE),
        ("as_of", lambda value: _is_stand(value), words.BAD_STAND),
        ("url", lambda value: bool(web_address(value)), words.BAD_URL),
    ):
        if values[key] and not fits(values[key]):
            raise WrongField(words.BAD_FIELD.format(label=words.FIELDS[key], hint=hint))
    return {key: value for key, value in values.items() if value}


def text_of(values: Mapping[str, str], before: Path | None) -> str:
    """Return a sidecar's text.

    Args:
        values: of the form's keys; those that are missing are left out.
        before: the sidecar to be replaced, whose other keys are kept; None for another paper's.
    """
    kept = _loaded(before, yaml.SafeLoader) if before else {}
    said: dict[str, Any] = {key: value for key, value in kept.items() if key not in words.FIELDS}
    named: dict[str, Any] = dict(values)
    if "factions" in named:
        named["factions"] = [one.strip() for one in named["factions"].split(",") if one.strip()]
    return yaml.safe_dump(named | said, allow_unicode=True, sort_keys=False, width=120)


def write(sidecar: Path, text: str) -> None:
    """Write a file so that readers see the old or the new one, never a part.

    Raises:
        OSError: it cannot be written.
    """
    fresh = sidecar.with_name(f".{sidecar.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(sidecar)
    finally:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()


def understood(document: Document) -> dict[str, str]:
    """Return what is taken for each key of the form, as a sidecar would write it."""
    return {
        "title": document.title,
        "kind": words.KINDS[document.kind],
        "number": document.number or "",
        "date": document.date.isoformat() if document.date else "",
        "as_of": str(document.as_of or ""),
        "body": document.body or "",
        "factions": ", ".join(document.factions),
        "subject": document.subject,
        "procedure": document.procedure or "",
        "paper_type": document.paper_type or "",
        "url": document.url or "",
    }


def _loaded(sidecar: Path, loader: Any) -> dict[str, Any]:
    try:
        if sidecar.stat().st_size > MAX_BYTES:
            return {}
        values = yaml.load(sidecar.read_text("utf-8-sig"), loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _is_date(value: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(value)) and len(value) == 10
    except ValueError:
        return False


def _is_stand(value: str) -> bool:
    return bool(_STAND.fullmatch(value)) and _is_date((value + "-01-01")[:10])
