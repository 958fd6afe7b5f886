"""Words of confidentiality in every spelling that papers use. Must not know where in a paper they stand."""

from __future__ import annotations

import re
import unicodedata

from ingest.visibility.misspelling import mended

_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\x00-\x08\x0e-\x1f]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .·*_-]{1,3}[^\W\d_]){4,}(?![^\W_])")
_APART = re.compile(r"[ .·*_-]+")
_MANGLED = {"Ã¶": "ö", "Ã–": "Ö", "&ouml;": "ö", "&Ouml;": "Ö", "fuer": "für", "Fuer": "Für", "FUER": "FÜR"}

PUBLIC_STEM = r"(?:ö|oe|o|\ufffd)f{1,2}en?tl"
"""Also as OCR and old mail programs leave it."""
NOT_PUBLIC = (
    rf"(?<![^\W_])nicht[\W_]{{0,3}}{PUBLIC_STEM}\w*"
    rf"|(?<![^\W_])keine?s?\s+(?:ver)?{PUBLIC_STEM}ich\w*"
    rf"|(?<![^\W_])nicht\s+(?:zu\s+)?ver{PUBLIC_STEM}ich(?:en|bar)(?![^\W_])"
    r"|(?<![^\W_])n[\W_]{0,2}(?:ö|oe)ff(?:en?tl\w*)?(?![^\W_])"
    r"|(?<![^\W_])(?:nicht|n\.)[\W_]{0,3}(?:ö|oe)ff?(?![^\W_])"
    r"|(?<![^\W_])n\.\s?(?:ö|oe)\.(?!\w)"
    r"|(?<![^\W_])(?:non|not)[\W_]?public\w*"
    r"|(?<![^\W_])not\s+(?:for|to\s+be)\s+(?:publi|release|distribut|disclos|circulat)\w*"
    r"|(?<![^\W_])(?:closed|private|in-camera)\s+(?:session|meeting)"
    r"|(?<![^\W_])geschlossene[nr]?\s+\w*sitzung"
    r"|(?<![^\W_])nicht\s+(?:zur|für\s+(?:die|eine))\s+(?:(?:allgemeine|öffentliche)\w*\s+)?ver(?:ö|oe)ffentlich\w*"
    rf"|(?<![^\W_])nicht\s+für\s+(?:die|eine)\s+{PUBLIC_STEM}ichkeit"
    rf"|(?<![^\W_]){PUBLIC_STEM}ichkeit\s+(?:ist\s+|war\s+)?(?:ausgeschlossen|nicht\s+(?:zugelassen|gegeben|zugänglich|bekannt))"
    rf"|(?<![^\W_])(?:unter|bei)\s+aus?schlu(?:ss|ß)\s+der\s+{PUBLIC_STEM}ichkeit"
    r"|(?<![^\W_])nicht\s+(?:ins|im|für\s+das)\s+(?:internet|bürgerinfo\w*)"
)
_ONLY = r"(?<![^\W_])(?:nur|ausschließlich|allein|lediglich|exklusiv)"
_WHO = r"(?:\w*rat(?:e?s)?\b|\w*kommission|kreistag\w*|\w*ausschuss\w*|\w*beirat\w*|\w*vertretung|magistrat\w*)"
CONFIDENTIAL = (
    r"(?<![^\W_])(?:(?:streng|persönlich|höchst)\W{0,5}(?:und\s+)?)?vertraul(?:ich(?!keit)\w*|(?![^\W_]))"
    r"|(?<![^\W_])(?:streng\s+geheim|(?:amtlich\s+)?geheim(?:haltungs(?:bedürft|pflicht)ig\w*|zuhalten\w*|sache)?)(?![^\W_])"
    r"|(?<![^\W_])geheimhaltung(?=\W*(?:$|gem\b|gemäß|nach\b|erforderlich|§))"
    r"|(?<![^\W_])verschlu(?:ss|ß)[\W_]?sache\w*"
    r"|(?<![^\W_])vs[\W_]{0,3}(?:nfd|nur\s+für)(?![^\W_])"
    rf"|{_ONLY}\s+(?:für|zu[mr])\s+(?:(?:den|die)\s+)?(?:\w*dienstgebrauch\w*"
    r"|\w*(?:intern|dienst)\w*[\W_]{1,3}(?:gebrauch\w*|verbrauch|verwendung|nutzung|zwecke?\w*|information))"
    rf"|{_ONLY}\s+(?:für|an|durch|von)\s+(?:die\s+)?(?:mitglieder\s+(?:de[rs]\s+)?{_WHO}"
    r"|(?:\w*rats|\w*ausschuss|\w*gremien|kreistags|fraktions|vorstands)-?mitglieder|mandatsträger\w*)"
    rf"|{_ONLY}\s+(?:für|zu[mr]|an|durch|von)\s+(?:\w+\s+){{0,2}}?\w*(?:mitglied|vorsitzend|räte|mandat|fraktion|empfänger|teilnehme|gremien(?!t)|verwaltung|kenntnis)\w*"
    r"|(?<![^\W_])(?:für\s+den|zum)\s+(?:dienstgebrauch|internen\s+gebrauch)"
    r"|(?<![^\W_])geheime[rnms]?(?=\s+\w*(?:sitzung|beratung|vorlage|sache|unterlage|protokoll|niederschrift|dokument))"
    r"|(?<![^\W_])(?:keine|nicht\s+zur)\s+(?:\w+\s+)?weitergabe|(?<![^\W_])nicht\s+(?:für|an)\s+(?:dritte|die\s+presse)(?![^\W_])|(?<![^\W_])pressesperre"
    r"|(?<![^\W_])nicht\s+weiter(?:zu)?(?:geben|leiten)(?![^\W_])"
    r"|(?<![^\W_])weitergabe\s+(?:an\s+(?:dritte|unbefugte|die\s+presse)\s+)?(?:ist\s+)?(?:nicht\s+(?:gestattet|erlaubt|zulässig)|un(?:tersag|zulässig)\w*|verboten)"
    rf"|{_ONLY}\s+(?:für\s+(?:die|den|das)\s+\w+\s+(?:\w+\s+)?(?:bestimmt|gedacht|vorgesehen)|(?:haus|verwaltungs)?intern)(?![^\W_])"
    r"|(?<![^\W_])gesperrt\s+bis\s+zu[rm]?\s+(?:\w*beschlu|\w*sitzung|\w*beratung)\w*"
    r"|(?<![^\W_])(?:strictly\s+)?confidential|(?<![^\W_])internal\s+use"
)
ABBREVIATED = r"(?<![^\W_])(?:NÖ|N\.\s?Ö\.|NOE)(?![^\W_]|\s*-?\s*(?:Land|Bau|Gemeinde)\w*)"
"""In capitals only: "nö" is a word, and a column of forms."""

SIGN = re.compile(f"(?:{NOT_PUBLIC}|{CONFIDENTIAL}|(?-i:{ABBREVIATED}))", re.IGNORECASE)
INTERNAL = re.compile(
    r"(?:nur\s+|rein\s+|streng\s+)?(?:verwaltungs|haus)?intern(?:es?|er)?"
    r"(?:\s+(?:papier|dokument|schreiben|vorlage|unterlage|vermerk|mitteilung|arbeitspapier|entwurf))?",
    re.IGNORECASE,
)
"""Says something only where nothing else stands beside it."""
HINT = re.compile(
    r"ff|öf|nich|verö|vertrau|verschwieg|geheim|gebrauch|intern|verschlu|public|weitergabe|mitglied|mandats|confid|n\W{0,2}(?:ö|o\u0308|oe)"
    r"|\bvs\b|nfd|dritte|presse|publi|closed|private|gesperrt|geschloss|zugang|zugriff|sichtbar|nur\s+(?:für|zu[mr])"
    r"|(?:[^\W\d_][ .·*_-]{1,3}){4}|nicht\W"
    r"|[\u00ad\u200b-\u200f\u2060-\u2064\ufb00-\ufb06\ufeff\uff01-\uff5e\U0001d400-\U0001d7ff]",
    re.IGNORECASE,
)
"""A quick look: without any of these a line holds no sign."""
PUBLIC = re.compile(rf"(?<!nicht)(?<!nicht[\W_])(?<!nicht[\W_]{{2}})(?<![^\W_]){PUBLIC_STEM}ich\w*", re.IGNORECASE)


def spelled(text: str) -> str:
    """Return a text with its letters as they are meant: NFKC, nothing invisible, s p a c e d words joined, blanks kept.

    Full-width letters and ligatures become plain ones, what is nearly "nichtöffentlich" is that; a text is of one line
    or of several.
    """
    for wrong, right in _MANGLED.items():
        text = text.replace(wrong, right)
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    text = _SPACES.sub(" ", _DASHES.sub("-", text))
    return mended(_SPACED.sub(lambda found: _APART.sub("", found.group()), text))


def folded(text: str) -> str:
    """Return a text for comparison of whole names: as `spelled`, case and umlauts folded, letters and digits only."""
    plain = spelled(text).casefold()
    for umlaut, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        plain = plain.replace(umlaut, pair)
    return re.sub(r"[\W_]", "", plain)
