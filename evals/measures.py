"""What is measured: the name of each measure, what it means, which way is better, and how values become one figure.

Names are those of the contracts and never change: results of old runs are compared by them. A measure rests on one
or two columns; a column holds what each question brought (see `evals.metrics`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What one question can bring; most are 0 or 1."""

    FILE1 = "file1"
    FILE5 = "file5"
    FILE10 = "file10"
    NDCG10 = "ndcg10"
    MRR = "mrr"
    RECALL10 = "recall10"
    READ700 = "read700"
    READ4500 = "read4500"
    READ9000 = "read9000"
    FIRST = "first"
    GIVEN_RIGHT = "given_right"
    BEARING = "bearing"
    RIGHT = "right"
    RIGHT300 = "right300"
    RIGHT600 = "right600"
    DECLINED = "declined"
    OVERDECLINED = "overdeclined"
    ANSWERED = "answered"
    VERBATIM = "verbatim"
    CITATION_SUPPORT = "citation_support"
    CITATION_RECALL = "citation_recall"
    QUOTE_RECALL = "quote_recall"
    MILLISECONDS = "milliseconds"


class Statistic(StrEnum):
    """How columns become one figure."""

    RATIO = "ratio"
    QUANTILE = "quantile"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one question brought to a column: `total` out of `count`, so that citations weigh alike."""

    total: float
    count: int = 1


Values = Mapping[Column, Tally]
"""What one question brought; columns that do not apply to it are absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of a report.

    Attributes:
        label: for tables, German.
        meaning: one German sentence for readers of a report.
        columns: what it rests on; two for a balance.
        more_is_better: which way is better.
        gated: whether `compare` fails when it got worse.
        quantile: 0 to 1, for a quantile.
    """

    name: str
    label: str
    meaning: str
    columns: tuple[Column, ...]
    statistic: Statistic = Statistic.RATIO
    more_is_better: bool = True
    gated: bool = True
    quantile: float = 0.0

    @property
    def is_time(self) -> bool:
        """Whether it is in milliseconds, not a share."""
        return self.statistic is Statistic.QUANTILE


def _share(column: Column, label: str, meaning: str, *, more_is_better: bool = True) -> Measure:
    return Measure(name=column.value, label=label, meaning=meaning, columns=(column,), more_is_better=more_is_better)


def _time(name: str, quantile: float, label: str, meaning: str) -> Measure:
    return Measure(
        name=name,
        label=label,
        meaning=meaning,
        columns=(Column.MILLISECONDS,),
        statistic=Statistic.QUANTILE,
        quantile=quantile,
        more_is_better=False,
        gated=False,
    )


MEASURES: tuple[Measure, ...] = (
    _share(
        Column.RIGHT,
        "richtig beantwortet",
        "Beantwortet in höchstens 1.200 Zeichen, alle verlangten Wörter in den Aussagen, ein Belegpapier zitiert.",
    ),
    _share(
        Column.FIRST,
        "erste Aussage richtig",
        "Die erste Aussage allein enthält alle verlangten Wörter und ihren Beleg.",
    ),
    _share(
        Column.GIVEN_RIGHT,
        "von gegebenen Antworten richtig",
        "Anteil der richtigen an allen gegebenen Antworten, auch an denen, die es nicht hätte geben dürfen.",
    ),
    _share(
        Column.BEARING,
        "Aussagen zur Sache",
        "Anteil der Aussagen, die in einer Belegstelle stehen oder eine enthalten.",
    ),
    _share(Column.RIGHT600, "richtig in 600 Zeichen", "Dasselbe in den ersten 600 Zeichen der Aussagen."),
    _share(Column.RIGHT300, "richtig in 300 Zeichen", "Dasselbe in den ersten 300 Zeichen der Aussagen."),
    _share(Column.DECLINED, "zu Recht abgelehnt", "Anteil der nicht beantwortbaren Fragen, die abgelehnt wurden."),
    _share(
        Column.OVERDECLINED,
        "zu Unrecht abgelehnt",
        "Anteil der beantwortbaren Fragen, die abgelehnt wurden; weniger ist besser.",
        more_is_better=False,
    ),
    Measure(
        name="balanced",
        label="ausgewogene Entscheidung",
        meaning="Mittel aus dem Anteil beantworteter unter den beantwortbaren und dem abgelehnter unter den anderen.",
        columns=(Column.ANSWERED, Column.DECLINED),
        statistic=Statistic.BALANCE,
    ),
    _share(Column.FILE1, "Belegpapier an 1. Stelle", "Das erste gefundene Papier enthält den Beleg."),
    _share(Column.FILE5, "Belegpapier unter 5", "Ein Belegpapier ist unter den ersten fünf gefundenen Papieren."),
    _share(Column.FILE10, "Belegpapier unter 10", "Ein Belegpapier ist unter den ersten zehn gefundenen Papieren."),
    _share(Column.NDCG10, "nDCG@10", "Güte der Reihenfolge der ersten zehn Papiere, 1 ist die bestmögliche."),
    _share(Column.MRR, "MRR", "Mittlerer Kehrwert des Rangs des ersten richtigen Papiers."),
    _share(Column.RECALL10, "Recall@10", "Anteil der richtigen Papiere unter den ersten zehn."),
    _share(Column.READ700, "Beleg in 700 Zeichen", "Die Belegstelle steht in den ersten 700 Zeichen der Treffer."),
    _share(
        Column.READ4500,
        "Beleg in 4.500 Zeichen",
        "Die Belegstelle steht in den ersten 4.500 Zeichen der Treffer, der Reihe nach gelesen.",
    ),
    _share(Column.READ9000, "Beleg in 9.000 Zeichen", "Dasselbe in den ersten 9.000 Zeichen."),
    _share(
        Column.CITATION_SUPPORT,
        "durch Zitate gedeckt",
        "Anteil der Aussagen, deren Zahlen, Daten und Namen alle in ihren Zitaten stehen.",
    ),
    _share(Column.CITATION_RECALL, "Belegpapiere zitiert", "Anteil der Belegpapiere einer Frage, die zitiert werden."),
    _share(Column.QUOTE_RECALL, "Belegstellen zitiert", "Anteil der Belegstellen einer Frage, die zitiert werden."),
    _share(
        Column.VERBATIM,
        "Zitate wörtlich",
        "Anteil der Zitate, die so im Papier stehen; alles unter 1 ist ein Fehler des Programms.",
    ),
    _time("p50ms", 0.5, "Dauer, Median", "Die Hälfte der Fragen ist in dieser Zeit beantwortet."),
    _time("p95ms", 0.95, "Dauer, 95 %", "95 von 100 Fragen sind in dieser Zeit beantwortet."),
)

BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
