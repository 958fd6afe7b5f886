"""What browsers send, taken with care. Knows nothing of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form's fields."""

    fields: Any

    def text(self, name: str, most: int = 4_000) -> str:
        """Return a text field, stripped and cut; empty if it is not there."""
        value = self.fields.get(name)
        return value[:most].replace("\0", "").strip() if isinstance(value, str) else ""

    async def close(self) -> None:
        """Let go of uploaded files."""
        await self.fields.close()

    def upload(self, name: str) -> Any:
        """Return an uploaded file, None if there is none."""
        value = self.fields.get(name)
        return value if value is not None and not isinstance(value, str) and value.filename else None


def web_address(url: str | None) -> str:
    """Return an address that may stand in a link, empty for anything but http and https."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""
