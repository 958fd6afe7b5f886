"""A network of a few thousand weights and an invented town, so that learning can be tried in seconds."""

from __future__ import annotations

import string

from tokenizers import Tokenizer

from evals.learning.examples import Example, Text
from evals.learning.network import Reader, Shape
from evals.learning.vocabulary import make_tokenizer

PIECES = [
    *((piece, 0.0) for piece in ("<s>", "<pad>", "</s>", "<unk>")),
    *((f"▁{letter}", -4.0) for letter in string.ascii_lowercase),
    *((letter, -4.0) for letter in string.ascii_lowercase),
    *((sign, -5.0) for sign in "▁.?:,()-"),
]
SHAPE = Shape(
    pieces=len(PIECES), hidden=64, heads=4, inner=128, positions=256, apart=2, together=2, frozen=0, epsilon=1e-6
)
ANIMALS = ("katze", "hund", "pferd", "maus", "ziege", "hase", "igel", "fuchs")


def a_tokenizer() -> Tokenizer:
    return make_tokenizer(PIECES)


def a_network() -> Reader:
    return Reader(SHAPE)


def a_text(animal: str, *, right: bool) -> Text:
    first, second = f"das tier {animal} ist da.", "es regnet."
    text = f"{first} {second}"
    return Text(
        head="passage: zoo: ",
        text=text,
        sentences=((0, len(first)), (len(first) + 1, len(text))),
        right=(right, False),
        file=animal,
    )


def examples() -> list[Example]:
    """Ask for each animal; the other animals' parts do not answer, and a near miss asks for something else."""
    made = []
    for number, animal in enumerate(ANIMALS):
        others = tuple(a_text(other, right=False) for other in ANIMALS if other != animal)
        made.append(
            Example(
                id=f"q{number}",
                matter=animal,
                question=f"query: wo ist {animal}?",
                kind="fact",
                lang="de",
                answers=(a_text(animal, right=True),),
                others=others,
                status=number % 3,
            )
        )
        made.append(
            Example(
                id=f"n{number}",
                matter=animal,
                question=f"query: wie alt ist {animal}?",
                kind="unanswerable",
                lang="de",
                answers=(),
                others=(a_text(animal, right=False),),
                twin=f"q{number}",
            )
        )
    return made
