"""Pictures of the web page for the README, from the papers in `corpus/`.

python -m tests.bot.web.pictures FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bot.app import open_motions
from ingest.embedding import load_encoder
from ingest.pipeline import add
from ingest.settings import Settings
from tests.bot.web.conftest import open_site, running
from tests.bot.web.test_browser import CHROMIUM, DESKTOP, PHONE

QUESTION = "Mit wie viel Kapital ist die Digital MoveS GmbH gestartet?"


def ask(page: Page) -> None:
    """Ask the question and wait for its answer."""
    page.goto("/")
    page.get_by_label("Ihre Frage").fill(QUESTION)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator(".turn .sources")).to_be_visible()


def main(folder: Path) -> None:
    """Index the corpus, serve it and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Path("corpus").resolve()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        index, state = Path(scratch) / "index", Path(scratch) / "state"
        add(index, [corpus], load_encoder("bundled"))
        context = open_site(corpus, index, state)
        context = replace(context, motions=open_motions(Settings(_env_file=None, index_dir=index, state_dir=state)))
        with running(context) as port:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            for name, viewport, scheme in (("desktop", DESKTOP, "light"), ("phone", PHONE, "dark")):
                page = browser.new_context(
                    base_url=f"http://127.0.0.1:{port}", viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
                ).new_page()
                ask(page)
                page.screenshot(path=folder / f"web-answer-{name}.png")
                page.get_by_role("link", name="Stelle im Papier ansehen").first.click()
                expect(page.locator("svg rect").first).to_be_visible()
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"web-source-{name}.png")
                page.goto("/antraege")
                page.get_by_role("link", name="Was macht die Stadt").click()
                page.screenshot(path=folder / f"web-motion-{name}.png")
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
