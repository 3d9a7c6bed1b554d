"""Open a graph on disk: to build it, to ask it, and to have it as what other libraries know."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graph.display import Shown

if TYPE_CHECKING:
    import networkx
    import rdflib

    from graph.build import Progress
    from graph.gather import Found
    from graph.limits import Limits
    from graph.report import Report
    from graph.result import Result
    from graph.store import Store
    from graph.view import View


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
        corrections: Path | str | None = None,
        found: Found | None = None,
    ) -> Report:
        """Bring the graph in line with files and folders, with registers of one's own; see `graph.build.build`."""
        from graph.build import build

        own, ids, said = (
            tuple(map(Path, registers)),
            Path(known) if known else None,
            Path(corrections) if corrections else None,
        )
        return build(self.store, [Path(path) for path in paths], prune, progress, own, limits, ids, among, said, found)

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
        from graph.find import references
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
