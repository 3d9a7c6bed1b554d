"""Where a build has its papers from: files on this machine, or what others described before (`graph/shards.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from graph.gather import File, Found, digest, find, name_of
from graph.limits import Limits
from graph.work import Aids, Outcome, work


class Supply(Protocol):
    """Files with their names, and what they say.

    `found` is what there is, `roots` are names of the files and folders below which nothing else is there.
    """

    found: Found
    roots: Sequence[str]

    def digest(self, file: File) -> str:
        """The SHA-256 of the bytes of a file, in hexadecimals. Raises ReadError."""
        ...

    def outcomes(self, files: Sequence[File]) -> Iterator[Outcome]:
        """What the files say, or why they cannot be read, in any order."""
        ...


class Disk:
    """The files and folders under some paths on this machine, named relative to `base`."""

    def __init__(
        self, paths: Iterable[Path], base: Path, limits: Limits, aids: Aids, found: Found | None = None
    ) -> None:
        """Look what there is, unless that was done before."""
        paths = list(paths)
        self.found = found or find(paths, base)
        self.roots: Sequence[str] = [name_of(path, base) for path in paths]
        self._limits, self._aids = limits, aids

    def digest(self, file: File) -> str:
        """The SHA-256 of the bytes of a file, in hexadecimals. Raises ReadError."""
        return digest(file)

    def outcomes(self, files: Sequence[File]) -> Iterator[Outcome]:
        """What the files say, each read in a process with limits."""
        return work(files, self._limits, self._aids)
