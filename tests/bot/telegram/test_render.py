"""Replies as messages: what must be there, in every length, with whatever a paper holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import render
from bot.channels.telegram.buttons import Action, Press, fault_rows, new_id, read_press, source_rows, verdict_row
from bot.channels.telegram.formatting import LIMIT, messages
from bot.channels.telegram.user_data import Cited, cited
from bot.phrases import telegram as phrases
from bot.service import Ratslotse, SourceView
from bot.types import (
    Answered,
    Citation,
    Declined,
    DeclineReason,
    Fallback,
    Language,
    Mode,
    Mood,
    Question,
    Reply,
    Searched,
    Statement,
)
from ingest.types import DateBasis, Kind, Span, Stand, Visibility
from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.conftest import serving, settings_for
from tests.bot.telegram.entities import detected, parse_html, units
from tests.bot.telegram.odd import Odd

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=3000)


def a_citation(n: int = 1, quote: str = "Zitat", **changes: object) -> Citation:
    values: dict[str, object] = {
        "n": n, "document_id": "d", "path": "a.pdf", "title": "Titel", "kind": Kind.REPORT,
        "visibility": Visibility.PUBLIC, "number": "1/2024", "date": dt.date(2024, 1, 2),
        "date_basis": DateBasis.PAPER, "page": 3, "agenda_item": None, "quote": quote, "span": Span(start=0, end=5),
        "url": "https://rat.example/1",
    }  # fmt: skip
    return Citation(**(values | changes))  # type: ignore[arg-type]


def an_answer(*quotes: str, texts: tuple[str, ...] = ()) -> Answered:
    said = texts or quotes
    return Answered(
        statements=tuple(Statement(text=text, citations=(n,)) for n, text in enumerate(said, start=1)),
        citations=tuple(a_citation(n, quote, page=n) for n, quote in enumerate(quotes, start=1)),
        hits=(),
        searched=Searched(documents=1, until=None),
        index="x",
    )


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_answer_fits_and_parses(quotes: list[str]) -> None:
    for message in messages(render.answer(an_answer(*quotes))):
        parsed = parse_html(message.html)
        assert units(parsed.text) <= LIMIT
        assert parsed.entities <= 100


@given(TEXTS, TEXTS, TEXTS)
def test_every_source_fits_and_parses(before: str, quote: str, after: str) -> None:
    citation = a_citation(quote=quote)
    view = SourceView(citation=citation, before=before, quote=quote, after=after)
    cited = Cited(citation=citation, as_of=Stand(day=dt.date(2024, 1, 2)), as_of_basis=None)

    for message in messages(render.source(view, cited, Language.DE)):
        assert units(parse_html(message.html).text) <= LIMIT


def test_a_sentence_that_is_no_quote_is_followed_by_its_quote() -> None:
    (message,) = messages(render.answer(an_answer("Es kostet 7 Euro.", texts=("Die Kosten betragen 7 Euro.",))))

    assert "<blockquote expandable>[1] „Es kostet 7 Euro.“</blockquote>" in message.html


def test_a_sentence_that_is_its_quote_is_not_said_twice() -> None:
    (message,) = messages(render.answer(an_answer("Es kostet 7 Euro.")))

    assert message.plain.count("Es kostet 7 Euro.") == 1


def test_sources_at_the_same_place_share_a_line() -> None:
    reply = an_answer("eins", "zwei")
    same = Answered(
        statements=reply.statements,
        citations=tuple(a_citation(n, quote) for n, quote in ((1, "eins"), (2, "zwei"))),
        hits=(),
        searched=reply.searched,
        index="x",
    )
    (message,) = messages(render.answer(same))

    assert "[1][2] Bericht 1/2024 · „Titel“ · 2. Januar 2024 · S. 3" in message.plain


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("https://boese.example/anmelden", id="an address"),
        pytest.param("www.boese.example", id="an address without a protocol"),
        pytest.param("Boese.De", id="a bare domain"),
        pytest.param("tg://resolve?domain=boese", id="an address of Telegram itself"),
        pytest.param("rat@boese.example", id="a mail address"),
        pytest.param("@oberbuergermeister", id="a mention that would ping somebody"),
        pytest.param("(@oberbuergermeister)", id="a mention in brackets"),
        pytest.param("/vergessen", id="a command that one tap would send"),
        pytest.param("/vergessen@ratslotse_bot", id="a command that names the bot"),
        pytest.param("#wahl", id="a hashtag"),
        pytest.param("$EUR", id="a cashtag"),
        pytest.param(" ".join(f"@name_{n} x" for n in range(300)), id="more than a message's entities"),
    ],
)
def test_what_a_paper_says_becomes_no_link_mention_or_command(words: str) -> None:
    assert detected(words), "else this row shows nothing"
    reply = an_answer(f"Zitat mit {words} darin", f"{words}", texts=(f"Aussage mit {words}.", "Aussage."))
    reply = replace(reply, citations=tuple(replace(one, title=f"Titel {words}") for one in reply.citations))
    one = reply.citations[0]
    view = SourceView(citation=replace(one, url=None), before=words, quote=words, after=words)
    shown = (*render.answer(reply), *render.source(view, cited(reply)[0], Language.DE))

    for message in messages(shown):
        parsed = parse_html(message.html)
        assert parsed.live == ()
        assert parsed.text == message.plain, "what is shown is what the paper says"
        assert parsed.entities <= 100


def test_what_we_say_ourselves_can_be_pressed() -> None:
    parts = [*messages(render.paragraphs(phrases.help_lines(Language.DE)))]
    view = SourceView(citation=a_citation(), before="", quote="Zitat", after="")
    parts += messages(render.source(view, Cited(citation=a_citation(), as_of=None, as_of_basis=None), Language.DE))

    pressable = [one for part in parts for one in parse_html(part.html).live]
    assert {"/antraege", "/vergessen", "https://rat.example/1"} <= set(pressable)


def test_a_title_does_not_turn_the_direction_of_what_follows_it() -> None:
    reply = an_answer("Zitat")
    (message,) = messages(render.answer(replace(reply, citations=(a_citation(title="\u202eletiT\u2067"),))))

    assert "„letiT“ · 2. Januar 2024" in message.plain


def test_thirty_citations_are_split_before_telegram_ignores_their_marks() -> None:
    quotes = [f"Satz {n}." for n in range(1, 31)]
    reply = an_answer(*quotes, texts=tuple(f"Anders {n}." for n in range(1, 31)))
    reply = replace(reply, statements=tuple(replace(one, mood=Mood.REPORTED) for one in reply.statements))
    parts = messages(render.answer(reply))

    assert len(parts) > 1, "one message would hold it by its length"
    assert all(parse_html(part.html).entities <= 100 for part in parts)
    assert sum(part.html.count("<blockquote") for part in parts) == 30


def test_an_answer_says_what_a_language_model_had_to_do_with_it() -> None:
    reply = an_answer("Zitat")
    shown = [
        messages(render.answer(one))[0].plain
        for one in (reply, replace(reply, mode=Mode.GENERATIVE), replace(reply, fallback=Fallback.TIMED_OUT))
    ]

    assert "Sprachmodell" not in shown[0]
    assert "Von einem Sprachmodell formuliert" in shown[1]
    assert "Ohne Sprachmodell aus den Belegen zusammengestellt: Es hat nicht rechtzeitig geantwortet." in shown[2]


def test_a_decline_says_what_is_missing_and_who_might_know() -> None:
    declined = Declined(
        reason=DeclineReason.NOT_SUPPORTED,
        nearest=(),
        hits=(),
        searched=Searched(documents=5, until=None),
        index="x",
        near_miss=a_citation(quote="Die Brücke wurde 2019 gebaut."),
        office="Tiefbauamt",
    )
    (message,) = messages(render.answer(declined))

    assert "keinen Satz gefunden, der das beantwortet" in message.plain
    assert "Am nächsten kommt, ohne zu antworten: „Die Brücke wurde 2019 gebaut.“" in message.plain
    assert "Auskunft könnte das Tiefbauamt geben" in message.plain


def test_two_papers_of_the_same_name_are_two_sources() -> None:
    reply = an_answer("eins", "zwei")
    citations = (a_citation(1, "eins"), a_citation(2, "zwei", document_id="e"))
    (message,) = messages(render.answer(replace(reply, citations=citations)))

    assert "[1][2]" not in message.plain


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://rat.example /vergessen", "//rat.example"])
def test_an_address_that_is_none_is_not_shown(url: str) -> None:
    citation = a_citation(url=url)
    view = SourceView(citation=citation, before="", quote="Zitat", after="")

    (message,) = messages(render.source(view, Cited(citation=citation, as_of=None, as_of_basis=None), Language.DE))

    assert url not in message.plain


def test_buttons_fit_into_64_bytes_and_are_read_as_they_were_written() -> None:
    answer_id = new_id()
    rows = (*source_rows(answer_id, range(1, 13), Language.DE), *verdict_row(answer_id, Language.DE))
    buttons = [button for row in (*rows, *fault_rows(answer_id, Language.EN)) for button in row]

    assert all(len(str(button.press).encode()) <= 64 for button in buttons)
    assert [read_press(str(button.press)) for button in buttons] == [button.press for button in buttons]
    assert all(len(row) <= 4 for row in rows)


@given(st.text(max_size=80))
def test_whatever_else_is_sent_as_a_button_is_none_of_ours(data: str) -> None:
    press = read_press(data)
    assert press is None or str(press) == data
    assert read_press(None) is None
    assert read_press("q:short:1") is None
    assert Press(action=Action.BACK, answer_id="x" * 11) == read_press("z:" + "x" * 11 + ":")


def test_an_answer_longer_than_a_message_comes_in_several_with_the_buttons_below_the_last(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, person: Callable[[], int]
) -> None:
    sentence = "Die Verwaltung <prüft> das & berichtet 𝔘 darüber. "

    class Long(Odd):
        def ask(self, question: Question) -> Reply:
            return an_answer(sentence * 100, sentence * 90, "kurz")

    who = person()
    with serving(settings_for(fake, tmp_path), Long(ratslotse, lambda _: None), fake):
        fake.say(who, "Frage?")
        fake.wait(lambda: any(shown.buttons for shown in fake.messages(who)))

    parts = fake.messages(who)
    assert len(parts) >= 3
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "".join("".join(part.text for part in parts).split()).count("darüber.") == 190
    assert all(call.code == 200 for call in fake.calls if call.method == "sendMessage")
