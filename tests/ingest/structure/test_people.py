from __future__ import annotations

import pytest

from tests.ingest.structure.papers_of import understood

MOVERS = [
    ("Antrag\nB ́90/DIE GRÜNEN-OR-Fraktion\neingegangen am: 14.01.2029", ("Bündnis 90/Die Grünen",)),  # odd accent
    ("Antrag\nKAL/Die PARTEI-Gemeinderatsfraktion\nEingang: 1.2.2029", ("KAL", "Die PARTEI")),  # two in one faction
    ("Antrag\nFW|FÜR-Gemeinderatsfraktion\nEingang: 1.2.2029", ("Freie Wähler", "FÜR Karlsruhe")),
    ("Anfrage\nStadtrat Jürgen Muster (FW)\nvom: 1.2.2029", ("Freie Wähler",)),  # behind a councillor
    ("Antrag\nListe Regenbogen-Gemeinderatsfraktion\nEingang: 1.2.2029", ("Liste Regenbogen",)),  # unknown group
    ("Anfrage\nEingang: 1.2.2029\nBrunnen der SPD-Siedlung\nAnfrage: CDU", ("CDU",)),  # not from the subject
    ("Beschlussvorlage\nVorlage Nr.: 2029/9001\nAntrag: CDU", ()),  # a Vorlage moves nothing
    (
        "Antrag\nStadträtinnen / Stadträte - Fraktionen\nBÜNDNIS 90/DIE GRÜNEN\nPULS\nBetreff\nWas?",
        ("Bündnis 90/Die Grünen", "PULS"),
    ),
    (
        "Niederschrift 9. Plenarsitzung des Gemeinderates\nPunkt 1 der Tagesordnung: Obst\n"
        "Anfrage der Stadträtin Eva Muster und des Stadtrats Max Muster (Die\nLinke) vom 1. Mai 2029\n\n"
        "Stadtrat Alt (CDU): Nein.",
        ("Die Linke",),  # a broken bracket; the debate does not count
    ),
]


@pytest.mark.parametrize(("text", "factions"), MOVERS)
def test_movers_are_read_from_the_head_in_one_spelling(text: str, factions: tuple[str, ...]) -> None:
    assert understood(text).factions == factions


SIGNED = [
    ("unterzeichnet von:\nThomas H. Muster\nDr. Eva Neu", ("Thomas H. Muster", "Dr. Eva Neu")),  # an initial
    ("gez. Lüppo Muster\ngez. Margot Neu", ("Lüppo Muster", "Margot Neu")),  # a mark on every line
    ("Unterzeichnet von:\nEva Alt, Max Neu", ("Eva Alt", "Max Neu")),  # one line
    ("unterzeichnet von:\nTorsten Muster, Stellv. Fraktionsvorsitzender", ("Torsten Muster",)),  # without function
    ("Unterzeichnet von:\nStadtrat Detlef Muster", ("Detlef Muster",)),  # without office
    ("Unterzeichnet von:\nUta van Muster\n\nSachverhalt / Begründung:", ("Uta van Muster",)),  # a particle
    ("Gez.\nBernd Alt Prof. Dr. Eva Neu", ("Bernd Alt", "Prof. Dr. Eva Neu")),  # parted at titles
    ("Gez.\nBernd Alt Eberhard Neu", ("Bernd Alt", "Eberhard Neu")),  # parted by pairs
    ("Gez.\nDr. Heinrich Alt Bernd Neu", ("Dr. Heinrich Alt", "Bernd Neu")),  # a title in front of a pair
    ("Gez.\nAnlage/n\nKeine", ()),  # nobody
]


@pytest.mark.parametrize(("closing", "names"), SIGNED)
def test_signatories_are_names_without_functions(closing: str, names: tuple[str, ...]) -> None:
    text = f"Antrag\nEingang: 01.02.2029\n\n1. Die Verwaltung prüft das.\n\n{closing}"

    assert understood(text).signatories == names
