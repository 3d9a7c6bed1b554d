"""Which files there are: in folders, in zip files, one by one; each with the name under which the graph knows it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from graph.read import ReadError, load, readable
from graph.read.archive import Archive

OTHER_KIND = "its suffix is of a kind that is not read"


class File(NamedTuple):
    """A file, or a part of a zip file: the name in the graph, the path on disk, the part or an empty string.

    `asked` is whether somebody named this very file.
    """

    name: str
    path: str
    part: str = ""
    asked: bool = False

    def load(self) -> bytes:
        """Its bytes. Raises ReadError."""
        data = load(Path(self.path))
        try:
            return Archive(self.name, data).part(self.part) if self.part else data
        except KeyError as error:
            raise ReadError(self.name, "the zip file no longer has this part") from error

    @property
    def suffix(self) -> str:
        """The suffix that tells its format, such as ".pdf"."""
        return PurePosixPath(self.part or self.path).suffix.lower()

    @property
    def size(self) -> int:
        """Its bytes on disk; 0 where that cannot be told."""
        try:
            return os.stat(self.path).st_size
        except OSError:
            return 0


class Found(NamedTuple):
    """What lies under some paths: files to read, names of files of other kinds with the reason, and what cannot be looked into."""

    files: dict[str, File]
    skipped: list[tuple[str, str]]
    failed: list[ReadError]


def find(paths: Iterable[Path], base: Path) -> Found:
    """The files under the paths, with names relative to `base`; those in zip files are named as if it were a folder."""
    found = Found({}, [], [])
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
                    _take(file, base, found, asked=False)
        elif path.exists():
            _take(path, base, found, asked=True)
        else:
            found.failed.append(ReadError(str(path), "there is no such file or folder"))
    return found


def _take(path: Path, base: Path, found: Found, asked: bool) -> None:
    """Take a file; one that was asked for by name is taken whatever it is, so that it is said why it cannot be read."""
    name = name_of(path, base)
    asked = asked or (name in found.files and found.files[name].asked)
    if path.suffix.lower() == ".zip":
        try:
            for part in _parts(name, path):
                steps = [step for step in PurePosixPath(part).parts if step not in ("..", "/")]
                inner = File("/".join([name, *steps]), str(path), part)
                if inner.suffix and readable(Path(part)):
                    found.files[inner.name] = inner
                else:
                    found.skipped.append((inner.name, OTHER_KIND))
        except ReadError as error:
            found.failed.append(ReadError(name, error.reason))
    elif asked or readable(path):
        found.files[name] = File(name, str(path), asked=asked)
    else:
        found.skipped.append((name, OTHER_KIND))


def _parts(name: str, path: Path) -> Iterator[str]:
    for part in sorted(Archive(name, load(path))):
        # hidden files, and the copies that macOS packs; a part that points out of the archive is read where it is
        if not any(re.match(r"\.[^.]|__MACOSX$", step) for step in PurePosixPath(part).parts):
            yield part


def name_of(path: Path, base: Path) -> str:
    """The name of a file or folder as the graph knows it."""
    try:
        return Path(os.path.relpath(path.resolve(), base)).as_posix()
    except (ValueError, RuntimeError, OSError):  # another drive, or a link that leads to itself
        return path.absolute().as_posix()


def digest(file: File) -> str:
    """The SHA-256 of the bytes of a file, in hexadecimals. Raises ReadError."""
    return hashlib.sha256(file.load()).hexdigest()


def listed(text: str) -> list[Path]:
    """The paths in a list with one on each line, or with zero bytes between them."""
    return [Path(line) for line in re.split("\0" if "\0" in text else "\r?\n", text) if line.strip()]
