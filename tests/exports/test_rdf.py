"""Every file reads back, by two libraries that share no code, to the graph that it was written from."""

from __future__ import annotations

import io
import shutil
from functools import partial
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from conftest import Run
from rdflib.compare import isomorphic, to_isomorphic

from exports import rdf
from exports.sorting import in_order
from graph import Graph
from graph.named_graphs import OWN_GRAPHS
from graph.store import Store
from ontology.terms import KG, PREFIXES

FORMS = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}
"""Our names of the formats, and those of rdflib."""
UNIONS = ("turtle", "ntriples", "rdfxml")
"""Those without named graphs."""
Statement = tuple[str, ...]


def written(store: Store, form: str, *, everything: bool = False) -> bytes:
    out = io.BytesIO()
    rdf.write(store, form, out, everything)
    return out.getvalue()


def expected(store: Store, form: str) -> set[Statement]:
    """What papers say, with the graph where the format knows graphs."""
    return {
        said(quad, graph=form not in UNIONS)
        for quad in store.quads
        if isinstance(quad.graph_name, pyoxigraph.NamedNode) and quad.graph_name.value not in OWN_GRAPHS
    }


def said(quad: pyoxigraph.Quad, *, graph: bool) -> Statement:
    triple = str(quad.subject), str(quad.predicate), str(quad.object)
    return (*triple, str(quad.graph_name)) if graph else triple


@pytest.mark.parametrize("form", FORMS)
def test_pyoxigraph_reads_it_back(samples: Graph, form: str) -> None:
    quads = pyoxigraph.parse(written(samples.store, form), rdf.FORMATS[form])
    assert {said(quad, graph=form not in UNIONS) for quad in quads} == expected(samples.store, form)


@pytest.mark.parametrize("form", FORMS)
def test_rdflib_reads_it_back(samples: Graph, form: str) -> None:
    data = rdflib.Dataset()
    data.parse(data=written(samples.store, form), format=FORMS[form])
    found = set()
    for subject, predicate, value, graph in data.quads():
        if isinstance(value, rdflib.Literal):
            datatype = pyoxigraph.NamedNode(value.datatype) if value.datatype else None
            term: pyoxigraph.Literal | pyoxigraph.NamedNode = (
                pyoxigraph.Literal(str(value), language=value.language)
                if value.language
                else pyoxigraph.Literal(str(value), datatype=datatype)
            )
        else:
            term = pyoxigraph.NamedNode(str(value))
        triple = f"<{subject}>", f"<{predicate}>", str(term)
        found.add(triple if form in UNIONS else (*triple, f"<{graph}>"))
    assert found == expected(samples.store, form)


def test_all_of_it_reads_back_with_its_nodes_without_address(samples: Graph) -> None:
    whole = pyoxigraph.Dataset(
        pyoxigraph.parse(written(samples.store, "nquads", everything=True), rdf.FORMATS["nquads"])
    )
    stored = pyoxigraph.Dataset(samples.store.quads)
    for dataset in (whole, stored):
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert whole == stored


def test_turtle_is_the_union_of_trig(samples: Graph) -> None:
    turtle = rdflib.Graph().parse(data=written(samples.store, "turtle"), format="turtle")
    trig = rdflib.Dataset(default_union=True)
    trig.parse(data=written(samples.store, "trig"), format="trig")
    union = rdflib.Graph()
    for triple in trig.triples((None, None, None)):
        union.add(triple)
    assert isomorphic(to_isomorphic(turtle), to_isomorphic(union))


@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_people_can_read_it(samples: Graph, form: str) -> None:
    text = written(samples.store, form).decode()
    assert "@prefix kg: <https://w3id.org/kamergraaf/ontology#> ." in text
    assert "kg:invokesTreaty <https://w3id.org/kamergraaf/treaty/npt>" in text
    assert "<https://w3id.org/kamergraaf/ontology#" not in text.partition("@prefix kg:")[2].partition("\n")[2]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(samples: Graph, built: Path, form: str) -> None:
    one = written(samples.store, form)
    with Graph.open(built) as again:
        assert written(again.store, form) == one


def test_an_empty_graph_is_a_file_too(fresh: Path) -> None:
    with Graph.open(fresh) as graph:
        for form in FORMS:
            data = rdflib.Dataset()
            data.parse(data=written(graph.store, form), format=FORMS[form])
            assert len(data) == 0


@pytest.mark.slow
def test_memory_does_not_grow_with_the_graph(samples: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is spilled to disk and merged gives the same bytes as what was sorted in memory."""
    whole = {form: written(samples.store, form, everything=True) for form in FORMS}
    monkeypatch.setattr(rdf, "in_order", partial(in_order, most=10_000))
    assert {form: written(samples.store, form, everything=True) for form in FORMS} == whole


@pytest.mark.parametrize("form", FORMS)
def test_the_order_is_by_subject_its_type_first(samples: Graph, form: str) -> None:
    """The engine itself, given the statements in order, writes the same."""
    found = sorted(
        (quad for quad in samples.store.quads if quad.graph_name.value not in OWN_GRAPHS),
        key=lambda quad: (
            quad.graph_name.value if form not in UNIONS else "",
            str(quad.subject),
            not quad.predicate.value.endswith("#type"),
            str(quad.predicate),
            str(quad.object),
        ),
    )
    given = dict.fromkeys(quad.triple for quad in found) if form in UNIONS else found
    prefixes = None if form in ("nquads", "ntriples") else PREFIXES
    assert written(samples.store, form) == pyoxigraph.serialize(given, format=rdf.FORMATS[form], prefixes=prefixes)


@pytest.mark.parametrize(
    ("name", "same"), [("ttl", "turtle"), ("nt", "ntriples"), ("xml", "rdfxml"), ("rdfxml", "rdfxml")], ids=str
)
def test_formats_have_their_usual_names(
    run: Run, built: Path, samples: Graph, tmp_path: Path, name: str, same: str
) -> None:
    done = run("export", "--format", name, "-o", f"out.{name}", "--store", built)
    assert (done.returncode, done.stderr) == (0, f"out.{name}: 1,241 statements\n")
    data = (tmp_path / f"out.{name}").read_bytes()
    assert data == written(samples.store, same)
    # rdflib knows most of them by these names too
    assert len(rdflib.Graph().parse(data=data, format={"rdfxml": "xml"}.get(name, name))) == 1241


def test_rdf_xml_of_what_xml_cannot_hold_is_sound_and_told(fresh: Path, tmp_path: Path) -> None:
    graph = pyoxigraph.NamedNode("https://example.org/paper")
    label = pyoxigraph.NamedNode(f"{PREFIXES['rdfs']}label")
    values = ["a\x01b", "form\x0cfeed", "\ufffe", " a\n<b>&\r\t]]>", "\ud7ff\ue000\U00010000"]
    with Graph.open(Path(shutil.copytree(fresh, tmp_path / "store")), write=True) as made:
        kind = pyoxigraph.NamedNode(f"{PREFIXES['rdf']}type"), pyoxigraph.NamedNode(f"{KG}Document")
        made.store.quads.add(pyoxigraph.Quad(graph, *kind, graph))
        for value in values:
            for literal in (pyoxigraph.Literal(value), pyoxigraph.Literal(value, language="nl")):
                made.store.quads.add(pyoxigraph.Quad(graph, label, literal, graph))
        changed, out = set[str](), io.BytesIO()
        rdf.write(made.store, "rdfxml", out, everything=True, changed=changed)
    assert changed == set(values[:3])
    read = rdflib.Graph().parse(data=out.getvalue(), format="xml")
    found = {str(value) for value in read.objects(rdflib.URIRef(graph.value), rdflib.RDFS.label)}
    assert found == {"a\ufffdb", "form\ufffdfeed", "\ufffd", *values[3:]}
