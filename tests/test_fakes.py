"""The stand-ins must be trustworthy before anything is tested with them."""

from __future__ import annotations

import numpy as np

from tests.fakes import WordHashEncoder


def test_texts_that_share_words_are_nearer_than_texts_that_do_not() -> None:
    encoder = WordHashEncoder()
    street, path, kindergarten = encoder.encode(
        ["Ausbau der Breitbandnetze in Durlach", "der Ausbau in Durlach", "Essensgeld für Kitas"]
    )

    assert street @ path > street @ kindergarten


def test_rows_have_unit_length_and_a_text_without_words_gives_zeros() -> None:
    rows = WordHashEncoder(dimensions=16).encode(["Antrag", "", "§ –"])

    assert np.linalg.norm(rows, axis=1).tolist() == [1.0, 0.0, 0.0]
    assert rows.dtype == np.float32


def test_encoders_of_other_names_give_other_vectors_and_fingerprints() -> None:
    one, other = WordHashEncoder(name="a"), WordHashEncoder(name="b")

    assert one.fingerprint != other.fingerprint
    assert not np.array_equal(one.encode(["Haushalt und Stellenplan"]), other.encode(["Haushalt und Stellenplan"]))


def test_it_counts_what_it_encodes() -> None:
    encoder = WordHashEncoder()
    encoder.encode(["a", "b"])
    encoder.encode_question("c")

    assert encoder.encoded == 3
