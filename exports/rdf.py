"""The graph as RDF files: Turtle, TriG, N-Quads, JSON-LD, always in the same order.

Sorted by subject, property and object, with prefixes: two builds of the same papers give the same bytes, and a change in
one paper shows as a small difference. Only papers are written, unless all is asked for (texts, sources, registers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyoxigraph

from graph.store import BUILDS, REGISTERS, TEXTS, Store
from ontology.terms import PREFIXES

FORMATS: dict[str, pyoxigraph.RdfFormat] = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
"""The formats by the names that the command line uses."""

_TYPE = f"<{PREFIXES['rdf']}type>"


def write(store: Store, form: str, out: BinaryIO, everything: bool = False) -> int:
    """Write the graph in one of FORMATS and give the number of statements. Turtle has no named graphs: it holds their union."""
    graphs = sorted(store.papers()) + ([BUILDS, REGISTERS, TEXTS] if everything else [])
    found = [(graph, _statements(store, graph)) for graph in graphs]
    statements: list[Any] = list(_union(found) if form == "turtle" else _by_graph(found))
    prefixes = None if form == "nquads" else PREFIXES
    pyoxigraph.serialize(statements, output=out, format=FORMATS[form], prefixes=prefixes)
    return len(statements)


def _in_order(triple: pyoxigraph.Triple) -> tuple[str, bool, str, str]:
    """The place of a triple in a file: by subject, its type first."""
    predicate = str(triple.predicate)
    return str(triple.subject), predicate != _TYPE, predicate, str(triple.object)


def _statements(store: Store, graph: str) -> list[pyoxigraph.Quad]:
    """The statements of a named graph. Nodes without an address, which only registers have, get the same names each time."""
    quads = list(store.quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)))
    if graph != REGISTERS:
        return quads
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def _union(found: Iterable[tuple[str, list[pyoxigraph.Quad]]]) -> list[pyoxigraph.Triple]:
    return sorted({quad.triple for _, quads in found for quad in quads}, key=_in_order)


def _by_graph(found: Iterable[tuple[str, list[pyoxigraph.Quad]]]) -> Iterator[pyoxigraph.Quad]:
    for _, quads in found:
        yield from sorted(quads, key=lambda quad: _in_order(quad.triple))
