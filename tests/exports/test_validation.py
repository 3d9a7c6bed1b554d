"""Validation of a graph on disk: what is right passes, what is broken is named with its graph, in three forms."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph as Rdf
from rdflib.namespace import RDF, SH
from typer.testing import CliRunner

import graph
from exports import validation
from exports.cli import app
from exports.validation import turtle, validate
from graph import Graph
from ontology.terms import PREFIXES

SAMPLES = Path(graph.__file__).parent / "samples"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("right")
    with Graph.open(folder, write=True) as made:
        made.build([SAMPLES])
    return folder


@pytest.fixture(scope="module")
def broken(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph with three faults in one paper: a quote that is too long, an edge without a mention, a rule too many."""
    store = Path(shutil.copytree(store, tmp_path_factory.mktemp("wrong") / "store"))
    with Graph.open(store, write=True) as made:
        paper = next(iter(made.store.papers()))
        quads = made.store.quads
        named, where = NamedNode(paper), NamedNode(paper)
        exact = NamedNode(f"{PREFIXES['oa']}exact")
        quad = next(iter(quads.quads_for_pattern(None, exact, None, where)))
        assert isinstance(quad.object, Literal)
        quads.remove(quad)
        quads.add(Quad(quad.subject, exact, Literal(quad.object.value + "!"), where))
        quads.add(Quad(named, NamedNode(f"{PREFIXES['kg']}cites"), NamedNode("https://example.org/x"), where))
        mention = next(
            iter(quads.quads_for_pattern(None, NamedNode(f"{PREFIXES['oa']}hasTarget"), None, where))
        ).subject
        rule = NamedNode(f"{PREFIXES['kg']}rule")
        quads.add(Quad(mention, rule, NamedNode("https://w3id.org/kamergraaf/rule/law/named"), where))
        quads.add(Quad(mention, rule, NamedNode("https://w3id.org/kamergraaf/rule/law/stated"), where))
    return store


FAULTS = ["as long as the place", "no mention in it says so", "exactly one rule"]


def findings(folder: Path, processes: int | None = None) -> list[validation.Finding]:
    with Graph.open(folder) as made:
        return validate(made.store, processes)


def named(found: list[validation.Finding]) -> Iterator[bool]:
    for fault in FAULTS:
        yield any(fault in each.message for each in found)


def test_the_sample_papers_conform(store: Path) -> None:
    assert findings(store) == []
    told = Rdf().parse(data=turtle([]), format="turtle")
    assert [bool(each) for each in told.objects(None, SH.conforms)] == [True]


@pytest.mark.slow
def test_faults_are_found_in_their_graph(broken: Path) -> None:
    found = findings(broken)
    assert all(named(found)), found
    assert {each.graph for each in found} == {found[0].graph}
    assert all(each.dutch and each.message != each.dutch for each in found)
    told = Rdf().parse(data=turtle(found), format="turtle")
    assert len(list(told.subjects(RDF.type, SH.ValidationResult))) == len(found)


@pytest.mark.torture
def test_processes_side_by_side_find_the_same(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = findings(broken)
    monkeypatch.setattr(validation, "_FEW", 0)
    assert findings(broken, processes=2) == alone


@pytest.mark.slow
def test_the_command_writes_a_table_json_or_turtle(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = findings(broken)
    monkeypatch.setattr(validation, "validate", lambda _, progress=None: found)
    monkeypatch.setenv("COLUMNS", "200")
    run = CliRunner().invoke
    rows = run(app, ["validate", "--store", str(broken), "--format", "json"])
    assert rows.exit_code == 1
    assert all(named([validation.Finding(**each) for each in json.loads(rows.stdout)]))
    report = run(app, ["validate", "--store", str(broken), "--format", "turtle"])
    assert (None, SH.conforms, None) in Rdf().parse(data=report.stdout, format="turtle")
    table = run(app, ["validate", "--store", str(broken)])
    assert "3 findings" in table.stdout
