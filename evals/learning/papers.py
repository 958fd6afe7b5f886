"""The papers that are learned from, written out with sidecars as a root that `ratslotse-ingest` reads.

Only papers dated before 2023 and none of a gold set; for each part of the split the papers of its matters and, to tell
them from, some thousand others, the same for every part.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

BEFORE: Final = "2023"
OTHERS: Final = 4_000
"""Files of other matters beside those that are asked about."""

_PROTOCOL = re.compile(r"protokoll|niederschrift")
_REPORT = re.compile(r"stellungnahme|\bstn\b")
_MOTION = re.compile(r"(?:anfrage|antrag)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """Which matters are whose.

    Attributes:
        split: matter to `learn`, `choose` or `report`.
        more: further matters on which questions were written; learned from, too.
        kept_out: matters of gold sets.
    """

    split: Mapping[str, str]
    more: frozenset[str]
    kept_out: frozenset[str]


def load_matters(data: Path) -> Matters:
    """Read which matters may be learned from."""
    return Matters(
        split=json.loads((data / "reader" / "split.json").read_text(encoding="utf-8")),
        more=frozenset(map(str, json.loads((data / "reader" / "more-matters.json").read_text(encoding="utf-8")))),
        kept_out=frozenset(map(str, json.loads((data / "gold-dev" / "papers.json").read_text(encoding="utf-8")))),
    )


def write_papers(source: Path, matters: Matters, used: Iterable[str], out: Path) -> None:
    """Write the papers of every part to a folder of its own below `out`, and the others to `others`.

    Args:
        source: `karlsruhe-full.jsonl.xz`.
        matters: whose they are.
        used: further matters that questions were written on.
        out: made if need be.
    """
    asked = matters.more.intersection(used)
    others: list[Mapping[str, Any]] = []
    for paper in _papers(source):
        key = str(paper["paper"])
        part = matters.split.get(key, "learn" if key in asked else None)
        if part is not None:
            _write(paper, out / part)
        elif key not in matters.kept_out and key not in matters.more and _is_old(paper):
            others.append(paper)
    random.Random(0).shuffle(others)
    written = 0
    for paper in others:
        if written >= OTHERS:
            break
        written += _write(paper, out / "others")


def _papers(source: Path) -> Iterator[Mapping[str, Any]]:
    with lzma.open(source, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _is_old(paper: Mapping[str, Any]) -> bool:
    return all((day or "9") < BEFORE for day in (paper["date"], *(file["date"] or "0" for file in paper["files"])))


def _write(paper: Mapping[str, Any], out: Path) -> int:
    """Write the files of a paper, each with a sidecar; return how many."""
    out.mkdir(parents=True, exist_ok=True)
    for file in paper["files"]:
        name = (file["name"] or "").lower()
        kind = _kind(name)
        known = {
            "title": paper["name"],
            "file_name": file["name"],
            "kind": kind,
            "number": paper["reference"] if "/" in (paper["reference"] or "") else None,
            "procedure": str(paper["paper"]),
            "listed_date": file["date"] or paper["date"],
            "paper_type": paper["type"],
            "visibility": "public",
            "factions": paper["factions"] if kind == "motion" else None,
        }
        (out / f"{file['id']}.txt").write_text(file["text"], encoding="utf-8")
        sidecar = json.dumps({key: value for key, value in known.items() if value}, ensure_ascii=False)
        (out / f"{file['id']}.meta.yaml").write_text(sidecar, encoding="utf-8")
    return len(paper["files"])


def _kind(name: str) -> str | None:
    if _PROTOCOL.search(name):
        return "protocol"
    if _REPORT.search(name):
        return "report"
    return "motion" if _MOTION.match(name) else None
