"""Texts without white space, hyphens and punctuation, cut into shingles: how the same words are found again. Pure."""

from __future__ import annotations

from dataclasses import dataclass

GRAM = 8
"""Characters of a shingle: long enough that chance does not repeat it, short enough to bridge a corrected typo."""

REPEATED_SHARE = 0.8
"""Share of a sentence's shingles found in the motion from which it is the motion's words, not an answer; answers take
up so many of the question's words that .6 dropped some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text reduced to its letters and digits, with the way back.

    Attributes:
        text: lower case, nothing but letters and digits.
        offsets: of each of its characters in the original.
    """

    text: str
    offsets: tuple[int, ...]

    def places(self, gram: str) -> list[int]:
        """Return where a shingle begins, ascending."""
        found = []
        place = self.text.find(gram)
        while place >= 0:
            found.append(place)
            place = self.text.find(gram, place + 1)
        return found


def folded(text: str) -> Folded:
    """Fold a text for comparison."""
    return Folded(text=plain_of(text), offsets=tuple(i for i, character in enumerate(text) if character.isalnum()))


def plain_of(text: str) -> str:
    """Return the letters and digits of a text in lower case, each as one character."""
    kept = "".join(filter(str.isalnum, text))
    lower = kept.lower()
    return lower if len(lower) == len(kept) else "".join(character.lower()[:1] for character in kept)


def grams_of(plain: str) -> list[str]:
    """Return the shingles of a folded text in their order."""
    return [plain[i : i + GRAM] for i in range(len(plain) - GRAM + 1)]


def shingles(text: str) -> frozenset[str]:
    """Return the shingles of a text, to tell its words again."""
    return frozenset(grams_of(plain_of(text)))


def repeats(sentence: str, motion: frozenset[str]) -> bool:
    """Tell whether a sentence is the motion's own words.

    Args:
        sentence: of another paper.
        motion: its shingles.
    """
    grams = grams_of(plain_of(sentence))
    return bool(grams) and sum(map(motion.__contains__, grams)) >= REPEATED_SHARE * len(grams)
