from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.question.papers import papers_asked
from bot.question.types import Form, State, Wanted

TODAY = date(2026, 11, 27)
GREENS = "Bündnis 90/Die Grünen"


def asked(question: str, *context: str) -> dict[str, Any]:
    """Return what is not empty of what a question wants to know of papers."""
    found = papers_asked(question, context, TODAY)
    if found is None:
        return {}
    names = "wants form factions by bodies states topic newest limit points point_count is_one is_follow_up".split()
    told = {name: getattr(found, name) for name in names if getattr(found, name)}
    if found.references:
        told["numbers"] = tuple(reference.number for reference in found.references)
    if found.period:
        told["years"] = found.period.years
    return told


@pytest.mark.parametrize(
    ("question", "said", "reason"),
    [
        (
            "Wie viele Anträge hat die SPD 2024 gestellt?",
            {"wants": (Wanted.COUNT,), "form": Form.MOTION, "factions": ("SPD",), "years": (2024,)},
            "a count",
        ),
        (
            "welche anfragen haben die grünen letztes jahr eingereicht",
            {"wants": (Wanted.LIST,), "form": Form.INQUIRY, "factions": (GREENS,), "years": (2025,)},
            "without capitals and a question mark",
        ),
        (
            "Wer hat den Antrag 91/2024 eingereicht?",
            {"wants": (Wanted.WHO,), "form": Form.MOTION, "numbers": ("91/2024",), "is_one": True},
            "who, by number",
        ),
        (
            "Wann wurde der Antrag zum Nachtbus gestellt und von wem?",
            {"wants": (Wanted.WHEN, Wanted.WHO), "form": Form.MOTION, "topic": "Nachtbus", "is_one": True},
            "two things of one motion",
        ),
        (
            "In welchem Ausschuss wurde die Vorlage 2022/0957 beraten?",
            {"wants": (Wanted.BODY,), "form": Form.PROPOSAL, "numbers": ("2022/0957",), "is_one": True},
            "a committee that is asked for is none that is named",
        ),
        (
            "Welche Anträge der CDU zur Schule wurden abgelehnt?",
            {
                "wants": (Wanted.LIST,),
                "form": Form.MOTION,
                "factions": ("CDU",),
                "states": (State.REJECTED,),
                "topic": "Schule",
            },
            "a topic and what came of it",
        ),
        (
            "Was sind die letzten drei Anträge der SPD?",
            {"wants": (Wanted.LIST,), "form": Form.MOTION, "factions": ("SPD",), "newest": True, "limit": 3},
            "the newest, so many",
        ),
        (
            "Welche Vorlagen hat der Bauausschuss 2022 behandelt?",
            {"wants": (Wanted.LIST,), "form": Form.PROPOSAL, "bodies": ("Bauausschuss",), "years": (2022,)},
            "by committee",
        ),
        (
            "Was hat Stadträtin Ott beantragt?",
            {"wants": (Wanted.LIST,), "form": Form.MOTION, "by": ("Ott",)},
            "by a person",
        ),
        (
            "64/2024",
            {"wants": (Wanted.OVERVIEW,), "form": Form.PAPER, "numbers": ("64/2024",), "is_one": True},
            "a number",
        ),
        (
            "Antrag Nr. 64 aus 2024",
            {"wants": (Wanted.OVERVIEW,), "form": Form.MOTION, "numbers": ("64/2024",), "is_one": True},
            "a number in two pieces",
        ),
        (
            "Was ist aus dem Antrag „Was macht die Stadt?“ geworden?",
            {"wants": (Wanted.OUTCOME,), "form": Form.MOTION, "topic": "Was macht die Stadt?", "is_one": True},
            "a title in quotes, whatever its words",
        ),
        (
            "Ist Punkt 6 unseres Antrags erledigt?",
            {
                "wants": (Wanted.POINTS,),
                "form": Form.MOTION,
                "states": (State.ANSWERED,),
                "points": ("6",),
                "is_one": True,
            },
            "a point",
        ),
        (
            "Wie ist der Stand der sieben Punkte?",
            {"wants": (Wanted.POINTS,), "form": Form.MOTION, "point_count": 7, "is_one": True},
            "all points of a motion that has so many",
        ),
        (
            "Was ist für die SPD noch offen?",
            {"wants": (Wanted.LIST,), "form": Form.MOTION, "factions": ("SPD",), "states": (State.OPEN,)},
            "what is open for a group",
        ),
        (
            "Was wurde in der letzten Sitzung des Gemeinderats beschlossen?",
            {"wants": (Wanted.DECISIONS,), "form": Form.PROTOCOL, "bodies": ("Gemeinderat",), "newest": True},
            "a session",
        ),
        (
            "Wie geht es mit dem Antrag 5/2025 weiter?",
            {"wants": (Wanted.NEXT,), "form": Form.MOTION, "numbers": ("5/2025",), "is_one": True},
            "the next step",
        ),
        (
            "Wer hat die Anfrage 2012/2022 gestellt?",
            {"wants": (Wanted.WHO,), "form": Form.INQUIRY, "numbers": ("2012/2022",), "is_one": True},
            "a number that looks like two years",
        ),
    ],
)
def test_questions_about_papers_are_read(question: str, said: dict[str, Any], reason: str) -> None:
    assert asked(question) == said, reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Was fordert die SPD im Antrag 5/2025?", "what a motion wants stands in it"),
        ("Was steht im Antrag 264/2022?", "so does what it says"),
        ("Wie viele Anträge auf Wohngeld wurden 2023 gestellt?", "citizens' applications"),
        ("Wie viele Punkte hat Stuttgart im Smart City Index?", "points of another kind"),
        ("Wer hat im September 2025 gegen den Antrag der Grünen gestimmt?", "a vote stands in minutes"),
        ("Warum wurde der Antrag zum Nachtbus abgelehnt?", "reasons are told in a debate"),
        ("Was kostet die Umsetzung des Antrags 91/2024?", "costs stand in a paper"),
        ("Welche Fraktionen haben 2025 verlangt, dass man die Unterlagen durchsuchen kann?", "no paper is named"),
        (
            "Welche Anträge hat die CDU zu den Schulen gestellt und wie hat die Verwaltung reagiert?",
            "half of it is content",
        ),
        ("Ist die GRDrs 236/2023 ein Beschluss?", "what a paper is, is told by its text"),
        ("Und 2024?", "a follow-up without what it follows"),
    ],
)
def test_questions_about_what_stands_in_papers_are_left_to_search(question: str, reason: str) -> None:
    assert asked(question) == {}, reason


def test_a_follow_up_is_read_together_with_what_it_leans_on() -> None:
    said = asked("Und die CDU?", "Wie viele Anträge hat die 2024 gestellt?")

    assert said == {
        "wants": (Wanted.COUNT,),
        "form": Form.MOTION,
        "factions": ("CDU",),
        "years": (2024,),
        "is_follow_up": True,
    }
    assert asked("Und wer hat ihn gestellt?", "Was ist aus dem Antrag 91/2024 geworden?")["wants"] == (Wanted.WHO,)


def test_a_long_story_is_no_question_about_papers() -> None:
    assert asked("Welche Anträge " + "der SPD " * 20 + "gibt es?") == {}
