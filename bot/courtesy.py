"""Greetings, thanks and goodbyes that ask nothing: "Danke!" gets a friendly sentence, no search.

A message is one only if every word of it is: "Hallo, was kostet die E-Akte?" is a question. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.types import DeclineReason

# The later the word, the less it says: "Hallo, danke und tschüss" is a goodbye.
_SAID: Final = (
    (
        DeclineReason.FAREWELL,
        frozenset(
            "tschüss tschüß tschüs tschau ciao wiedersehen wiederhören wiederschauen nacht wochenende feierabend bald "
            "bye goodbye night".split()
        ),
    ),
    (
        DeclineReason.THANKS,
        frozenset(
            "danke dankeschön dank dankend merci thx thanks thank ok okay oki klar ordnung super prima toll perfekt "
            "verstanden great perfect".split()
        ),
    ),
    (
        DeclineReason.GREETING,
        frozenset("hallo hallöchen hi hey servus moin grüß grüss grüezi guten hello morning afternoon evening".split()),
    ),
)
_AROUND: Final = frozenset(
    "a abend alles allen alle antwort auf auskunft besten bis dann das die einen euch für gott gut gute guter guten "
    "help herzlichen hilfe ihnen ihre ihren in information informationen ja liebe lieber lot many mittag morgen much "
    "nachmittag noch so ratslotse schon schön schöne schönen schönes sehr sie tag tausend there und and very vielen "
    "vielmals you your the for answer good wieder zusammen".split()
)
_TOPICS: Final = frozenset("afternoon bald evening feierabend morning nacht night ordnung wochenende".split())
"""Alone they may be looked for in the papers; "Schönes Wochenende" is not."""

_WORDS: Final = _AROUND.union(*(words for _, words in _SAID))


def courtesy_in(text: str) -> DeclineReason | None:
    """Return what a message without a question says, None for everything else."""
    words = set(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))
    if not words <= _WORDS or (len(words) == 1 and words <= _TOPICS):
        return None
    return next((reason for reason, said in _SAID if not words.isdisjoint(said)), None)
