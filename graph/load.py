"""Load many papers that the graph does not hold yet in one go, which takes half the time and half the disk of one by one.

They are gathered in a file of N-Quads beside the store, so that memory stays flat, and loaded when that is long enough and at
the end; the records of their sources are written after that, some hundreds an update. What a build that was killed had gathered is
loaded by the next: `arriving.jsonl` tells which papers stand whole in `arriving.nq`. What was loaded without a record does not
count: that paper is read anew and replaced.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from graph.model import Description
from graph.store import BUILDS, Source, Store, said
from graph.triples import quads

MANY = 500
"""Papers from which on this pays; fewer are put into the graph one by one."""
_AT_ONCE = 500
"""Records that one update writes: the engine holds an update in memory as a whole, some 10 kB a paper."""
_LONGEST = 2_000_000_000
"""Bytes of N-Quads after which they are loaded; some hundred thousand papers."""


class _Gathered(NamedTuple):
    """Where in the file a paper stands, and where it came from."""

    start: int
    end: int
    source: Source


class Loader:
    """New papers on their way into the store. Use it in a `with` block, at the end of which all are there."""

    def __init__(self, store: Store) -> None:
        """Take the store, open for writing; load what a build that was killed had gathered."""
        self._store = store
        self._quads, self._index = store.folder / "arriving.nq", store.folder / "arriving.jsonl"
        self._papers: dict[str, _Gathered] = {}
        self._length, self._displaced = 0, False
        self._before, self._loaded = _bytes(store.place), False
        for start, end, source, _ in self._noted():
            self._gather(_Gathered(start, end, Source(**source)))
        if self._papers:
            os.truncate(self._quads, self._length)  # of what was written last, a part may be there
        self.finish()

    def __enter__(self) -> Loader:
        """Give the loader itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Load what was gathered, also where the build was stopped; where it was not, tidy a store of which most is new."""
        self.finish()
        if kind is None and self._loaded and _bytes(self._store.place) > 2 * self._before:
            self._store.compact()

    def __contains__(self, paper: str) -> bool:
        """Whether a paper waits to be loaded."""
        return paper in self._papers

    def add(self, description: Description, source: Source) -> Source | None:
        """Take a paper and the record of its source; gives the source of what was gathered of that paper before, if it was."""
        graphs = {graph: list(lines) for graph, lines in said(description, source)}
        record = graphs.pop(BUILDS)
        told = "".join(quads(graph, lines) for graph, lines in graphs.items()).encode()
        _append(self._quads, told)
        gathered = _Gathered(self._length, self._length + len(told), source)
        _append(self._index, json.dumps([*gathered[:2], asdict(source), record]).encode() + b"\n")
        before = self._gather(gathered)
        if self._length > _LONGEST:
            self.finish()
        return before.source if before else None

    def _gather(self, gathered: _Gathered) -> _Gathered | None:
        """Note what stands in the file; gives what stood for the same paper."""
        before = self._papers.pop(gathered.source.paper, None)
        self._papers[gathered.source.paper] = gathered
        self._length, self._displaced = gathered.end, self._displaced or before is not None
        return before

    def finish(self) -> None:
        """Load what was gathered until now, then its records."""
        if self._papers:
            place = self._without_displaced() if self._displaced else self._quads
            self._store.load(place, self._length)
            self._loaded = True
            records = self._records()
            while some := list(islice(records, _AT_ONCE)):
                self._store.put_records(chain.from_iterable(some))
        for left in (self._index, *self._store.folder.glob("arriving*.nq")):
            left.unlink(missing_ok=True)
        self._papers, self._length, self._displaced = {}, 0, False

    def _records(self) -> Iterator[list[str]]:
        """The records of the papers that count, read back in the order in which these came."""
        for start, _, source, record in self._noted():
            if self._papers[source["paper"]].start == start:
                yield record

    def _noted(self) -> Iterator[tuple[int, int, dict[str, Any], list[str]]]:
        """What the index says of each paper in the file: where it stands, its source and the record of that."""
        with suppress(OSError, ValueError), self._index.open(encoding="utf-8") as lines:
            # there is no such file, or its last line was cut off
            yield from map(json.loads, lines)

    def _without_displaced(self) -> Path:
        """A file without what a better rendition took the place of."""
        place = self._quads.with_name("arriving-best.nq")
        with self._quads.open("rb") as whole, place.open("wb") as best:
            for paper in self._papers.values():
                whole.seek(paper.start)
                best.write(whole.read(paper.end - paper.start))
        return place


def _bytes(place: Path) -> int:
    """What the files of the engine take; what is only in its memory is not among them."""
    taken = 0
    for path in place.glob("*.sst"):
        with suppress(FileNotFoundError):  # the engine removes files of its own accord
            taken += path.stat().st_size
    return taken


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
