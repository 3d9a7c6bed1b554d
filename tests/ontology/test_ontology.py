"""The ontology: every term explained in two languages, none undefined, no contradiction."""

from pathlib import Path

import owlrl
import pytest
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, RdfFormat, serialize
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

import graph as package
import ontology
from graph import Graph as Store
from ontology.terms import KG as KG_IRI

HERE = Path(ontology.__file__).parent
KG = Namespace(KG_IRI)
ONTOLOGY = Graph().parse(HERE / "kamergraaf.ttl")
CLASSES = sorted(ONTOLOGY.subjects(RDF.type, OWL.Class), key=str)
PROPERTIES = sorted(
    {*ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty), *ONTOLOGY.subjects(RDF.type, OWL.DatatypeProperty)},
    key=str,
)
TERMS = [*CLASSES, *PROPERTIES]

EXAMPLE = f"""
@base <https://w3id.org/kamergraaf/> .
@prefix kg: <{KG_IRI}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
<doc> a kg:Aanhangsel ; kg:cites <kst> ; kg:answers <zaak> ; kg:invokesTreaty <treaty/npt>
    ; kg:signedBy <person/a> .
<doc#a6> a kg:Answer ; dcterms:isPartOf <doc> ; kg:answersQuestion <doc#q6> ; kg:hasNote <doc#n1> .
<doc#m> a kg:Mention ; oa:hasBody <zaak> ; oa:hasTarget <doc#p> ; kg:rule <rule/stated> ;
    kg:holder <person/a> .
<doc#p> oa:start 1 ; oa:end 2 .
<term/t> a kg:Term ; org:member <person/a> ; kg:post <post/m> ; kg:party <party/p> .
"""


def reason(graph: Graph) -> list[str]:
    """What an OWL 2 RL reasoner has against the graph."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(text) for text in graph.objects(None, errors)]


def example() -> Graph:
    return Graph().parse(HERE / "kamergraaf.ttl").parse(data=EXAMPLE, format="turtle")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(KG_IRI))
def test_terms_are_labelled_and_defined_in_both_languages(term: URIRef) -> None:
    assert term.startswith(KG_IRI)
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(str(getattr(text, "language", "")) for text in ONTOLOGY.objects(term, predicate)) == [
            "en",
            "nl",
        ]
    assert ONTOLOGY.value(term, SKOS.example)
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == URIRef(KG_IRI.removesuffix("#"))


def test_labels_of_classes_are_their_own() -> None:
    labels = [label.n3() for term in CLASSES for label in ONTOLOGY.objects(term, RDFS.label)]
    assert sorted(labels) == sorted(set(labels))


def test_only_defined_terms_are_used() -> None:
    graphs = [ONTOLOGY, Graph().parse(HERE / "shapes.ttl")]
    graphs += [Graph().parse(path) for path in (HERE / "registers").glob("*.ttl")]
    used = {term for graph in graphs for triple in graph for term in triple if isinstance(term, URIRef) and term in KG}
    assert used - set(TERMS) == set()


def test_no_class_or_property_is_below_itself() -> None:
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in TERMS:
            above = set(ONTOLOGY.objects(term, relation))
            assert term not in {high for one in above for high in ONTOLOGY.transitive_objects(one, relation)}


def test_the_ontology_says_what_it_is() -> None:
    (itself,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert ONTOLOGY.value(itself, OWL.versionIRI) == URIRef(f"{itself}/{ONTOLOGY.value(itself, OWL.versionInfo)}")
    assert ONTOLOGY.value(itself, DCTERMS.creator) == Literal("Kamergraaf")
    assert "EUPL-1.2" in str(ONTOLOGY.value(itself, DCTERMS.license))


def test_a_reasoner_finds_no_contradiction_and_draws_the_general_edges() -> None:
    graph = example()
    assert reason(graph) == []
    doc, base = URIRef("https://w3id.org/kamergraaf/doc"), "https://w3id.org/kamergraaf/"
    assert (doc, DCTERMS.references, URIRef(base + "treaty/npt")) in graph
    assert (doc, URIRef("http://purl.org/spar/cito/repliesTo"), URIRef(base + "zaak")) in graph
    assert (
        URIRef(base + "doc#q6"),
        URIRef("https://schema.org/acceptedAnswer"),
        URIRef(base + "doc#a6"),
    ) in graph


@pytest.mark.slow
def test_a_reasoner_finds_no_contradiction_in_the_graph_of_the_sample_papers(tmp_path: Path) -> None:
    """All of it: papers, what was built, texts, registers, rules and the ontology itself.

    But for names and texts: of the text of a property on which the ontology says nothing, a reasoner has nothing to say.
    """
    told = {NamedNode(str(term)) for term in {*ONTOLOGY.subjects(), *ONTOLOGY.objects()} if isinstance(term, URIRef)}
    with Store.open(tmp_path, write=True) as made:
        made.build([Path(package.__file__).parent / "samples"])
        quads = [
            quad.triple for quad in made.store.quads if quad.predicate in told or not isinstance(quad.object, Text)
        ]
    whole = Graph().parse(data=serialize(quads, format=RdfFormat.N_TRIPLES), format="nt")
    assert (None, RDF.type, KG.Rule) in whole
    assert reason(whole) == []


def test_a_source_of_a_definition_has_an_address() -> None:
    sources = list(ONTOLOGY.subject_objects(DCTERMS.source))
    assert len(sources) > 25
    assert all(isinstance(source, URIRef) for _, source in sources)


def test_a_reasoner_does_find_a_contradiction_that_is_there() -> None:
    graph = example()
    graph.add((URIRef("https://w3id.org/kamergraaf/doc"), RDF.type, KG.Person))
    assert reason(graph) != []


def test_blank_nodes_hold_nothing_but_disjointness() -> None:
    kinds = {ONTOLOGY.value(node, RDF.type) for node in ONTOLOGY.subjects() if isinstance(node, BNode)}
    assert kinds <= {OWL.AllDisjointClasses, None}
