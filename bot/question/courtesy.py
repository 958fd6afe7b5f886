"""What asks nothing of the papers: "Danke!" gets a friendly sentence, "Was kannst du?" what the machine can do.

A message is one only if every word of it is: "Hallo, was kostet die E-Akte?" is a question. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.types import DeclineReason

# In this order: "Hallo, danke und tschüss" is a goodbye.
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
_TOPICS: Final = frozenset("afternoon bald evening feierabend morning nacht night ordnung wochenende".split())
"""They may be looked for in the papers; "Schönes Wochenende" is not."""
_NEUTRAL: Final = frozenset(
    "a abend alle allen alles and antwort auf auskunft das deine deiner dich die dir einen for für genügt hilfe "
    "hilfreich ihnen ihre ihren in information informationen mittag morgen nachmittag noch reicht so tag the und war "
    "wars wieder you your zusammen".split()
)
"""Beside a topic they make no courtesy of it: "Und die Nacht?" asks."""
_AROUND: Final = _NEUTRAL.union(
    "answer besten bis dann euch good gott gut gute guten guter help herzlichen ja liebe lieben lieber lot "
    "many much nein ratslotse schon schön schöne schönen schönes sehr sie tausend there very vielen vielmals".split()
)
_ASSENT: Final = frozenset({"in", "ordnung"})
_TIMES: Final = frozenset("abend mittag morgen nachmittag tag".split())

_THANKS: Final = re.compile(r"\W*(?:nein\W+)?dank(?:e|eschön)?\b", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"\b(?:wer|wen|wem|wessen|was|wann|wie|wieso|wieviele?|warum|weshalb|welche[mnrs]?|wozu|"
    r"wo(?:her|hin|für|mit|von|bei|durch|gegen|nach|r(?:an|auf|aus|in|über|um|unter))?|"
    r"who|whose|what|when|where|which|why|how|und|and|(?:19|20)\d{2})\b|\?",
    re.IGNORECASE,
)

_WORDS: Final = _AROUND.union(*(words for _, words in _SAID))


_OF_THE_MACHINE: Final = re.compile(
    r"\W*(?:(?:hallo|hi|guten tag|bitte|und)\W+)*(?:"
    r"(?:hilfe|help|anleitung|bedienung)"
    r"|(?:was|wie viel|was alles) (?:kannst|können|kann|könnt) (?:du|sie|ihr|man|ich|ratslotse|der bot|dieser bot)"
    r"(?: (?:hier|alles|eigentlich|denn|dich|sie|dir|ihnen|so|mich|fragen|tun|machen|für mich tun))*"
    r"|(?:was|wer) (?:bist|sind|ist) (?:du|sie|das hier|ratslotse|der ratslotse|dieser bot)(?: eigentlich| denn| hier)*"
    r"|wie (?:funktioniert|geht|benutze ich|bediene ich|arbeitet)"
    r"(?: das| du| sie| ratslotse| der ratslotse| der bot| dieser bot| hier)*"
    r"|(?:was|welche fragen) kann ich (?:dich|sie|hier|dir|ihnen)(?: alles)? (?:fragen|stellen)"
    r"|(?:what can you do|who are you|what are you|how does (?:this|it) work|how do you work)"
    r"|(?:bist du|sind sie) (?:ein|eine) (?:mensch|bot|ki|maschine|programm|computer|künstliche intelligenz)"
    r"|woher (?:weißt du|wissen sie) das(?: alles)?"
    r")\W*",
    re.IGNORECASE,
)


def courtesy_in(text: str) -> DeclineReason | None:
    """Return what a message says that asks nothing of the papers, None for everything else."""
    if _OF_THE_MACHINE.fullmatch(unicodedata.normalize("NFC", text)):
        return DeclineReason.HELP
    words = set(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))
    if not words <= _WORDS or (words <= _TOPICS | _NEUTRAL and words != _ASSENT):
        return None
    wished = DeclineReason.FAREWELL if "schönen" in words and not words.isdisjoint(_TIMES) else None
    return next((reason for reason, said in _SAID if not words.isdisjoint(said)), wished)


def is_only_thanks(message: str) -> bool:
    """Say whether a message thanks and asks nothing, as in "Danke, mehr brauche ich nicht"; a year asks, too."""
    return bool(_THANKS.match(message)) and not (_ASKS.search(message))
