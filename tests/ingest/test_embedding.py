"""The bundled encoder as it is shipped, and what happens when another one cannot be had."""

import subprocess
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

import ingest
from ingest.embedding import BundledEncoder, Encoder, SentenceTransformerEncoder, Vectors, load_encoder
from ingest.errors import EncoderUnavailable

SHIPPED = Path(ingest.__file__).parent / "data" / "encoder"

TEXTS = [
    "Wie viele Stellen im Amt für Digitalisierung sind unbesetzt?",
    "Bürger:innen könnten ihre Anträge online stellen.",
    "Der Gemeinderat beschließt die Smart-City-Strategie. " * 300,
    "☃ 漢字 und sonst nichts",
    "",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("bundled")


def test_the_bundled_encoder_loads_and_encodes_without_torch() -> None:
    program = (
        "import sys; from ingest.embedding import load_encoder; load_encoder('bundled').encode_question('Wie viele?');"
        "heavy = {'torch', 'sentence_transformers', 'transformers'} & set(sys.modules); assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=SHIPPED.parents[2], check=False
    )

    assert done.returncode == 0, done.stderr


def test_vectors_are_unit_rows_of_the_promised_shape(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS[:3])

    assert vectors.shape == (3, encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   \n", "漢字"])
def test_a_text_without_known_words_gives_zeros_and_no_warning(encoder: Encoder, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        vectors = encoder.encode([text, TEXTS[0]])

    assert not vectors[0].any()
    assert vectors[1].any()


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_text_has_the_same_vector_alone_and_in_company(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)

    for row, text in zip(together, TEXTS, strict=True):
        np.testing.assert_allclose(encoder.encode_question(text), row, atol=1e-6)


def test_the_end_of_a_long_text_counts(encoder: Encoder) -> None:
    long = "Haushalt und Finanzen. " * 1000

    assert not np.array_equal(encoder.encode_question(long), encoder.encode_question(long + "Schwimmbad " * 500))


def test_loading_twice_gives_the_same_encoder(encoder: Encoder) -> None:
    again = load_encoder("bundled")

    assert again.fingerprint == encoder.fingerprint
    np.testing.assert_array_equal(again.encode(TEXTS), encoder.encode(TEXTS))


PARAPHRASES = (
    ("Straßenbahn", "öffentlicher Nahverkehr"),
    ("Elternbeiträge im Kindergarten", "Gebühren der Kita"),
    ("offene Stellen", "unbesetztes Personal"),
    ("Radweg", "Fahrradverkehr"),
    ("Müllabfuhr", "Abfallentsorgung"),
    ("Spielplatz", "Rutschen und Schaukeln für Kinder"),
    ("Flüchtlinge", "Unterbringung von Asylbewerbern"),
    ("Mieten", "bezahlbarer Wohnraum"),
    ("Klimaschutz", "CO2-Ausstoß senken"),
    ("Parkgebühren", "Kosten für das Abstellen von Autos"),
    ("Digitalisierung der Verwaltung", "Anträge online stellen"),
    ("Baumfällung", "Bäume werden entfernt"),
    ("Schulsanierung", "marode Klassenzimmer"),
    ("Feuerwehr", "Brandschutz"),
    ("Schwimmbad", "Hallenbad"),
    ("Stadtbücherei", "Bücher ausleihen"),
    ("Obdachlose", "Menschen ohne Wohnung"),
    ("Haushalt", "Einnahmen und Ausgaben der Stadt"),
    ("Sperrzeit", "Öffnungszeiten der Kneipen"),
    ("Tempo 30", "Geschwindigkeitsbegrenzung"),
    ("Lärm", "ruhestörende Geräusche"),
    ("Hundesteuer", "Abgabe für Vierbeiner"),
    ("Arzt", "medizinische Versorgung"),
    ("Senioren", "ältere Menschen"),
    ("Behinderung", "barrierefreier Zugang"),
    ("Friedhof", "Bestattung"),
    ("Strom", "Energieversorgung"),
    ("Glasfaser", "schnelles Internet"),
    ("Sportverein", "Turnhalle"),
    ("Zuschuss", "finanzielle Förderung"),
)
"""The council's word and what a citizen would say; hardly a word in common, so that words alone do not find it."""


def test_a_word_finds_its_paraphrase_among_those_of_the_others(encoder: Encoder) -> None:
    near = encoder.encode([word for word, _ in PARAPHRASES]) @ encoder.encode([said for _, said in PARAPHRASES]).T

    found = [PARAPHRASES[i][0] for i in range(len(near)) if int(near[i].argmax()) == i]

    assert len(found) >= 25, sorted({word for word, _ in PARAPHRASES} - set(found))  # shipped: 27; without lessons: 23


@pytest.mark.parametrize(
    ("one", "other"), [("koennten", "könnten"), ("STRASSE", "Straße"), ("Bürger*innen", "Bürgerinnen")]
)
def test_spellings_of_a_word_have_one_vector(encoder: Encoder, one: str, other: str) -> None:
    np.testing.assert_allclose(*encoder.encode([one, other]), atol=1e-6)


def test_an_encoder_is_a_langchain_embeddings(encoder: Encoder) -> None:
    assert isinstance(encoder, Embeddings)
    assert encoder.embed_documents([TEXTS[0]])[0] == encoder.embed_query(TEXTS[0])
    assert len(encoder.embed_query(TEXTS[0])) == encoder.dimensions


def test_model2vec_itself_gives_the_same_vectors_from_the_files(encoder: Encoder) -> None:
    from model2vec import StaticModel

    np.testing.assert_allclose(StaticModel.from_pretrained(SHIPPED).encode(TEXTS), encoder.encode(TEXTS), atol=1e-3)


@pytest.mark.filterwarnings("ignore")  # what foreign packages warn of while they are imported is theirs
def test_sentence_transformers_gives_the_same_vectors_from_the_files(encoder: Encoder) -> None:
    foreign = pytest.importorskip("sentence_transformers")

    vectors = foreign.SentenceTransformer(str(SHIPPED), device="cpu").encode(TEXTS)

    np.testing.assert_allclose(vectors, encoder.encode(TEXTS), atol=1e-3)


@pytest.mark.filterwarnings("ignore")
def test_any_sentence_transformers_folder_is_an_encoder() -> None:
    pytest.importorskip("langchain_huggingface")
    pytest.importorskip("sentence_transformers")

    other = load_encoder(str(SHIPPED))

    assert isinstance(other, SentenceTransformerEncoder)
    assert other.fingerprint == load_encoder(str(SHIPPED)).fingerprint != load_encoder("bundled").fingerprint
    np.testing.assert_allclose(other.encode(TEXTS), load_encoder("bundled").encode(TEXTS), atol=1e-3)


@pytest.mark.filterwarnings("ignore")
def test_an_unknown_encoder_is_an_error_and_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable) as caught:
        load_encoder(str(tmp_path / "gibt" / "es" / "nicht"))

    assert "nicht" in str(caught.value)
    assert caught.value.hint


def test_a_damaged_model_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"kaputt")
    (tmp_path / "tokenizer.json").write_bytes((SHIPPED / "tokenizer.json").read_bytes())

    with pytest.raises(EncoderUnavailable):
        BundledEncoder(tmp_path)


def test_the_bundled_files_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 10_000_000


class OneWord(Encoder):
    """An encoder that knows one word; its vector is not of length 1, so a check must refuse it."""

    name = "one-word"
    dimensions = 2

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 2), 3.0, dtype=np.float32)


def test_vectors_that_are_not_of_length_one_are_refused() -> None:
    from ingest.embedding import _check

    with pytest.raises(EncoderUnavailable):
        _check(OneWord())
