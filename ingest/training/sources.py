"""Read the papers, laws, questions and speeches that the bundled files are made from, one record at a time.

The data directory is not part of the project; its layout is the one of the README beside this module. What must not be
learned from is left out here and nowhere else: papers that are not certainly from before 2023 (the benchmark asks about
2023 and 2024) and the papers that the gold questions were written on.
"""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FIRST_HELD_BACK: Final = "2023-01-01"
"""Papers of this day and later are for measuring."""

PASSAGE_CHARS: Final = 900
"""Passages to train on; those that are searched are longer, and encoders of this kind do not mind."""

MIN_PASSAGE_CHARS: Final = 200
"""Shorter ones are headings and signatures rather than text."""

# A word cut at a line's end; "Haupt- und Finanzausschuss" is not one.
_CUT_WORD: Final = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?!(?:und|oder|bzw|sowie)\b)(?=[a-zäöüß])")
_PARAGRAPH_END: Final = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[\"„»(]?[A-ZÄÖÜ0-9])")
_SPACE: Final = re.compile(r"\s+")
_FILLER: Final = re.compile(r"([._\-=*])\1{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One text to learn from: a document of a paper, or a law's section; passages in the order of the text."""

    title: str
    passages: tuple[str, ...]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a `.jsonl` or `.jsonl.xz` file, one in memory at a time."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def may_be_learned(paper: dict[str, Any], gold: frozenset[str]) -> bool:
    """Say whether a paper is surely from before 2023 and none of those that gold questions were written on.

    A date in these data is when the source listed something, so the paper is not younger than it. All dates of a paper
    must be there and say so, and its number must not name a later year.
    """
    days = [paper["date"], *(file["date"] for file in paper["files"])]
    if paper["paper"] in gold or not all(days) or max(days) >= FIRST_HELD_BACK:
        return False
    years = re.findall(r"\b20\d\d\b", paper.get("reference") or "")
    return all(year < FIRST_HELD_BACK[:4] for year in years)


def papers(data: Path) -> Iterator[Source]:
    """Yield each document of the papers that may be learned from."""
    gold = frozenset(json.loads((data / "gold-dev" / "papers.json").read_text(encoding="utf-8")))
    for paper in lines(data / "karlsruhe-full.jsonl.xz"):
        if may_be_learned(paper, gold):
            for file in paper["files"]:
                yield Source(title=paper["name"], passages=tuple(passages(file["text"])))


def laws(data: Path) -> Iterator[Source]:
    """Yield the sections of federal laws; the title is the section's heading without its number."""
    for section in lines(data / "training" / "laws-sections.jsonl.xz"):
        heading = re.sub(r"^(?:§+|Art(?:ikel)?\.?)\s*\d+\w*\s*", "", section["title"])
        yield Source(title=f"{section['law']}: {heading}" if heading else "", passages=tuple(passages(section["text"])))


def speeches(data: Path) -> Iterator[Source]:
    """Yield council speeches; their titles are names and days, so there are none here."""
    for speech in lines(data / "training" / "speeches.jsonl.xz"):
        yield Source(title="", passages=tuple(passages(speech["text"])))


def questions(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield councillors' questions: topic, question, one answer of the administration."""
    for record in lines(data / "training" / "qa-train.jsonl.xz"):
        if record["date"] and record["date"] < FIRST_HELD_BACK:
            for answer in record["answers"]:
                yield record["topic"], record["question"], answer


def clean(text: str) -> str:
    """Mend words cut at line ends and drop rows of dots and lines; paragraphs stay apart by one empty line."""
    text = _FILLER.sub(" ", _CUT_WORD.sub("", text.replace("\u00ad", "")))
    return "\n\n".join(filter(None, (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH_END.split(text))))


def passages(text: str, *, max_chars: int = PASSAGE_CHARS, min_chars: int = MIN_PASSAGE_CHARS) -> Iterator[str]:
    """Pack whole sentences into passages of at most `max_chars`; a rest below `min_chars` joins the one before."""
    packed: list[str] = []
    size = 0
    last: str | None = None
    for paragraph in clean(text).split("\n\n"):
        for sentence in sentences(paragraph):
            if packed and size + len(sentence) > max_chars:
                if last is not None:
                    yield last
                last, packed, size = " ".join(packed), [], 0
            packed.append(sentence[:max_chars])
            size += len(packed[-1]) + 1
    rest = " ".join(packed)
    if last is not None and len(rest) < min_chars:
        last, rest = f"{last} {rest}".strip(), ""
    yield from (passage for passage in (last, rest) if passage)


def sentences(paragraph: str) -> list[str]:
    """Cut a paragraph where a sentence seems to end: good enough to learn from, not to quote from."""
    return _SENTENCE_END.split(paragraph)
