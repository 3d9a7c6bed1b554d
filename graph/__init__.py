"""From documents to a graph, and the graph itself.

from graph import Graph, references
for link in references("Zie Kamerstuk 33279-40."):
    print(link.kind, link.id, link.iri)
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import date as Date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graph.display import Shown
from graph.kinds import BY_NAME, KINDS
from graph.known import Known, KnownError
from graph.line import Line
from graph.model import Document, Link, Mention, Paper, Section, Span
from graph.read import ReadError
from graph.read import read as read_file
from ontology.compiled import fingerprint
from ontology.reading import files as register_files
from ontology.registers import RegisterError, Registers

if TYPE_CHECKING:
    import networkx
    import rdflib

    from graph.build import Progress
    from graph.limits import Limits
    from graph.report import Report
    from graph.result import Result
    from graph.store import Store
    from graph.view import View


def _line(registers: Iterable[Path], known: Path | None) -> Line:
    own = tuple(registers)
    return _made(
        own, fingerprint(register_files(own)), known, known.stat().st_mtime_ns if known and known.exists() else 0
    )


@lru_cache(maxsize=4)
def _made(own: tuple[Path, ...], _content: str, known: Path | None, _changed: int) -> Line:
    """The line with registers and a list of one's own, made again when what is in them changes."""
    return Line(Registers.load(*own), Known.load(known) if known else None)


def paper(
    source: Path | str | Document,
    date: Date | None = None,
    *,
    registers: Iterable[Path] = (),
    known: Path | None = None,
) -> Paper:
    """What is in a file (a Path), a text (a str) or a document as read: sections, profile and links.

    `date` is that of the paper, if known. A file is read in this process; `graph.apart.read_apart` reads one of a stranger.
    `registers` are files or folders with registers of one's own, which add to ours and override them; `known` is a list of
    known publications, one id a line, also as .xz. Raises ReadError for a file that cannot be read, RegisterError for a
    register and KnownError for a list that cannot be used.
    """
    line = _line(registers, known)
    if isinstance(source, Path):
        return line.paper(read_file(source), date)
    if isinstance(source, Document):
        return line.paper(source, date)
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return line.paper(Document("text", source, digest, "text"), date)


def references(
    source: Path | str,
    date: Date | None = None,
    *,
    dates: bool = False,
    registers: Iterable[Path] = (),
    known: Path | None = None,
) -> list[Link]:
    """The references in a file (a Path) or a text (a str), in the order of the text, resolved or not.

    With `dates` also the days that the text names, which are no references by themselves; `registers` and `known` as in `paper`.
    """
    found = paper(source, date, registers=registers, known=known)
    return [link for link in found.links if dates or BY_NAME[link.kind].listed]


class Graph(Shown):
    """A graph on disk. Use `Graph.open(folder)` in a `with` block, for reading or, with `write`, for building."""

    def __init__(self, store: Store) -> None:
        """Wrap an open store."""
        self.store = store

    @classmethod
    def open(cls, folder: Path | str, write: bool = False) -> Graph:
        """Open the graph in a folder; made if need be when `write` is given. Raises StoreError."""
        from graph.store import Store

        return cls(Store(Path(folder), write))

    def __enter__(self) -> Graph:
        """Give the graph itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the store and its lock."""
        self.store.close()

    def build(
        self,
        paths: Iterable[Path | str],
        prune: bool = False,
        progress: Progress | None = None,
        registers: Iterable[Path | str] = (),
        limits: Limits | None = None,
        known: Path | str | None = None,
        among: Iterable[Path] | None = None,
    ) -> Report:
        """Bring the graph in line with files and folders, with registers of one's own; see `graph.build.build`."""
        from graph.build import build

        own, ids = tuple(map(Path, registers)), Path(known) if known else None
        return build(self.store, [Path(path) for path in paths], prune, progress, own, limits, ids, among)

    def query(self, sparql: str, form: str = "json") -> bytes:
        """The answer to a SPARQL query over all named graphs, as JSON, CSV, TSV or XML; a CONSTRUCT gives N-Triples.

        Runs in this process, without a limit of time; `graph.ask.ask` runs a query of a stranger. Raises
        graph.guard.Refused or graph.answer.Wrong, both of them a ValueError.
        """
        from graph.answer import Question, answer
        from graph.guard import check

        check(sparql)
        answer(self.store.quads, Question(sparql, rows=form), whole := io.BytesIO())
        return whole.getvalue()

    def sparql(self, query: str) -> Result:
        """The answer to a SPARQL query as rows of Python values, which become a table of Polars or pandas or a network.

        Runs in this process, without a limit of time. Raises graph.guard.Refused or graph.answer.Wrong, both of them a ValueError.
        """
        from graph.guard import check
        from graph.result import result

        check(query)
        return result(self.store.quads, query)

    def around(self, name: str, depth: int = 1) -> View:
        """What lies within `depth` steps of a thing, which is named by address, id or label, or as papers refer to it.

        Raises LookupError if the graph has nothing of that name.
        """
        from graph.network import around, find
        from graph.view import View

        whole = self.network()
        referred = (link.iri for link in references(name) if link.iri in whole)
        middle = next(find(whole, name), None) or next(referred, None)
        if middle is None:
            raise LookupError(f'nothing in the graph is called "{name}"; try an id such as kst-33279-40 or npt')
        return View(around(whole, middle, depth), str(whole.nodes[middle]["label"]), middle)

    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store, without a copy."""
        import oxrdflib
        import rdflib

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.store.quads), default_union=True)

    def network(self) -> networkx.MultiDiGraph[str]:
        """The graph as a networkx network; see `graph.network.network`."""
        from graph.network import network

        return network(self.store)


__all__ = [
    "KINDS",
    "Document",
    "Graph",
    "KnownError",
    "Link",
    "Mention",
    "Paper",
    "ReadError",
    "RegisterError",
    "Section",
    "Span",
    "paper",
    "references",
]
