from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import BrokenSidecar
from ingest.sidecar import MAX_BYTES, Sidecar, read_sidecar, sidecar_path
from ingest.types import Kind, Visibility


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papier.txt"
    path.write_text("Text", encoding="utf-8")
    return path


def _beside(paper: Path, content: str, name: str = "papier.meta.yaml") -> Path:
    path = paper.with_name(name)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_paper_without_a_sidecar_has_an_empty_one(paper: Path) -> None:
    assert sidecar_path(paper) is None
    assert read_sidecar(paper) == Sidecar()


def test_the_sidecar_with_the_ending_wins_alone(paper: Path) -> None:
    _beside(paper, "title: kurz\nsubject: nur hier")
    winner = _beside(paper, "title: lang", "papier.txt.meta.yaml")

    assert sidecar_path(paper) == winner
    assert (read_sidecar(paper).title, read_sidecar(paper).subject) == ("lang", None)


def test_every_known_key_is_read(paper: Path) -> None:
    _beside(
        paper,
        "title: 'Antrag: Obst'\nkind: Motion\nnumber: 9001/2029\ndate: 2029-04-05\nlisted_date: '2029-04-06'\n"
        "body: Gemeinderat\nfactions:\n- spd\n- gruene\nsubject: Obst\nprocedure: 123\nfile_name: a\nurl: https://x\n"
        "visibility: nonpublic\nas_of: 2029-01-01\npaper_type: Antrag\nbody_city: Karlsruhe\n"
        "summary_of:\n  title: Original\n  number: 12\n  url: https://y\n  date: 2028-02-03\n",
    )
    found = read_sidecar(paper)

    assert (found.title, found.kind, found.number) == ("Antrag: Obst", Kind.MOTION, "9001/2029")
    assert (found.date, found.listed_date, str(found.as_of)) == (date(2029, 4, 5), date(2029, 4, 6), "2029-01-01")
    assert (found.factions, found.procedure) == (("spd", "gruene"), "123")
    assert found.visibility is Visibility.NONPUBLIC
    assert found.summary_of is not None
    assert (found.summary_of.title, found.summary_of.number) == ("Original", "12")
    assert found.extras == {}


def test_a_number_is_taken_as_written_and_not_as_yaml_counts(paper: Path) -> None:
    _beside(paper, "number: 0123\nprocedure: 1_000")

    assert (read_sidecar(paper).number, read_sidecar(paper).procedure) == ("0123", "1_000")


@pytest.mark.parametrize("written", ["2029-04-26", "2029-04", "2029"])
def test_a_stand_is_as_exact_as_it_is_known(paper: Path, written: str) -> None:
    _beside(paper, f"as_of: {written}")

    assert str(read_sidecar(paper).as_of) == written


def test_unknown_keys_are_kept_with_their_values(paper: Path) -> None:
    _beside(paper, "amt: 17\nthemen: [a, b]\nunmöglich: 2029-02-31")

    assert read_sidecar(paper).extras == {"amt": 17, "themen": ["a", "b"], "unmöglich": "2029-02-31"}


def test_known_keys_are_known_in_any_case(paper: Path) -> None:
    _beside(paper, "Visibility: nonpublic")

    assert read_sidecar(paper).visibility is Visibility.NONPUBLIC


BROKEN = [
    ("title: a: b", "kein gültiges YAML"),  # an unquoted colon
    ("- a\n- b", "schlüssel: wert"),  # a list
    ("date: gestern", "„date“ („gestern“) ist kein Datum"),
    ("date: 2029-13-45", "kein Datum"),
    ("listed_date: 05.04.2029", "„listed_date“"),  # the contract wants ISO
    ("as_of: 2029-13", "„as_of“ („2029-13“) ist kein Stand"),
    ("as_of: Frühjahr", "kein Stand"),
    ("kind: brief", "„kind“ („brief“) ist unbekannt"),
    ("title: [a, b]", "„title“ ist kein Text"),
    ("factions: {a: b}", "„factions“ ist keine Liste"),
    ("summary_of: {number: 3}", "fehlt die Angabe „title“"),
    ("summary_of: Original", "keine Gruppe"),
    ("number: 1\nnumber: 2", "„number“ steht zweimal"),
    ("visibility: public\nVisibility: nonpublic", "zweimal"),  # which one should count?
    ("a: &x [1]\nb: *x", "YAML-Verweise"),  # a billion laughs begins so
    ("<<: {visibility: nonpublic}", "schlüssel: wert"),  # a key that would be overlooked
    ("? [a]\n: b", "schlüssel: wert"),  # a key that is no word
    ("x: " + "[" * 5000, "verschachtelt"),
    ("- " * 5000, "verschachtelt"),
    ("x: " + "{a: " * 30 + "1" + "}" * 30, "verschachtelt"),
    ("title: " + "x" * MAX_BYTES, "größer als 64 KB"),
    ("title: x\x00y", "kein gültiges YAML"),  # a control character
]


@pytest.mark.parametrize(("content", "says"), BROKEN)
def test_a_broken_sidecar_says_what_is_wrong_in_one_sentence(paper: Path, content: str, says: str) -> None:
    _beside(paper, content)

    with pytest.raises(BrokenSidecar) as caught:
        read_sidecar(paper)

    assert says in caught.value.reason
    assert caught.value.reason.endswith(".")
    assert "papier.meta.yaml" in caught.value.path


def test_latin_1_is_named_as_such(paper: Path) -> None:
    paper.with_name("papier.meta.yaml").write_bytes("title: Straße".encode("latin-1"))

    with pytest.raises(BrokenSidecar, match="UTF-8"):
        read_sidecar(paper)


@pytest.mark.parametrize("value", ["geheim", "öffentlich", "true", "", "[public]", "publik"])
def test_a_visibility_that_cannot_be_read_hides_the_paper_and_says_so(paper: Path, value: str) -> None:
    _beside(paper, f"visibility: {value}")
    found = read_sidecar(paper)

    assert found.visibility is Visibility.NONPUBLIC
    assert "nichtöffentlich" in found.warnings[0]
    assert found.visibility_raw == ("" if value == "[public]" else value)


@pytest.mark.parametrize("value", ["public", "'public'", "PUBLIC", " public "])
def test_public_is_public_however_it_is_written(paper: Path, value: str) -> None:
    _beside(paper, f"visibility: {value}")

    assert read_sidecar(paper).visibility is Visibility.PUBLIC
    assert read_sidecar(paper).warnings == ()


def test_no_tag_of_python_is_ever_followed(paper: Path) -> None:
    _beside(paper, "x: !!python/object/apply:os.system [ls]")

    assert read_sidecar(paper).extras == {"x": ("ls",)}


def test_a_sidecar_is_read_in_about_a_millisecond(paper: Path) -> None:
    _beside(paper, "title: Obst\nkind: motion\nfactions: [spd]\nlisted_date: '2029-01-01'\nvisibility: public\n")
    begin = time.process_time()
    for _ in range(100):
        read_sidecar(paper)

    assert time.process_time() - begin < 1.0  # 0.02 s measured; the bound is for slow machines
