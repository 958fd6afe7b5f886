"""Split long German words into the words they are made of, with a shipped list of parts.

*Stellenbesetzungsstand* is found by *Stand* only if somebody takes it apart. The list was made once, from many papers
(`ingest/training/compounds.py`), and is shipped: were it made from the corpus at hand, adding one paper could change
the tokens of all others. Words are given and returned folded (`ingest.german.fold`), as the list is.
"""

import functools
import importlib.resources
import lzma
from collections.abc import Mapping
from typing import Final

LONG: Final = 9
"""Letters from which a word is worth splitting."""

MAX_PARTS: Final = 3
MIN_PART: Final = 3
"""Letters of the shortest part; the list itself decides which words of three letters count."""

LINKS: Final = ("s", "es", "n", "en", "er")
"""Letters that German puts between two parts (Fugenelemente)."""

BASE_LIST: Final = "compounds.txt.xz"


@functools.lru_cache(maxsize=1)
def base_list() -> Mapping[str, float]:
    """Load the shipped parts: folded word → natural logarithm of the number of passages it stands in."""
    packed = importlib.resources.files("ingest").joinpath("data", BASE_LIST).read_bytes()
    return parse_list(lzma.decompress(packed).decode("utf-8"))


def parse_list(text: str) -> dict[str, float]:
    """Read lines of `word<TAB>tenths of the log frequency`; lines that start with # are comments."""
    parts: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, tenths = line.split("\t")
            parts[word] = int(tenths) / 10
    return parts


def split_compound(word: str, known: Mapping[str, float] | None = None) -> tuple[str, ...]:
    """Give the two or three parts of a folded word, without linking letters; () where it does not come apart.

    Fewest parts first, then the highest mean log frequency, then the longest first part, so the answer is one.
    """
    known = base_list() if known is None else known
    best: tuple[str, ...] = ()
    best_mean = 0.0
    pairs: list[tuple[int, str, float]] = []
    for end in range(len(word) - MIN_PART, MIN_PART - 1, -1):
        head = _part(word[:end], known)
        if head is None:
            continue
        pairs.append((end, *head))
        tail = known.get(word[end:])
        if tail is not None and (head[1] + tail) / 2 > best_mean:
            best, best_mean = (head[0], word[end:]), (head[1] + tail) / 2
    if best or MAX_PARTS < 3:
        return best
    for end, first, first_log in pairs:
        for middle_end in range(len(word) - MIN_PART, end + MIN_PART - 1, -1):
            tail = known.get(word[middle_end:])
            if tail is None:
                continue
            middle = _part(word[end:middle_end], known)
            if middle is not None and (first_log + middle[1] + tail) / 3 > best_mean:
                best, best_mean = (first, middle[0], word[middle_end:]), (first_log + middle[1] + tail) / 3
    return best


def _part(piece: str, known: Mapping[str, float]) -> tuple[str, float] | None:
    """Find a part that is not the last: a known word, or one followed by linking letters, the likelier of them."""
    best: tuple[str, float] | None = None
    found = known.get(piece)
    if found is not None:
        best = (piece, found)
    for link in LINKS:
        if piece.endswith(link) and len(piece) - len(link) >= MIN_PART:
            found = known.get(piece[: -len(link)])
            if found is not None and (best is None or found > best[1]):
                best = (piece[: -len(link)], found)
    return best
