"""Which protocol's decision is the motion's; papers of an invented town, understood as the product would."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.answering.verify import stands_in
from bot.channels.telegram import render
from bot.ledger import MotionState, Outcome, Vote, motion_record
from bot.ledger.book import Book, Page, without_what_is_gone
from bot.ledger.dossier import dossier_html
from bot.ledger.reading import read
from bot.ledger.types import Link
from bot.ledger.view import show_motion, show_overview
from bot.ledger.voting import QUOTE_CHARS, vote_of
from bot.phrases import motions as phrases
from bot.types import Language, Searched
from ingest.sidecar import Sidecar
from ingest.types import Document, Kind
from tests.bot.ledger.conftest import MOTION
from tests.ingest.structure.papers_of import understood

REJECTION = "Der Antrag 64/2031 wird bei 14 Ja-Stimmen, 18 Nein-Stimmen und 2 Enthaltungen abgelehnt."
ONE_MATTER = (
    "# Niederschrift Nr. 51\n\nSitzungstermin: 18.06.2031\n\nTOP: 4\n\nBetreff: {subject}\n\nBeschluss:\n\n{decision}\n"
)
SESSION = (
    "Niederschrift 9. Plenarsitzung des Gemeinderates\n1. Juli 2031\n"
    "Punkt 4 der Tagesordnung: Neue Brunnen im Musterpark\n\nBeschluss:\nDie Stadt baut.\n\n"
    "Abstimmungsergebnis:\neinstimmig zugestimmt\n\n\nDer Vorsitzende ruft auf.\n"
    "Punkt 5 der Tagesordnung: Nachtbus am Wochenende\n\nBeschluss:\nAblehnung\n\n"
    "Abstimmungsergebnis:\nMehrheitlich abgelehnt (6 JA, 38 Nein)\n\n\nDer Vorsitzende ruft auf.\n"
    "Punkt 6 der Tagesordnung: Leihräder\nAntrag 70/2031\n\nBeschluss:\nKenntnisnahme\n\n"
    "Abstimmungsergebnis:\nKeine Abstimmung\n"
)


def a_motion(title: str = "Antrag 64/2031: Nachtbus am Wochenende", **changes: object) -> Document:
    sidecar = Sidecar(title=title, kind=Kind.MOTION, number="64/2031", date=dt.date(2031, 5, 6))
    return replace(understood(MOTION, sidecar=sidecar), **changes)  # type: ignore[arg-type]


def a_protocol(text: str, *, day: dt.date = dt.date(2031, 6, 18), **changes: object) -> Document:
    sidecar = Sidecar(title="Niederschrift", kind=Kind.PROTOCOL, date=day, body="Gemeinderat")
    return replace(understood(text, sidecar=sidecar), session_date=day, **changes)  # type: ignore[arg-type]


def of_one_matter(decision: str, subject: str = "Nachtbus am Wochenende") -> Document:
    return a_protocol(ONE_MATTER.format(subject=subject, decision=decision))


def voted(motion: Document, *protocols: Document, link: Link = Link.PROCEDURE) -> Vote | None:
    return vote_of(motion, [(read(protocol), link) for protocol in protocols])


def test_a_rejected_motion_says_so_with_its_vote() -> None:
    protocol = of_one_matter(REJECTION)
    vote = voted(a_motion(), protocol)

    assert vote is not None
    assert vote.outcome is Outcome.REJECTED
    assert vote.text.startswith("bei 14 Ja-Stimmen, 18 Nein-Stimmen")
    citation = vote.evidence.citation
    assert REJECTION in citation.quote
    assert stands_in(protocol, citation.span, citation.quote)
    assert str(vote.evidence.as_of) == "2031-06-18"


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        pytest.param("Nachtbus am Wochenende", None, Outcome.REJECTED, id="by the title of its item"),
        pytest.param("Mehr Räder", "70/2031", Outcome.NOTED, id="by the number in the head of its item"),
        pytest.param("Antrag: Neue Brunnen", None, Outcome.ADOPTED, id="a shorter title"),
        pytest.param("Antrag: Bäder am Abend", "71/2031", None, id="on none of the items"),
        pytest.param("Antrag Nr. 5", None, None, id="a title that says nothing"),
    ],
)
def test_of_a_whole_session_only_the_item_of_the_motion_counts(
    title: str, number: str | None, expected: Outcome | None
) -> None:
    vote = voted(a_motion(title, number=number), a_protocol(SESSION))

    assert (vote.outcome if vote else None) is expected


def test_an_older_protocol_does_not_count() -> None:
    older = a_protocol(
        ONE_MATTER.format(subject="Nachtbus am Wochenende", decision=REJECTION), day=dt.date(2029, 6, 18)
    )

    assert voted(a_motion(), older) is None


def test_the_newest_protocol_counts_in_any_order() -> None:
    first = of_one_matter("Der Antrag 64/2031 wird vertagt.")
    last = a_protocol(
        ONE_MATTER.format(subject="Nachtbus am Wochenende", decision="Der Antrag 64/2031 wird einstimmig angenommen."),
        day=dt.date(2031, 9, 2),
    )

    for order in ((first, last), (last, first)):
        vote = voted(a_motion(), *order)
        assert vote is not None
        assert vote.outcome is Outcome.ADOPTED


@pytest.mark.parametrize(
    ("decision", "subject", "link", "expected", "reason"),
    [
        ("Der Antrag 65/2031 wird abgelehnt.", "Nachtbus", Link.PROCEDURE, None, "another motion's vote"),
        ("Einstimmig zugestimmt.", "Haushalt der Feuerwehr", Link.REFERENCE, None, "a motion named in the debate"),
        ("Einstimmig zugestimmt.", "Nachtbus am Wochenende", Link.REFERENCE, Outcome.ADOPTED, "and its own item"),
        ("Einstimmig zugestimmt.", "Haushalt der Feuerwehr", Link.PROCEDURE, Outcome.UNKNOWN, "perhaps another paper"),
        ("Antrag: einstimmig zugestimmt", "Haushalt der Feuerwehr", Link.PROCEDURE, Outcome.UNKNOWN, "not even then"),
        ("Die Stadt baut.", "Nachtbus am Wochenende", Link.PROCEDURE, Outcome.UNKNOWN, "no vote told"),
    ],
)
def test_the_vote_on_something_else_is_never_the_motions(
    decision: str, subject: str, link: Link, expected: Outcome | None, reason: str
) -> None:
    vote = voted(a_motion(), of_one_matter(decision, subject), link=link)

    assert (vote.outcome if vote else None) is expected, reason


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("Der Beschlussvorlage wird einstimmig zugestimmt.", Outcome.UNKNOWN),
        ("Der Änderungsantrag 64/2031 wird mehrheitlich abgelehnt.", Outcome.REJECTED),
    ],
)
def test_the_vote_on_the_draft_is_not_that_on_its_amendment(decision: str, expected: Outcome) -> None:
    vote = voted(a_motion("Änderungsantrag: Nachtbus am Wochenende"), of_one_matter(decision))

    assert vote is not None
    assert vote.outcome is expected


def test_a_protocol_with_the_motions_title_counts_whatever_its_item_is_called() -> None:
    budget = ONE_MATTER.format(subject="Einzelberatung des Haushaltsplans", decision="Einstimmig abgelehnt.")
    vote = voted(a_motion(), a_protocol(budget, title="Nachtbus am Wochenende"))

    assert vote is not None
    assert vote.outcome is Outcome.REJECTED


def test_items_called_together_have_their_votes_by_number() -> None:
    together = SESSION.replace("Punkt 5 der Tagesordnung: Nachtbus am Wochenende\n", "").replace(
        "Punkt 4 der Tagesordnung: Neue Brunnen im Musterpark\n",
        "Punkt 4 der Tagesordnung: Neue Brunnen im Musterpark\nVorlage: 2031/9004\n\n"
        "Punkt 4.1 der Tagesordnung: Nachtbus am Wochenende\n",
    )
    by_number = together.replace(
        "einstimmig zugestimmt", "Punkt 4: einstimmig zugestimmt\nPunkt 4.1: einstimmig abgelehnt"
    )
    motion = a_motion(number=None)

    found = [
        voted(motion, a_protocol(text.partition("Punkt 6")[0].partition("Beschluss:\nAblehnung")[0]))
        for text in (together, by_number)
    ]

    assert [vote.outcome for vote in found if vote] == [Outcome.UNKNOWN, Outcome.REJECTED]


def test_of_a_long_decision_the_vote_is_quoted() -> None:
    draft = "Die Stadt richtet auf jeder Linie einen Nachtbus ein, der jede Stunde fährt. " * 12
    protocol = of_one_matter(f"{draft}\n\nAbstimmungsergebnis:\n36 JA-Stimmen, 5 Nein-Stimmen")
    vote = voted(a_motion(), protocol)

    assert vote is not None
    assert (vote.outcome, vote.evidence.citation.quote) == (Outcome.ADOPTED, "36 JA-Stimmen, 5 Nein-Stimmen")


def test_where_a_vote_alone_would_mislead_its_decision_is_told() -> None:
    vote = voted(a_motion(), of_one_matter("Kenntnisnahme\n\nAbstimmungsergebnis:\nEinstimmige Zustimmung"))

    assert vote is not None
    assert (vote.outcome, vote.text) == (Outcome.UNKNOWN, "Kenntnisnahme – Einstimmige Zustimmung")


def test_no_quote_is_longer_than_a_reader_reads() -> None:
    vote = voted(a_motion(), of_one_matter("Die Stadt fährt und fährt und " * 40 + "hält an."))

    assert vote is not None
    assert max(len(vote.text), len(vote.evidence.citation.quote)) <= QUOTE_CHARS
    assert vote.text.endswith(" …")


@pytest.fixture
def state() -> MotionState:
    """Return a motion that was rejected, and has no points."""
    motion, protocol = a_motion(), of_one_matter(REJECTION)
    return MotionState(
        motion_id="m1234567",
        document_id="m",
        path="antrag.md",
        number=motion.number,
        procedure=None,
        title=motion.title,
        date=motion.date,
        factions=("SPD",),
        body=None,
        url=None,
        points=(),
        papers=(protocol.document_id,),
        answered_by_own=True,
        searched=Searched(documents=2, until=None),
        vote=voted(motion, protocol),
    )


def test_the_record_tells_outcome_text_and_evidence(state: MotionState) -> None:
    record = motion_record(state)["vote"]

    assert (record["outcome"], list(record)) == ("rejected", ["outcome", "text", "evidence"])
    assert {"path", "page", "quote", "date", "title", "kind"} <= set(record["evidence"][0])
    assert motion_record(replace(state, vote=None))["vote"] is None


def _terminal(motion: MotionState, language: Language) -> str:
    out = Console(file=StringIO(), width=200)
    show_overview([motion], language, out)
    show_motion(motion, language, out)
    return out.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def _telegram(motion: MotionState, language: Language) -> str:
    blocks = (*render.motion_list([motion], language), *render.motion(motion, language))
    return "\n".join("".join(run.text for run in block.runs) for block in blocks)


@pytest.mark.parametrize("shown", [_terminal, _telegram, dossier_html])
@pytest.mark.parametrize(
    ("language", "head"),
    [
        (Language.DE, "Abgelehnt (Gemeinderat, 18. Juni 2031): „bei 14 Ja-Stimmen, 18 Nein-Stimmen"),
        (Language.EN, "Rejected (Gemeinderat, 18 June 2031): “bei 14 Ja-Stimmen, 18 Nein-Stimmen"),
    ],
)
def test_every_channel_shows_the_vote_and_its_source(
    state: MotionState, shown: Callable[[MotionState, Language], str], language: Language, head: str
) -> None:
    text = shown(state, language)

    assert head in text
    assert REJECTION in " ".join(text.split())
    assert head not in shown(replace(state, vote=None), language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_words(state: MotionState, outcome: Outcome, language: Language) -> None:
    assert state.vote is not None

    assert ": " in phrases.vote(replace(state, vote=replace(state.vote, outcome=outcome)), language)


def test_the_ledger_keeps_a_vote_and_drops_it_with_its_protocol(state: MotionState, tmp_path: Path) -> None:
    protocol = state.papers[0]
    page = Page(generation="000001-x", made_by="m", documents=("m", protocol), motions=(state,))
    book = Book(tmp_path)
    book.write(page)
    later = Page(generation="000002-x", made_by="m", documents=("m",), motions=(replace(state, vote=None),))

    assert book.page("000001-x", "m") == page
    assert without_what_is_gone(page, later).motions[0].vote is None


def test_a_state_that_was_kept_without_a_vote_is_still_read(state: MotionState, tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.write(Page(generation="000001-x", made_by="m", documents=("m",), motions=(state,)))
    (kept,) = tmp_path.glob("*.json")
    page = json.loads(kept.read_bytes())
    del page["motions"][0]["vote"]
    kept.write_text(json.dumps(page), encoding="utf-8")

    read_back = book.page("000001-x", "m")

    assert read_back is not None
    assert read_back.motions == (replace(state, vote=None),)
