"""What goes into the catalogue comes out of it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import IndexDamaged
from ingest.index.catalogue import Catalogue
from ingest.index.cataloguing import Cataloguer, Entry
from ingest.index.records import Change, Failure, Root, Statistics, Withdrawn
from ingest.index.schema import document_of, record_of, years
from ingest.types import (
    AgendaItem,
    DateBasis,
    Decision,
    Kind,
    Point,
    Reference,
    ReferenceKind,
    Section,
    SectionRole,
    Span,
    SummaryOf,
    Visibility,
)
from tests.builders import a_document
from tests.ingest.index.papers import an_entry

SPAN = Span(start=0, end=4)
RICH = a_document(
    number="236/2023",
    version="Neufassung",
    date=dt.date(2023, 7, 4),
    date_basis=DateBasis.PAPER,
    session_date=dt.date(2023, 7, 5),
    factions=("GRÜNE", "SPD"),
    summary_of=SummaryOf(title="Vorlage", number="1/2023", date=dt.date(2023, 1, 2)),
    sections=(Section(role=SectionRole.REQUEST, heading="Wir beantragen", span=SPAN, agenda_item="4a"),),
    agenda_items=(AgendaItem(number="4a", title="Digitalisierung", span=SPAN),),
    points=(Point(position=1, number="1", heading="", text="eins", span=SPAN),),
    decisions=(Decision(text="Zustimmung", vote="einstimmig", span=SPAN),),
    references=(Reference(kind=ReferenceKind.REPORT, number="9/2022", label="GRDrs 9/2022", span=SPAN),),
    extras={"quelle": ["a", "b"], "zahl": 3},
    warnings=("Hinweis",),
)


def written(folder: Path, *entries: Entry) -> Path:
    path = folder / "catalogue.sqlite"
    cataloguer = Cataloguer(path)
    cataloguer.put(entries)
    cataloguer.close()
    return path


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    entries = (
        an_entry("neu", "Der Radweg in Durlach kostet 2024 mehr.", number="0012/2023", date=dt.date(2024, 5, 1)),
        an_entry("alt", "Radweg, wie 2019 geplant", number="12/2023", date=dt.date(2023, 5, 1), procedure="28744"),
        an_entry("ohne", "12/2023 ohne Datum", number="12/2023", kind=Kind.MOTION, factions=("SPD",)),
        an_entry("leer", "– –", path="ordner/leer_1.txt"),
    )
    with closing(Catalogue(written(tmp_path, *entries))) as opened:
        yield opened


def test_a_paper_comes_out_as_it_went_in(tmp_path: Path) -> None:
    entry = an_entry("x", "egal")
    whole = Entry(
        document=RICH, root="/corpus", relative="a.pdf", state=entry.state, title_tokens=(), passages=entry.passages
    )
    with closing(Catalogue(written(tmp_path, whole))) as catalogue:
        assert catalogue.document("d") == RICH


def test_the_record_leaves_out_the_texts_and_keeps_the_rest() -> None:
    record = record_of(RICH)

    assert "eins zwei" not in record
    assert document_of({"record": record, "text": RICH.text, "source": RICH.source}) == RICH  # type: ignore[arg-type]


def test_headers_hold_what_ranking_needs(catalogue: Catalogue) -> None:
    headers = catalogue.headers(["ohne", "fremd", "neu"])

    assert list(headers) == ["ohne", "neu"]
    assert headers["neu"].years == (2024,)
    assert headers["neu"].date == dt.date(2024, 5, 1)
    assert headers["ohne"].factions == ("SPD",)
    assert headers["ohne"].visibility is Visibility.PUBLIC


def test_years_come_from_the_date_and_the_beginning_only() -> None:
    text = "Haushalt 2021/2022, Nr. 120234, 1899" + " " * 1500 + "2030"

    assert years(a_document(text=text, date=dt.date(2020, 1, 1))) == [2020, 2021, 2022]


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("236/2023", "GRDrs 236/2023"),  # with its word
        ("GRDrs 236/2023", "236/2023"),  # the word is in the sidecar
        ("236/2023", " 0236 / 2023 "),  # registry software pads with zeros
        ("2022/0728", "2022/728"),  # Karlsruhe counts in four digits
        ("2022/0485/1", "Vorlage 2022/485/1"),  # with a part
        ("VA 177", "va  177"),  # case and double blanks
    ],
)
def test_a_paper_is_found_by_its_number_in_any_spelling(stored: str, asked: str, tmp_path: Path) -> None:
    path = written(tmp_path, an_entry("gesucht", "Text", number=stored), an_entry("anderes", "Text", number="1/2020"))
    with closing(Catalogue(path)) as catalogue:
        assert catalogue.by_number(asked) == ("gesucht",)


def test_a_number_in_the_name_of_a_procedure_is_not_the_number_of_its_papers(tmp_path: Path) -> None:
    name = "Task Force (GRDrs 144/2023)"
    path = written(
        tmp_path,
        an_entry("vorlage", "Text", number="144/2023", procedure=name),
        an_entry("presse", "Text", procedure=name),
    )
    with closing(Catalogue(path)) as catalogue:
        assert catalogue.by_number("GRDrs 144/2023") == ("vorlage",)
        assert catalogue.by_number(name) == ("presse", "vorlage")


def test_numbers_find_papers_newest_first_and_undated_last(catalogue: Catalogue) -> None:
    assert catalogue.by_number("12/2023") == ("neu", "alt", "ohne")
    assert catalogue.by_number("012 / 2023", ReferenceKind.MOTION) == ("ohne",)
    assert catalogue.by_number("28744") == ("alt",)
    assert catalogue.by_number("28744", ReferenceKind.REPORT) == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("neu.txt", ["neu"]),  # the whole path
        ("leer_1.txt", ["leer"]),  # its end
        ("eer_1.txt", []),  # part of a file name is no path
        ("leer%1.txt", []),  # the database's wildcards are letters like any other
        ("12/2023", ["neu", "alt", "ohne"]),  # a number
        ("alt", ["alt"]),  # an id
    ],
)
def test_staff_find_papers_by_path_or_number(catalogue: Catalogue, wanted: str, found: list[str]) -> None:
    assert [header.document_id for header in catalogue.find(wanted)] == found


def test_a_passage_without_words_has_no_vector(catalogue: Catalogue) -> None:
    (passage,) = catalogue.passages_of("leer")

    assert catalogue.vectors([passage.passage_id]) == {}
    assert catalogue.counts() == (4, 4, 3)
    assert catalogue.embedded(["hash of – –"]) == {"hash of – –": None}


def test_vectors_come_out_as_they_went_in(catalogue: Catalogue) -> None:
    (passage,) = catalogue.passages_of("neu")
    (vector,) = catalogue.vectors([passage.passage_id, "fremd"]).values()

    np.testing.assert_array_equal(vector, dict(catalogue.dense_items(["neu"]))[passage.passage_id])
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_many_ids_are_asked_for_at_once(catalogue: Catalogue) -> None:
    ids = [f"fremd{i}" for i in range(5_000)]

    assert list(catalogue.headers([*ids, "neu"])) == ["neu"]


def test_statistics_count_by_kind(catalogue: Catalogue) -> None:
    expected = Statistics(documents={Kind.MOTION: 1, Kind.REPORT: 3}, passages=4, newest=dt.date(2024, 5, 1))

    assert catalogue.statistics() == expected
    assert expected.document_count == 4


def test_threads_share_a_catalogue(catalogue: Catalogue) -> None:
    errors = []

    def ask() -> None:
        try:
            for _ in range(50):
                assert len(catalogue.headers(["neu", "alt"])) == 2
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []


def test_removing_a_paper_leaves_no_row_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, an_entry("bleibt", "Bleibt"), an_entry("geht", "Geheimwort", number="1/2020"))
    cataloguer = Cataloguer(path)
    cataloguer.remove(["geht"])
    cataloguer.vacuum()
    cataloguer.close()
    with closing(Catalogue(path)) as catalogue:
        assert catalogue.counts() == (1, 1, 1)
        assert catalogue.by_number("1/2020") == ()

    assert b"Geheimwort" not in path.read_bytes()


def test_a_batch_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    cataloguer = Cataloguer(path)
    with pytest.raises(Exception, match="UNIQUE"):
        cataloguer.put([an_entry("a", "eins"), an_entry("a", "zwei")])
    cataloguer.close()

    with closing(Catalogue(path)) as catalogue:
        assert catalogue.counts() == (0, 0, 0)


def test_roots_failures_changes_and_withdrawn_papers_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    roots = (Root(path="/b", name="b", position=1), Root(path="/a", name="a", position=2))
    failure = Failure(root="/a", relative="x.pdf", path="x.pdf", reason="leer")
    changes = [
        Change(time=dt.datetime(2026, 1, day, tzinfo=dt.UTC), path=f"{day}", outcome="added", reason=None)
        for day in (1, 2)
    ]
    out = Withdrawn(root="/a", relative="y.pdf", file_hash="h", sidecar_hash="")
    cataloguer = Cataloguer(path)
    cataloguer.remember(reversed(roots))
    cataloguer.fail([failure])
    cataloguer.note(changes)
    cataloguer.withdraw([out])
    cataloguer.close()

    with closing(Catalogue(path)) as catalogue:
        assert catalogue.roots() == roots
        assert catalogue.failures() == (failure,)
        assert catalogue.changes(1) == (changes[1],)
        assert catalogue.withdrawn() == (out,)

    cataloguer = Cataloguer(path)
    cataloguer.readmit([("/a", "y.pdf")])
    cataloguer.close()
    with closing(Catalogue(path)) as catalogue:
        assert catalogue.withdrawn() == ()


def test_what_is_no_catalogue_is_damage(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_text("Das ist keine Datenbank." * 100)

    with pytest.raises(IndexDamaged, match="Katalog"):
        Catalogue(tmp_path / "catalogue.sqlite")
