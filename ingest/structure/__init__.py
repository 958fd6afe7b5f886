"""Council forms: what kind of paper a text is, and what its parts say.

One function is for others: `understand`. Pure text work; no file is read here and no page is counted.
"""

from __future__ import annotations

from ingest.structure.understanding import understand

__all__ = ["understand"]
