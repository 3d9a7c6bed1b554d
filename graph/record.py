"""The version of a store, kept in it and beside it, since the engine does not notice all damage.

Each change raises the version in the same atomic update, as its last statement. Once changes are on disk, the file `version` says
how far they go. A log that was damaged loses its tail without a word; then the store is behind what was said of it.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from graph.marks import read_mark, write_mark
from graph.named_graphs import RECORD
from graph.triples import node, term, typed
from ontology.terms import PREFIXES

_VERSION = pyoxigraph.NamedNode(f"{PREFIXES['schema']}version")


def inside(quads: pyoxigraph.Store) -> int:
    """The version that a store has; 0 if it never changed."""
    found = quads.quads_for_pattern(None, _VERSION, None, pyoxigraph.NamedNode(RECORD))
    return max((int(quad.object.value) for quad in found if isinstance(quad.object, pyoxigraph.Literal)), default=0)


def step(version: int) -> str:
    """The end of an update that brings the store to a version."""
    this = node(RECORD)
    return (
        f"DELETE WHERE {{ GRAPH {this} {{ {this} {term('schema:version')} ?before }} }} ;\n"
        f"INSERT DATA {{ GRAPH {this} {{ {this} {term('schema:version')} {typed(version, 'integer')} }} }}"
    )


def beside(folder: Path) -> int:
    """The version that was on disk when it was last said; 0 if none was."""
    return read_mark(folder / "version")


def tell(folder: Path, version: int) -> None:
    """Say on disk that all changes up to a version are there, after they were synced. Raises OSError."""
    write_mark(folder / "version", version)


def behind(there: int, told: int) -> str:
    """What is wrong with a store that has a version, and of which one was told; empty if nothing is."""
    return f"{told - there} of its {told} changes are gone that were on disk" if there < told else ""
