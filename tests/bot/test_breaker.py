from __future__ import annotations

from bot.answering.breaker import Breaker


class Clock:
    """Stands still until told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def an_open_breaker() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(failures=3, pause_s=30.0, clock=clock)
    for _ in range(3):
        assert breaker.admits()
        breaker.failed()
    return breaker, clock


def test_after_failures_in_a_row_nobody_is_admitted() -> None:
    breaker, clock = an_open_breaker()
    clock.now = 29.9

    assert breaker.is_open
    assert not breaker.admits()


def test_an_answer_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(failures=3)
    for _ in range(9):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()

    assert breaker.admits()


def test_after_the_pause_one_may_try_and_the_others_wait() -> None:
    breaker, clock = an_open_breaker()
    clock.now = 30.0

    assert [breaker.admits() for _ in range(3)] == [True, False, False]


def test_a_probe_that_succeeds_closes_it() -> None:
    breaker, clock = an_open_breaker()
    clock.now = 30.0
    breaker.admits()
    breaker.succeeded()

    assert not breaker.is_open
    assert all(breaker.admits() for _ in range(3))


def test_a_probe_that_fails_opens_it_again() -> None:
    breaker, clock = an_open_breaker()
    clock.now = 30.0
    breaker.admits()
    breaker.failed()

    clock.now = 59.9
    assert not breaker.admits()
    clock.now = 60.0
    assert breaker.admits()


def test_a_probe_that_never_reports_holds_nobody_up_for_longer_than_a_pause() -> None:
    breaker, clock = an_open_breaker()
    clock.now = 30.0
    breaker.admits()

    clock.now = 60.0
    assert breaker.admits()
