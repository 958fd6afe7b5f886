"""A small town with invented papers (numbers from 9000), indexed once with the bundled encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import build
from bot.service import Ratslotse
from ingest.embedding import load_encoder
from ingest.pipeline import add

CANARY = "Geheimwort Zitronenfalter"

PAPERS = {
    "antrag-9101.md": (
        "# Antrag: Mehr Online-Termine in den Bürgerbüros\n\nWir beantragen:\n\n"
        "1. Die Verwaltung berichtet, in wie vielen Bürgerbüros Termine online gebucht werden können.\n\n"
        "2. Die Verwaltung legt dar, wie viele Stellen in den Bürgerbüros unbesetzt sind.\n\n"
        "## Begründung\n\nDie Wartezeiten in den Bürgerbüros sind zu lang.\n",
        "title: Mehr Online-Termine in den Bürgerbüros\nkind: motion\nnumber: 9101/2023\ndate: 2023-02-01\n"
        "procedure: buergerbueros\nfactions: [SPD]\n",
    ),
    "stellungnahme-9101.txt": (
        "Stellungnahme zum Antrag 9101/2023\n\nZu 1.: In sieben von zwanzig Bürgerbüros können Termine online gebucht "
        "werden. Weitere drei Bürgerbüros folgen bis Ende 2024.\n\nZu 2.: Von den 212 Stellen in den Bürgerbüros sind "
        "31 Stellen unbesetzt. Die Verwaltung hat eine Zulage von 150 Euro im Monat beantragt.\n",
        "title: Stellungnahme zu Online-Terminen\nkind: report\nnumber: 9101/2023\ndate: 2023-03-15\n"
        "procedure: buergerbueros\nurl: https://rat.example/9101\n",
    ),
    "protokoll-9101.txt": (
        "Niederschrift Verwaltungsausschuss vom 29.03.2023\n\nPunkt 4 der Tagesordnung: Online-Termine in den "
        "Bürgerbüros\n\nBeschluss:\nDer Ausschuss nimmt die Stellungnahme zur Kenntnis.\n\nAbstimmungsergebnis:\n"
        "Einstimmig zugestimmt\n\n– 2 –\nStadträtin Muster (SPD) dankt der Verwaltung für die Zahlen.\n",
        "title: Niederschrift zu Online-Terminen\nkind: protocol\nnumber: 9101/2023\ndate: 2023-03-29\n"
        "procedure: buergerbueros\n",
    ),
    "vorlage-9202.html": (
        "<html><body><h1>GRDrs 9202/2022</h1><p>Beschlussvorlage: Elektronische Akte</p><p>Die Einführung der "
        "elektronischen Akte kostet einmalig 1,4 Mio. € und im Betrieb 320.000 € im Jahr.</p><p>Die Schulung der "
        "Beschäftigten beginnt am 3. Mai 2023.</p></body></html>",
        "title: Einführung der elektronischen Akte\nkind: report\nnumber: GRDrs 9202/2022\ndate: 2022-11-07\n"
        "summary_of: {title: Die elektronische Akte, number: GRDrs 9202/2022, url: 'https://rat.example/9202'}\n",
    ),
    "bericht-geodaten.md": (
        "# Bericht: Geodaten\n\nDas Geoportal der Stadt zeigt 412 Datensätze. Das Vermessungsamt pflegt sie.\n",
        "title: Geodaten der Stadt\nkind: report\ndate: 2024-06-30\n",
    ),
    "nichtoeffentlich/vergabe-9303.txt": (
        f"Erfundenes Muster. Vergabe der Reinigung: Das {CANARY} kostet 77.777 Euro.\n",
        "title: Vergabe der Reinigung\nkind: report\nnumber: 9303/2023\ndate: 2023-05-05\n",
    ),
}


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index over `PAPERS`."""
    root = tmp_path_factory.mktemp("papiere")
    for name, (text, sidecar) in PAPERS.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".meta.yaml").write_text(sidecar, encoding="utf-8")
    index = tmp_path_factory.mktemp("index")
    report = add(index, [root], load_encoder("bundled"))
    assert report.is_complete
    return index


@pytest.fixture(scope="session")
def ratslotse(index_dir: Path) -> Ratslotse:
    """Return a public Ratslotse over `PAPERS`."""
    return build(index_dir=index_dir, encoder_name="bundled")
