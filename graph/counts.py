"""Counts of a graph, each defined once for all surfaces: `build`, `info`, `measure`, `serve`.

A *paper* is a document that was read: twins and renditions of one are the same paper from several files. A *mention* is one
place in a paper at which something was recognised, resolved or not. A *statement* is a quad; those about papers stand in the
graphs of papers, those in registers in the graph of registers.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph

from graph.named_graphs import OWN_GRAPHS, REGISTERS
from graph.store import Store, value
from graph.triples import node, term
from ontology.terms import KG


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of papers, files, mentions and statements in a graph."""

    papers: int
    files: int
    mentions: int
    statements: int
    registers: int


@dataclass(frozen=True, slots=True)
class Referred:
    """References to an entity: the number of distinct papers that refer to it, and of mentions."""

    papers: int
    mentions: int


def counts(store: Store) -> Counts:
    """Count papers, files they came from, mentions, statements about papers and statements in registers."""
    # all but our own graphs, which are small: counting every quad of a million papers takes minutes
    own = {graph: _number(store, f"{{ GRAPH {node(graph)} {{ ?s ?p ?o }} }}") for graph in OWN_GRAPHS}
    rule = pyoxigraph.NamedNode(f"{KG}rule")
    return Counts(
        sum(1 for _ in store.papers()),
        len(store.sources()),
        sum(1 for _ in store.quads.quads_for_pattern(None, rule, None)),
        len(store.quads) - sum(own.values()),
        own[REGISTERS],
    )


def referred(store: Store) -> dict[str, Referred]:
    """Count for everything that papers refer to how many papers do, and how often.

    The unit of "most referred to" is the number of papers; ties are broken by mentions, then by IRI.
    """
    query = f"""SELECT ?what (COUNT(DISTINCT ?paper) AS ?papers) (COUNT(*) AS ?mentions) WHERE {{
        GRAPH ?paper {{ ?mention {term("oa:hasBody")} ?what }} FILTER (?paper NOT IN ({", ".join(map(node, OWN_GRAPHS))}))
    }} GROUP BY ?what"""
    rows = store.quads.query(query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return {value(row["what"]): Referred(int(value(row["papers"])), int(value(row["mentions"]))) for row in rows}


def _number(store: Store, pattern: str) -> int:
    rows = store.quads.query(f"SELECT (COUNT(*) AS ?number) WHERE {pattern}")
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return int(value(next(iter(rows))["number"]))
