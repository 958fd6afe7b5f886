"""Words of the report that results hold as codes."""

from __future__ import annotations

from evals.answers import Outcome
from evals.gold import QuestionKind

KIND_LABELS = {
    QuestionKind.NUMBER: "Zahl",
    QuestionKind.DATE: "Datum",
    QuestionKind.WHO: "Wer",
    QuestionKind.LIST: "Aufzählung",
    QuestionKind.STATUS: "Stand",
    QuestionKind.VOTE: "Abstimmung",
    QuestionKind.FACT: "Tatsache",
    QuestionKind.PROCEDURE: "Verfahren",
    QuestionKind.FOLLOWUP: "Nachfrage",
    QuestionKind.UNANSWERABLE: "nicht beantwortbar",
}

OUTCOME_LABELS = {
    Outcome.ANSWERED: "beantwortet",
    Outcome.DECLINED: "abgelehnt",
    Outcome.FAILED: "gescheitert",
    Outcome.MISSING: "fehlt",
}
