"""A register of one's own, from its file to the graph: names found, ours overridden, papers read again when it changes."""

from pathlib import Path

import pytest

import graph
from graph import Graph, RegisterError, references
from graph.named_graphs import REGISTERS

PREFIXES = """@base <https://w3id.org/kamergraaf/> .
@prefix kg: <https://w3id.org/kamergraaf/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SHELL = (
    PREFIXES
    + """<topic/shell> a kg:Topic ;
    skos:notation "shell" ;
    skos:prefLabel "Shell"@nl ;
    skos:altLabel "Koninklijke Olie", "Royal Dutch Shell" ;
    kg:exactName "NAM" ;
    dcterms:source "own list" .
"""
)
TEXT = "Met Shell, de Koninklijke\nOlie en de NAM is gesproken; niet met nam."
SAMPLE = Path(graph.__file__).parent / "samples/brief-kernwapens-belarus.txt"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.ttl").write_text(SHELL, "utf-8")
    return tmp_path / "own.ttl"


def words(*registers: Path) -> list[tuple[str, str | None]]:
    found = references(TEXT, registers=registers)
    return [(TEXT[link.span.start : link.span.end], link.id) for link in found if link.kind == "topic"]


def test_a_topic_is_found_by_each_of_its_names(own: Path) -> None:
    assert words() == []
    assert words(own) == [("Shell", "shell"), ("Koninklijke\nOlie", "shell"), ("NAM", "shell")]
    assert words(own.parent) == words(own)


def test_a_change_is_seen_within_one_program(own: Path) -> None:
    assert len(words(own)) == 3
    own.write_text(SHELL.replace('"NAM"', '"BAM"'), "utf-8")
    assert len(words(own)) == 2


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"nothing\.ttl"):
        references(TEXT, registers=[tmp_path / "nothing.ttl"])


@pytest.mark.slow
def test_a_build_with_a_register_reads_papers_again_when_it_changes(tmp_path: Path, own: Path) -> None:
    paper = tmp_path / "letter.txt"
    paper.write_text(TEXT, "utf-8")

    def build(*registers: Path) -> int:
        with Graph.open(tmp_path / "store", write=True) as made:
            return len(made.build([paper], registers=registers).built)

    assert [build(own), build(own), build(), build()] == [1, 0, 1, 0]
    build(own)
    own.write_text(SHELL.replace('"NAM"', '"BAM"'), "utf-8")
    assert build(own) == 1
    with Graph.open(tmp_path / "store") as made:
        assert b"true" in made.query(
            "PREFIX kg: <https://w3id.org/kamergraaf/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> ASK { GRAPH ?g {"
            " ?g kg:mentionsTopic ?topic . ?topic a kg:Topic . ?mention oa:hasBody ?topic } }"
        )
        edges = {edge for _, _, edge in made.network().edges(keys=True)}
    assert edges == {"mentionsTopic"}


def test_an_entry_that_overrides_ours_takes_its_place_in_the_graph(tmp_path: Path) -> None:
    own = tmp_path / "npt.ttl"
    own.write_text(
        PREFIXES + '<treaty/mine> a kg:Treaty ; skos:notation "npt" ; skos:prefLabel "Atoompact"@nl ;'
        ' dcterms:source "own list" .',
        "utf-8",
    )
    with Graph.open(tmp_path / "store", write=True) as made:
        made.build([SAMPLE], registers=[own])
        answer = made.query(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            f"SELECT ?treaty WHERE {{ GRAPH <{REGISTERS}> {{ ?treaty skos:notation 'npt' }} }}",
            "csv",
        ).decode()
    assert answer.split() == ["treaty", "https://w3id.org/kamergraaf/treaty/mine"]
