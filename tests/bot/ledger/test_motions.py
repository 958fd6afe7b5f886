from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.ledger import Reason, Status, changes_since, mark_of, motion_record
from bot.ledger.book import KEPT, Book, Page
from bot.ledger.dossier import write_dossier
from bot.ledger.types import changes_between
from bot.ledger.view import show_motion
from bot.types import Language
from ingest.errors import UsageError
from tests.bot.ledger.conftest import ANSWER_ON_CARGO_BIKES, MOTION, PAPERS, Town


def test_all_public_motions_are_there_and_no_other(quiet_town: Town) -> None:
    assert [motion.path for motion in quiet_town.motions().all()] == ["anfrage.md", "antrag.md"]


@pytest.mark.parametrize("wanted", ["antrag.md", "2031/9101", "Nr. 2031/9101"])
def test_a_motion_is_found_by_path_and_by_number(quiet_town: Town, wanted: str) -> None:
    assert quiet_town.motions().find(wanted).path == "antrag.md"


def test_a_motion_without_a_number_is_found_by_its_id(quiet_town: Town) -> None:
    motions = quiet_town.motions()
    inquiry = next(motion for motion in motions.all() if motion.number is None)

    assert motions.find(inquiry.motion_id) == inquiry


def test_an_id_outlives_a_correction_of_the_paper(town: Town) -> None:
    before = town.motions().find("antrag.md").motion_id
    town.write("antrag.md", MOTION.replace("zwanzig", "30"), PAPERS["antrag.md"][1] + "factions: [SPD]\n")
    town.publish()

    assert town.motions().find("antrag.md").motion_id == before


def test_an_unknown_motion_is_named_in_the_error(quiet_town: Town) -> None:
    with pytest.raises(UsageError, match="9999/2031"):
        quiet_town.motions().find("9999/2031")


def test_a_number_of_two_motions_names_both(town: Town) -> None:
    town.write("zweiter.md", MOTION, "title: Zweiter\nkind: motion\nnumber: 2031/9101\n")
    town.publish()

    with pytest.raises(UsageError, match="mehrere Anträge"):
        town.motions().find("2031/9101")


def test_a_new_paper_changes_its_motion_and_the_news_tell_it(town: Town) -> None:
    motions = town.motions()
    first = (town.root / "CURRENT").read_text(encoding="utf-8").strip()
    assert motions.refresh() == ()
    town.write("antwort-2.txt", *ANSWER_ON_CARGO_BIKES)
    town.publish()

    (change,) = motions.refresh()

    assert (change.motion.path, change.before and change.before.status) == ("anfrage.md", Status.OPEN)
    assert change.point.status is Status.ANSWERED
    assert motions.refresh() == ()
    assert motions.news() == motions.news(first) == (change,)


def test_what_was_not_touched_is_as_if_worked_out_anew(town: Town) -> None:
    town.motions().all()
    town.write("antwort-2.txt", *ANSWER_ON_CARGO_BIKES)
    town.publish()

    assert town.motions().all() == town.motions("from scratch").all()


def test_a_withdrawn_answer_opens_its_points_again(town: Town) -> None:
    town.motions().all()
    (town.papers / "antwort.txt").unlink()
    (town.papers / "antwort.meta.yaml").unlink()
    town.publish()

    assert {point.status for point in town.motions().find("antrag.md").points} == {Status.OPEN}


def test_what_was_withdrawn_stays_in_no_earlier_ledger_but_its_news_are_told(town: Town) -> None:
    town.motions().all()
    (town.papers / "antwort.txt").unlink()
    (town.papers / "antwort.meta.yaml").unlink()
    town.publish()
    changes = town.motions().refresh()
    kept = b"".join(page.read_bytes() for page in town.state.rglob("*.json"))

    assert {change.motion.path for change in changes} == {"antrag.md"}
    assert "Musterstädte".encode() in kept  # the motion's own words
    assert b"sieben von zwanzig" not in kept


def test_news_of_a_generation_that_was_never_looked_at_are_worked_out(town: Town) -> None:
    town.write("antwort-2.txt", *ANSWER_ON_CARGO_BIKES)
    town.publish()

    assert [change.motion.path for change in town.motions().news()] == ["anfrage.md"]


def test_news_since_a_generation_that_is_gone_are_refused(quiet_town: Town) -> None:
    for name in ("000099-abcdef", "../nonpublic/000001"):
        with pytest.raises(UsageError, match="nicht mehr"):
            quiet_town.motions().news(name)


def test_staff_overrule_with_office_and_reason(town: Town) -> None:
    overrule = "overrule: [{point: 2, status: beantwortet, office: Hauptamt, reason: Beitritt im Mai beschlossen}]\n"
    town.write("antrag.md", MOTION, PAPERS["antrag.md"][1] + overrule)
    town.publish()

    record = motion_record(town.motions().find("antrag.md"))["points"][1]

    assert (record["status"], record["overrule"]["worked_out"]) == ("answered", "open")
    assert "Hauptamt" in record["note"]
    assert "Beitritt im Mai beschlossen" in record["note"]


def test_an_overrule_that_cannot_be_read_changes_nothing(town: Town) -> None:
    before = town.motions().find("antrag.md").points
    town.write("antrag.md", MOTION, PAPERS["antrag.md"][1] + "overrule: [{point: 2, status: vielleicht}]\n")
    town.publish()

    assert [p.status for p in town.motions().find("antrag.md").points] == [p.status for p in before]


@pytest.mark.parametrize(
    ("entries", "overruled"),
    [
        pytest.param('{point: "#2", status: offen, office: Hauptamt}', [2], id="a place"),
        pytest.param("{point: 3., status: offen, office: Hauptamt}", [], id="a number that stands twice means neither"),
        pytest.param('{point: "#4", status: offen, office: Hauptamt}', [4], id="its place tells which"),
        pytest.param("{point: 2}, 7, {point: 1, status: offen, office: Hauptamt}", [1], id="a broken one beside it"),
        pytest.param("{point: 9, status: offen, office: Hauptamt}", [], id="no such point"),
        pytest.param("{point: 2, status: offen, office: ''}", [], id="nobody says so"),
    ],
)
def test_staff_mean_one_point_or_none(town: Town, entries: str, overruled: list[int]) -> None:
    motion = MOTION.replace("## Begründung", "3. Die Verwaltung nennt die Kosten der Geräte.\n\n## Begründung")
    town.write("antrag.md", motion, PAPERS["antrag.md"][1] + f"overrule: [{entries}]\n")
    town.publish()

    points = town.motions().find("antrag.md").points

    assert [point.number for point in points] == ["1", "2", "3", "3"]
    assert [point.position for point in points if point.overrule] == overruled


def test_two_points_with_the_same_words_are_no_news_of_each_other(quiet_town: Town) -> None:
    motion = quiet_town.motions().find("antrag.md")
    first, second = motion.points[0], replace(motion.points[1], text=motion.points[0].text)
    doubled = replace(motion, points=(first, second))

    assert first.standing != second.standing
    assert changes_between([doubled], [doubled]) == changes_since(mark_of(doubled), doubled) == ()


def test_a_reason_that_nobody_is_shown_makes_no_news(quiet_town: Town) -> None:
    motion = quiet_town.motions().find("antrag.md")
    (point, *rest) = motion.points
    now = replace(motion, points=(replace(point, reason=Reason.DONE), *rest))

    assert point.reason is not Reason.DONE
    assert changes_between([motion], [now]) == changes_since(mark_of(motion), now) == ()


def test_a_motion_without_points_is_shown_and_written(quiet_town: Town, tmp_path: Path) -> None:
    bare = replace(quiet_town.motions().find("antrag.md"), points=())
    write_dossier(bare, tmp_path / "leer.html")
    out = Console(file=StringIO(), width=60)
    show_motion(bare, Language.DE, out)

    assert "Keine einzelnen Forderungen" in out.file.getvalue()  # type: ignore[attr-defined]
    assert "Keine einzelnen Forderungen" in (tmp_path / "leer.html").read_text(encoding="utf-8")
    assert mark_of(bare) == "{}"


def test_the_record_is_as_the_contract_has_it(quiet_town: Town) -> None:
    record = motion_record(quiet_town.motions().find("antrag.md"))

    assert {"id", "path", "number", "title", "date", "factions", "points"} <= set(record)
    assert {"number", "text", "status", "reason", "note", "evidence"} <= set(record["points"][0])
    assert {"path", "page", "quote", "date", "title", "kind"} <= set(record["points"][0]["evidence"][0])


def test_a_broken_page_of_the_book_is_worked_out_anew(tmp_path: Path) -> None:
    book = Book(tmp_path)
    (tmp_path / "000001-x.json").write_text("{", encoding="utf-8")

    assert book.page("000001-x", "maker") is None


def test_a_page_of_other_weights_does_not_count(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.write(Page(generation="000001-x", made_by="old", documents=(), motions=()))

    assert book.page("000001-x", "old") is not None
    assert book.page("000001-x", "new") is None


def test_the_book_keeps_so_many_pages_and_drops_the_oldest(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for n in range(KEPT + 2):
        book.write(Page(generation=f"{n:06}-x", made_by="m", documents=(), motions=()))

    assert book.generations() == tuple(f"{n:06}-x" for n in range(2, KEPT + 2))
