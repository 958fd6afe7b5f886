from __future__ import annotations

from dataclasses import replace

import pytest

from bot.retrieval.parts import Part, parts_of
from bot.retrieval.query import understand
from bot.retrieval.signal_weights import SIGNAL_WEIGHTS
from bot.retrieval.signals import SIGNALS, signals_of
from bot.types import Hit
from ingest.parts import parts as cut
from ingest.types import Kind
from tests.bot.passages import a_hit, a_paper


def found(text: str, **changes: object) -> Hit:
    """Find a paper of one sentence; keywords replace fields of its header."""
    hit = a_hit(a_paper(text, document_id=text, title="Haushalt"))
    return replace(hit, document=replace(hit.document, **changes))  # type: ignore[arg-type]


def told(question: str, *hits: Hit) -> list[dict[str, float]]:
    """Return the signals of hits of one part each, by name; every token tells the same."""
    query = understand(question)
    parts: list[Part] = [part for hit in hits for part in parts_of(hit, cut(hit.passage))]
    rows = signals_of(query, parts, dict.fromkeys(query.tokens, 1.0))
    return [dict(zip(SIGNALS, row, strict=True)) for row in rows.tolist()]


def test_every_signal_has_a_weight_and_no_other() -> None:
    assert tuple(SIGNAL_WEIGHTS) == SIGNALS


def test_what_is_covered_is_a_share_of_the_question_with_the_title() -> None:
    (row,) = told("Kosten Schule Haushalt Tablet?", found("Die Schule kauft ein Tablet."))

    assert row["covered_by_paper"] == pytest.approx(3 / 4)


def test_another_word_for_what_is_asked_speaks_for_a_part() -> None:
    near, far = told("Wie viele Azubis?", found("Fünf Auszubildende beginnen."), found("Fünf Bauarbeiten beginnen."))

    assert near["alike"] > far["alike"]


def test_a_sentence_that_holds_a_number_meets_a_question_for_one() -> None:
    with_number, without = told("Wie viele Tablets?", found("Es sind 40 Tablets."), found("Die Tablets sind da."))

    assert with_number["meets_covered"] > without["meets_covered"]


SIGNS = [
    ("motion_asked", "Was hat die SPD beantragt?", {"kind": Kind.MOTION}, {"kind": Kind.REPORT}, "asks for a motion"),
    ("protocol_voted", "Wie wurde abgestimmt?", {"kind": Kind.PROTOCOL}, {"kind": Kind.MOTION}, "asks for a vote"),
    (
        "faction",
        "Was wurde den Grünen geantwortet?",
        {"factions": ("Bündnis 90/Die Grünen",)},
        {"factions": ("CDU",)},
        "names a group",
    ),
    (
        "body",
        "Wie hat der Hauptausschuss entschieden?",
        {"body": "Hauptausschuss"},
        {"body": "Gemeinderat"},
        "names a body",
    ),
]


@pytest.mark.parametrize(("signal", "question", "yes", "no", "reason"), SIGNS, ids=[row[0] for row in SIGNS])
def test_what_a_question_says_of_its_paper_counts(
    signal: str, question: str, yes: dict[str, object], no: dict[str, object], reason: str
) -> None:
    right, wrong = told(question, found("Eins gilt.", **yes), found("Zwei gilt.", **no))

    assert (right[signal], wrong[signal]) == (1.0, 0.0), reason


def test_the_statement_on_a_groups_motion_counts_for_that_group() -> None:
    motion = found("Wir fordern.", factions=("SPD",), procedure="v1")
    statement, other = found("Es geht.", procedure="v1"), found("Anderes.", procedure="v2")

    assert [row["faction"] for row in told("Was bekam die SPD zur Antwort?", motion, statement, other)] == [1, 1, 0]
