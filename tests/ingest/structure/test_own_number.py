from __future__ import annotations

import pytest

from ingest.sidecar import Sidecar
from tests.ingest.structure.papers_of import understood

TEXT = "Stellungnahme zu\n\nDie Verwaltung verweist auf GRDrs 9236/2029 und auf GRDrs 9001/2028."


@pytest.mark.parametrize(
    "written",
    [
        "9236/2029",  # as a register has it
        "GRDrs 9236/2029",  # as staff write it
        "GRDrs. 9236 / 2029",  # with blanks
    ],
)
def test_a_paper_shows_its_number_as_its_sidecar_has_it_and_does_not_refer_to_itself(written: str) -> None:
    document = understood(TEXT, sidecar=Sidecar(kind="report", number=written))

    assert document.number == written
    assert [reference.number for reference in document.references] == ["9001/2028"]
