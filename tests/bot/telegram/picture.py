"""Draw a dialogue as a phone shows it, from what the bot really sends: `make telegram-picture`.

`python -m tests.bot.telegram.picture INDEX OUT.png QUESTION… ` asks through the fake Bot API; a word like `Quelle:1`
presses that button of the latest answer.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from pathlib import Path

from bot.app import build
from tests.bot.telegram.bot_api import FakeTelegram, running
from tests.bot.telegram.conftest import serving, settings_for
from tests.bot.telegram.wire import Shown

PHONE_WIDTH = 412
STYLE = """
*{box-sizing:border-box}
body{margin:0;width:412px;background:#cfdfc4;font:15px/1.34 'DejaVu Sans',sans-serif;color:#111}
header{background:#517da2;color:#fff;padding:12px 16px;font-weight:bold} header small{display:block;font-weight:normal}
main{padding:10px 8px 14px} .me,.bot{padding:7px 11px;border-radius:13px;margin:7px 0;white-space:pre-wrap;
overflow-wrap:anywhere;width:fit-content} .me{background:#e6fcce;margin-left:auto;max-width:82%}
.bot{background:#fff;max-width:93%} blockquote{margin:3px 0;border-left:3px solid #517da2;padding:1px 8px;
background:#eef4f9;border-radius:4px} .row{display:flex;gap:4px;margin:4px 0;max-width:93%}
.row span{flex:1;background:#8fac7d;color:#fff;border-radius:8px;text-align:center;padding:7px 2px;font-size:13px}
"""


def draw(index: Path, target: Path, steps: list[str]) -> None:
    """Have the dialogue and write its picture."""
    parts = []
    with tempfile.TemporaryDirectory() as folder, running(FakeTelegram()) as fake:
        ratslotse = build(index_dir=index, encoder_name="bundled")
        with serving(settings_for(fake, Path(folder)), ratslotse, fake):
            for step in steps:
                before = len(fake.messages(1))
                if step.startswith("Quelle:"):
                    shown = next(one for one in reversed(fake.messages(1)) if one.buttons)
                    fake.press(1, shown, shown.buttons[step.replace(":", " ")])
                else:
                    fake.say(1, step)
                    parts.append(f'<div class="me">{html.escape(step)}</div>')
                parts += [_bubble(one) for one in fake.messages_when(1, before + 1)[before:]]
        page = Path(folder) / "telegram.html"
        page.write_text(_page(parts), encoding="utf-8")
        _photograph(page, target)


def _bubble(shown: Shown) -> str:
    rows = (shown.markup or {}).get("inline_keyboard", [])
    buttons = ["".join(f"<span>{html.escape(button['text'])}</span>" for button in row) for row in rows]
    return f'<div class="bot">{shown.source}</div>' + "".join(f'<div class="row">{row}</div>' for row in buttons)


def _page(parts: list[str]) -> str:
    head = "<header>Ratslotse<small>Bot</small></header>"
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{head}<main>{"".join(parts)}</main>'


def _photograph(page: Path, target: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": PHONE_WIDTH, "height": 600}, device_scale_factor=1.25)
        view.goto(page.as_uri())
        view.screenshot(path=target, full_page=True)
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
