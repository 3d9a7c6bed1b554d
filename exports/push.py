"""Load a graph into a SPARQL server by the Graph Store Protocol, one named graph at a time, only those that changed.

A named graph is put in place of the one before (PUT), which may be repeated without harm; then its statements are counted
there. What a server has by our knowledge stands in a small record beside the store: the hash of each graph that was put and
counted. Remove the record to push everything anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

from exports.files import writing
from exports.remote import ACCEPTED, Remote, RemoteError, asked
from exports.steps import Step
from graph.named_graphs import BUILDS, REGISTERS, TEXTS
from graph.store import Store
from graph.triples import node

RECORD = "pushed.json"
_BATCH = 50
"""Graphs after which statements are counted and the record is written."""
_TRIPLES = {"Content-Type": "application/n-triples"}


@dataclass(slots=True)
class Pushed:
    """What a push did: numbers of graphs that were put, removed and left as they were; and what went wrong, by graph."""

    put: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def push(
    store: Store, endpoint: Remote, sparql: Remote, everything: bool = False, progress: Step | None = None
) -> Pushed:
    """Bring a server in line with the store: papers and registers, with `everything` also sources and texts.

    `endpoint` takes graphs (Graph Store Protocol), `sparql` answers queries. A graph that fails is in the report and
    stops nothing; RemoteError is raised when the server cannot be reached or refuses us at the start.
    """
    report, record = Pushed(), _Record(store.folder / RECORD, str(endpoint.address))
    asked(sparql, "ASK {}", ACCEPTED["json"])
    graphs = [REGISTERS, *((BUILDS, TEXTS) if everything else ()), *sorted(store.papers())]
    for start in range(0, len(graphs), _BATCH):
        part = graphs[start : start + _BATCH]
        _put_some(store, part, endpoint, sparql, record, report)
        record.save()
        if progress:
            progress(start + len(part), len(graphs), part[-1])
    for gone in sorted(set(record.hashes) - set(graphs)):
        try:
            endpoint.send("DELETE", fields={"graph": gone}, fine=frozenset({404}))
        except RemoteError as error:
            report.failed[gone] = str(error)
            continue
        del record.hashes[gone]
        report.removed += 1
    record.save()
    return report


def _put_some(
    store: Store, graphs: Sequence[str], endpoint: Remote, sparql: Remote, record: _Record, report: Pushed
) -> None:
    """Put the graphs that changed, then count what is there."""
    changed: dict[str, tuple[str, list[bytes]]] = {}
    for graph in graphs:
        lines = sorted(_lines(store, graph))
        digest = hashlib.sha256(b"".join(lines)).hexdigest()
        if record.hashes.get(graph) == digest:
            report.unchanged += 1
        else:
            changed[graph] = digest, lines
    # from here on until it is counted nobody knows what is there
    if record.let_go(changed):
        record.save()
    put: dict[str, tuple[str, int]] = {}
    for graph, (digest, lines) in changed.items():
        try:
            endpoint.send("PUT", b"".join(lines), _TRIPLES, {"graph": graph})
        except RemoteError as error:
            report.failed[graph] = str(error)
        else:
            put[graph] = digest, len(lines)
    there = counts(sparql, put)
    for graph, (digest, number) in put.items():
        if there.get(graph, 0) == number:
            record.hashes[graph] = digest
            report.put += 1
        else:
            report.failed[graph] = f"{number} statements were sent, {there.get(graph, 0)} are there"


def _lines(store: Store, graph: str) -> Iterator[bytes]:
    """The statements of a named graph; nodes without an address get the same names each time."""
    quads = pyoxigraph.Dataset(store.quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)))
    if graph == REGISTERS:
        quads.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return (f"{quad.triple} .\n".encode() for quad in quads)


def counts(sparql: Remote, graphs: Iterable[str]) -> dict[str, int]:
    """How many statements a server has in each of some named graphs. Raises RemoteError."""
    names = " ".join(map(node, graphs))
    if not names:
        return {}
    query = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
    answer = asked(sparql, query, ACCEPTED["json"])
    try:
        rows = json.loads(answer)["results"]["bindings"]
        return {row["g"]["value"]: int(row["n"]["value"]) for row in rows if "g" in row}
    except (ValueError, KeyError, TypeError) as error:
        raise RemoteError(f"{sparql.address} gives no result of a query; is it a SPARQL endpoint?") from error


class _Record:
    """What servers have: for each the hash of each named graph. A record that cannot be read is none."""

    def __init__(self, path: Path, endpoint: str) -> None:
        self._path, self._endpoint = path, endpoint
        try:
            self._all = dict(json.loads(path.read_text("utf-8")))
            self.hashes = {str(graph): str(digest) for graph, digest in self._all.get(endpoint, {}).items()}
        except (OSError, ValueError, AttributeError):
            self._all, self.hashes = {}, {}

    def let_go(self, graphs: Iterable[str]) -> bool:
        """Forget what is known of some graphs; whether anything was."""
        known = self.hashes.keys() & set(graphs)
        for graph in known:
            del self.hashes[graph]
        return bool(known)

    def save(self) -> None:
        """Write it, whole or not at all. Raises OSError."""
        self._all[self._endpoint] = self.hashes
        with writing(self._path) as file:
            file.write(json.dumps(self._all, indent=0, sort_keys=True).encode())
