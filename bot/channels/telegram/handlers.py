"""What is written to the bot: questions and commands. Each handler sends one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot.channels.telegram import render
from bot.channels.telegram.access import Decision, Rejected
from bot.channels.telegram.buttons import follow_row, source_rows, verdict_row
from bot.channels.telegram.formatting import Block, block
from bot.channels.telegram.mentions import is_private, question_of
from bot.channels.telegram.progress import Progress
from bot.channels.telegram.sending import Sender, address_of
from bot.channels.telegram.store import Store
from bot.channels.telegram.subscriptions import Subscriptions
from bot.channels.telegram.thread_pool import Result, ThreadPool
from bot.channels.telegram.user_data import UserData, cited
from bot.feedback import rated
from bot.ledger import Motions
from bot.phrases import telegram as phrases
from bot.service import Ratslotse
from bot.types import Declined, Language, Question
from ingest.errors import UsageError

Context = ContextTypes.DEFAULT_TYPE


def language_of(update: Update, default: Language) -> Language:
    """Return the language of somebody's Telegram if we speak it, else (or if Telegram does not say) `default`."""
    user = update.effective_user
    code = ((user.language_code if user else None) or "").lower().partition("-")[0]
    return Language(code) if code in set(Language) else default


class Handlers:
    """Answers messages."""

    def __init__(
        self,
        *,
        ratslotse: Ratslotse,
        threads: ThreadPool,
        sender: Sender,
        store: Store,
        user_data: UserData,
        motions: Motions | None,
        language: Language,
        retention_days: int,
    ) -> None:
        """Take what it works with.

        Args:
            ratslotse: answers, from public papers only.
            threads: where it blocks.
            sender: sends.
            store: asked to forget a person.
            user_data: of a person.
            motions: None where there is no ledger.
            language: of those whose Telegram speaks neither German nor English.
            retention_days: told to newcomers.
        """
        self._ratslotse, self._threads, self._sender = ratslotse, threads, sender
        self._store, self._user_data, self._motions = store, user_data, motions
        self._language, self._retention_days = language, retention_days
        self._subscriptions = Subscriptions(store)
        self._progress = Progress()

    async def start(self, update: Update, context: Context) -> None:
        """Say who answers, from what, and what is kept."""
        language = self._spoken(update)
        searched = await self._threads.run(self._ratslotse.searched)
        texts = phrases.greeting(searched.documents, searched.until, self._retention_days, language)
        await self._say(update, context, render.paragraphs(texts))

    async def help(self, update: Update, context: Context) -> None:
        """Say what can be asked."""
        await self._say(update, context, render.paragraphs(phrases.help_lines(self._spoken(update))))

    async def stand(self, update: Update, context: Context) -> None:
        """Say what papers there are."""
        there = await self._threads.run(self._ratslotse.holdings)
        await self._say(update, context, render.holdings(there, self._spoken(update)))

    async def news(self, update: Update, context: Context) -> None:
        """Say what came in since the last question."""
        seen = self._user_data.seen(_user_id(update))
        if seen is None:
            await self._tell(update, context, phrases.NO_QUESTION_YET)
            return
        papers = await self._threads.run(partial(self._ratslotse.added_since, seen))
        await self._say(update, context, render.news(papers, self._spoken(update)))

    async def forget(self, update: Update, context: Context) -> None:
        """Delete what is kept about a person."""
        self._store.forget(_user_id(update))
        await self._tell(update, context, phrases.FORGOTTEN)

    async def motions(self, update: Update, context: Context) -> None:
        """List the motions."""
        if self._motions is None:
            await self._tell(update, context, phrases.NO_MOTIONS_YET)
            return
        language = self._spoken(update)
        found = await self._waiting(update, context, self._motions.all)
        await self._say(update, context, render.motion_list(found, language))

    async def motion(self, update: Update, context: Context) -> None:
        """Show one motion."""
        if self._motions is None:
            await self._tell(update, context, phrases.NO_MOTIONS_YET)
            return
        name, language = " ".join(context.args or ()), self._spoken(update)
        if not name:
            await self._tell(update, context, phrases.WHICH_MOTION)
            return
        try:
            found = await self._waiting(update, context, partial(self._motions.find, name))
        except UsageError as unclear:
            told = str(unclear) if language is Language.DE else phrases.UNKNOWN_MOTION[language]
            await self._say(update, context, (block(told), *render.paragraphs([phrases.ALL_MOTIONS[language]])))
            return
        followed = self._subscriptions.follows(address_of(update).chat_id, found.motion_id)
        row = follow_row(found.motion_id, followed=followed, language=language)
        await self._say(update, context, render.motion(found, language), row)

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question."""
        message = update.message
        if message is None:
            return
        text = question_of(message, context.bot.bot)
        if not text:
            await self.help(update, context)
            return
        user_id, chat_id, language = _user_id(update), message.chat_id, self._spoken(update)
        question = Question(text=text, history=self._user_data.history(user_id, chat_id), language=language)
        reply = await self._waiting(update, context, partial(self._ratslotse.ask, question))
        if isinstance(reply, Declined) and reply.reason.is_courtesy:
            await self._say(update, context, render.answer(reply))
            return
        changed = await self._threads.run(self._ratslotse.last_changed)
        sources = cited(reply)
        answer_id = self._user_data.keep_answer(user_id, sources, rated(text, reply))
        rows = source_rows(answer_id, [source.citation.n for source in sources], language)
        await self._say(update, context, render.answer(reply), (*rows, *verdict_row(answer_id, language)))
        self._user_data.keep_question(user_id, chat_id, text, changed)

    async def _waiting(self, update: Update, context: Context, work: Callable[[], Result]) -> Result:
        """Do what may take a while, and let it be seen."""
        searched = await self._threads.run(self._ratslotse.searched)
        told = phrases.searching(searched.documents, self._spoken(update))
        private = update.message is not None and is_private(update.message)
        async with self._progress.showing(context.bot, address_of(update), told, private=private):
            return await self._threads.run(work)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """Point to the help."""
        await self._tell(update, context, phrases.UNKNOWN_COMMAND)

    async def no_text(self, update: Update, context: Context) -> None:
        """Ask for text."""
        await self._tell(update, context, phrases.ONLY_TEXT)

    async def rejected(self, rejected: Rejected, context: Context) -> None:
        """Say who may ask, or when to come back."""
        update = rejected.update
        language = self._spoken(update)
        match rejected.decision:
            case Decision.NOT_ALLOWED:
                sentence = phrases.NOT_ALLOWED[language]
            case Decision.ANONYMOUS:
                sentence = phrases.ANONYMOUS[language]
            case _:
                sentence = phrases.too_fast(rejected.wait_s, language)
        if update.callback_query:
            await update.callback_query.answer(sentence, show_alert=True)
        elif not rejected.quiet:
            await self._sender.deliver(context.bot, update, render.paragraphs([sentence]), language)

    async def give_up(self, update: Update, context: Any) -> None:
        """Say that a question was set aside."""
        if update.effective_chat:
            await self._tell(update, context, phrases.GAVE_UP)

    def _spoken(self, update: Update) -> Language:
        return language_of(update, self._language)

    async def _tell(self, update: Update, context: Context, sentence: dict[Language, str]) -> None:
        await self._say(update, context, render.paragraphs([sentence[self._spoken(update)]]))

    async def _say(self, update: Update, context: Context, blocks: Iterable[Block], rows: Any = ()) -> None:
        await self._sender.deliver(context.bot, update, blocks, self._spoken(update), rows)


def _user_id(update: Update) -> int:
    """Return who wrote; `AccessControl` accepts nobody who has no number."""
    if update.effective_user is None:
        raise ValueError("an update without a person")
    return update.effective_user.id
