"""The pages as Chromium shows them: with and without JavaScript, by keyboard, small and large, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.bot.web.conftest import NAME, PASSWORD, Site

CHROMIUM = Path("/usr/bin/chromium")
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
QUESTION = "In wie vielen Bürgerbüros können Termine online gebucht werden?"
ANSWER = "In sieben von zwanzig Bürgerbüros"
PDF_QUESTION = "Was kosten die neuen Terminals zusammen?"

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="Debian's Chromium is not installed (apt install chromium)"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def is_complaint(message: ConsoleMessage) -> bool:
    """Tell errors from what a page that was refused on purpose leaves in the console."""
    return message.type == "error" and "403 (Forbidden)" not in message.text


@pytest.fixture
def opened(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a fresh browser; whatever its console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{site.port}", locale="de-DE", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == [], "among them every violation of the content security policy"


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_label("Ihre Frage").fill(question)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator(".turn .sources")).to_be_visible()


def test_an_answer_is_streamed_into_the_page(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, QUESTION)

    expect(page.locator(".statements")).to_contain_text(ANSWER)
    expect(page.get_by_role("status")).to_contain_text("Die Antwort ist da")
    assert page.locator("#gespraech").get_attribute("aria-busy") is None
    assert page.url.endswith("/"), "no question in an address"
    assert page.locator(".turn").evaluate("turn => turn.closest('[aria-live], [role=status], [role=log]') === null")


def test_a_conversation_grows_and_its_field_is_free_again(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, QUESTION)
    field = page.get_by_label("Ihre Frage")
    assert field.input_value() == ""

    field.fill("Und wie viele Stellen sind unbesetzt?")
    page.get_by_role("button", name="Fragen", exact=True).click()

    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").nth(1)).to_contain_text("31 Stellen")


@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_works_with_and_without_javascript(opened: Callable[..., Page], scripted: bool) -> None:
    page = opened(java_script_enabled=scripted)
    ask(page, PDF_QUESTION)
    expect(page.locator(".statements")).to_contain_text("84.000 Euro")

    page.get_by_role("link", name="Stelle im Papier ansehen").first.click()
    expect(page.locator("mark").first).to_contain_text("84.000 Euro")
    expect(page.locator("svg rect").first).to_be_visible()
    assert page.locator(".paper-page img").evaluate("image => image.naturalWidth > 500")

    page.get_by_role("link", name="Zum Papier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Niederschrift zu Terminals")
    page.get_by_role("link", name="Papiere", exact=True).first.click()
    page.get_by_label("Jahr").select_option("2023")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator(".papers > li")).to_have_count(3)


@pytest.mark.parametrize("scripted", [True, False])
def test_an_answer_is_judged_and_linked(opened: Callable[..., Page], scripted: bool) -> None:
    page = opened(java_script_enabled=scripted)
    ask(page, QUESTION)
    page.get_by_text("Nicht hilfreich").click()
    page.get_by_label("Unvollständig").check()
    page.get_by_role("button", name="Absenden").click()
    expect(page.get_by_text("Danke, Ihre Rückmeldung ist gespeichert.")).to_be_attached()

    ask(page, QUESTION)
    page.get_by_role("button", name="Link für Kolleginnen und Kollegen").first.click()
    address = page.get_by_label("Der Link zu dieser Antwort").input_value()
    colleague = opened(java_script_enabled=scripted)
    colleague.goto(address)
    expect(colleague.locator(".statements")).to_contain_text(ANSWER)


def test_everything_is_reached_by_the_keyboard_alone(opened: Callable[..., Page]) -> None:
    page = opened()
    page.goto("/papiere")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"

    page.goto("/")
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    page.keyboard.type(PDF_QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .sources")).to_be_visible()
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.href || ''").endswith("#stelle"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_contain_text("84.000 Euro")


def test_the_mark_lies_upon_the_quote_and_is_in_sight(opened: Callable[..., Page], site: Site) -> None:
    page = opened(viewport=DESKTOP)
    paper = site.context.public.library.paper(site.document_id("protokoll-9101.pdf"))
    assert paper is not None
    start = paper.text.index("Sie kosten zusammen")
    page.goto(f"/quelle/{paper.document_id}/{start}-{start + 30}#stelle")
    page.wait_for_load_state("networkidle")
    mark, picture = page.evaluate(  # both at one moment, whatever is still being scrolled
        "['#stelle', '.paper-page img'].map(name => document.querySelector(name).getBoundingClientRect().toJSON())"
    )

    # the second line of the page: 780 and 764 of 842 points from below, at 50 points from the left
    assert (mark["x"] - picture["x"]) / picture["width"] == pytest.approx(50 / 595, abs=0.01)
    middle = (mark["y"] + mark["height"] / 2 - picture["y"]) / picture["height"]
    assert middle == pytest.approx((842 - 768) / 842, abs=0.015)
    expect(page.locator("#stelle")).to_be_in_viewport()


def pages_to_look_at(site: Site) -> dict[str, str]:
    pdf, motion = site.document_id("protokoll-9101.pdf"), site.document_id("antrag-9101.md")
    return {
        "first visit": "/",
        "papers": "/papiere",
        "no papers": "/papiere?q=nichts",
        "paper": f"/papier/{motion}",
        "page of a paper": f"/papier/{pdf}/seite/1",
        "source in a PDF": f"/quelle/{pdf}/10-60",
        "source in a text": f"/quelle/{motion}/10-60",
        "signing in": "/anmelden",
    }


def faults(page: Page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    opened: Callable[..., Page], site: Site, viewport: dict[str, int], scheme: str
) -> None:
    page = opened(viewport=viewport, color_scheme=scheme)
    found: dict[str, Any] = {}

    def look(name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth") - viewport["width"]
        if complaints := faults(page) + ([f"{wide} pixels too wide"] if wide > 0 else []):
            found[name] = complaints

    for name, path in pages_to_look_at(site).items():
        page.goto(path)
        look(name)
    ask(page, QUESTION)
    page.get_by_text("Nicht hilfreich").click()
    look("answer")
    page.get_by_role("button", name="Link für Kolleginnen und Kollegen").first.click()
    expect(page.get_by_label("Der Link zu dieser Antwort")).to_be_visible()
    look("link")
    page.goto("/anmelden")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Kennwort").fill("falsch")
    page.locator("main button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("refused")

    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_the_motions_pages(
    opened: Callable[..., Page], motions_site: Site, viewport: dict[str, int], scheme: str
) -> None:
    page = opened(viewport=viewport, color_scheme=scheme)
    page.goto(f"http://127.0.0.1:{motions_site.port}/antraege")
    found = {"list": faults(page)}
    page.get_by_label("Fraktion").select_option("SPD")
    page.get_by_role("button", name="Anzeigen").click()
    page.get_by_role("link", name="Mehr Online-Termine").click()
    expect(page.locator(".ledger > li")).to_have_count(2)
    found["one"] = faults(page)

    assert found == {"list": [], "one": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_motion_is_printed_without_what_is_only_for_screens(opened: Callable[..., Page], motions_site: Site) -> None:
    page = opened(color_scheme="dark")
    page.goto(f"http://127.0.0.1:{motions_site.port}/antraege")
    page.get_by_role("link", name="Mehr Online-Termine").click()
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator(".ledger blockquote").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_axe_finds_nothing_on_the_staffs_pages(opened: Callable[..., Page], site: Site) -> None:
    page = opened(viewport=PHONE)
    page.goto("/anmelden")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Kennwort").fill(PASSWORD)
    page.locator("main button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Verwaltung")
    found = {"overview": faults(page)}

    page.get_by_label("Datei").set_input_files(
        {"name": "brunnen.txt", "mimeType": "text/plain", "buffer": b"Antrag\n\n1. Der Brunnen wird gereinigt.\n"}
    )
    page.get_by_label("Öffentlich", exact=True).check()
    page.get_by_role("button", name="Prüfen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("verstanden", timeout=120_000)
    found["draft"] = faults(page)
    page.get_by_role("button", name="Verwerfen").click()
    page.goto(f"/verwaltung/papier/{site.document_id('antrag-9101.md')}")
    found["correction"] = faults(page)

    assert found == {"overview": [], "draft": [], "correction": []}


def test_dark_and_light_differ(opened: Callable[..., Page]) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        page = opened(color_scheme=scheme)
        page.goto("/")
        grounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    assert len(grounds) == 2


def test_a_broken_connection_is_said_and_the_question_kept(opened: Callable[..., Page]) -> None:
    page = opened()
    page.goto("/")
    page.route(
        "**/",
        lambda route: route.fulfill(status=200, content_type="application/x-ndjson", body='{"event":"progress"}\n'),
    )
    page.get_by_label("Ihre Frage").fill(QUESTION)
    page.get_by_role("button", name="Fragen", exact=True).click()

    expect(page.locator(".turn .declined")).to_contain_text("nicht erreichbar")
    assert page.get_by_label("Ihre Frage").input_value() == QUESTION
