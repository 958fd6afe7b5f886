from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.web.guard import FORM_BYTES, UPLOAD_BYTES
from bot.channels.web.limits import MOST_CLIENTS, Limiter, Rate
from bot.channels.web.server import address, listen
from bot.channels.web.staff import Staff, hash_password, parse_staff
from ingest.errors import UsageError
from tests.bot.web.client import Client
from tests.bot.web.conftest import NAME, PASSWORD, Site, open_site, site_of

PAGES = ("/", "/papiere", "/anmelden", "/healthz", "/robots.txt", "/static/style.css", "/gibtesnicht", "/verwaltung")
POSTS = ("/", "/neu", "/antwort/x/link", "/antwort/x/urteil", "/anmelden", "/abmelden", "/sprache")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_security_headers(site: Site, path: str) -> None:
    headers = site.client().get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"]
    assert "server" not in headers


def test_a_mistake_of_ours_carries_them_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.context.public.library, "headers", lambda: 1 / 0, raising=False)

    got = site.client().get("/papiere")

    assert got.status == 500
    assert "content-security-policy" in got.headers
    assert "Kennung für die Technik" in got.seen


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_the_sessions_token_is_refused(site: Site, path: str) -> None:
    client = site.client()
    client.get("/")
    stranger = site.client()
    stranger.get("/")

    for token in ("", "falsch", stranger.csrf):
        client.csrf = token or "-"
        assert client.post(path, {"question": "x"}).status == 403
    cookieless = Client(port=site.port, csrf=stranger.csrf)
    assert cookieless.post(path, {"question": "x"}).status == 403


@pytest.mark.parametrize("path", ["/verwaltung/hochladen", "/verwaltung/entwurf/x", "/verwaltung/papier/x"])
def test_what_staff_do_is_hidden_from_everybody_else(site: Site, path: str) -> None:
    assert site.client().post(path, {}).status == 404
    assert site.client().get("/verwaltung").headers["location"] == "/anmelden"


def test_the_session_cookie_is_out_of_reach_for_scripts_and_strangers(site: Site) -> None:
    plain = site.client().get("/").headers["set-cookie"].lower()
    secure = site.client().get("/", X_Forwarded_Proto="https").headers

    assert "httponly" in plain
    assert "samesite=lax" in plain
    assert "secure" not in plain
    assert "secure" in secure["set-cookie"].lower()
    assert "max-age" in secure["strict-transport-security"]


def test_a_cookie_that_was_changed_is_worth_nothing(site: Site) -> None:
    client = site.staff()
    value = client.cookies["ratslotse"]
    client.cookies["ratslotse"] = value[:5] + ("A" if value[5] != "A" else "B") + value[6:]

    assert client.get("/verwaltung").status == 303


def test_signing_out_ends_the_session_wherever_its_cookie_is(site: Site) -> None:
    client = site.staff()
    copy = Client(port=site.port, cookies=dict(client.cookies))
    assert copy.get("/verwaltung").status == 200

    client.get("/verwaltung")
    client.post("/abmelden")

    assert client.get("/verwaltung").status == 303
    assert copy.get("/verwaltung").status == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, "falsch"),
        (NAME, ""),
        ("", PASSWORD),
        ("Niemand", PASSWORD),
        (NAME, PASSWORD + "x" * 100),  # longer than bcrypt reads: not cut and compared
        (NAME, PASSWORD + "\0"),
        (NAME.lower(), PASSWORD),
    ],
)
def test_only_the_right_name_and_password_sign_in(site: Site, name: str, password: str) -> None:
    client = site.client()
    got = client.sign_in(name, password)

    assert got.status == 403
    assert "Name oder Kennwort stimmen nicht" in got.seen
    assert client.get("/verwaltung").status == 303


def test_guessing_passwords_is_stopped_even_for_the_right_one(own_site: Callable[..., Site]) -> None:
    site = own_site(free=False)
    attacker = site.client("127.0.0.66")

    answers = [attacker.sign_in(NAME, f"geraten {i}").status for i in range(8)]

    assert answers == [403] * 5 + [429] * 3
    assert attacker.sign_in(NAME, PASSWORD).status == 429
    assert site.client("127.0.0.67").sign_in(NAME, PASSWORD).status == 303, "nobody else is kept out"


def test_a_flood_of_one_client_is_stopped_and_no_other(own_site: Callable[..., Site]) -> None:
    site = own_site(free=False)
    flood, other = site.client("127.0.0.66"), site.client("127.0.0.67")

    answers = [flood.ask("?").status for _ in range(70)]

    assert answers[:60] == [200] * 60
    assert 429 in answers[60:]
    assert other.ask("?").status == 200
    assert "Augenblick" in flood.ask("?").seen


def test_a_storm_of_requests_is_stopped_before_it_costs_anything(own_site: Callable[..., Site]) -> None:
    site = own_site(free=False)
    storm, other = site.client("127.0.0.66"), site.client("127.0.0.67")

    answers = [storm.get("/robots.txt") for _ in range(400)]

    assert {got.status for got in answers[:300]} == {200}
    refused = [got for got in answers if got.status == 429]
    assert refused
    assert "content-security-policy" in refused[0].headers
    assert "Augenblick" in refused[0].text
    assert other.get("/robots.txt").status == 200


@pytest.mark.parametrize(
    ("path", "size"),
    [("/", FORM_BYTES + 1), ("/papiere", FORM_BYTES + 1), ("/verwaltung/hochladen", UPLOAD_BYTES + 2**17)],
)
def test_what_is_too_large_is_refused_before_it_is_taken_in(site: Site, path: str, size: int) -> None:
    client = site.staff()
    client.get("/verwaltung")
    border = "x"
    head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'.encode()
    try:
        got = client.send("POST", path, head + b"a" * size, {"Content-Type": f"multipart/form-data; boundary={border}"})
    except (BrokenPipeError, ConnectionResetError):
        return  # the server hung up in the middle of it
    assert got.status in (400, 405, 413)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"question=%",
        b"\xff\xfe",
        b"csrf=1&csrf=2",
        b"a=1&" * 200,
        b'--x\r\nContent-Disposition: form-data; name="csrf"',
    ],
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_a_broken_form_is_refused_in_a_sentence(site: Site, body: bytes, kind: str) -> None:
    client = site.client()
    client.get("/")

    got = client.send("POST", "/", body, {"Content-Type": kind})

    assert got.status in (400, 403)
    assert "<h1>" in got.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/papier/..%2f..%2fetc",
        "/papier/x/seite/0",
        "/papier/x/seite/99999999999999999999",
        "/papier/x/seite/1.png",
        "/quelle/x/1-2",
        "/quelle/x/2-1",
        "/quelle/x/a-b",
        "/link/..%2f..%2fetc%2fpasswd",
        "/antraege",
        "/antraege/1",
        "/verwaltung/entwurf/..%2f..",
        "/%00",
        "//evil.example",
    ],
)
def test_an_address_that_leads_nowhere_is_a_friendly_page(site: Site, path: str) -> None:
    got = site.client().get(path)

    assert got.status == 404
    assert "gibt es nicht" in got.seen


@pytest.mark.parametrize("header", [b"A" * 40_000, b"x: \x00", b"Content-Length: -1"])
def test_a_request_that_is_no_http_does_no_harm(site: Site, header: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.connect()
    assert connection.sock is not None
    connection.sock.sendall(b"GET / HTTP/1.1\r\n" + header + b"\r\n\r\n")
    answer = connection.sock.recv(100)
    connection.close()

    assert answer.startswith(b"HTTP/1.1 400")
    assert site.client().get("/").status == 200


@pytest.fixture(scope="module")
def proxied(town: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run a page behind a proxy that signs people in."""
    values = {"web_staff": SecretStr("erika, otto"), "web_proxy_header": "X-Remote-User"}
    with site_of(*town, tmp_path_factory.mktemp("zustand"), **values) as site:
        yield site


@pytest.mark.parametrize(("name", "status"), [("erika", 200), ("otto", 200), ("mallory", 303), ("", 303)])
def test_the_proxy_signs_in_whom_the_settings_name(proxied: Site, name: str, status: int) -> None:
    assert proxied.client().get("/verwaltung", X_Remote_User=name).status == status


@pytest.mark.parametrize("names", [("erika", "erika"), ("mallory", "erika"), ("erika", "mallory"), ("erika", "")])
def test_a_name_that_is_sent_twice_signs_nobody_in(proxied: Site, names: tuple[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxied.port, timeout=20)
    connection.putrequest("GET", "/verwaltung")
    for name in names:
        connection.putheader("X-Remote-User", name)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()

    assert status == 303, "one of the two may be the visitor's own"


def test_a_name_without_a_password_cannot_sign_in_by_the_form(proxied: Site) -> None:
    assert proxied.client().sign_in("erika", "").status == 403


def test_the_proxys_header_counts_only_where_it_is_set(site: Site) -> None:
    assert site.client().get("/verwaltung", X_Remote_User=NAME).status == 303


@pytest.mark.parametrize(("peer", "local"), [("127.0.0.1", True), ("::1", True), ("10.0.0.9", False), ("", False)])
def test_only_this_machine_may_speak_for_others(peer: str, local: bool) -> None:
    import asyncio

    from bot.channels.web.guard import TRUSTED, Peers

    seen = {}

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        seen.update(scope)

    headers = [(b"x-forwarded-for", b"1.2.3.4, 198.51.100.7"), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "client": (peer, 1) if peer else None, "scheme": "http", "headers": headers}
    asyncio.run(Peers(app)(scope, None, None))  # type: ignore[arg-type]

    assert seen[TRUSTED] is local
    assert seen["scheme"] == ("https" if local else "http")
    if peer:
        assert seen["client"][0] == ("198.51.100.7" if local else peer), "the last one is the proxy's own word"


HASH = "$2b$12$" + "a" * 53


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        ("", []),
        (f"Erika:{HASH}", ["Erika"]),
        (f" Erika : {HASH} , otto@rat.example:{HASH},", ["Erika", "otto@rat.example"]),
        ("Erika", ["Erika"]),  # the proxy signs her in
    ],
)
def test_the_list_of_staff_is_read(setting: str, names: list[str]) -> None:
    assert list(parse_staff(setting).hashes) == names


@pytest.mark.parametrize("setting", ["Erika:geheim", f":{HASH}", f"a<b:{HASH}", f"Erika:{HASH},Erika:{HASH}", "a:b:c"])
def test_a_list_of_staff_that_cannot_be_read_stops_the_start_without_telling_a_secret(setting: str) -> None:
    with pytest.raises(UsageError) as told:
        parse_staff(setting)

    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("password", ["kurz", "x" * 73, "zehn Zeichen\0"])
def test_a_password_that_bcrypt_would_cut_is_refused(password: str) -> None:
    with pytest.raises(UsageError):
        hash_password(password)


def test_nobody_is_known_without_a_hash() -> None:
    assert not Staff(hashes={"erika": ""}).knows("erika", "")


def test_nonpublic_papers_need_somebody_who_may_sign_in(town: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="niemand darf sich anmelden"):
        open_site(*town, tmp_path, web_nonpublic=True)


def test_serve_opens_no_nonpublic_papers_whatever_the_settings_say(
    town: tuple[Path, Path], tmp_path: Path, hashed: str
) -> None:
    context = open_site(*town, tmp_path, serve=True, web_nonpublic=True, web_staff=SecretStr(f"{NAME}:{hashed}"))

    assert context.members is None


def test_a_port_in_use_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        assert re.fullmatch(r"127\.0\.0\.1:\d+", address(taken))
        with pytest.raises(UsageError, match="kann nicht gelauscht werden"):
            listen("127.0.0.1", taken.getsockname()[1])


def test_a_bucket_refills_evenly_and_forgets_the_longest_unused() -> None:
    now = [0.0]
    limiter = Limiter(Rate(burst=2, every_s=10), clock=lambda: now[0])

    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]
    now[0] = 9.9
    assert not limiter.allows("a")
    now[0] = 20
    assert limiter.allows("a")
    for i in range(MOST_CLIENTS):
        limiter.allows(f"client {i}")
    assert limiter.allows("a"), "forgotten, so it begins anew"
