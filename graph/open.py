"""Open a graph on disk: to build it, to ask it, and to have it as what other libraries know."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graph.display import Shown

if TYPE_CHECKING:
    import networkx
    import rdflib

    from graph.build import Progress
    from graph.entities import Entities
    from graph.gather import Found
    from graph.limits import Limits
    from graph.lookup import Entity
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
        self.__dict__.pop("entities", None)
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

    def lookup(self, name: str, *kinds: str) -> Entity:
        """Find what a name means: a label, abbreviation, alias, number, id or IRI, in any case and spelling.

        With `kinds`, such as "treaty" or "person", only among those. Raises graph.UnknownName, a LookupError with the nearest
        `candidates`, and its subclass graph.AmbiguousName where several have the name.
        """
        return self.entities.find(name, kinds).entity

    @cached_property
    def entities(self) -> Entities:
        """The entities of the graph by their names, as they are when the first is looked up."""
        from graph.entities import Entities
        from graph.find import references

        return Entities(self.store, references)

    def around(self, name: str, depth: int = 1) -> View:
        """Return the neighborhood within `depth` steps of an entity, which is named as in `lookup`.

        Raises graph.UnknownName, a LookupError, if the graph has nothing of that name, or several things.
        """
        from graph.network import around, network
        from graph.view import View

        whole = network(self.store)
        middle = self.entities.node(whole, name)
        near = around(whole, middle, depth)
        return View(near, str(whole.nodes[middle]["label"]), middle, self.entities.names(near))

    def rdflib(self) -> rdflib.Dataset:
        """Return an rdflib Dataset over the same store, without a copy, with the prefixes of `ontology.terms` bound."""
        import oxrdflib
        import rdflib

        from ontology.terms import PREFIXES

        dataset = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.store.quads), default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace, replace=True)
        return dataset

    def network(self) -> networkx.MultiDiGraph[str]:
        """Return the graph as a networkx network that every writer of networkx takes; see `graph.network.writable`."""
        from graph.network import network, writable

        return writable(network(self.store))
