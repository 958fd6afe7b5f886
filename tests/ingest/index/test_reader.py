"""Reading: the right generation, the right encoder, and no error while another one is published."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import IndexMismatch, IndexMissing
from ingest.german import search_tokens
from ingest.index import LiveIndex, layout, open_index
from ingest.index.manifest import INDEX_VERSION
from tests.fakes import WordHashEncoder
from tests.ingest.index.papers import ENCODER, FINGERPRINT, an_entry, publish, ten_papers
from tests.ingest.made_corpus import state_of


def test_a_reader_finds_by_words_vector_number_and_path(tmp_path: Path) -> None:
    publish(tmp_path, ten_papers())
    with closing(open_index(tmp_path, ENCODER)) as reader:
        (best, _), *_ = reader.lexical(search_tokens("Breitbandausbau"), 5)
        (nearest, cosine), *_ = reader.dense(ENCODER.encode_question("Breitband wird ausgebaut"), 5)

        assert reader.passages([best])[best].document_id == "p3"
        assert nearest == best
        assert 0 < cosine < 1
        assert reader.by_number("3/2023") == ("p3",)
        assert reader.find("p3.txt")[0].title == "Antrag p3"
        assert reader.document("p3").text.startswith("Der Gemeinderat beschließt: Breitband")
        assert list(reader.vectors([best])) == [best]
        assert [header.document_id for header in reader.all_headers()][:2] == ["p0", "p1"]
        with pytest.raises(KeyError):
            reader.document("fremd")


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    publish(tmp_path)
    with closing(open_index(tmp_path, ENCODER)) as reader:
        assert reader.lexical(["haushalt"], 5) == []
        assert reader.dense(ENCODER.encode_question("Haushalt"), 5) == []
        assert reader.statistics().document_count == 0


def test_another_encoder_is_refused_with_both_names(tmp_path: Path) -> None:
    publish(tmp_path, ten_papers())

    with pytest.raises(IndexMismatch, match=r"„wort-hash“.*„anderer“") as caught:
        open_index(tmp_path, WordHashEncoder(name="anderer"))
    assert "ratslotse-ingest add" in caught.value.hint


@pytest.mark.parametrize("change", [{"index_version": INDEX_VERSION + 1}, {"german_version": -1}])
def test_another_version_is_refused(change: dict[str, int], tmp_path: Path) -> None:
    publish(tmp_path, ten_papers(), fingerprint=replace(FINGERPRINT, **change))  # type: ignore[arg-type]

    with pytest.raises(IndexMismatch, match="anderen Version"):
        open_index(tmp_path, ENCODER)


def test_nothing_published_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="noch kein Index"), LiveIndex(tmp_path, ENCODER).reader():
        pass


def test_a_new_generation_is_noticed_at_the_next_question_and_not_before(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers())
    with LiveIndex(tmp_path, ENCODER) as live:
        with live.reader() as before:
            second = publish(tmp_path, [an_entry("neu", "Zeppelin")], base=first)
            assert before.generation == first.name
            assert before.lexical(search_tokens("Zeppelin"), 5) == []
        with live.reader() as after:
            assert after.generation == second.name
            assert len(after.lexical(search_tokens("Zeppelin"), 5)) == 1


def test_an_idle_reader_survives_the_removal_of_its_generation(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers())
    with LiveIndex(tmp_path, ENCODER) as live:
        with live.reader():
            pass
        publish(tmp_path, remove=["p0"], base=first, erase=True)
        assert not first.folder.exists()
        with live.reader() as reader:
            assert reader.statistics().document_count == 9


@pytest.mark.slow
def test_questions_meet_no_error_and_no_half_replaced_paper_while_generations_come_and_go(tmp_path: Path) -> None:
    """Each generation replaces both papers: a question must see both old or both new, found by words and by vector."""
    done, errors, seen = threading.Event(), [], set()

    def pair(count: int) -> list[object]:
        return [an_entry(f"{name}-{count}", f"Zeppelin Ausgabe{count}", path=f"{name}.txt") for name in "ab"]

    generation = publish(tmp_path, [*ten_papers(), *pair(0)])  # type: ignore[list-item]
    live = LiveIndex(tmp_path, ENCODER)

    def ask() -> None:
        while not done.is_set():
            try:
                with live.reader() as reader:
                    hits = reader.lexical(search_tokens("Zeppelin"), 5)
                    hits += reader.dense(ENCODER.encode_question("Zeppelin"), 2)
                    found = reader.passages(name for name, _ in hits)
                    counts = {passage.document_id.split("-")[1] for passage in found.values()}
                    ids = {passage.document_id for passage in found.values()}
                    texts = {reader.document(name).path for name in ids}
                    assert len(counts) == 1, ids
                    assert texts == {"a.txt", "b.txt"}, ids
                    seen.update(counts)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for count in range(1, 9):
        generation = publish(
            tmp_path,
            pair(count),  # type: ignore[arg-type]
            remove=[f"a-{count - 1}", f"b-{count - 1}"],
            base=generation,
            erase=count % 2 == 0,
        )
    done.set()
    for thread in threads:
        thread.join()
    live.close()

    assert errors == []
    assert len(seen) > 2
    assert layout.read_pointer(tmp_path) == generation.name


def test_an_index_that_may_not_be_written_to_is_read_from_a_copy_of_its_legs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path / "index", ten_papers())
    before = state_of(tmp_path / "index")
    (tmp_path / "own").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "own"))
    monkeypatch.setattr(
        "ingest.index.reader.os.access", lambda path, mode: False
    )  # an administrator may write anywhere
    with closing(open_index(tmp_path / "index", ENCODER)) as reader:
        assert reader.lexical(search_tokens("Breitbandausbau"), 5)
        assert reader.dense(ENCODER.encode_question("Breitband wird ausgebaut"), 5)
        (copied,) = (tmp_path / "own").iterdir()
        assert copied.stat().st_mode & 0o777 == 0o700

    assert not list((tmp_path / "own").iterdir())
    assert state_of(tmp_path / "index") == before
