from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.channels.web import intake
from bot.channels.web.intake import MOST_NAME_BYTES, Refused, safe_name
from ingest.embedding import load_encoder
from ingest.index.layout import WriterLock
from ingest.pipeline import add
from ingest.sidecar import read_sidecar
from ingest.types import Visibility
from tests.bot.web.client import Client, Got
from tests.bot.web.conftest import Site
from tests.ingest.readers.papers import pdf

PAPER = b"Stellungnahme\n\nDer Wasserturm am Marktplatz kostet 55.555 Euro.\n"
QUESTION = "Was kostet der Wasserturm am Marktplatz?"


def uploaded(client: Client, name: str = "wasserturm.txt", content: bytes = PAPER, visibility: str = "public") -> Got:
    client.get("/verwaltung")
    return client.upload("/verwaltung/hochladen", {"visibility": visibility}, name, content)


def accepted(client: Client, draft: Got, **fields: str) -> Got:
    client.get(draft.headers["location"])
    return client.post(draft.headers["location"], {"what": "accept", **fields})


def test_a_paper_is_shown_taken_in_corrected_and_withdrawn(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client, visitor = site.staff(), site.client()

    draft = uploaded(client)
    preview = client.get(draft.headers["location"])
    assert "Das wurde verstanden" in preview.seen
    assert "Wasserturm" not in visitor.ask(QUESTION).seen.replace(QUESTION, ""), "nothing is taken in yet"

    assert accepted(client, draft, title="Der Wasserturm", date="2024-05-06").status == 303
    assert "55.555 Euro" in visitor.ask(QUESTION).seen
    file = site.corpus / "oeffentlich" / "wasserturm.txt"
    assert (file.read_bytes(), read_sidecar(file).title) == (PAPER, "Der Wasserturm")

    address = f"/verwaltung/papier/{site.document_id('wasserturm.txt')}"
    assert 'value="Der Wasserturm"' in client.get(address).text
    client.post(address, {"title": "Turm des Wassers", "date": "2024-05-06", "factions": "SPD, CDU"})
    assert "Turm des Wassers" in visitor.get("/papiere?fraktion=CDU").seen

    address = f"/verwaltung/papier/{site.document_id('wasserturm.txt')}/zurueckziehen"
    assert client.post(address).status == 422, "asks first"
    assert client.post(address, {"sure": "1"}).status == 303
    assert "55.555" not in visitor.ask(QUESTION).seen
    assert file.is_file()

    audit = re.findall(r"Erika (\w+) oeffentlich/wasserturm\.txt (\w+)", client.get("/verwaltung").seen)
    assert audit == [("zurückgezogen", "zurückgezogen"), ("berichtigt", "geändert"), ("aufgenommen", "aufgenommen")]


def test_a_draft_can_be_thrown_away(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    draft = uploaded(client).headers["location"]

    client.get(draft)
    client.post(draft, {"what": "drop"})

    assert client.get(draft).status == 404
    assert not list((site.state / "drafts").iterdir())


def test_a_file_that_is_there_is_replaced_only_if_asked(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    accepted(client, uploaded(client))
    other = uploaded(client, content=PAPER.replace(b"55.555", b"66.666"))

    refused = accepted(client, other)

    assert refused.status == 422
    assert "gibt es dort schon" in refused.seen
    assert (site.corpus / "oeffentlich" / "wasserturm.txt").read_bytes() == PAPER
    assert accepted(client, other, replace="1").status == 303
    assert "66.666 Euro" in site.client().ask(QUESTION).seen


def test_a_nonpublic_paper_goes_where_only_members_look(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()

    accepted(client, uploaded(client, visibility="nonpublic"))

    assert (site.corpus / "nichtoeffentlich" / "wasserturm.txt").is_file()
    assert "55.555" not in site.client().ask(QUESTION).seen
    assert "55.555 Euro" not in client.ask(QUESTION).seen, "only where it was asked for"
    asked = client.ask(QUESTION, nonpublic="1")
    assert "55.555 Euro" in asked.seen
    assert "NICHTÖFFENTLICH" in asked.seen
    assert not asked.links("/urteil$"), "no word of it goes into the feedback"


def test_a_paper_that_says_it_is_nonpublic_is_believed(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    draft = uploaded(client, content="Sitzungsart: nichtöffentlich\n\n".encode() + PAPER)

    assert "von sich selbst, dass es nichtöffentlich ist" in client.get(draft.headers["location"]).seen
    accepted(client, draft)

    assert (site.corpus / "nichtoeffentlich" / "wasserturm.txt").is_file()
    assert not (site.corpus / "oeffentlich" / "wasserturm.txt").exists()


def test_a_page_without_nonpublic_papers_takes_and_shows_none(own_site: Callable[..., Site]) -> None:
    site = own_site(web_nonpublic=False)
    client = site.staff()

    overview = client.get("/verwaltung")
    assert "Zitronenfalter" not in overview.text
    assert "nichtoeffentlich" not in overview.text
    assert uploaded(client, visibility="nonpublic").status == 400
    draft = uploaded(client, content="Sitzungsart: nichtöffentlich\n\n".encode() + PAPER)
    assert accepted(client, draft).status == 422
    assert not (site.corpus / "nichtoeffentlich" / "wasserturm.txt").exists()
    document_id = site.document_id("vergabe-9303.txt", Visibility.NONPUBLIC)
    for path in (f"/papier/{document_id}", f"/verwaltung/papier/{document_id}"):
        assert client.get(path).status == 404


def test_files_that_need_attention_are_named(site: Site) -> None:
    client = site.staff()

    assert re.search(r"nichtoeffentlich/kaputt\.pdf Das PDF ist beschädigt", client.get("/verwaltung").seen)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("leer.txt", b"", "Datei ist leer"),
        ("falsch.pdf", b"das ist kein PDF", "Endung sagt .pdf"),
        ("scan.pdf", pdf(""), "keinen Text"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_so(site: Site, name: str, content: bytes, told: str) -> None:
    client = site.staff()
    draft = uploaded(client, name, content)

    assert told in client.get(draft.headers["location"]).seen
    assert accepted(client, draft).status == 422


def test_no_file_at_all_is_told_so(site: Site) -> None:
    got = uploaded(site.staff(), name="")

    assert got.status == 422
    assert "wählen Sie eine Datei" in got.seen


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Vorlage 12.pdf", "Vorlage 12.pdf"),
        ("Bürgerbüro.PDF", "Bürgerbüro.pdf"),
        ("../../etc/cron.d/x.txt", "x.txt"),
        ("..\\..\\windows\\x.txt", "x.txt"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\a.docx", "a.docx"),
        ("a\0b\n<c>.md", "a-b-c.md"),
        ("....txt.txt", "txt.txt"),
        (".versteckt.txt", "versteckt.txt"),
        ("~$sperre.docx", "sperre.docx"),
        ("a" * 500 + ".txt", "a" * (MOST_NAME_BYTES - 4) + ".txt"),
        ("ü" * 500 + ".txt", "ü" * 88 + ".txt"),
    ],
)
def test_a_file_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a",
        "a.exe",
        "a.txt.meta.yaml",
        "a.meta.yaml",
        ".txt",
        "/",
        "README.md",
        "a.txt/",
        "a.zip",
        "..\\",
    ],
)
def test_a_file_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        safe_name(name)


def test_a_hostile_name_lands_in_the_corpus_and_nowhere_else(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()

    accepted(client, uploaded(client, name="../../../böse.txt"))

    assert (site.corpus / "oeffentlich" / "böse.txt").is_file()
    assert not list(site.corpus.parent.glob("*.txt"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "gestern"}, "2023-04-26"),
        ({"date": "2023-02-31"}, "2023-04-26"),
        ({"as_of": "2023-13"}, "2023-04"),
        ({"kind": "unfug"}, "angebotenen"),
        ({"url": "javascript:alert(1)"}, "https://"),
    ],
)
def test_a_field_that_cannot_be_understood_changes_nothing(site: Site, fields: dict[str, str], told: str) -> None:
    client = site.staff()
    sidecar = site.corpus / "oeffentlich" / "antrag-9101.md.meta.yaml"
    before = sidecar.read_bytes()

    got = client.post(f"/verwaltung/papier/{site.document_id('antrag-9101.md')}", fields)

    assert got.status == 422
    assert told in got.seen
    assert sidecar.read_bytes() == before


def test_a_correction_keeps_the_keys_it_does_not_know(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    file = site.corpus / "oeffentlich" / "antrag-9101.md"
    sidecar = file.with_name(file.name + ".meta.yaml")
    sidecar.write_text("title: Alt\nnumber: 0123\noverrule: [{point: '2', status: open}]\n", encoding="utf-8")
    client.get("/")
    address = f"/verwaltung/papier/{site.document_id('antrag-9101.md')}"
    assert 'value="0123"' in client.get(address).text, "as it is written, not as YAML counts"

    client.post(address, {"title": "Neu: mit Doppelpunkt", "number": "0123"})

    assert yaml.safe_load(sidecar.read_text("utf-8"))["overrule"] == [{"point": "2", "status": "open"}]
    assert (read_sidecar(file).title, read_sidecar(file).number) == ("Neu: mit Doppelpunkt", "0123")


def test_a_paper_that_becomes_nonpublic_leaves_the_public_page(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    address = f"/verwaltung/papier/{site.document_id('protokoll-9101.pdf')}"
    client.post(address, {"title": "Niederschrift zu Terminals"})
    address = f"/verwaltung/papier/{site.document_id('protokoll-9101.pdf')}/festlegen"

    assert client.post(address, {"visibility": "nonpublic"}).status == 303

    assert "Terminals" not in site.client().get("/papiere?q=Terminals").seen.replace("Terminals – ", "")
    assert "84.000" not in site.client().ask("Was kosten die Terminals?").seen
    assert "festgelegt" in client.get("/verwaltung").seen
    address = f"/verwaltung/papier/{site.document_id('protokoll-9101.pdf', Visibility.NONPUBLIC)}/festlegen"
    assert client.post(address, {"visibility": "public"}).status == 303
    assert "Terminals" in site.client().get("/papiere?q=Terminals").seen


def test_a_run_that_takes_too_long_is_ended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PATIENCE_S", 0.05)

    got = uploaded(site.staff())

    assert got.status == 422
    assert "abgebrochen" in got.seen


def test_a_run_that_fails_says_why(own_town: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, index = own_town
    desk = intake.Intake(corpus_dir=corpus, index_dir=index, state_dir=tmp_path, encoder="gibtsnicht")

    with pytest.raises(Refused, match="gibtsnicht"):
        asyncio.run(desk._run("add", str(corpus), "--index", str(index)))


def test_a_folder_beats_what_staff_want_to_settle_and_says_so(own_site: Callable[..., Site]) -> None:
    site = own_site()
    address = f"/verwaltung/papier/{site.document_id('vergabe-9303.txt', Visibility.NONPUBLIC)}/festlegen"

    got = site.staff().post(address, {"visibility": "public"})

    assert got.status == 422
    assert "liegt unter einem Ordner „nichtoeffentlich“" in got.seen


@pytest.mark.parametrize("replace", [False, True])
def test_an_upload_that_is_refused_leaves_nothing_and_is_not_taken_in_later(
    own_site: Callable[..., Site], replace: bool
) -> None:
    site = own_site()
    client = site.staff()
    if replace:
        accepted(client, uploaded(client), title="Der Wasserturm")
    draft = uploaded(client, content=PAPER.replace(b"55.555", b"66.666"))
    before = snapshot(site.corpus)

    with WriterLock(site.index):
        refused = accepted(client, draft, replace="1", date="2024-05-06")

    assert refused.status == 422
    assert "wird gerade gearbeitet" in refused.seen
    assert snapshot(site.corpus) == before
    assert client.get("/verwaltung").seen.count("wasserturm") == 2 * replace, "its audit entry and its change"
    client.post(draft.headers["location"], {"what": "drop"})
    add(site.index, [site.corpus], load_encoder("bundled"))
    assert "66.666" not in site.client().ask(QUESTION).seen


def test_a_correction_that_is_refused_does_not_happen_later(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    address = f"/verwaltung/papier/{site.document_id('antrag-9101.md')}"
    before = snapshot(site.corpus)

    with WriterLock(site.index):
        assert client.post(address, {"title": "Anders"}).status == 422

    assert snapshot(site.corpus) == before


def test_accepting_a_draft_takes_in_that_draft_alone(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    (site.corpus / "oeffentlich" / "liegt-noch-hier.txt").write_bytes(b"Vermerk\n\nDas Freibad kostet 77.777 Euro.\n")

    accepted(client, uploaded(client))

    assert "55.555 Euro" in site.client().ask(QUESTION).seen
    assert "77.777" not in site.client().ask("Was kostet das Freibad?").seen


def test_a_paper_that_replaces_another_has_none_of_its_values(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.staff()
    accepted(client, uploaded(client), title="Bericht zum Stadtarchiv", date="2024-05-06")

    accepted(client, uploaded(client, content=PAPER.replace(b"55.555", b"66.666")), replace="1")

    shown = site.client().ask(QUESTION).seen
    assert "66.666 Euro" in shown
    assert "Stadtarchiv" not in shown
    assert read_sidecar(site.corpus / "oeffentlich" / "wasserturm.txt").title is None


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
