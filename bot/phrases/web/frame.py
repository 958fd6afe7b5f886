"""What stands on every page of the web page, and what several of its pages share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrases import reply
from bot.types import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Of one language; sentences with a gap are filled by `str.format`."""

    skip: str
    menu: str
    ask: str
    papers: str
    motions: str
    administration: str
    sign_in: str
    sign_out: str
    other_language: str
    machine: str
    footer: str
    original: str
    new_window: str
    show_source: str
    nonpublic: str
    summary_note: str
    body: str
    faction: str
    every: str
    apply: str
    reset: str
    previous: str
    next: str
    page_of: str


DE = Frame(
    skip="Zum Inhalt",
    menu="Hauptmenü",
    ask="Fragen",
    papers="Papiere",
    motions="Anträge",
    administration="Verwaltung",
    sign_in="Anmelden",
    sign_out="Abmelden",
    other_language="English",
    machine="Ratslotse ist ein Programm, kein Mensch. "
    "Es antwortet nur mit Sätzen aus den Papieren und nennt jede Stelle.",
    footer="Fragen werden nicht gespeichert, solange Sie keinen Link anlegen und keine Rückmeldung geben. "
    "Rechtlich maßgeblich ist immer das Original.",
    original="Zum Original",
    new_window="(öffnet eine fremde Seite)",
    show_source="Stelle im Papier ansehen",
    nonpublic=reply.NONPUBLIC[Language.DE],
    summary_note="Dieses Papier fasst ein anderes zusammen; maßgeblich ist das Original.",
    body="Gremium",
    faction="Fraktion",
    every="alle",
    apply="Anzeigen",
    reset="Filter aufheben",
    previous="Vorige Seite",
    next="Nächste Seite",
    page_of="Seite {page} von {pages}",
)

EN = Frame(
    skip="Skip to content",
    menu="Main menu",
    ask="Ask",
    papers="Papers",
    motions="Motions",
    administration="Administration",
    sign_in="Sign in",
    sign_out="Sign out",
    other_language="Deutsch",
    machine="Ratslotse is a program, not a person. "
    "It answers only with sentences from the papers and names every place.",
    footer="Questions are not kept unless you create a link or give feedback. "
    "Only the original paper is authoritative.",
    original="To the original",
    new_window="(opens another site)",
    show_source="See the place in the paper",
    nonpublic=reply.NONPUBLIC[Language.EN],
    summary_note="This paper summarises another one; only the original is authoritative.",
    body="Committee",
    faction="Group",
    every="all",
    apply="Show",
    reset="Reset filters",
    previous="Previous page",
    next="Next page",
    page_of="Page {page} of {pages}",
)
