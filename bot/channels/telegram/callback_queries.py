"""What is pressed below an answer: its sources, and whether it helped. Every press is answered exactly once."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from functools import partial

from telegram import CallbackQuery, Update
from telegram.error import BadRequest

from bot.channels.telegram import render
from bot.channels.telegram.buttons import Action, Press, Rows, fault_rows, read_press, source_rows, verdict_row
from bot.channels.telegram.handlers import Context, language_of
from bot.channels.telegram.sending import Sender, keyboard
from bot.channels.telegram.thread_pool import ThreadPool
from bot.channels.telegram.user_data import Cited, KeptAnswer, UserData
from bot.feedback import Channel, Fault, Feedback, FeedbackStore, Verdict
from bot.phrases import telegram as phrases
from bot.service import Ratslotse
from bot.types import Language


class CallbackQueries:
    """Resolves buttons."""

    def __init__(
        self,
        *,
        ratslotse: Ratslotse,
        threads: ThreadPool,
        sender: Sender,
        user_data: UserData,
        feedback: FeedbackStore,
        language: Language,
    ) -> None:
        """Take what it works with; see `Handlers`."""
        self._ratslotse, self._threads, self._sender = ratslotse, threads, sender
        self._user_data, self._feedback, self._language = user_data, feedback, language

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query = update.callback_query
        if query is None:
            return
        language = language_of(update, self._language)
        press = read_press(query.data)
        given = self._user_data.kept_answer(press.answer_id) if press else None
        if press is None or given is None:
            await _answer(query, phrases.BUTTON_EXPIRED[language], alert=True)
            return
        match press.action:
            case Action.SOURCE:
                await self._source(update, context, query, press, given)
            case Action.HELPFUL:
                await self._vote(query, press, given, language)
            case Action.FAULT:
                fault = press.detail
                known = fault in set(Fault)
                await self._vote(query, press, given, language, Fault(fault) if known else Fault.ERROR)
            case Action.NOT_HELPFUL | Action.BACK if given.rated is None:
                await _answer(query, phrases.ALREADY_RATED[language])
            case Action.NOT_HELPFUL:
                await _answer(query, phrases.WHY[language], alert=True)
                await _rebutton(query, (*_sources(press, given, language), *fault_rows(press.answer_id, language)))
            case Action.BACK:
                await _answer(query, "")
                await _rebutton(query, (*_sources(press, given, language), *verdict_row(press.answer_id, language)))

    async def _source(
        self, update: Update, context: Context, query: CallbackQuery, press: Press, given: KeptAnswer
    ) -> None:
        language = language_of(update, self._language)
        source = _numbered(given, press.detail)
        view = await self._threads.run(partial(self._ratslotse.source, source.citation)) if source else None
        if source is None or view is None or query.message is None:
            await _answer(query, phrases.SOURCE_GONE[language], alert=True)
            return
        await _answer(query, "")
        await self._sender.deliver(context.bot, update, render.source(view, source, language), language)

    async def _vote(
        self, query: CallbackQuery, press: Press, given: KeptAnswer, language: Language, fault: Fault | None = None
    ) -> None:
        if given.rated is None or not self._user_data.take_vote(press.answer_id):
            await _answer(query, phrases.ALREADY_RATED[language])
            return
        vote = Feedback(
            day=dt.datetime.now(dt.UTC).date(),
            channel=Channel.TELEGRAM,
            verdict=Verdict.NOT_HELPFUL if fault else Verdict.HELPFUL,
            rated=given.rated,
            fault=fault,
        )
        await self._threads.run(partial(self._feedback.keep, vote))
        await _answer(query, phrases.THANKS[language])
        await _rebutton(query, _sources(press, given, language))


def _sources(press: Press, given: KeptAnswer, language: Language) -> Rows:
    return source_rows(press.answer_id, given.numbers, language)


def _numbered(given: KeptAnswer, number: str) -> Cited | None:
    """Return the source that a button names; None for a number that the answer does not have."""
    return next((source for source in given.sources if str(source.citation.n) == number), None)


async def _answer(query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """Answer a press; one that waited too long, or was answered before a restart, needs no answer any more."""
    with suppress(BadRequest):
        await query.answer(text, show_alert=alert)


async def _rebutton(query: CallbackQuery, rows: Rows) -> None:
    """Change the buttons; that they are so already, or the message is gone, is as good."""
    if query.message is not None and query.message.is_accessible:
        with suppress(BadRequest):
            await query.edit_message_reply_markup(keyboard(rows))
