"""One row a trap: a German stretch and the sentences it holds, with the reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentences

ROWS = [
    # abbreviations before a capital or a number
    (["Die Vorlage Nr. 5 wurde vertagt.", "Danach war Pause."], "Nr. and a number"),
    (["Gem. § 34 Abs. 2 GemO gilt das nicht."], "Gem. and Abs."),
    (["Die Stadt zahlt ca. 3,5 Mio. Euro im Jahr."], "ca. and Mio. before a unit"),
    (["Gefördert werden z. B. Schulen.", "Auch Kitas sind dabei."], "z. B. with a space"),
    (["Gefördert werden z.B. Schulen.", "Auch Kitas sind dabei."], "z.B. without a space"),
    (["Das betrifft u. a. Ämter und Betriebe."], "u. a."),
    (["Die Mittel sind i. H. v. 20.000 Euro im Haushalt."], "i. H. v."),
    (["Frau Dr. Müller leitet das Amt."], "a title"),
    (["Es spricht EBM Dr. Mayer zu TOP 4a."], "two titles"),
    (["Die Kosten betragen rd. 90 Mio. Euro p. a. Netto."], "p. a. in front of a capital stays"),
    (["Der Ausschuss tagt i. d. R. Mittwochs."], "i. d. R."),
    (["Siehe Anl. 2 und Ziff. 3 der Vorlage."], "Anl. and Ziff."),
    (["Bürger, Vereine usw. wurden gehört.", "Der Rat stimmte zu."], "usw. inside, a stop later"),
    (["Es gab Lob, Kritik usw.", "Der Rat stimmte zu."], "usw. at an end: a typical first word follows"),
    (["Das kostet 3 Mio.", "Die Mittel stehen bereit."], "Mio. at an end"),
    (["Die St. Martin-Schule wird saniert."], "St."),
    (["Die Fa. Muster GmbH & Co. KG liefert."], "Co. KG"),
    (["Das Gebäude in der Karlstr. 5 wird verkauft."], "str. in a street"),
    (["Vorgesehen sind 89,76 Mio. € im Jahr."], "Mio. before a sign"),
    # ordinals and dates
    (["Am 3. Mai 2024 tagt der Rat."], "ordinal before a month"),
    (["Die 2. Lesung folgt im Dezember."], "ordinal before what it counts"),
    (["Das gilt ab dem 1. Januar.", "Vorher nicht."], "month at an end"),
    (["Der Rat tagt am 24. 6. 2025 wieder."], "a date with spaces"),
    (["Im 1. Quartal 2025 beginnt der 2. Bauabschnitt."], "quarter and section"),
    (["Es gilt bis 2026.", "Danach läuft es aus."], "a year ends a sentence"),
    (["Es waren 12.", "Die Zahl sinkt."], "a small number ends a sentence"),
    (["Die GRDrs 862/2021 1. Ergänzung nennt 3,1 Stellen."], "a version of a paper"),
    (["Der 27. April war ein Donnerstag."], "article, ordinal, month"),
    # numbers
    (["Der Preis steigt auf 1.250.000,50 Euro."], "dots and commas in a number"),
    (["Die Antwort steht in 2.3.1 des Berichts."], "section numbers"),
    (["Um 16.30 Uhr beginnt die Sitzung."], "a time"),
    # other ends
    (["Wird das gebaut?", "Ja!", "Wann genau?"], "question and exclamation marks"),
    (["Er sagte: „Das geht nicht.“", "Dann ging er."], "a stop inside quotation marks"),
    (["(Siehe oben.)", "Weiter im Text."], "a stop inside brackets"),
    (["Das ist … nicht sicher."], "an ellipsis inside"),
    (["Kontakt: datenschutz@example.org.", "Danke."], "an address"),
    (["Siehe www.example.org/papiere.html für mehr."], "a link"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "reason"), ROWS, ids=[reason for _, reason in ROWS])
def test_a_sentence_ends_where_a_reader_would_end_it(expected: list[str], reason: str) -> None:
    text = " ".join(expected)

    assert [span.of(text) for span in sentences(text)] == expected, reason


LAYOUTS = [
    ("Abstimmungsergebnis:\nEinstimmig zugestimmt\n\n\nDer Vorsitzende ruft auf.",
     ["Abstimmungsergebnis:\nEinstimmig zugestimmt", "Der Vorsitzende ruft auf."], "a label keeps its value"),
    ("1. Wie viele Stellen sind frei?\n2. Wann werden sie besetzt?",
     ["1. Wie viele Stellen sind frei?", "2. Wann werden sie besetzt?"], "numbered points are sentences"),
    ("Geplant sind:\n- ein Portal\n- eine App", ["Geplant sind:", "- ein Portal", "- eine App"], "list items"),
    ("Die Verwaltung hat im vergangenen Jahr sehr viele Dienste am Netz eingeführt, die gut\n"
     "angenommen werden. Weitere folgen in den nächsten beiden Jahren nach dem Beschluss.",
     ["Die Verwaltung hat im vergangenen Jahr sehr viele Dienste am Netz eingeführt, die gut\nangenommen werden.",
      "Weitere folgen in den nächsten beiden Jahren nach dem Beschluss."], "a wrapped line does not end a sentence"),
    ("Kurzfassung\nDie Verwaltung empfiehlt nach eingehender Prüfung, den Antrag abzulehnen.",
     ["Kurzfassung", "Die Verwaltung empfiehlt nach eingehender Prüfung, den Antrag abzulehnen."], "a heading line"),
    ("Jahr\tStellen\n2022\t98\n2024\t180", ["Jahr\tStellen", "2022\t98", "2024\t180"], "table rows"),
    ("Zu dieser Frage nimmt die Verwaltung der Stadt im Haushalt der Jahre 2024 und 2025 so Stellung:\n"
     "Vergütung und Größe werden geändert, indem mit dem Antrag der Aufsichtsrat der Digital MoveS\n"
     "GmbH größer wird. Das ist eine sehr lange Zeile, denn hier ist ein Trennstrich am Ende verbunden worden, so"
     " dass zwei Zeilen eine sind.\nDie Verwaltung legt dazu in der nächsten Sitzung einen eigenen Bericht vor.",
     ["Zu dieser Frage nimmt die Verwaltung der Stadt im Haushalt der Jahre 2024 und 2025 so Stellung:\n"
      "Vergütung und Größe werden geändert, indem mit dem Antrag der Aufsichtsrat der Digital MoveS\nGmbH größer wird.",
      "Das ist eine sehr lange Zeile, denn hier ist ein Trennstrich am Ende verbunden worden, so dass zwei Zeilen "
      "eine sind.", "Die Verwaltung legt dazu in der nächsten Sitzung einen eigenen Bericht vor."],
     "one long line does not unwrap the others"),
    ("Beschlußantrag:\nBegründung:\nRund 100.000 Akten sind zu scannen.",
     ["Beschlußantrag:", "Begründung:\nRund 100.000 Akten sind zu scannen."], "an empty label stays empty"),
    ("Der Rat tagt am\n3. Mai wieder im großen Saal des Rathauses am Marktplatz der Stadt.",
     ["Der Rat tagt am\n3. Mai wieder im großen Saal des Rathauses am Marktplatz der Stadt."],
     "an ordinal at the start of a wrapped line is no list item"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), LAYOUTS, ids=[row[2] for row in LAYOUTS])
def test_lines_belong_together_only_where_a_page_wrapped_them(text: str, expected: list[str], reason: str) -> None:
    assert [span.of(text) for span in sentences(text)] == expected, reason


@given(st.text(alphabet="aB1.,:;!?-\n\t „“()", max_size=200))
def test_sentences_hold_every_character_once_and_in_order(text: str) -> None:
    spans = sentences(text)

    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
