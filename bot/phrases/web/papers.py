"""What stands around the papers on the web page: their list, one paper, one page of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrases import reply
from bot.types import Language
from ingest.types import ReferenceKind, SectionRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Of one language; sentences with a gap are filled by `str.format`."""

    heading: str
    count: str
    one: str
    none_found: str
    search: str
    search_hint: str
    kind: str
    year: str
    number: str
    date: str
    session: str
    as_of: str
    version: str
    subject: str
    signatories: str
    procedure: str
    extent: str
    pages: str
    no_pages: str
    sections: str
    points: str
    decisions: str
    vote: str
    agenda: str
    agenda_item: str
    references: str
    same_matter: str
    whole_text: str
    see_page: str
    page: str
    picture_alt: str
    picture_missing: str
    context: str
    text_of_page: str
    whole_page: str
    quote_goes_on: str
    to_paper: str
    roles: dict[SectionRole, str]
    reference_kinds: dict[ReferenceKind, str]


DE = Papers(
    heading="Papiere des Rates",
    count="{count} Papiere",
    one="1 Papier",
    none_found="Dazu gibt es kein Papier. Bitte weniger Filter wählen oder die Inhalte mit einer Frage durchsuchen.",
    search="Titel oder Nummer",
    search_hint="Den Inhalt der Papiere durchsuchen Sie mit einer Frage.",
    kind="Art",
    year="Jahr",
    number="Nummer",
    date="Datum",
    session="Sitzung",
    as_of="Stand",
    version="Fassung",
    subject="Betreff",
    signatories="Unterzeichnet",
    procedure="Vorgang",
    extent="Umfang",
    pages="{count} Seiten",
    no_pages="Text ohne Seiten",
    sections="Gliederung",
    points="Punkte",
    decisions="Beschlüsse",
    vote="Abstimmung",
    agenda="Tagesordnung",
    agenda_item=reply.AGENDA_ITEM[Language.DE],
    references="Verweise",
    same_matter="Andere Papiere zum selben Vorgang",
    whole_text="Text des Papiers",
    see_page="Papier ansehen",
    page="Seite",
    picture_alt="Seite {page} von „{title}“ als Bild",
    picture_missing="Die Seite kann gerade nicht als Bild gezeigt werden. Hier ist ihr Text.",
    context="Im Zusammenhang",
    text_of_page="Text dieser Seite",
    whole_page="Ganze Seite ansehen",
    quote_goes_on="Die Stelle geht auf der nächsten Seite weiter.",
    to_paper="Zum Papier",
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

EN = Papers(
    heading="Papers of the council",
    count="{count} papers",
    one="1 paper",
    none_found="No such paper. Please choose fewer filters, or search the contents by asking a question.",
    search="Title or number",
    search_hint="Ask a question to search the contents.",
    kind="Kind",
    year="Year",
    number="Number",
    date="Date",
    session="Session",
    as_of="As of",
    version="Version",
    subject="Subject",
    signatories="Signed by",
    procedure="Procedure",
    extent="Extent",
    pages="{count} pages",
    no_pages="text without pages",
    sections="Structure",
    points="Points",
    decisions="Decisions",
    vote="Vote",
    agenda="Agenda",
    agenda_item=reply.AGENDA_ITEM[Language.EN],
    references="References",
    same_matter="Other papers of the same matter",
    whole_text="Text of the paper",
    see_page="See the paper",
    page="Page",
    picture_alt="Page {page} of “{title}” as a picture",
    picture_missing="The page cannot be shown as a picture just now. This is its text.",
    context="In context",
    text_of_page="Text of this page",
    whole_page="See the whole page",
    quote_goes_on="The quote goes on on the next page.",
    to_paper="To the paper",
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
