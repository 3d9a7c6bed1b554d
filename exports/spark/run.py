"""A run: what is left to do, handed out in shards, and the manifest of all that is there then.

A file is done when a whole shard of this version holds it as it is now; all others go into new shards. So a run that was
ended goes on where it was, and one over a folder that grew reads what is new.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exports.files import writing
from exports.spark.session import SparkError
from exports.spark.task import Job, Row
from graph.gather import File, Found
from graph.lock import InUseError, take
from graph.read import InaccessibleError, ReadError
from graph.shard import FAILED, MANIFEST, Manifest, Task, line, manifest_of, places, rows, sweep, write_json

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession


class _Standing(NamedTuple):
    """How a file stands in the shards: its stamp, and why it failed, if it did."""

    stamp: str
    failed: str | None


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: all shards, the numbers of those that it made, how many files failed in all."""

    shards: tuple[Manifest, ...]
    made: frozenset[int]
    failed: int


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other runs from a folder of shards, which is made if need be. Raises SparkError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = take(folder / "lock", write=True)
    except InUseError as error:
        raise SparkError(f"another run fills {folder}; wait until it is done, or stop it") from error
    except OSError as error:
        raise SparkError(f"the folder {folder} cannot be used: {error.strerror or error}") from error
    with lock:
        yield


class Run:
    """A run of a job over papers; `size` is how many go into a shard. Use it while the folder is `held`."""

    def __init__(self, spark: SparkSession, job: Job, size: int) -> None:
        """Look what is there, and remove what other versions or ended runs left."""
        self._spark, self._job, self._size, self._folder = spark, job, size, Path(job.folder)
        sweep(self._folder, job.made_by)
        self._standing: dict[str, _Standing] = {}
        self._next = 0
        for place in places(self._folder):
            self._next = manifest_of(place).shard + 1
            self._standing |= _standings(place)

    def files(self, found: Found, roots: Sequence[str]) -> Ran:
        """Describe files that all workers see by the same path. Raises SparkError and ShardError."""
        tasks = (Task(file, _stamp(file)) for file in found.files.values())
        left = [task for task in tasks if self._stamp_of(task.file.name) != task.stamp]
        starts = range(0, len(left), self._size)
        parts = [(number, left[start : start + self._size]) for number, start in enumerate(starts, self._next)]
        if parts:
            spread: RDD[Manifest] = self._spark.sparkContext.parallelize(parts, len(parts)).mapPartitions(
                self._job.of_files
            )
            spread.collect()
        return self._end(roots, found.files, found.skipped, found.failed)

    def table(self, address: str) -> Ran:
        """Describe the rows of a Parquet table of papers, wherever Spark can read it. Raises SparkError and ShardError."""
        papers = _papers(self._spark.read.parquet(address), address)
        left, gone = papers, set[str]()
        if self._standing:
            done = self._spark.createDataFrame(
                [(name, each.stamp) for name, each in self._standing.items()], "name string, stamp string"
            )
            left = papers.join(done, ["name", "stamp"], "left_anti")
            gone = {row.name for row in done.join(papers, "name", "left_anti").collect()}
        parts = -(-left.count() // self._size)
        if parts:
            shards = left.select("name", "content", "stamp").repartition(parts, "name").rdd
            shards.mapPartitionsWithIndex(partial(_of_rows, self._job, self._next)).collect()
        return self._end((), None, (), (), gone)

    def _stamp_of(self, name: str) -> str | None:
        return self._standing[name].stamp if name in self._standing else None

    def _end(
        self,
        roots: Sequence[str],
        there: Collection[str] | None,
        skipped: Iterable[tuple[str, str]],
        errors: Sequence[ReadError],
        gone: Collection[str] = (),
    ) -> Ran:
        """Write the manifest of all shards and the table of what failed."""
        standing, manifests = self._standing, []
        failed = {error.name: error.reason for error in errors}
        for place in places(self._folder):
            manifests.append(manifest := manifest_of(place))
            if manifest.shard >= self._next:
                standing |= _standings(place)
        gone = sorted(gone if there is None else standing.keys() - set(there))
        reasons = {name: each.failed for name, each in standing.items() if each.failed and name not in gone} | failed
        with writing(self._folder / FAILED) as out:
            out.writelines(line({"path": name, "reason": reasons[name]}) for name in sorted(reasons))
        write_json(self._folder / MANIFEST, {
            "made_by": self._job.made_by, "roots": list(roots), "shards": list(map(asdict, manifests)), "gone": gone,
            "skipped": sorted(skipped), "failed": sorted(failed.items()),
            "inaccessible": sorted(error.name for error in errors if isinstance(error, InaccessibleError)),
        })  # fmt: skip
        made = frozenset(each.shard for each in manifests if each.shard >= self._next)
        return Ran(tuple(manifests), made, len(reasons))


def _standings(place: Path) -> dict[str, _Standing]:
    """How the files of a shard stand; what is no paper, and nobody asked for, did not fail."""
    return {
        (file := File(*row["file"])).name: _Standing(
            row["stamp"], row.get("reason") if file.asked or not row.get("no_paper") else None
        )
        for row in rows(place)
    }


def _of_rows(job: Job, first: int, index: int, rows: Iterable[Row]) -> Iterator[Manifest]:
    return job.of_rows(first + index, rows)


def _stamp(file: File) -> str:
    """What changes when a file does; empty, which nothing is known by, where it cannot be told."""
    try:
        found = os.stat(file.path)
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"


def _papers(table: DataFrame, address: str) -> DataFrame:
    """The rows of a table with their name, bytes and hash. Raises SparkError for a table that is none of papers."""
    from pyspark.sql import functions as sql

    given = [name for name in ("bytes", "text") if name in table.columns]
    if "path" not in table.columns or len(given) != 1:
        raise SparkError(
            f"{address} has the columns {', '.join(table.columns)}; a table of papers has path, and either bytes or text"
        )
    # a text is read as one, whatever its path
    named = "path" if given == ["bytes"] else "IF(path RLIKE '(?i)[.](txt|md)$', path, CONCAT(path, '.txt'))"
    content = "bytes" if given == ["bytes"] else "ENCODE(text, 'UTF-8')"
    papers = table.select(sql.expr(named).alias("name"), sql.expr(f"COALESCE({content}, X'')").alias("content"))
    twice = papers.groupBy("name").count().filter("count > 1 OR name IS NULL").limit(3).collect()
    if twice:
        names = ", ".join(str(row[0]) for row in twice)
        raise SparkError(
            f"{address} has rows without a path, or several of one: {names}; give each paper a path of its own"
        )
    return papers.withColumn("stamp", sql.sha2("content", 256))
