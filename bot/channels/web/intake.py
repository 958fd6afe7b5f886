"""What staff do to papers: `ratslotse-ingest` as a process of its own, and files put where it looks for them.

This process parses no paper. A draft is read into an index of its own, so that what was understood can be shown
before anything is taken in.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import sys
import time
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.channels.web import sidecars
from bot.channels.web.undoing import undone_if_refused
from bot.phrases import staff as words
from ingest.formats import ENDINGS
from ingest.index.generation import current_generation
from ingest.index.layout import root_of
from ingest.index.records import Change, Failure
from ingest.types import Document, Visibility

PATIENCE_S: Final = 300
"""A run over 1,401 papers of which one is new takes 4 s; the reader gives up on a file after 120 s."""
TAKEN: Final = ("added", "changed", "unchanged")
"""Outcomes of a file that is in the index afterwards."""
DRAFT_KEPT_S: Final = 24 * 3600
MOST_NAME_BYTES: Final = 180
"""File systems take 255; the sidecar's ending and a temporary name need some of them."""

_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_FOLDERS: Final = {Visibility.PUBLIC: "oeffentlich", Visibility.NONPUBLIC: "nichtoeffentlich"}
_NOT_IN_A_NAME: Final = re.compile(r"[^\w .,()+&§=-]+")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their ending: the folder may lie on a share."""
_DRAFT: Final = re.compile(r"[A-Za-z0-9_-]{22}")


class Refused(Exception):
    """Staff asked for something that cannot be done; one German sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An uploaded file that is not yet a paper.

    Attributes:
        visibility: as it was chosen.
        document: what was understood, None if it cannot be read.
        reason: why not.
    """

    draft_id: str
    file: Path
    visibility: Visibility
    document: Document | None
    reason: str

    @property
    def must_be_nonpublic(self) -> bool:
        """Whether the paper says of itself what its place does not."""
        return (
            self.document is not None
            and self.document.visibility is Visibility.NONPUBLIC
            and self.visibility is Visibility.PUBLIC
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusState:
    """What the catalogue tells staff: files that cannot be read, and the latest changes, newest first."""

    failures: tuple[Failure, ...]
    changes: tuple[Change, ...]


class Intake:
    """Works on one corpus and its index; one change at a time."""

    def __init__(self, *, corpus_dir: Path, index_dir: Path, state_dir: Path, encoder: str) -> None:
        self._corpus, self._index = corpus_dir.absolute(), index_dir.absolute()
        self._drafts = state_dir.absolute() / "drafts"
        self._encoder = encoder
        self._lock = asyncio.Lock()

    async def draft(self, name: str, content: Any, visibility: Visibility) -> Draft:
        """Take an uploaded file and read it on trial.

        Args:
            name: as the browser says; never trusted.
            content: an open binary file.
            visibility: as chosen.

        Raises:
            Refused: the name is impossible.
        """
        safe = safe_name(name)
        draft_id = secrets.token_urlsafe(16)
        folder = self._drafts / draft_id
        await asyncio.to_thread(self._take, folder / _FOLDERS[visibility] / safe, content)
        records = await self._run("add", str(folder / _FOLDERS[visibility]), "--index", str(folder / "index"))
        reason = next((str(one.get("reason") or "") for one in records if one.get("path")), words.PREVIEW_FAILED)
        (folder / "reason").write_text(reason, encoding="utf-8")
        return await asyncio.to_thread(self.find_draft, draft_id)

    def find_draft(self, draft_id: str) -> Draft:
        """Return a draft.

        Raises:
            Refused: there is none of this name (any more).
        """
        folder = self._drafts / draft_id
        if not _DRAFT.fullmatch(draft_id) or not folder.is_dir():
            raise Refused(words.GONE_DRAFT)
        for visibility, name in _FOLDERS.items():
            for file in (folder / name).glob("*") if (folder / name).is_dir() else ():
                reason = (folder / "reason").read_text("utf-8") if (folder / "reason").is_file() else ""
                return Draft(
                    draft_id=draft_id,
                    file=file,
                    visibility=visibility,
                    document=_only_paper(folder / "index"),
                    reason=reason,
                )
        raise Refused(words.GONE_DRAFT)

    def drop(self, draft: Draft) -> None:
        """Forget a draft."""
        shutil.rmtree(self._drafts / draft.draft_id, ignore_errors=True)

    def place_of(self, draft: Draft) -> Path:
        """Return where a draft's file belongs in the corpus."""
        visibility = Visibility.NONPUBLIC if draft.must_be_nonpublic else draft.visibility
        return self._corpus / _FOLDERS[visibility] / draft.file.name

    async def accept(self, draft: Draft, sidecar: str, *, replace: bool) -> dict[str, Any]:
        """Put a draft and its sidecar into the corpus and bring that one file into the index, or leave all as it was.

        Args:
            draft: what was uploaded.
            sidecar: text of the sidecar; empty for none, then what stood beside a replaced paper goes.
            replace: whether a file of the same name may be replaced.

        Returns:
            The record of `ratslotse-ingest add --json` for the file.

        Raises:
            Refused: a file of this name is there and was not to be replaced, or the run failed.
        """
        place = self.place_of(draft)
        async with self._lock:
            if place.exists() and not replace:
                raise Refused(words.ALREADY_THERE.format(name=place.name))
            place.parent.mkdir(parents=True, exist_ok=True)
            record = await self._change(place, sidecar, draft.file)
        await asyncio.to_thread(self.drop, draft)
        return record

    async def correct(self, paper: Path, sidecar: str) -> dict[str, Any]:
        """Write a paper's sidecar and read that one paper again, or leave all as it was.

        Raises:
            Refused: it cannot be written, or the paper cannot be read with it.
        """
        async with self._lock:
            return await self._change(paper, sidecar, None)

    async def settle(self, document_id: str, visibility: Visibility) -> None:
        """Decide who may see a paper, which goes before all that it says of itself.

        Raises:
            Refused: the run failed, or a folder decides; nothing is decided then.
        """
        async with self._lock:
            records = await self._run("settle", document_id, f"--{visibility.value}", "--index", str(self._index))
        failed = next((one for one in records if one.get("outcome") == "failed"), None)
        if failed is not None:
            raise Refused(words.INGEST_FAILED.format(reason=failed.get("reason") or ""))

    async def _change(self, paper: Path, sidecar: str, fresh: Path | None) -> dict[str, Any]:
        """Replace a paper, where there is a fresh one, and its sidecar; all that was there comes back if refused."""
        beside = sidecars.path_beside(paper)
        try:
            with undone_if_refused(paper, beside):
                if sidecar:
                    sidecars.write(beside, sidecar)
                elif fresh is not None:
                    beside.unlink(missing_ok=True)
                if fresh is not None:
                    await asyncio.to_thread(_move, fresh, paper)
                record = _record_of(await self._run("add", str(paper), "--index", str(self._index)), paper)
                if record.get("outcome") not in TAKEN:
                    raise Refused(words.INGEST_FAILED.format(reason=record.get("reason") or ""))
                return record
        except OSError as error:
            raise Refused(words.NOT_WRITABLE.format(reason=error.strerror)) from error
        except Refused as refused:
            if str(refused) != words.BUSY:  # the index may have seen what is taken back
                with contextlib.suppress(Refused):
                    await self._run("add", str(paper), "--index", str(self._index))
            raise

    async def withdraw(self, document_id: str) -> None:
        """Take a paper out for good.

        Raises:
            Refused: the run failed.
        """
        async with self._lock:
            records = await self._run("remove", document_id, "--index", str(self._index))
        if not any(one.get("outcome") == "removed" for one in records):
            raise Refused(words.INGEST_FAILED.format(reason=""))

    def corpus_state(self, visibilities: tuple[Visibility, ...]) -> CorpusState:
        """Tell what needs attention and what changed, of the roots that may be looked at."""
        failures: list[Failure] = []
        changes: list[Change] = []
        for visibility in visibilities:
            generation = current_generation(root_of(self._index, visibility))
            if generation is not None:
                with closing(generation.catalogue()) as catalogue:
                    failures += catalogue.failures()
                    changes += catalogue.changes(30)
        return CorpusState(
            failures=tuple(failures), changes=tuple(sorted(changes, key=lambda one: one.time, reverse=True)[:30])
        )

    def _take(self, place: Path, content: Any) -> None:
        for old in self._drafts.glob("*"):
            with contextlib.suppress(OSError):
                if old.stat().st_mtime < time.time() - DRAFT_KEPT_S:
                    shutil.rmtree(old, ignore_errors=True)
        self._drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.parent.mkdir(mode=0o700, parents=True)
        with place.open("wb") as stream:
            shutil.copyfileobj(content, stream)

    async def _run(self, *arguments: str) -> list[dict[str, Any]]:
        """Run `ratslotse-ingest … --json` and return what it says, a record a line.

        Raises:
            Refused: it did not finish, or complained.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-m", "ingest", *arguments, "--json",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd="/",
            env=_ENVIRONMENT | {"HOME": str(Path.home()), "RATSLOTSE_ENCODER": self._encoder},
            start_new_session=True,
        )  # fmt: skip
        try:
            said, complaint = await asyncio.wait_for(process.communicate(), PATIENCE_S)
        except TimeoutError as error:
            raise Refused(words.TOO_SLOW.format(seconds=PATIENCE_S)) from error
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        if process.returncode not in (0, 1) or not said:
            lines = complaint.decode("utf-8", "replace").strip().splitlines()
            reason = lines[-1].removeprefix("Fehler: ") if lines else ""
            raise Refused(words.BUSY if "arbeitet gerade" in reason else words.INGEST_FAILED.format(reason=reason))
        return [json.loads(line) for line in said.splitlines()]


def safe_name(name: str) -> str:
    """Return a file name that is one, whatever a browser sent.

    Raises:
        Refused: nothing usable is left, or its ending is none that is read.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    base = " ".join(_NOT_IN_A_NAME.sub("-", base).split()).strip(" .-~")
    stem, dot, ending = base.rpartition(".")
    ending = dot + ending.lower()
    if _DEVICE.fullmatch(stem):
        stem = f"Papier {stem}"
    while len((stem + ending).encode()) > MOST_NAME_BYTES:
        stem = stem[:-1]
    stem = stem.strip(" .-~")
    # anything else is refused at once, above all a `.meta.yaml` that would speak for another paper
    if not stem or ending not in ENDINGS or stem.lower().startswith("readme"):
        raise Refused(words.BAD_NAME.format(name=base[:80], endings=" ".join(ENDINGS)))
    return stem + ending


def _only_paper(index_dir: Path) -> Document | None:
    for visibility in Visibility:
        generation = current_generation(root_of(index_dir, visibility))
        if generation is not None:
            with closing(generation.catalogue()) as catalogue:
                for header in catalogue.all_headers():
                    return catalogue.document(header.document_id)
    return None


def _record_of(records: list[dict[str, Any]], file: Path) -> dict[str, Any]:
    """Return what was said of the one file that a run looked at; its name stands at the end of its path."""
    for record in records:
        path = str(record.get("path", ""))
        if path.rpartition("/")[2] == unicodedata.normalize("NFC", file.name):
            return record
    return {"path": file.name, "outcome": "unchanged", "reason": None}


def _move(source: Path, target: Path) -> None:
    """Move a file across file systems so that it is there whole or not at all."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, fresh)
    fresh.replace(target)
