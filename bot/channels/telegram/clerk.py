"""What is written to the bot: questions and commands. Each handler sends one answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot.channels.telegram import motions as motion_pages
from bot.channels.telegram import render
from bot.channels.telegram.buttons import source_rows, verdict_row
from bot.channels.telegram.layout import Block
from bot.channels.telegram.memory import Memory, cited
from bot.channels.telegram.motions import Motions
from bot.channels.telegram.postbox import Postbox, address_of
from bot.channels.telegram.progress import Progress
from bot.channels.telegram.reception import Errand, Turned, is_private, question_of
from bot.channels.telegram.store import Store
from bot.channels.telegram.workers import Workers
from bot.feedback import rated
from bot.phrases import telegram as phrases
from bot.service import Ratslotse
from bot.types import Language, Question

Context = ContextTypes.DEFAULT_TYPE


def language_of(update: Update, default: Language) -> Language:
    """Return English for those whose Telegram is English, else the language of the settings."""
    user = update.effective_user
    return Language.EN if user and (user.language_code or "").lower().startswith("en") else default


class Clerk:
    """Answers messages."""

    def __init__(
        self,
        *,
        ratslotse: Ratslotse,
        workers: Workers,
        postbox: Postbox,
        store: Store,
        memory: Memory,
        motions: Motions | None,
        language: Language,
        retention_days: int,
    ) -> None:
        """Take what it works with.

        Args:
            ratslotse: answers, from public papers only.
            workers: where it blocks.
            postbox: sends.
            store: asked to forget a person.
            memory: of a person.
            motions: None where there is no ledger.
            language: of those whose Telegram speaks neither German nor English.
            retention_days: told to newcomers.
        """
        self._ratslotse, self._workers, self._postbox = ratslotse, workers, postbox
        self._store, self._memory, self._motions = store, memory, motions
        self._language, self._retention_days = language, retention_days
        self._progress = Progress()

    async def start(self, update: Update, context: Context) -> None:
        """Say who answers, from what, and what is kept."""
        language = self._spoken(update)
        searched = await self._workers.run(self._ratslotse.searched)
        texts = phrases.greeting(searched.documents, searched.until, self._retention_days, language)
        await self._say(update, context, render.paragraphs(texts))

    async def help(self, update: Update, context: Context) -> None:
        """Say what can be asked."""
        await self._say(update, context, render.paragraphs(phrases.help_lines(self._spoken(update))))

    async def stand(self, update: Update, context: Context) -> None:
        """Say what papers there are."""
        there = await self._workers.run(self._ratslotse.holdings)
        await self._say(update, context, render.holdings(there, self._spoken(update)))

    async def news(self, update: Update, context: Context) -> None:
        """Say what came in since the last question."""
        seen = self._memory.seen(_user_id(update))
        if seen is None:
            await self._tell(update, context, phrases.NO_QUESTION_YET)
            return
        papers = await self._workers.run(partial(self._ratslotse.added_since, seen))
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
        found = await self._workers.run(partial(self._motions.all, language))
        await self._say(update, context, motion_pages.listing(found, language))

    async def motion(self, update: Update, context: Context) -> None:
        """Show one motion."""
        if self._motions is None:
            await self._tell(update, context, phrases.NO_MOTIONS_YET)
            return
        name, language = " ".join(context.args or ()), self._spoken(update)
        if not name:
            await self._tell(update, context, phrases.WHICH_MOTION)
            return
        found = await self._workers.run(partial(self._motions.find, name, language))
        if found is None:
            await self._tell(update, context, phrases.UNKNOWN_MOTION)
        else:
            await self._say(update, context, motion_pages.detail(found, language))

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question."""
        message = update.message
        if message is None:
            return
        text = question_of(message.text or "", context.bot.username)
        if not text:
            await self.help(update, context)
            return
        user_id, chat_id, language = _user_id(update), message.chat_id, self._spoken(update)
        question = Question(text=text, history=self._memory.history(user_id, chat_id), language=language)
        searched = await self._workers.run(self._ratslotse.searched)
        told = phrases.searching(searched.documents, language)
        async with self._progress.showing(context.bot, address_of(update), told, private=is_private(message)):
            reply = await self._workers.run(partial(self._ratslotse.ask, question))
        changed = await self._workers.run(self._ratslotse.last_changed)
        sources = cited(reply)
        answer_id = self._memory.give(user_id, sources, rated(text, reply))
        rows = source_rows(answer_id, [source.citation.n for source in sources], language)
        await self._say(update, context, render.answer(reply), (*rows, *verdict_row(answer_id, language)))
        self._memory.asked(user_id, chat_id, text, changed)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """Point to the help."""
        await self._tell(update, context, phrases.UNKNOWN_COMMAND)

    async def no_text(self, update: Update, context: Context) -> None:
        """Ask for text."""
        await self._tell(update, context, phrases.ONLY_TEXT)

    async def turned(self, turned: Turned, context: Context) -> None:
        """Say to a stranger who may ask, and to the hasty when to come back."""
        update = turned.update
        language = self._spoken(update)
        if turned.errand is Errand.STRANGER:
            sentence = phrases.STRANGER[language]
        else:
            sentence = phrases.too_fast(turned.wait_s, language)
        if update.callback_query:
            await update.callback_query.answer(sentence, show_alert=True)
        elif not turned.quiet:
            await self._postbox.deliver(context.bot, update, render.paragraphs([sentence]), language)

    async def give_up(self, update: Update, context: Any) -> None:
        """Say that a question was set aside."""
        if update.effective_chat:
            await self._tell(update, context, phrases.GAVE_UP)

    def _spoken(self, update: Update) -> Language:
        return language_of(update, self._language)

    async def _tell(self, update: Update, context: Context, sentence: dict[Language, str]) -> None:
        await self._say(update, context, render.paragraphs([sentence[self._spoken(update)]]))

    async def _say(self, update: Update, context: Context, blocks: Iterable[Block], rows: Any = ()) -> None:
        await self._postbox.deliver(context.bot, update, blocks, self._spoken(update), rows)


def _user_id(update: Update) -> int:
    """Return who wrote; the reception lets nobody in who has no number."""
    if update.effective_user is None:
        raise ValueError("an update without a person")
    return update.effective_user.id
