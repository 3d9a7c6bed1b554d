"""Which files there are: in folders, in zip files, one by one; each with the name under which the graph knows it.

Names are escaped (`graph/filenames.py`), so that every file has one that UTF-8 can hold.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from graph.filenames import escape_name, unescape_name
from graph.read import LEADS_NOWHERE, InaccessibleError, ReadError, load, not_opened, readable
from graph.read.archive import Archive
from ontology.regular import irregular

OTHER_KIND = "its suffix is of a kind that is not read"
NO_PAPER = "it is about the folder, not a paper (a README or the like); name it to have it read"
LEADS_OUT = "it is a symbolic link that leads out of the folder; name it, or give --follow-links"
INSIDE = "it is a symbolic link to a folder that is read where it is"
READ_ALREADY = "it is a symbolic link to a folder that is read already"
REPEATED = "the zip file has another part of the same name, which is read"
NOT_THERE = "there is no such file or folder"
_ABOUT = re.compile(
    r"(?:readme|leesmij|licen[cs]e|copying|changelog)(?:[-_.].*)?"
    r"|(?:contributing|code[-_]of[-_]conduct|security|authors|notice|index|manifest)(?:\.(?:md|txt|rst|tsv|csv))?",
    re.IGNORECASE,
)
"""Names that people give to a file about a folder; a paper may be called security.pdf, and index.html."""


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


@dataclass(slots=True)
class Found:
    """Files found under some paths, and names of what is skipped or cannot be opened, with the reasons.

    `hidden` is the number of files and folders whose names begin with a dot, and of what macOS packs beside files.
    """

    files: dict[str, File] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)
    hidden: int = 0


def find(paths: Iterable[Path], base: Path | None, follow_links: bool = False) -> Found:
    """Find the files under some paths; those in zip files are named as if it were a folder.

    Args:
        base: Names are relative to this folder; without it they begin with the path as it was given.
        follow_links: Also read what symbolic links in the folders lead to outside them.
    """
    found = Found()
    for path in map(_actual, paths):
        try:
            kind = path.stat().st_mode
        except OSError as error:
            if isinstance(error, FileNotFoundError | NotADirectoryError) and not path.is_symlink():
                found.failed.append(ReadError(escape_name(str(path)), NOT_THERE))
            else:
                # of a link that leads nowhere the name is its own, not that of its target
                name = escape_name(str(path)) if path.is_symlink() else name_of(path, base)
                found.failed.append(not_opened(name, path, error))
            continue
        if stat.S_ISDIR(kind):
            _Walk(path, name_of(path, base), found, follow_links).run()
        else:
            _take(path, name_of(path, base), found, asked=True)
    return found


class _Walk:
    """A walk through a folder, each real folder once."""

    def __init__(self, root: Path, name: str, found: Found, follow_links: bool) -> None:
        self._found, self._follow_links = found, follow_links
        self._root, self._name = os.path.realpath(root), name
        # a stack, since paths may be nested deeper than calls may be
        self._left = [(str(root), name)]
        self._seen = {_identity(os.stat(root))}

    def run(self) -> None:
        while self._left:
            folder, name = self._left.pop()
            try:
                with os.scandir(folder) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self._found.failed.append(InaccessibleError(name, f"the folder cannot be read: {error.strerror}"))
                continue
            folders = len(self._left)
            for entry in entries:
                if entry.name.startswith("."):
                    self._found.hidden += 1
                    continue
                try:
                    self._look(entry, _below(name, escape_name(entry.name)))
                except OSError as error:
                    self._found.failed.append(
                        not_opened(_below(name, escape_name(entry.name)), Path(entry.path), error)
                    )
            self._left[folders:] = reversed(self._left[folders:])

    def _look(self, entry: os.DirEntry[str], name: str) -> None:
        """Take a file, go into a folder, follow a link, or say why not."""
        linked = entry.is_symlink()
        try:
            status = entry.stat()
        except OSError as error:
            if not linked or isinstance(error, PermissionError):
                raise
            self._skip(name, LEADS_NOWHERE)
            return
        target = os.path.realpath(entry.path) if linked else ""
        inside = linked and os.path.commonpath((self._root, target)) == self._root
        if kind := irregular(status.st_mode) if not stat.S_ISDIR(status.st_mode) else "":
            self._skip(name, f"it is {kind}, not a file")
        elif linked and not inside and not self._follow_links:
            self._skip(name, LEADS_OUT)
        elif not stat.S_ISDIR(status.st_mode):
            # one file has one name, that of its real place
            inner = escape_name(Path(os.path.relpath(target, self._root)).as_posix()) if inside else ""
            _take(Path(entry.path), _below(self._name, inner) if inner else name, self._found, asked=False)
        elif inside:
            self._skip(name, INSIDE)
        elif _identity(status) in self._seen:
            self._skip(name, READ_ALREADY)
        else:
            self._seen.add(_identity(status))
            self._left.append((entry.path, name))

    def _skip(self, name: str, reason: str) -> None:
        self._found.skipped.append((name, reason))


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _below(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder.rstrip('/')}/{name}"


def _take(path: Path, name: str, found: Found, asked: bool) -> None:
    """Take a file; one that was asked for by name is taken whatever it is, so that it is said why it cannot be read."""
    asked = asked or (name in found.files and found.files[name].asked)
    if path.suffix.lower() == ".zip":
        try:
            _take_parts(path, name, found)
        except ReadError as error:
            found.failed.append(type(error)(name, error.reason))
    elif not asked and _ABOUT.fullmatch(PurePosixPath(name).name):
        found.skipped.append((name, NO_PAPER))
    elif asked or readable(path):
        found.files[name] = File(name, str(path), asked=asked)
    else:
        found.skipped.append((name, OTHER_KIND))


def _take_parts(path: Path, name: str, found: Found) -> None:
    """Take the parts of a zip file. Raises ReadError."""
    archive, taken = Archive(name, load(path)), set[str]()
    found.skipped += ((_below(name, part), REPEATED) for part in archive.repeated)
    for part in sorted(archive):
        # a part that points out of the archive is read where it is
        steps = [step for step in PurePosixPath(part).parts if step not in ("..", "/")]
        inner = File("/".join([name, *steps]), str(path), part)
        if any(re.match(r"\.[^.]|__MACOSX$", step) for step in steps):
            found.hidden += 1
        elif steps and _ABOUT.fullmatch(steps[-1]):
            found.skipped.append((inner.name, NO_PAPER))
        elif not (inner.suffix and readable(Path(part))):
            found.skipped.append((inner.name, OTHER_KIND))
        elif inner.name in taken:
            found.skipped.append((inner.name, REPEATED))
        else:
            taken.add(inner.name)
            found.files[inner.name] = inner


def locate(path: Path) -> File:
    """Return the file that a path names, or a name that `references` gives: with escapes, or of a part of a zip file."""
    named = _actual(path)
    name = escape_name(str(named))
    if not os.path.lexists(named):
        for folder in named.parents:
            if folder.suffix.lower() == ".zip" and folder.is_file():
                return File(name, str(folder), escape_name(named.relative_to(folder).as_posix()), asked=True)
    return File(name, str(named), asked=True)


def _actual(path: Path) -> Path:
    """Return the path that a person means, who may have copied a name with escapes."""
    return path if os.path.lexists(path) else Path(unescape_name(str(path)))


def name_of(path: Path, base: Path | None) -> str:
    """The name of a file or folder as the graph knows it; as it was given without a base."""
    if base is None:
        return escape_name(path.as_posix())
    try:
        name = Path(os.path.relpath(path.resolve(), base)).as_posix()
    except (ValueError, RuntimeError, OSError):  # another drive, or a link that leads to itself
        name = path.absolute().as_posix()
    return escape_name(name)


def digest(file: File) -> str:
    """The SHA-256 of the bytes of a file, in hexadecimals. Raises ReadError."""
    return hashlib.sha256(file.load()).hexdigest()


def listed(text: str) -> list[Path]:
    """The paths in a list with one on each line, or with zero bytes between them."""
    return [Path(line) for line in re.split("\0" if "\0" in text else "\r?\n", text) if line.strip()]
