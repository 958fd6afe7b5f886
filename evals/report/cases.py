"""Single questions of a report: the worst in full, all in a table."""

from __future__ import annotations

from collections.abc import Iterator

from evals.figures import count, milliseconds
from evals.measures import Column
from evals.report.html import Html, element, joined, table, text
from evals.report.words import KIND_LABELS, OUTCOME_LABELS
from evals.results import Case, Result, Source
from evals.worst import BadCase, Verdict, worst

KIND_OF_PAPER = {"motion": "Antrag", "protocol": "Niederschrift", "report": "Bericht", "other": "Papier"}
NEAREST = 3


def worst_cases(result: Result, max_cases: int) -> Html:
    """Show the worst cases in full, with a sentence on how many of each verdict there are."""
    bad = worst(result.cases)
    if not bad:
        return element("p", text("Keine Frage wurde falsch behandelt."))
    counts = [(verdict, sum(item.verdict is verdict for item in bad)) for verdict in Verdict]
    told = "; ".join(f"{number}-mal {verdict.label}" for verdict, number in counts if number)
    shown = f" Gezeigt: die ersten {max_cases}." if len(bad) > max_cases else ""
    head = element("p", text(f"{count(len(bad), 'Frage', 'Fragen')} falsch behandelt: {told}.{shown}"))
    return joined([head, *(_case(item) for item in bad[:max_cases])])


def all_cases(result: Result) -> Html:
    """Make a table of all questions in the order of the gold file."""
    rows = []
    for case in result.cases:
        duration = case.values.get(Column.MILLISECONDS)
        rows.append((
            text(f"{case.id}: {case.question}"),
            text(KIND_LABELS[case.kind]),
            text(OUTCOME_LABELS[case.outcome]),
            _mark(case),
            text(str(case.rank) if case.rank else "–"),
            text(milliseconds(duration.total) if duration else "–"),
        ))  # fmt: skip
    return table(
        ("Frage", "Art", "Ausgang", "gut", "Rang", "Dauer"),
        rows,
        caption="Alle Fragen in ihrer Reihenfolge",
        style="cases",
    )


def _mark(case: Case) -> Html:
    column = Column.RIGHT if Column.RIGHT in case.values else Column.DECLINED
    good = case.values[column].total > 0
    return element("span", text("ja" if good else "nein"), class_="yes" if good else "no")


def _case(item: BadCase) -> Html:
    case = item.case
    parts = [
        element("h3", text(case.question)),
        element("p", element("span", text(item.verdict.label), class_="verdict") + " " + _tag(case), class_="tag"),
        element("dl", joined(_terms(case))),
    ]
    return element("article", joined(parts), class_="case")


def _tag(case: Case) -> Html:
    parts = [case.id, KIND_LABELS[case.kind]]
    if case.rank:
        parts.append(f"Belegpapier auf Rang {case.rank}")
    elif case.evidence:
        parts.append("Belegpapier nicht gefunden")
    if case.confidence is not None:
        parts.append(f"Zuversicht {case.confidence:.2f}".replace(".", ","))
    return element("span", text(" · ".join(parts)), class_="soft")


def _terms(case: Case) -> Iterator[Html]:
    if case.history:
        yield _term("Davor gefragt", joined(element("p", text(question)) for question in case.history))
    yield _term("Erwartet", joined(_expected(case)))
    yield _term("Gegeben", joined(_given(case)))
    if case.sources:
        yield _term("Quellen", element("ol", joined(element("li", _source(source)) for source in case.sources)))
    elif case.papers_found:
        yield _term("Am nächsten", text(", ".join(case.papers_found[:NEAREST])))


def _expected(case: Case) -> Iterator[Html]:
    if not case.evidence:
        note = f": {case.note}" if case.note else ""
        yield element("p", text(f"Ablehnung{note}"))
    yield from (element("p", text(answer)) for answer in case.expected[:1])
    for item in case.evidence:
        yield element("blockquote", text(f"{item.file}: {' '.join(item.quote.split())}"))


def _given(case: Case) -> Iterator[Html]:
    if not case.statements:
        yield element("p", text(case.answer or "nichts"), class_="lines")
    for statement in case.statements:
        numbers = "".join(f"[{n}]" for n in statement.sources)
        yield element("p", text(f"{statement.text} {numbers}"))


def _source(source: Source) -> Html:
    parts = [KIND_OF_PAPER.get(source.kind, source.kind), source.number or "", f"„{source.title}“", source.date or ""]
    if source.page:
        parts.append(f"S. {source.page}")
    parts.append(source.path)
    told = text(f"[{source.n}] " + " · ".join(part for part in parts if part))
    if source.url and source.url.startswith(("https://", "http://")):
        told = element("a", told, href=source.url, rel="noreferrer")
    return Html(told + element("blockquote", text(source.quote)))


def _term(name: str, content: str) -> Html:
    return Html(element("dt", text(name)) + element("dd", content))
