from __future__ import annotations

import json
import logging
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.channels.web.state import FILE
from bot.feedback import FeedbackStore
from ingest.embedding import load_encoder
from ingest.pipeline import add
from tests.bot.web.conftest import Site, site_of

QUESTION = "In wie vielen Bürgerbüros können Termine online gebucht werden?"
ANSWER = "In sieben von zwanzig Bürgerbüros können Termine online gebucht werden."


def test_a_question_is_answered_on_a_page_without_any_script(site: Site) -> None:
    got = site.client().ask(QUESTION)

    assert got.status == 200
    assert ANSWER in got.seen
    assert got.links(r"^/quelle/\w+/\d+-\d+#stelle$")
    assert 'href="https://rat.example/9101"' in got.text


def test_the_same_form_streams_for_the_script(site: Site) -> None:
    got = site.client().stream(QUESTION)

    assert got.headers["content-type"] == "application/x-ndjson"
    events = got.events
    assert [event["event"] for event in (events[0], events[-1])] == ["progress", "done"]
    assert ANSWER in events[1]["html"]
    assert events[1]["into"] == "statements"
    assert "Aussagen" in events[-1]["announce"]
    assert re.search("/quelle/", events[-2]["html"])


def test_progress_is_sent_before_the_answer_is_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import http.client
    from urllib.parse import urlencode

    client, ask = site.client(), site.context.public.ask
    client.get("/")
    monkeypatch.setattr(site.context.public, "ask", lambda question: (time.sleep(1.0), ask(question))[1], raising=False)
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    headers = {
        "Cookie": f"ratslotse={client.cookies['ratslotse']}",
        "Accept": "application/x-ndjson",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    started = time.monotonic()
    connection.request("POST", "/", urlencode({"csrf": client.csrf, "question": QUESTION}), headers)
    line = connection.getresponse().readline()
    waited = time.monotonic() - started
    connection.close()

    assert json.loads(line)["event"] == "progress"
    assert waited < 0.9


def test_thanks_are_answered_with_a_sentence_that_nobody_rates(site: Site) -> None:
    client = site.client()

    got = client.ask("Danke!")

    assert "Gern! Fragen Sie" in got.seen
    assert "Durchsucht" not in got.seen
    assert "/urteil" not in got.text
    assert client.stream("Danke!").events[-1]["announce"].startswith("Gern!")


def test_thanks_are_not_among_what_was_asked_before(site: Site) -> None:
    client = site.client()
    client.ask(QUESTION)

    assert '<section class="earlier"' in client.ask("Danke dir!").text
    assert "<li>Danke dir!</li>" not in client.get("/").text
    assert f"<li>{QUESTION}</li>" in client.get("/").text


def test_a_follow_up_leans_on_the_question_before(site: Site) -> None:
    client = site.client()
    client.ask("Wie viele Stellen in den Bürgerbüros sind unbesetzt?")

    got = client.ask("Und wo können Termine gebucht werden?")

    assert ANSWER in got.seen
    assert "Wie viele Stellen in den Bürgerbüros sind unbesetzt?" in got.seen, "what was asked before is listed"


def test_a_new_topic_forgets_what_was_asked(site: Site) -> None:
    client = site.client()
    client.ask(QUESTION)

    assert client.post("/neu").status == 303
    assert QUESTION not in client.get("/").seen


def test_a_long_conversation_fits_into_its_cookie(site: Site) -> None:
    client = site.client()
    for i in range(12):
        client.ask(f"Frage {i}: " + "Bürgerbüros äöü ß € 漢字 " * 60)

    assert len(client.cookies["ratslotse"]) < 3_900
    assert client.ask(QUESTION).status == 200


def test_an_honest_decline_names_what_was_searched(site: Site) -> None:
    got = site.client().ask("Wie heißt der Papagei des Oberbürgermeisters von Timbuktu?")

    assert '<p class="declined">Dazu liegt mir nichts vor' in got.text
    assert "Durchsucht: 34 Papiere" in got.seen


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}<script>alert",
        "'; DROP TABLE links; --",
        "\x00\ud800a",
    ],
)
def test_a_hostile_question_is_shown_as_text(site: Site, question: str) -> None:
    sent = question.encode("utf-8", "replace").decode()

    for body in (site.client().ask(sent).text, site.client().stream(sent).text):
        assert "<script>alert" not in body
        assert "<img src=x" not in body


def test_markup_in_a_paper_is_shown_as_text(site: Site) -> None:
    for got in (
        site.client().ask("Was kostet ein Text in der Akte?"),
        site.client().get("/papiere?q=Akte"),
        site.client().get(f"/papier/{site.document_id('vorlage-9202.html')}"),
    ):
        assert "<script>alert" not in got.text
        assert "<b>der</b>" not in got.text
        assert "javascript:" not in got.text


@pytest.mark.parametrize(("question", "status"), [("", 422), ("   ", 422), ("?", 200), ("a" * 5000, 200)])
def test_an_odd_question_gets_a_sentence(site: Site, question: str, status: int) -> None:
    got = site.client().ask(question)

    assert got.status == status
    assert "Traceback" not in got.text


def test_a_link_shows_the_answer_again_to_a_colleague(site: Site) -> None:
    client = site.client()
    made = client.post(client.ask(QUESTION).links(r"/link$")[0])

    assert made.status == 303
    assert QUESTION not in made.headers["location"]
    assert ANSWER in site.client().get(made.headers["location"]).seen


def test_a_link_does_not_outlive_its_time(site: Site) -> None:
    client = site.client()
    address = client.post(client.ask(QUESTION).links(r"/link$")[0]).headers["location"]
    with closing(sqlite3.connect(site.state / FILE)) as connection, connection:
        connection.execute("UPDATE links SET made = '2020-01-01T00:00:00+00:00'")

    assert site.client().get(address).status == 404


def test_where_nothing_may_be_kept_no_link_is_offered(town: tuple[Path, Path], tmp_path: Path) -> None:
    with site_of(*town, tmp_path, retention_days=0) as site:
        client = site.client()
        got = client.ask(QUESTION)

        assert not got.links("/link$")
        address = got.links("/urteil$")[0].replace("urteil", "link")
        assert client.post(address).status == 410


def test_nothing_is_kept_of_a_question_unless_a_link_is_made(site: Site) -> None:
    site.client().ask("Wie viele Kolibris nisten im Rathaus am Marktplatz?")

    for file in site.state.rglob("*"):
        assert not file.is_file() or b"Kolibris" not in file.read_bytes()


def test_what_is_kept_can_be_read_by_its_owner_only(site: Site) -> None:
    site.client().get("/")
    site.staff()

    assert {oct(file.stat().st_mode & 0o077) for file in site.state.glob("web.*")} == {"0o0"}


@pytest.mark.parametrize(
    ("fields", "verdict", "fault"),
    [
        ({"verdict": "helpful"}, "helpful", None),
        ({"verdict": "not_helpful", "fault": "source"}, "not_helpful", "source"),
        ({"verdict": "not_helpful"}, "not_helpful", None),
    ],
)
def test_feedback_is_kept_without_the_person(
    own_site: Callable[..., Site], fields: dict[str, str], verdict: str, fault: str | None
) -> None:
    site = own_site()
    client = site.client()

    got = client.post(client.ask(QUESTION).links(r"/urteil$")[0], fields)

    kept = FeedbackStore(site.state, retention_days=30).all()
    assert "Danke" in got.seen
    assert [(one.verdict, one.fault, one.channel, one.rated.question) for one in kept] == [
        (verdict, fault, "web", QUESTION)
    ]


@pytest.mark.parametrize("fields", [{}, {"verdict": "gut"}, {"verdict": "not_helpful", "fault": "x"}])
def test_feedback_that_is_none_is_refused(site: Site, fields: dict[str, str]) -> None:
    client = site.client()

    assert client.post(client.ask(QUESTION).links(r"/urteil$")[0], fields).status == 400


def test_an_answer_that_was_forgotten_is_told_so(site: Site) -> None:
    for what in ("link", "urteil"):
        got = site.client().post(f"/antwort/gibtesnicht/{what}", {"verdict": "helpful"})
        assert got.status == 410
        assert "noch einmal" in got.seen


def test_the_page_speaks_english(site: Site) -> None:
    client = site.client()
    client.post("/sprache")

    got = client.ask(QUESTION)

    assert '<html lang="en">' in got.text
    assert "Sources" in got.seen
    assert ANSWER in got.seen, "quotes stay as they are"


def test_a_mistake_of_ours_is_an_apology_with_a_name_in_the_log(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(site.context.public, "ask", fail, raising=False)

    for got in (site.client().ask(QUESTION), site.client().stream(QUESTION)):
        found = re.search(r"Kennung für die Technik: (\w{8})", got.text)
        assert found
        assert f"incident={found[1]}" in caplog.text
        assert "Traceback" not in got.text


def test_an_empty_index_is_a_friendly_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with site_of(tmp_path / "papiere", tmp_path / "index", tmp_path / "zustand") as site:
        client = site.client()
        for got in (client.get("/"), client.ask(QUESTION), client.get("/papiere"), client.stream(QUESTION)):
            assert "noch keine Papiere" in got.text
            assert str(tmp_path) not in got.text, "folders are nobody's business"
        assert client.get("/healthz").status == 503


def test_a_new_generation_is_picked_up_without_a_restart(own_site: Callable[..., Site]) -> None:
    site = own_site()
    client = site.client()
    before = json.loads(client.get("/healthz").text)
    (site.corpus / "oeffentlich" / "neu.txt").write_text("Der Pinguinbrunnen kostet 123.456 Euro.\n", encoding="utf-8")
    add(site.index, [site.corpus], load_encoder("bundled"))

    after = json.loads(client.get("/healthz").text)

    assert "123.456 Euro" in client.ask("Was kostet der Pinguinbrunnen?").seen
    assert after["documents"] == before["documents"] + 1
    assert after["index"]["generation"] != before["index"]["generation"]
    assert (after["status"], after["model"]) == ("ok", "none")
    assert 0 <= after["index"]["age_seconds"] < 100


def test_examples_are_answered_questions(site: Site) -> None:
    found = re.findall(r'<button name="question" value="([^"]+)"', site.client().get("/").text)

    assert found
    for example in found:
        assert 'class="declined"' not in site.client().ask(example).text


def test_the_log_holds_no_question_no_name_and_no_address(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client = site.staff()
        client.ask("Wie viele Kolibris nisten im Rathaus?")
        client.stream("Wie viele Kolibris nisten im Rathaus?")
        client.get("/papiere?q=Kolibris")
        client.get("/link/Kolibris")
        site.client().sign_in("Kolibris", "Kolibris-Kennwort")

    assert "page=ask" in caplog.text
    for secret in ("Kolibris", "Erika", "127.0.0.1"):
        assert secret not in caplog.text
