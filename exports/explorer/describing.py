"""What the endpoint says of itself: the terms of the SPARQL 1.1 Service Description, and where the dataset is described."""

from __future__ import annotations

import pyoxigraph
from starlette.requests import Request

from graph.answer import TRIPLES
from graph.dataset import DATASET
from graph.named_graphs import BUILDS
from ontology.terms import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}
_GRAPHS = {
    "turtle": "Turtle", "ntriples": "N-Triples", "rdfxml": "RDF_XML", "jsonld": "JSON-LD", "trig": "TriG", "nquads": "N-Quads",
}  # fmt: skip
"""The names of our formats in the list of the W3C of unique addresses for file formats."""


def describe_service(request: Request, form: str) -> bytes:
    """The description of the service at the address of a request, in a format of graph.answer.TRIPLES.

    It names no federated queries and no graphs fetched from elsewhere, since there are none.
    """
    node, endpoint = pyoxigraph.NamedNode, str(request.url.replace(query="", fragment=""))
    service, dataset, graph = pyoxigraph.BlankNode("service"), node(DATASET), pyoxigraph.BlankNode("graph")
    kind, void = (
        node(f"{PREFIXES['rdf']}type"),
        str(request.url.replace(path="/.well-known/void", query="", fragment="")),
    )

    languages = ["SPARQL11Query", *(["SPARQL11Update"] if getattr(request.app.state, "writer", None) else [])]

    def sd(name: str) -> pyoxigraph.NamedNode:
        return node(f"{_SD}{name}")

    said: list[
        tuple[
            pyoxigraph.NamedNode | pyoxigraph.BlankNode,
            pyoxigraph.NamedNode,
            pyoxigraph.NamedNode | pyoxigraph.BlankNode,
        ]
    ] = [
        (service, kind, sd("Service")),
        (service, sd("endpoint"), node(endpoint)),
        *((service, sd("supportedLanguage"), sd(name)) for name in languages),
        (service, sd("feature"), sd("UnionDefaultGraph")),
        *((service, sd("resultFormat"), node(f"{_FORMATS}{name}")) for name in (*_RESULTS.values(), *_GRAPHS.values())),
        (service, sd("defaultDataset"), dataset),
        (dataset, kind, sd("Dataset")),
        (dataset, kind, node(f"{PREFIXES['void']}Dataset")),
        (dataset, sd("defaultGraph"), graph),
        (graph, kind, sd("Graph")),
        (dataset, node(f"{PREFIXES['void']}sparqlEndpoint"), node(endpoint)),
        (dataset, node(f"{PREFIXES['rdfs']}seeAlso"), node(void)),
    ]
    triples = (pyoxigraph.Triple(*each) for each in said)
    return pyoxigraph.serialize(triples, format=TRIPLES[form], prefixes=PREFIXES | {"sd": _SD}) or b""


def dataset_query() -> str:
    """The query for what the graph says of itself as a dataset."""
    within = f'FILTER (STRSTARTS(STR(?part), "{DATASET}"))'
    return f"CONSTRUCT {{ ?part ?p ?o }} WHERE {{ GRAPH <{BUILDS}> {{ ?part ?p ?o {within} }} }}"
