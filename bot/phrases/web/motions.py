"""What stands around the motions on the web page; their states and reasons stand in `bot.phrases.motions`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Motions:
    """Of one language; sentences with a gap are filled by `str.format`."""

    heading: str
    none_chosen: str
    later: str
    later_more: str
    wording: str
    decision: str
    judged_by: str


DE = Motions(
    heading="Anträge und Anfragen",
    none_chosen="Zu dieser Auswahl gibt es keinen Antrag.",
    later="Der Stand der Anträge wird gerade ermittelt.",
    later_more="Das dauert nach neuen Papieren bis zu einer Minute. Bitte laden Sie die Seite dann neu.",
    wording="Antrag im Wortlaut",
    decision="Beschluss",
    judged_by="Die Einstufung ist maschinell ermittelt, wo nichts anderes steht. Maßgeblich sind die Papiere.",
)

EN = Motions(
    heading="Motions and inquiries",
    none_chosen="There is no motion for this choice.",
    later="The state of the motions is being worked out.",
    later_more="After new papers that takes up to a minute. Please reload the page then.",
    wording="Wording of the motion",
    decision="Decision",
    judged_by="States are worked out by a program unless it says otherwise. Only the papers are authoritative.",
)
