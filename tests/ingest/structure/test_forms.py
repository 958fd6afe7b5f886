from __future__ import annotations

import pytest

from ingest.structure.forms import form_of
from ingest.structure.lines import lines_of

ROWS = [
    # (head, kind, paper type, whether it answers a motion)
    ("Antrag\nCDU-Gemeinderatsfraktion", "motion", "Antrag", False),  # the plain form
    ("ANFRAGE\n\nStadtrat Muster (FDP)", "motion", "Anfrage", False),  # capitals of the old form
    ("A N T R A G\ndes Stadtrats", "motion", "Antrag", False),  # spaced letters of 2005
    ("Antrag und Anfrage vom 02/07/2029", "motion", "Antrag Und Anfrage", False),  # a paper may do both
    ("Interfraktioneller Änderungsantrag", "motion", "Interfraktioneller Änderungsantrag", False),  # several groups
    ("Änderungs-/Ergänzungsantrag", "motion", "Änderungs-/ergänzungsantrag", False),  # Karlsruhe's double form
    ("Vorlage Nr.   9458    ANTRAG", "motion", "Antrag", False),  # number and form in one line
    ("STELLUNGNAHME zum Ergän-\nzungsantrag", "report", "Stellungnahme zum Ergänzungsantrag", True),  # broken word
    ("StellungnahmezumAntrag", "report", "Stellungnahme", True),  # glued by the PDF
    ("Erneute Stellungnahme zum\nAntrag", "report", "Erneute Stellungnahme", True),  # the motion's form is below
    ("Antrag\nCDU-Fraktion\nStellungnahme des Bürgermeisteramtes - Kurzfassung -", "report", "Stellungnahme", True),
    ("GRDrs 9427/2029\nBeantwortung / Stellungnahme", "report", "Stellungnahme", True),  # budget answer
    ("GRDrs 9144/2029\nBeschlußvorlage", "report", "Beschlußvorlage", False),  # old spelling
    ("Landeshauptstadt Stuttgart\nMitteilungsvorlage zum Haushaltsplan", "report", "Mitteilungsvorlage", False),
    ("Niederschrift 52. Plenarsitzung des Gemeinderates", "protocol", "Niederschrift", False),
    ("Auszug Protokoll Haushaltsberatungen", "protocol", "Niederschrift", False),  # extract without "aus"
    ("Protokollführung: Frau Schreiber", "other", "", False),  # a field, no form
    ("Anlage 3\nStellungnahme zum Antrag", "other", "Anlage", False),  # an attachment stays one
    ("Eingang: 27.05.2029\nWir bitten um Auskunft", "motion", "", False),  # form without a name
    ("Eingang: 27.05.2029\nKurzfassung", "report", "", True),  # the same form, answered
    ("", "other", "", False),  # nothing at all
]


@pytest.mark.parametrize(("head", "kind", "paper_type", "answers"), ROWS)
def test_the_first_line_that_names_a_form_decides(head: str, kind: str, paper_type: str, answers: bool) -> None:
    form = form_of(lines_of(head))

    assert (form.kind, form.answers) == (kind, answers)
    assert form.paper_type.lower() == paper_type.lower()


def test_the_file_name_is_asked_only_when_the_text_names_no_form() -> None:
    assert form_of(lines_of("Sehr geehrte Damen"), "StN SPD Zoo").kind == "report"
    assert form_of(lines_of("Anfrage\nSPD-Fraktion"), "StN SPD Zoo").kind == "motion"
