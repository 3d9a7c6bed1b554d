"""The graph on disk: an Oxigraph store that is never half-written and never has two writers.

Layout of the folder: `quads/` is the engine's, `lock` is held by the one writer; readers have the newest snapshot, as
`graph/snapshot.py` says. A paper is replaced in one atomic update together with the record of its source, and nothing counts
as done before `flush`, since a commit of the engine is not yet on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

import pyoxigraph

from graph import snapshot
from graph.lock import StoreError, take
from graph.model import Description
from graph.triples import literal, node, term, typed
from ontology.terms import BASE, PREFIXES

BUILDS = f"{BASE}graph/builds"
"""The named graph that tells what was read from which file, by which version."""
REGISTERS = f"{BASE}graph/registers"
"""The named graph with ontology, registers and rules."""
TEXTS = f"{BASE}graph/texts"
"""The named graph with the text of each paper as read, to which offsets refer."""
OWN_GRAPHS = (BUILDS, REGISTERS, TEXTS)
"""The named graphs that hold no paper."""
__all__ = ["BUILDS", "OWN_GRAPHS", "REGISTERS", "TEXTS", "Source", "Store", "StoreError", "value"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name, the hash of its bytes, its format, the paper that it became, and what built it.

    `read` says whether the text in the graph is that of this file; a paper may have several.
    """

    name: str
    sha256: str
    format: str
    paper: str
    built_by: str
    mentions: int
    read: bool = True

    @property
    def iri(self) -> str:
        """The address of the source in the graph of builds, made from its name."""
        return f"{BASE}source/{quote(self.name, safe='/')}"


class Store:
    """An open store; use it in a `with` block or call `close`."""

    def __init__(self, folder: Path, write: bool = False) -> None:
        """Open the store in a folder, for reading or (made if need be) for writing. Raises StoreError."""
        self.folder, self._writes = folder, write
        if write:
            self._hold, self.place = _take(folder), folder / "quads"
        else:
            found = snapshot.current(folder)
            self._hold, self.place = found.lock, found.quads
        try:
            self.quads = pyoxigraph.Store(str(self.place)) if write else pyoxigraph.Store.read_only(str(self.place))
        except (OSError, RuntimeError) as error:
            self._hold.close()
            raise StoreError(
                f"the graph in {folder} cannot be opened ({error}); build it again in an empty folder"
            ) from error

    def __enter__(self) -> Store:
        """Give the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the engine and of the lock; a writer lets readers have what it wrote first."""
        try:
            if hasattr(self, "quads") and self._writes:
                self.publish(last=True)
        finally:
            if hasattr(self, "quads"):
                del self.quads
            self._hold.close()

    def flush(self) -> None:
        """Bring everything to disk; only then is it safe from a loss of power."""
        self.quads.flush()

    def publish(self, last: bool = False) -> None:
        """Let readers have what was written until now; `last` where nothing is written after it. Raises StoreError."""
        try:
            self.flush()
            snapshot.publish(self.folder, self.quads, last)
        except OSError as error:
            raise StoreError(f"the graph in {self.folder} cannot be written: {error.strerror or error}") from error

    def put(self, graph: str, lines: Iterable[str]) -> None:
        """Replace a named graph of our own in one atomic update."""
        self.quads.update(f"DROP SILENT GRAPH {node(graph)} ; INSERT DATA {{ {_block(graph, lines)} }}")

    def put_paper(self, description: Description, source: Source) -> None:
        """Replace a paper, its text and the record of the file that it came from in one atomic update."""
        blocks = " ".join(_block(graph, lines) for graph, lines in said(description, source))
        self.quads.update(" ;\n".join([*_drop(description.graph), _forget(source.iri), f"INSERT DATA {{ {blocks} }}"]))

    def put_source(self, source: Source) -> None:
        """Put a file on record for a paper that is read from another file."""
        self.quads.update(f"{_forget(source.iri)} ;\nINSERT DATA {{ {_block(BUILDS, _record(source))} }}")

    def forget(self, source: Source, with_paper: bool) -> None:
        """Remove the record of a source, and its paper too if no other source has it."""
        self.quads.update(" ;\n".join([_forget(source.iri), *(_drop(source.paper) if with_paper else ())]))

    def text(self, paper: str) -> str:
        """The text of a paper as read, to which offsets refer; empty if there is no such paper."""
        found = self.quads.quads_for_pattern(_named(paper), _named(f"{PREFIXES['schema']}text"), None, _named(TEXTS))
        return next((value(quad.object) for quad in found), "")

    def sources(self) -> dict[str, Source]:
        """All files that the graph was built from, by their names."""
        query = f"""SELECT ?name ?sha256 ?format ?paper ?by ?mentions ?read WHERE {{ GRAPH {node(BUILDS)} {{
            ?source {term("kg:sourceName")} ?name ; {term("kg:sha256")} ?sha256 ; {term("kg:format")} ?format ;
                {term("kg:builtBy")} ?by ; {term("kg:mentionCount")} ?mentions .
            ?paper {term("prov:wasDerivedFrom")} ?source
            BIND(EXISTS {{ ?paper {term("kg:readFrom")} ?source }} AS ?read) }} }}"""
        rows = self.quads.query(query)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        found = (
            Source(
                row["name"].value,
                row["sha256"].value,
                row["format"].value,
                row["paper"].value,
                row["by"].value,
                int(row["mentions"].value),
                row["read"].value == "true",
            )
            for row in rows
        )
        return {source.name: source for source in sorted(found, key=lambda source: source.name)}

    def papers(self) -> Iterator[str]:
        """The named graphs that hold papers."""
        for graph in self.quads.named_graphs():
            if isinstance(graph, pyoxigraph.NamedNode) and graph.value not in OWN_GRAPHS:
                yield graph.value


_named = pyoxigraph.NamedNode


def value(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> str:
    """The bare value of a term: address, name or text. The graph holds no triples about triples."""
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value


def said(description: Description, source: Source) -> Iterator[tuple[str, Iterable[str]]]:
    """All that the graph holds of a paper and of the file that it was read from: named graphs with lines of N-Triples."""
    paper = node(description.graph)
    yield description.graph, description.lines
    yield TEXTS, (f"{paper} {term('schema:text')} {literal(description.text)} .",)
    yield BUILDS, (*_record(source), f"{paper} {term('kg:readFrom')} {node(source.iri)} .")


def _block(graph: str, lines: Iterable[str]) -> str:
    return f"GRAPH {node(graph)} {{ {chr(10).join(lines)} }}"


def _drop(paper: str) -> tuple[str, ...]:
    """The updates that remove a paper and its text."""
    return (
        f"DROP SILENT GRAPH {node(paper)}",
        f"DELETE WHERE {{ GRAPH {node(TEXTS)} {{ {node(paper)} ?p ?o }} }}",
        f"DELETE WHERE {{ GRAPH {node(BUILDS)} {{ {node(paper)} {term('kg:readFrom')} ?source }} }}",
    )


def _forget(source: str) -> str:
    """The updates that remove what the graph of builds says of a source."""
    builds = node(BUILDS)
    return (
        f"DELETE WHERE {{ GRAPH {builds} {{ {node(source)} ?p ?o }} }} ;\n"
        f"DELETE WHERE {{ GRAPH {builds} {{ ?paper {term('prov:wasDerivedFrom')} {node(source)} }} }} ;\n"
        f"DELETE WHERE {{ GRAPH {builds} {{ ?paper {term('kg:readFrom')} {node(source)} }} }}"
    )


def _record(source: Source) -> Iterator[str]:
    this = node(source.iri)
    yield f"{this} {term('rdf:type')} {term('kg:Source')} ."
    yield f"{this} {term('kg:sourceName')} {literal(source.name)} ."
    yield f"{this} {term('kg:sha256')} {literal(source.sha256)} ."
    yield f"{this} {term('kg:format')} {literal(source.format)} ."
    yield f"{this} {term('kg:builtBy')} {literal(source.built_by)} ."
    yield f"{this} {term('kg:mentionCount')} {typed(source.mentions, 'integer')} ."
    yield f"{node(source.paper)} {term('prov:wasDerivedFrom')} {this} ."


def _take(folder: Path) -> TextIO:
    """The lock of a writer, in a folder that is made if need be."""
    try:
        (folder / "quads").mkdir(parents=True, exist_ok=True)
        lock = take(folder / "lock", write=True)
        snapshot.changing(folder)
    except OSError as error:
        raise StoreError(f"the folder {folder} cannot be used: {error.strerror or error}") from error
    return lock
