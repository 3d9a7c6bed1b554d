"""Check the graph against the shapes of the ontology (SHACL), with findings in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import rdflib

import ontology
from graph.store import TEXTS, Store
from ontology.terms import PREFIXES

SHAPES = Path(ontology.__file__).parent / "shapes.ttl"
_SH = rdflib.Namespace(PREFIXES["sh"])


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the graph is not as the shapes say: the node, what is wrong, and the value that is."""

    node: str
    message: str
    value: str


def validate(store: Store) -> list[Finding]:
    """The findings over all papers, sources and registers; none means that the graph conforms."""
    import pyshacl

    data = rdflib.Graph()
    for quad in store.quads.quads_for_pattern(None, None, None):
        if quad.graph_name != pyoxigraph.NamedNode(TEXTS):
            data.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(SHAPES), advanced=True, inference="none")
    found = []
    for result in report.subjects(rdflib.RDF.type, _SH.ValidationResult):
        messages = sorted(
            report.objects(result, _SH.resultMessage),
            key=lambda text: (getattr(text, "language", "") != "en", str(text)),
        )
        found.append(
            Finding(
                str(report.value(result, _SH.focusNode)),
                str(messages[0]) if messages else "",
                str(report.value(result, _SH.value) or ""),
            )
        )
    return sorted(found, key=lambda finding: (finding.message, finding.node, finding.value))


def _rdflib(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple,
) -> rdflib.term.Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == f"{PREFIXES['xsd']}string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
    raise TypeError(f"the shapes do not speak of {type(term).__name__}")
