"""What stands around the answers on the web page: the question, the sources, the link, the feedback."""

from __future__ import annotations

from dataclasses import dataclass

from bot.feedback import Fault
from bot.phrases import reply
from bot.types import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Of one language; sentences with a gap are filled by `str.format`."""

    heading: str
    lead: str
    question_label: str
    question_hint: str
    send: str
    with_nonpublic: str
    examples: str
    earlier: str
    new_topic: str
    searching: str
    answer_to: str
    announced_answer: str
    announced_declined: str
    sources: str
    source_page: str
    link: str
    link_is: str
    link_note: str
    was_helpful: str
    not_helpful: str
    reason: str
    reason_send: str
    reason_note: str
    faults: tuple[tuple[Fault, str], ...]
    thanks: str
    gone_question: str
    empty_question: str


DE = Asking(
    heading="Was möchten Sie aus den Papieren wissen?",
    lead="{papers}. Jede Aussage mit Beleg, oder ein ehrliches „Dazu liegt mir nichts vor“.",
    question_label="Ihre Frage",
    question_hint="Nachfragen wie „Und 2024?“ werden verstanden.",
    send="Fragen",
    with_nonpublic="Auch nichtöffentliche Papiere durchsuchen",
    examples="Zum Beispiel",
    earlier="Bisher in diesem Gespräch",
    new_topic="Neues Thema",
    searching="Ich durchsuche die Papiere …",
    answer_to="Antwort auf: {question}",
    announced_answer="Die Antwort ist da: Aussagen {statements}, Quellen {sources}.",
    announced_declined="Dazu liegt nichts vor.",
    sources=reply.SOURCES[Language.DE],
    source_page="Quelle",
    link="Link für Kolleginnen und Kollegen",
    link_is="Der Link zu dieser Antwort",
    link_note="Er beantwortet dieselbe Frage nach dem dann neuesten Stand der Papiere, für alle mit denselben Rechten. "
    "Er gilt {days} Tage.",
    was_helpful="Hilfreich",
    not_helpful="Nicht hilfreich",
    reason="Was war nicht gut?",
    reason_send="Absenden",
    reason_note="Gespeichert werden Frage, Antwort und Grund, ohne Angaben zu Ihrer Person.",
    faults=(
        (Fault.WRONG, "Inhaltlich falsch"),
        (Fault.INCOMPLETE, "Unvollständig"),
        (Fault.SOURCE, "Falsche Quelle"),
        (Fault.ERROR, "Fehler in der Anzeige"),
    ),
    thanks="Danke, Ihre Rückmeldung ist gespeichert.",
    gone_question="Diese Antwort ist nicht mehr im Gedächtnis. Bitte stellen Sie die Frage noch einmal.",
    empty_question="Bitte geben Sie eine Frage ein.",
)

EN = Asking(
    heading="What would you like to know from the papers?",
    lead="{papers}. Every statement with its source, or an honest “I have no information on this”.",
    question_label="Your question",
    question_hint="Follow-up questions such as “And 2024?” are understood. The papers are in German.",
    send="Ask",
    with_nonpublic="Search non-public papers too",
    examples="For example",
    earlier="So far in this conversation",
    new_topic="New topic",
    searching="Searching the papers …",
    answer_to="Answer to: {question}",
    announced_answer="The answer is here: {statements} statements, {sources} sources.",
    announced_declined="There is no information on this.",
    sources=reply.SOURCES[Language.EN],
    source_page="Source",
    link="Link for colleagues",
    link_is="The link to this answer",
    link_note="It answers the same question from the papers as they are then, for everybody with the same rights. "
    "It is valid for {days} days.",
    was_helpful="Helpful",
    not_helpful="Not helpful",
    reason="What was wrong?",
    reason_send="Send",
    reason_note="Question, answer and reason are kept, nothing about you.",
    faults=(
        (Fault.WRONG, "Wrong"),
        (Fault.INCOMPLETE, "Incomplete"),
        (Fault.SOURCE, "Wrong source"),
        (Fault.ERROR, "Display error"),
    ),
    thanks="Thank you, your feedback has been kept.",
    gone_question="This answer is no longer in memory. Please ask the question again.",
    empty_question="Please enter a question.",
)

EXAMPLES = (
    "Wie viele Online-Dienste hat die Stadt?",
    "Was kostet die elektronische Akte?",
    "Wie viele Stellen sind unbesetzt?",
    "In wie vielen Bürgerbüros gibt es Termine online?",
    "Was wurde zur Digitalstrategie beschlossen?",
    "Wie hoch sind die Kosten für das Geoportal?",
    "Wie lange dauert die Bearbeitung in der Ausländerbehörde?",
    "Wie viele Kita-Plätze fehlen?",
    "Wann beginnt der Umbau der Haltestelle?",
    "Wie viele Bäume wurden gepflanzt?",
)
"""Questions for a first visit. Only those are shown that the index of now answers (`bot.channels.web.examples`)."""
