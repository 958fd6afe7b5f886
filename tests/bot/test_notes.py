"""What stands in brackets behind a statement: how it is meant, who says it, of which date it is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.phrases.reply import note, paper_named
from bot.types import Language, Mood, Statement
from ingest.types import DateBasis, Kind, Precision, Stand

DAY = Stand(day=date(2023, 4, 24))
ROWS: list[tuple[dict[str, object], str, str]] = [
    ({"as_of": DAY, "mood": Mood.REQUESTED}, "beantragt, Stand 24. April 2023", "requested, as of 24 April 2023"),
    ({"mood": Mood.PROPOSED}, "vorgeschlagen", "proposed"),
    ({"mood": Mood.PLANNED}, "angekündigt", "announced"),
    ({"mood": Mood.DECIDED}, "beschlossen", "decided"),
    ({"mood": Mood.REJECTED}, "abgelehnt", "rejected"),
    ({"mood": Mood.NOTED}, "zur Kenntnis genommen", "noted"),
    ({"mood": Mood.REPORTED}, "berichtet", "reported"),
    ({"mood": Mood.ASKED}, "erfragt", "asked"),
    ({"mood": Mood.ARGUED}, "so der Antrag", "as the motion argues"),
    ({"speaker": "Stadträtin Ott (SPD)"}, "laut Stadträtin Ott (SPD)", "according to Stadträtin Ott (SPD)"),
    ({"speaker": "Der Vorsitzende"}, "laut dem Vorsitzenden", "according to the chair"),
    ({"speaker": "Die Vorsitzende"}, "laut der Vorsitzenden", "according to the chair"),
    ({"speaker": "Herr Losert (IT-Amt)"}, "laut Herrn Losert (IT-Amt)", "according to Herr Losert (IT-Amt)"),
    ({"speaker": "Der Erste Bürgermeister"}, "laut dem Ersten Bürgermeister", "according to Der Erste Bürgermeister"),
    ({"as_of": DAY, "is_earlier": True}, "früher, Stand 24. April 2023", "earlier, as of 24 April 2023"),
    ({"as_of": DAY, "as_of_basis": DateBasis.SESSION}, "Stand 24. April 2023 (Sitzung)",
     "as of 24 April 2023 (session)"),
    ({"as_of": Stand(day=date(2021, 12, 1), precision=Precision.MONTH), "as_of_basis": DateBasis.SENTENCE},
     "Stand Dezember 2021", "as of December 2021"),
    ({"as_of": DAY, "contradicts": (2,)}, "Stand 24. April 2023. Die Papiere widersprechen sich: siehe [2]",
     "as of 24 April 2023. The papers contradict each other: see [2]"),
    ({"contradicts": (3,)}, "Die Papiere widersprechen sich: siehe [3]", "The papers contradict each other: see [3]"),
    ({}, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("known", "german", "english"), ROWS, ids=[row[1] or "nichts" for row in ROWS])
def test_a_note_says_what_is_known_and_nothing_else(known: dict[str, object], german: str, english: str) -> None:
    statement = Statement(text="Es gibt 145 Dienste.", citations=(1,), **known)  # type: ignore[arg-type]

    assert (note(statement, Language.DE), note(statement, Language.EN)) == (german, english)


def test_a_contradiction_is_named_once_at_the_first_of_both() -> None:
    second = Statement(text="Es gibt 200 Dienste.", citations=(2,), contradicts=(1,))

    assert note(second, Language.DE) == ""


@pytest.mark.parametrize(
    ("paper_type", "kind", "expected", "reason"),
    [
        ("Antrag", Kind.MOTION, "Antrag", "a motion"),
        ("Antrag", Kind.REPORT, "Bericht zu Antrag", "the answer to a motion is none"),
        ("Anfrage", Kind.PROTOCOL, "Niederschrift zu Anfrage", "neither are the minutes"),
        ("Änderungs-/Ergänzungsantrag", Kind.REPORT, "Bericht zu Änderungs-/Ergänzungsantrag", "a compound"),
        ("Beschlussvorlage", Kind.REPORT, "Beschlussvorlage", "a report by its own name"),
        ("Niederschrift GR Nr. 82 TOP 10", Kind.PROTOCOL, "Niederschrift GR Nr. 82 TOP 10", "minutes"),
        (None, Kind.PROTOCOL, "Niederschrift", "no type known"),
    ],
)
def test_minutes_and_answers_are_not_called_by_the_name_of_the_motion(
    paper_type: str | None, kind: Kind, expected: str, reason: str
) -> None:
    assert paper_named(paper_type, kind, Language.DE) == expected, reason
