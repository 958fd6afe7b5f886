"""What people do and what they get, in both languages, in private and in groups: one running bot for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.conftest import Watch
from tests.bot.telegram.talk import Step, Talk, pressed, said

GROUPS = itertools.count(1)
BOT = "@ratslotse_bot"
TERMINE = "In wie vielen Bürgerbüros können Termine online gebucht werden?"
AKTE = "Was kostet die elektronische Akte im Betrieb?"
LASER = "Wie viele Laserdrucker hat das Zoologische Institut in Buxtehude?"
VERDICT = ("Hilfreich", "Nicht hilfreich")
REASONS = ("Inhaltlich falsch", "Unvollständig", "Falsche Quelle", "Fehler", "Zurück")
PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
STICKER = {
    "sticker": {
        "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False, "is_video": False,
        "type": "regular",
    }
}  # fmt: skip
VOICE = {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}
PAPER = {"document": {"file_id": "f", "file_unique_id": "u", "file_name": "../../etc/passwd.pdf"}}
PLACE = {"location": {"latitude": 48.7, "longitude": 9.1}}
PINNED = {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}}
VIDEO_NOTE = {"video_note": {"file_id": "f", "file_unique_id": "u", "length": 1, "duration": 1}}
DICE = {"dice": {"emoji": "🎲", "value": 3}}
CONTACT = {"contact": {"phone_number": "0711", "first_name": "M"}}
FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 0, "sender_user_name": "Jemand"}}
ANONYMOUS_ADMIN = {
    "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    "sender_chat": {"id": -5, "type": "supergroup", "title": "Fraktion"},
}
CHANNEL = {"id": -6, "type": "channel", "title": "Aktuelles"}
CHANNEL_POST = {
    "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
    "sender_chat": CHANNEL,
    "is_automatic_forward": True,
    "forward_origin": {"type": "channel", "date": 0, "chat": CHANNEL, "message_id": 1},
}
MENTION_IN_CAPTION = {"caption": BOT, "caption_entities": [{"type": "mention", "offset": 0, "length": len(BOT)}]}


def named(length: int, user: int) -> dict[str, object]:
    """Return what marks the first letters of a message as somebody's name."""
    person = {"id": user, "is_bot": user == 123456, "first_name": "R"}
    return {"entities": [{"type": "text_mention", "offset": 0, "length": length, "user": person}]}


PRIVATE: dict[str, tuple[Step, ...]] = {
    # commands
    "start says that it is a machine": (said("/start", "ein Programm, kein Mensch", "5 Papiere", "30. Juni 2024"),),
    "start says what is kept": (
        said("/start", "30 Tage", "Nicht gespeichert wird Ihr Name", "/vergessen löscht alles"),
    ),
    "start with a deep link's word is the same": (said("/start fraktion", "kein Mensch"),),
    "help lists every command": (said("/hilfe", "/antraege", "/antrag NR", "/stand", "/neu", "/vergessen"),),
    "help has its usual name too": (said("/help", "/antraege"),),
    "a command that names the bot": (said(f"/hilfe{BOT}", "/antraege"),),
    "stand counts by kind": (
        said("/stand", "5 Papiere", "1 Antrag", "1 Niederschrift", "3 Berichte", "30. Juni 2024"),
    ),
    "stand does not count what is not public": (said("/stand", hides=("6 Papiere", "4 Berichte")),),
    "news before any question": (said("/neu", "noch nichts gefragt"),),
    "thanks are answered and cannot be rated": (said("Danke! 🙏", "Gern!", hides=("Durchsucht",), labels=()),),
    "a greeting is no question yet": (said("Hallo", "Guten Tag!"), said("/neu", "noch nichts gefragt")),
    "news when nothing came in": (said(TERMINE, "sieben von zwanzig"), said("/neu", "kein Papier dazugekommen")),
    "motions without a ledger": (said("/antraege", "noch nicht eingerichtet"),),
    "a motion without a ledger": (said("/antrag 9101/2023", "noch nicht eingerichtet"),),
    "forget says what it did": (said("/vergessen", "gelöscht"),),
    "a command that does not exist": (said("/haushalt", "kenne ich nicht", "/hilfe"),),
    "a lone slash is a question like any other": (said("/", "Bitte stellen Sie eine Frage"),),
    # questions
    "a question is answered with its Stand": (said(TERMINE, "sieben von zwanzig", "[1]", "Stand 15. März 2023"),),
    "sources are numbered and named": (said(TERMINE, "Quellen", "9101/2023", "Stellungnahme zu Online-Terminen"),),
    "an answer has a button for each source and two for its worth": (said(TERMINE, labels=("Quelle", *VERDICT)),),
    "a summary is named as one": (said(AKTE, "320.000 €", "Zusammenfassung von „GRDrs 9202/2022"),),
    "a decline says what was searched": (said(LASER, "liegt mir nichts vor", "5 Papiere"),),
    "a decline can be rated but has no sources": (said(LASER, labels=VERDICT), pressed("Hilfreich", toast="Danke")),
    "a follow-up leans on the question before": (
        said(AKTE, "320.000 €"),
        said("Und was kostet sie einmalig?", "1,4 Mio. €"),
    ),
    "marks of HTML are text": (said("<b>Wie viele</b> Datensätze zeigt das Geoportal & Co?", "412 Datensätze"),),
    "only marks": (said("???", "Bitte stellen Sie eine Frage"),),
    "only an emoji": (said("👍", "Bitte stellen Sie eine Frage"),),
    "a very long question": (said(TERMINE + " und" * 1300, "sieben von zwanzig"),),
    "right to left and zero width": (said("\u202eWie viele Datensätze\u200b zeigt das Geoportal?", "412"),),
    "emoji around a question": (said("🏛️👨‍👩‍👧 Wie viele Datensätze zeigt das Geoportal? 🙏", "412"),),
    "a question in another script": (said("كم عدد السجلات؟", "liegt mir nichts vor"),),
    "a post that somebody passes on is a question": (said(TERMINE, "sieben von zwanzig", message=FORWARDED),),
    "a command that is passed on": (said("/stand", "5 Papiere", message=FORWARDED),),
    "somebody whose Telegram tells no language": (said("/stand", "5 Papiere", language=None),),
    "somebody whose Telegram speaks another language": (said("/stand", "5 Papiere", language="tr"),),
    "a question of several lines": (said("Guten Tag,\n\nwie viele Datensätze zeigt das Geoportal?\n\nDanke", "412"),),
    "somebody else's name in a private chat": (said("@jemand Wie viele Datensätze zeigt das Geoportal?", "412"),),
    "the bot's name in a private chat": (said(f"{BOT} Wie viele Datensätze zeigt das Geoportal?", "412"),),
    "the bot's name alone": (said(BOT, "Schreiben Sie Ihre Frage"),),
    "a motion is asked for, not decided": (said("Was wurde zu unbesetzten Stellen beantragt?", "9101/2023"),),
    # what is no text
    "a photo": (said(None, "nur Text", message=PHOTO),),
    "a photo with a question below": (said(None, "nur Text", message=PHOTO | {"caption": TERMINE}),),
    "a sticker": (said(None, "nur Text", message=STICKER),),
    "a voice message": (said(None, "nur Text", message=VOICE),),
    "a paper, whatever its name": (said(None, "nur Text", message=PAPER),),
    "a video message": (said(None, "nur Text", message=VIDEO_NOTE),),
    "a die": (said(None, "nur Text", message=DICE),),
    "a contact": (said(None, "nur Text", message=CONTACT),),
    "a place": (said(None, "nur Text", message=PLACE),),
    "a message of Telegram itself": (said(None, silent=True, message=PINNED),),
    # buttons
    "a source opens with its context, Stand and link": (
        said(TERMINE, "sieben von zwanzig"),
        pressed("Quelle 1", "»", "«", "Stand 15. März 2023", "https://rat.example/9101", toast=""),
    ),
    "a source opens twice": (said(TERMINE), pressed("Quelle 1", "»"), pressed("Quelle 1", "»")),
    "two sources one after the other": (said(TERMINE), pressed("Quelle 1", "[1]"), pressed("Quelle 2", "[2]")),
    "an older answer's source after a new question": (
        said(AKTE, "320.000 €"),
        pressed("Quelle 1", "elektronische Akte"),
        said("/stand", "5 Papiere"),
        pressed("Quelle 1", "elektronische Akte"),
    ),
    "helpful": (said(TERMINE), pressed("Hilfreich", toast="Danke", labels=("Quelle",))),
    "not helpful asks why and says what is kept": (
        said(TERMINE),
        pressed("Nicht hilfreich", toast="nicht wer Sie sind", labels=REASONS),
    ),
    **{
        f"not helpful: {reason}": (
            said(TERMINE),
            pressed("Nicht hilfreich", labels=REASONS),
            pressed(reason, toast="Danke", labels=("Quelle",)),
        )
        for reason in REASONS[:-1]
    },
    "back from the reasons": (
        said(TERMINE),
        pressed("Nicht hilfreich", labels=REASONS),
        pressed("Zurück", toast="", labels=VERDICT),
        pressed("Hilfreich", toast="Danke", labels=("Quelle",)),
    ),
    "a source while the reasons are open": (said(TERMINE), pressed("Nicht hilfreich"), pressed("Quelle 1", "»")),
    "a button nobody made": (said(TERMINE), Step(data="q:AAAAAAAAAAA:1", toast="gilt nicht mehr")),
    "a button with a number the answer does not have": (
        said(TERMINE, "["),
        Step(data="unsinn", toast="gilt nicht mehr"),
    ),
    "buttons after forgetting": (
        said(TERMINE),
        said("/vergessen", "gelöscht"),
        pressed("Quelle 1", toast="gilt nicht mehr"),
        pressed("Hilfreich", toast="gilt nicht mehr"),
    ),
    "forgetting forgets the question before": (
        said(AKTE, "320.000 €"),
        said("/vergessen", "gelöscht"),
        said("/neu", "noch nichts gefragt"),
    ),
}

ENGLISH: dict[str, tuple[Step, ...]] = {
    "start": (said("/start", "a machine, not a human", "30 June 2024", hides=("Guten Tag",)),),
    "help": (said("/help", "follow-ups"),),
    "stand": (said("/stand", "1 motion", "3 reports"),),
    "a question": (
        said(
            TERMINE, "sieben von zwanzig", "Sources", "as of 15 March 2023", labels=("Source", "Helpful", "Not helpful")
        ),
    ),
    "a decline": (said(LASER, "I have no information"),),
    "a source": (said(TERMINE), pressed("Source 1", "as of 15 March 2023", "To the paper")),
    "feedback": (
        said(TERMINE),
        pressed("Not helpful", toast="not who you are"),
        pressed("Wrong content", toast="Thank"),
    ),
    "a photo": (said(None, "only understand text", message=PHOTO),),
    "forget": (said("/vergessen", "deleted"),),
    "an unknown command": (said("/budget", "do not know"),),
    "news": (said("/neu", "not asked anything"),),
}

GROUP: dict[str, tuple[Step, ...]] = {
    "not named": (said(TERMINE, silent=True),),
    "somebody else is named": (said(f"@jemand {TERMINE}", silent=True),),
    "a longer name that begins with the bot's": (said(f"{BOT}2 {TERMINE}", silent=True),),
    "named": (said(f"{BOT} {TERMINE}", "sieben von zwanzig"),),
    "named in other letters": (said(f"@Ratslotse_Bot {TERMINE}", "sieben von zwanzig"),),
    "named at the end": (said(f"{TERMINE} {BOT}", "sieben von zwanzig"),),
    "named without @": (said(f"Ratslotse {TERMINE}", "sieben von zwanzig", message=named(9, 123456)),),
    "somebody else named without @": (said(f"Rats {TERMINE}", silent=True, message=named(4, 99)),),
    "only named": (said(BOT, "Schreiben Sie Ihre Frage"),),
    "a reply to the bot": (said(f"{BOT} {AKTE}", "320.000 €"), said("Und einmalig?", "1,4 Mio. €", reply=True)),
    "a command that names the bot": (said(f"/stand{BOT}", "5 Papiere"),),
    "a command that names nobody": (said("/stand", silent=True),),
    "a command for another bot": (said("/stand@anderer_bot", silent=True),),
    "a command as a reply to the bot": (said(f"/stand{BOT}", "5 Papiere"), said("/hilfe", "/antraege", reply=True)),
    "a photo that names the bot": (said(None, "nur Text", message=PHOTO | MENTION_IN_CAPTION),),
    "a voice message as a reply to the bot": (
        said(f"/stand{BOT}", "5 Papiere"),
        said(None, "nur Text", message=VOICE, reply=True),
    ),
    "a post passed on that names the bot": (said(f"{BOT} {TERMINE}", silent=True, message=FORWARDED),),
    "a channel's post in its group that names the bot": (said(f"{BOT} {TERMINE}", silent=True, message=CHANNEL_POST),),
    "an anonymous admin is told once to write in person": (
        said(f"{BOT} {TERMINE}", "nur Personen", message=ANONYMOUS_ADMIN),
        said(f"{BOT} {TERMINE}", silent=True, message=ANONYMOUS_ADMIN),
    ),
    "an anonymous admin who names nobody": (said(TERMINE, silent=True, message=ANONYMOUS_ADMIN),),
    "a photo that names nobody": (said(None, silent=True, message=PHOTO),),
    "a button": (said(f"{BOT} {TERMINE}"), pressed("Quelle 1", "»", toast="")),
}


def test_there_are_at_least_sixty_dialogues() -> None:
    assert len(PRIVATE) + len(ENGLISH) + len(GROUP) >= 60


@pytest.mark.parametrize("steps", PRIVATE.values(), ids=PRIVATE.keys())
def test_in_a_private_chat(
    town: FakeTelegram, person: Callable[[], int], watch: Watch, steps: tuple[Step, ...]
) -> None:
    who = person()
    play(Talk(town, who, who), steps, watch)


@pytest.mark.parametrize("steps", ENGLISH.values(), ids=ENGLISH.keys())
def test_in_english(town: FakeTelegram, person: Callable[[], int], watch: Watch, steps: tuple[Step, ...]) -> None:
    who = person()
    play(Talk(town, who, who, "en-GB"), steps, watch)


@pytest.mark.parametrize("steps", GROUP.values(), ids=GROUP.keys())
def test_in_a_group(town: FakeTelegram, person: Callable[[], int], watch: Watch, steps: tuple[Step, ...]) -> None:
    talk = Talk(town, person(), -next(GROUPS))
    play(talk, steps, watch)
    assert all(shown.reply_to for shown in town.messages(talk.chat)), "in a group every answer names its question"


def test_a_second_vote_is_refused(town: FakeTelegram, person: Callable[[], int]) -> None:
    who = person()
    town.say(who, TERMINE)
    shown = town.messages_when(who, 1)[0]
    buttons = shown.buttons

    first = town.answer_when(town.press(who, shown, buttons["Hilfreich"]))
    second = town.answer_when(town.press(who, shown, buttons["Hilfreich"]))
    third = town.answer_when(town.press(who, shown, buttons["Nicht hilfreich"]))

    assert "Danke" in first
    assert "schon bewertet" in second
    assert "schon bewertet" in third


def test_buttons_that_are_as_they_should_be_already_are_no_error(
    town: FakeTelegram, person: Callable[[], int], watch: Watch
) -> None:
    who = person()
    town.say(who, TERMINE)
    shown = town.messages_when(who, 1)[0]
    data = shown.buttons["Nicht hilfreich"]

    for _ in range(2):
        assert "nicht wer Sie sind" in town.answer_when(town.press(who, shown, data))
    town.wait(lambda: any(call.method == "editMessageReplyMarkup" and call.code == 400 for call in town.calls))

    assert watch.errors == []


def test_buttons_of_a_message_too_old_still_open_sources_and_take_votes(
    town: FakeTelegram, person: Callable[[], int], watch: Watch
) -> None:
    who = person()
    town.say(who, TERMINE)
    shown = town.messages_when(who, 1)[0]
    data = shown.buttons

    town.press(who, shown, data["Quelle 1"], too_old=True)

    assert "»" in town.messages_when(who, 2)[1].text
    assert "Danke" in town.answer_when(town.press(who, shown, data["Hilfreich"], too_old=True))
    assert watch.errors == []


def test_a_button_pressed_twice_at_once_does_twice_what_can_be_done_twice(
    town: FakeTelegram, person: Callable[[], int], watch: Watch
) -> None:
    who = person()
    town.say(who, TERMINE)
    shown = town.messages_when(who, 1)[0]
    buttons = shown.buttons

    sources = [town.press(who, shown, buttons["Quelle 1"]) for _ in range(2)]
    votes = [town.press(who, shown, buttons["Hilfreich"]) for _ in range(2)]

    assert [town.answer_when(query) for query in sources] == ["", ""]
    assert ["Danke" in town.answer_when(query) for query in votes] == [True, False]
    assert len(town.messages_when(who, 3)) == 3
    assert watch.errors == []


def test_what_is_edited_or_posted_in_a_channel_is_not_asked_for(town: FakeTelegram, person: Callable[[], int]) -> None:
    who = person()
    town.say(who, TERMINE, kind="edited_message")
    town.say(who, TERMINE, kind="channel_post")
    town.say(who, "/stand")

    (shown,) = town.messages_when(who, 1)
    assert "5 Papiere" in shown.text
    allowed = [call.parameters["allowed_updates"] for call in town.calls if call.method == "getUpdates"]
    assert all(kinds == ["message", "callback_query"] for kinds in allowed)


def test_a_group_that_removed_the_bot_meanwhile_is_no_error(
    town: FakeTelegram, person: Callable[[], int], watch: Watch
) -> None:
    group, who = -next(GROUPS), person()
    town.blocked.add(group)
    town.say(who, f"{BOT} {TERMINE}", chat=group)
    town.wait(lambda: any(call.code == 403 and call.parameters.get("chat_id") == group for call in town.calls))
    town.say(who, "/stand")
    town.messages_when(who, 1)

    assert town.messages(group) == []
    assert watch.errors == []


def play(talk: Talk, steps: tuple[Step, ...], watch: Watch) -> None:
    for step in steps:
        talk.go(step)
    assert watch.errors == []
