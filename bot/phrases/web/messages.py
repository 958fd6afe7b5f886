"""Why the web page does not show what was wanted."""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrases import reply
from bot.types import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """Of one language; sentences with a gap are filled by `str.format`."""

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


DE = Messages(
    not_found="Diese Seite gibt es nicht.",
    not_found_more="Vielleicht wurde das Papier berichtigt oder zurückgezogen. Die Liste der Papiere führt weiter.",
    too_many="Das waren sehr viele Anfragen in kurzer Zeit. Bitte warten Sie einen Augenblick.",
    too_large="Das ist zu groß. Erlaubt sind {most}.",
    expired="Die Seite war zu lange offen. Bitte laden Sie sie neu und versuchen Sie es noch einmal.",
    bad_request="Diese Eingabe war nicht zu verstehen.",
    no_index="Es sind noch keine Papiere eingelesen.",
    no_index_more="Sobald die Verwaltung Papiere aufgenommen hat, können Sie hier fragen.",
    unavailable="Die Papiere sind gerade nicht erreichbar. Bitte versuchen Sie es in einigen Minuten noch einmal.",
    failed=reply.FALLBACK_ERROR[Language.DE],
)

EN = Messages(
    not_found="There is no such page.",
    not_found_more="Perhaps the paper was corrected or withdrawn; the list of papers leads on.",
    too_many="That was a great many requests in a short time. Please wait a moment.",
    too_large="That is too large; {most} are allowed.",
    expired="The page was open for too long. Please reload it and try again.",
    bad_request="This input could not be understood.",
    no_index="No papers have been added yet.",
    no_index_more="You can ask here as soon as the administration has added papers.",
    unavailable="The papers cannot be reached just now. Please try again in a few minutes.",
    failed=reply.FALLBACK_ERROR[Language.EN],
)
