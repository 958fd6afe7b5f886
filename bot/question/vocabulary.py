"""The words in which people ask about papers: forms, wants, states, and what says nothing by itself.

All are compared folded (`fold`): in lower case, umlauts written out, so that "Anträge" is "antraege" is "ANTRÄGE".
"""

from __future__ import annotations

import re
from typing import Final

from bot.question.types import Form, State, Wanted

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    """Return a text in lower case with its umlauts written out."""
    return text.lower().translate(_UMLAUTS)


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


FORMS: Final = (
    (Form.AMENDMENT, re.compile(r"(?:aenderungs|ergaenzungs|zusatz)-?antr(?:ags?|ages|aegen?)")),
    (Form.MOTION, re.compile(r"(?:fraktions|sach|pruef|eil|dringlichkeits)?-?antr(?:ags?|ages|aegen?)|motions?")),
    (Form.INQUIRY, re.compile(r"anfragen?|inquir(?:y|ies)")),
    (Form.PROPOSAL, re.compile(r"(?:beschluss|informations|mitteilungs|sitzungs)?-?vorlagen?|drucksachen?")),
    (Form.PROTOCOL, re.compile(r"(?:sitzungs)?niederschrift(?:en)?|(?:sitzungs)?protokoll(?:e[ns]?|s)?")),
    (Form.REPORT, re.compile(r"stellungnahmen?|berichte?[ns]?")),
    (Form.PAPER, re.compile(r"papiere?[ns]?|dokumente?[ns]?|unterlagen?|vorg(?:ang|angs|aengen?)|papers?")),
)
PLURAL: Final = re.compile(
    r"\w*-?antraegen?|\w*anfragen|\w*vorlagen|drucksachen|\w*niederschriften|\w*protokollen?|stellungnahmen|berichten?"
    r"|papieren?|dokumenten?|unterlagen|vorgaengen?|motions|inquiries|papers"
)
"""Of `FORMS`: several are asked for."""

WANTS: Final = (
    (Wanted.COUNT, re.compile(r"\bwie ?viele?\b|\b(?:an)?zahl\b|\bhow many\b")),
    (
        Wanted.BODY,
        re.compile(
            r"\b(?:in )?welche[mrns]? (?:gremi(?:um|en)|ausschu(?:ss|essen?))\b"
            r"|\bwo (?=.*\b(?:be|ver)(?:raten|handelt)\b)"
        ),
    ),
    (
        Wanted.WHO,
        re.compile(
            r"\bwer\b|\bvon wem\b|\bwessen\b|\bantragsteller(?:in|innen)?\b|\bwho\b|\b(?:von )?welche[rsn]?"
            r" (?:fraktion(?:en)?|gruppen?|partei(?:en)?|stadtra(?:t|et(?:e|en|in|innen)))\b"
        ),
    ),
    (Wanted.WHEN, re.compile(r"\b(?:seit |von |aus )?wann\b|\ban welchem (?:tag|datum)\b|\bwelches datum\b|\bwhen\b")),
    (
        Wanted.NEXT,
        re.compile(r"\bwie geht(?: es|s) .*weiter\b|\bnaechste[rn]? schritte?\b|\bwas passiert als naechstes\b"),
    ),
    (
        Wanted.OUTCOME,
        re.compile(
            r"\bwas (?:ist|wurde|wird) (?:\w+ )?aus\b|\bergebnis\b"
            r"|\bwas (?:ist|kam|kommt) .*\b(?:heraus|raus)(?:gekommen)?\b"
            r"|\bwas (?:ist|geschah|passierte) mit .*\b(?:passiert|geschehen|geworden)\b|\bwas geschah mit\b"
            r"|\bwie (?:ist|ging|wurde|hat|haben) .*\b(?:ausgegangen|aus|abgestimmt|entschieden)\b"
        ),
    ),
)
"""In the order in which they are looked for."""

SUBMITTED: Final = _words("""
    gestellt gestellte gestellten stellte stellten stellt stellen eingereicht eingereichte eingereichten reichte
    reichten reicht einreichen eingebracht eingebrachte eingebrachten brachte brachten bringt einbringen
    vorgelegt vorgelegte vorgelegten legte legten verfasst geschrieben stammt stammen stammte kommt kommen kam
    kamen unterschrieben unterzeichnet initiiert submitted filed gefasst
""")
HANDLED: Final = _words(
    "beraten behandelt behandelte verhandelt diskutiert besprochen vorberaten beriet befasst tagesordnung"
)
EXIST: Final = _words("""
    gibt gab gabs gibts existieren existiert vorliegen liegen liegt lagen lag vorhanden erschienen erfasst vor
    ein zeigen zeig zeige zeigst nenne nennen nenn liste listen auflisten aufzaehlen gib geben auf uebersicht
    show list are there
""")
OUTCOME_WORDS: Final = _words(
    "geworden herausgekommen rausgekommen heraus raus ausgegangen passiert geschehen weiter ergebnis"
)
STATES: Final = {
    fold(word): state
    for state, some in (
        (State.REJECTED, "abgelehnt abgelehnte abgelehnten abgelehnter durchgefallen rejected"),
        (State.ADOPTED, "angenommen angenommene angenommenen zugestimmt genehmigt bewilligt durchgekommen adopted"),
        (State.ADOPTED, "beschlossen beschlossene beschlossenen"),
        (State.DEFERRED, "vertagt vertagte vertagten zurückgestellt zurückgestellten verschoben"),
        (State.REFERRED, "verwiesen überwiesen"),
        (State.WITHDRAWN, "zurückgezogen zurückgezogene zurückgezogenen"),
        (State.SETTLED, "erledigt erledigte erledigten"),
        (State.DECIDED, "entschieden abgestimmt"),
        (State.ANSWERED, "beantwortet beantwortete beantworteten"),
        (State.OPEN, "offen offene offenen unbeantwortet unbeantwortete unbeantworteten unerledigt ausstehend"),
    )
    for word in some.split()
}
NEWEST: Final = _words(
    "neueste neuesten neuester neuestes neuste neusten jüngste jüngsten jüngster letzte letzten letzter "
    "letztes aktuellste aktuellsten zuletzt latest newest"
)
POINTS: Final = _words("punkt punkte punkten punktes ziffer ziffern")
SESSION: Final = _words("sitzung sitzungen gemeinderatssitzung ratssitzung ausschusssitzung")
DECISION: Final = _words("beschluss beschlüsse beschlüssen entscheidungen entscheidung")
STANDING: Final = _words("stand steht stehts standen sachstand")

SMALL: Final = _words("""
    der die das den dem des ein eine einen einem einer eines und oder hat haben hatte hatten ist sind war waren
    wurde wurden worden wird werden werde es er sie ihn ihm ihr ihre ihrer ihren von vom im in am an aus bei
    beim durch denn eigentlich bitte mir uns ich sie mal alle aller allen insgesamt bisher schon noch je jemals
    was wie welche welcher welches welchen welchem zum als auch nur so dann da dazu dessen deren diese dieser
    dieses diesen diesem unser unsere unseres unserem unseren mein meine meines ihres ihrem euer eure kannst
    kann können könnten könnte du möchte möchten wollen will wissen gerne gern sagen fraktion fraktionen gruppe
    partei parteien stadtrat rat seit nr nummer dieselbe jahr jahre jahren jahres davon darunter mit worüber wo
    man the a an of by did has have was were which what is in bislang derzeit aktuell aktuellen momentan
    inzwischen jetzt nun heute eben hier selbst gemeinsam gemeinsame gemeinsamen interfraktionelle
    interfraktionellen überhaupt genau einzeln jeweils verschiedene verschiedenen ja ok hallo danke guten tag
    frage
""")
TOPIC: Final = _words(
    "zu zum zur über betreffend betrifft bezüglich wegen für thema themen hinsichtlich rund um about on regarding"
)
"""What a topic begins with."""

NUMBER_WORDS: Final = {
    fold(word): n
    for n, word in enumerate("null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split())
    if n > 1
}
LOWERCASE_FACTIONS: Final = {
    "gruene": "Bündnis 90/Die Grünen",
    "gruenen": "Bündnis 90/Die Grünen",
    "linke": "Die Linke",
    "linken": "Die Linke",
}
"""Typed without capitals they may be colours and sides; in a question about motions they are groups."""
