"""What strangers send who know how servers break."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.routing import Route

from bot.access import Access
from bot.channels.web import guard, state
from bot.channels.web.app import ROUTES
from bot.channels.web.guard import TRUSTED, Hardening, Peers
from bot.channels.web.intake import safe_name
from bot.channels.web.limits import Limiter, Rate
from bot.channels.web.state import Linked, State
from bot.types import Question
from ingest.types import Visibility
from tests.bot.web.client import Client
from tests.bot.web.conftest import FREE, NAME, PASSWORD, Site


def spoken(site: Site, request: bytes) -> bytes:
    """Send bytes and return what comes back until the server hangs up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        answer = b""
        try:
            connection.sendall(request)
            while piece := connection.recv(65536):
                answer += piece
        except (ConnectionResetError, BrokenPipeError):
            return answer  # the server hung up while we still talked
    return answer


def counted(*headers: tuple[bytes, bytes], peer: str = "127.0.0.1") -> str:
    """Return under which name the limiters count a request."""
    seen = {}

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        seen.update(scope)

    scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": list(headers)}
    asyncio.run(Peers(app)(scope, None, None))  # type: ignore[arg-type]
    assert seen[TRUSTED] is (peer == "127.0.0.1")
    return str(seen["client"][0])


@pytest.mark.parametrize(
    ("lines", "client"),
    [
        ((b"203.0.113.9",), "203.0.113.9"),
        ((b"1.1.1.1, 203.0.113.9",), "203.0.113.9"),  # appended by the proxy
        ((b"1.1.1.1", b"203.0.113.9"), "203.0.113.9"),  # as a line of its own, as HAProxy does
        ((b"203.0.113.9:50123",), "203.0.113.9"),  # each connection has another port
        ((b"[2001:db8:1:2::7]:443",), "2001:db8:1:2::/64"),
        ((b"2001:db8:1:2:aaaa::1",), "2001:db8:1:2::/64"),  # one visitor, 2**64 addresses
        ((b"::ffff:203.0.113.9",), "203.0.113.9"),
        ((b"unknown",), "127.0.0.1"),
        ((b"1.1.1.1, ",), "127.0.0.1"),
        ((b"x" * 5_000,), "127.0.0.1"),
        ((), "127.0.0.1"),
    ],
)
def test_a_visitor_behind_a_proxy_is_counted_as_one_whatever_they_send(lines: tuple[bytes, ...], client: str) -> None:
    assert counted(*((b"x-forwarded-for", line) for line in lines)) == client


@pytest.mark.parametrize(
    ("peer", "client"), [("198.51.100.3", "198.51.100.3"), ("2001:db8::5:6", "2001:db8::/64"), ("", "")]
)
def test_a_stranger_speaks_for_nobody_else(peer: str, client: str) -> None:
    assert counted((b"x-forwarded-for", b"1.1.1.1"), peer=peer) == client


def test_a_password_of_ones_own_buys_no_guesses_at_others(own_site: Callable[..., Site]) -> None:
    site = own_site(free=False)
    insider = "127.0.0.66"

    answers = []
    for i in range(4):
        answers += [site.client(insider).sign_in("Otto", f"geraten {i} {j}").status for j in range(2)]
        answers.append(site.client(insider).sign_in(NAME, PASSWORD).status)

    assert answers.count(403) == 5, "as many as without"


def test_signing_in_often_is_no_guessing() -> None:
    limiter = Limiter(Rate(burst=2, every_s=100), clock=lambda: 0.0)

    for _ in range(9):
        assert limiter.allows("a")
        limiter.give_back("a")
    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]


def test_a_session_from_before_the_sign_in_is_worth_nothing_after_it(site: Site) -> None:
    client = site.client()
    client.get("/anmelden")
    before, token = dict(client.cookies), client.csrf
    client.sign_in(NAME, PASSWORD)

    assert Client(port=site.port, cookies=before).get("/verwaltung").status == 303
    client.csrf = token
    assert client.post("/neu").status == 403, "the token of the form is another too"


@pytest.mark.parametrize(
    "path", [route.path for route in ROUTES if isinstance(route, Route) and "POST" in (route.methods or ())]
)
def test_no_form_of_another_site_is_taken_even_from_staff(site: Site, path: str) -> None:
    document_id = site.document_id("antrag-9101.md")
    client = site.staff()
    client.csrf = "-"

    assert client.post(path.format(document_id=document_id, given_id="x", draft_id="x" * 22)).status == 403


def test_nothing_of_nonpublic_papers_is_kept_by_browsers_or_caches(site: Site) -> None:
    client = site.staff()
    document_id = site.document_id("nichtoeffentlich/protokoll.pdf", Visibility.NONPUBLIC)
    paths = [f"/papier/{document_id}", f"/papier/{document_id}/seite/1.png", f"/quelle/{document_id}/0-9", "/papiere"]

    for got in (*map(client.get, paths), client.ask("Was kostet das Foyer?", nonpublic="1"), client.stream("Foyer?")):
        assert (got.status, got.headers["cache-control"]) == (200, "no-store")


def test_a_header_without_end_is_not_taken_in(site: Site) -> None:
    answer = spoken(site, b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nX-Long: " + b"A" * 2_000_000 + b"\r\n\r\n")

    assert not answer.startswith(b"HTTP/1.1 200")
    assert site.client().get("/robots.txt").status == 200


@pytest.mark.parametrize(
    "host", [b"evil.example", b'a"><script>alert(1)</script>', b"[::", b"a:b:c", b"\xff", b"a b", b"x" * 3_000]
)
@pytest.mark.parametrize("path", [b"/papiere/", b"/static", b"/", b"/verwaltung", b"//evil.example/.."])
def test_a_host_header_leads_nobody_astray(site: Site, host: bytes, path: bytes) -> None:
    answer = spoken(site, b"GET " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    head = answer.partition(b"\r\n\r\n")[0].lower()

    assert answer[9:12] in (b"200", b"303", b"400", b"404")
    assert b"evil" not in head
    assert b"location: http" not in head
    assert b"<script>alert" not in answer


@pytest.mark.parametrize(
    "path", ["/papier/x/seite/" + "9" * 5_000, "/quelle/x/1-" + "9" * 5_000, "/papier/" + "x" * 20_000]
)
def test_an_address_without_end_is_no_mistake_of_ours(site: Site, path: str) -> None:
    got = site.client().get(path)

    assert got.status == 414
    assert "content-security-policy" in got.headers


@pytest.mark.parametrize("path", ["/papiere?q=%ff%00", "/papiere?" + "q=a&" * 5_000, "/papiere?seite=%C2%B2&jahr=-1"])
def test_a_strange_query_is_a_list_all_the_same(site: Site, path: str) -> None:
    assert site.client().get(path).status == 200


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH"])
def test_another_method_is_told_which_are_allowed(site: Site, method: str) -> None:
    got = site.client().send(method, "/papiere", None, {})

    assert got.status == 405
    assert "GET" in got.headers["allow"]


@pytest.mark.parametrize("path", ["/", "/papiere", "/healthz", "/static/style.css"])
def test_head_gives_no_body(site: Site, path: str) -> None:
    got = site.client().send("HEAD", path, None, {})

    assert (got.status, got.body) == (200, b"")
    assert "content-security-policy" in got.headers


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "utf-7", "idna", "zip", "utf-16"])
@pytest.mark.parametrize("path", ["/", "/anmelden", "/abmelden"])
def test_an_encoding_that_gives_halves_of_characters_breaks_nothing(site: Site, path: str, charset: str) -> None:
    client = site.client()
    client.get("/")
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}

    def body(token: str) -> bytes:
        fields = {"csrf": token, "question": r"\ud800", "name": r"\ud800", "password": r"\ud800"}
        parts = (f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in
                 fields.items())  # fmt: skip
        return ("".join(parts) + "--x--\r\n").encode()

    for token in (r"\ud800", client.csrf):
        assert client.send("POST", path, body(token), kind).status < 500


def test_a_body_that_drips_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FORM_S", 0.2)
    sent = []

    async def dripping() -> dict[str, object]:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def reading(scope, receive, send):  # type: ignore[no-untyped-def]
        try:
            while (await receive())["more_body"]:
                pass
        except HTTPException as refused:
            sent.append(refused.status_code)

    scope = {"type": "http", "method": "POST", "path": "/", "scheme": "http", "client": ("a", 0)}
    asyncio.run(asyncio.wait_for(Hardening(reading, Limiter(FREE))(scope, dripping, None), 5))  # type: ignore[arg-type]

    assert sent == [408]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("CON.txt", "Papier CON.txt"),  # devices of Windows, whatever their ending
        ("nul.pdf", "Papier nul.pdf"),
        ("com1.v2.docx", "Papier com1.v2.docx"),
        ("Contract.txt", "Contract.txt"),
        ("Consul.pdf", "Consul.pdf"),
        ("a\u2024\u2024\u2215b.txt", "a-b.txt"),  # dots and strokes that only look like those of a path
        ("\uff0e\uff0e\uff0fb.txt", "b.txt"),
        ("Antrag\u202efdp.txt", "Antrag-fdp.txt"),  # would be read as Antragtxt.pdf
        ("a\ud800.txt", "a.txt"),
    ],
)
def test_a_name_that_only_looks_like_one_is_made_one(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_links_and_sign_ins_go_from_the_file_when_their_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = State(tmp_path, retention_days=30)
    kept.drop_old()
    assert not (tmp_path / state.FILE).exists(), "nothing to drop, nothing made"
    asked = Question(text="Was kostet der Zitronenfalter?")
    link_id = kept.link(Linked(question=asked, access=Access.PUBLIC))
    kept.sign_in("Erika")
    kept.drop_old()
    assert kept.linked(link_id) is not None

    monkeypatch.setattr(state, "_now", lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=31))
    kept.drop_old()

    with sqlite3.connect(tmp_path / state.FILE) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM links), (SELECT count(*) FROM tickets)").fetchone() == (
            0,
            0,
        )
    connection.close()
    assert b"Zitronenfalter" not in (tmp_path / state.FILE).read_bytes()


def test_the_key_of_the_cookies_is_whole_and_stays(tmp_path: Path) -> None:
    keys = {State(tmp_path, retention_days=30).key() for _ in range(3)}

    assert [len(key) for key in keys] == [64]
    assert [path.name for path in tmp_path.iterdir()] == [state.KEY_FILE], "no half of a file is left"
    assert (tmp_path / state.KEY_FILE).stat().st_mode & 0o77 == 0


def test_one_account_does_not_fill_the_disk_with_drafts(own_site: Callable[..., Site]) -> None:
    client = own_site(free=False).staff()
    client.get("/verwaltung")

    answers = [client.upload("/verwaltung/hochladen", {"visibility": "public"}, "", b"").status for _ in range(22)]

    assert answers[:20] == [422] * 20
    assert answers[21] == 429


def test_links_and_votes_are_counted_like_questions(own_site: Callable[..., Site]) -> None:
    client = own_site(free=False).client()
    address = client.ask("Wie viele Stellen sind unbesetzt?").links("/urteil$")[0]

    answers = [client.post(address, {"verdict": "helpful"}).status for _ in range(70)]

    assert 429 in answers
