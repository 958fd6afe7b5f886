"""Words by which the administration says yes, no, later, or "we do not know". Tables, read off 40 statements.

Every cue is a sentence-level sign, none a verdict: how much it counts is learned (`bot.ledger.weights`).
"""

from __future__ import annotations

import re
from enum import StrEnum


class Cue(StrEnum):
    """What a sentence signals."""

    YES_OR_NO = "yes_or_no"
    NO_DATA = "no_data"
    REFUSED = "refused"
    DEFERRED = "deferred"
    PROMISED = "promised"
    DONE = "done"
    LIMITED = "limited"
    DENIED = "denied"


_TABLE: dict[Cue, tuple[str, ...]] = {
    Cue.YES_OR_NO: (
        r"^\W*(?:\d+[.)]\s*)?(?:Ja|Nein)\b",
        r"\btrifft (?:nicht )?zu\b",
        r"\b(?:ist|sind) (?:nicht )?zutreffend\b",
        r"\b(?:stimmt|teilt) (?:der|die|diese|dem)\b",
        r"\b(?:nicht|keine?) bestätigt\b",
    ),
    Cue.NO_DATA: (
        r"\b(?:keine|keinerlei)\s+(?:\w+\s+){0,3}?(?:Angaben?|Daten|Zahlen|Informationen|Erkenntnisse|Auskunft|"
        r"Auskünfte|Statistik\w*|"
        r"Kenntnis\w*|Aussagen?|Auswertung\w*|Erhebung\w*|Übersicht)\b",
        r"\bkein Datum\b",
        r"\bentzieht sich\b",
        r"\b(?:kann|können|konnte|konnten)\b.{0,90}\bnicht\b.{0,40}\b(?:genannt|beziffert|beantwort\w+|"
        r"angegeben|benannt|ermittelt|"
        r"beurteilt|abgeschätzt|geben|getroffen|gemacht|nachvollzogen)\b",
        r"\b(?:nicht|nicht gesondert|statistisch nicht) (?:erfasst|erhoben|geführt|ausgewertet|vorhanden|verfügbar)\b",
        r"\bliegen\b.{0,60}\bnicht vor\b",
        r"\b(?:ist|sind)\b.{0,40}\bnicht bekannt\b",
    ),
    Cue.REFUSED: (
        r"\b(?:lehnt|lehnen)\b.{0,80}\bab\b|\babzulehnen\b|\babgelehnt\b|\bAblehnung\b",
        r"\bnicht (?:zielführend|sinnvoll|notwendig|erforderlich|angezeigt|zulässig|umsetzbar|realisierbar|"
        r"wirtschaftlich|vertretbar|"
        r"leistbar|darstellbar|befürwortet|empfohlen|unterstützt|weiterverfolgt|weiter verfolgt|gesehen|"
        r"beizutreten|finanzierbar)\b",
        r"\b(?:keine?|keinen)\s+(?:\w+\s+){0,2}?(?:Notwendigkeit|Bedarf|Handlungsbedarf|Anlass|Möglichkeit\w*|"
        r"Veranlassung|Mehrwert)\b",
        r"\b(?:empfiehlt|empfehlen|rät)\b.{0,120}\bnicht\b",
        r"\bsollte(?:n)? nicht\b|\bdarf nicht\b|\bdürfen nicht\b|\bsteht\b.{0,40}\bentgegen\b|\bwird abgesehen\b",
        r"\bkann\b.{0,80}\bnicht (?:gefolgt|zugestimmt|entsprochen|umgesetzt)\b",
    ),
    Cue.DEFERRED: (
        r"\bspäteren? Zeitpunkt\b|\bzurückgestellt\b|\bzurückzustellen\b|\bvertagt\b|\bverschoben\b",
        r"\bin (?:einer|eine) (?:der nächsten|nichtöffentlichen)\b|\bnächsten \w*(?:[Ss]itzung|ausschuss)\w*",
        r"\berst nach\b|\bnach (?:Abschluss|Vorliegen|Klärung)\b|\bzu gegebener Zeit\b",
        r"\b(?:wird|werden)\b.{0,120}\b(?:berichten|berichtet|informieren|informiert|darstellen|dargestellt|"
        r"vorgestellt|vorgelegt)\b",
    ),
    Cue.PROMISED: (
        r"\b(?:wird|werden)\b.{0,160}\b(?:prüfen|geprüft|erarbeitet|erarbeiten|umgesetzt|umsetzen|"
        r"aufgenommen|aufnehmen|erstellt|"
        r"entwickelt|eingeführt|ausgebaut|angestrebt|verfolgt|definieren|berücksichtigt|integriert|ergänzt|"
        r"erweitert|weiter\w*)\b",
        r"\b(?:begrüßt|befürwortet|unterstützt)\b|\bgerne? (?:bereit|auf|um)\b|\bsagt\b.{0,30}\bzu\b",
        r"\b(?:ist|sind)\b.{0,60}\b(?:geplant|vorgesehen|beabsichtigt|in Planung|in Arbeit|in Vorbereitung|"
        r"angedacht)\b",
        r"\b(?:derzeit|aktuell|momentan)\b.{0,100}\b(?:geprüft|erarbeitet|vorbereitet|erstellt|umgesetzt|"
        r"entwickelt)\b|\blaufen noch\b",
        r"\bsoll(?:en)?\b|\bzeitnah\b|\bkünftig\w*\b|\bperspektivisch\b|\bin Kürze\b",
    ),
    Cue.DONE: (
        r"\b(?:wurde|wurden)\b.{0,120}\b\w+(?:t|en)\b",
        r"\bbereits\b|\b(?:ist|sind) (?:erfolgt|umgesetzt|abgeschlossen|eingerichtet)\b|\bseit (?:vielen Jahren|"
        r"\d{4}|\w+ \d{4})\b",
        r"\bsteht\b.{0,60}\bzur Verfügung\b|\bstehen\b.{0,60}\bzur Verfügung\b",
    ),
    Cue.LIMITED: (
        r"\b(?:nur|lediglich|teilweise|zum Teil|in Teilen|vereinzelt|eingeschränkt)\b",
        r"\b(?:allerdings|jedoch|grundsätzlich|noch nicht|noch keine?|nicht vollständig|nicht abschließend|"
        r"voraussichtlich)\b",
        r"\b(?:beispielhaft|beispielsweise|zum Beispiel|exemplarisch|z\. ?B\.|unter anderem|u\. ?a\.)",
        r"\bkönnte[n]?\b|\bdenkbar\b|\bwäre[n]?\b|\bvorbehaltlich\b|\bVoraussetzung\b",
    ),
    Cue.DENIED: (r"\b(?:nicht|kein|keine|keinen|keiner|keinerlei|nie|weder)\b",),
}
_PATTERNS = {cue: re.compile("|".join(f"(?:{pattern})" for pattern in rows)) for cue, rows in _TABLE.items()}

_ASKS = re.compile(
    r"\?|^\W*(?:Wie|Was|Wann|Warum|Welche\w*|Wer|Wo|Weshalb|Wieso|Inwie\w+|In welche\w*|Wurde\w*|Gibt es|Ist|"
    r"Sind|Hat|Haben)\b"
)
_YES_OR_NO = re.compile(
    r"(?:^|[.?!:;]\s+|^Falls[^,]*,\s*|Wenn (?:ja|nein),\s*)(?:Ist|Sind|Hat|Haben|Hatte\w*|Gibt|Gab|Wird|Werden|"
    r"Wurde\w*|Waren?|Kann|Können|"
    r"Könnte\w*|Soll\w*|Teilt|Stimmt|Liegt|Liegen|Ließe|Besteht|Bestehen|Plant|Sieht|Trifft|Existier\w+|Sinkt|Steigt)\b"
)
_REPORTS = re.compile(
    r"\b(?:legt dar|stellt dar|stellt\b[^.?!]{0,120}\b(?:vor|dar)\b|zeigt auf|berichtet|informiert|erläutert|"
    r"führt aus|gibt Auskunft|Darstellung|Übersicht|Bericht|Einordnung|"
    r"Präsentation|prüft|überprüft|untersucht|ermittelt)\b"
)


class Ask(StrEnum):
    """What kind of thing a point asks for."""

    REQUEST = "request"
    ACCOUNT = "account"
    YES_OR_NO = "yes_or_no"
    QUESTION = "question"


def cues_of(sentence: str) -> frozenset[Cue]:
    """Return what a sentence signals."""
    return frozenset(cue for cue, pattern in _PATTERNS.items() if pattern.search(sentence))


def asks_to_report(point: str) -> bool:
    """Tell whether a point asks, among other things, for an account of something."""
    return _REPORTS.search(point) is not None


def ask_of(point: str) -> Ask:
    """Return what a point asks for: to do something, to give account of something, yes or no, or an open question."""
    if _ASKS.search(point):
        return Ask.YES_OR_NO if _YES_OR_NO.search(point) else Ask.QUESTION
    return Ask.ACCOUNT if _REPORTS.search(point) else Ask.REQUEST
