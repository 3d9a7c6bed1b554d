"""What is counted of a graph, each defined once for all surfaces: `build`, `info`, `measure`, `serve`.

A *paper* is a document that was read: twins and renditions of one are the same paper from several files. A *mention* is one
place in a paper at which a rule of recognition fired, resolved or not. A *statement* is a quad; those about papers stand in the
graphs of papers, those in registers in the graph of registers.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph

from graph.named_graphs import OWN_GRAPHS, REGISTERS
from graph.store import Store, value
from ontology.terms import PREFIXES


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in a graph."""

    papers: int
    files: int
    mentions: int
    statements: int
    registers: int


@dataclass(frozen=True, slots=True)
class Referred:
    """How much something is referred to: the number of distinct papers that do, and how often they do."""

    papers: int
    mentions: int


def counts(store: Store) -> Counts:
    """Count papers, files they came from, mentions, statements about papers and statements in registers."""
    own = " ".join(f"<{graph}>" for graph in OWN_GRAPHS)
    return Counts(
        sum(1 for _ in store.papers()),
        len(store.sources()),
        _number(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?m <{PREFIXES['oa']}hasTarget> ?t }} }}"),
        _number(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} VALUES ?own {{ {own} }} }}")
        if False
        else _number(
            store,
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN (" + ", ".join(own.split()) + ")) }",
        ),
        _number(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{REGISTERS}> {{ ?s ?p ?o }} }}"),
    )
