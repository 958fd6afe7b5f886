"""A small council with invented papers: motions, minutes, a reply, one non-public paper; indexed once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.access import Access
from bot.app import build
from bot.service import Ratslotse
from ingest.embedding import load_encoder
from ingest.pipeline import add

CANARY = "Zitronenfalter"
TODAY = dt.date(2026, 11, 27)


def a_motion(subject: str, group: str, day: str, *points: str) -> str:
    """Write a motion."""
    asked = "\n\n".join(f"{n}. {point}" for n, point in enumerate(points, start=1))
    return (
        f"# Antrag\n\n{group}-Gemeinderatsfraktion\n\nDatum: {day}\n\nBetreff: {subject}\n\n"
        f"Wir beantragen:\n\n{asked}\n"
    )


def minutes(subject: str, day: str, decision: str) -> str:
    """Write the minutes of one item."""
    return (
        f"# Niederschrift\n\nGremium: Gemeinderat\n\nSitzungstermin: {day}\n\nTOP: 4\n\nBetreff: {subject}\n\n"
        f"Beschluss:\n\n{decision}\n"
    )


PAPERS = {
    "linie.md": (
        a_motion("Nachtlinie", "SPD", "06.05.2024", "Die Stadt richtet eine Nachtlinie ein."),
        "title: Nachtlinie\nkind: motion\nnumber: 9064/2024\ndate: 2024-05-06\nfactions: [SPD]\nprocedure: linie\n",
    ),
    "linie-protokoll.md": (
        minutes("Nachtlinie", "18.06.2024", "Der Antrag 9064/2024 wird mit 19 Ja-Stimmen angenommen."),
        "title: Nachtlinie\nkind: protocol\nnumber: '51'\ndate: 2024-06-18\nbody: Gemeinderat\nprocedure: linie\n",
    ),
    "kameras.md": (
        a_motion("Kameras am Bahnhof", "CDU", "01.07.2024", "Am Bahnhof werden Kameras angebracht."),
        "title: Kameras am Bahnhof\nkind: motion\nnumber: 9091/2024\ndate: 2024-07-01\nfactions: [CDU]\n"
        "procedure: kameras\n",
    ),
    "kameras-protokoll.md": (
        minutes("Kameras am Bahnhof", "24.09.2024", "Der Antrag 9091/2024 wird mit 18 Nein-Stimmen abgelehnt."),
        "title: Kameras am Bahnhof\nkind: protocol\nnumber: '77'\ndate: 2024-09-24\nbody: Gemeinderat\n"
        "procedure: kameras\n",
    ),
    "leitsystem.md": (
        a_motion(
            "Leitsystem für Parkhäuser", "CDU", "09.12.2024", "Sie legt ein Konzept vor.", "Sie nennt die Kosten."
        ),
        "title: Leitsystem für Parkhäuser\nkind: motion\nnumber: 9003/2025\ndate: 2024-12-09\nfactions: [CDU, FDP]\n"
        "procedure: leitsystem\n",
    ),
    "wege.md": (
        "# Anfrage\n\nWie viele Wege sind beleuchtet?\n",
        "title: Licht auf Wegen\nkind: motion\nnumber: 9120/2025\ndate: 2025-02-03\npaper_type: Anfrage\n",
    ),
    "brunnen.md": (
        "# Beschlussvorlage\n\nDer Brunnen am Markt wird saniert.\n",
        "title: Sanierung des Brunnens\nkind: report\nnumber: 9200/2025\ndate: 2025-03-04\nbody: Bauausschuss\n"
        "paper_type: Beschlussvorlage\n",
    ),
    "nichtoeffentlich/geheim.md": (
        a_motion(f"Verkauf {CANARY}", "SPD", "02.02.2024", "Das Haus wird verkauft."),
        f"title: Verkauf {CANARY}\nkind: motion\nnumber: 9999/2024\ndate: 2024-02-02\nfactions: [SPD]\n"
        "procedure: geheim\n",
    ),
}


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index over `PAPERS`."""
    root = tmp_path_factory.mktemp("rat")
    for name, (text, sidecar) in PAPERS.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".meta.yaml").write_text(sidecar, encoding="utf-8")
    index = tmp_path_factory.mktemp("index")
    assert add(index, [root], load_encoder("bundled")).is_complete
    return index


@pytest.fixture(scope="session")
def public(council: Path, tmp_path_factory: pytest.TempPathFactory) -> Ratslotse:
    """Return a public Ratslotse that knows how motions stand."""
    return build(
        index_dir=council, encoder_name="bundled", reader_name="none", state_dir=tmp_path_factory.mktemp("stand")
    )


@pytest.fixture(scope="session")
def everything(council: Path) -> Ratslotse:
    """Return a Ratslotse over all papers."""
    return build(index_dir=council, encoder_name="bundled", reader_name="none", access=Access.ALL)
