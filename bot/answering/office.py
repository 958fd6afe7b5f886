"""Who might know where no paper says: the city's office that the nearest papers name most often. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from bot.answering.decline import nearest
from bot.types import Hit
from ingest.german import search_tokens

MENTIONS = 2
"""An office named once is often only one of many that were sent a copy."""

_NOUN = r"[A-ZÄÖÜ][a-zäöüß]+"
_OFFICE = re.compile(
    rf"\bAmt für {_NOUN}(?:(?:, {_NOUN})* und (?:{_NOUN}|IT)\b)?"
    rf"|\bStadtamt [A-ZÄÖÜ][a-zäöüß]+|\b{_NOUN}(?:- und {_NOUN})?amt(?=e?s?\b)"
)
# Words that only end like one, offices of others, and the council's own, which stands in the head of every paper.
_NOT_ASKED = re.compile(
    r"(?:Insges|Ges|Ehren|Neben|Fach|Bürgermeister|Haupt|Finanz|Arbeits|Luftwaffen|Landrats|Stadt)amt"
    r"|\w*(?:[Bb]undes|[Ll]andes)\w*amt"
)


def office_named(tokens: Collection[str], hits: Sequence[Hit]) -> str | None:
    """Return the office that the passages found of the nearest papers name most often, at least `MENTIONS` times.

    Where they hold no more than half of what is asked for, they are of another matter, and their office knows nothing.

    Args:
        tokens: search tokens of the question.
        hits: best first.

    Returns:
        Its name without its ending of the genitive; of several the one named first; None if there is none.
    """
    papers = {hit.passage.document_id for hit in nearest(hits)}
    texts = [" ".join(hit.passage.text.split()) for hit in hits if hit.passage.document_id in papers]
    if not _are_about(tokens, " ".join(texts)):
        return None
    found = Counter(name for text in texts for name in _OFFICE.findall(text) if not _NOT_ASKED.fullmatch(name))
    name, times = found.most_common(1)[0] if found else ("", 0)
    return name if times >= MENTIONS else None


def _are_about(tokens: Collection[str], text: str) -> bool:
    """Say whether a text holds more than half of the words asked for, parts of compounds not counted."""
    words = {token for token in tokens if not any(token in other for other in tokens if other != token)}
    return 2 * len(words.intersection(search_tokens(text))) > len(words)
