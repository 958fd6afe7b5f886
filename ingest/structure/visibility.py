"""Whether a paper may be shown to everybody. In doubt it may not.

Rules in the order of the contract; the first that applies decides. Only a field about the paper itself
counts: not a form's list of choices ("☐ nichtöffentlich", "ö nö"), not a row of a Beratungsfolge, not a
mention ("zur nichtöffentlichen Behandlung am"): Stuttgart publishes such papers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from ingest.sidecar import Sidecar
from ingest.structure.lines import Line
from ingest.types import Visibility

_FOLDER = "nichtoeffentlich"
HEAD_LINES = 40
"""Fields about the paper itself stand in its head; all seen do so within 25 lines."""

_NOT_PUBLIC = r"(?:nicht[\s-]*(?:ö|oe|Ö)ffentlich(?:e[rsn]?)?|n\.\s?ö\.)"
_FIELD = re.compile(
    r"^(?:Sitzungsart|Öffentlichkeit|Öffentlichkeitsstatus|Status|Vertraulichkeit|Art der Sitzung|Sichtbarkeit)"
    r"\s*:?\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_BANNER = re.compile(
    rf"^[-–*\s(]*{_NOT_PUBLIC}[-–*\s).!:]*$"
    rf"|^{_NOT_PUBLIC}\s+(?:(?:be)?sitzung|niederschrift|vorlage|beschluss?vorlage|mitteilungsvorlage|unterlage|drucksache|anlage)\b"
    rf"|^(?:niederschrift|protokoll|auszug)\b.{{0,80}}\bder\s+{_NOT_PUBLIC}\s+\w*sitzung",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"[☐☒☑□■]|(?<!nicht)(?<!nicht )(?<!nicht-)\böffentlich\b.*\bnicht[\s-]*öffentlich", re.IGNORECASE)
_CLEARLY = {"öffentlich": Visibility.PUBLIC, "oeffentlich": Visibility.PUBLIC}


def visibility_of(path: str, sidecar: Sidecar, lines: Sequence[Line]) -> tuple[Visibility, tuple[str, ...]]:
    """Return who may see a paper, and sentences for staff where that was worked out or guessed.

    Args:
        path: relative to the root, POSIX.
        sidecar: its `visibility` decides where it has one; its own warning is repeated here.
        lines: all lines of the paper.
    """
    if names_nonpublic(PurePosixPath(path).parent.parts):
        return Visibility.NONPUBLIC, ()
    if sidecar.visibility is not None:
        return sidecar.visibility, ()
    return _from_head(lines[:HEAD_LINES])


def names_nonpublic(folders: Iterable[str]) -> bool:
    """Tell whether one of these folder names means "not public", also as Nichtöffentlich or nicht-oeffentlich."""
    return any(_plain(name) == _FOLDER for name in folders)


def _plain(name: str) -> str:
    spelled = unicodedata.normalize("NFC", name).casefold().replace("ö", "oe")
    return re.sub(r"[\s_-]", "", spelled)


def _from_head(head: Sequence[Line]) -> tuple[Visibility, tuple[str, ...]]:
    for i, line in enumerate(head):
        if _CHOICE.search(line.text):
            continue
        field = _FIELD.match(line.text)
        if field:
            value = field["value"] or (head[i + 1].text if i + 1 < len(head) else "")
            found = _read(value, is_labelled=":" in line.text)
            if found is not None:
                return found
        elif _BANNER.match(line.text) and not _is_cell(head, i):
            return _nonpublic(line.text)
    return Visibility.PUBLIC, ()


def _read(value: str, *, is_labelled: bool) -> tuple[Visibility, tuple[str, ...]] | None:
    """Read a field's value; None where the line is no field after all, or names both choices."""
    folded = value.lower().strip(" .-–")
    if re.match(rf"{_NOT_PUBLIC}|n\.?\s?ö$", folded, re.IGNORECASE):
        return _nonpublic(value)
    first = re.match(r"ö(?:ffentlich)?\b|oeffentlich\b", folded)
    if first or not is_labelled or not folded:
        return None
    if re.search(r"öffentlich|vertraulich|geheim|intern", folded):
        return Visibility.NONPUBLIC, (
            f"Die Angabe „{value[:60]}“ zur Öffentlichkeit ist nicht zu verstehen; "
            "das Dokument wird deshalb als nichtöffentlich behandelt.",
        )
    return None


def _nonpublic(value: str) -> tuple[Visibility, tuple[str, ...]]:
    return Visibility.NONPUBLIC, (
        f"Im Kopf steht „{value[:60]}“; das Dokument wird deshalb als nichtöffentlich behandelt.",
    )


def _is_cell(head: Sequence[Line], i: int) -> bool:
    """Return whether a bare "nichtöffentlich" is one value of a column of a Beratungsfolge, beside others."""
    around = [line.text.lower() for line in head[max(0, i - 3) : i] + head[i + 1 : i + 4]]  # type: ignore[operator]
    return any(text in _CLEARLY for text in around)
