"""What a Spark worker does: one shard for each part of the papers, by the line and the readers of any other build.

Files that take their reader down, or too much time or memory, are caught by `graph/work.py` as they are elsewhere: it runs here with
one reader, since Spark gives each core a task of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from exports.rows import TABLES, write_parquet
from graph.authorities import made_by
from graph.build import fill
from graph.gather import File
from graph.known import Known
from graph.limits import Limits
from graph.read import READERS
from graph.shard import Manifest, Task, kept_aids, write_shard
from graph.shards import Shards
from graph.store import Store
from graph.work import Aids


class Row(NamedTuple):
    """A row of a table of papers: the name, the bytes, and their hash."""

    name: str
    content: bytes
    stamp: str


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a job share: the folder of shards, which all machines see, the version, limits for each file."""

    folder: str
    made_by: str
    limits: Limits

    def of_files(self, parts: Iterable[tuple[int, Sequence[Task]]]) -> Iterator[Manifest]:
        """Make the shards of these numbers from files that this machine sees."""
        aids = self._aids()
        for number, tasks in parts:
            yield self._shard(number, tasks, aids)

    def of_rows(self, number: int, rows: Iterable[Row]) -> Iterator[Manifest]:
        """Make the shard of that number from rows of a table; none where there are no rows."""
        with tempfile.TemporaryDirectory() as place:
            tasks = [
                Task(_put(Path(place), index, name, content), stamp)
                for index, (name, content, stamp) in enumerate(rows)
            ]
            if tasks:
                yield self._shard(number, tasks, self._aids())

    def _aids(self) -> Aids:
        """Registers and list as they lie beside the shards. Raises RuntimeError where this machine would read otherwise."""
        aids = kept_aids(Path(self.folder))
        here = made_by(aids.registers, Known.load(aids.known) if aids.known else None)
        if here != self.made_by:
            raise RuntimeError(f"a worker has {here}, the job is of {self.made_by}; install the same version there")
        return aids

    def _shard(self, number: int, tasks: Sequence[Task], aids: Aids) -> Manifest:
        def tables(making: Path) -> None:
            _write_tables(making, self.made_by, aids)

        limits = replace(self.limits, workers=1)
        return write_shard(Path(self.folder), number, tasks, self.made_by, limits, aids, tables)


def _put(place: Path, index: int, name: str, content: bytes) -> File:
    """A row as a file, for a reader in a process of its own."""
    suffix = PurePosixPath(name).suffix.lower()
    path = place / f"{index:07}{suffix if suffix in READERS else ''}"
    path.write_bytes(content)
    return File(name, str(path))


def _write_tables(making: Path, version: str, aids: Aids) -> None:
    """The tables of mentions and papers, asked of a graph of this shard alone."""
    with tempfile.TemporaryDirectory() as place, Store(Path(place) / "store", write=True) as store:
        fill(store, Shards([making], ()), version, registers=aids.registers)
        for table in TABLES:
            with (making / f"{table.name}.parquet").open("wb") as out:
                write_parquet(store, table, out)
