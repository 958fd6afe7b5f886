"""An invented town whose papers answer, refuse, put off, and pass over; numbers from 9000."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.ledger import Motions, PointState
from bot.ledger.working import MotionExaminer
from bot.reading import load_reader
from ingest.embedding import BundledEncoder, Encoder
from ingest.index import IndexReader, LiveIndex, open_index
from ingest.pipeline import add

MOTION = """\
# Antrag

Wir beantragen:

1. Die Verwaltung legt dar, in welchen Bürgerbüros Termine online gebucht werden können.

2. Die Stadt tritt dem Bündnis der Musterstädte für offene Daten bei.

3. Die Verwaltung berichtet über das Nachnutzungskonzept für ausgemusterte Geräte.

## Begründung

Die Wartezeiten sind zu lang.
"""
REPLY = """\
Stellungnahme zum Antrag

Dienststelle: Bürgeramt

Zu 1.: In sieben von zwanzig Bürgerbüros können Termine online gebucht werden.

Zu 2.: Die Verwaltung empfiehlt aus finanziellen Gründen, dem Bündnis nicht beizutreten.

Zu 3.: Das Amt wird das Nachnutzungskonzept in einer der nächsten Sitzungen vorstellen.
"""
INQUIRY = """\
# Anfrage

Wir fragen:

Wie viele Ladesäulen für Lastenräder betreibt die Stadt am Musterhafen?
"""

PAPERS = {
    "antrag.md": (MOTION, "title: Antrag zu Terminen und Daten\nkind: motion\nnumber: 2031/9101\nprocedure: termine\n"),
    "antwort.txt": (REPLY, "title: Stellungnahme zu Terminen\nkind: report\nprocedure: termine\ndate: 2031-03-02\n"),
    "anfrage.md": (INQUIRY, "title: Anfrage zu Ladesäulen für Lastenräder\nkind: motion\ndate: 2031-01-05\n"),
    "bericht.txt": (
        "Bericht zum Museum\n\nDas Museum der Stadt hat sieben Räume und öffnet täglich außer montags.\n",
        "title: Bericht zum Museum\nkind: report\ndate: 2031-02-01\n",
    ),
    "nichtoeffentlich/geheim.txt": (
        "Antrag\n\nWir beantragen:\n\n1. Die Stadt verkauft das Grundstück am Geheimweg.\n",
        "title: Geheimer Antrag\nkind: motion\n",
    ),
}
ANSWER_ON_CARGO_BIKES = (
    "Stellungnahme zur Anfrage\n\nWie viele Ladesäulen für Lastenräder betreibt die Stadt am Musterhafen?\n\n"
    "Am Musterhafen betreibt die Stadt zwölf Ladesäulen für Lastenräder.\n",
    "title: Stellungnahme zur Anfrage zu Ladesäulen für Lastenräder\nkind: report\ndate: 2031-02-20\n",
)


class Town:
    """Papers in a folder, indexed, and the ledger over them."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.papers, self.index_dir, self.state = folder / "papiere", folder / "index", folder / "state"
        self.encoder = encoder
        for name, (text, sidecar) in PAPERS.items():
            self.write(name, text, sidecar)
        self.publish()

    def write(self, name: str, text: str, sidecar: str) -> None:
        path = self.papers / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".meta.yaml").write_text(sidecar, encoding="utf-8")

    def publish(self) -> str:
        """Index the folder and return the public generation's name."""
        assert add(self.index_dir, [self.papers], self.encoder).is_complete
        return (self.root / "CURRENT").read_text(encoding="utf-8").strip()

    @property
    def root(self) -> Path:
        return self.index_dir / "public"

    def motions(self, state: str = "state") -> Motions:
        index = LiveIndex(self.root, self.encoder)
        return Motions(
            index=index,
            root=self.root,
            encoder=self.encoder,
            reader=load_reader("bundled"),
            state_dir=self.state / state,
        )


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return BundledEncoder()


@pytest.fixture
def town(tmp_path: Path, encoder: Encoder) -> Town:
    return Town(tmp_path, encoder)


@pytest.fixture(scope="session")
def quiet_town(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Town:
    """A town that no test changes."""
    return Town(tmp_path_factory.mktemp("stadt"), encoder)


@pytest.fixture(scope="session")
def reader(quiet_town: Town) -> Iterator[IndexReader]:
    with closing(open_index(quiet_town.root, quiet_town.encoder)) as opened:
        yield opened


@pytest.fixture(scope="session")
def point(reader: IndexReader, encoder: Encoder) -> Callable[[str, int], PointState]:
    """Work a motion out and return one of its points by place."""
    examiner = MotionExaminer(reader, encoder, load_reader("bundled"))

    def worked_out(path: str, position: int) -> PointState:
        (header,) = reader.find(path)
        return examiner.work_out(reader.document(header.document_id)).points[position - 1]

    return worked_out
