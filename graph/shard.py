"""A shard: what some papers say, described on any machine and kept in files until a graph takes them in (`graph/shards.py`).

Layout of a folder of shards: `shard-00000/` and so on, each with `quads.nq` (its papers, their texts and sources as N-Quads),
`files.jsonl` (a line a file: what it is, which bytes of the quads are its own, or why it could not be read), `failed.jsonl`
(path and reason) and `manifest.json`; beside them a `manifest.json` of all, written when a run is through. A shard is made under another name and
then renamed, so that what is there under its own name is whole. Every file that was read is in, also where another is a better
rendition of the same paper: which one counts is settled by `graph.build.fill`, as for files on disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from graph.gather import File, digest
from graph.limits import Limits
from graph.marks import sync_folder
from graph.read import NoPaperError, ReadError
from graph.store import Source, said
from graph.triples import quads
from graph.work import Aids, Described, work
from ontology.reading import files as register_files

QUADS, FILES, FAILED, MANIFEST = "quads.nq", "files.jsonl", "failed.jsonl", "manifest.json"


class ShardError(Exception):
    """Shards cannot be used; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a shard holds: its number, what made it, numbers of papers, quads and failed files, the SHA-256 of its quads."""

    shard: int
    made_by: str
    papers: int
    quads: int
    failed: int
    sha256: str


class Task(NamedTuple):
    """A file to read, and the stamp by which it is known again: a change of the file changes it."""

    file: File
    stamp: str


def write_shard(
    folder: Path, number: int, tasks: Sequence[Task], made_by: str, limits: Limits, aids: Aids,
    finish: Callable[[Path], None],
) -> Manifest:  # fmt: skip
    """Read files and keep what they say as the shard of that number; `finish` may add files to it before it has its name.

    Where a shard of that number is there already, it stays as it is. Raises OSError, RegisterError and KnownError.
    """
    place, making = place_of(folder, number), folder / f".{number:05}-{uuid.uuid4().hex}"
    making.mkdir(parents=True)
    try:
        manifest = _describe(making, number, tasks, made_by, limits, aids)
        write_json(making / MANIFEST, asdict(manifest))
        finish(making)
        for path in making.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(making)
        try:
            making.rename(place)
        except OSError:
            if not place.is_dir():  # else another attempt at the same task was first
                raise
        sync_folder(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return manifest_of(place)


def _describe(making: Path, number: int, tasks: Sequence[Task], made_by: str, limits: Limits, aids: Aids) -> Manifest:
    stamps = {task.file.name: task for task in tasks}
    papers = lines = failed = length = 0
    hashed = hashlib.sha256()
    with ExitStack() as open_files:
        quads_file, files, failures = (open_files.enter_context((making / name).open("wb")) for name in (QUADS, FILES, FAILED))  # fmt: skip
        for outcome in work([task.file for task in tasks], limits, aids):
            file, stamp = stamps[outcome.name]
            if isinstance(outcome, ReadError):
                no_paper = isinstance(outcome, NoPaperError)
                row = {"sha256": _digest(file), "reason": outcome.reason, "no_paper": no_paper}
                if file.asked or not no_paper:
                    failures.write(line({"path": file.name, "reason": outcome.reason}))
                    failed += 1
            else:
                told = _quads(outcome, made_by)
                row = {
                    "sha256": outcome.sha256, "format": outcome.format, "told": outcome.told, "paper": outcome.description.graph,
                    "mentions": outcome.description.mentions, "start": length, "end": length + len(told),
                }  # fmt: skip
                quads_file.write(told)
                hashed.update(told)
                papers, lines, length = papers + 1, lines + told.count(b"\n"), length + len(told)
            files.write(line({"file": file, "stamp": stamp, **row}))
    return Manifest(number, made_by, papers, lines, failed, hashed.hexdigest())


def _quads(described: Described, made_by: str) -> bytes:
    description = described.description
    source = Source(
        described.name, described.sha256, described.format, description.graph, made_by, description.mentions
    )
    return "".join(quads(graph, lines) for graph, lines in said(description, source)).encode()


def _digest(file: File) -> str:
    """The hash of a file that could not be read as a paper; empty where not even its bytes can be had."""
    try:
        return digest(file)
    except ReadError:
        return ""


def line(row: Mapping[str, object]) -> bytes:
    """A row of a file of JSON lines."""
    return json.dumps(row).encode() + b"\n"


def write_json(path: Path, content: object) -> None:
    """Write a file of JSON, whole or not at all. Raises OSError."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def place_of(folder: Path, number: int) -> Path:
    """Where the shard of a number lies."""
    return folder / f"shard-{number:05}"


def manifest_of(place: Path) -> Manifest:
    """The manifest of a shard. Raises ShardError."""
    try:
        return Manifest(**json.loads((place / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ShardError(
            f"{place} is no whole shard: {error}; remove it, and run the build of the shards again"
        ) from error


def places(folder: Path) -> list[Path]:
    """The shards in a folder, in the order of their numbers."""
    return sorted(place for place in folder.glob("shard-*"))


def rows(place: Path) -> Iterator[dict[str, Any]]:
    """What a shard says of each of its files. Raises ShardError."""
    try:
        with (place / FILES).open(encoding="utf-8") as file:
            yield from map(json.loads, file)
    except (OSError, ValueError) as error:
        raise ShardError(
            f"{place} cannot be read: {error}; remove it, and run the build of the shards again"
        ) from error


def sweep(folder: Path, made_by: str) -> None:
    """Remove what is of no use to that version: shards of others, shards that are not whole, what ended runs left."""
    for place in places(folder):
        try:
            of_use = manifest_of(place).made_by == made_by
        except ShardError:
            of_use = False
        if not of_use:
            shutil.rmtree(place)
    for left in folder.glob(".[0-9]*-*"):
        shutil.rmtree(left, ignore_errors=True)


def keep_aids(folder: Path, aids: Aids) -> Aids:
    """Copy registers and list into a folder of shards, so that whoever makes or takes in shards has them. Raises OSError."""
    place = folder / "aids"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for number, path in enumerate(register_files(aids.registers)):
        shutil.copyfile(path, place / f"{number:04}-{path.name}")
    if aids.known:
        (place / "known").mkdir()
        shutil.copyfile(aids.known, place / "known" / aids.known.name)
    return kept_aids(folder)


def kept_aids(folder: Path) -> Aids:
    """The registers and the list with which the shards in a folder are made."""
    place = folder / "aids"
    return Aids(tuple(sorted(place.glob("*.ttl"))), next(place.glob("known/*"), None))
