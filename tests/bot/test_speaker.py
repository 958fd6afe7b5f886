"""Who speaks: forms of Stuttgart and Karlsruhe, one row each with the speakers of its turns in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.speaker import speaker_of, speakers_in
from ingest.types import Kind, Section, SectionRole, Span
from tests.builders import a_document

ROWS = [
    # labels
    ("Stadtrat Beck (SPD): Wir stimmen zu.", ["Stadtrat Beck (SPD)"], "councillor"),
    ("StRin Müller (GRÜNE): Die Mittel reichen nicht.", ["StRin Müller (GRÜNE)"], "Stuttgart's short form"),
    ("Stadtrat Kalmbach (FW|FÜR): Nein.", ["Stadtrat Kalmbach (FW|FÜR)"], "a stroke in the group"),
    ("Stadträtin Göttel (DIE LINKE.): Das ist zu wenig.", ["Stadträtin Göttel (DIE LINKE.)"], "a stop in the group"),
    ("EBM Dr. Mayer: Das prüfen wir.", ["EBM Dr. Mayer"], "a mayor needs no group"),
    ("Der Vorsitzende: Gut.", ["Der Vorsitzende"], "the chair"),
    ("Die Vorsitzende: Wir stimmen ab.", ["Die Vorsitzende"], "the chair, a woman"),
    ("Oberbürgermeister Dr. Nopper: Danke.", ["Oberbürgermeister Dr. Nopper"], "the mayor"),
    ("Bürgermeisterin Luchs-Schwarz: Das stimmt.", ["Bürgermeisterin Luchs-Schwarz"], "two names"),
    ("Stadtrat Prof. Dr. von Berg (CDU): Ja.", ["Stadtrat Prof. Dr. von Berg (CDU)"], "titles and a particle"),
    ("Herr Losert (IT-Amt): Es läuft.", ["Herr Losert (IT-Amt)"], "an official and his office"),
    ("Frau Ott:\nDas Amt hat 180 Stellen.", ["Frau Ott"], "the speech on the next line"),
    ("Stadtrat Høyem (FDP): Ja.", ["Stadtrat Høyem (FDP)"], "a letter from elsewhere"),
    ("Ortsvorsteher Kern: Das ist gut.", ["Ortsvorsteher Kern"], "a local council"),
    ("Stadtrat Beck/SPD: Ja.", ["Stadtrat Beck (SPD)"], "a group behind a slash"),
    ("Der Oberbürgermeister: Wir beginnen.", ["Der Oberbürgermeister"], "an office with its article"),
    # told by the clerk
    ("Oberbürgermeister Dr. Nopper führt aus, das Amt wachse.", ["Oberbürgermeister Dr. Nopper"], "führt aus"),
    ("Stadtrat Kalmbach (FW|FÜR) erklärt, man lehne ab.", ["Stadtrat Kalmbach (FW|FÜR)"], "erklärt"),
    ("StRin Ott (SPD) möchte wissen, wann das Portal kommt.", ["StRin Ott (SPD)"], "möchte wissen"),
    ("StR Perc (SPD) ist die Vorlage zu vage.", ["StR Perc (SPD)"], "no word of saying, but a group"),
    ("BM Thürnau weist darauf hin, dass Mittel fehlen.", ["BM Thürnau"], "a mayor, short"),
    ("Herr Bönig (DO.IT) berichtet vom Stand.", ["Herr Bönig (DO.IT)"], "an official"),
    ("Der Vorsitzende ruft Tagesordnungspunkt 6 auf.", ["Der Vorsitzende"], "the chair opens"),
    ("Der Erste Bürgermeister dankt.", ["Der Erste Bürgermeister"], "an office of two words"),
    # several turns
    ("Stadtrat Beck (SPD): Ja.\n\nDer Vorsitzende: Gut.", ["Stadtrat Beck (SPD)", "Der Vorsitzende"], "two turns"),
    ("StR Beck (SPD) fragt nach. EBM Dr. Mayer antwortet, es gehe.", ["StR Beck (SPD)", "EBM Dr. Mayer"],
     "two turns of one paragraph"),
    ("Der Vorsitzende ruft auf.\n\nStadträtin Ott (CDU): Ich frage.", ["Der Vorsitzende", "Stadträtin Ott (CDU)"],
     "told, then labelled"),
    # nobody
    ("Der Kollege Beck hat recht.", [], "a colleague is spoken of"),
    ("Stadtrat Beck hat das gesagt.", [], "no group and no word of saying"),
    ("Herr Oberbürgermeister, wir stimmen zu.", [], "an address"),
    ("Die Verwaltung berichtet im Herbst.", [], "an office is nobody"),
    ("Wir danken der Verwaltung: Sie hat geliefert.", [], "a colon alone"),
    ("Im Beirat sitzen\nStadtrat Beck (SPD) und drei andere.", [], "a wrapped line"),
    ("Anwesend: Stadtrat Beck, Stadträtin Ott", [], "a list of who was there"),
    ("Stadtrat Beck (SPD): Ich danke. Herr Kern sagt, es gehe.", ["Stadtrat Beck (SPD)"], "told inside a speech"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_a_turn_begins_where_somebody_is_named_as_speaking(text: str, expected: list[str], reason: str) -> None:
    assert list(speakers_in(text)) == expected, reason


DEBATE = (
    "Der Vorsitzende ruft Tagesordnungspunkt 4 auf.\n\n"
    "Stadtrat Beck (SPD): Wir wollen 30 Stellen.\n\nDas ist nötig.\n\n(Stadträtin Ott/CDU: Wer zahlt?)\n\n"
    "Das Land zahlt.\n\nDer Vorsitzende: Dann stimmen wir ab."
)
TOLD = [
    ("30 Stellen", "Stadtrat Beck (SPD)"),
    ("Das ist nötig", "Stadtrat Beck (SPD)"),  # a paragraph without a name
    ("Wer zahlt", "Stadträtin Ott (CDU)"),  # an interjection
    ("Das Land zahlt", "Stadtrat Beck (SPD)"),  # who goes on behind it
    ("Dann stimmen", "Der Vorsitzende"),
]


@pytest.mark.parametrize(("words", "speaker"), TOLD)
def test_a_speech_runs_until_the_next_speaker(words: str, speaker: str) -> None:
    section = Section(role=SectionRole.DEBATE, heading="", span=Span(start=0, end=len(DEBATE)))
    paper = a_document(kind=Kind.PROTOCOL, text=DEBATE, sections=(section,))
    start = DEBATE.index(words)

    assert speaker_of(paper, Span(start=start, end=start + 5)) == speaker


@pytest.mark.parametrize(("kind", "role"), [(Kind.REPORT, SectionRole.DEBATE), (Kind.PROTOCOL, SectionRole.DECISION)])
def test_only_what_is_said_in_a_session_has_a_speaker(kind: Kind, role: SectionRole) -> None:
    section = Section(role=role, heading="", span=Span(start=0, end=len(DEBATE)))
    paper = a_document(kind=kind, text=DEBATE, sections=(section,))

    assert speaker_of(paper, Span(start=60, end=65)) is None


@given(st.text(alphabet="StadtraBeckOt (CDU):.,\n", max_size=120))
def test_any_text_has_speakers_or_none_but_never_an_error(text: str) -> None:
    assert all(speaker.strip() for speaker in speakers_in(text))
