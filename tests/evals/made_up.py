"""A made-up town of five papers, six gold questions and answers of every sort, with what they are worth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEXTS = {
    "p1": "Die Stadt Musterstadt hat 65.000 Haus-\nhalte. Davon sind 12 am Netz.",
    "p1b": "Die Stadt Musterstadt hat 65.000 Haushalte.\nDavon sind 12 am Netz.",
    "p2": "In seiner Sitzung am 22. November 2011 hat der Gemeinderat den Verkauf beschlossen.",
    "p3": "Die Firma Bechtel liefert die Rechner. Das Los 4 ging an die Firma Muster.",
    "p4": "Der Spielplatz wird saniert. " * 40 + "Die Kosten betragen 3,5 Mio. Euro.",
}

QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "question": "Wie viele Haushalte gibt es?", "kind": "number",
     "evidence": [{"file": "p1", "quote": "65.000 Haushalte"}],
     "answers": ["65.000"], "must_contain": [["65.000", "65000"]]},
    {"id": "q2", "question": "Wann wurde der Verkauf beschlossen?", "kind": "date",
     "evidence": [{"file": "p2", "start": 14, "end": 38}],
     "answers": ["22. November 2011"], "must_contain": [["22. November 2011", "22.11.2011"]]},
    {"id": "q3", "question": "Wer liefert die Rechner?", "kind": "who",
     "evidence": [{"file": "p3", "quote": "Die Firma Bechtel liefert"}],
     "answers": ["Bechtel"], "must_contain": [["Bechtel"], ["Rechner"]]},
    {"id": "q4", "question": "Was kostet der Spielplatz?", "kind": "number",
     "evidence": [{"file": "p4", "quote": "Die Kosten betragen 3,5 Mio. Euro."}],
     "answers": ["3,5 Mio. Euro"], "must_contain": [["3,5 Mio"]]},
    {"id": "q5", "question": "Wie heißt der Hausmeister?", "kind": "unanswerable",
     "evidence": [], "answers": [], "must_contain": [], "note": "steht nirgends"},
    {"id": "q6", "question": "Wie viele Tauben gibt es?", "kind": "unanswerable",
     "evidence": [], "answers": [], "must_contain": []},
]  # fmt: skip


SMALL_SET = [
    {"id": "bad", "title": "Bäder", "text": "Das Hallenbad in Oberreut öffnet am Montag."},
    {"id": "messe", "title": "Messe", "text": "Die Messe zahlt Kurzarbeitergeld für ihre Leute."},
    {"id": "baum", "title": "", "text": "Im Stadtwald wurden 300 Eichen gepflanzt."},
]
"""The corpus of a retrieval set, one paper without a title."""


def _hits(*names: str) -> list[dict[str, Any]]:
    return [
        {"path": f"antraege/{name}.txt", "page": None, "text": TEXTS[name], "score": 9.0 - i}
        for i, name in enumerate(names)
    ]


def _cited(n: int, name: str, quote: str) -> dict[str, Any]:
    return {
        "n": n, "path": f"antraege/{name}.txt", "title": f"Papier {name}", "kind": "report", "number": None,
        "date": "2020-01-31", "page": None, "agenda_item": None, "quote": quote, "url": None,
    }  # fmt: skip


ANSWERS: list[dict[str, Any]] = [
    # right, by the same paper under another id
    {"id": "q1", "outcome": "answered", "answer": "65.000", "hits": _hits("p3", "p1b", "p1"),
     "statements": [{"text": "Die Stadt Musterstadt hat 65.000 Haushalte.", "citations": [1]}],
     "citations": [_cited(1, "p1b", "Musterstadt hat 65.000 Haushalte.")],
     "milliseconds": {"retrieve": 1.0, "answer": 1.0, "total": 10.0}},
    # the words are right, the paper is not; the quote is invented
    {"id": "q2", "outcome": "answered", "answer": "22.11.2011", "hits": _hits("p2"),
     "statements": [{"text": "Der Verkauf wurde am 22.11.2011 beschlossen.", "citations": [1]}],
     "citations": [_cited(1, "p3", "Der Verkauf wurde beschlossen.")],
     "milliseconds": {"retrieve": 1.0, "answer": 1.0, "total": 20.0}},
    # declined although the paper was found
    {"id": "q3", "outcome": "declined", "answer": "Dazu liegt mir nichts vor.", "hits": _hits("p2", "p3"),
     "statements": [], "citations": [], "milliseconds": {"retrieve": 1.0, "answer": 1.0, "total": 30.0}},
    # right, but only behind 600 characters; a second citation that is verbatim
    {"id": "q4", "outcome": "answered", "answer": "…", "hits": _hits("p2", "p4"),
     "statements": [{"text": "Der Spielplatz wird saniert. " * 25, "citations": [1]},
                    {"text": "Die Kosten betragen 3,5 Mio. Euro.", "citations": [2]}],
     "citations": [_cited(1, "p4", "Der Spielplatz wird saniert."),
                   _cited(2, "p4", "Die Kosten betragen 3,5 Mio. Euro.")],
     "milliseconds": {"retrieve": 1.0, "answer": 1.0, "total": 40.0}},
    # rightly declined
    {"id": "q5", "outcome": "declined", "answer": "Dazu liegt mir nichts vor.", "hits": _hits("p1"),
     "statements": [], "citations": [], "milliseconds": {"retrieve": 1.0, "answer": 1.0, "total": 50.0}},
    # invented: 5 does not stand in 65.000
    {"id": "q6", "outcome": "answered", "answer": "5 Tauben", "hits": _hits("p1"),
     "statements": [{"text": "Es gibt 5 Haushalte.", "citations": [1]}],
     "citations": [_cited(1, "p1", "hat 65.000 Haushalte.")],
     "milliseconds": {"retrieve": 1.0, "answer": 1.0, "total": 60.0}},
]  # fmt: skip

EXPECTED: Mapping[str, float] = {
    "file1": 1 / 4,
    "file5": 1.0,
    "file10": 1.0,
    "read4500": 1.0,
    "read9000": 1.0,
    "right": 2 / 4,
    "right300": 1 / 4,
    "right600": 1 / 4,
    "declined": 1 / 2,
    "overdeclined": 1 / 4,
    "verbatim": 3 / 4,
    "p50ms": 40.0,
    "p95ms": 60.0,
}
"""By hand, from the words of score_answers.py's docstring."""

EXPECTED_MORE: Mapping[str, float] = {
    "first": 1 / 4,  # q1; q2 cites another paper, q4 begins with something else
    "given_right": 2 / 4,  # q1 and q4, of four answers given
    "read700": 3 / 4,  # all but q4, whose paper is longer
    "bearing": 2 / 4,  # of four statements the first of q1 and the second of q4
}
"""By hand, from the words of score_more.py's docstring."""

EXPECTED_BEYOND: Mapping[str, float] = {
    # first evidence paper at rank 2, 1, 2, 2
    "mrr": (1 / 2 + 1 + 1 / 2 + 1 / 2) / 4,
    "ndcg10": (1 + 3 * 0.6309297535714575) / 4,  # 1 / log2(3)
    "recall10": 1.0,
    "balanced": (3 / 4 + 1 / 2) / 2,
    "citation_support": 3 / 5,
    "citation_recall": 2 / 4,
    "quote_recall": 2 / 4,
}


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def write_town(folder: Path) -> tuple[Path, Path, Path]:
    """Write gold file, answers and texts; return their paths in this order."""
    documents = folder / "texte"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    gold = write_lines(folder / "gold.jsonl", QUESTIONS)
    return gold, write_lines(folder / "out.jsonl", ANSWERS), documents
