"""Readers read snapshots: whole states of the store that a writer never touches, so that neither waits for the other.

    with snapshot.current(folder) as found:
        quads = pyoxigraph.Store.read_only(str(found.quads))

`current` holds the newest snapshot until it is closed. Who lives long, such as a server, asks `newest(folder)` now and then
(the reading of one small file) and takes `current` again when the number has grown.

Layout: `snapshots/N` is a snapshot of the engine's files, hard-linked and so without a copy where the disk can do that;
`snapshots/current` names the newest and is replaced in one step; `snapshots/N.lock` is held together by the readers of N, and
nobody removes what is held. The writer publishes one at the end of each build and every SECONDS during it. While the file
`unpublished` is there, the store may say more than the newest snapshot; where no writer is at work then, since it was
killed, the next reader publishes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyoxigraph

from graph.arriving import withdraw
from graph.disk_full import reason
from graph.lock import InUseError, StoreError, broken, take
from graph.marks import read_mark, sync_folder, write_mark

SECONDS = 30
"""How far, during a build, readers may be behind the writer."""
_TRIES = 100
"""How often in a row a snapshot may be replaced and removed between its name being read and its lock being held."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the store, held until `close`: the folder for pyoxigraph.Store.read_only, and its number."""

    quads: Path
    generation: int
    lock: TextIO

    def close(self) -> None:
        """Let go of it; it may be removed then."""
        self.lock.close()

    def __enter__(self) -> Snapshot:
        """Give the snapshot itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


def current(folder: Path) -> Snapshot:
    """The newest snapshot of the store in a folder, made first where no writer is at work and none fits.

    Raises InUseError while the first build has published none, and StoreError where there is no graph or it is damaged.
    """
    if not (folder / "quads").is_dir():
        raise StoreError(f"there is no graph in {folder}; make one with: kamergraaf build FOLDER --store {folder}")
    try:
        _catch_up(folder)
        for _ in range(_TRIES):
            number = newest(folder)
            held = _hold(folder / "snapshots", number)
            if held:
                return held
    except OSError as error:
        raise StoreError(f"the folder {folder} cannot be used: {reason(error, folder)}") from error
    raise StoreError(f"the snapshots in {folder} are damaged; remove {folder / 'snapshots'}, it is made again")


def newest(folder: Path) -> int:
    """The number of the newest snapshot; 0 before the first."""
    return read_mark(folder / "snapshots" / "current")


def changing(folder: Path) -> None:
    """Put on record, on disk, that the store may say more than the newest snapshot. For the writer, before it opens it."""
    (folder / "unpublished").touch()
    sync_folder(folder)


def publish(folder: Path, quads: pyoxigraph.Store, last: bool) -> int:
    """Make the state of an open store the newest snapshot, and give its number; `last` where its writer is done.

    For the writer. Costs some hundredths of a second, however large the store is. Raises OSError and RuntimeError.
    """
    with _making(folder):
        number = _publish(folder / "snapshots", lambda target: quads.backup(str(target)))
        if last:
            (folder / "unpublished").unlink(missing_ok=True)
    return number


def fits(folder: Path) -> bool:
    """Whether the newest snapshot says all that the store does."""
    return newest(folder) > 0 and not (folder / "unpublished").exists()


def _catch_up(folder: Path) -> None:
    """Publish what a writer left that was killed, or what was never published."""
    if fits(folder):
        return
    try:
        lock = take(folder / "lock", write=False)
    except InUseError:
        if newest(folder):
            return
        raise
    with lock, _making(folder):
        if not fits(folder):  # else another reader was first
            _publish(folder / "snapshots", lambda target: _copy(folder / "quads", target))
            (folder / "unpublished").unlink(missing_ok=True)


def _making(folder: Path) -> TextIO:
    """The lock of the one who makes a snapshot."""
    (folder / "snapshots").mkdir(exist_ok=True)
    return take(folder / "snapshots" / "lock", write=True, wait=True)


def _publish(snapshots: Path, make: Callable[[Path], None]) -> int:
    """Let a new snapshot be made and named, and remove those that nobody holds."""
    number = 1 + max(
        [newest(snapshots.parent), *(int(path.name) for path in snapshots.iterdir() if path.name.isdigit())]
    )
    try:
        make(snapshots / str(number))
        _name(snapshots, number)
    finally:
        _prune(snapshots, newest(snapshots.parent))
    return number


def _copy(quads: Path, target: Path) -> None:
    """A snapshot of a store that nobody has open, its log worked in, without what does not count since its loading was ended.

    The engine opened for reading would make one too, but leaves what is only in the log out of it without a word.
    """
    making = target.with_suffix(".tmp")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    for file in quads.iterdir():
        # data files never change; the others do once the engine opens the copy
        (_link if file.suffix == ".sst" else shutil.copy2)(file, making / file.name)
    try:
        opened = pyoxigraph.Store(str(making))
        withdraw(quads.parent, opened)
        opened.flush()
        del opened
    except (OSError, RuntimeError) as error:
        shutil.rmtree(making, ignore_errors=True)
        raise broken(quads.parent, error) from error
    making.rename(target)


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # a disk without hard links
        shutil.copy2(file, target)


def _name(snapshots: Path, number: int) -> None:
    """Let `current` name a snapshot, in one step."""
    (snapshots / f"{number}.lock").touch()
    write_mark(snapshots / "current", number)


def _hold(snapshots: Path, number: int) -> Snapshot | None:
    """A snapshot, held so that it stays; nothing if it was removed just now."""
    path = snapshots / f"{number}.lock"
    if not path.exists():
        return None
    try:
        lock = take(path, write=False)
    except (InUseError, FileNotFoundError):
        return None
    if (snapshots / str(number)).is_dir():
        return Snapshot(snapshots / str(number), number, lock)
    lock.close()
    return None


def _prune(snapshots: Path, keep: int) -> None:
    """Remove the snapshots that were replaced and that nobody holds, and what was left half-made."""
    for path in sorted(snapshots.iterdir()):  # N before N.lock
        if path.suffix == ".tmp" and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_dir() and path.name != str(keep):
            lock = path.with_suffix(".lock")
            try:
                with take(lock, write=True):
                    shutil.rmtree(path, ignore_errors=True)
            except InUseError:
                continue
            lock.unlink(missing_ok=True)
        elif path.suffix == ".lock" and not path.with_suffix("").exists():
            path.unlink(missing_ok=True)
