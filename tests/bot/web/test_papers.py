from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.bot.web.conftest import Site


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", "34 Papiere"),
        ("?art=motion", "1 Papier"),
        ("?jahr=2023", "3 Papiere"),
        ("?gremium=Verwaltungsausschuss", "3 Papiere"),
        ("?fraktion=SPD", "1 Papier"),
        ("?q=9101/2023", "3 Papiere"),  # by number
        ("?q=terminal", "1 Papier"),  # by the stem of a word
        ("?q=niederschr", "1 Papier"),  # by a part of a word
        ("?q=elektronische+akte", "1 Papier"),
        ("?q=Marsmensch", "0 Papiere"),
        ("?art=unfug&jahr=abc", "0 Papiere"),
        ("?art=report&jahr=2024&seite=2", "30 Papiere"),
    ],
)
def test_the_list_is_narrowed_by_filters(site: Site, query: str, count: str) -> None:
    got = site.client().get(f"/papiere{query}")

    assert got.status == 200
    assert f"{count} ·" in got.seen


def test_the_list_is_leafed_through_newest_first(site: Site) -> None:
    first, second = site.client().get("/papiere"), site.client().get("/papiere?seite=2")
    titles = [re.findall(r'<a href="/papier/\w+">([^<]+)</a>', got.text) for got in (first, second)]

    assert len(titles[0]) == 25
    assert len(titles[1]) == 9
    assert titles[0][0] == "Bericht 30 zum Geoportal"
    assert first.links("seite=2")
    assert "seite" not in second.links(r"^/papiere\?")[0]


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "", "1e9", "٣", "1" * 400])
def test_a_page_that_is_none_shows_the_nearest(site: Site, number: str) -> None:
    assert site.client().get(f"/papiere?seite={quote(number)}").status == 200


def test_a_paper_shows_what_was_understood_of_it(site: Site) -> None:
    got = site.client().get(f"/papier/{site.document_id('antrag-9101.md')}")

    for told in (
        "9101/2023",
        "1. Februar 2023",
        "SPD",
        "Verwaltungsausschuss",
        "Punkte",
        "wie viele Stellen unbesetzt",
    ):
        assert told in got.seen
    assert "Stellungnahme zu Online-Terminen" in got.seen, "the other papers of the matter"


def test_a_reference_leads_to_the_paper_that_is_meant(site: Site) -> None:
    got = site.client().get(f"/papier/{site.document_id('stellungnahme-9101.txt')}")

    assert "Verweise" in got.seen
    assert f"/papier/{site.document_id('vorlage-9202.html')}" in got.links("^/papier/")


def test_a_summary_is_always_called_one(site: Site) -> None:
    document_id = site.document_id("vorlage-9202.html")

    for path in ("/papiere?q=Akte", f"/papier/{document_id}", f"/quelle/{document_id}/0-10"):
        assert "Zusammenfassung von „GRDrs 9202/2022: Die elektronische Akte“" in site.client().get(path).seen


def test_a_quote_of_a_pdf_is_marked_on_its_page(site: Site) -> None:
    client = site.client()
    source = client.ask("Was kosten die neuen Terminals zusammen?").links("^/quelle/")[0].partition("#")[0]
    got = client.get(source)

    assert '<rect id="stelle"' in got.text
    assert re.search(r"<mark>[^<]*84\.000 Euro", got.text)
    assert "Seite 2 von 2" in got.seen
    picture = client.get(got.links("^/papier/") and re.findall(r'src="(/papier/[^"]+png)"', got.text)[0])
    assert picture.headers["content-type"] == "image/png"
    assert picture.body.startswith(b"\x89PNG")
    width = int.from_bytes(picture.body[16:20])
    assert f'viewBox="0 0 {width} ' in got.text, "marks and picture share their coordinates"


def test_a_quote_of_a_text_is_marked_in_its_context(site: Site) -> None:
    client = site.client()
    got = client.get(client.ask("Wie viele Stellen sind unbesetzt?").links("^/quelle/")[0].partition("#")[0])

    assert re.search(r"<mark>[^<]*31 Stellen unbesetzt", got.text)
    assert "In sieben von zwanzig Bürgerbüros" in got.seen, "what comes before"


def test_the_pages_of_a_pdf_are_leafed_through(site: Site) -> None:
    document_id = site.document_id("protokoll-9101.pdf")
    first = site.client().get(f"/papier/{document_id}/seite/1")

    assert "Verwaltungsausschuss vom 29.03.2023" in first.seen
    assert "84.000" not in first.seen
    assert first.links("/seite/2$")
    assert site.client().get(f"/papier/{document_id}/seite/3").status == 404


@pytest.mark.parametrize("span", ["0-0", "5-3", "0-99999999"])
def test_a_place_that_a_paper_does_not_have_is_a_friendly_page(site: Site, span: str) -> None:
    assert site.client().get(f"/quelle/{site.document_id('protokoll-9101.pdf')}/{span}").status == 404


def test_a_page_whose_file_is_gone_is_shown_as_text(own_site: Callable[..., Site]) -> None:
    site = own_site()
    (site.corpus / "oeffentlich" / "protokoll-9101.pdf").unlink()
    document_id = site.document_id("protokoll-9101.pdf")

    got = site.client().get(f"/papier/{document_id}/seite/2")

    assert "kann gerade nicht als Bild gezeigt werden" in got.seen
    assert "84.000 Euro" in got.seen
    assert site.client().get(f"/papier/{document_id}/seite/2.png").status == 404


def test_motions_are_shown_only_where_somebody_keeps_them(site: Site) -> None:
    assert "/antraege" not in site.client().get("/").text
    assert site.client().get("/antraege").status == 404
