"""The graph on disk: an Oxigraph store that is never half-written and never has two writers.

Layout of the folder: `quads/` is the engine's, `lock` is held by the one writer, `version` and `sums` tell what must be there
(`graph/record.py`, `graph/sums.py`); readers have the newest snapshot (`graph/snapshot.py`). A paper is replaced in one atomic update
together with the record of its source, and nothing counts as done before `flush`, since a commit is not yet on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import pyoxigraph

from graph import record, snapshot
from graph.arriving import withdraw
from graph.disk_full import reason
from graph.hold import hold
from graph.lock import StoreError, broken
from graph.model import Description
from graph.named_graphs import BUILDS, OWN_GRAPHS, TEXTS
from graph.patience import patiently
from graph.sums import write_sums
from graph.triples import literal, node, term, typed
from ontology.terms import BASE, PREFIXES

_BULKY = 10_000_000
"""Bytes of N-Quads from which on a bulk load pays, which writes new files."""
PIECE = 120_000_000
"""Bytes of N-Quads that one bulk load takes: it holds a million quads and more in memory, six of these bytes for each."""
__all__ = ["Source", "Store", "StoreError", "value"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name, the hash of its bytes, its format, the paper that it became, and what built it.

    `read` says whether the text in the graph is that of this file; a paper may have several. `stale` is why the present content
    of the file could not be read, so that the paper is of what it held before; empty for most.
    """

    name: str
    sha256: str
    format: str
    paper: str
    built_by: str
    mentions: int
    read: bool = True
    stale: str = ""

    @property
    def iri(self) -> str:
        """The address of the source in the graph of builds, made from its name."""
        return f"{BASE}source/{quote(self.name, safe='/')}"


class Store:
    """An open store; use it in a `with` block or call `close`."""

    def __init__(self, folder: Path, write: bool = False) -> None:
        """Open the store in a folder, for reading or (made if need be) for writing. Raises StoreError."""
        self.folder, self._writes, told = folder, write, record.beside(folder)
        if write:
            self._hold, self.place, compare = hold(folder), folder / "quads", True
        else:
            found = snapshot.current(folder)
            self._hold, self.place = found.lock, found.quads
            # while a build is on its way, readers are behind it by right
            compare = snapshot.fits(folder) and snapshot.newest(folder) == found.generation
        try:
            self.quads = pyoxigraph.Store(str(self.place)) if write else pyoxigraph.Store.read_only(str(self.place))
            self._version = record.inside(self.quads)
            damage = record.behind(self._version, told) if compare else ""
        except (OSError, RuntimeError) as error:
            self._end()
            raise broken(folder, error) from error
        if damage:
            self._end()
            raise broken(folder, damage)
        if write:
            self._recover()

    def __enter__(self) -> Store:
        """Give the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close; what was written before an error is published by the next who reads."""
        if error is None:
            self.close()
        else:
            self._end()

    def _recover(self) -> None:
        try:
            with self._writing():
                withdraw(self.folder, self.quads)
        except StoreError:
            self._end()
            raise

    def close(self) -> None:
        """Let go of the engine and of the lock; a writer lets readers have what it wrote first. Raises StoreError."""
        try:
            if self._writes and hasattr(self, "quads"):
                self.publish(last=True)
                del self.quads  # the engine changes files of its own accord until it is gone
                with self._writing():
                    write_sums(self.place, self.folder / "sums")
        finally:
            self._end()

    def _end(self) -> None:
        if hasattr(self, "quads"):
            del self.quads
        self._hold.close()

    def update(self, *operations: str) -> None:
        """Change the graph by SPARQL updates, in one atomic step with its version. Raises StoreError, and SyntaxError."""
        if not self._writes:
            raise StoreError(f"the graph in {self.folder} is open for reading only")
        with self._writing():
            self.quads.update(" ;\n".join([*operations, record.step(self._version + 1)]))
        self._version += 1

    def flush(self) -> None:
        """Bring everything to disk; only then is it safe from a loss of power. Raises StoreError."""
        with self._writing():
            patiently(self.quads.flush, self.folder)
            record.tell(self.folder, self._version)

    def publish(self, last: bool = False) -> None:
        """Let readers have what was written until now; `last` where nothing is written after it. Raises StoreError."""
        self.flush()
        with self._writing():
            number = snapshot.publish(self.folder, self.quads, last)
            write_sums(self.folder / "snapshots" / str(number), self.folder / "sums")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Tell what the disk refuses."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"the graph in {self.folder} cannot be written: {reason(error, self.folder)}; what was built before is safe: "
                "mend that (make room on the disk), then build again, and it goes on where it was"
            ) from error

    def put(self, graph: str, lines: Iterable[str]) -> None:
        """Replace a named graph of our own in one atomic update."""
        self.update(f"DROP SILENT GRAPH {node(graph)}", f"INSERT DATA {{ {_block(graph, lines)} }}")

    def put_stamped(self, graph: str, lines: Iterable[str], stamp: str) -> None:
        """Replace a large named graph of our own, which counts once its stamp is there: that is put last.

        The engine loads triples in a third of the time that an update with them takes.
        """
        self.update(f"DROP SILENT GRAPH {node(graph)}")
        with self._writing():
            self.quads.load("\n".join(lines), pyoxigraph.RdfFormat.N_TRIPLES, to_graph=_named(graph))
        self.update(f"INSERT DATA {{ {_block(graph, [stamp])} }}")

    def put_paper(self, description: Description, source: Source) -> None:
        """Replace a paper, its text and the record of the file that it came from in one atomic update."""
        blocks = " ".join(_block(graph, lines) for graph, lines in said(description, source))
        self.update(*_drop(description.graph), _forget(source.iri), f"INSERT DATA {{ {blocks} }}")

    def load(self, quads: Path, size: int) -> None:
        """Add papers that are not there yet, from a file of N-Quads of so many bytes; they count with the records of their sources."""
        load = self.quads.bulk_load if size > _BULKY else self.quads.load
        with self._writing(), quads.open("rb") as file:
            while piece := file.read(PIECE) + file.readline():
                load(piece, format=pyoxigraph.RdfFormat.N_QUADS)

    def compact(self) -> None:
        """Put in one order what was loaded in pieces, each of which is looked through by every question. Raises StoreError."""
        with self._writing():
            patiently(self.quads.optimize, self.folder)

    def put_records(self, lines: Iterable[str]) -> None:
        """Put the records of sources beside papers that were loaded, in one atomic update."""
        self.update(f"INSERT DATA {{ {_block(BUILDS, lines)} }}")

    def holds(self, paper: str) -> bool:
        """Whether there is a named graph of that address."""
        return self.quads.contains_named_graph(_named(paper))

    def put_source(self, source: Source) -> None:
        """Put a file on record for a paper that is read from another file."""
        self.update(_forget(source.iri), f"INSERT DATA {{ {_block(BUILDS, _record(source))} }}")

    def mark_stale(self, source: Source) -> None:
        """Put on record why the present content of a file cannot be read; with an empty reason, that it can be again."""
        this, mark = node(source.iri), term("kg:staleReason")
        self.update(
            f"DELETE WHERE {{ GRAPH {node(BUILDS)} {{ {this} {mark} ?reason }} }}",
            *(f"INSERT DATA {{ {_block(BUILDS, [line])} }}" for line in _stale(source)),
        )

    def forget(self, source: Source, with_paper: bool) -> None:
        """Remove the record of a source, and its paper too if no other source has it."""
        self.update(_forget(source.iri), *(_drop(source.paper) if with_paper else ()))

    def text(self, paper: str) -> str:
        """The text of a paper as read, to which offsets refer; empty if there is no such paper."""
        found = self.quads.quads_for_pattern(_named(paper), _TEXT, None, _named(TEXTS))
        return next((value(quad.object) for quad in found), "")

    def sources(self) -> dict[str, Source]:
        """All files that the graph was built from, by their names."""
        query = f"""SELECT ?name ?sha256 ?format ?paper ?by ?mentions ?read ?stale WHERE {{ GRAPH {node(BUILDS)} {{
            ?source {term("kg:sourceName")} ?name ; {term("kg:sha256")} ?sha256 ; {term("kg:format")} ?format ;
                {term("kg:builtBy")} ?by ; {term("kg:mentionCount")} ?mentions .
            ?paper {term("prov:wasDerivedFrom")} ?source
            OPTIONAL {{ ?source {term("kg:staleReason")} ?stale }}
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
                row["stale"].value if row["stale"] else "",
            )
            for row in rows
        )
        return {source.name: source for source in sorted(found, key=lambda source: source.name)}

    def stale(self) -> dict[str, str]:
        """Return the names of files whose present content could not be read, each with the reason."""
        return stale_files(self.quads)

    def papers(self) -> Iterator[str]:
        """The named graphs that hold papers."""
        return filter(self.is_paper, self._others())

    def added(self) -> Iterator[str]:
        """The named graphs that nobody built: what updates wrote."""
        return filterfalse(self.is_paper, self._others())

    def is_paper(self, graph: str) -> bool:
        """Whether a named graph is that of a paper: its text is there."""
        return any(self.quads.quads_for_pattern(_named(graph), _TEXT, None, _named(TEXTS)))

    def _others(self) -> Iterator[str]:
        named = (graph.value for graph in self.quads.named_graphs() if isinstance(graph, pyoxigraph.NamedNode))
        return (name for name in named if name not in OWN_GRAPHS)


_named = pyoxigraph.NamedNode
_NAME, _STALE = (_named(f"{PREFIXES['kg']}{name}") for name in ("sourceName", "staleReason"))
_TEXT = _named(f"{PREFIXES['schema']}text")


def value(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> str:
    """The bare value of a term: address, name or text. The graph holds no triples about triples."""
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value


def stale_files(quads: pyoxigraph.Store) -> dict[str, str]:
    """Return the names of files of a graph whose present content could not be read, each with the reason."""
    builds = _named(BUILDS)
    return {
        value(named.object): value(quad.object)
        for quad in quads.quads_for_pattern(None, _STALE, None, builds)
        for named in quads.quads_for_pattern(quad.subject, _NAME, None, builds)
    }


def said(description: Description, source: Source) -> Iterator[tuple[str, Iterable[str]]]:
    """All that the graph holds of a paper and of the file that it was read from: named graphs with lines of N-Triples."""
    paper = node(description.graph)
    yield description.graph, description.lines
    yield (
        TEXTS,
        (
            f"{paper} {term('schema:text')} {literal(description.text)} .",
            f"{paper} {term('void:triples')} {typed(len(set(description.lines)), 'integer')} .",
        ),
    )
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


def _stale(source: Source) -> Iterator[str]:
    if source.stale:
        yield f"{node(source.iri)} {term('kg:staleReason')} {literal(source.stale)} ."


def _record(source: Source) -> Iterator[str]:
    this = node(source.iri)
    yield f"{this} {term('rdf:type')} {term('kg:Source')} ."
    yield f"{this} {term('kg:sourceName')} {literal(source.name)} ."
    yield f"{this} {term('kg:sha256')} {literal(source.sha256)} ."
    yield f"{this} {term('kg:format')} {literal(source.format)} ."
    yield f"{this} {term('kg:builtBy')} {literal(source.built_by)} ."
    yield f"{this} {term('kg:mentionCount')} {typed(source.mentions, 'integer')} ."
    yield f"{node(source.paper)} {term('prov:wasDerivedFrom')} {this} ."
    yield from _stale(source)
