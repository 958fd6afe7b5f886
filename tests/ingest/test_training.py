"""How the shipped files are made, on made-up papers small enough to read."""

import json
import lzma
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.compounds import parse_list
from ingest.embedding import BundledEncoder
from ingest.training import compounds, evaluate, pairs, sources, store, teacher

GOLD = frozenset({"66"})


def paper(**changes: Any) -> dict[str, Any]:
    return {
        "paper": "1",
        "name": "Radweg an der Hauptstraße",
        "reference": "2021/0001",
        "date": "2021-03-01",
        "files": [{"id": "11", "date": "2021-03-01", "text": ""}],
        **changes,
    }


LEARNING = [
    (paper(), True, "before 2023 and not gold"),
    (paper(paper="66"), False, "a gold paper"),
    (paper(date="2023-01-01"), False, "the first day held back"),
    (paper(date=None), False, "no date to trust"),
    (paper(files=[{"id": "11", "date": "2024-01-01", "text": ""}]), False, "a later file of an early paper"),
    (paper(files=[{"id": "11", "date": None, "text": ""}]), False, "a file without a date"),
    (paper(reference="2023/0001"), False, "a number of a later year"),
    (paper(reference=None), True, "a number is not needed"),
]


@pytest.mark.parametrize(("record", "expected", "reason"), LEARNING, ids=[row[2] for row in LEARNING])
def test_only_certain_papers_are_learned_from(record: dict[str, Any], expected: bool, reason: str) -> None:
    assert sources.may_be_learned(record, GOLD) is expected, reason


CLEANING = [
    ("Die wün-\nschenswerte Lösung", "Die wünschenswerte Lösung", "a word cut at the line's end"),
    ("Haupt-\nund Finanzausschuss", "Haupt- und Finanzausschuss", "a hyphen that stands for a word"),
    ("Name: ........ Datum", "Name: Datum", "a row of dots to write on"),
    ("Erster\nAbsatz \n \nZweiter", "Erster Absatz\n\nZweiter", "an empty line ends a paragraph"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CLEANING, ids=[row[2] for row in CLEANING])
def test_texts_are_mended(text: str, expected: str, reason: str) -> None:
    assert sources.clean(text) == expected, reason


def test_passages_hold_all_sentences_in_order() -> None:
    text = " ".join(f"Dies ist der Satz Nummer {number} des Berichts." for number in range(50))

    packed = list(sources.passages(text, max_chars=300, min_chars=100))

    assert " ".join(packed) == text
    assert all(len(passage) <= 300 + 100 for passage in packed)
    assert len(packed) > 5


def test_a_sentence_is_paired_with_the_rest_of_its_passage() -> None:
    one, two = "Der Radweg an der Hauptstraße wird im Frühjahr gebaut.", "Die Kosten betragen etwa zwei Millionen Euro."

    found = set(pairs.sentence_pairs((one, two), random.Random(0)))

    assert found == {((one,), (two,)), ((two,), (one,))}


def test_a_short_formula_is_not_paired() -> None:
    assert list(pairs.sentence_pairs(("Mit freundlichen Grüßen.", "Ihr Amt."), random.Random(0))) == []


def test_a_title_is_paired_with_each_passage_and_a_passage_with_the_next() -> None:
    source = sources.Source(title="Radweg", passages=("Erste. Ja.", "Zweite"))

    found = list(pairs.source_pairs(source, random.Random(0)))

    first, second = ("Erste.", "Ja."), ("Zweite",)
    assert found == [(("Radweg",), first), (("Radweg",), second), (first, second)]


def test_a_question_is_paired_alone_and_under_its_topic() -> None:
    found = list(pairs.question_pairs("Radweg", "Wann wird gebaut?", "Im Frühjahr."))

    answer = ("Im Frühjahr.",)
    assert found == [(("Wann wird gebaut?",), answer), (("Radweg", "Wann wird gebaut?"), answer)]


def test_a_letterhead_is_used_once() -> None:
    seen: set[int] = set()
    first = pairs.unseen(sources.Source(title="A", passages=("Stadt Karlsruhe", "Text")), seen)
    second = pairs.unseen(sources.Source(title="B", passages=("STADT  Karlsruhe", "Anderes")), seen)

    assert first.passages == ("Stadt Karlsruhe", "Text")
    assert second.passages == ("Anderes",)


def test_the_list_of_parts_leaves_out_names_fragments_and_what_is_never_a_part() -> None:
    passages = [
        "Der Radweg und das Rathaus, Herr Krause.",
        "Die Wegeplanung: eine Planung für Wege, Haus und Rad.",
        "Das Haus, die Stadtplanung der Stadt, Frau Krause; eine Kraus-Planung, verwal tung, Verwaltung Krausehaus.",
        "Hausplanung, Stadthaus, Planungsstadt, tung",
    ] * 2

    parts = compounds.base_list(compounds.count(passages), min_passages=2, min_uses=1)

    assert {"haus", "stadt", "planung"} <= parts.keys()
    assert "krause" not in parts
    assert "tung" not in parts
    assert "eine" not in parts


def test_a_written_list_is_read_back(tmp_path: Path) -> None:
    compounds.write_list({"stadt": 5.04, "amt": 2.0}, tmp_path / "liste.xz")

    text = lzma.decompress((tmp_path / "liste.xz").read_bytes()).decode()

    assert parse_list(text) == {"amt": 2.0, "stadt": 5.0}


def test_rows_are_rounded_to_eight_bits_with_a_factor_each() -> None:
    vectors = np.random.default_rng(0).normal(size=(20, 8)).astype(np.float32)
    vectors[3] = 0

    numbers, factors = store.quantise(vectors)

    assert numbers.dtype == np.int8
    np.testing.assert_allclose(numbers * factors[:, None], vectors, atol=float(factors.max()) / 2 + 1e-6)
    assert not numbers[3].any()


def test_bm25_ranks_the_rarer_word_higher_and_longer_texts_lower() -> None:
    texts = [["stadt", "radweg"], ["stadt", "haushalt"], ["stadt", "haushalt", *["wort"] * 20]]

    scores = evaluate.Bm25(texts).scores(["haushalt"])

    assert scores[0] == 0
    assert scores[1] > scores[2] > 0
    assert evaluate.Bm25(texts).scores(["radweg"])[0] > scores[1]


NDCG = [
    (["a", "b"], {"a"}, 1.0, "right at the top"),
    (["b", "a"], {"a"}, 1 / np.log2(3), "right in second place"),
    (["b", "c"], {"a"}, 0.0, "not found"),
    (["a", "b"], {"a", "b"}, 1.0, "two right ones in front"),
]


@pytest.mark.parametrize(("ranked", "right", "expected", "reason"), NDCG, ids=[row[3] for row in NDCG])
def test_ndcg_follows_its_definition(ranked: list[str], right: set[str], expected: float, reason: str) -> None:
    assert evaluate.ndcg(ranked, frozenset(right)) == pytest.approx(expected), reason


def pack(path: Path, records: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    path.write_bytes(lzma.compress(lines) if path.suffix == ".xz" else lines)


TOPICS = {
    "Radweg": "Der Radweg und die Fahrradstraße werden für Fahrräder ausgebaut, Radfahrende fahren sicher.",
    "Schule": "Die Schule und der Unterricht der Lehrkräfte werden digital, Klassen lernen mit Tablets.",
    "Haushalt": "Der Haushalt und die Ausgaben der Kämmerei steigen, Steuern und Gebühren decken die Kosten.",
    "Park": "Der Park und die Bäume im Grünen werden gepflegt, Gärtner pflanzen Sträucher und Blumen.",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    papers = []
    for number, (title, text) in enumerate(list(TOPICS.items()) * 6):
        file = {"id": f"{number}", "date": "2020-01-01", "text": f"{text} Nr. {number}. {text}"}
        papers.append(paper(paper=f"{number}", name=title, files=[file]))
    held_back = {"id": "99", "date": "2020-01-01", "text": "Dies ist GEHEIM und steht in einem Papier der Prüfung."}
    papers.append(paper(paper="66", name="GEHEIM", files=[held_back]))
    pack(folder / "karlsruhe-full.jsonl.xz", papers)
    (folder / "gold-dev").mkdir()
    (folder / "gold-dev" / "papers.json").write_text('["66"]', encoding="utf-8")
    law = {"law": "Straßengesetz", "title": "§ 1 Radwege", "text": TOPICS["Radweg"]}
    pack(folder / "training" / "laws-sections.jsonl.xz", [law])
    pack(folder / "training" / "speeches.jsonl.xz", [{"title": "Rede", "text": TOPICS["Park"] * 20}])
    question = {
        "date": "2020-01-01",
        "topic": "Schule",
        "question": "Wann kommen Tablets?",
        "answers": [TOPICS["Schule"]],
    }
    pack(folder / "training" / "qa-train.jsonl.xz", [question])
    return folder


def by_topic(texts: Sequence[str]) -> NDArray[np.float32]:
    """Teach as a larger model would: one direction a topic, by the topics' words; nothing for other texts."""
    words = [set(text.lower().replace(",", "").split()) for text in TOPICS.values()]
    rows = np.array([[len(own & set(text.lower().split())) for own in words] for text in texts], dtype=np.float32)
    unit: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit


def test_the_teacher_is_asked_about_sentences_titles_questions_and_words_of_what_may_be_learned(data: Path) -> None:
    texts = teacher.choose_texts(data, one_in=1000)

    assert {TOPICS["Radweg"], "Radwege", "Haushalt", "Wann kommen Tablets?", "Lehrkräfte"} <= set(texts)
    assert not any("GEHEIM" in text for text in texts)
    assert texts == teacher.choose_texts(data, one_in=1000)
    assert list(texts) == sorted(texts, key=len)


def test_what_the_teacher_has_no_vector_for_is_left_out_and_lessons_are_read_back(tmp_path: Path) -> None:
    lessons = teacher.ask(("Radweg", "☃", "Haushalt"), by_topic)
    teacher.save_lessons(tmp_path / "lessons.npz", lessons)

    again = teacher.load_lessons(tmp_path / "lessons.npz")

    assert again.texts == lessons.texts == ("Radweg", "Haushalt")
    np.testing.assert_allclose(again.vectors, lessons.vectors, atol=1e-3)


def test_the_strongest_directions_keep_the_angles_and_come_first() -> None:
    flat = np.random.default_rng(0).normal(size=(50, 2)) * (3, 1) @ np.random.default_rng(1).normal(size=(2, 6))
    rows = (flat / np.linalg.norm(flat, axis=1, keepdims=True)).astype(np.float32)

    turned = teacher.principal(rows, 2)

    assert turned.shape == (50, 2)
    np.testing.assert_allclose(turned @ turned.T, rows @ rows.T, atol=1e-4)
    assert (turned[:, 0] ** 2).sum() > (turned[:, 1] ** 2).sum()


@pytest.mark.parametrize("taught", [False, True], ids=["pairs alone", "lessons first and beside"])
@pytest.mark.filterwarnings("ignore")  # what torch warns of while it is imported is its own
def test_training_on_tiny_data_gives_a_model_that_loads_and_has_learned(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], taught: bool
) -> None:
    pytest.importorskip("torch")
    from ingest.training import train

    sizes = ["--vocabulary", "400", "--dimensions", "4" if taught else "32"]
    sizes += ["--epochs", "40", "--batch", "16", "--threads", "1"]
    if taught:
        teacher.save_lessons(tmp_path / "l.npz", teacher.ask(teacher.choose_texts(data, one_in=1000), by_topic))
        sizes += ["--lessons", str(tmp_path / "l.npz"), "--lesson-epochs", "200"]
    assert train.main(["--data", str(data), "--out", str(tmp_path / "model"), *sizes]) == 0

    told = json.loads(capsys.readouterr().out)
    encoder = BundledEncoder(tmp_path / "model")
    own, akin, other = encoder.encode(["Radweg für Fahrräder", "Fahrradstraße ausgebaut", "Lehrkräfte und Tablets"])
    assert told["pairs"] > 50
    assert encoder.dimensions == (4 if taught else 32)
    assert own @ akin > own @ other


def test_the_list_program_writes_a_list(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "liste.txt.xz"

    assert compounds.main(["--data", str(data), "--out", str(out), "--min-passages", "1"]) == 0

    assert out.exists()
    assert "parts" in capsys.readouterr().out


def test_evaluation_measures_a_set_in_beir_layout(data: Path) -> None:
    folder = data / "klein"
    pack(folder / "corpus.jsonl", [{"id": name, "title": name, "text": text} for name, text in TOPICS.items()])
    pack(folder / "queries.jsonl", [{"id": "q1", "text": "Wer pflanzt Sträucher?"}])
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tPark\t1\n", encoding="utf-8")

    measured = evaluate.measure(evaluate.beir_task(folder), BundledEncoder())

    assert measured["BM25"] == {"ndcg@10": 1.0, "first 5": 1.0, "first 10": 1.0}
    assert set(measured) == {"BM25", "encoder", "BM25 + 10 cos", "BM25 + 15 cos", "BM25 + 20 cos"}
