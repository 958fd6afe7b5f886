"""Make `ingest/data/compounds.txt.xz`, the list of words that long German words are split into.

Run as `python -m ingest.training.compounds --data DIR --out FILE`. Only words and how common they are leave this
program, no text; names of people are dropped as far as a title before them gives them away.
"""

import argparse
import lzma
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from ingest.compounds import LONG, split_compound
from ingest.german import fold, words
from ingest.training import sources

MIN_PASSAGES: Final = 15
"""Passages a word must stand in to be a part. See the README beside this module for the sizes tried."""

MIN_LETTERS: Final = 4
"""Of a part; the shorter ones that count are `SHORT_PARTS`."""

MIN_USES: Final = 2
"""Different long words that a word must be a part of to stay in the list."""

SHORT_PARTS: Final = frozenset(
    ("amt", "art", "bad", "bau", "bus", "eis", "gas", "hof", "ort", "rad", "rat", "see", "tag", "tal", "tor", "uhr",
     "weg", "zug", "oel", "ost")
)  # fmt: skip
"""Words of three letters, as folded, that begin or end compounds of the field."""

MAX_NAME_SHARE: Final = 0.3
"""A word that follows a title more often than this is taken for a name."""

MIN_CAPITAL_SHARE: Final = 0.05
"""A word that is capitalised more seldom is an ending left over from a broken line ("-tung", "-lich"): those have
0 to 4 %, adjectives that begin compounds ("digital", "fähig") 10 % and more."""

MAX_LETTERS: Final = 40
"""Longer runs of letters are the remains of broken tables."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")

_AFTER_TITLE: Final = re.compile(
    r"\b(?:Herrn?|Frau|Stadtr(?:at|ätin)|StR(?:in)?|Bürgermeister(?:in)?|Dr\.|Prof\.)"
    r"(?: Dr\.)?((?: [A-ZÄÖÜ][\w-]+){1,3})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """For each folded word of letters: passages it stands in, those with a capital, and its uses as a name."""

    found: Counter[str]
    capitalised: Counter[str]
    named: Counter[str]


def count(texts: Iterable[str]) -> Counts:
    """Count the words of `texts`, one passage at a time."""
    counts = Counts(found=Counter(), capitalised=Counter(), named=Counter())
    folded: dict[str, str] = {}
    for text in texts:
        own = {word for word in _LETTERS.findall(text) if len(word) <= MAX_LETTERS}
        for word in own:
            if word not in folded:
                folded[word] = fold(word.casefold())
        counts.found.update({folded[word] for word in own})
        counts.capitalised.update({folded[word] for word in own if word[0].isupper() and not word.isupper()})
        for names in _AFTER_TITLE.findall(text):
            counts.named.update({fold(word) for word in words(names)})
    return counts


def base_list(counts: Counts, *, min_passages: int = MIN_PASSAGES, min_uses: int = MIN_USES) -> dict[str, float]:
    """Choose the parts: common enough, no name, no fragment, part of several long words; with their log frequency."""
    known = {
        word: math.log(number)
        for word, number in counts.found.items()
        if number >= min_passages
        and (len(word) >= MIN_LETTERS or word in SHORT_PARTS)
        and counts.named[word] <= MAX_NAME_SHARE * number
        and counts.capitalised[word] >= MIN_CAPITAL_SHARE * number
    }
    uses = Counter(part for word in counts.found if len(word) >= LONG for part in set(split_compound(word, known)))
    return {word: weight for word, weight in known.items() if uses[word] >= min_uses}


def write_list(parts: Mapping[str, float], path: Path) -> None:
    """Write the list as `ingest.compounds.parse_list` reads it, sorted, so that equal lists are equal files."""
    body = "".join(f"{word}\t{round(10 * weight)}\n" for word, weight in sorted(parts.items()))
    header = "# compound parts and tenths of the log of the passages they stand in; see ingest/training/README.md\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress((header + body).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


def main(arguments: list[str] | None = None) -> int:
    """Make the list from the data directory named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--min-passages", type=int, default=MIN_PASSAGES)
    given = parser.parse_args(arguments)
    texts = (text for source in chain(sources.papers(given.data), sources.laws(given.data)) for text in source.passages)
    parts = base_list(count(texts), min_passages=given.min_passages)
    write_list(parts, given.out)
    sys.stdout.write(f"{len(parts)} parts, {given.out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
