"""Load many papers that the graph does not hold yet in one go, which takes half the time and half the disk of one by one.

They are gathered in a file of N-Quads beside the store, so that memory stays flat. A file that is long enough is loaded in a thread,
since the engine needs no Python for that, while the next is gathered; the records of its sources are written after it, some hundreds
an update, and until then what it says does not count. What a build that was killed had gathered is loaded by the next:
what was loaded without a record is taken out again first (`graph/arriving.py`).
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from graph.arriving import NUMBERS, Note, gathered, noted
from graph.marks import sync_folder
from graph.model import Description
from graph.named_graphs import BUILDS
from graph.store import PIECE, Source, Store, said
from graph.triples import quads

MANY = 500
"""Papers from which on this pays; fewer are put into the graph one by one."""
_AT_ONCE = 500
"""Records that one update writes: the engine holds an update in memory as a whole, some 10 kB a paper."""
_LONGEST = PIECE
"""Bytes of N-Quads after which they are loaded."""


class _Place(NamedTuple):
    """Where in the file a paper stands, and where it came from."""

    start: int
    end: int
    source: Source


class _Gathering:
    """Papers that stand in a file, each new one at its end."""

    def __init__(self, folder: Path, number: int) -> None:
        self.number, self.papers, self.length = number, dict[str, _Place](), 0
        self._quads, self._displaced = gathered(folder, number), False
        self._index, self._best = self._quads.with_suffix(".jsonl"), folder / f"{self._quads.stem}-best.nq"

    @classmethod
    def left(cls, folder: Path, number: int) -> _Gathering:
        """What a build that was killed left; after a loss of power, of that what is as it was written."""
        found = cls(folder, number)
        with suppress(FileNotFoundError), found._quads.open("rb") as there:
            for note in noted(found._quads):
                there.seek(note.start)
                if zlib.crc32(there.read(note.end - note.start)) == note.checksum:
                    found._note(_Place(note.start, note.end, Source(**note.source)))
                else:
                    found._displaced = True
        if found.papers:
            os.truncate(found._quads, found.length)  # of what was written last, a part may be there
        else:
            found.remove()
        return found

    def add(self, description: Description, source: Source) -> Source | None:
        """Take a paper and the record of its source; gives the source of what stood for that paper before, if it did."""
        graphs = {graph: list(lines) for graph, lines in said(description, source)}
        record = graphs.pop(BUILDS)
        told = "".join(quads(graph, lines) for graph, lines in graphs.items()).encode()
        _append(self._quads, told)
        place = _Place(self.length, self.length + len(told), source)
        note = Note(place.start, place.end, zlib.crc32(told), asdict(source), record)
        _append(self._index, json.dumps(note).encode() + b"\n")
        before = self._note(place)
        return before.source if before else None

    def _note(self, place: _Place) -> _Place | None:
        before = self.papers.pop(place.source.paper, None)
        self.papers[place.source.paper] = place
        self.length, self._displaced = place.end, self._displaced or before is not None
        return before

    def counting(self) -> Path:
        """A file with what counts: without what a better rendition took the place of, or what is not whole."""
        if not self._displaced:
            return self._quads
        with self._quads.open("rb") as whole, self._best.open("wb") as best:
            for paper in self.papers.values():
                whole.seek(paper.start)
                best.write(whole.read(paper.end - paper.start))
        return self._best

    def records(self) -> Iterator[list[str]]:
        """The records of the papers that count, read back in the order in which these came."""
        for note in noted(self._quads):
            place = self.papers.get(note.source["paper"])
            if place and place.start == note.start:
                yield note.record

    def sync(self) -> None:
        """Bring the index to disk, which has to be there before anything of it is in the store."""
        with self._index.open("rb") as index:
            os.fsync(index.fileno())
        sync_folder(self._index.parent)

    def remove(self) -> None:
        """Remove the files; the index first, since it says what to load."""
        for path in (self._index, self._quads, self._best):
            path.unlink(missing_ok=True)


class Loader:
    """New papers on their way into the store. Use it in a `with` block, at the end of which all are there."""

    def __init__(self, store: Store) -> None:
        """Take the store, open for writing; load what a build that was killed had gathered."""
        self._store, self._folder = store, store.folder
        self._before, self._loaded = _bytes(store.place), False
        self._beside = ThreadPoolExecutor(1)
        self._loading: tuple[_Gathering, Future[None]] | None = None
        for number in NUMBERS:
            self._gathering = _Gathering.left(self._folder, number)
            self.finish()
        self._gathering = _Gathering(self._folder, NUMBERS[0])

    def __enter__(self) -> Loader:
        """Give the loader itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Load what was gathered, also where the build was stopped; where it was not, tidy a store of which most is new."""
        self.finish()
        if kind is None and self._loaded and _bytes(self._store.place) > 2 * self._before:
            self._store.compact()
            self._before = _bytes(self._store.place)

    def __contains__(self, paper: str) -> bool:
        """Whether a paper waits to be loaded."""
        return paper in self._gathering.papers

    def add(self, description: Description, source: Source) -> Source | None:
        """Take a paper and the record of its source; gives the source of what was gathered of that paper before, if it was."""
        before = self._gathering.add(description, source)
        if self._gathering.length > _LONGEST:
            self._load()
        return before

    def busy(self) -> bool:
        """Whether papers are being loaded, so that some may be in the store in part; puts them on record once they are there."""
        if self._loading and self._loading[1].done():
            self._record()
        return self._loading is not None

    def wait_for(self, paper: str) -> None:
        """Return when no paper of that address is being loaded. Raises StoreError."""
        if self._loading and paper in self._loading[0].papers:
            self._record()

    def finish(self) -> None:
        """Load what was gathered until now, then its records."""
        self._load()
        self._record()

    def _load(self) -> None:
        """Have loaded what was gathered, as soon as what was before it is done."""
        self._record()
        gathering = self._gathering
        if gathering.papers:
            gathering.sync()
            self._gathering = _Gathering(self._folder, NUMBERS[gathering.number - 1])
            self._loading = gathering, self._beside.submit(self._store.load, gathering.counting(), gathering.length)

    def _record(self) -> None:
        """Wait for what is being loaded, and put it on record. Raises StoreError."""
        if self._loading:
            (gathering, loading), self._loading = self._loading, None
            loading.result()
            self._loaded = True
            records = gathering.records()
            while some := list(islice(records, _AT_ONCE)):
                self._store.put_records(chain.from_iterable(some))
            self._store.flush()
            gathering.remove()


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
