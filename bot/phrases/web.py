"""What stands on the web page around the quotes, German first, English beside it.

Templates name a field of `Words` (`w.ask`); both languages must fill every field. What staff read stands in
`bot.phrases.staff`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.phrases.reply import searched
from bot.types import Language
from ingest.types import ReferenceKind, SectionRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; sentences with a gap are filled by `str.format`."""

    skip: str
    brand_line: str
    menu: str
    ask: str
    papers: str
    motions: str
    motion_list: str
    no_motions_chosen: str
    motions_later: str
    motions_later_more: str
    motion_text: str
    judged_by: str
    administration: str
    sign_in: str
    sign_out: str
    other_language: str
    machine: str
    footer: str
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
    quote_of: str
    show_source: str
    original: str
    new_window: str
    nearest: str
    link: str
    link_is: str
    link_note: str
    link_back: str
    helpful: str
    was_helpful: str
    not_helpful: str
    reason: str
    reason_send: str
    reason_note: str
    faults: tuple[tuple[str, str], ...]
    thanks: str
    back: str
    paper_list: str
    paper_count: str
    one_paper: str
    no_papers: str
    search: str
    search_hint: str
    kind: str
    year: str
    body: str
    faction: str
    every: str
    apply: str
    reset: str
    previous: str
    next: str
    page_of: str
    facts: str
    number: str
    date: str
    undated: str
    session: str
    as_of: str
    version: str
    subject: str
    signatories: str
    procedure: str
    extent: str
    pages: str
    no_pages: str
    summary: str
    summary_note: str
    sections: str
    points: str
    decisions: str
    vote: str
    agenda: str
    references: str
    same_matter: str
    more: str
    whole_text: str
    see_page: str
    page: str
    agenda_item: str
    source_page: str
    picture_alt: str
    picture_missing: str
    context: str
    text_of_page: str
    whole_page: str
    quote_goes_on: str
    to_paper: str
    user: str
    password: str
    wrong_password: str
    not_found: str
    not_found_more: str
    too_many: str
    too_large: str
    expired: str
    bad_request: str
    no_index: str
    no_index_more: str
    unavailable: str
    failed: str
    gone_question: str
    empty_question: str
    nonpublic: str
    roles: dict[SectionRole, str]
    reference_kinds: dict[ReferenceKind, str]


DE = Words(
    skip="Zum Inhalt",
    brand_line="Antworten aus den Papieren des Rates",
    menu="Hauptmenü",
    ask="Fragen",
    papers="Papiere",
    motions="Anträge",
    motion_list="Anträge und Anfragen",
    no_motions_chosen="Zu dieser Auswahl gibt es keinen Antrag.",
    motions_later="Der Stand der Anträge wird gerade ermittelt.",
    motions_later_more="Das dauert nach neuen Papieren bis zu einer Minute. Bitte laden Sie die Seite dann neu.",
    motion_text="Antrag im Wortlaut",
    judged_by="Die Einstufung ist maschinell ermittelt, wo nichts anderes steht. Maßgeblich sind die Papiere.",
    administration="Verwaltung",
    sign_in="Anmelden",
    sign_out="Abmelden",
    other_language="English",
    machine="Ratslotse ist ein Programm, kein Mensch. "
    "Es antwortet nur mit Sätzen aus den Papieren und nennt jede Stelle.",
    footer="Fragen werden nicht gespeichert, solange Sie keinen Link anlegen und keine Rückmeldung geben. "
    "Rechtlich maßgeblich ist immer das Original.",
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
    sources="Quellen",
    quote_of="Wortlaut von Quelle {n}",
    show_source="Stelle im Papier ansehen",
    original="Zum Original",
    new_window="(öffnet eine fremde Seite)",
    nearest="Am nächsten kommen:",
    link="Link für Kolleginnen und Kollegen",
    link_is="Der Link zu dieser Antwort",
    link_note="Er beantwortet dieselbe Frage nach dem dann neuesten Stand der Papiere, für alle mit denselben Rechten. "
    "Er gilt {days} Tage.",
    link_back="Zur Antwort",
    helpful="War das hilfreich?",
    was_helpful="Hilfreich",
    not_helpful="Nicht hilfreich",
    reason="Was war nicht gut?",
    reason_send="Absenden",
    reason_note="Gespeichert werden Frage, Antwort und Grund, ohne Angaben zu Ihrer Person.",
    faults=(
        ("wrong", "Inhaltlich falsch"),
        ("incomplete", "Unvollständig"),
        ("source", "Falsche Quelle"),
        ("error", "Fehler in der Anzeige"),
    ),
    thanks="Danke, Ihre Rückmeldung ist gespeichert.",
    back="Zurück",
    paper_list="Papiere des Rates",
    paper_count="{count} Papiere",
    one_paper="1 Papier",
    no_papers="Dazu gibt es kein Papier. Bitte weniger Filter wählen oder die Inhalte mit einer Frage durchsuchen.",
    search="Titel oder Nummer",
    search_hint="Den Inhalt der Papiere durchsuchen Sie mit einer Frage.",
    kind="Art",
    year="Jahr",
    body="Gremium",
    faction="Fraktion",
    every="alle",
    apply="Anzeigen",
    reset="Filter aufheben",
    previous="Vorige Seite",
    next="Nächste Seite",
    page_of="Seite {page} von {pages}",
    facts="Angaben zum Papier",
    number="Nummer",
    date="Datum",
    undated="ohne Datum",
    session="Sitzung",
    as_of="Stand",
    version="Fassung",
    subject="Betreff",
    signatories="Unterzeichnet",
    procedure="Vorgang",
    extent="Umfang",
    pages="{count} Seiten",
    no_pages="Text ohne Seiten",
    summary="Zusammenfassung von",
    summary_note="Dieses Papier fasst ein anderes zusammen; maßgeblich ist das Original.",
    sections="Gliederung",
    points="Punkte",
    decisions="Beschlüsse",
    vote="Abstimmung",
    agenda="Tagesordnung",
    references="Verweise",
    same_matter="Andere Papiere zum selben Vorgang",
    more="Weitere Angaben",
    whole_text="Text des Papiers",
    see_page="Papier ansehen",
    page="Seite",
    agenda_item="TOP",
    source_page="Quelle",
    picture_alt="Seite {page} von „{title}“ als Bild",
    picture_missing="Die Seite kann gerade nicht als Bild gezeigt werden. Hier ist ihr Text.",
    context="Im Zusammenhang",
    text_of_page="Text dieser Seite",
    whole_page="Ganze Seite ansehen",
    quote_goes_on="Die Stelle geht auf der nächsten Seite weiter.",
    to_paper="Zum Papier",
    user="Name",
    password="Kennwort",
    wrong_password="Name oder Kennwort stimmen nicht.",
    not_found="Diese Seite gibt es nicht.",
    not_found_more="Vielleicht wurde das Papier berichtigt oder zurückgezogen. Die Liste der Papiere führt weiter.",
    too_many="Das waren sehr viele Anfragen in kurzer Zeit. Bitte warten Sie einen Augenblick.",
    too_large="Das ist zu groß. Erlaubt sind {most}.",
    expired="Die Seite war zu lange offen. Bitte laden Sie sie neu und versuchen Sie es noch einmal.",
    bad_request="Diese Eingabe war nicht zu verstehen.",
    no_index="Es sind noch keine Papiere eingelesen.",
    no_index_more="Sobald die Verwaltung Papiere aufgenommen hat, können Sie hier fragen.",
    unavailable="Die Papiere sind gerade nicht erreichbar. Bitte versuchen Sie es in einigen Minuten noch einmal.",
    failed="Entschuldigung, dabei ist etwas schiefgegangen. Kennung für die Technik: {id}.",
    gone_question="Diese Antwort ist nicht mehr im Gedächtnis. Bitte stellen Sie die Frage noch einmal.",
    empty_question="Bitte geben Sie eine Frage ein.",
    nonpublic="nichtöffentlich",
    roles={
        SectionRole.HEADER: "Kopf",
        SectionRole.SUMMARY: "Zusammenfassung",
        SectionRole.REQUEST: "Antrag / Fragen",
        SectionRole.DECISION: "Beschluss",
        SectionRole.VOTE: "Abstimmung",
        SectionRole.REASONS: "Begründung",
        SectionRole.REPORT: "Bericht",
        SectionRole.DEBATE: "Aussprache",
        SectionRole.FINANCES: "Finanzen",
        SectionRole.CLOSING: "Schluss",
        SectionRole.BODY: "Text",
    },
    reference_kinds={
        ReferenceKind.REPORT: "Vorlage",
        ReferenceKind.MOTION: "Antrag",
        ReferenceKind.PROTOCOL: "Niederschrift",
        ReferenceKind.UNKNOWN: "Papier",
    },
)

EN = Words(
    skip="Skip to content",
    brand_line="Answers from the council's papers",
    menu="Main menu",
    ask="Ask",
    papers="Papers",
    motions="Motions",
    motion_list="Motions and inquiries",
    no_motions_chosen="There is no motion for this choice.",
    motions_later="The state of the motions is being worked out.",
    motions_later_more="After new papers that takes up to a minute. Please reload the page then.",
    motion_text="Wording of the motion",
    judged_by="States are worked out by a program unless it says otherwise. Only the papers are authoritative.",
    administration="Administration",
    sign_in="Sign in",
    sign_out="Sign out",
    other_language="Deutsch",
    machine="Ratslotse is a program, not a person. "
    "It answers only with sentences from the papers and names every place.",
    footer="Questions are not kept unless you create a link or give feedback. "
    "Only the original paper is authoritative.",
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
    sources="Sources",
    quote_of="Wording of source {n}",
    show_source="See the place in the paper",
    original="To the original",
    new_window="(opens another site)",
    nearest="The closest papers:",
    link="Link for colleagues",
    link_is="The link to this answer",
    link_note="It answers the same question from the papers as they are then, for everybody with the same rights. "
    "It is valid for {days} days.",
    link_back="To the answer",
    helpful="Was this helpful?",
    was_helpful="Helpful",
    not_helpful="Not helpful",
    reason="What was wrong?",
    reason_send="Send",
    reason_note="Question, answer and reason are kept, nothing about you.",
    faults=(
        ("wrong", "Wrong"),
        ("incomplete", "Incomplete"),
        ("source", "Wrong source"),
        ("error", "Display error"),
    ),
    thanks="Thank you, your feedback has been kept.",
    back="Back",
    paper_list="Papers of the council",
    paper_count="{count} papers",
    one_paper="1 paper",
    no_papers="No such paper. Please choose fewer filters, or search the contents by asking a question.",
    search="Title or number",
    search_hint="Ask a question to search the contents.",
    kind="Kind",
    year="Year",
    body="Committee",
    faction="Group",
    every="all",
    apply="Show",
    reset="Reset filters",
    previous="Previous page",
    next="Next page",
    page_of="Page {page} of {pages}",
    facts="About this paper",
    number="Number",
    date="Date",
    undated="undated",
    session="Session",
    as_of="As of",
    version="Version",
    subject="Subject",
    signatories="Signed by",
    procedure="Procedure",
    extent="Extent",
    pages="{count} pages",
    no_pages="text without pages",
    summary="Summary of",
    summary_note="This paper summarises another one; only the original is authoritative.",
    sections="Structure",
    points="Points",
    decisions="Decisions",
    vote="Vote",
    agenda="Agenda",
    references="References",
    same_matter="Other papers of the same matter",
    more="Further details",
    whole_text="Text of the paper",
    see_page="See the paper",
    page="Page",
    agenda_item="item",
    source_page="Source",
    picture_alt="Page {page} of “{title}” as a picture",
    picture_missing="The page cannot be shown as a picture just now. This is its text.",
    context="In context",
    text_of_page="Text of this page",
    whole_page="See the whole page",
    quote_goes_on="The quote goes on on the next page.",
    to_paper="To the paper",
    user="Name",
    password="Password",
    wrong_password="Name or password is wrong.",
    not_found="There is no such page.",
    not_found_more="Perhaps the paper was corrected or withdrawn; the list of papers leads on.",
    too_many="That was a great many requests in a short time. Please wait a moment.",
    too_large="That is too large; {most} are allowed.",
    expired="The page was open for too long. Please reload it and try again.",
    bad_request="This input could not be understood.",
    no_index="No papers have been added yet.",
    no_index_more="You can ask here as soon as the administration has added papers.",
    unavailable="The papers cannot be reached just now. Please try again in a few minutes.",
    failed="Sorry, something went wrong. Reference for support: {id}.",
    gone_question="This answer is no longer in memory. Please ask the question again.",
    empty_question="Please enter a question.",
    nonpublic="non-public",
    roles={
        SectionRole.HEADER: "Head",
        SectionRole.SUMMARY: "Summary",
        SectionRole.REQUEST: "Request",
        SectionRole.DECISION: "Decision",
        SectionRole.VOTE: "Vote",
        SectionRole.REASONS: "Reasons",
        SectionRole.REPORT: "Report",
        SectionRole.DEBATE: "Debate",
        SectionRole.FINANCES: "Finances",
        SectionRole.CLOSING: "Closing",
        SectionRole.BODY: "Text",
    },
    reference_kinds={
        ReferenceKind.REPORT: "report",
        ReferenceKind.MOTION: "motion",
        ReferenceKind.PROTOCOL: "minutes",
        ReferenceKind.UNKNOWN: "paper",
    },
)


def holdings(documents: int, until: date | None, language: Language) -> str:
    """Say how many papers there are and how new they are, without a full stop."""
    return searched(documents, until, language).partition(": ")[2].rstrip(".")


WORDS = {Language.DE: DE, Language.EN: EN}

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
