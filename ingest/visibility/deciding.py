"""The one place where it is decided who may see a paper."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.sidecar import Sidecar
from ingest.types import Ground, Visibility
from ingest.visibility.pages import Sign, sign_in
from ingest.visibility.places import folder_sign, name_sign, names_nonpublic
from ingest.visibility.sidecars import closed_key, key_in_doubt, told_name

_HELD = "das Dokument wird deshalb als nichtöffentlich behandelt."
_STEP = "Ist es öffentlich, genügt „ratslotse-ingest settle {path} --public“."
_SAME_TEXT = "Derselbe Text steht als nichtöffentliches Papier in"
_TWIN = (
    "{same} „{other}“; „{path}“ wird deshalb ebenfalls als "
    "nichtöffentlich behandelt. Sind beide öffentlich, genügt „ratslotse-ingest settle {quoted} --public“."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """Everything that may say who may see a paper.

    Attributes:
        path: as users see it.
        folders: names of all folders above the file, in whatever order; where it lies once links are followed too.
        name: of the file.
        sidecar: empty if there is none.
        pages: text of each page as its reader gave it.
        running: page headers and footers that the reader gave apart.
        hidden: lines of hidden sheets, rows, columns and slides.
        paged: whether the pages are real ones.
        settled: what staff have decided about this paper, None if nothing.
    """

    path: str
    folders: Sequence[str]
    name: str
    sidecar: Sidecar
    pages: Sequence[str]
    running: Sequence[str] = ()
    hidden: Sequence[str] = ()
    paged: bool = False
    settled: Visibility | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Who may see a paper, and why not everybody.

    Attributes:
        warnings: sentences for staff: what was found and what to do if it is wrong.
    """

    visibility: Visibility
    ground: Ground
    warnings: tuple[str, ...] = ()


def decide(clues: Clues) -> Ruling:
    """Decide who may see a paper; the first rule that applies counts (see the docstring of this room)."""
    if names_nonpublic(clues.folders):
        return Ruling(visibility=Visibility.NONPUBLIC, ground=Ground.FOLDER)
    if clues.settled is not None:
        return _said(clues.settled, Ground.SETTLED)
    return _by_sidecar(clues) or _by_place(clues) or _by_text(clues) or EVERYBODY


EVERYBODY = Ruling(visibility=Visibility.PUBLIC, ground=Ground.NOTHING)
"""Of a paper about which nothing speaks against being public."""


def place_says_nonpublic(folders: Sequence[str], name: str) -> bool:
    """Tell whether folders or name speak of confidentiality, for a file that cannot be read."""
    return names_nonpublic(folders) or bool(folder_sign(folders) or name_sign(name))


def twin_warning(path: str, other: str) -> str:
    """Say that a paper is held back because its text is that of a non-public one."""
    return _TWIN.format(same=_SAME_TEXT, path=path, other=other, quoted=shlex.quote(path))


def is_twin_warning(sentence: str) -> bool:
    """Tell whether a sentence is one of `twin_warning`."""
    return sentence.startswith(_SAME_TEXT)


def _by_sidecar(clues: Clues) -> Ruling | None:
    sidecar = clues.sidecar
    closed = closed_key(sidecar.extras)
    if closed and sidecar.visibility is not Visibility.NONPUBLIC:
        return _held(clues, Ground.SIDECAR, f"In der Beschreibungsdatei steht „{closed}“;")
    if sidecar.visibility is not None:
        return _said(sidecar.visibility, Ground.SIDECAR)
    if doubt := key_in_doubt(sidecar.extras):
        sentence = f"In der Beschreibungsdatei steht „{doubt}“; gelesen wird nur „visibility: public“ oder „nonpublic“,"
        return _held(clues, Ground.SIDECAR, sentence)
    if told := told_name(sidecar):
        return _held(clues, Ground.SIGN, f"In der Beschreibungsdatei steht „{told[:100]}“;")
    return None


def _said(visibility: Visibility, ground: Ground) -> Ruling:
    return EVERYBODY if visibility is Visibility.PUBLIC else Ruling(visibility=visibility, ground=ground)


def _by_place(clues: Clues) -> Ruling | None:
    own = PurePosixPath(clues.path).parent.parts
    if folder := folder_sign(clues.folders) or next(filter(name_sign, own), ""):
        return _held(clues, Ground.SIGN, f"Der Ordner heißt „{folder}“;")
    if name_sign(clues.name):
        return _held(clues, Ground.SIGN, "Der Dateiname sagt, dass das Papier nicht für alle ist;")
    return None


def _by_text(clues: Clues) -> Ruling | None:
    sign = sign_in(clues.pages, clues.running)
    if sign is None:
        unseen = sign_in((), clues.hidden)
        return _held(clues, Ground.SIGN, f"In einem ausgeblendeten Teil steht „{unseen.text}“;") if unseen else None
    public_part = (
        f" Auf Seite {sign.public_from} beginnt ein öffentlicher Teil;" if sign.public_from and clues.paged else ""
    )
    return _held(clues, Ground.SIGN, _told(sign, clues.paged) + public_part)


def _told(sign: Sign, paged: bool) -> str:
    where = f"Seite {sign.page}" if paged else f"Zeile {sign.line}"
    if not sign.line:
        return f"In der Kopf- oder Fußzeile steht „{sign.text}“;"
    if sign.begins_part:
        return (
            f"Auf {where} beginnt mit „{sign.text}“ ein nichtöffentlicher Teil;" if paged
            else f"Mit „{sign.text}“ ({where}) beginnt ein nichtöffentlicher Teil;"
        )  # fmt: skip
    return f"Im Papier steht „{sign.text}“ ({where});"


def _held(clues: Clues, ground: Ground, sentence: str) -> Ruling:
    step = _STEP.format(path=shlex.quote(clues.path))
    return Ruling(visibility=Visibility.NONPUBLIC, ground=ground, warnings=(f"{sentence} {_HELD} {step}",))
