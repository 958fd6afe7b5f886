"""Heads of many council systems: each says in its own way that its paper is, or is not, for everybody."""

from __future__ import annotations

import pytest

from ingest.sidecar import Sidecar
from ingest.visibility.deciding import Clues, decide

_REST = "\n\nBetreff: Verkauf eines Grundstücks\n\nBeschlussvorschlag:\nDer Verkauf wird beschlossen."

CONFIDENTIAL = [
    # (head, reason)
    ("Sitzungsvorlage Nr. 2029/113\n- nichtöffentlich -", "a banner between dashes"),
    ("NICHTOEFFENTLICHE BESCHLUSSVORLAGE", "without umlaut"),
    ("N I C H T Ö F F E N T L I C H E   S I T Z U N G", "spaced letters"),
    ("N-I-C-H-T-Ö-F-F-E-N-T-L-I-C-H", "letters set apart by hyphens"),
    ("ＮＩＣＨＴＯＥＦＦＥＮＴＬＩＣＨ", "full-width letters"),
    ("Nichto\u0308ffentliche Mitteilungsvorlage", "decomposed umlaut"),
    ("Nicht\u00adöffentliche Drucksache 17/2029", "soft hyphen"),
    ("Nichtöﬀentliche Vorlage", "ligature"),
    ("Nicht-\nöffentliche Sitzungsvorlage Nr. 12", "a word cut at the line's end"),
    ("NICHT\nÖFFENTLICHE\nSITZUNG", "one word a line"),
    ("Nichtöffentl. Sitzung des Verwaltungsausschusses am 3. Mai 2029", "abbreviated"),
    ("Drucksache 17/2029 n.ö.", "abbreviated to letters"),
    ("BV/2029/044-NÖ", "in a number"),
    ("TOP: NÖ 4\nGemeinderat", "as an agenda item"),
    ("TOP 12 nö Grundstücksverkauf", "small letters behind an agenda item"),
    ("Beschlussvorlage / nö", "a mark at the line's end"),
    ("Drucksachen-Nr.: 2029/44 (nichtöffentlich)", "in brackets"),
    ("Stadt Neuberg          nichtöffentlich          Vorlage 113/29", "a part of a letterhead"),
    ("Dokumentenart | Beschlussvorlage | nichtöffentlich", "a cell"),
    ("Stadtrat, 3. Mai 2029 – nichtöffentlich –", "session and status in one line"),
    ("Status:\tnichtöffentlich", "ALLRIS: a field with a tab"),
    ("**Status:** nichtöffentlich", "a field in Markdown"),
    ("| Status | nichtöffentlich |", "a row of Markdown"),
    ("Behandlung\nnicht öffentlich", "a label above its value"),
    ("Gremium\nPersonalausschuss\nSitzungstermin\n03.05.2029\nBehandlung\nnicht öffentlich", "a block of labels"),
    ("Öffentlichkeitsstatus: N", "one letter"),
    ("Sitzung (ö/nö): nö", "a label that is a choice"),
    ("öffentlich: nein", "denied"),
    ("Veröffentlichung im Internet: nein", "may not be published"),
    ("Öffentlichkeit ausgeschlossen", "in other words"),
    ("Vertraulichkeitsstufe: hoch", "a grade"),
    ("öffentlich: ☐ ja ☒ nein", "a ticked no"),
    ("☐ öffentlich   ☒ nichtöffentlich", "boxes before their words"),
    ("öffentlich [ ]   nichtöffentlich [X]", "boxes behind their words"),
    ("☐ öffentlich\n☒ nicht öffentlich", "a box a line"),
    ("Behandlung\n\uf0a8 öffentlich\n\uf0fe nichtöffentlich", "boxes of a symbol font"),
    ("Beratung in  □ öffentlicher   ■ nichtöffentlicher Sitzung", "filled boxes, inflected words"),
    ("öffentlich X nichtöffentlich", "whose tick it is cannot be told"),
    ("☒ öffentlich ☒ nichtöffentlich", "both"),
    ("Niederschrift\nüber den nichtöffentlichen Teil der Sitzung des Rates", "a title over two lines"),
    ("Niederschrift über die öffentliche und nichtöffentliche Sitzung des Ortsrates", "both parts in one paper"),
    ("Beschlussauszug\naus der nichtöffentlichen Sitzung des Rates vom 3. Mai 2029", "an extract"),
    ("Einladung\nzur nichtöffentlichen Sitzung des Stadtrates", "an invitation"),
    ("Vorlage für die nichtöffentliche Sitzung des Gemeinderats am 3. Mai 2029", "for a session"),
    ("Zu behandeln in nichtöffentlicher Sitzung", "an order about itself"),
    ("Ergebnisprotokoll der nichtöffentlichen Klausurtagung", "another kind of session"),
    ("Diese Vorlage ist nach § 46 GO nichtöffentlich zu beraten.", "a sentence about itself, with its rule"),
    ("Hinweis: Die Beratung der Vorlage erfolgt nichtöffentlich.", "a sentence behind a label"),
    ("Der Inhalt dieser Vorlage unterliegt der Verschwiegenheit.", "secrecy of its own content"),
    ("Dieses Dokument darf nicht an Dritte weitergegeben werden.", "may not be handed on"),
    ("Wir bitten um vertrauliche Behandlung dieser Unterlagen.", "a plea"),
    ("VERTRAULICH – nur für Mitglieder des Rates", "confidential"),
    ("PERSÖNLICH / VERTRAULICH\nHerrn Stadtrat Muster", "a letter"),
    ("Beschluss des Rates in nichtöffentlicher Sitzung – vertraulich", "a mention, and a banner beside it"),
    ("VS – Nur für den Dienstgebrauch", "classified"),
    ("Nur für den internen Gebrauch", "for the house alone"),
    ("- INTERN -\nVermerk", "a word that counts alone only"),
    ("Nicht zur Veröffentlichung bestimmt!", "not to be published"),
    ("Unter Ausschluss der Öffentlichkeit\nProtokoll", "in other words"),
    ("Vertrauliche Kostenkalkulation", "a paper of a kind that nobody has listed"),
    ("Nichtöffentliche Kostenberechnung zum Neubau", "the same"),
    ("Geheimhaltung gem. § 35 GemO", "with its paragraph"),
    ("Es gilt die Verschwiegenheitspflicht nach § 17 GemO.", "an order to its readers"),
    ("Nichtöffentlich zu beraten gemäß § 35 GemO", "how it is to be dealt with"),
    ("Gemeinde Waldau\nVorlage GR 44/2029\n\nnö\n\nzu TOP 6", "two letters alone"),
    ("VO/29/44\nöffentlich\nNein", "an answer below"),
    ("NICHTÖFFFENTLICH", "a letter too many"),
    ("Nciht öffentlcihe Vorlage", "letters swapped, in two words"),
    ("N¡chtöffentliche Vorlage", "a letter misread"),
    ("Verschlussache Nr. 12", "another word, a letter too few"),
    ("Vorlage ist öffentlich: nein", "a label of many words"),
    ("Grund der Nichtöffentlichkeit: Personal", "a reason given is a sign"),
    ("Gremium: Rat  Status: nö  Datum: 03.05.2029", "a field among others"),
    ("Sitzungsteil N", "a field without a colon"),
    ("Gemeinderat - nö - 03.05.2029", "a part between dashes"),
    ("öffentlich  ja [ ]  nein [x]", "boxes behind a label without a colon"),
    ("TOP N 4", "the numbering of a council system"),
    ("Sichtbar für: Mandatsträger", "whoever is named is not everybody"),
    ("wird nichtöffentlich beraten", "a sentence without its subject"),
    ("Beratung in nichtöffentlicher Sitzung erforderlich", "what is needed lies ahead"),
    ("Der Vorgang ist nichtöffentlich.", "any sentence of the head that is not about the past"),
    ("Hiermit lade ich Sie zu einer nichtöffentlichen Sitzung ein.", "an invitation in a sentence"),
    ("Weitergabe an Dritte untersagt", "may not be handed on, without a verb"),
    ("Nicht im Internet veröffentlichen", "an order"),
    ("Nur für Gremienmitglieder", "for a few"),
    ("Geheime Sitzung des Rates", "another word"),
    ("Not for publication", "English"),
    (
        "Beratungsfolge\nHauptausschuss 03.05.2029 nichtöffentlich Vorberatung\n"
        "Gemeinderat 10.05.2029 nichtöffentlich Entscheidung",
        "never dealt with in public",
    ),
]

HARMLESS = [
    ("Sitzungsvorlage\n- öffentlich -", "says the opposite"),
    ("Status: öffentlich", "a field"),
    ("Öffentlich\nJa", "a field over two lines"),
    ("Vertraulich: nein", "denied"),
    ("öffentlich: ☒ ja ☐ nein", "a ticked yes"),
    ("☒ öffentlich ☐ nichtöffentlich", "the other box"),
    ("nicht öffentliche Sitzung [ ]\nöffentliche Sitzung [x]", "the other box, below"),
    ("Öffentlich x   Nichtöffentlich", "a tick nearer to the other word"),
    ("Öffentlich ☐ Nichtöffentlich ☐", "choices without a tick"),
    ("Öffentlich  Nichtöffentlich", "choices whose boxes are lost"),
    ("Gremium Termin TOP ö nö Ergebnis\nGemeinderat 03.05.2029 12 x", "columns whose tick cannot be read"),
    ("Gremium Termin TOP\nö\nnö\nGemeinderat 03.05.2029 12 x", "the same, one word a line"),
    ("GremiumTerminTOPönö", "the same, glued together"),
    (
        "Beratungsfolge\nHauptausschuss 03.05.2029 nichtöffentlich Vorberatung\n"
        "Gemeinderat 10.05.2029 öffentlich Entscheidung",
        "a preliminary session",
    ),
    ("Beratungsfolge:\nVerwaltungsausschuss\t03.05.2029\tN\nRat\t10.05.2029\tÖ", "letters"),
    ("Beratungsfolge | Termin | Status\nHauptausschuss | 12.09.2029 | nicht öffentlich | Vorberatung", "one row"),
    (
        "Gremium\nBauausschuss\nStadtrat\nSitzungstermin\n01.05.2029\n03.05.2029\nBehandlung\nnicht öffentlich\n"
        "öffentlich",
        "set column by column",
    ),
    ("Hauptausschuss 12.09.2029 Nicht öffentlich Kenntnisnahme", "a row without its table"),
    ("Die Vorlage wurde in nichtöffentlicher Sitzung vorberaten.", "an earlier session"),
    ("Eilentscheidung: Die Vorlage wird nach der nichtöffentlichen Vorberatung öffentlich beschlossen.", "the same"),
    ("Unterlage zur nichtöffentlichen Behandlung am 04.12.2029", "an earlier session, in Stuttgart's words"),
    ("Vorberatung: nichtöffentlich im Hauptausschuss", "a field about another session"),
    ("Bekanntgabe nichtöffentlich gefasster Beschlüsse", "what is being published"),
    ("Bekanntgaben aus nichtöffentlicher Sitzung", "the same"),
    ("Antrag: Protokolle nichtöffentlicher Sitzungen veröffentlichen", "the topic of a motion"),
    ("Anfrage: Umgang mit vertraulichen Unterlagen in den Ausschüssen", "the topic of an inquiry"),
    ("Anfrage: Warum wurde die Vorlage nichtöffentlich behandelt?", "a question"),
    ("Geschäftsordnung\n§ 5 Nichtöffentliche Sitzung", "the heading of a rule"),
    ("(1) Die Sitzung ist nichtöffentlich, wenn das öffentliche Wohl es erfordert.", "a rule with its condition"),
    ("Die Ausschussmitglieder sind zur Verschwiegenheit verpflichtet.", "a duty of people"),
    ("Nicht öffentlich zugängliche Spielplätze öffnen", "a place"),
    ("Nichtöffentliche Ladepunkte in Parkhäusern", "a thing that no council reads"),
    ("Vertrauliche Geburt: Angebote der Stadt", "another confidence"),
    ("Wir bieten vertrauliche Beratung für Jugendliche.", "a sentence"),
    ("Die Wahl wird geheim mit Stimmzetteln durchgeführt.", "a secret ballot"),
    ("Einladung zur öffentlichen Sitzung\nEs schließt sich ein nichtöffentlicher Teil an.", "what comes after"),
    ("Der Vorsitzende stellt die Nichtöffentlichkeit her.", "what comes after, in a protocol"),
    ("Die Verwaltung wird zu Fragen des Datenschutzes bei der Stadt\nin einer nichtöffentlichen Sitzung berichten.",
     "a promise over two lines"),
    ("Antrag: Verzicht auf nichtöffentliche Vorberatung", "what shall not be"),
    ("Beginn: 18 Uhr Ende: 19 Uhr\nIm Anschluss nichtöffentliche Sitzung", "what comes after, in a few words"),
    ("Jahresstatistik\nNichtöffentliche Sitzungen: 9", "a count"),
    ("Sitzungsgeld: 40 Euro je öffentlicher oder nichtöffentlicher Sitzung", "either"),
    ("Interne Revision – Jahresbericht 2028", "the name of an office"),
    ("Die Anlage 3 ist nichtöffentlich.", "another paper"),
    ("Anlagen: 2 (eine nichtöffentlich)", "other papers"),
    ("Entwicklung im Nordosten (NÖ)", "what the letters stand for is said"),
    ("nichtöffentlich\nX öffentlich", "a tick belongs to its own line"),
    ("Öffentlich: X Nichtöffentlich: –", "a dash is an empty box"),
    ("Antwort auf die nichtöffentlich gestellte Anfrage", "another paper, in a participle"),
    ("Aus Sicht öffentlicher Belange bestehen keine Bedenken.", "nearly the same letters"),
    ("Vertraglich vereinbarte Leistungen", "nearly the same letters"),
    ("Verteiler nach öffentlicher Bekanntmachung", "nearly the same letters"),
    ("Beratungsstelle: anonym und vertraulich", "a service"),
    ("NÖ Landesregierung: Erfahrungen aus St. Pölten", "Lower Austria"),
    ("Verkehrskonzept Nord (N)", "a letter of something else"),
]  # fmt: skip


def _decided(head: str) -> Clues:
    return Clues(path="papier.txt", folders=("2029",), name="papier.txt", sidecar=Sidecar(), pages=(head + _REST,))


@pytest.mark.parametrize(("head", "reason"), CONFIDENTIAL)
def test_a_paper_that_calls_itself_confidential_is_held_back_with_the_sign_and_one_step(head: str, reason: str) -> None:
    verdict = decide(_decided(head))

    assert verdict.visibility == "nonpublic", reason
    assert len(verdict.warnings) == 1
    assert "settle papier.txt --public" in verdict.warnings[0]


@pytest.mark.parametrize(("head", "reason"), HARMLESS)
def test_what_is_said_of_something_else_holds_nothing_back(head: str, reason: str) -> None:
    verdict = decide(_decided(head))

    assert verdict.visibility == "public", reason
    assert verdict.warnings == ()
