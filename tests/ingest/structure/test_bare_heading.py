from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import check


@pytest.mark.parametrize("heading", ["Bericht", "Begründung", "Stellungnahme", "Antrag"])
def test_a_paper_that_begins_with_a_heading_is_understood(tmp_path: Path, heading: str) -> None:
    (tmp_path / "a.md").write_text(f"# {heading}\n\nDas Geoportal zeigt 412 Datensätze.\n", encoding="utf-8")

    assert [file.outcome for file in check(tmp_path / "index", [tmp_path]).files] == ["added"]
