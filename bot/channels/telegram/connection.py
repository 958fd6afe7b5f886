"""The way to Telegram: reaching it at the start, introducing the bot, and receiving updates."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot, BotCommand, Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Updater

from bot.channels.telegram.errors import PollingErrors
from bot.phrases import telegram as phrases
from bot.types import Language
from ingest.settings import Settings

log = logging.getLogger(__name__)

LONGEST_PAUSE_S: Final = 30.0
"""Between two attempts to reach Telegram at the start, as the library does while it polls."""

UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)


async def patiently(act: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    """Repeat what needs Telegram until it succeeds; False if `stop` was set first."""
    pause_s, trouble = 1.0, PollingErrors()
    while not stop.is_set():
        try:
            await act()
        except BadRequest:
            raise
        except (NetworkError, RetryAfter, Conflict) as error:
            trouble(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        else:
            return True
    return False


async def introduce(bot: Bot) -> None:
    """Tell Telegram which commands there are; without that everything works but their menu."""
    for code, language in ((None, Language.DE), ("de", Language.DE), ("en", Language.EN)):
        commands = [BotCommand(name, told) for name, told in phrases.COMMANDS[language]]
        try:
            await bot.set_my_commands(commands, language_code=code)
        except BadRequest as error:
            log.warning("Telegram refused the menu: %s", error.message)


@asynccontextmanager
async def receiving(updater: Updater, settings: Settings) -> AsyncIterator[None]:
    """Poll, or listen where a webhook is set."""
    if settings.telegram_webhook_url:
        await updater.start_webhook(
            listen=settings.telegram_webhook_host,
            port=settings.telegram_webhook_port,
            url_path=urlsplit(settings.telegram_webhook_url).path,
            webhook_url=settings.telegram_webhook_url,
            secret_token=settings.telegram_webhook_secret.get_secret_value(),
            allowed_updates=UPDATES,
            bootstrap_retries=-1,
        )
    else:
        await updater.start_polling(allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=PollingErrors())
    try:
        yield
    finally:
        with suppress(InvalidToken):
            await updater.stop()
