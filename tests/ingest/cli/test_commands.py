"""What each command does and says, as staff and other programs meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ingest.cli.conftest import Call
from tests.ingest.made_corpus import state_of, write_corpus, write_paper


def test_json_is_one_object_a_line_with_the_keys_of_the_contract(corpus: Path, call: Call) -> None:
    write_paper(corpus, "tonband.mp3", "a;b")
    answer = call("add", corpus, "--json")
    *files, last = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.code == 0
    assert {file["path"]: file["outcome"] for file in files}["tonband.mp3"] == "unsupported"
    assert all(set(file) == {"path", "outcome", "reason", "warnings", "pages", "passages"} for file in files)
    assert files[0] == {
        "path": "papier0.txt", "outcome": "added", "reason": None, "warnings": [], "pages": 1, "passages": 1,
    }  # fmt: skip
    summary = last["summary"]
    assert [summary[name] for name in ("added", "changed", "removed", "unchanged", "failed", "unsupported")] == [
        3, 0, 0, 0, 0, 1,
    ]  # fmt: skip
    assert summary["generation"].startswith("000001-")
    assert isinstance(summary["seconds"], float)


def test_without_a_path_the_corpus_of_the_settings_is_taken_and_then_remembered(
    corpus: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 neu" in call("add").out
    monkeypatch.setenv("RATSLOTSE_CORPUS_DIR", "anderswo")
    assert "3 unverändert" in call("add").out


def test_a_failed_file_is_named_and_the_exit_code_is_one(corpus: Path, call: Call) -> None:
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    answer = call("add", corpus)

    assert answer.code == 1
    assert "fehlgeschlagen: kaputt.pdf: " in answer.out
    assert "3 neu, 1 fehlgeschlagen" in answer.out


def test_vanished_papers_are_held_back_with_a_sentence_and_exit_code_one(tmp_path: Path, call: Call) -> None:
    corpus = write_corpus(tmp_path / "corpus", 22)
    call("add", corpus)
    for path in corpus.iterdir():
        path.unlink()
    held, confirmed = call("add"), call("add", "--confirm-removal")

    assert (held.code, "22 Papiere sind aus ihrem Ordner verschwunden" in held.out) == (1, True)
    assert (confirmed.code, "22 entfernt" in confirmed.out) == (0, True)


def test_show_tells_what_was_understood(corpus: Path, call: Call) -> None:
    write_paper(
        corpus,
        "vorlage.txt",
        "Stellungnahme\n\nDie Stadt prüft das.",
        title="Stellungnahme zum Radweg",
        number="99/2024",
        date="2024-03-05",
        kind="report",
        body="Gemeinderat",
        url="https://example.org/1",
        farbe="grün",
    )
    call("add", corpus)
    for wanted in ("vorlage.txt", "99/2024"):
        out = call("show", wanted).out
        for told in (
            "Stellungnahme zum Radweg", "Vorlage/Bericht", "99/2024", "2024-03-05 (Datum des Papiers)", "Gemeinderat",
            "öffentlich", "https://example.org/1", "farbe: grün", "Abschnitte",
        ):  # fmt: skip
            assert told in out


def test_an_ambiguous_removal_lists_the_candidates_and_does_nothing(corpus: Path, tmp_path: Path, call: Call) -> None:
    write_paper(corpus, "zweites.txt", "Dieselbe Nummer", number="1/2023")
    call("add", corpus)
    before = state_of(tmp_path / "index")
    answer = call("remove", "1/2023")

    assert answer.code == 1
    assert "mehrdeutig" in answer.err
    assert "papier0.txt" in answer.err
    assert "zweites.txt" in answer.err
    assert state_of(tmp_path / "index") == before


def test_a_removed_paper_is_gone_and_status_remembers_it(corpus: Path, call: Call) -> None:
    call("add", corpus)
    answer = call("remove", "papier1.txt")

    assert (answer.code, "1 entfernt" in answer.out) == (0, True)
    assert "Frühere Stände wurden gelöscht" in answer.out
    assert call("show", "papier1.txt").code == 1
    assert "Zurückgezogen:   papier1.txt" in call("status").out


def test_status_counts_papers_and_lists_what_cannot_be_read(corpus: Path, call: Call) -> None:
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    call("add", corpus)
    text, values = call("status").out, json.loads(call("status", "--json").out)

    assert "Papiere:         3 (" in text
    assert "kaputt.pdf" in text
    assert sum(values["public"]["documents"].values()) == 3
    assert values["public"]["roots"] == [str(corpus)]
    assert [failure["path"] for failure in values["public"]["failures"]] == ["kaputt.pdf"]


def test_check_writes_nothing_and_says_so(corpus: Path, tmp_path: Path, call: Call) -> None:
    answer = call("check", corpus)

    assert (answer.code, answer.out) == (0, "Prüfung, nichts geschrieben: 3 neu\n")
    assert not (tmp_path / "index").exists()


def test_rollback_goes_to_the_generation_before(corpus: Path, call: Call) -> None:
    call("add", corpus)
    write_paper(corpus, "neu.txt", "Neu")
    call("add")
    answer = call("rollback")

    assert (answer.code, answer.out.startswith("Öffentlich: wieder auf 000001-"), "3 Papiere" in answer.out) == (
        0,
        True,
        True,
    )
    assert call("show", "neu.txt").code == 1


def test_summaries_fit_80_columns(corpus: Path, call: Call) -> None:
    call("add", corpus)
    for answer in (call("add"), call("remove", "papier0.txt"), call("--help")):
        assert max(map(len, answer.out.splitlines())) <= 80


def test_what_a_terminal_would_obey_is_never_written(corpus: Path, call: Call) -> None:
    write_paper(corpus, "loesch\x1b[2Jalles.mp3", "a;b")
    write_paper(corpus, "titel.txt", "Ein Papier")
    (corpus / "titel.meta.yaml").write_text('title: "Titel\\e[2J\\x9b2J"\nfremd: "\\e[2J"\n', encoding="utf-8")
    said = call("add", corpus).out + call("show", "titel.txt").out + call("status").out

    assert "loesch\ufffd[2Jalles.mp3" in said
    assert "Titel [2J 2J" in said
    assert not {"\x1b", "\x9b"} & set(said)


def test_a_broken_sidecar_is_named_itself(corpus: Path, call: Call) -> None:
    (corpus / "papier0.txt.meta.yaml").write_text("date: gestern\n", encoding="utf-8")

    assert "papier0.txt: papier0.txt.meta.yaml: " in call("add", corpus).out


def test_settle_decides_who_may_see_a_paper_and_says_so(corpus: Path, call: Call) -> None:
    write_paper(corpus, "anlage.txt", "Anlage – vertraulich")
    told = call("add", corpus).out
    settled = call("settle", "anlage.txt", "--public", "--json")

    assert "„ratslotse-ingest settle anlage.txt --public“" in " ".join(told.split())
    (paper,) = (json.loads(line) for line in settled.out.splitlines() if "anlage.txt" in line)
    assert (settled.code, paper["outcome"], paper["warnings"]) == (0, "changed", [])
    assert paper["reason"] == "Mit „settle“ als öffentlich festgelegt."
    assert "öffentlich" in call("show", "anlage.txt").out
    assert call("settle", "anlage.txt").code == 2
