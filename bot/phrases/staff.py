"""What signed-in staff read on the web page. German only: staff of German city halls."""

from __future__ import annotations

from ingest.types import Kind

TITLE = "Verwaltung der Papiere"
SIGNED_IN_AS = "Angemeldet als {name}"
UPLOAD = "Papier aufnehmen"
FILE = "Datei"
FILE_HINT = "PDF, Word, OpenDocument, RTF, HTML, Markdown, Text, PowerPoint oder Excel, höchstens 20 MB."
VISIBILITY = "Wer darf das Papier sehen?"
PUBLIC = "Öffentlich"
NONPUBLIC = "Nichtöffentlich"
LOOK = "Prüfen"
LOOK_NOTE = "Zuerst sehen Sie, was verstanden wurde; aufgenommen wird erst danach."
ATTENTION = "Braucht Aufmerksamkeit"
ATTENTION_NONE = "Alle Dateien sind lesbar."
CHANGES = "Letzte Änderungen am Bestand"
AUDIT = "Wer was geändert hat"
NONE_YET = "Noch nichts."
TIME = "Zeit"
WHO = "Wer"
WHAT = "Was"
PAPER = "Papier"
OUTCOME = "Ergebnis"
REASON = "Grund"
CORRECT = "Angaben berichtigen"
WITHDRAW = "Zurückziehen"
WITHDRAW_NOTE = (
    "Das Papier verschwindet aus allen Antworten, auch aus früheren Ständen. Die Datei bleibt, wo sie ist; das Papier "
    "kommt erst wieder, wenn sie sich ändert."
)
WITHDRAW_SURE = "Ja, dieses Papier zurückziehen"
PREVIEW = "Das wurde verstanden"
PREVIEW_NOTE = (
    "Noch ist nichts aufgenommen. Was nicht stimmt, können Sie hier berichtigen; leere Felder bleiben wie erkannt."
)
PREVIEW_FAILED = "Diese Datei kann nicht aufgenommen werden."
TURNED_NONPUBLIC = (
    "Das Papier sagt von sich selbst, dass es nichtöffentlich ist. Es wird deshalb nur als nichtöffentlich aufgenommen."
)
MAY_NOT_NONPUBLIC = "Nichtöffentliche Papiere nimmt diese Seite nicht an (RATSLOTSE_WEB_NONPUBLIC)."
ALREADY_THERE = "Eine Datei „{name}“ gibt es dort schon."
REPLACE = "Die vorhandene Datei ersetzen"
ACCEPT = "Aufnehmen"
SAVE = "Speichern"
CANCEL = "Verwerfen"
UNDERSTOOD = "erkannt: {value}"
NOT_UNDERSTOOD = "nicht erkannt"
COMMENTS = "Kommentare in der Datei mit den Angaben gehen beim Speichern verloren; eigene Schlüssel bleiben."
NO_FILE = "Bitte wählen Sie eine Datei aus."
BAD_NAME = "Der Dateiname „{name}“ ist nicht möglich. Erlaubt sind {endings}."
BAD_FIELD = "„{label}“: Das ist nicht zu verstehen. {hint}"
BAD_DATE = "Bitte in der Form 2023-04-26 angeben."
BAD_URL = "Bitte eine Adresse mit https:// angeben."
BAD_CHOICE = "Bitte einen der angebotenen Werte wählen."
BAD_STAND = "Bitte als 2023-04-26, 2023-04 oder 2023 angeben."
GONE_DRAFT = "Diesen Entwurf gibt es nicht mehr. Bitte laden Sie die Datei noch einmal hoch."
NEEDS_CONFIRMATION = "Bitte bestätigen Sie das erst."
BUSY = "Am Index wird gerade gearbeitet. Bitte versuchen Sie es in einer Minute noch einmal."
TOO_SLOW = "Das Einlesen dauerte länger als {seconds} Sekunden und wurde abgebrochen. Der bisherige Stand gilt weiter."
INGEST_FAILED = "Das Einlesen ist gescheitert: {reason} Der bisherige Stand gilt weiter."
NOT_WRITABLE = "Die Datei kann nicht geschrieben werden ({reason})."
SETTLE = "Wer darf das Papier sehen?"
SETTLE_NOW = "Zurzeit: {who}."
SETTLE_NOTE = "Die Entscheidung wird vermerkt und geht allem vor, was das Papier von sich selbst sagt."
SETTLE_PUBLIC = "Als öffentlich festlegen"
SETTLE_NONPUBLIC = "Als nichtöffentlich festlegen"
DONE = {
    "begun": "begonnen",
    "added": "aufgenommen",
    "changed": "geändert",
    "removed": "zurückgezogen",
    "unchanged": "unverändert",
    "failed": "fehlgeschlagen",
    "unsupported": "nicht unterstützt",
}
ACTIONS = {"upload": "aufgenommen", "correct": "berichtigt", "withdraw": "zurückgezogen", "settle": "festgelegt"}

FIELDS = {
    "title": "Titel",
    "kind": "Art",
    "number": "Nummer",
    "date": "Datum",
    "as_of": "Stand",
    "body": "Gremium",
    "factions": "Fraktionen",
    "subject": "Betreff",
    "procedure": "Vorgang",
    "paper_type": "Art im Ratssystem",
    "url": "Adresse des Originals",
}
"""Keys of a sidecar that can be corrected on the page, in the order of the form."""

KINDS = {
    Kind.MOTION: "Antrag / Anfrage",
    Kind.PROTOCOL: "Niederschrift",
    Kind.REPORT: "Vorlage / Bericht",
    Kind.OTHER: "Sonstiges",
}
