from __future__ import annotations

import datetime as dt
import io
import re
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from rich.console import Console

from evals.bench import trial
from evals.bench.__main__ import main
from evals.bench.child import READ_CHARS, observe
from evals.bench.collection import GOLD, Collection, Inquiry, load_collection
from evals.bench.systems import SYSTEMS, Entry, Found, OurPapers, SystemName
from evals.bench.table import Bench, markdown_foot, markdown_set, show_set
from evals.bench.trial import Left, Outcome, Trial, judge, lead, run_system
from ingest.errors import UsageError
from tests.evals.made_up import QUESTIONS, SMALL_SET, TEXTS, write_lines

QUERIES = [
    {"id": "q1", "text": "Wann öffnet das Hallenbad in Oberreut?"},
    {"id": "q2", "text": "Wie viele Eichen wurden im Stadtwald gepflanzt?"},
]
SMALL = "klein"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Lay out a data folder with a gold set over papers and a set in BEIR layout."""
    documents = tmp_path / "karlsruhe-small" / "documents"
    for folder in (documents, tmp_path / GOLD, tmp_path / SMALL):
        folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    (documents / "p2.meta.yaml").write_text("title: Verkauf in der Ottostraße\n", encoding="utf-8")
    write_lines(tmp_path / GOLD / "questions.jsonl", QUESTIONS)
    write_lines(tmp_path / SMALL / "corpus.jsonl", SMALL_SET)
    write_lines(tmp_path / SMALL / "queries.jsonl", QUERIES)
    (tmp_path / SMALL / "qrels.tsv").write_text("q1\tbad\t1\nq2\tbaum\t1\n", encoding="utf-8")
    return tmp_path


class FixedOrder:
    """Finds the same passages whatever is asked."""

    def __init__(self, *found: tuple[str, str]) -> None:
        self._found = [Found(path=path, text=text) for path, text in found]

    def load(self) -> None:
        """Nothing to load."""

    def index(self, collection: Collection, stack: ExitStack) -> int:
        return len(self._found)

    def search(self, inquiry: Inquiry) -> list[Found]:
        return self._found


def tried(collection: Collection, *found: tuple[str, str]) -> Trial:
    return judge(observe(FixedOrder(*found), collection), collection)


def a_run(collection: Collection) -> dict[SystemName, Outcome]:
    """Make up a run: one peer skipped, one failed, one measured, and Ratslotse."""
    first = {"klein": "bad", GOLD: "p1"}[collection.name]
    return {
        SystemName.MINILM: Left(german="übersprungen, es fehlt: pip install a b", english="skipped: needs a b"),
        SystemName.BM25: Left(german="gescheitert: x|y", english="failed: x|y", is_failure=True),
        SystemName.BM25S: tried(collection, ("p3", TEXTS["p3"]), ("baum", "")),
        SystemName.RATSLOTSE: tried(collection, (first, TEXTS["p1"]), ("p2", TEXTS["p2"]), ("baum", "")),
    }


def test_papers_come_with_the_titles_of_their_sidecars_in_the_order_of_their_names(data: Path) -> None:
    items = list(load_collection(data, GOLD).items())

    assert [(item.id, item.title) for item in items] == [
        ("p1", ""), ("p1b", ""), ("p2", "Verkauf in der Ottostraße"), ("p3", ""), ("p4", "")
    ]  # fmt: skip
    assert items[2].text == TEXTS["p2"]


SAMPLES = [
    (GOLD, 1, {"p1", "p2", "p3", "p4"}, "papers with an answer always take part"),
    (GOLD, 5, {"p1", "p1b", "p2", "p3", "p4"}, "others fill up"),
    (SMALL, 2, {"bad", "baum"}, "the right documents of a retrieval set"),
    (SMALL, 99, {"bad", "messe", "baum"}, "more than there are"),
]


@pytest.mark.parametrize(("name", "sample", "expected", "reason"), SAMPLES)
def test_a_sample_can_still_answer_every_question(
    data: Path, tmp_path: Path, name: str, sample: int, expected: set[str], reason: str
) -> None:
    collection = load_collection(data, name, sample)

    assert {item.id for item in collection.items()} == expected, reason
    if name == GOLD:
        scratch = tmp_path / "auswahl"
        scratch.mkdir()
        copied = {path.name for path in collection.files(scratch).iterdir()}
        assert copied == {f"{paper}.txt" for paper in expected} | {"p2.meta.yaml"}


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="documents fehlt"):
        load_collection(tmp_path, GOLD)
    with pytest.raises(UsageError, match=re.escape("corpus.jsonl")):
        load_collection(tmp_path, SMALL)


def test_papers_are_judged_like_our_own_answers(data: Path) -> None:
    # p1b is p1 under another id; p2's evidence stands in its hit, p3's and p4's papers are not found
    found = tried(load_collection(data, GOLD), ("p1b.txt", TEXTS["p1b"]), ("p2", "x" * 4480), ("p2", TEXTS["p2"]))

    assert {name: found.measures[name].value for name in trial.GOLD_MEASURES} == {
        "file1": 1 / 4, "file5": 2 / 4, "file10": 2 / 4, "read4500": 1 / 4, "read9000": 2 / 4
    }  # fmt: skip
    assert found.documents == 5


def test_a_document_found_twice_counts_once(data: Path) -> None:
    found = tried(load_collection(data, SMALL), ("messe", ""), ("messe", ""), ("bad", ""))

    assert found.measures["ndcg10"].value == pytest.approx((0.6309297535714575 + 0) / 2)  # 1 / log2(3)


def test_only_what_a_measure_reads_is_kept(data: Path) -> None:
    record = observe(FixedOrder(("p1", "x" * READ_CHARS), ("p2", "y"), ("p3", "z")), load_collection(data, GOLD))

    assert [hit.text[:1] for hit in record.answers[0].hits] == ["x", "y", ""]
    ranked = observe(FixedOrder(("bad", "x"), ("bad", "y"), ("baum", "z")), load_collection(data, SMALL))
    assert [(hit.path, hit.text) for hit in ranked.answers[0].hits] == [("bad", ""), ("baum", "")]


def test_a_lead_is_paired_over_questions(data: Path) -> None:
    collection = load_collection(data, SMALL)
    peer, ours = tried(collection, ("bad", "")), tried(collection, ("bad", ""), ("baum", ""))

    assert lead(collection, peer, ours).value == pytest.approx(0.6309297535714575 / 2)


@pytest.mark.parametrize(("name", "measure", "least"), [(GOLD, "file5", 1.0), (SMALL, "ndcg10", 1.0)])
def test_ratslotse_runs_in_a_process_of_its_own(data: Path, name: str, measure: str, least: float) -> None:
    collection = load_collection(data, name)
    outcome = run_system(SystemName.RATSLOTSE, collection, data, None, with_slow=False)

    assert isinstance(outcome, Trial), outcome
    assert outcome.measures[measure].value >= least
    assert outcome.index_seconds > 0
    assert 50e6 < outcome.peak_bytes < 2e9
    assert len(outcome.rows) == len(collection.inquiries)


@pytest.mark.slow
@pytest.mark.parametrize("system", [name for name in SYSTEMS if name is not SystemName.RATSLOTSE])
@pytest.mark.parametrize("name", [GOLD, SMALL])
def test_a_peer_finds_what_is_said_in_the_same_words(data: Path, system: SystemName, name: str) -> None:
    if missing := SYSTEMS[system].missing():
        pytest.skip(f"needs {' '.join(missing)}")
    collection = load_collection(data, name)
    outcome = run_system(system, collection, data, None, with_slow=False)

    assert isinstance(outcome, Trial), outcome
    assert outcome.measures["file5" if name == GOLD else "ndcg10"].value == 1.0


def test_a_system_without_its_packages_is_skipped_with_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = {"gibt_es_nicht": "gibt-es-nicht", "json": "json", "auch_nicht": "auch-nicht"}
    monkeypatch.setitem(SYSTEMS, SystemName.BM25S, Entry(label="x", make=OurPapers, packages=packages))
    outcome = run_system(SystemName.BM25S, load_collection(data, SMALL), data, None, with_slow=False)

    assert isinstance(outcome, Left)
    assert outcome.german == "übersprungen, es fehlt: pip install gibt-es-nicht auch-nicht"
    assert outcome.english == "skipped: needs gibt-es-nicht auch-nicht"
    assert not outcome.is_failure


def test_a_slow_system_leaves_a_large_set_out_unless_asked_for(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SYSTEMS, SystemName.RATSLOTSE, Entry(label="x", make=OurPapers, packages={}, is_slow=True))
    monkeypatch.setattr(trial, "SLOW_CHARS", 10)
    collection = load_collection(data, SMALL)

    left = run_system(SystemName.RATSLOTSE, collection, data, None, with_slow=False)
    assert isinstance(left, Left)
    assert "--slow" in left.german
    assert isinstance(run_system(SystemName.RATSLOTSE, collection, data, None, with_slow=True), Trial)


def test_a_system_that_fails_is_named_with_its_reason(data: Path) -> None:
    collection = load_collection(data, SMALL)
    (data / SMALL / "corpus.jsonl").write_text("kein JSON\n", encoding="utf-8")
    outcome = run_system(SystemName.RATSLOTSE, collection, data, None, with_slow=False)

    assert isinstance(outcome, Left)
    assert outcome.is_failure
    assert "Zeile 1" in outcome.german


@pytest.mark.parametrize(("name", "first"), [(GOLD, "0,25"), (SMALL, "0,750")])
def test_the_terminal_table_names_every_system_within_eighty_columns(data: Path, name: str, first: str) -> None:
    collection = load_collection(data, name)
    written = io.StringIO()
    show_set(collection, a_run(collection), Console(width=80, file=written))
    text = written.getvalue()

    assert max(map(len, text.splitlines())) <= 80
    assert "LangChain, MiniLM, Chroma: übersprungen, es fehlt: pip install a b" in text
    assert "LangChain BM25Retriever: gescheitert: x|y" in text
    assert re.search(rf"^Ratslotse +{first}", text, re.MULTILINE)
    assert "Ratslotse gegen bm25s" in text


@pytest.mark.parametrize("name", [GOLD, SMALL])
def test_the_markdown_table_is_whole(data: Path, name: str) -> None:
    collection = load_collection(data, name)
    text = markdown_set(collection, a_run(collection))
    rows = [line for line in text.splitlines() if line.startswith("|")]

    assert len({row.count("|") for row in rows}) == 1, text
    assert len(rows) == 2 + len(SYSTEMS)
    assert "| skipped: needs a b |" in text
    assert "| failed: x/y |" in text
    assert re.search(r"\*\*Ratslotse\*\* \| \*\*\.\d+ \[", text)
    assert "paired): bm25s, Snowball German +" in text


def test_the_foot_tells_date_machine_versions_sample_and_command() -> None:
    told = markdown_foot(
        Bench(day=dt.date(2026, 11, 23), machine="2 cores", versions="bm25s 0.3", command="python -m x", sample=300)
    )

    assert told.startswith("2026-11-23, 2 cores. bm25s 0.3. Only 300 papers of each set took part. `[…]`")
    assert told.endswith("```sh\npython -m x\n```")


def test_the_command_line_writes_the_readme_s_table_without_a_machine_s_path(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--data", str(data), "--set", f"{SMALL}|{SMALL}", "--system", "ratslotse", "--markdown"]
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    with pytest.raises(SystemExit) as left:
        main()

    out = capsys.readouterr().out
    assert not left.value.code
    assert out.count("| **Ratslotse** | **1.000 [1.000, 1.000]** |") == 2
    assert str(data) not in out
    assert "python -m evals.bench --data $RATSLOTSE_DATA --set 'klein|klein' --system ratslotse --markdown" in out


def test_a_wrong_set_is_one_sentence_and_exit_code_two(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--data", str(data), "--set", "gibt-es-nicht"])
    with pytest.raises(SystemExit) as left:
        main()

    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("Fehler: ")
