from __future__ import annotations

from tests.bot.web.conftest import site_of
from tests.bot.web.load import USERS, loaded, run, word


def test_each_user_has_a_word_of_their_own() -> None:
    assert len({word(user) for user in range(USERS)}) == USERS


def test_fifty_users_at_once_all_get_their_own_answer() -> None:
    with (
        loaded(None) as scratch,
        site_of(scratch / "papiere", scratch / "index", scratch / "zustand", free=False) as site,
    ):
        outcome = run(site.port, seconds=4)

    assert (outcome.questions, outcome.wrong, outcome.mixed_up) == (70, 0, 0)
    # times are promised by `make load` on a free machine; here only that nobody waits for ever
    assert outcome.last_s < 60
