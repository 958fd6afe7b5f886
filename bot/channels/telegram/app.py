"""The bot, put together and run inside any event loop until it is told to stop."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Final

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.channels.telegram.access import AccessControl, AllowedUsers, Rejected, allowed_users
from bot.channels.telegram.buttons import FOLLOW_DATA
from bot.channels.telegram.callback_queries import CallbackQueries
from bot.channels.telegram.connection import introduce, patiently, receiving
from bot.channels.telegram.errors import ErrorHandler, hide
from bot.channels.telegram.handlers import Handlers
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.motion_news import MotionNews
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.store import Store, open_store
from bot.channels.telegram.subscriptions import Subscriptions
from bot.channels.telegram.thread_pool import ThreadPool
from bot.channels.telegram.update_queue import UpdateProcessor, UpdateQueue
from bot.channels.telegram.user_data import UserData
from bot.feedback import FeedbackStore
from bot.ledger import Motions, watch
from bot.service import Ratslotse
from bot.types import Language
from ingest.errors import UsageError
from ingest.settings import Settings

log = logging.getLogger(__name__)

RETRIES: Final = 3
"""Of a request that Telegram refused for its rate; after that the update waits for its next attempt."""

PULSE_S: Final = 60.0
"""Between two looks whether the token still holds: polling ends without a word when it is revoked."""

LOOK_S: Final = 60.0
"""Between two looks whether there are news of a motion: one small file is read."""

GOODBYE_S: Final = 5.0
"""For news on their way when the process is told to end."""


def check(settings: Settings) -> AllowedUsers:
    """Look at the settings before anything is opened.

    Raises:
        UsageError: no token, a list of users that cannot be read, or a webhook without its secret.
    """
    if not settings.telegram_token.get_secret_value():
        raise UsageError(
            "Es ist kein Telegram-Token gesetzt.", "Bitte RATSLOTSE_TELEGRAM_TOKEN setzen (von @BotFather)."
        )
    if settings.telegram_webhook_url and not settings.telegram_webhook_secret.get_secret_value():
        raise UsageError(
            "Ein Webhook braucht ein Geheimnis, sonst kann ihn jeder aufrufen.",
            "Bitte RATSLOTSE_TELEGRAM_WEBHOOK_SECRET setzen (Buchstaben, Ziffern, _ und -).",
        )
    return allowed_users(settings.telegram_allowed_users)


async def serve(
    settings: Settings, ratslotse: Ratslotse, stop: asyncio.Event, *, motions: Motions | None = None
) -> None:
    """Run the bot until `stop` is set; what has begun is finished, what has not stays for the next start.

    Args:
        settings: token, addresses, who may ask, where state is kept.
        ratslotse: over public papers only (`Access.PUBLIC`); it notices new generations by itself.
        stop: set it to end.
        motions: the ledger, where there is one.

    Raises:
        UsageError: the settings will not do, the token is refused, or another process uses the same state.
    """
    allowed = check(settings)
    hide(settings.telegram_token.get_secret_value())
    with open_store(settings.state_dir) as store:
        bot = _TelegramBot(settings, ratslotse, store, allowed, motions)
        try:
            await bot.run(stop)
        except InvalidToken:
            raise UsageError(
                "Telegram nimmt das Token nicht an.", "Bitte RATSLOTSE_TELEGRAM_TOKEN prüfen (von @BotFather)."
            ) from None  # the library's own message holds the token
        finally:
            bot.threads.close()


async def until_signalled(settings: Settings, ratslotse: Ratslotse, *, motions: Motions | None = None) -> None:
    """Run the bot as a process of its own, until SIGINT or SIGTERM; see `serve`."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, ratslotse, stop, motions=motions)


class _TelegramBot:
    """All parts of one bot, put together."""

    def __init__(
        self, settings: Settings, ratslotse: Ratslotse, store: Store, allowed: AllowedUsers, motions: Motions | None
    ) -> None:
        self._settings, self._store = settings, store
        language = Language(settings.language)
        inbox, user_data, self.threads = Inbox(store), UserData(store), ThreadPool()
        sender = Sender(inbox)
        self._queue = UpdateQueue(AccessControl(allowed), inbox)
        self._errors = ErrorHandler(sender=sender, language=language)
        self._handlers = Handlers(
            ratslotse=ratslotse,
            threads=self.threads,
            sender=sender,
            store=store,
            user_data=user_data,
            motions=motions,
            language=language,
            retention_days=settings.retention_days,
        )
        self._callback_queries = CallbackQueries(
            ratslotse=ratslotse,
            threads=self.threads,
            sender=sender,
            user_data=user_data,
            feedback=FeedbackStore(settings.state_dir, retention_days=settings.retention_days),
            language=language,
        )
        self._motions, self._news = motions, None
        if motions is not None:
            self._news = MotionNews(
                motions=motions,
                subscriptions=Subscriptions(store),
                threads=self.threads,
                sender=sender,
                allowed=allowed,
                language=language,
            )
        self._processor = UpdateProcessor(queue=self._queue, inbox=inbox, sender=sender, give_up=self._give_up)
        self._errors.processor = self._processor
        self.application = self._application()

    async def run(self, stop: asyncio.Event) -> None:
        """Connect, work, and leave in order."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.application.bot.shutdown)  # also where it was refused halfway
            if not await patiently(self.application.initialize, stop):
                return
            stack.push_async_callback(self.application.shutdown)
            self._queue.attach(self.application.bot)
            await patiently(partial(introduce, self.application.bot), stop)
            await self.application.start()
            stack.push_async_callback(self.application.stop)
            stack.callback(self._processor.close)
            self._queue.reopen()
            assert self.application.updater is not None  # built below
            await stack.enter_async_context(receiving(self.application.updater, self._settings))
            await stack.enter_async_context(self._telling(stop))
            log.info("Telegram: bereit")
            await self._watch(stop)

    def _application(self) -> Application:  # type: ignore[type-arg]
        settings = self._settings
        builder = (
            ApplicationBuilder()
            .token(settings.telegram_token.get_secret_value())
            .rate_limiter(AIORateLimiter(max_retries=RETRIES))
            .update_queue(self._queue)
            .concurrent_updates(self._processor)
            .job_queue(None)
            .get_updates_connection_pool_size(2)  # at the end one poll is cancelled and the last one begins at once
        )
        if settings.telegram_api_url:
            address = settings.telegram_api_url.rstrip("/")
            builder = builder.base_url(f"{address}/bot").base_file_url(f"{address}/file/bot")
        application = builder.build()
        handlers, written = self._handlers, filters.UpdateType.MESSAGE
        for names, handler in (
            (("start",), handlers.start),
            (("hilfe", "help"), handlers.help),
            (("stand",), handlers.stand),
            (("neu",), handlers.news),
            (("vergessen",), handlers.forget),
            (("antraege",), handlers.motions),
            (("antrag",), handlers.motion),
        ):
            application.add_handler(CommandHandler(names, handler, filters=written))
        application.add_handler(MessageHandler(written & filters.COMMAND, handlers.unknown_command))
        application.add_handler(MessageHandler(written & filters.TEXT, handlers.question))
        application.add_handler(MessageHandler(written & ~filters.StatusUpdate.ALL, handlers.no_text))
        if self._news is not None:
            application.add_handler(CallbackQueryHandler(self._news.pressed, pattern=FOLLOW_DATA))
        application.add_handler(CallbackQueryHandler(self._callback_queries.pressed))
        application.add_handler(TypeHandler(Rejected, handlers.rejected))
        application.add_error_handler(self._errors.handle)
        return application

    @asynccontextmanager
    async def _telling(self, stop: asyncio.Event) -> AsyncIterator[None]:
        """Tell those who follow a motion what changes, where there is a ledger."""
        if self._motions is None or self._news is None:
            yield
            return
        tell = partial(self._news.tell, self.application.bot)
        task = asyncio.create_task(watch(self._motions, tell, stop, look_s=LOOK_S))
        task.add_done_callback(_ended)
        try:
            yield
        finally:
            await asyncio.wait([task], timeout=GOODBYE_S)  # a message that is leaving may leave
            task.cancel()

    async def _watch(self, stop: asyncio.Event) -> None:
        """Wait for the end; meanwhile look after the token and let go of what is too old."""
        retention = dt.timedelta(days=self._settings.retention_days)
        while True:
            self._store.expire(dt.datetime.now(dt.UTC), retention)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PULSE_S)
            if stop.is_set():
                return
            try:
                await self.application.bot.get_me()
            except InvalidToken:
                raise
            except TelegramError as error:
                log.debug("no pulse: %s", type(error).__name__)

    async def _give_up(self, update: Update) -> None:
        try:
            await self._handlers.give_up(update, self.application)
        except TelegramError as error:
            log.warning("not delivered: %s", type(error).__name__)


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the ledger is no longer watched", exc_info=error)
