"""The plots of a report: per kind, per rank, and how far apart answerable and unanswerable questions lie."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bootstrap import Interval, estimate
from evals.figures import share
from evals.gold import QuestionKind
from evals.measures import BY_NAME, Column, Measure, Tally
from evals.plots import Bar, Curve, bars, curve, histograms
from evals.report.html import Html, element, text
from evals.report.words import KIND_LABELS
from evals.results import Result

RANKS = 20
"""As many as a record has hits."""

KIND_PLOTS = ("right", "file10")


def kind_figures(result: Result) -> Iterator[Html]:
    """Plot shares by kind of question, best first, with error bars."""
    for name in KIND_PLOTS:
        measure = BY_NAME[name]
        rows = [
            Bar(
                label=KIND_LABELS[kind],
                value=measures[name].value,
                low=measures[name].low,
                high=measures[name].high,
                questions=measures[name].questions,
            )
            for kind, measures in result.kinds.items()
            if name in measures
        ]
        if rows:
            rows.sort(key=lambda row: (-row.value, row.label))
            told = "; ".join(f"{row.label} {share(row.value)}" for row in rows)
            drawn = bars(rows, f"{measure.label} nach Art der Frage", told)
            yield _figure(drawn, f"{measure.label.capitalize()}, nach Art der Frage. Striche: 95\u00a0%\u2011Bereich.")


def rank_figure(result: Result) -> Iterator[Html]:
    """Plot the share of answerable questions whose paper is found up to each rank."""
    cases = [case for case in result.cases if case.kind is not QuestionKind.UNANSWERABLE]
    if not cases:
        return
    ranks = [case.rank for case in cases]
    points = [_found_by(ranks, rank) for rank in range(1, RANKS + 1)]
    line = Curve(
        values=[point.value for point in points],
        lows=[point.low for point in points],
        highs=[point.high for point in points],
    )
    told = ", ".join(f"bis Rang {rank}: {share(points[rank - 1].value)}" for rank in (1, 5, 10, RANKS))
    drawn = curve(line, "Belegpapier gefunden bis zum Rang", told, "Rang des Papiers")
    yield _figure(drawn, f"Anteil der Fragen, deren Belegpapier bis zu diesem Rang gefunden ist ({told}).")


def score_figure(result: Result) -> Iterator[Html]:
    """Plot how sure the bot was, answerable against unanswerable; the best hit's score where it does not say."""
    sure = [case for case in result.cases if case.confidence is not None]
    by_confidence = len(sure) == len(result.cases)
    scores = [
        (case.kind is not QuestionKind.UNANSWERABLE, case.confidence if by_confidence else case.best_score)
        for case in result.cases
    ]
    answerable = [score for is_answerable, score in scores if is_answerable and score is not None]
    unanswerable = [score for is_answerable, score in scores if not is_answerable and score is not None]
    if not answerable or not unanswerable:
        return
    thresholds = {case.threshold for case in sure if case.threshold is not None}
    threshold = thresholds.pop() if by_confidence and len(thresholds) == 1 else None
    what = "Zuversicht der Antwort" if by_confidence else "Wertung des besten Treffers"
    medians = share(_median(answerable)), share(_median(unanswerable))
    told = f"Median beantwortbarer Fragen {medians[0]}, nicht beantwortbarer {medians[1]}"
    drawn = histograms(
        answerable,
        unanswerable,
        f"{what}: beantwortbare gegen nicht beantwortbare Fragen",
        told,
        ("beantwortbar", "nicht beantwortbar"),
        what,
        threshold,
    )
    line = f" Gestrichelt: darunter wird abgelehnt ({share(threshold)})." if threshold is not None else ""
    yield _figure(drawn, f"{what}. {told}. Je weniger sich beide überlappen, desto besser.{line}")


def _found_by(ranks: list[int | None], limit: int) -> Interval:
    measure = Measure(name=f"file{limit}", label="", meaning="", columns=(Column.FILE1,))
    return estimate(measure, [{Column.FILE1: Tally(total=float(rank is not None and rank <= limit))} for rank in ranks])


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _figure(drawn: str, caption: str) -> Html:
    return element("figure", drawn + element("figcaption", text(caption)))
