"""The formats that papers may come in: read by the readers, the upload and every list that people are shown."""

from __future__ import annotations

from typing import Final

ENDINGS: Final = (
    ".pdf", ".docx", ".odt", ".fodt", ".rtf", ".html", ".htm", ".md", ".txt", ".pptx", ".xlsx", ".ods", ".fods", ".csv",
    ".eml",
)  # fmt: skip
"""Lower-case endings of the formats that can be read."""
