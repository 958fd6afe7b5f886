"""What goes wrong while an update is answered, decided in one place; and secrets that no log may hold."""

from __future__ import annotations

import logging
import uuid
from typing import Final

from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.formatting import block
from bot.channels.telegram.handlers import Context, language_of
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.update_queue import UpdateProcessor
from bot.phrases import telegram as phrases
from bot.phrases.reply import FALLBACK_ERROR
from bot.types import Language
from ingest.errors import RatslotseError

log = logging.getLogger(__name__)

HIDDEN: Final = "***"


class ErrorHandler:
    """Turns an exception into a later attempt, one sentence, or silence."""

    def __init__(self, *, sender: Sender, language: Language) -> None:
        """Take what it works with."""
        self._sender, self._language = sender, language
        self.processor: UpdateProcessor | None = None

    async def handle(self, update: object, context: Context) -> None:
        """Handle what a handler raised."""
        error = context.error
        match error:
            case Forbidden():
                log.info("an answer was not delivered: the chat is closed to us")
                return
            case BadRequest():
                log.warning("Telegram refused what we sent: %s", error.message)
                return
            case RetryAfter() | NetworkError():
                log.warning("an answer was not delivered, to be tried again: %s", type(error).__name__)
                if isinstance(update, Update) and self.processor is not None:
                    self.processor.undelivered(update)
                return
            case TelegramError():
                log.warning("Telegram: %s", error.message)
                return
        if isinstance(update, Update):
            await self._apologise(update, context, error)
        else:
            log.error("outside an update", exc_info=error)

    async def _apologise(self, update: Update, context: Context, error: Exception | None) -> None:
        language = language_of(update, self._language)
        if isinstance(error, TimeoutError):
            log.warning("a search took too long")
            sentence = phrases.TOO_LONG[language]
        elif isinstance(error, RatslotseError):
            log.warning("%s", error)
            sentence = phrases.NO_PAPERS[language]
        else:
            incident = uuid.uuid4().hex[:8]
            log.error("incident=%s", incident, exc_info=error)
            sentence = FALLBACK_ERROR[language].format(id=incident)
        try:
            if update.callback_query:
                await update.callback_query.answer(sentence, show_alert=True)
            elif update.effective_chat:
                await self._sender.deliver(context.bot, update, [block(sentence)], language)
        except TelegramError as failure:
            log.warning("an apology was not delivered: %s", type(failure).__name__)


class PollingErrors:
    """Says once, in a sentence, why nothing comes in; the library goes on trying."""

    def __init__(self) -> None:
        self._told: type[TelegramError] | None = None

    def __call__(self, error: TelegramError) -> None:
        """Take an error of getUpdates."""
        if type(error) is self._told:
            return
        self._told = type(error)
        if isinstance(error, Conflict):
            log.warning(
                "Ein zweites Programm holt mit demselben Token Nachrichten ab. Bitte eines von beiden beenden; "
                "es wird weiter versucht."
            )
        else:
            log.warning("Telegram ist nicht erreichbar (%s); es wird weiter versucht.", type(error).__name__)


class _Hiding(logging.Formatter):
    """Writes as another formatter does, but for a secret: also in tracebacks and in what libraries say."""

    def __init__(self, inner: logging.Formatter, secret: str) -> None:
        super().__init__()
        self._inner, self._secret = inner, secret

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        return self._inner.format(record).replace(self._secret, HIDDEN)


def hide(secret: str) -> None:
    """Keep a secret out of all that the handlers set up so far write; httpx writes addresses, and so the token."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_Hiding(handler.formatter or logging.Formatter(), secret))
