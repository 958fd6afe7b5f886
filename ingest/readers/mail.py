"""E-mails (`.eml`) through Python's own library: who wrote when about what, and the text; attachments are counted."""

from __future__ import annotations

import email
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default as policy
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.double_encoding import mended, warning_about
from ingest.readers.html import read_page
from ingest.readers.left_out import counted
from ingest.readers.limits import Limits, check_length
from ingest.readers.text import decode
from ingest.readers.titles import declared_title

_HEAD: Final = (("From", "Von"), ("To", "An"), ("Date", "Datum"), ("Subject", "Betreff"))


def read_mail(path: Path, limits: Limits) -> Extraction:
    """Return an e-mail's head and text, its plain form if it has one.

    Raises:
        UnreadableDocument: it is no e-mail, nested too deeply, or too long.
    """
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=policy)
        if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
            raise UnreadableDocument(path, "Der Inhalt ist keine E-Mail.")
        head = [f"{german}: {_date(message) if name == 'Date' else message[name]}"
                for name, german in _HEAD if message[name]]  # fmt: skip
        body = message.get_body(("plain", "html"))
        text, struck = _text(body) if isinstance(body, EmailMessage) else ("", 0)
        attachments = sum(1 for _ in message.iter_attachments())
    except (MessageError, LookupError, ValueError, AttributeError) as error:
        raise UnreadableDocument(path, "Die E-Mail ist beschädigt oder unvollständig.") from error
    except RecursionError as error:
        raise UnreadableDocument(path, "Die E-Mail ist zu tief verschachtelt.") from error
    page, count = mended("\n".join(head) + "\n\n" + text.strip())
    check_length(path, len(page), limits)
    return Extraction(
        pages=(page,),
        paged=False,
        reader=f"email, lxml {version('lxml')}",
        warnings=warning_about(count),
        left_out=counted({Omission.STRUCK: struck, Omission.ATTACHMENT: attachments}),
        declared_title=declared_title(str(message["Subject"] or ""), path.stem),
    )


def _date(message: EmailMessage) -> str:
    day = getattr(message["Date"], "datetime", None)
    return f"{day:%d.%m.%Y %H:%M}" if day else str(message["Date"])


def _text(body: EmailMessage) -> tuple[str, int]:
    """Return a part's text and how much of it is crossed out."""
    payload = body.get_payload(decode=True)
    text, _ = decode(payload if isinstance(payload, bytes) else b"", body.get_content_charset(""))
    if body.get_content_subtype() == "html":
        page = read_page(text)
        return page.text, page.struck
    return text.replace("\r\n", "\n"), 0
