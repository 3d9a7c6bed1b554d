"""The dataset describes itself, in VoID and DCAT, in the graph of builds: what it holds, in which words, how much of each.

Counted anew at the end of a build that changed something. No times are in it: the same papers give the same description.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph

from graph.named_graphs import BUILDS, OWN_GRAPHS, REGISTERS, TEXTS
from graph.store import Store, value
from graph.triples import literal, node, term, typed
from ontology.terms import BASE, PREFIXES

DATASET = f"{BASE}dataset"
"""The address of the dataset: all papers together. Its parts are named after it."""

_TITLE = {"nl": "Verwijzingen in Nederlandse Kamerstukken", "en": "References in Dutch parliamentary papers"}
_SAYS = {
    "nl": "Stukken van het Nederlandse parlement, waarnaar zij verwijzen, en de woorden waarop dat berust.",
    "en": "Papers of the Dutch parliament, what they refer to, and the words on which that rests.",
}
_PARTS = {REGISTERS: "registers", TEXTS: "texts", BUILDS: "builds"}


def put_description(store: Store, made_by: str) -> None:
    """Write the description of what is in the store, in place of the one before."""
    lines = "\n".join(_description(store, made_by))
    old = f'GRAPH {node(BUILDS)} {{ ?part ?p ?o FILTER STRSTARTS(STR(?part), "{DATASET}") }}'
    store.update(
        f"DELETE {{ GRAPH {node(BUILDS)} {{ ?part ?p ?o }} }} WHERE {{ {old} }}",
        f"INSERT DATA {{ GRAPH {node(BUILDS)} {{ {lines} }} }}",
    )


def _description(store: Store, made_by: str) -> Iterator[str]:
    this, classes, properties = node(DATASET), _classes(store), _properties(store)
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield f"{this} {term('rdf:type')} {term(kind)} ."
    for language in ("nl", "en"):
        yield f"{this} {term('dcterms:title')} {literal(_TITLE[language], language)} ."
        yield f"{this} {term('dcterms:description')} {literal(_SAYS[language], language)} ."
    yield f"{this} {term('dcterms:conformsTo')} {node(f'{BASE}ontology')} ."
    yield f"{this} {term('kg:builtBy')} {literal(made_by)} ."
    yield f"{this} {term('void:triples')} {typed(sum(properties.values()), 'integer')} ."
    yield f"{this} {term('void:documents')} {typed(sum(1 for _ in store.papers()), 'integer')} ."
    yield f"{this} {term('void:classes')} {typed(len(classes), 'integer')} ."
    yield f"{this} {term('void:properties')} {typed(len(properties), 'integer')} ."
    for space in sorted({space for name in (*classes, *properties) for space in PREFIXES.values() if space in name}):
        yield f"{this} {term('void:vocabulary')} {node(space)} ."
    for kind, number in classes.items():
        yield from _part("class", kind, "entities", number)
    for name, number in properties.items():
        yield from _part("property", name, "triples", number)
    for graph, name in _PARTS.items():
        yield f"{this} {term('void:subset')} {node(f'{DATASET}#{name}')} ."
        yield f"{node(f'{DATASET}#{name}')} {term('rdf:type')} {term('void:Dataset')} ."
        yield f"{node(f'{DATASET}#{name}')} {term('void:uriSpace')} {literal(graph)} ."


def _part(sort: str, name: str, counted: str, number: int) -> Iterator[str]:
    """How much there is of a class or of a property."""
    prefix = next((prefix for prefix, space in PREFIXES.items() if name.startswith(space)), "other")
    part = node(f"{DATASET}#{sort}-{prefix}-{name.removeprefix(PREFIXES.get(prefix, '')).rpartition('/')[2]}")
    yield f"{node(DATASET)} {term(f'void:{sort}Partition')} {part} ."
    yield f"{part} {term(f'void:{sort}')} {node(name)} ."
    yield f"{part} {term(f'void:{counted}')} {typed(number, 'integer')} ."


def _classes(store: Store) -> dict[str, int]:
    return _counts(
        store,
        f"SELECT ?what (COUNT(DISTINCT ?s) AS ?number) WHERE {{ GRAPH ?g {{ ?s {term('rdf:type')} ?what }} {_PAPERS} }} GROUP BY ?what",
    )


def _properties(store: Store) -> dict[str, int]:
    return _counts(
        store, f"SELECT ?what (COUNT(*) AS ?number) WHERE {{ GRAPH ?g {{ ?s ?what ?o }} {_PAPERS} }} GROUP BY ?what"
    )


_PAPERS = f"FILTER (?g NOT IN ({', '.join(map(node, OWN_GRAPHS))}))"


def _counts(store: Store, query: str) -> dict[str, int]:
    rows = store.quads.query(query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return dict(sorted((value(row["what"]), int(value(row["number"]))) for row in rows))
