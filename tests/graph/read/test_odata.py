"""Records of the Tweede Kamer: what a field states is a reference at its words; other JSON is refused."""

import json

import pytest

from graph import paper
from graph.describe import describe
from graph.read import ReadError, read_bytes

RECORD = {
    "Nummer": "2024Z03622",
    "Soort": "Motie",
    "Titel": "Rechtsstaat",
    "Onderwerp": "Motie van het lid El Abassi over griffierechten",
    "GestartOp": "2024-03-06T00:00:00+01:00",
    "Document": [
        {
            "DocumentNummer": "2024D08494",
            "Soort": "Motie",
            "Onderwerp": "Motie over griffierechten",
            "Datum": "2024-03-06T00:00:00+01:00",
            "HuidigeDocumentVersie": {"ExterneIdentifier": "kst-29279-841"},
        }
    ],
    "ZaakActor": [
        {
            "ActorNaam": "I. el Abassi",
            "ActorFractie": "DENK",
            "Relatie": "Indiener",
            "Persoon_Id": "613b7cb2-ef05-495d-a831-dfa4b9d8d8e6",
        }
    ],
    "Kamerstukdossier": [{"Nummer": 29279, "Toevoeging": None}],
}


def read(record: object):
    return read_bytes("zaak.json", json.dumps(record).encode())


@pytest.fixture
def found(tmp_path):
    path = tmp_path / "zaak.json"
    path.write_text(json.dumps(RECORD))
    return paper(path)


def test_a_zaak_is_a_paper_under_its_own_address(found) -> None:
    profile = found.profile
    assert profile.iri == "https://www.tweedekamer.nl/kamerstukken/detail?id=2024Z03622"
    assert (profile.id, profile.sort, str(profile.date), profile.dossier) == (
        "2024Z03622",
        "zaak",
        "2024-03-06",
        "29279",
    )


def test_fields_are_references_at_their_words(found) -> None:
    stated = [(found.document[link.span], link.kind, link.id) for link in found.links if link.rule == "record"]
    assert stated == [
        ("2024D08494", "document", "2024D08494"), ("kst-29279-841", "kamerstuk", "kst-29279-841"),
        ("I. el Abassi", "member", "person:el-abassi"), ("29279", "dossier", "dossier-29279"),
    ]  # fmt: skip
    assert found.document.place(found.document.text.index("2024D08494")) == "$.Document[0].DocumentNummer"


def test_the_facts_join_the_papers_of_that_number(found) -> None:
    lines = describe(found).lines
    zaak, kst = (
        "<https://www.tweedekamer.nl/kamerstukken/detail?id=2024Z03622>",
        "<https://zoek.officielebekendmakingen.nl/kst-29279-841>",
    )
    assert f"{zaak} <https://w3id.org/kamergraaf/ontology#hasPaper> {kst} ." in lines
    assert f'{kst} <http://purl.org/dc/terms/title> "Motie over griffierechten" .' in lines
    assert (
        f"<https://www.tweedekamer.nl/kamerstukken/detail?did=2024D08494> <http://www.w3.org/2002/07/owl#sameAs> {kst} ."
        in lines
    )


def test_a_list_of_records_is_read_whole() -> None:
    document = read({"value": [RECORD, {"DocumentNummer": "2024D00001", "Onderwerp": "Brief"}]})
    assert [each.id for each in document.given if each.kind in ("zaak", "document")] == [
        "2024Z03622",
        "2024D08494",
        "2024D00001",
    ]
    assert "number" not in document.metadata


@pytest.mark.parametrize(("data", "reason"), [
    (b'{"a": 1}', "no record"),
    (b"[1, 2]", "no record"),
    (b'{"Nummer": "2024Z03622"', "damaged"),
    (b"[" * 100_000 + b"]" * 100_000, "nested"),
])  # fmt: skip
def test_other_json_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_bytes("a.json", data)


@pytest.mark.parametrize("value", [None, [], {}, 3, True, "x", ["x"], {"DocumentNummer": ["x"]}])
def test_fields_of_another_shape_harm_nothing(value: object) -> None:
    for field in ("Document", "ZaakActor", "Kamerstukdossier", "Titel", "GestartOp", "Zaak"):
        assert read({**RECORD, field: value}).metadata["number"] == "2024Z03622"
