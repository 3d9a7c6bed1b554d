"""What the head of a paper says: kind, number, date, chamber, addressee, who asks whom, who signed, subject; and where it was found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exports.validation import validate
from graph import Graph, Paper, paper

LETTER = """Ministerie van Defensie

> Retouradres Postbus 20701 2500 ES Den Haag

De Voorzitter van de Tweede Kamer
der Staten-Generaal
Plein 2
2511 CR Den Haag

Datum 3 februari 2025
Betreft Voortgang van het wapenbeheersingsplan
en de planning voor dit jaar

Geachte voorzitter,

Hierbij zend ik u het plan. Zie ook Kamerstuk 33279-40.

De minister van Defensie,



R.P. Brekelmans
"""
OLD = """20 072

Nr. 3

BRIEF VAN DE STAATSSECRETARIS VAN BINNENLANDSE ZAKEN

Aan de Voorzitter van de Eerste Kamer der Staten-Generaal

's-Gravenhage, 19 oktober 1988

Hierbij zend ik u de resultaten.
De Staatssecretaris van Binnenlandse Zaken, D. IJ. W. de Graaff-Nauta
"""
QUESTIONS = """2024Z18884

(ingezonden 20 november 2024)

Vragen van het lid Bamenga (D66) aan de minister voor Buitenlandse Handel en Ontwikkelingshulp over een bericht in de krant

Bent u bekend met het bericht? Wat vindt de minister van Defensie daarvan?
"""

ANSWER = (
    "Aanhangsel van de Handelingen\nVragen gesteld door leden van de Kamer, met de daarop door de\nRegering gegeven antwoorden\n228\n"
    "Vraag van het lid Keja (V.V.D.) over een zendschip. (Ingezonden 4 augustus 1981)\nIs dat zo?\nAntwoord\n"
    "Antwoord van Minister De Ruiter (Justitie). (Ontvangen 10 augustus 1981)\nJa. Minister Brinkhorst (Economische Zaken) zei dat al.\n"
)
CHAMBERS = [
    ("kst-33279-40\n\nTekst.", "tweede-kamer", "its number"),
    ("kst-33279-A\n\nTekst.", "eerste-kamer", "its number"),
    ("Eerste Kamer der Staten-Generaal\n\nTekst.", "eerste-kamer", "its heading"),
    ("Zomaar een tekst over de Tweede Kamer.", None, ""),
]
DATES = [
    ("Den Haag, 3 februari 2025\n\nTekst.", {"place and date"}),
    ("Antwoord van de minister (ontvangen 3 februari 2025).", {"ontvangen"}),
    ("Zomaar een tekst van 3 februari 2025.", None),
]


def told(text: str, tmp_path: Path, fresh: Path, name: str = "a.txt") -> tuple[Paper, dict[str, set[str]]]:
    """The paper, and what the graph says of it, by the local name of the property."""
    shutil.copytree(fresh, tmp_path / "store")
    (tmp_path / name).write_text(text, "utf-8")
    found = paper(tmp_path / name)
    with Graph.open(tmp_path / "store", write=True) as graph:
        graph.build([tmp_path / name])
        rows = graph.query(f"SELECT ?p ?o {{ GRAPH ?g {{ <{found.profile.iri}> ?p ?o }} }}", "tsv").decode()
    said: dict[str, set[str]] = {}
    for row in rows.splitlines()[1:]:
        prop, value = row.split("\t")
        said.setdefault(prop.strip("<>").replace("#", "/").rpartition("/")[2], set()).add(
            value.strip('<>"').rpartition("/")[2] if value.startswith("<") else value.strip('"')
        )
    return found, said


def test_a_letter_tells_kind_date_subject_addressee_and_who_signed(tmp_path: Path, fresh: Path) -> None:
    found, said = told(LETTER, tmp_path, fresh)
    assert (found.profile.sort, str(found.profile.date)) == ("letter", "2025-02-03")
    assert "letter" in said["type"]
    assert len(said["datedBy"]) == 1
    assert said["subject"] == {"Voortgang van het wapenbeheersingsplan en de planning voor dit jaar"}
    assert said["addressedTo"] == {"tweede-kamer"}
    assert said["signedBy"] == {"brekelmans_rp"}


def test_a_letter_to_the_other_chamber_is_addressed_to_it(tmp_path: Path, fresh: Path) -> None:
    _, said = told(OLD, tmp_path, fresh)
    assert said["addressedTo"] == {"eerste-kamer"}
    assert said["signedBy"] == {"de-graaff-nauta"}
    assert "1988-10-19" in str(said["date"])


def test_questions_without_numbers_tell_who_asks_whom_about_what(tmp_path: Path, fresh: Path) -> None:
    _, said = told(QUESTIONS, tmp_path, fresh)
    assert said["subject"] == {"een bericht in de krant"}
    assert len(said["askedBy"]) == 1
    assert said["addressedTo"] == {"minister-buitenlandse-handel-en-ontwikkelingshulp"}
    assert "minister-defensie" in said["mentionsPost"]


def test_the_zaak_above_questions_is_their_own_and_above_answers_a_reference() -> None:
    asked = paper(QUESTIONS)
    assert (asked.profile.id, asked.profile.id_reason) == ("kv-tk-2024Z18884", "the number above its questions")
    assert not any(link.kind == "zaak" for link in asked.links)
    answered = paper(QUESTIONS + "\nAntwoord van minister Klever\n\nJa.\n")
    assert [link.id for link in answered.links if link.kind == "zaak"] == ["2024Z18884"]


@pytest.mark.parametrize(("text", "chamber", "by"), CHAMBERS)
def test_the_chamber_is_told_where_something_tells_it(
    text: str, chamber: str | None, by: str, tmp_path: Path, fresh: Path
) -> None:
    found, said = told(text, tmp_path, fresh)
    assert found.profile.chamber_reason == by
    assert said.get("ofChamber", {None}) == {chamber}


def test_the_name_of_the_file_is_used_last_and_that_is_recorded(tmp_path: Path, fresh: Path) -> None:
    _, said = told("Een tekst zonder nummer.", tmp_path, fresh, "kst-33279-40.txt")
    assert said["identifiedBy"] == {"the name of the file"}


def test_who_answers_signs_wherever_that_is_written(tmp_path: Path, fresh: Path) -> None:
    """As in older papers, where question and answer are one column and nothing sets the heading of the answer apart."""
    found, said = told(ANSWER, tmp_path, fresh)
    assert found.profile.sort == "answer"
    assert {person.split("_")[0] for person in said["signedBy"]} == {"de-ruiter"}


@pytest.mark.parametrize(("text", "by"), DATES)
def test_the_graph_says_how_a_date_is_known(text: str, by: set[str] | None, tmp_path: Path, fresh: Path) -> None:
    found, said = told(text, tmp_path, fresh)
    assert said.get("datedBy") == by
    assert (found.profile.date is None) == (by is None)


def test_the_speaker_in_running_text_is_no_addressee() -> None:
    assert paper("De voorzitter van de Tweede Kamer zei niets.\nAan de Voorzitter is gevraagd.").links == ()


def test_all_that_heads_say_keeps_to_the_shapes(tmp_path: Path, fresh: Path) -> None:
    shutil.copytree(fresh, tmp_path / "store")
    (tmp_path / "papers").mkdir()
    texts = [LETTER, OLD, QUESTIONS, ANSWER, *(text for text, *_ in CHAMBERS), *(text for text, _ in DATES)]
    for number, text in enumerate(texts):
        (tmp_path / "papers" / f"{number}.txt").write_text(text, "utf-8")
    with Graph.open(tmp_path / "store", write=True) as graph:
        assert not graph.build([tmp_path / "papers"]).failed
        assert len(list(graph.store.papers())) > 5
        assert validate(graph.store) == []


@pytest.mark.parametrize(
    "foot",
    [
        "16 april 2024 / TK 65 / 65-4-1",
        "16 april 2024\tTK 65\t65-4-1",
        "16 april 2024\nTK 65\n65-4-1",
        "Tweede Kamer 16 april 2024 TK 65 65-4-1",
        "TK 65 16 april 2024 65-4-1",
        "16 April 2024 | TK 65 | 65-4-12",
    ],
)
def test_the_foot_of_handelingen_gives_day_and_number(tmp_path: Path, foot: str) -> None:
    path = tmp_path / "verslag.txt"
    path.write_text(f"De heer Jansen (VVD):\nVoorzitter. Ik dank u.\n\n{foot}\n", "utf-8")
    found = paper(path).profile
    assert (found.id, str(found.date)) == ("h-tk-20232024-65-4", "2024-04-16")
    assert (found.id_reason, found.date_reason) == ("its page feet", "its page feet")


@pytest.mark.parametrize(
    "feet",
    [
        "16 april 2024 / TK 65 / 66-4-1",
        "16 april 2024 / TK 65 / 65-4-1\n16 april 2024 / TK 65 / 65-5-2",
        "TK 65 / 65-4-1",
        "31 april 2024 / TK 65 / 65-4-1",
    ],
)
def test_feet_that_do_not_agree_give_no_number(tmp_path: Path, feet: str) -> None:
    path = tmp_path / "verslag.txt"
    path.write_text(f"Voorzitter. Ik dank u.\n\n{feet}\n", "utf-8")
    assert paper(path).profile.id is None
