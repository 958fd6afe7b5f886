from __future__ import annotations

import pytest

from ingest.factions import GREENS, factions_in, normal_factions

ROWS = [
    ("90/GRÜNE", (GREENS,)),  # Stuttgart's protocols
    ("BÜNDNIS 90/DIE GRÜNEN", (GREENS,)),
    ("gruene", (GREENS,)),  # a sidecar's key
    ("B‘90/DIE-GRÜNEN-OR-Fraktion", (GREENS,)),  # every apostrophe there is
    ("die-linke", ("Die Linke",)),
    ("DIE LINKE.-Gemeinderatsfraktion", ("Die Linke",)),
    ("die-partei", ("Die PARTEI",)),
    ("fuer", ("FÜR Karlsruhe",)),
    ("FW|FÜR-Gemeinderatsfraktion", ("Freie Wähler", "FÜR Karlsruhe")),  # two in one faction
    ("SPD und Volt", ("SPD", "Volt")),
    ("Die FrAKTION LINKE SÖS PIRATEN Tierschutzpartei", ("Die FrAKTION LINKE SÖS PIRATEN Tierschutzpartei",)),  # one
    ("Liste Regenbogen-Gemeinderatsfraktion", ("Liste Regenbogen",)),  # unknown: kept
    ("", ()),
]


@pytest.mark.parametrize(("written", "names"), ROWS)
def test_a_group_has_one_spelling(written: str, names: tuple[str, ...]) -> None:
    assert normal_factions(written) == names


def test_names_already_normal_stay_as_they_are() -> None:
    for _, names in ROWS:
        for name in names:
            assert normal_factions(name) == (name,)


def test_a_question_names_groups_in_order_and_colours_are_none() -> None:
    assert factions_in("Was wollten SPD und die Grünen zur grünen Welle?") == ("SPD", GREENS)
