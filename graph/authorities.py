"""The graph of registers: ontology, registers and rules, put beside the papers so that a query can join them.

What they hold decides on what is read out of a paper, so that they are part of the version by which a paper was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyoxigraph

import ontology
from graph.kinds import KINDS
from graph.known import Known
from graph.named_graphs import REGISTERS
from graph.resolve import RULES
from graph.store import Store
from graph.triples import literal, node, term, typed
from ontology.compiled import fingerprint
from ontology.reading import files, statements
from ontology.registers import BUILT_IN
from ontology.terms import BASE

_ONTOLOGY = Path(ontology.__file__).parent / "kamergraaf.ttl"


def made_by(own: tuple[Path, ...] = (), known: Known | None = None) -> str:
    """What decides on the outcome beside the file: the version of the program, the content of registers and list.

    `own` are files and folders with registers of one's own. Raises RegisterError for one that cannot be read.
    """
    content = fingerprint([_ONTOLOGY, *files((BUILT_IN, *own))])
    listed = f", list {known.fingerprint[:12]}" if known else ""
    return f"kamergraaf {program_version()}, registers {content[:12]}{listed}"


def program_version() -> str:
    """The version of the installed distribution; "source" where it is not installed."""
    try:
        return version("kamergraaf")
    except PackageNotFoundError:
        return "source"


def put_authorities(store: Store, by: str, own: tuple[Path, ...]) -> None:
    """Put ontology, registers and rules into their graph, if that is not what is there."""
    stamp = f"{node(REGISTERS)} {term('kg:builtBy')} {literal(by)} ."
    ask = f"ASK {{ GRAPH {node(REGISTERS)} {{ {stamp} }} }}"
    if not store.quads.query(ask):
        lines = list(_rules())
        lines += [f"{quad.triple} ." for quad in pyoxigraph.parse(_ONTOLOGY.read_bytes(), pyoxigraph.RdfFormat.TURTLE)]
        lines += [f"{triple} ." for triple in statements(files((BUILT_IN, *own)))]
        store.put_stamped(REGISTERS, lines, stamp)
        store.publish()


def _rules() -> Iterator[str]:
    for kind in KINDS:
        for rule in RULES:
            this = node(f"{BASE}rule/{kind.name}/{rule.name}")
            yield f"{this} {term('rdf:type')} {term('kg:Rule')} ."
            yield f"{this} {term('kg:kind')} {literal(kind.name)} ."
            yield f"{this} {term('rdfs:label')} {literal(rule.name)} ."
            yield f"{this} {term('kg:confidence')} {typed(rule.confidence, 'decimal')} ."
            yield f"{this} {term('rdfs:comment')} {literal(rule.says, 'en')} ."
