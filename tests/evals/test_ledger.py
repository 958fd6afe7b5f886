from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.ledger.types import Status
from evals.cli import app
from evals.errors import BrokenGold
from evals.ledger import MISSING, in_common, is_point, measure
from evals.ledger_gold import GoldPoint, load_ledger_gold
from evals.masking import masked
from evals.texts import FolderTexts, Papers
from ingest.embedding import BundledEncoder, Encoder
from ingest.errors import UsageError
from ingest.index import IndexReader, open_index
from ingest.pipeline import add

POINTS = [
    "Die Verwaltung legt dar, wie viele Ladesäulen es am Musterhafen im Jahr 2031 gibt.",
    "Die Verwaltung sorgt dafür, dass jede Ladesäule bis zum Jahresende beleuchtet wird.",
    "Die Verwaltung benennt eine Stelle, die für die Wartung aller Säulen zuständig ist.",
]
ANSWERS = [
    "Am Hafen stehen zwölf Säulen, davon vier für Lastenräder und acht für Autos der Pendler.",
    "Die Beleuchtung wird derzeit geplant und soll im kommenden Jahr umgesetzt werden können.",
]


def gold(place: int, status: Status, quote: str = "") -> GoldPoint:
    return GoldPoint(
        motion="antrag",
        text=POINTS[place - 1],
        place=place,
        status=status,
        response="antwort" if quote else "",
        quote=quote,
    )


def record(*points: tuple[int, str, list[tuple[str, str]]]) -> dict[str, Any]:
    return {
        "path": "ordner/antrag.md",
        "points": [
            {"text": POINTS[n - 1], "status": status, "evidence": [{"path": p, "quote": q} for p, q in evidence]}
            for n, status, evidence in points
        ],
    }


GOLD = (
    gold(1, Status.ANSWERED, ANSWERS[0]),
    gold(2, Status.PARTLY, ANSWERS[1]),
    gold(3, Status.OPEN),
)


def test_the_figures_are_those_that_the_contracts_script_gives() -> None:
    given = record(
        (1, "answered", [("antwort.txt", ANSWERS[0])]),
        (2, "open", [("antwort.txt", "Etwas ganz anderes steht in diesem langen Satz der Antwort der Verwaltung.")]),
    )

    result = measure(GOLD, [given])

    # score_ledger.py on the same three points: points=0.667 accuracy=0.333 macro_f1=0.333 paper=1.000 evidence=0.500
    figures = {name: round(interval.value, 3) for name, interval in result.measures.items()}
    assert figures == {
        "points": 0.667,
        "accuracy": 0.333,
        "macro_f1": 0.333,
        "paper": 1.0,
        "evidence": 0.5,
        "open_recall": 0.0,
    }
    assert result.confusion == {("answered", "answered"): 1, ("partly", "open"): 1, ("open", MISSING): 1}


def test_intervals_hold_their_figure() -> None:
    result = measure(GOLD, [record((1, "answered", []), (2, "partly", []), (3, "open", []))])

    assert all(i.low <= i.value <= i.high for i in result.measures.values())


@pytest.mark.parametrize(
    ("given", "expected", "reason"),
    [
        (POINTS[0], True, "the same words"),
        (POINTS[0].replace("Ladesäulen", "Lade-\nsäulen"), True, "broken at the line's end"),
        (POINTS[0] + " Dabei nennt sie auch die Kosten.", True, "longer than the gold point"),
        (POINTS[1], False, "another point"),
    ],
)
def test_a_point_is_found_by_its_first_letters(given: str, expected: bool, reason: str) -> None:
    assert is_point(POINTS[0], given) is expected, reason


@pytest.mark.parametrize(
    ("given", "expected"),
    [(ANSWERS[0], True), (ANSWERS[0][:60], True), (f"Vorab: {ANSWERS[0]} Ende.", True), (ANSWERS[1], False)],
)
def test_quotes_are_one_if_they_share_forty_letters(given: str, expected: bool) -> None:
    assert in_common(ANSWERS[0], given) is expected


def test_gold_is_read_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / "antrag.txt").write_text(f"1. {POINTS[0]}", encoding="utf-8")
    (tmp_path / "antwort.txt").write_text(ANSWERS[0], encoding="utf-8")
    by_words = {"motion_file": "antrag", "text": POINTS[0], "status": "open", "response_file": None}
    by_place = {
        "text": {"file": "antrag", "start": 3, "end": 3 + len(POINTS[0])},
        "status": "answered",
        "response": {"file": "antwort", "start": 0, "end": 20},
    }
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(by_words)}\n{json.dumps(by_place)}\n", encoding="utf-8")

    first, second = load_ledger_gold(file, Papers(FolderTexts(tmp_path)))

    assert (first.text, first.response, second.text, second.quote) == (POINTS[0], "", POINTS[0], ANSWERS[0][:20])


def test_a_broken_line_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"status": "vielleicht", "text": "x"}\n', encoding="utf-8")
    with pytest.raises(BrokenGold, match="Zeile 1"):
        load_ledger_gold(file, Papers(FolderTexts(tmp_path)))
    file.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="keine Punkte"):
        load_ledger_gold(file, Papers(FolderTexts(tmp_path)))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return BundledEncoder()


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """Two motions whose statements are tied to them by a procedure, and bear the same title."""
    papers = tmp_path_factory.mktemp("papiere")
    for name, noun in (("antrag", "Ladesäulen"), ("antrag-2", "Parkbänke")):
        asked = "\n\n".join(f"{n}. {text.replace('Ladesäule', noun)}" for n, text in enumerate(POINTS, start=1))
        said = "\n\n".join(f"Zu {n}.: {text}" for n, text in enumerate(ANSWERS, start=1))
        title = f"{noun} am Musterhafen"
        for path, text, kind in (
            (f"{name}.md", f"# Antrag\n\nWir beantragen:\n\n{asked}\n", "motion"),
            (f"{name.replace('antrag', 'antwort')}.txt", f"Stellungnahme zum Antrag\n\n{said}\n", "report"),
        ):
            (papers / path).write_text(text, encoding="utf-8")
            sidecar = f"title: {title}\nkind: {kind}\nprocedure: {name}\ndate: 2031-01-0{1 + (kind == 'report')}\n"
            (papers / path).with_suffix(".meta.yaml").write_text(sidecar, encoding="utf-8")
    index = tmp_path_factory.mktemp("index")
    assert add(index, [papers], encoder).is_complete
    return index


@pytest.fixture
def reader(index_dir: Path, encoder: Encoder) -> Iterator[IndexReader]:
    with closing(open_index(index_dir / "public", encoder)) as opened:
        yield opened


def test_a_masked_index_has_the_papers_and_nothing_that_ties_them(reader: IndexReader, encoder: Encoder) -> None:
    with masked(reader, encoder) as untied:
        headers = untied.all_headers()

        assert [header.path for header in headers] == [header.path for header in reader.all_headers()]
        assert {(header.procedure, header.number) for header in headers} == {(None, None)}


def test_the_command_measures_with_and_without_links(index_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    lines = [
        {"motion_file": "antrag", "text": POINTS[0].replace("Ladesäule", "Ladesäulen"), "status": "answered",
         "response_file": "antwort", "response_quote": ANSWERS[0]}
    ]  # fmt: skip
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for more in ([], ["--masked"]):
        out = tmp_path / f"result{len(more)}.json"
        arguments = ["ledger", "--gold", str(file), "--index", str(index_dir), "--out", str(out), *more]

        assert CliRunner().invoke(app, [*arguments, "points>=1", "paper>=1"]).exit_code == 0
        assert json.loads(out.read_text(encoding="utf-8"))["measures"]["evidence"]["value"] == 1
        assert CliRunner().invoke(app, [*arguments, "accuracy>=1.1"]).exit_code == 1
