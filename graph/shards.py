"""The shards in a folder as a supply of papers, from which a graph is made as from the papers themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph

from graph.authorities import made_by
from graph.build import Progress, fill
from graph.gather import File, Found
from graph.known import Known
from graph.model import Description
from graph.named_graphs import TEXTS
from graph.read import InaccessibleError, NoPaperError, ReadError
from graph.report import Report
from graph.shard import FILES, MANIFEST, QUADS, ShardError, kept_aids, manifest_of, places
from graph.store import Store, value
from graph.triples import node, term
from graph.work import Described, Outcome

_TEXT = f" {term('schema:text')} "
_AGAIN = "remove it, and run the build of the shards again, which makes only what is not there"


def take_in(store: Store, folder: Path, prune: bool = False, progress: Progress | None = None) -> Report:
    """Bring a graph in line with the shards in a folder, as a build does with papers; see `graph.build.build`.

    Raises ShardError, RegisterError and KnownError.
    """
    aids = kept_aids(folder)
    version = made_by(aids.registers, Known.load(aids.known) if aids.known else None)
    return fill(store, _opened(folder, version), version, prune, progress, aids.registers)


def _opened(folder: Path, version: str) -> Shards:
    """All that the last run left in a folder. Raises ShardError where none is through, or another version made it."""
    try:
        run = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ShardError(
            f"{folder} holds no finished shards ({error}); run the build of them again, it goes on where it was"
        ) from error
    if run["made_by"] != version:
        raise ShardError(f"the shards in {folder} are of {run['made_by']}, this is {version}; build them anew")
    supply = Shards(places(folder), run["roots"])
    for name in run["gone"]:
        supply.found.files.pop(name, None)
    supply.found.skipped.extend((name, reason) for name, reason in run["skipped"])
    closed = set(run.get("inaccessible", ()))
    supply.found.failed.extend(
        (InaccessibleError if name in closed else ReadError)(name, reason) for name, reason in run["failed"]
    )
    return supply


class Shards:
    """Some shards as a supply of papers. Of a file that stands in several the last counts."""

    def __init__(self, places: Sequence[Path], roots: Sequence[str]) -> None:
        """Look which files are there. Raises ShardError."""
        self.found, self.roots = Found(), roots
        self._places, self._checked = places, set[int]()
        self._rows: dict[str, tuple[int, int]] = {}
        self._digests: dict[str, str] = {}
        for number, place in enumerate(places):
            try:
                self._index(number, place)
            except (OSError, ValueError) as error:
                raise ShardError(f"{place} cannot be read ({error}); {_AGAIN}") from error

    def _index(self, number: int, place: Path) -> None:
        """Note where in a shard the files stand."""
        start = 0
        with (place / FILES).open("rb") as lines:
            for line in lines:
                row = json.loads(line)
                file = File(*row["file"])
                self.found.files[file.name] = file
                self._rows[file.name], self._digests[file.name] = (number, start), row["sha256"]
                start += len(line)

    def digest(self, file: File) -> str:
        """The SHA-256 of the bytes of a file as it was described. Raises ReadError where they could not be had."""
        if not (found := self._digests[file.name]):
            raise InaccessibleError(file.name, self._row(*self._rows[file.name])["reason"])
        return found

    def outcomes(self, files: Sequence[File]) -> Iterator[Outcome]:
        """What the files say, shard by shard. Raises ShardError for a shard that is damaged."""
        for (number, start), name in sorted((self._rows[file.name], file.name) for file in files):
            self._check(number)
            yield self._outcome(number, name, self._row(number, start))

    def _check(self, number: int) -> None:
        """Compare the quads of a shard with its manifest, once."""
        if number in self._checked:
            return
        place = self._places[number]
        with (place / QUADS).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != manifest_of(place).sha256:
                raise ShardError(f"{place} is damaged: its quads are not those of its manifest; {_AGAIN}")
        self._checked.add(number)

    def _row(self, number: int, start: int) -> dict[str, Any]:
        with (self._places[number] / FILES).open("rb") as lines:
            lines.seek(start)
            row: dict[str, Any] = json.loads(lines.readline())
        return row

    def _outcome(self, number: int, name: str, row: Mapping[str, Any]) -> Outcome:
        if "reason" in row:
            return (NoPaperError if row["no_paper"] else ReadError)(name, row["reason"])
        with (self._places[number] / QUADS).open("rb") as file:
            file.seek(row["start"])
            told = file.read(row["end"] - row["start"]).decode()
        return Described(
            name, row["sha256"], row["format"], description_of(row["paper"], row["mentions"], told), row["told"]
        )


def description_of(paper: str, mentions: int, told: str) -> Description:
    """What the N-Quads of a paper say, as it was before they were written."""
    lines, text, end, of_texts = [], "", f" {node(paper)} .", f" {node(TEXTS)} ."
    for line in told.split("\n"):
        if line.endswith(end):
            lines.append(f"{line.removesuffix(end)} .")
        elif line.endswith(of_texts) and line.startswith(f"{node(paper)}{_TEXT}"):
            quad = next(iter(pyoxigraph.parse(line, pyoxigraph.RdfFormat.N_QUADS)))
            text = value(quad.object)
    return Description(paper, tuple(lines), text, mentions)
